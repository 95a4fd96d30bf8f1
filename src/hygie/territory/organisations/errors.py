"""What can go wrong with the territory, in words?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class ExportKindUnknown(Refusal):
    """No such export."""

    code = "territory_export_unknown"
    template = _("Export inconnu : choisissez finess, ght ou activity, au format csv ou xlsx.")


class FileAbsent(Refusal):
    """No file under this path."""

    code = "file_missing"
    template = _("%(file)s : fichier introuvable.")


class FileNotRecognised(Refusal):
    """The content looks like none of the files of the territory."""

    code = "territory_file_unknown"
    template = _(
        "« %(file)s » ne ressemble ni à une extraction FINESS, ni à une feuille de GHT, ni à une "
        "feuille d'activité. Précisez le type, ou vérifiez la ligne de titres. %(reason)s"
    )


class NothingChosen(Refusal):
    """An action on ticked rows, and none ticked."""

    code = "nothing_chosen"
    template = _("Cochez au moins une organisation.")
