"""Until when does a figure count, and which one counts today?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hygie.engines.assessment.types import Fact


@dataclass(frozen=True, slots=True)
class Latest:
    """The deciding fact of one organisation and code, and whether it still counts."""

    fact: Fact
    is_fresh: bool


def expiry(effective_on: date, freshness_days: int | None) -> date | None:
    """Give the first day on which a figure no longer counts.

    Args:
        effective_on: the day it was true; it counts on that day.
        freshness_days: days it counts, that day included, at least 1; None = for ever.

    Returns:
        `effective_on + freshness_days`, None = never (also beyond the calendar).

    Raises:
        ValueError: fewer than one day.

    Source: docs/engines/scoring.md §4.
    """
    if freshness_days is None:
        return None
    if freshness_days < 1:
        raise ValueError(f"freshness of {freshness_days} days: at least 1 is expected")
    try:
        return effective_on + timedelta(days=freshness_days)
    except OverflowError:
        return None


def latest_by_freshness(facts: Iterable[Fact], as_of: date) -> dict[tuple[int, str], Latest]:
    """Choose the deciding fact of each organisation and code, and say whether it still counts.

    The latest decides even when it has expired and an older one has not: an old figure that was
    said to last longer is not a better answer. Same rule as the assessment.

    Args:
        facts: in recording order, any organisation and code.
        as_of: facts dated later are ignored.

    Returns:
        By (organisation id, code); latest effective date, then strongest knowledge, then last
        recorded.

    Source: docs/engines/scoring.md §4.
    """
    chosen: dict[tuple[int, str], Fact] = {}
    for fact in facts:
        if fact.effective_on > as_of:
            continue
        key = (fact.unit, fact.code)
        known = chosen.get(key)
        if known is None or _rank(fact) >= _rank(known):
            chosen[key] = fact
    return {
        key: Latest(fact, fact.expires_on is None or fact.expires_on > as_of)
        for key, fact in chosen.items()
    }


def _rank(fact: Fact) -> tuple[date, int]:
    return fact.effective_on, fact.known_as
