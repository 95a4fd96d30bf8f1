"""Where does an exercise stand at an instant: which second, what is due, what waits?"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from hygie.engines.exercise.branches import Due, Happened, Standing, timeline_at
from hygie.engines.exercise.clock import Clock, clock_of
from hygie.engines.exercise.types import ClockEvent
from hygie.engines.exercise.vocabulary import ClockVerb, Result
from hygie.governance.exercises.bridge import inject_record
from hygie.governance.exercises.choices import (
    Channel,
    InjectState,
    Nature,
    Play,
    ReactionKind,
)
from hygie.governance.exercises.models import ClockMark, Exercise, Inject, Observation, Reaction
from hygie.governance.exercises.selectors.play import (
    clock_marks,
    injects_played_or_not,
    observations_of,
    reactions_of,
)

# What someone has to say or to hand over: done when they say so, not by the clock.
_BY_HAND = (Channel.PHONE, Channel.PAPER)
# Value of the mark of an end that a real incident caused.
REAL_INCIDENT = 1.0


@dataclass(frozen=True)
class PlayState:
    """An exercise at an instant.

    Attributes:
        exercise: read by the caller.
        now: the instant, aware.
        marks: what was done to time.
        rows: timeline, by planned second.
        reactions, observations: in order.
    """

    exercise: Exercise
    now: dt.datetime
    marks: Sequence[ClockMark]
    rows: Sequence[Inject]
    reactions: Sequence[Reaction]
    observations: Sequence[Observation]

    @cached_property
    def clock(self) -> Clock:
        """The time of the exercise."""
        return clock_from(self.marks)

    @cached_property
    def second(self) -> float:
        """Scenario second; before the start, minus infinity."""
        found = self.clock.second_at(self.now.timestamp())
        return float("-inf") if found is None else found

    @property
    def first_second(self) -> float:
        """Where the play began: what is planned before it was for the preparation."""
        return self.marks[0].value if self.marks else 0.0

    @property
    def is_real_incident(self) -> bool:
        """Whether a real incident ended it."""
        last = self.marks[-1] if self.marks else None
        return last is not None and last.verb == ClockVerb.STOP and last.value == REAL_INCIDENT

    @cached_property
    def happened(self) -> dict[str, Happened]:
        """Key → what happened to a row."""
        return happened_from(self.rows, self.reactions, self.observations)

    @cached_property
    def timeline(self) -> list[tuple[Inject, Due]]:
        """Where each row stands: those with a second first, in order."""
        by_key = {row.key: row for row in self.rows}
        records = [inject_record(row) for row in self.rows]
        return [
            (by_key[due.inject.key], due)
            for due in timeline_at(records, self.happened, self.second)
        ]

    def plays_itself(self, row: Inject, due: Due) -> bool:
        """Whether the clock alone plays a row that is due, or a facilitator has to do it."""
        if due.second is None or (due.second < self.first_second and not row.conditions):
            return False
        is_staffs = row.nature == Nature.FACILITATION
        by_hand = self.exercise.play == Play.FULL and row.channel in _BY_HAND
        return is_staffs or not by_hand

    def due_now(self) -> list[tuple[Inject, Due]]:
        """Rows that are due and play themselves, in order."""
        return [
            (row, due)
            for row, due in self.timeline
            if due.standing is Standing.DUE and self.plays_itself(row, due)
        ]

    def instant_of(self, second: float) -> dt.datetime | None:
        """When a second came or will come, if nothing is done to time; None while it stands."""
        found = self.clock.instant_of(second)
        return None if found is None else dt.datetime.fromtimestamp(found, tz=dt.UTC)

    def simulated_at(self, second: float) -> dt.datetime | None:
        """The simulated instant of a second; None when the scenario's time is the real one."""
        start = self.exercise.simulated_start_at
        return None if start is None else start + dt.timedelta(seconds=second)


def state_at(exercise: Exercise, now: dt.datetime) -> PlayState:
    """Read an exercise that the caller may conduct; six queries, whatever its length."""
    return PlayState(
        exercise,
        now,
        clock_marks(exercise),
        injects_played_or_not(exercise),
        list(reactions_of(exercise)),
        list(observations_of(exercise)),
    )


def clock_from(marks: Iterable[ClockMark]) -> Clock:
    """The clock that marks make."""
    return clock_of(
        ClockEvent(ClockVerb(mark.verb), mark.at.timestamp(), mark.value) for mark in marks
    )


def second_at(exercise: Exercise, now: dt.datetime) -> int:
    """Whole scenario second at an instant, 0 before the start; one query."""
    found = clock_from(clock_marks(exercise)).second_at(now.timestamp())
    return 0 if found is None else int(found)


def happened_from(
    rows: Iterable[Inject],
    reactions: Iterable[Reaction],
    observations: Iterable[Observation],
) -> dict[str, Happened]:
    """What happened to each row, as the engine asks it.

    Args:
        reactions, observations: in order: of several decisions, or several marks, the last one
            holds.
    """
    decided = {one.inject_id: one for one in reactions if one.kind == ReactionKind.DECISION}
    marked = {one.inject_id: one for one in observations if one.result != Result.NOT_OBSERVED}
    found = {}
    for row in rows:
        decision, mark = decided.get(row.pk), marked.get(row.pk)
        if row.state == InjectState.PLANNED and decision is None and mark is None:
            continue
        found[row.key] = Happened(
            played_second=row.played_second if row.state == InjectState.PLAYED else None,
            is_skipped=row.state == InjectState.SKIPPED,
            decision=decision.option if decision else "",
            decided_second=decision.second if decision else 0.0,
            result=Result(mark.result) if mark else None,
            result_second=mark.second if mark else 0.0,
        )
    return found
