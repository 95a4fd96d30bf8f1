"""What may a facilitator do to time? Each act is one mark, told live, with one line of the journal.

Nothing of the timeline is rewritten by a pause or a jump: what follows moves by itself.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hygie.engines.exercise.branches import Standing
from hygie.engines.exercise.clock import clock_of
from hygie.engines.exercise.types import ClockEvent, ExerciseError
from hygie.engines.exercise.vocabulary import ClockVerb
from hygie.governance.exercises.choices import ExerciseState, InjectState
from hygie.governance.exercises.errors import (
    ClockRefused,
    PresenceIncomplete,
    StopNotMeant,
    WrongState,
)
from hygie.governance.exercises.models import ClockMark, Exercise, Inject
from hygie.governance.exercises.selectors.play import clock_marks, participants_awaited
from hygie.governance.exercises.selectors.seats import ALL, Seat
from hygie.governance.exercises.services.floor import (
    LIVE,
    floor_held,
    floor_journal,
    floor_tell,
    moment_of,
    staff_check,
)
from hygie.governance.exercises.state import REAL_INCIDENT, state_at

# Rows planned within the hour before second 0 are played at their time; earlier ones prepare.
EARLIEST_S = 3600
PACES = (0.5, 1.0, 2.0, 4.0, 10.0)
_AFTER = {
    ClockVerb.START: ExerciseState.RUNNING,
    ClockVerb.PAUSE: ExerciseState.PAUSED,
    ClockVerb.RESUME: ExerciseState.RUNNING,
    ClockVerb.STOP: ExerciseState.ENDED,
}
_NAMED = 5


def stop_word() -> str:
    """What a facilitator writes to end an exercise."""
    return pgettext("mot à écrire pour terminer", "FIN")


def start_second(exercise: Exercise) -> int:
    """Where the scenario begins: the first row of the last hour before second 0, else 0."""
    first = (
        exercise.injects.filter(offset_s__gte=-EARLIEST_S, offset_s__lt=0)
        .order_by("offset_s")
        .values_list("offset_s", flat=True)
        .first()
    )
    return first or 0


@transaction.atomic
def exercise_start(
    *, seat: Seat, reason: str = "", from_s: int | None = None, at: dt.datetime | None = None
) -> Exercise:
    """Begin to play.

    Args:
        reason: why one begins before everybody has answered; "" = the check must be complete.
        from_s: scenario second to begin at, 0 or before; None = see `start_second`.
        at: the instant; None = now.

    Raises:
        NotAllowed, WrongState: it must be ready. PresenceIncomplete: who is awaited.
        ClockRefused: a beginning after second 0.
    """
    staff_check(seat)
    held = floor_held(seat, {ExerciseState.READY})
    awaited = participants_awaited(held)
    reason = reason.strip()[:300]
    if awaited and not reason:
        names = ", ".join(one.name for one in awaited[:_NAMED])
        more = "…" if len(awaited) > _NAMED else ""
        raise PresenceIncomplete(count=len(awaited), names=names + more)
    begins = start_second(held) if from_s is None else from_s
    if begins > 0:
        raise ClockRefused(reason=_("L'exercice commence à la seconde 0 ou avant."))
    return _mark(seat, held, ClockVerb.START, begins, at, reason=reason, awaited=len(awaited))


@transaction.atomic
def exercise_pause(*, seat: Seat, at: dt.datetime | None = None) -> Exercise:
    """Hold the scenario's time; pausing twice changes nothing.

    Raises:
        NotAllowed, WrongState: it is not being played.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    if held.state == ExerciseState.PAUSED:
        return held
    return _mark(seat, held, ClockVerb.PAUSE, 0, at)


