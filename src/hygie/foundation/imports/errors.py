"""What can go wrong with a file brought in, in words?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class PlanOutdated(Refusal):
    """Between reading and applying, someone changed what the file would change."""

    code = "plan_outdated"
    template = _(
        "Les données ont changé depuis la lecture du fichier : relisez-le pour voir ce qu'il "
        "ferait maintenant."
    )
    status = 409


class ImportNotReady(Refusal):
    """Asked to apply something that is being read, refused, applied or abandoned."""

    code = "import_not_ready"
    template = _("Cet import n'est pas en attente de vérification : il est « %(state)s ».")
    status = 409


class ImportNotCancellable(Refusal):
    """Asked to abandon something that has ended."""

    code = "import_not_cancellable"
    template = _("Cet import est terminé : il ne peut plus être abandonné.")
    status = 409


class ImportFileRefused(Refusal):
    """Nothing of the file can be used; the messages say why."""

    code = "import_refused"
    template = _("Fichier refusé : %(reason)s")


class KindUnknown(Refusal):
    """No such kind of import, or the file looks like none."""

    code = "import_kind_unknown"
    template = _("Type d'import inconnu : choisissez %(choices)s.")


class OptionsRefused(Refusal):
    """The options do not make sense."""

    code = "import_options_refused"
    template = _("Options refusées : %(reason)s")


class OwnerGone(Refusal):
    """The person who brought the file may no longer act."""

    code = "import_owner_gone"
    template = _("La personne qui a déposé ce fichier n'a plus de compte actif.")
    status = 403
