"""How are computed states written: only what changed, each change told in the history?"""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import RequirementState, RequirementStateChange

EXPIRY = "expiry"
_START = StateChoice.NOT_TESTED.value
_Key = tuple[int, int]  # organisation, requirement
_COMPUTED = (
    "state", "basis", "stale_on", "changes_on", "known_as", "coverage", "threshold",
    "lines", "missing", "through",
)  # fmt: skip
_WRITTEN = (*_COMPUTED, "digest", "since_on", "computed_at")


@dataclass(slots=True)
class Written:
    """What was written of one batch."""

    written: int = 0
    changed: int = 0
    organisations: set[int] = field(default_factory=set)


def states_write(
    ids: Collection[int],
    computed: Mapping[_Key, dict[str, Any]],
    *,
    today: dt.date,
    cause: str,
) -> Written:
    """Replace the states of these organisations by the computed ones, inside a transaction.

    Args:
        computed: columns of RequirementState by organisation and requirement; a state that is not
            among them is removed.
        today: the day of the computation. A state that lapsed earlier is told stale from that day.

    Cost: one read, and one statement per few hundred rows that differ.
    """
    standing = {
        (row.organisation_id, row.requirement_id): row
        for row in RequirementState.objects.filter(organisation_id__in=ids).only(
            "organisation_id", "requirement_id", "state", "stale_on", "since_on", "digest"
        )
    }
    added: list[RequirementState] = []
    refreshed: list[RequirementState] = []
    changes: list[RequirementStateChange] = []
    report = Written()
    now = timezone.now()
    for key, fields in computed.items():
        digest = _digest(fields)
        row = standing.pop(key, None)
        if row is None:
            row = RequirementState(
                organisation_id=key[0], requirement_id=key[1], since_on=today, stale_on=None
            )
            added.append(row)
        elif row.digest == digest:
            continue
        else:
            refreshed.append(row)
        told = _changes(row, fields["state"], today, cause)
        if told:
            report.organisations.add(key[0])
            row.since_on = told[-1].on
            changes.extend(told)
        for name in _COMPUTED:
            setattr(row, name, fields[name])
        row.digest, row.computed_at = digest, now
    gone = [row.pk for row in standing.values()]
    for start in range(0, len(gone), 500):
        RequirementState.objects.filter(pk__in=gone[start : start + 500]).delete()
    rows_put(RequirementState, [*added, *refreshed], _WRITTEN, ("organisation", "requirement"))
    RequirementStateChange.objects.bulk_create(changes, batch_size=2000)
    report.written = len(added) + len(refreshed)
    report.changed = len(changes)
    return report


def rows_put(
    model: type[Model], rows: Sequence[Model], columns: Sequence[str], key: Sequence[str]
) -> None:
    """Insert rows, or replace these columns of those that stand under the same key.

    One INSERT … ON CONFLICT: Django's bulk update spells one CASE a row and column, and took half
    the time of a whole computation.

    Args:
        rows: with every column set; their own primary keys are left aside.
        columns: replaced.
        key: fields of a unique constraint.
    """
    for row in rows:
        row.pk = None
    model._default_manager.bulk_create(
        rows, batch_size=500, update_conflicts=True, update_fields=columns, unique_fields=key
    )


def _digest(fields: Mapping[str, Any]) -> str:
    """Fingerprint of the computed columns."""
    said = json.dumps([fields[name] for name in _COMPUTED], default=str, separators=(",", ":"))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _changes(
    row: RequirementState, state: str, today: dt.date, cause: str
) -> list[RequirementStateChange]:
    """Changes from the stored state to the computed one; a lapse in between is one of them.

    Not tested is where everything begins: a first state only makes history when it is another.
    """
    steps: list[tuple[str, str, dt.date, str]] = []
    before = row.state or (_START if state == _START else "")
    if row.stale_on is not None and row.stale_on <= today:
        steps.append((before, StateChoice.STALE.value, row.stale_on, EXPIRY))
        before = StateChoice.STALE.value
    if state != before:
        steps.append((before, state, today, cause))
    return [
        RequirementStateChange(
            organisation_id=row.organisation_id,
            requirement_id=row.requirement_id,
            state=after,
            previous=previous,
            on=on,
            cause=why[:120],
        )
        for previous, after, on, why in steps
    ]