@transaction.atomic
def exercise_resume(*, seat: Seat, at: dt.datetime | None = None) -> Exercise:
    """Let the scenario's time go on; resuming twice changes nothing.

    Raises:
        NotAllowed, WrongState: it is not being played.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    if held.state == ExerciseState.RUNNING:
        return held
    return _mark(seat, held, ClockVerb.RESUME, 0, at)


@transaction.atomic
def exercise_pace(*, seat: Seat, pace: float, at: dt.datetime | None = None) -> Exercise:
    """Change how fast the scenario's time goes.

    Args:
        pace: scenario seconds that pass in one second.

    Raises:
        NotAllowed, WrongState. ClockRefused: too slow or too fast.
    """
    staff_check(seat)
    return _mark(seat, floor_held(seat, LIVE), ClockVerb.PACE, pace, at)


@transaction.atomic
def exercise_jump(
    *, seat: Seat, to_s: int, skips: bool = False, at: dt.datetime | None = None
) -> Exercise:
    """Go forwards to a second of the scenario.

    Args:
        to_s: scenario second.
        skips: leave out what was planned in between; else it is played at once, in order.

    Raises:
        NotAllowed, WrongState. ClockRefused: not forwards.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    instant = at or timezone.now()
    skipped: list[int] = []
    if skips:
        skipped = _rows_between(held, instant, to_s)
        Inject.objects.filter(pk__in=skipped).update(state=InjectState.SKIPPED)
    return _mark(seat, held, ClockVerb.JUMP, to_s, instant, count=len(skipped))


@transaction.atomic
def exercise_stop(
    *, seat: Seat, word: str = "", is_incident: bool = False, at: dt.datetime | None = None
) -> Exercise:
    """End the play, for good.

    Args:
        word: written by the facilitator, see `stop_word`; not asked for a real incident.
        is_incident: something real has happened: everybody is told so in full width.

    Raises:
        NotAllowed, WrongState. StopNotMeant: the word is not there.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    if not is_incident and word.strip().casefold() != stop_word().casefold():
        raise StopNotMeant(word=stop_word())
    value = REAL_INCIDENT if is_incident else 0
    return _mark(seat, held, ClockVerb.STOP, value, at, incident=is_incident)


def _rows_between(exercise: Exercise, now: dt.datetime, to_s: int) -> list[int]:
    state = state_at(exercise, now)
    return [
        row.pk
        for row, due in state.timeline
        if due.standing is Standing.LATER and due.second is not None and due.second < to_s
    ]


def _mark(
    seat: Seat,
    held: Exercise,
    verb: ClockVerb,
    value: float,
    at: dt.datetime | None,
    **detail: object,
) -> Exercise:
    instant = at or timezone.now()
    _sense_check(held, verb, value, instant)
    ClockMark.objects.create(
        exercise=held, verb=verb.value, at=instant, value=value, by=seat.participant
    )
    held.state = _AFTER.get(verb, ExerciseState(held.state))
    if verb is ClockVerb.START:
        held.started_at = instant
    elif verb is ClockVerb.STOP:
        held.ended_at = instant
    # Whatever is done to time moves the end: the calendars of the players follow.
    held.calendar_sequence += 1
    held.save(update_fields=["state", "started_at", "ended_at", "calendar_sequence", "updated_at"])
    floor_tell(held, "clock", {ALL}, verb=verb.value, at=moment_of(instant))
    told = {name: one for name, one in detail.items() if one}
    floor_journal(seat.actor, held, f"exercise_clock.{verb.value}", value=value, **told)
    return held


def _sense_check(held: Exercise, verb: ClockVerb, value: float, at: dt.datetime) -> None:
    """Whether the mark makes sense after those before it.

    Raises:
        ClockRefused: says what does not. WrongState: the marks say something else than the state.
    """
    events = [
        ClockEvent(ClockVerb(one.verb), one.at.timestamp(), one.value) for one in clock_marks(held)
    ]
    clock = clock_of(events)
    if verb is ClockVerb.JUMP and value <= (clock.second_at(at.timestamp()) or 0.0):
        raise ClockRefused(reason=_("On ne saute que vers l'avant."))
    try:
        clock_of([*events, ClockEvent(verb, at.timestamp(), value)])
    except ExerciseError as error:
        if verb is ClockVerb.PACE:
            raise ClockRefused(reason=_("Rythme possible : de 0,1 à 60.")) from error
        raise WrongState(state=held.get_state_display()) from error
