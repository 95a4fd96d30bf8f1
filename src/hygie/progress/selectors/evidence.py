"""Which proofs may this perimeter read, and which will soon expire?"""

import datetime as dt

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hygie.foundation.errors import NotFound
from hygie.programme.models import Requirement
from hygie.progress.models import Evidence, EvidenceLink, EvidenceRevision
from hygie.progress.policies import readable_evidence
from hygie.progress.selectors.requirements import requirements_named
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids
from hygie.territory.perimeter import Perimeter


def evidence_in(perimeter: Perimeter) -> QuerySet[Evidence]:
    """Proofs that this perimeter may read, with what a list shows of them."""
    return (
        Evidence.objects.filter(readable_evidence(perimeter))
        .select_related("organisation", "kind")
        .annotate(link_count=_count_of(EvidenceLink), revision_count=_count_of(EvidenceRevision))
    )


def _count_of(model: type[EvidenceLink] | type[EvidenceRevision]) -> Coalesce:
    """A count of its own, so that a page of a long list counts for its rows only."""
    rows = model._default_manager.filter(evidence=OuterRef("pk")).order_by().values("evidence")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def evidence_get_in(perimeter: Perimeter, pk: int) -> Evidence:
    """One proof.

    Raises:
        NotFound: absent or forbidden.
    """
    found = evidence_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def revision_get_in(perimeter: Perimeter, pk: int) -> EvidenceRevision:
    """One revision with its file, if its proof may be read.

    Raises:
        NotFound: absent, forbidden, or without file.
    """
    found = (
        EvidenceRevision.objects.filter(
            readable_evidence(perimeter, prefix="evidence__organisation__"),
            pk=pk,
            document__isnull=False,
        )
        .select_related("evidence", "document")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def proof_readable(perimeter: Perimeter, pk: int | None) -> Evidence | None:
    """A proof that something points to, if this perimeter may read it."""
    return None if pk is None else evidence_in(perimeter).filter(pk=pk).first()


def evidence_of_line(perimeter: Perimeter, place: Organisation) -> QuerySet[Evidence]:
    """Proofs in force that may attest something at a place: its own, or of what stands above."""
    return evidence_in(perimeter).filter(
        organisation_id__in=ancestor_ids(place), is_withdrawn=False
    )


def revisions_of(evidence: Evidence) -> QuerySet[EvidenceRevision]:
    """Every state of a proof, newest first. The caller has checked that it may be read."""
    return evidence.revisions.select_related("document", "recorded_by")


def served_by(evidence: Evidence) -> list[tuple[str, Requirement | None]]:
    """Urns that a proof serves, each with its requirement while a framework bears it; two queries.

    The caller has checked that the proof may be read.
    """
    urns = [link.requirement_urn for link in evidence.links.all()]
    known = requirements_named(urns)
    return [(urn, known.get(urn)) for urn in urns]


def evidence_standing(
    rows: QuerySet[Evidence], standing: str, today: dt.date
) -> QuerySet[Evidence]:
    """Proofs of one standing: `valid`, `soon` (expires within 60 days), `expired`, `withdrawn`."""
    soon = today + dt.timedelta(days=60)
    wanted = {
        "valid": Q(expires_on__isnull=True) | Q(expires_on__gt=today),
        "soon": Q(expires_on__gt=today, expires_on__lte=soon),
        "expired": Q(expires_on__lte=today),
        "withdrawn": Q(),
    }
    return rows.filter(wanted[standing], is_withdrawn=standing == "withdrawn")


def evidence_without_file(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Proofs declared whose file has never come."""
    return rows.exclude(
        pk__in=EvidenceRevision.objects.filter(document__isnull=False).values("evidence_id")
    )


def evidence_for_requirement(
    perimeter: Perimeter, requirement_urns: list[str], organisation_q: Q
) -> QuerySet[Evidence]:
    """Proofs linked to any of these requirements, in these organisations."""
    return evidence_in(perimeter).filter(
        organisation_q,
        pk__in=Evidence.objects.filter(links__requirement_urn__in=requirement_urns).values("pk"),
        is_withdrawn=False,
    )


def evidence_expiring(
    perimeter: Perimeter, *, today: dt.date, days: int = 60
) -> QuerySet[Evidence]:
    """Proofs that expired or will within this many days, soonest first."""
    return (
        evidence_in(perimeter)
        .filter(is_withdrawn=False, expires_on__lte=today + dt.timedelta(days=days))
        .order_by("expires_on", "id")
    )
