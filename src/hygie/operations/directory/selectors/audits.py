"""Which audits may this perimeter read, and what changed between them?"""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from hygie.foundation.errors import NotFound
from hygie.operations.directory.choices import AuditState
from hygie.operations.directory.errors import AuditUnderWay
from hygie.operations.directory.models import (
    AcceptedRisk,
    ChangeCost,
    DirectoryAudit,
    Forest,
    Simulation,
    TierZeroEdit,
)
from hygie.operations.directory.policies import readable_audits
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below
from hygie.territory.perimeter import Perimeter


def audits_in(perimeter: Perimeter) -> QuerySet[DirectoryAudit]:
    """Audits whose detail this perimeter reads, newest first."""
    return DirectoryAudit.objects.filter(readable_audits(perimeter)).select_related(
        "organisation", "forest", "job"
    )


def audits_below(perimeter: Perimeter, place: Organisation) -> QuerySet[DirectoryAudit]:
    """Audits of a place and of what stands below it."""
    return audits_in(perimeter).filter(below(place, "organisation__"))


def audit_get_in(perimeter: Perimeter, pk: int) -> DirectoryAudit:
    """One audit, in whatever state.

    Raises:
        NotFound: absent or forbidden.
    """
    found = audits_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def audit_done_in(perimeter: Perimeter, pk: int) -> DirectoryAudit:
    """One audit whose results exist.

    Raises:
        NotFound: absent or forbidden. AuditUnderWay: it has no result.
    """
    audit = audit_get_in(perimeter, pk)
    if audit.state != AuditState.DONE:
        raise AuditUnderWay
    return audit


def audits_of_forest(perimeter: Perimeter, forest: Forest) -> QuerySet[DirectoryAudit]:
    """The finished audits of one forest, oldest first: its trend."""
    return (
        audits_in(perimeter)
        .filter(forest=forest, state=AuditState.DONE)
        .order_by("effective_on", "id")
    )


def forests_in(perimeter: Perimeter) -> QuerySet[Forest]:
    """Forests of the perimeter, each with its finished audits at hand, newest first."""
    done = DirectoryAudit.objects.filter(state=AuditState.DONE).order_by("-effective_on", "-id")
    return (
        Forest.objects.filter(readable_audits(perimeter))
        .select_related("organisation")
        .prefetch_related(Prefetch("audits", queryset=done, to_attr="done"))
        .order_by("organisation__name", "name", "id")
    )


def forest_get_in(perimeter: Perimeter, pk: int) -> Forest:
    """One forest.

    Raises:
        NotFound: absent or forbidden.
    """
    found = forests_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def audit_before(perimeter: Perimeter, audit: DirectoryAudit) -> DirectoryAudit | None:
    """The finished audit of the same forest just before this one, None for the first."""
    if audit.forest is None or audit.effective_on is None:
        return None
    earlier = audits_of_forest(perimeter, audit.forest).filter(effective_on__lte=audit.effective_on)
    return earlier.exclude(pk=audit.pk).filter(pk__lt=audit.pk).last() or (
        earlier.filter(effective_on__lt=audit.effective_on).last()
    )


def accepted_of(forest: Forest) -> QuerySet[AcceptedRisk]:
    """Every risk accepted in a forest the caller has read inside its perimeter."""
    return forest.accepted.select_related("created_by").order_by("is_withdrawn", "expires_on", "id")


def accepted_get_in(perimeter: Perimeter, pk: int) -> AcceptedRisk:
    """One accepted risk.

    Raises:
        NotFound: absent or forbidden.
    """
    found = (
        AcceptedRisk.objects.filter(readable_audits(perimeter, "forest__organisation__"), pk=pk)
        .select_related("forest__organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def tier_zero_of(forest: Forest) -> QuerySet[TierZeroEdit]:
    """What was put in or out of tier 0 by hand."""
    return forest.tier_zero.select_related("created_by").order_by("verb", "name", "id")


def costs_of(forest: Forest | None) -> dict[str, float]:
    """Costs entered for a forest, by action; empty when all are the defaults."""
    if forest is None:
        return {}
    return dict(ChangeCost.objects.filter(forest=forest).values_list("action", "cost"))


def simulation_get_in(perimeter: Perimeter, pk: int) -> Simulation:
    """One what-if.

    Raises:
        NotFound: absent or forbidden.
    """
    found = (
        Simulation.objects.filter(readable_audits(perimeter, "audit__organisation__"), pk=pk)
        .select_related("audit__organisation", "audit__forest", "job")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def newest_done(forests: Sequence[Forest]) -> list[DirectoryAudit]:
    """The latest finished audit of each forest that has one (as `forests_in` gives them)."""
    return [forest.done[0] for forest in forests if forest.done]  # type: ignore[attr-defined]
