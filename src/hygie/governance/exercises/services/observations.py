"""What did an observer see of what was expected? Kept once, however often a device sends it."""

import datetime as dt

from django.db import transaction

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.choices import ExerciseState, Result
from hygie.governance.exercises.errors import ValueRefused
from hygie.governance.exercises.models import Observation
from hygie.governance.exercises.selectors.seats import OBSERVERS, STAFF, Seat
from hygie.governance.exercises.selectors.seen import inject_seen
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

# A phone found again an hour after the end still brings what it kept.
_STATES = (*LIVE, ExerciseState.ENDED)


@transaction.atomic
def observation_add(
    *,
    seat: Seat,
    inject_id: int,
    result: str,
    note: str = "",
    device_key: str = "",
    cell_id: int | None = None,
    seen_at: dt.datetime | None = None,
) -> Observation:
    """An observer, or the staff, says how an expectation was met; the last word counts.

    Args:
        result: reached, partial, missed or not observed.
        device_key: made by the device, at most 64 letters.
        seen_at: when it was seen, for what is sent later; never before the start nor after now.

    Raises:
        NotAllowed: a player. NotFound: not a row that one observes. WrongState, ValueRefused.
    """
    if seat.is_player:
        raise NotAllowed
    exercise = state_check(seat, _STATES)
    row = inject_seen(seat, inject_id)
    if not row.expected:
        raise NotFound
    if result not in Result.values or len(note) > TEXT_LIMIT:
        raise ValueRefused(field="result", value=result[:40])
    texts_check(Observation, {"device_key": device_key})
    if device_key:
        known = Observation.objects.filter(
            observer=seat.participant, inject=row, device_key=device_key
        ).first()
        if known is not None:
            return known
    at = moment_kept(exercise, seen_at)
    made = Observation.objects.create(
        inject=row, observer=seat.participant, cell=cell_spoken_for(seat, cell_id), result=result,
        note=note.strip(), device_key=device_key, at=at, second=second_at(exercise, at),
    )  # fmt: skip
    floor_tell(exercise, "observation", {STAFF, OBSERVERS}, inject=row.pk)
    floor_journal(seat.actor, exercise, "exercise_observation.added")
    return made
