"""Who may act in an exercise now, and how is what they did told to those who listen?"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import Actor
from hygie.foundation.live.services import live_tell
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.errors import WrongState
from hygie.governance.exercises.models import Cell, Exercise
from hygie.governance.exercises.selectors.seats import Seat, channel_of

LIVE = (ExerciseState.RUNNING, ExerciseState.PAUSED)
TEXT_LIMIT = 8000


def floor_held(seat: Seat, states: Collection[str]) -> Exercise:
    """The exercise, held until the end of the transaction, in one of these states.

    Raises:
        WrongState: in another one.
    """
    held = (
        # Lines that players write meanwhile refer to this row: they need not wait.
        Exercise.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=seat.exercise.pk)
    )
    if held.state not in states:
        raise WrongState(state=held.get_state_display())
    return held


def staff_check(seat: Seat) -> None:
    """Whether the seat conducts the exercise.

    Raises:
        NotAllowed: it does not.
    """
    if not seat.is_staff:
        raise NotAllowed


def state_check(seat: Seat, states: Collection[str]) -> Exercise:
    """The exercise as it is now, not held: what players write waits for nobody.

    Raises:
        WrongState: in another state.
    """
    found = Exercise.objects.select_related("organisation").get(pk=seat.exercise.pk)
    if found.state not in states:
        raise WrongState(state=found.get_state_display())
    return found


def cell_spoken_for(seat: Seat, cell_id: int | None) -> Cell | None:
    """The cell in whose name a seat acts: its own; the staff acts for any.

    Raises:
        NotAllowed: another one's.
    """
    if not seat.is_staff:
        if cell_id is not None and (seat.cell is None or seat.cell.pk != cell_id):
            raise NotAllowed
        return seat.cell
    if cell_id is None:
        return None
    found = seat.exercise.cells.filter(pk=cell_id).first()
    if found is None:
        raise NotAllowed
    return found


def floor_tell(exercise: Exercise, kind: str, audiences: Collection[str], **payload: Any) -> None:
    """Tell those who listen that something changed: its ids, never its words."""
    for audience in sorted(audiences):
        live_tell(channel=channel_of(exercise.pk), audience=audience, kind=kind, payload=payload)


def floor_journal(actor: Actor, exercise: Exercise, action: str, **detail: Any) -> None:
    """One line of the journal; called last in its transaction."""
    journal_write(
        actor=actor,
        action=action,
        object_type="exercise",
        object_id=exercise.pk,
        organisation_id=exercise.organisation_id,
        detail={"title": exercise.title, **detail},
    )


def moment_kept(exercise: Exercise, told: dt.datetime | None) -> dt.datetime:
    """When something that a device sends was seen: never before the start, nor after now."""
    now = timezone.now()
    at = min(told or now, now)
    return max(at, exercise.started_at) if exercise.started_at else at


def moment_of(at: dt.datetime) -> str:
    """An instant as a payload keeps it."""
    return at.isoformat(timespec="milliseconds")
