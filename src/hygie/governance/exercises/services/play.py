"""How is a row of the timeline played, skipped, put off or made up, exactly once?

Whoever keeps time asks for what is due: a worker by the clock, a facilitator's page more often. The
exercise is held while it is done, and only rows that are still planned are touched.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.engines.exercise.branches import Standing
from hygie.foundation.errors import NotFound
from hygie.foundation.journal.types import SYSTEM
from hygie.governance.exercises.choices import (
    Channel,
    ExerciseState,
    InjectState,
    Nature,
)
from hygie.governance.exercises.errors import (
    AlreadyDone,
    NotInThisExercise,
    TextMissing,
    ValueRefused,
    WrongState,
)
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.selectors.seats import STAFF, Seat, audiences_of
from hygie.governance.exercises.services.floor import (
    LIVE,
    TEXT_LIMIT,
    floor_held,
    floor_journal,
    floor_tell,
    staff_check,
)
from hygie.governance.exercises.services.script import fresh_key, texts_check
from hygie.governance.exercises.state import state_at

LONGEST_DELAY_S = 4 * 3600


@dataclass(frozen=True, slots=True)
class Improvised:
    """A row made up while playing.

    Attributes:
        body: what players read.
        cell_ids: who receives it; empty = everybody.
        expected: what they should do; "" = nothing in particular.
        options: what they may choose.
    """

    body: str
    channel: str = Channel.MAIL
    sender: str = ""
    cell_ids: Sequence[int] = ()
    title: str = ""
    expected: str = ""
    options: Sequence[str] = ()


def injects_play_due(*, exercise: Exercise, at: dt.datetime | None = None) -> list[Inject]:
    """Play what is due, in order, each row exactly once whoever else asks at the same time.

    Args:
        exercise: being played; nothing happens in another state.
        at: the instant; None = now.

    Returns:
        Rows played by this call.

    Cost: six reads when nothing is due, and no lock.
    """
    now = at or timezone.now()
    if exercise.state != ExerciseState.RUNNING or not state_at(exercise, now).due_now():
        return []
    with transaction.atomic():
        held = (
            Exercise.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk=exercise.pk, state=ExerciseState.RUNNING)
            .first()
        )
        if held is None:
            return []
        # Read again, now that nobody else plays: what was due may have been played meanwhile.
        state = state_at(held, now)
        due = [row for row, _standing in state.due_now()]
        for row in due:
            _play(held, row, now, int(state.second))
        if due:
            floor_journal(SYSTEM, held, "exercise_inject.played", count=len(due))
        return due


@transaction.atomic
def inject_play(*, seat: Seat, inject_id: int, at: dt.datetime | None = None) -> Inject:
    """Play a row now, planned or skipped; playing it twice changes nothing.

    Raises:
        NotAllowed, NotFound. WrongState: the exercise is not being played.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    row = _row(held, inject_id)
    if row.state == InjectState.PLAYED:
        return row
    now = at or timezone.now()
    _play(held, row, now, int(state_at(held, now).second))
    floor_journal(seat.actor, held, "exercise_inject.played", value=row.title)
    return row


@transaction.atomic
def inject_skip(*, seat: Seat, inject_id: int) -> Inject:
    """Leave a row out; what waits for it will not come.

    Raises:
        NotAllowed, NotFound, WrongState. AlreadyDone: it was played.
    """
    return _turn(seat, inject_id, InjectState.PLANNED, InjectState.SKIPPED, "skipped")


@transaction.atomic
def inject_restore(*, seat: Seat, inject_id: int) -> Inject:
    """Take a skipped row back into the timeline.

    Raises:
        NotAllowed, NotFound, WrongState. AlreadyDone: it was not skipped.
    """
    return _turn(seat, inject_id, InjectState.SKIPPED, InjectState.PLANNED, "restored")


