"""What is asked of whoever brings a script that exists already?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.forms import instant_field


class FileForm(forms.Form):
    """A script that exists already."""

    file = forms.FileField(
        label=_("Fichier"), error_messages={"required": _("Choisissez un fichier.")}
    )
    start = instant_field(
        _("Début de l'exercice"),
        help_text=_("Nécessaire quand le fichier donne des heures d'horloge comme 09:05."),
    )
    kind = forms.ChoiceField(
        label=_("En faire"), required=False,
        choices=(("run", _("un exercice")), ("template", _("un modèle"))),
    )  # fmt: skip


class MapForm(forms.Form):
    """When the timeline starts, and the name under which its columns are kept, if any."""

    start = instant_field(_("Début de l'exercice"))
    name = forms.CharField(
        label=_("Garder ces colonnes sous le nom"), required=False, max_length=80,
        help_text=_(
            "Elles seront proposées pour les prochains chronogrammes de mêmes titres. Vide : elles "
            "ne servent qu'à celui-ci."
        ),
    )  # fmt: skip
    is_shared = forms.BooleanField(
        label=_("L'offrir aux autres structures du groupe"), required=False,
        help_text=_("Seuls les titres de colonnes sont partagés, jamais le contenu."),
    )  # fmt: skip
