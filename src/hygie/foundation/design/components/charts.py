"""What does a chart need to be read? A finding in words, its numbers, and a table of the same."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.utils.functional import Promise

from hygie.foundation.design.components.radar import radar_corners, radar_outline, radar_rings

Text: TypeAlias = str | Promise
_PALETTE = 5
ChartKind: TypeAlias = Literal["line", "bar", "stacked", "radar"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, bar group or polygon.

    Attributes:
        name: written beside it.
        values: one per category, in the unit of the chart; None = not known, drawn as a gap.
        state: code of a state, gives the colour; "" takes the next of the palette.
        low, high: bounds of the uncertainty, one per category; empty = not shown.
    """

    name: Text
    values: Sequence[float | None]
    state: str = ""
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the words that make it readable without it.

    Attributes:
        finding: the sentence that the drawing shows; its title.
        kind: `line`, `bar` (horizontal is `is_flat`), `stacked` or `radar`.
        categories: one label per place; ISO dates when `is_time`.
        series: what is drawn.
        unit: of every value.
        target: drawn as a thin line, same unit.
        target_label: its words.
        maximum: end of the axis; None follows the data.
        is_time: categories are ISO dates.
        is_flat: bars lie down; for long labels.
        element_id: stable identifier; "" makes one from the content.
    """

    finding: Text
    kind: ChartKind
    categories: Sequence[Text]
    series: Sequence[Series]
    unit: str = ""
    target: float | None = None
    target_label: Text = ""
    maximum: float | None = None
    is_time: bool = False
    is_flat: bool = False
    element_id: str = ""


def chart_data(wanted: Chart) -> dict[str, Any]:
    """What the page's script reads; plain JSON.

    Raises:
        ValueError: a series has not one value per category.
    """
    size = len(wanted.categories)
    for series in wanted.series:
        for numbers in (series.values, series.low or series.values, series.high or series.values):
            if len(numbers) != size:
                raise ValueError(f"{series.name}: {len(numbers)} values for {size} categories")
    return {
        "kind": wanted.kind,
        "finding": str(wanted.finding),
        "categories": [str(category) for category in wanted.categories],
        "series": [
            {
                "name": str(series.name),
                "values": list(series.values),
                "state": str(getattr(series.state, "value", series.state)),
                "low": list(series.low),
                "high": list(series.high),
            }
            for series in wanted.series
        ],
        "unit": wanted.unit,
        "target": wanted.target,
        "targetLabel": str(wanted.target_label),
        "maximum": wanted.maximum,
        "isTime": wanted.is_time,
        "isFlat": wanted.is_flat,
    }


def chart(wanted: Chart, *, size: str = "md") -> dict[str, Any]:
    """Context of `design/_chart.html`.

    Args:
        wanted: the chart.
        size: height: `sm`, `md` or `lg`.
    """
    data = chart_data(wanted)
    print_of = zlib.crc32(json.dumps(data).encode())
    name = wanted.element_id or f"chart-{print_of:08x}"
    rows = [
        (category, [series.values[index] for series in wanted.series])
        for index, category in enumerate(wanted.categories)
    ]
    return {
        "radar": _radar(wanted) if wanted.kind == "radar" else None,
        "legend": _legend(wanted),
        "chart": wanted,
        "data": data,
        "rows": rows,
        "size": size,
        "element_id": name,
        "data_id": f"{name}-data",
    }


def _legend(wanted: Chart) -> list[dict[str, Any]]:
    """Names beside colours, for drawings whose parts cannot carry their own name."""
    if wanted.kind == "line" or len(wanted.series) < 2:
        return []
    return [
        {
            "name": series.name,
            "state": str(getattr(series.state, "value", series.state)),
            "colour": place % _PALETTE + 1,
        }
        for place, series in enumerate(wanted.series)
    ]


def _radar(wanted: Chart) -> dict[str, Any]:
    """Points of a radar; its scale ends at the maximum, or at the largest value."""
    known = [value for series in wanted.series for value in series.values if value is not None]
    maximum = wanted.maximum or max([*known, wanted.target or 0.0]) or 1.0
    size = len(wanted.categories)
    return {
        "corners": radar_corners([str(name) for name in wanted.categories]),
        "rings": radar_rings(size),
        "outlines": [
            (place % _PALETTE + 1, radar_outline(series.values, maximum))
            for place, series in enumerate(wanted.series)
        ],
        "target": (
            None if wanted.target is None else radar_outline([wanted.target] * size, maximum)
        ),
    }
