"""How does each indicator stand at one organisation, target included?"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from hygie.engines.scoring.indicator import Target, indicator_state
from hygie.engines.scoring.rollup import NEVER, Reading
from hygie.programme.models import Indicator, IndicatorTarget
from hygie.programme.selectors import indicators as all_indicators
from hygie.programme.selectors import target_for, target_in_force, targets
from hygie.programme.words import localized
from hygie.progress.models import CurrentMeasurement
from hygie.progress.selectors.measurements import current_get, current_in
from hygie.progress.values import HELD_ANYWHERE, bound_words
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_ORDER = ("failed", "stale", "cannot_tell", "not_tested", "passed", "partial")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator at one organisation; `state` compares the value with the target in force."""

    indicator: Indicator
    current: CurrentMeasurement | None
    target: IndicatorTarget | None
    state: str

    @property
    def indicator_id(self) -> int:
        """Id of the indicator."""
        return self.indicator.pk

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.indicator, "title")

    @property
    def code(self) -> str:
        """Code of the indicator."""
        return self.indicator.code

    @property
    def unit(self) -> str:
        """Unit in words."""
        return str(self.indicator.get_unit_display())

    @property
    def value(self) -> float | None:
        """Latest value; None when never recorded or without conclusion."""
        return self.current.value if self.current else None

    @property
    def known_as(self) -> int | None:
        """How it is known."""
        return self.current.known_as if self.current else None

    @property
    def effective_on(self) -> dt.date | None:
        """When it was true."""
        return self.current.effective_on if self.current else None

    @property
    def target_words(self) -> str:
        """The bounds in force."""
        if self.target is None:
            return ""
        return bound_words(self.indicator, self.target.at_least, self.target.at_most)

    @property
    def rank(self) -> int:
        """Order of urgency of the state."""
        return _ORDER.index(self.state)


def indicator_lines(
    perimeter: Perimeter, place: Organisation, today: dt.date
) -> list[IndicatorLine]:
    """Every indicator measured at this level, with its latest value here; three queries."""
    current = {row.indicator_id: row for row in current_in(perimeter).filter(organisation=place)}
    wanted: dict[int, list[IndicatorTarget]] = {}
    for row in targets():
        wanted.setdefault(row.indicator_id, []).append(row)
    return [
        _line(indicator, current.get(indicator.pk), wanted.get(indicator.pk, []), place, today)
        for indicator in all_indicators()
        if indicator.held_at in {HELD_ANYWHERE, place.kind} or indicator.pk in current
    ]


def indicator_line(
    perimeter: Perimeter, place: Organisation, indicator: Indicator, today: dt.date
) -> IndicatorLine:
    """One indicator with its latest value here; two queries."""
    current = current_get(perimeter, place.pk, indicator.pk)
    wanted = list(targets().filter(indicator=indicator))
    return _line(indicator, current, wanted, place, today)


def indicators_held(place: Organisation) -> QuerySet[Indicator]:
    """Indicators that are measured at the level of this place."""
    return all_indicators().filter(held_at__in=(HELD_ANYWHERE, place.kind))


def _line(
    indicator: Indicator,
    current: CurrentMeasurement | None,
    wanted: list[IndicatorTarget],
    place: Organisation,
    today: dt.date,
) -> IndicatorLine:
    mine = target_for(wanted, kind=place.kind, category=place.category_code)
    target = target_in_force(mine, today)
    return IndicatorLine(indicator, current, target, _state(current, target, today))


def _state(
    current: CurrentMeasurement | None, target: IndicatorTarget | None, today: dt.date
) -> str:
    reading = (
        Reading(current.value, current.known_as, current.effective_on, current.expires_on)
        if current
        else NEVER
    )
    bound = Target(at_least=target.at_least, at_most=target.at_most) if target else None
    return str(indicator_state(reading, bound, as_of=today).state)
