"""What may be refused of a column mapping?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class MappingNameTaken(Refusal):
    """Another mapping of the establishment has this name."""

    code = "mapping_name_taken"
    template = _("Une correspondance s'appelle déjà « %(name)s ».")
    status = 409


class MappingRefused(Refusal):
    """Columns that do not exist, or a file that is no mapping."""

    code = "mapping_refused"
    template = _("Correspondance refusée : %(reason)s")


class MappingUnknown(Refusal):
    """No mapping of this name can be used here."""

    code = "mapping_unknown"
    template = _("Aucune correspondance ne s'appelle « %(name)s » ici.")
    status = 404


class MappingActUnknown(Refusal):
    """Something else than sharing, taking back and removing was asked."""

    code = "mapping_act_unknown"
    template = _("Action inconnue : partager, ne plus partager ou supprimer.")
