"""Which fact decides today, for this organisation and this code?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hygie.engines.assessment.nodes import Anchor, Window
from hygie.engines.assessment.types import AnswerSummary, Case, Dates, Fact, Unit

_SCALE = 10**12


class Span(NamedTuple):
    """A window with its days worked out.

    Attributes:
        opens_on: None = open since ever.
        closes_on: last day that counts, today at the latest when the window says no day.
        unknown: the day the window hangs on and that nobody gave; nothing can be in it.
    """

    opens_on: date | None
    closes_on: date
    unknown: Anchor | None = None


class Ledger:
    """A case laid out for reading: facts by organisation and code, weights as exact integers."""

    __slots__ = (
        "_anchors",
        "_facts",
        "_planned",
        "answers",
        "candidate",
        "dates",
        "total",
        "units",
        "weights",
    )

    def __init__(self, case: Case) -> None:
        self.candidate = case.candidate
        self.dates: Dates = case.dates
        self.units: tuple[Unit, ...] = case.units
        self.answers: AnswerSummary | None = case.answers
        self.weights = tuple(scaled_weight(unit) for unit in case.units)
        self.total = sum(weight for weight in self.weights if weight is not None)
        self._anchors: Mapping[Anchor, date | None] = {
            Anchor.AS_OF: case.dates.as_of,
            Anchor.PHASE_START: case.dates.phase_start,
            Anchor.APPLICATION: case.dates.application,
            Anchor.ATTAINMENT: case.dates.attainment,
        }
        self._facts: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        self._planned: dict[tuple[int, str], date] = {}
        self._file(case.facts)

    def _file(self, facts: Iterable[Fact]) -> None:
        as_of = self.dates.as_of
        for fact in facts:
            key = (fact.unit, fact.code)
            if fact.effective_on <= as_of:
                self._facts[key].append(fact)
            else:
                known = self._planned.get(key, fact.effective_on)
                self._planned[key] = min(known, fact.effective_on)
        for group in self._facts.values():
            if len(group) > 1:
                # The sort is stable: of two equals the later recorded one stays last.
                group.sort(key=lambda fact: (fact.effective_on, fact.known_as))

    def facts(self, unit: int, code: str) -> Sequence[Fact]:
        """Give what is known of an organisation today, the deciding fact last."""
        return self._facts.get((unit, code), ())

    def planned(self, unit: int, code: str) -> date | None:
        """Give the first day of a fact dated later than today, None without any."""
        return self._planned.get((unit, code))

    def span(self, window: Window) -> Span:
        """Work out the days of a window; a filing not made yet closes it today."""
        unknown: Anchor | None = None
        opens_on = window.opens
        if isinstance(opens_on, Anchor):
            anchor, opens_on = opens_on, self._anchors[opens_on]
            if opens_on is None:
                unknown = anchor
        closes_on = window.closes
        if isinstance(closes_on, Anchor):
            anchor, closes_on = closes_on, self._anchors[closes_on]
            if closes_on is None and anchor is Anchor.PHASE_START:
                unknown = anchor
        return Span(opens_on, closes_on or self.dates.as_of, unknown)


def scaled_weight(unit: Unit) -> int | None:
    """Give the weight of a unit in millionths of millionths, exactly; None when unknown."""
    if unit.weight is None:
        return None
    numerator, denominator = unit.weight.as_integer_ratio()
    return numerator * _SCALE // denominator