@transaction.atomic
def inject_postpone(
    *, seat: Seat, inject_id: int, by_s: int, at: dt.datetime | None = None
) -> Inject:
    """Have a row come later: that long after when it was due, and never in the past.

    Args:
        by_s: seconds, positive; at most four hours.

    Raises:
        NotAllowed, NotFound, WrongState, AlreadyDone. ValueRefused: no such delay.
    """
    staff_check(seat)
    if not 0 < by_s <= LONGEST_DELAY_S:
        raise ValueRefused(field=_("délai"), value=by_s)
    held = floor_held(seat, LIVE)
    row = _row(held, inject_id)
    if row.state != InjectState.PLANNED:
        raise AlreadyDone(title=row.title, state=row.get_state_display())
    state = state_at(held, at or timezone.now())
    due = next(due for one, due in state.timeline if one.pk == row.pk)
    since = row.offset_s if due.standing is Standing.WAITING else due.second or row.offset_s
    row.offset_s = int(max(since, state.second)) + by_s
    row.save(update_fields=["offset_s"])
    floor_tell(held, "timeline", {STAFF}, inject=row.pk)
    floor_journal(
        seat.actor, held, "exercise_inject.postponed", value=row.title, delay_min=by_s // 60
    )
    return row


@transaction.atomic
def inject_improvise(*, seat: Seat, made_up: Improvised, at: dt.datetime | None = None) -> Inject:
    """Make a row up and play it at once.

    Raises:
        NotAllowed, WrongState. TextMissing: nothing to read. ValueRefused, TextTooLong.
        NotInThisExercise: a cell of another one.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    return _made_up(seat, held, made_up, Nature.INJECT, at)


@transaction.atomic
def broadcast(*, seat: Seat, text: str, at: dt.datetime | None = None) -> Inject:
    """Tell everybody something, outside the scenario.

    Raises:
        NotAllowed, WrongState. TextMissing, TextTooLong.
    """
    staff_check(seat)
    held = floor_held(seat, LIVE)
    told = Improvised(text, sender=_("Animation"), title=_("Message de l'animation"))
    return _made_up(seat, held, told, Nature.INFORMATION, at)


def _made_up(
    seat: Seat, held: Exercise, said: Improvised, nature: str, at: dt.datetime | None
) -> Inject:
    body, now = said.body.strip(), at or timezone.now()
    if not body:
        raise TextMissing
    if len(body) > TEXT_LIMIT or said.channel not in Channel.values:
        raise ValueRefused(field=_("message"), value=body[:40])
    cells = list(held.cells.filter(pk__in=said.cell_ids))
    if len(cells) != len(set(said.cell_ids)):
        raise NotInThisExercise
    second = int(state_at(held, now).second)
    title = said.title.strip() or body.splitlines()[0]
    values = {"title": title[:300], "sender": said.sender.strip()}
    texts_check(Inject, values)
    row = Inject.objects.create(
        exercise=held,
        key=fresh_key(held.injects.values_list("key", flat=True), "impro-"),
        offset_s=second, nature=nature, channel=said.channel, body=body,
        expected=said.expected.strip(), options=[one for one in said.options if one.strip()],
        is_improvised=True, **values,
    )  # fmt: skip
    row.cells.set(cells)
    _play(held, row, now, second)
    floor_journal(seat.actor, held, "exercise_inject.improvised", value=row.title)
    return row


def _turn(seat: Seat, inject_id: int, before: str, after: str, verb: str) -> Inject:
    staff_check(seat)
    held = floor_held(seat, LIVE)
    row = _row(held, inject_id)
    if row.state == after:
        return row
    if row.state != before:
        raise AlreadyDone(title=row.title, state=row.get_state_display())
    row.state = after
    row.save(update_fields=["state"])
    floor_tell(held, "timeline", {STAFF}, inject=row.pk)
    floor_journal(seat.actor, held, f"exercise_inject.{verb}", value=row.title)
    return row


def _row(exercise: Exercise, pk: int) -> Inject:
    found = exercise.injects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _play(exercise: Exercise, row: Inject, now: dt.datetime, second: int) -> None:
    if exercise.state not in LIVE:
        raise WrongState(state=exercise.get_state_display())
    row.state, row.played_at, row.played_second = InjectState.PLAYED, now, second
    row.save(update_fields=["state", "played_at", "played_second"])
    cells = list(row.cells.values_list("pk", flat=True))
    floor_tell(exercise, "inject", audiences_of(row, cells), inject=row.pk)
