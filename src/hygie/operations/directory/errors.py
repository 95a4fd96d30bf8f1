"""What can a user get wrong with a directory audit?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class NothingToAudit(Refusal):
    """No file was given."""

    code = "directory_nothing"
    template = _("Déposez au moins un export de l'annuaire.")


class ExportUnreadable(Refusal):
    """An export could not be used at all."""

    code = "directory_export_unreadable"
    template = _("« %(file)s » : %(reason)s")
    status = 422


class AuditUnderWay(Refusal):
    """Its results do not exist yet."""

    code = "directory_audit_running"
    template = _("Cet audit n'est pas terminé : attendez la fin du calcul.")
    status = 409


class NoFacts(Refusal):
    """A level that was typed in, or a report, holds verdicts and no object."""

    code = "directory_no_facts"
    template = _(
        "Cet audit ne contient que des verdicts, sans les objets de l'annuaire : déposez un export "
        "SharpHound ou ORADAD pour voir les chemins."
    )
    status = 409


class ReasonMissing(Refusal):
    """An accepted risk or a changed tier 0 needs a reason."""

    code = "directory_reason_missing"
    template = _("Dites pourquoi : la prochaine personne qui lira cette décision doit comprendre.")


class ExpiryRefused(Refusal):
    """A risk is accepted for a time."""

    code = "directory_expiry_refused"
    template = _(
        "L'échéance %(date)s ne convient pas : un risque s'accepte à partir d'aujourd'hui et pour "
        "un an au plus."
    )


class UnknownPoint(Refusal):
    """The catalogue has no such control point."""

    code = "directory_unknown_point"
    template = _("Aucun point de contrôle ne s'appelle « %(point)s ».")


class NothingChosen(Refusal):
    """A what-if needs at least one change."""

    code = "directory_nothing_chosen"
    template = _("Cochez au moins un changement.")


class CostRefused(Refusal):
    """A cost weighs a change against another."""

    code = "directory_cost_refused"
    template = _("Un coût va de 0,1 à 1000 : « %(value)s » n'en est pas un.")


class ObjectUnknown(Refusal):
    """The audit knows no such object."""

    code = "directory_object_unknown"
    template = _("Aucun objet de cet audit ne porte l'identifiant « %(identifier)s ».")
    status = 404
