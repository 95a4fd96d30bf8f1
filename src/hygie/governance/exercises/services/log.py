"""How is the crisis log kept: lines that are added, never changed, corrected by another line?"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from hygie.foundation.errors import NotAllowed
from hygie.governance.exercises.choices import EntryKind, ExerciseState
from hygie.governance.exercises.errors import (
    EntryCorrected,
    TextMissing,
    ValueRefused,
    WrongState,
)
from hygie.governance.exercises.models import LogEntry
from hygie.governance.exercises.selectors.seats import ALL, STAFF, Seat, audiences_of_cell
from hygie.governance.exercises.selectors.seen import entry_seen
from hygie.governance.exercises.services.floor import (
    LIVE,
    TEXT_LIMIT,
    cell_spoken_for,
    floor_journal,
    floor_tell,
    moment_kept,
    state_check,
)
from hygie.governance.exercises.services.script import texts_check
from hygie.governance.exercises.state import second_at

# The staff completes its log while lessons are drawn.
_STAFF_STATES = (*LIVE, ExerciseState.READY, ExerciseState.ENDED)
# What a device without network kept comes in once the play is over.
_STATES = (*LIVE, ExerciseState.ENDED)


@dataclass(frozen=True, slots=True)
class Written:
    """What one writes in a line.

    Attributes:
        kind: fact, decision, action or communication.
        text: what happened.
        responsible: who acts, for an action. due: by when, in words.
    """

    kind: str
    text: str
    responsible: str = ""
    due: str = ""


@transaction.atomic
def log_add(
    *,
    seat: Seat,
    written: Written,
    cell_id: int | None = None,
    is_for_staff: bool = False,
    device_key: str = "",
    corrects_id: int | None = None,
    written_at: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> LogEntry:
    """Add a line, or correct one by another.

    Args:
        cell_id: in whose log the staff writes; a player writes in their cell's.
        is_for_staff: stays with the staff; always so for an observer's and for no cell's.
        device_key: made by the device, at most 64 letters: sent twice, it is one line.
        corrects_id: the line that this one replaces; its cell and audience stay.
        written_at: when a device kept it, for what is sent later: never before the start, and what
            was written before the end still comes in after it.
        at: the instant; None = now.

    Raises:
        NotAllowed: another cell's. NotFound: a line that one does not see. WrongState.
        EntryCorrected: it was corrected already. TextMissing, TextTooLong, ValueRefused.
    """
    exercise = state_check(seat, _STAFF_STATES if seat.is_staff else _STATES)
    now = at or moment_kept(exercise, written_at)
    if not seat.is_staff and exercise.ended_at is not None and now > exercise.ended_at:
        raise WrongState(state=exercise.get_state_display())
    values = _values(written, device_key)
    if device_key:
        known = LogEntry.objects.filter(exercise=exercise, device_key=device_key).first()
        if known is not None:
            return known
    cell = cell_spoken_for(seat, cell_id)
    corrected = _corrected(seat, corrects_id)
    if corrected is not None:
        cell, is_for_staff = corrected.cell, corrected.is_for_staff
    elif not seat.is_player:
        is_for_staff = is_for_staff or seat.is_observer or cell is None
    else:
        is_for_staff = False
    made = LogEntry.objects.create(
        exercise=exercise, cell=cell, author=seat.participant, author_name=seat.name[:120],
        is_for_staff=is_for_staff, corrects=corrected, at=now,
        second=second_at(exercise, now), **values,
    )  # fmt: skip
    cell_pk = cell.pk if cell else None
    floor_tell(exercise, "log", _heard_by(made), entry=made.pk, cell=cell_pk)
    action = "exercise_log.corrected" if corrected else "exercise_log.added"
    floor_journal(seat.actor, exercise, action)
    return made


def _heard_by(entry: LogEntry) -> frozenset[str]:
    if entry.is_for_staff:
        return frozenset({STAFF})
    return audiences_of_cell(entry.cell_id) if entry.cell_id else frozenset({ALL})


def _values(written: Written, device_key: str) -> dict[str, str]:
    text = written.text.strip()
    if not text:
        raise TextMissing
    if written.kind not in EntryKind.values or len(text) > TEXT_LIMIT:
        raise ValueRefused(field="kind", value=written.kind[:40])
    values = {
        "responsible": written.responsible.strip(), "due": written.due.strip(),
        "device_key": device_key,
    }  # fmt: skip
    texts_check(LogEntry, values)
    return {"kind": written.kind, "text": text, **values}


def _corrected(seat: Seat, pk: int | None) -> LogEntry | None:
    if pk is None:
        return None
    found = entry_seen(seat, pk)
    if seat.is_observer and found.author_id != (seat.participant and seat.participant.pk):
        raise NotAllowed
    if found.corrections.exists():
        raise EntryCorrected
    return found
