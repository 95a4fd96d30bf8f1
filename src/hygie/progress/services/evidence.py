"""How is a proof added, revised, linked and withdrawn?"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from hygie.foundation.documents.models import Document
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.programme.models import DocumentKind
from hygie.progress.choices import Knowledge, Sensitivity
from hygie.progress.errors import (
    DateRefused,
    EvidenceWithdrawn,
    ExpiryRefused,
    ReasonMissing,
    UnknownRequirement,
)
from hygie.progress.models import Evidence, EvidenceLink, EvidenceRevision
from hygie.progress.selectors.requirements import unknown_urns
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter, Right


def evidence_add(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    kind: DocumentKind,
    title: str,
    effective_on: dt.date,
    document: Document | None = None,
    expires_on: dt.date | None = None,
    known_as: int = Knowledge.DOCUMENTED,
    sensitivity: str = "",
    note: str = "",
    requirement_urns: Iterable[str] = (),
) -> Evidence:
    """Add a proof to an organisation.

    Args:
        effective_on: the day the document became true (signed, tested…), not its upload.
        expires_on: by default the kind's validity after the effective day; None if it has none.
        document: the stored file; a proof may be declared first and its file added by a revision.
        requirement_urns: requirements it serves.

    Raises:
        DateRefused, ExpiryRefused: dates that cannot be.
        UnknownRequirement: an urn that no framework bears.
        NotFound, NotAllowed: outside the perimeter or its rights.
    """
    organisation = organisation_get_in(
        perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )
    expires_on = expires_on or _default_expiry(kind, effective_on)
    evidence_dates_check(effective_on, expires_on)
    urns = _known(requirement_urns)
    with transaction.atomic():
        evidence = Evidence.objects.create(
            organisation=organisation,
            kind=kind,
            title=title,
            effective_on=effective_on,
            expires_on=expires_on,
            known_as=known_as,
            sensitivity=sensitivity or kind.sensitivity or Sensitivity.INTERNAL,
            note=note,
            created_by_id=perimeter.actor.user_id,
        )
        _revision_add(evidence, document, perimeter, reason="")
        _links_add(evidence, urns)
        _told(
            perimeter,
            evidence,
            "evidence.added",
            {"kind": kind.code, "title": evidence.title, **_file(document)},
        )
    return evidence


@transaction.atomic
def evidence_revise(
    *,
    perimeter: Perimeter,
    evidence: Evidence,
    effective_on: dt.date,
    reason: str,
    document: Document | None = None,
    expires_on: dt.date | None = None,
) -> EvidenceRevision:
    """Add a revision: newer file or dates; the former ones stay readable.

    Args:
        document: None keeps the file of the revision before, when only the dates change.

    Raises:
        EvidenceWithdrawn: it no longer changes. ReasonMissing: say what changed.
        DateRefused, ExpiryRefused: dates that cannot be.
    """
    _take(perimeter, evidence)
    if not reason.strip():
        raise ReasonMissing
    expires_on = expires_on or _default_expiry(evidence.kind, effective_on)
    evidence_dates_check(effective_on, expires_on)
    evidence.effective_on, evidence.expires_on = effective_on, expires_on
    evidence.save(update_fields=["effective_on", "expires_on"])
    revision = _revision_add(evidence, document, perimeter, reason=reason.strip())
    _told(perimeter, evidence, "evidence.revised", {"number": revision.number, **_file(document)})
    return revision


@transaction.atomic
def evidence_link(
    *, perimeter: Perimeter, evidence: Evidence, requirement_urns: Iterable[str]
) -> None:
    """Let a proof serve more requirements; linking twice changes nothing and leaves no line.

    Raises:
        UnknownRequirement: an urn that no framework bears. EvidenceWithdrawn: it no longer changes.
    """
    _take(perimeter, evidence)
    linked = evidence.links.values_list("requirement_urn", flat=True)
    urns = sorted(set(_known(requirement_urns)) - set(linked))
    if urns:
        _links_add(evidence, urns)
        _told(perimeter, evidence, "evidence.linked", {"requirements": urns})


@transaction.atomic
def evidence_unlink(*, perimeter: Perimeter, evidence: Evidence, requirement_urn: str) -> None:
    """A proof no longer serves a requirement; undoing what is not there leaves no line.

    Raises:
        EvidenceWithdrawn: it no longer changes.
    """
    _take(perimeter, evidence)
    gone, _each = evidence.links.filter(requirement_urn=requirement_urn).delete()
    if gone:
        _told(perimeter, evidence, "evidence.unlinked", {"requirement": requirement_urn})


@transaction.atomic
def evidence_withdraw(*, perimeter: Perimeter, evidence: Evidence, reason: str) -> None:
    """Take a proof back: it stays on record and no longer counts.

    Raises:
        ReasonMissing: say why. EvidenceWithdrawn: done already.
    """
    _take(perimeter, evidence)
    if not reason.strip():
        raise ReasonMissing
    evidence.is_withdrawn, evidence.withdrawn_on = True, timezone.localdate()
    evidence.save(update_fields=["is_withdrawn", "withdrawn_on"])
    _told(perimeter, evidence, "evidence.withdrawn", {"reason": reason.strip()})


def _take(perimeter: Perimeter, evidence: Evidence) -> None:
    """The right is held, and the proof is read again, locked, as others have left it."""
    organisation_get_in(perimeter, evidence.organisation_id, depth=Depth.DETAIL, right=Right.RECORD)
    evidence.refresh_from_db(from_queryset=Evidence.objects.select_for_update())
    if evidence.is_withdrawn:
        raise EvidenceWithdrawn(date=str(evidence.withdrawn_on or ""))


def _known(requirement_urns: Iterable[str]) -> list[str]:
    urns = sorted(set(requirement_urns))
    if urns and (unknown := unknown_urns(urns)):
        raise UnknownRequirement(names=", ".join(unknown))
    return urns


def evidence_dates_check(effective_on: dt.date, expires_on: dt.date | None) -> None:
    """Refuse dates that cannot be.

    Raises:
        DateRefused: effective in the future. ExpiryRefused: expires before it takes effect.
    """
    if effective_on > timezone.localdate():
        raise DateRefused(date=effective_on.isoformat())
    if expires_on is not None and expires_on <= effective_on:
        raise ExpiryRefused(expiry=expires_on.isoformat(), effective=effective_on.isoformat())


def _default_expiry(kind: DocumentKind, effective_on: dt.date) -> dt.date | None:
    if kind.validity_days is None:
        return None
    return effective_on + dt.timedelta(days=kind.validity_days)


def _revision_add(
    evidence: Evidence, document: Document | None, perimeter: Perimeter, *, reason: str
) -> EvidenceRevision:
    last = evidence.revisions.order_by("-number").first()
    former_id = last.document_id if last else None
    return EvidenceRevision.objects.create(
        evidence=evidence,
        number=last.number + 1 if last else 1,
        document_id=document.pk if document else former_id,
        effective_on=evidence.effective_on,
        expires_on=evidence.expires_on,
        recorded_by_id=perimeter.actor.user_id,
        reason=reason,
    )


def _links_add(evidence: Evidence, requirement_urns: Iterable[str]) -> None:
    EvidenceLink.objects.bulk_create(
        [EvidenceLink(evidence=evidence, requirement_urn=urn) for urn in requirement_urns],
        ignore_conflicts=True,
    )


def _file(document: Document | None) -> dict[str, str]:
    return {"sha256": document.sha256} if document else {}


def _told(perimeter: Perimeter, evidence: Evidence, action: str, detail: dict[str, object]) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="evidence",
        object_id=evidence.pk,
        organisation_id=evidence.organisation_id,
        detail=detail,
    )
    follow_up("facts_changed", organisation_ids=[evidence.organisation_id])
