"""Short ways to write the cases of these tests."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from hygie.engines.assessment.types import AnswerSummary, Case, Dates, Fact, Knowledge, Unit

GHT = 100
AS_OF = dt.date(2026, 9, 1)
PHASE_START = dt.date(2025, 7, 16)
FLOOR = dt.date(2022, 7, 16)


def fact(
    code: str,
    unit: int = GHT,
    *,
    on: dt.date = dt.date(2026, 3, 12),
    value: float | None = 1.0,
    until: dt.date | None = None,
    known_as: Knowledge = Knowledge.DOCUMENTED,
    ref: str = "",
) -> Fact:
    return Fact(code, unit, value, known_as, on, until, ref)


def case(
    facts: Iterable[Fact] = (),
    weights: Iterable[str | None] = ("40", "30", "20", "10"),
    *,
    answers: AnswerSummary | None = None,
    dates: Dates | None = None,
) -> Case:
    """A GHT whose units 1, 2, 3… weigh what is given; None = unknown."""
    units = tuple(
        Unit(number, f"EJ {number}", None if weight is None else Decimal(weight))
        for number, weight in enumerate(weights, start=1)
    )
    return Case(GHT, units, tuple(facts), answers, dates or Dates(AS_OF, PHASE_START))


def planned(*units: int) -> list[Fact]:
    """BIA and PCRA of these units."""
    return [fact(f"proof:{document}", unit) for unit in units for document in ("bia", "pcra")]
