"""What does the journal say, and has anyone touched it?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest

from django.conf import settings
from django.db.models import QuerySet

from hygie.foundation.journal.chain import FIELDS, FIRST, head_seal, line_hash, line_seal
from hygie.foundation.journal.models import JournalHead, JournalLine


class Fault(StrEnum):
    """Why a journal is not whole."""

    CHANGED = "changed"
    MISSING = "missing"
    CUT = "cut"
    RESEALED = "resealed"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome of a check: `fault` None means every line is as it was written.

    Attributes:
        lines: how many were read and found right.
        sequence: the line concerned: the first touched, or the last one left when CUT.
        head: hash of the last line read, to be noted elsewhere and given to a later check.
    """

    lines: int
    fault: Fault | None = None
    sequence: int | None = None
    head: str = FIRST


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head noted earlier, kept away from this instance."""

    sequence: int
    hash: str


def journal_verify(anchor: Anchor | None = None) -> Verification:
    """Read the whole chain again and say which line was touched first.

    Args:
        anchor: a head noted earlier; shows a journal put back to an older, well sealed state.

    Returns:
        The first fault: CHANGED at a line whose content no longer matches its hash, MISSING at the
        first absent sequence, RESEALED at the first line (or the head) that was not sealed with
        this instance's secret, CUT after the last line left, FORKED at the anchor's line.

    Cost: O(lines), 2,000 at a time in memory.
    """
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    previous, count = FIRST, 0
    for line in JournalLine.objects.order_by("sequence").iterator(chunk_size=2000):
        fault = _line_fault(line, count + 1, previous, keys)
        if fault is None and anchor and anchor.sequence == line.sequence:
            fault = None if anchor.hash == line.hash else Fault.FORKED
        if fault is not None:
            at = count + 1 if fault is Fault.MISSING else line.sequence
            return Verification(count, fault, at, previous)
        previous, count = line.hash, line.sequence
    if anchor and anchor.sequence > count:
        return Verification(count, Fault.CUT, count, previous)
    return _head_verify(count, previous, keys)


def _line_fault(line: JournalLine, expected: int, previous: str, keys: list[str]) -> Fault | None:
    if line.sequence != expected:
        return Fault.MISSING
    content = {name: getattr(line, name) for name in FIELDS}
    content["at"] = line.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if line.previous_hash != previous or line_hash(previous, content) != line.hash:
        return Fault.CHANGED
    if not any(compare_digest(line.seal, line_seal(key, line.hash)) for key in keys):
        return Fault.RESEALED
    return None


def _head_verify(count: int, last: str, keys: list[str]) -> Verification:
    head = JournalHead.objects.filter(id=1).first()
    if head is None:
        fault = None if count == 0 else Fault.RESEALED
    elif head.sequence != count or head.hash != last:
        fault = Fault.CUT
    elif count and not any(
        compare_digest(head.seal, head_seal(key, head.sequence, head.hash)) for key in keys
    ):
        fault = Fault.RESEALED
    else:
        fault = None
    return Verification(count, fault, count if fault else None, last)


def journal_lines() -> QuerySet[JournalLine]:
    """Every line; the caller narrows them to what its reader may see."""
    return JournalLine.objects.all()


def journal_of_object(object_type: str, object_id: str | int) -> QuerySet[JournalLine]:
    """Lines about one object, newest first. The caller has checked the right to see the object."""
    return JournalLine.objects.filter(object_type=object_type, object_id=str(object_id)).order_by(
        "-sequence"
    )


def journal_of_organisations(organisation_ids: Sequence[int] | QuerySet) -> QuerySet[JournalLine]:  # type: ignore[type-arg]  # a sub-query of ids of any model
    """Lines about these organisations, newest first."""
    return JournalLine.objects.filter(organisation_id__in=organisation_ids).order_by("-sequence")
