"""How far were the objectives reached, who says so, and how fast did the players decide?

A reaction that nobody observed is neither reached nor missed: it stands apart, counted, and never
enters the points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from hygie.engines.exercise.types import InjectRecord
from hygie.engines.exercise.vocabulary import Nature, Result

_SHARE = {Result.REACHED: 1.0, Result.PARTIAL: 0.5, Result.MISSED: 0.0}
HIGHEST_MARK = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """What is known of the expectation of one inject.

    Attributes:
        result: as the staff marked it.
        played_second: scenario second at which it was played; None when it was not.
        reacted_second: scenario second of the first answer or decision; None without one.
    """

    result: Result = Result.NOT_OBSERVED
    played_second: float | None = None
    reacted_second: float | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks 0 … 3 given to one objective by those who were there.

    Attributes:
        official: by the staff. team: by cells. own: by players.
    """

    official: Sequence[float] = ()
    team: Sequence[float] = ()
    own: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How far an objective, or the whole, was reached.

    Attributes:
        objective: its key; "" for what has none.
        points, possible: of the expectations observed.
        expected: how many expectations were played.
        observed: how many of them were marked.
        reached, partial, missed: how many of each.
        official, team, own: mean marks 0 … 1; None when nobody gave one.
    """

    objective: str
    points: float
    possible: float
    expected: int
    observed: int
    reached: int
    partial: int
    missed: int
    official: float | None
    team: float | None
    own: float | None

    @property
    def share(self) -> float | None:
        """Points over possible points, 0 … 1; None when nothing was observed.

        Where the script gives no points, each expectation counts for one.
        """
        if self.possible:
            return self.points / self.possible
        return (self.reached + self.partial / 2) / self.observed if self.observed else None


@dataclass(frozen=True, slots=True)
class Delay:
    """How long the players took to react to one inject.

    Attributes:
        inject: its key.
        delay_s: scenario seconds from the inject to the first reaction; None without reaction.
        deadline_s: how long they had; None = no limit.
    """

    inject: str
    delay_s: float | None
    deadline_s: int | None

    @property
    def is_late(self) -> bool | None:
        """Whether they were late; None when there was no limit."""
        if self.deadline_s is None:
            return None
        return self.delay_s is None or self.delay_s > self.deadline_s


def scores_of(
    injects: Sequence[InjectRecord],
    marked: Mapping[str, Marked],
    marks: Mapping[str, Marks],
) -> list[Score]:
    """Score of each objective, in the order of its first inject; objectives only marked last.

    Args:
        injects: the script.
        marked: key of an inject → what is known of its expectation; absent = not played.
        marks: key of an objective → marks given to it.

    Returns:
        One score an objective; expectations tied to none are under "".
    """
    by_objective: dict[str, list[InjectRecord]] = {}
    for inject in injects:
        if inject.expected and inject.nature is Nature.INJECT:
            by_objective.setdefault(inject.objective, []).append(inject)
    for objective in marks:
        by_objective.setdefault(objective, [])
    return [
        _score(objective, rows, marked, marks.get(objective, Marks()))
        for objective, rows in by_objective.items()
    ]


def whole_of(scores: Sequence[Score]) -> Score:
    """The whole exercise: points and counts added up, marks averaged over the objectives."""
    return Score(
        objective="",
        points=sum(score.points for score in scores),
        possible=sum(score.possible for score in scores),
        expected=sum(score.expected for score in scores),
        observed=sum(score.observed for score in scores),
        reached=sum(score.reached for score in scores),
        partial=sum(score.partial for score in scores),
        missed=sum(score.missed for score in scores),
        official=_mean([score.official for score in scores]),
        team=_mean([score.team for score in scores]),
        own=_mean([score.own for score in scores]),
    )


def delays_of(injects: Sequence[InjectRecord], marked: Mapping[str, Marked]) -> list[Delay]:
    """How long each played inject that expects something waited for its first reaction."""
    return [
        Delay(
            inject.key,
            None if known.reacted_second is None else known.reacted_second - known.played_second,
            inject.deadline_s,
        )
        for inject in injects
        if inject.nature is Nature.INJECT
        and inject.expected
        and (known := marked.get(inject.key)) is not None
        and known.played_second is not None
    ]


def median_delay(delays: Sequence[Delay]) -> float | None:
    """Median of the delays of what had a reaction, seconds; None without any."""
    known = [delay.delay_s for delay in delays if delay.delay_s is not None]
    return median(known) if known else None


def _score(
    objective: str, rows: Sequence[InjectRecord], marked: Mapping[str, Marked], marks: Marks
) -> Score:
    played = [
        (row, known.result)
        for row in rows
        if (known := marked.get(row.key)) is not None and known.played_second is not None
    ]
    seen = [(row, result) for row, result in played if result is not Result.NOT_OBSERVED]
    results = [result for _row, result in seen]
    return Score(
        objective=objective,
        points=sum(row.score * _SHARE[result] for row, result in seen),
        possible=float(sum(row.score for row, _result in seen)),
        expected=len(played),
        observed=len(seen),
        reached=results.count(Result.REACHED),
        partial=results.count(Result.PARTIAL),
        missed=results.count(Result.MISSED),
        official=_share(marks.official),
        team=_share(marks.team),
        own=_share(marks.own),
    )


def _share(marks: Sequence[float]) -> float | None:
    return fmean(marks) / HIGHEST_MARK if marks else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
