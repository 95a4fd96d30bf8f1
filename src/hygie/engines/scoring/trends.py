"""Is it getting better, and do the data allow saying so?"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from hygie.engines.assessment.types import State

# Only states that say something about the organisation can be compared.
_RANKS = MappingProxyType({State.FAILED: 0, State.PARTIAL: 1, State.PASSED: 2})


class Trend(StrEnum):
    """The four answers; unknown is one of them, never replaced by steady."""

    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Which way an indicator improves."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Point:
    """One dated value of a history; None = measured without conclusion, or missing that day."""

    on: date
    value: float | None


def trend(
    history: Iterable[Point],
    *,
    direction: Direction,
    steady_within: float = 0.0,
    max_gap_days: int | None = None,
) -> Trend:
    """Compare the last value of a history with its first.

    Args:
        history: any order, the period to judge; of two values of one day the last given counts.
        direction: which way is better.
        steady_within: largest difference, in the unit of the values, that is no change; >= 0.
        max_gap_days: longest time without a value that still allows a claim; None = any.

    Returns:
        Unknown when there are fewer than two values, when the first or last day has none, or when
        a gap is too long: the engine does not fill in what is missing.

    Raises:
        ValueError: `steady_within` is negative or not finite.

    Source: docs/engines/scoring.md §5.
    """
    if not math.isfinite(steady_within) or steady_within < 0:
        raise ValueError(f"steady_within: {steady_within}")
    by_day = {point.on: point.value for point in history}
    days = sorted(by_day)
    known = [(day, value) for day in days if (value := _known(by_day[day])) is not None]
    if len(known) < 2 or known[0][0] != days[0] or known[-1][0] != days[-1]:
        return Trend.UNKNOWN
    gaps = [(after - before).days for (before, _), (after, _) in pairwise(known)]
    if max_gap_days is not None and max(gaps) > max_gap_days:
        return Trend.UNKNOWN
    change = known[-1][1] - known[0][1]
    if abs(change) <= steady_within:
        return Trend.STEADY
    return Trend.BETTER if (change > 0) == (direction is Direction.HIGHER) else Trend.WORSE


def state_trend(before: State | None, after: State | None) -> Trend:
    """Compare two states of the same requirement or objective.

    Args:
        before, after: None = no state was recorded.

    Returns:
        Better or worse along failed < partial < passed; unknown as soon as one side is not tested,
        cannot be told, is stale or does not apply: losing a proof is not getting worse, it is no
        longer knowing.

    Source: docs/engines/scoring.md §5.
    """
    if before is None or after is None or before not in _RANKS or after not in _RANKS:
        return Trend.UNKNOWN
    change = _RANKS[after] - _RANKS[before]
    if change == 0:
        return Trend.STEADY
    return Trend.BETTER if change > 0 else Trend.WORSE


def _known(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
