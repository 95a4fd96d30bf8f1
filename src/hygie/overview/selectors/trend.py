"""Did it get better? From closed months, and never a claim without both ends."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from hygie.governance.assessment.choices import StateChoice

# From the best to the worst: how far a single organisation has come.
_RANK = {
    StateChoice.PASSED: 3,
    StateChoice.PARTIAL: 2,
    StateChoice.STALE: 1,
    StateChoice.FAILED: 1,
    StateChoice.CANNOT_TELL: 0,
    StateChoice.NOT_TESTED: 0,
}


class Move(StrEnum):
    """Which way."""

    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trend:
    """Since last month and since last year."""

    month: Move
    year: Move


def score(states: Counter[str]) -> float | None:
    """Mean rank of a distribution, 0..3; None when nothing is counted."""
    ranked = {state: n for state, n in states.items() if state in _RANK and n}
    total = sum(ranked.values())
    if not total:
        return None
    return sum(_RANK[StateChoice(state)] * n for state, n in ranked.items()) / total


def move(before: Counter[str] | None, now: Counter[str]) -> Move:
    """Between two distributions; UNKNOWN when one of them counts nothing."""
    earlier = score(before) if before is not None else None
    current = score(now)
    if earlier is None or current is None:
        return Move.UNKNOWN
    if abs(current - earlier) < 1e-9:
        return Move.STEADY
    return Move.BETTER if current > earlier else Move.WORSE


def trend_of(
    months: list[tuple[dt.date, Counter[str]]], now: Counter[str], today: dt.date
) -> Trend:
    """Trend against the last closed month and the same month a year before."""
    closed = dict(months)
    first = today.replace(day=1)
    last_month = (first - dt.timedelta(days=1)).replace(day=1)
    last_year = first.replace(year=first.year - 1)
    return Trend(move(closed.get(last_month), now), move(closed.get(last_year), now))
