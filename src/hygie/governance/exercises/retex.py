"""What does an exercise show once it is over? Every figure of the report, gathered once.

The page, the PDF, the Word file and the JSON print these and compute nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from hygie.engines.exercise.maturity import Progress
from hygie.engines.exercise.scoring import (
    Delay,
    Marked,
    Score,
    delays_of,
    median_delay,
    whole_of,
)
from hygie.engines.exercise.vocabulary import Result
from hygie.governance.exercises.bridge import inject_record
from hygie.governance.exercises.bridge_debrief import (
    decisions_known,
    marked_known,
    maturity_known,
    notes_known,
    scores_known,
)
from hygie.governance.exercises.choices import (
    ClockVerb,
    InjectState,
    LessonKind,
    Nature,
    Role,
)
from hygie.governance.exercises.models import Exercise, Inject, Lesson, LogEntry
from hygie.governance.exercises.selectors.debrief import Survey, lessons_of, survey_of
from hygie.governance.exercises.selectors.exercises import injects_of
from hygie.governance.exercises.selectors.plans import plan_names
from hygie.governance.exercises.selectors.requirements import requirement_names
from hygie.governance.exercises.services.measures import is_reached, verdict_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of the timeline, as planned and as it went.

    Attributes:
        inject: the row.
        cells: names of those that received it; empty = all.
        played_s, reacted_s: scenario seconds; None = not played, no answer.
        result: of the expectation; None when nothing was expected.
        delay: how long it waited; None when nothing was expected or it was not played.
        notes: of the observers.
        decisions: options that were chosen, by whom.
    """

    inject: Inject
    cells: tuple[str, ...]
    played_s: float | None
    reacted_s: float | None
    result: Result | None
    delay: Delay | None
    notes: tuple[str, ...]
    decisions: tuple[str, ...]

    @property
    def drift_s(self) -> float | None:
        """How much later than planned it was played; None when it was not, or was improvised."""
        if self.played_s is None or self.inject.is_improvised:
            return None
        return self.played_s - self.inject.offset_s


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective and how far it was reached."""

    title: str
    requirement: str
    competence: str
    plan: str
    score: Score

    @property
    def state(self) -> str:
        """Code of a state."""
        return verdict_of(self.score).value


@dataclass(frozen=True)
class Retex:
    """All that a report prints.

    Attributes:
        exercise: with its organisation.
        moments: rows that players could receive, in the order of the play.
        objectives, maturity, lessons, log, survey: see each.
        people: how many of each role.
        cells: name of each cell and how many players it had.
        pauses: how many times time was held.
    """

    exercise: Exercise
    moments: Sequence[Moment]
    objectives: Sequence[ObjectiveLine]
    maturity: Sequence[Progress]
    lessons: Sequence[Lesson]
    log: Sequence[LogEntry]
    survey: Survey
    people: Counter[str]
    cells: Sequence[tuple[str, int]]
    pauses: int

    @cached_property
    def whole(self) -> Score:
        """The whole exercise."""
        return whole_of([one.score for one in self.objectives])

    @property
    def delays(self) -> list[Delay]:
        """Of the rows that expected something and were played."""
        return [one.delay for one in self.moments if one.delay is not None]

    @property
    def median_s(self) -> float | None:
        """Median time of reaction, scenario seconds."""
        return median_delay(self.delays)

    @property
    def timed(self) -> list[Delay]:
        """Delays that had a limit."""
        return [one for one in self.delays if one.is_late is not None]

    @property
    def late(self) -> int:
        """How many of them were late."""
        return sum(bool(one.is_late) for one in self.timed)

    @property
    def strengths(self) -> list[Lesson]:
        """What to keep."""
        return [one for one in self.lessons if one.kind == LessonKind.STRENGTH]

    @property
    def gaps(self) -> list[Lesson]:
        """What to close."""
        return [one for one in self.lessons if one.kind == LessonKind.GAP]

    @property
    def orphans(self) -> list[Lesson]:
        """Gaps without an action."""
        return [one for one in self.gaps if one.action is None]

    @property
    def judged(self) -> list[bool]:
        """Of the objectives that could be judged, whether each was reached."""
        found = [is_reached(one.score) for one in self.objectives]
        return [one for one in found if one is not None]

    @property
    def lasted(self) -> dt.timedelta | None:
        """Real time from the start to the end."""
        begun, over = self.exercise.started_at, self.exercise.ended_at
        return over - begun if begun and over else None


def retex_of(exercise: Exercise) -> Retex:
    """Gather what happened in an exercise that the caller may read.

    Args:
        exercise: begun, read inside the perimeter with its organisation.

    Cost: about twenty queries, whatever the length.
    """
    language = (get_language() or "fr")[:2]
    survey = survey_of(exercise, language if language in {"fr", "en"} else "fr")
    scores = {one.objective: one for one in scores_known(exercise, with_own=survey.is_told)}
    objectives = list(exercise.objectives.all())
    names = requirement_names(one.requirement for one in objectives)
    plans = plan_names(one.plan for one in objectives)
    people = Counter(exercise.participants.values_list("role", flat=True))
    players = Counter(
        exercise.participants.filter(role=Role.PLAYER).values_list("cell_id", flat=True)
    )
    return Retex(
        exercise=exercise,
        moments=_moments(exercise),
        objectives=[
            ObjectiveLine(
                one.title,
                names.get(one.requirement, one.requirement),
                one.competence,
                plans.get(one.plan, one.plan),
                scores[one.key],
            )
            for one in objectives
        ],
        maturity=maturity_known(exercise),
        lessons=list(lessons_of(exercise)),
        log=list(exercise.log.select_related("cell", "corrects").order_by("at", "pk")),
        survey=survey,
        people=people,
        cells=[(cell.name, players[cell.pk]) for cell in exercise.cells.all()],
        pauses=exercise.clock_marks.filter(verb=ClockVerb.PAUSE).count(),
    )


def _moments(exercise: Exercise) -> list[Moment]:
    marked = marked_known(exercise)
    rows = [row for row in injects_of(exercise) if row.nature != Nature.FACILITATION]
    delays = {one.inject: one for one in delays_of([inject_record(row) for row in rows], marked)}
    notes, decisions = notes_known(exercise), decisions_known(exercise)
    found = [
        _moment(
            row,
            marked.get(row.key),
            delays.get(row.key),
            notes.get(row.pk, ()),
            decisions.get(row.pk, ()),
        )
        for row in rows
    ]
    return sorted(
        found,
        key=lambda one: one.inject.offset_s if one.played_s is None else one.played_s,
    )


def _moment(
    row: Inject,
    known: Marked | None,
    delay: Delay | None,
    notes: Sequence[str],
    decisions: Sequence[str],
) -> Moment:
    expects = bool(row.expected) and row.nature == Nature.INJECT
    is_played = row.state == InjectState.PLAYED and known is not None
    return Moment(
        inject=row,
        cells=tuple(cell.name for cell in row.cells.all()),
        played_s=known.played_second if known and is_played else None,
        reacted_s=known.reacted_second if known and is_played else None,
        result=known.result if known and is_played and expects else None,
        delay=delay,
        notes=tuple(notes),
        decisions=tuple(decisions),
    )
