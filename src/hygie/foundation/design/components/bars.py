"""How long is each bar? Shares as drawing coordinates, so that no style is written inline."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.html import format_html_join

from hygie.foundation.design.components.numbers import Number
from hygie.foundation.design.components.states import StateCount, state_counts

WIDTH = 1000
_GAP = 4


_DRAWN = '<rect class="hy-fill--{}" x="{}" y="0" width="{}" height="10"></rect>'


class Segment(NamedTuple):
    """One stretch of a stacked bar, in thousandths of its width."""

    code: str
    x: float
    width: float


def bar_segments(counts: list[StateCount]) -> list[Segment]:
    """Stretches side by side with a thin gap; none is too thin to be seen.

    Args:
        counts: what each stretch stands for, shares summing to one.
    """
    room = WIDTH - _GAP * max(0, len(counts) - 1)
    least = min(10.0, room / max(1, len(counts)))
    thin = [c for c in counts if c.share * room < least]
    spare = room - least * len(thin)
    wide_total = sum(c.share for c in counts if c not in thin) or 1.0
    segments, x = [], 0.0
    for count in counts:
        width = least if count in thin else spare * count.share / wide_total
        segments.append(Segment(count.state.code, round(x, 2), round(width, 2)))
        x += width + _GAP
    return segments


def state_bar(
    counts: Mapping[str, int], *, label: str = "", legend: bool = True, size: str = "md"
) -> dict[str, Any]:
    """Context of `design/_state_bar.html`.

    Args:
        counts: code of the state → number.
        label: what is counted ("exigences"), read before the numbers.
        legend: False leaves the counts to screen readers.
        size: `sm` in lists, `md`.
    """
    found = state_counts(counts)
    # A cockpit holds dozens of bars: what repeats in one is put together here, once.
    return {
        "drawn": format_html_join("", _DRAWN, bar_segments(found)),
        "spoken": "" if legend else ", ".join(f"{one.count} {one.word}" for one in found),
        "counts": found,
        "total": sum(count.count for count in found),
        "label": label,
        "legend": legend,
        "size": size,
    }


def meter(
    value: Number | None,
    *,
    maximum: Number = 100,
    target: Number | None = None,
    label: str = "",
    words: str = "",
    state: str = "",
) -> dict[str, Any]:
    """Context of `design/_meter.html`: a share of a whole, with its target as a thin line.

    Args:
        value: between 0 and `maximum`; None draws an empty, dashed bar.
        maximum: the whole, above 0.
        target: in the same unit.
        label: what is measured, for screen readers.
        words: the value as written beside the bar; "" writes nothing.
        state: colours the bar by a state; "" keeps the accent.

    Raises:
        ValueError: `maximum` is not above 0.
    """
    if maximum <= 0:
        raise ValueError(f"meter maximum {maximum}: expected above 0")
    return {
        "known": value is not None,
        "width": 0 if value is None else _scaled(value, maximum),
        "target": None if target is None else _scaled(target, maximum),
        "target_value": target,
        "value": value,
        "label": label,
        "words": words,
        "state": state,
    }


def _scaled(value: Number, maximum: Number) -> float:
    return round(min(max(float(value) / float(maximum), 0.0), 1.0) * WIDTH, 2)
