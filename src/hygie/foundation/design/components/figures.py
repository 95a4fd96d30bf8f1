"""What must stand beside a number? Its target, its trend, its date and how it is known."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.components.numbers import Number, number_words, with_unit


class Trend(NamedTuple):
    """A direction: its arrow and its word."""

    icon: str
    word: Promise


TRENDS: dict[str, Trend] = {
    "up": Trend("arrow-up-right", _("en hausse")),
    "down": Trend("arrow-down-right", _("en baisse")),
    "flat": Trend("arrow-right", _("stable")),
}


def trend_between(before: Number | None, now: Number | None) -> str:
    """`up`, `down` or `flat`; "" when one of the two is not known."""
    if before is None or now is None:
        return ""
    difference = float(now) - float(before)
    return "flat" if difference == 0 else "up" if difference > 0 else "down"


def figure(
    value: Number | str | None,
    *,
    label: str = "",
    unit: str = "",
    decimals: int | None = None,
    target: Number | None = None,
    trend: str = "",
    change: str = "",
    good: bool | None = None,
    on: dt.date | None = None,
    known: object = None,
    state: str = "",
    href: str = "",
    note: str = "",
    size: str = "md",
) -> dict[str, Any]:
    """Context of `design/_figure.html`.

    Args:
        value: the number, words already written, or None for "not known".
        label: what is counted.
        unit: of the value and of the target ("%", "jours").
        decimals: digits after the mark; None keeps the needed ones.
        target: what is aimed at, same unit.
        trend: `up`, `down`, `flat`, or "" when there is nothing to compare with.
        change: the difference in words ("+3 points depuis mars").
        good: whether the trend is good news; None leaves it neutral.
        on: the day the value was true.
        known: level of knowledge (1–4, name or member).
        state: colours the value by a state.
        href: page behind the figure.
        note: one short sentence under the figure.
        size: `sm`, `md` or `lg`.
    """
    written = value if isinstance(value, str) else number_words(value, decimals)
    return {
        "value": with_unit(written, unit) if value is not None else "",
        "label": label,
        "target": "" if target is None else with_unit(number_words(target, decimals), unit),
        "trend": TRENDS.get(trend),
        "change": change,
        "mood": {None: "neutral", True: "good", False: "bad"}[good],
        "on": on,
        "known": known,
        "state": str(getattr(state, "value", state)),
        "href": href,
        "note": note,
        "size": size,
    }
