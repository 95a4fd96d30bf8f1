"""Where do the corners of a radar stand? Shares turned into points, so that no script draws it."""

import math
from collections.abc import Sequence
from typing import NamedTuple

_RADIUS = 100.0
_LABEL_AT = 114.0
_RINGS = 4
_NEARLY_MIDDLE = 12.0


class Corner(NamedTuple):
    """One axis: where its spoke ends, where its name stands and on which side it is anchored."""

    words: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


class Outline(NamedTuple):
    """One polygon, as the `points` of SVG; and its dots, without the unknown ones."""

    points: str
    dots: tuple[tuple[float, float], ...]


def _point(place: int, places: int, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / places - math.pi / 2
    return round(radius * math.cos(angle), 2), round(radius * math.sin(angle), 2)


def radar_corners(names: Sequence[str]) -> list[Corner]:
    """The axes, the first one upwards, clockwise, around the origin."""
    corners = []
    for place, name in enumerate(names):
        x, y = _point(place, len(names), _RADIUS)
        label_x, label_y = _point(place, len(names), _LABEL_AT)
        anchor = "middle" if abs(x) < _NEARLY_MIDDLE else "start" if x > 0 else "end"
        corners.append(Corner(name, x, y, label_x, label_y + 4, anchor))
    return corners


def radar_rings(places: int) -> list[str]:
    """Polygons of a quarter, half, three quarters and the whole."""
    shares = [(ring + 1) / _RINGS for ring in range(_RINGS)]
    return [radar_outline([share] * places, 1.0).points for share in shares]


def radar_outline(values: Sequence[float | None], maximum: float) -> Outline:
    """A polygon of values; an unknown one is left out of the line and has no dot.

    Args:
        values: one per axis, in the unit of `maximum`; None = not known.
        maximum: value at the end of an axis, above 0.

    Raises:
        ValueError: `maximum` is not above 0.
    """
    if maximum <= 0:
        raise ValueError(f"radar maximum {maximum}: expected above 0")
    dots = tuple(
        _point(place, len(values), _RADIUS * min(max(value / maximum, 0.0), 1.0))
        for place, value in enumerate(values)
        if value is not None
    )
    return Outline(" ".join(f"{x},{y}" for x, y in dots), dots)
