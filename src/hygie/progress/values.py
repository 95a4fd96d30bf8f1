"""Does a value fit its indicator's unit and level? Pure checks, no query."""

import datetime as dt
import math

from django.utils.translation import gettext as _

from hygie.foundation.design.components.numbers import number_words, with_unit
from hygie.programme.choices import Unit
from hygie.programme.models import Indicator
from hygie.progress.errors import DateRefused, HeldElsewhere, ValueRefused
from hygie.territory.organisations.models import Organisation

HELD_ANYWHERE = "any"
_BOUNDS: dict[str, tuple[float, float]] = {
    Unit.BOOLEAN: (0, 1),
    Unit.PERCENT: (0, 100),
    Unit.COUNT: (0, 1e12),
    Unit.DAYS: (0, 1e6),
    Unit.HOURS: (0, 1e7),
    Unit.LEVEL: (0, 5),
    Unit.EUR: (-1e13, 1e13),
    Unit.SCORE: (-1e9, 1e9),
}
_WHOLE = {Unit.BOOLEAN, Unit.COUNT, Unit.LEVEL}


# Units that a number wears in a sentence; the others say nothing that the title does not.
_WORN = {Unit.PERCENT, Unit.DAYS, Unit.HOURS, Unit.EUR}


def value_words(indicator: Indicator, value: float) -> str:
    """A value as people say it: "oui", "niveau 3", "98 %", "365 jours", "4"."""
    if indicator.unit == Unit.BOOLEAN:
        return _("oui") if value else _("non")
    number = number_words(value, indicator.decimals if value != int(value) else 0)
    if indicator.unit == Unit.LEVEL:
        return _("niveau %(number)s") % {"number": number}
    worn = indicator.unit in _WORN
    return with_unit(number, str(indicator.get_unit_display())) if worn else number


def bound_words(indicator: Indicator, low: float | None, high: float | None) -> str:
    """What a target asks, as people say it: "oui", "niveau 3 ou plus", "≥ 98 %", "aucun"."""
    if indicator.unit == Unit.BOOLEAN and (low is not None or high is not None):
        return _("oui") if low else _("non")
    if indicator.unit == Unit.LEVEL and low is not None and high is None:
        return _("%(level)s ou plus") % {"level": value_words(indicator, low)}
    if high == 0 and low is None:
        return _("zéro")
    if low is not None and high is not None:
        return _("de %(low)s à %(high)s") % {
            "low": number_words(low), "high": value_words(indicator, high)
        }  # fmt: skip
    if low is not None:
        return f"≥ {value_words(indicator, low)}"
    return f"≤ {value_words(indicator, high)}" if high is not None else ""


def _expected(unit: str) -> str:
    low, high = _BOUNDS[unit]
    if unit == Unit.BOOLEAN:
        return _("0 (non) ou 1 (oui)")
    if unit in _WHOLE:
        return _("un nombre entier de %(low)d à %(high)d") % {"low": low, "high": high}
    return _("un nombre de %(low)g à %(high)g") % {"low": low, "high": high}


def value_check(indicator: Indicator, value: float | None) -> None:
    """Refuse a value outside the unit's range; None (measured, could not tell) always fits.

    Raises:
        ValueRefused: not finite, out of range, or not whole where the unit counts.
    """
    if value is None:
        return
    low, high = _BOUNDS[indicator.unit]
    fits = math.isfinite(value) and low <= value <= high
    if not fits or (indicator.unit in _WHOLE and value != int(value)):
        raise ValueRefused(
            indicator=indicator.code, value=value, expected=_expected(indicator.unit)
        )


def date_check(effective_on: dt.date, today: dt.date) -> None:
    """Refuse a date after today.

    Raises:
        DateRefused: the date is in the future.
    """
    if effective_on > today:
        raise DateRefused(date=effective_on.isoformat())


def level_check(indicator: Indicator, organisation: Organisation) -> None:
    """Refuse a value kept at another level.

    Raises:
        HeldElsewhere: the indicator says `held_at` another kind of organisation.
    """
    if indicator.held_at not in {HELD_ANYWHERE, organisation.kind}:
        raise HeldElsewhere(
            indicator=indicator.code, level=indicator.held_at.upper(), organisation=organisation
        )


def expiry_of(indicator: Indicator, effective_on: dt.date) -> dt.date | None:
    """First day on which a value of that date no longer counts; None when it never expires."""
    if indicator.freshness_days is None:
        return None
    return effective_on + dt.timedelta(days=indicator.freshness_days)
