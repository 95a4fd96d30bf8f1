"""What is to be drawn in layers, and where does it all stand?

Lengths are in units of the drawing; x grows to the right, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class DrawingError(ValueError):
    """Something that cannot be drawn: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node to place.

    Attributes:
        column: where it stands from left to right, any integer.
        lane: the horizontal band that holds it, 0 … lanes - 1.
    """

    column: int
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large things are.

    Attributes:
        width, height: of a box.
        between: room between two columns, where lines turn.
        gap: between two boxes of a column.
        thread: room kept for a line that goes past a column.
        tallest: boxes of a lane and a column beyond which they stand in several files.
        file_gap: between two files of one column.
        head: above the boxes of a lane, for its name; 0 when there is one lane.
        margin: around the whole.
    """

    width: int = 196
    height: int = 40
    between: int = 88
    gap: int = 10
    thread: int = 8
    tallest: int = 36
    file_gap: int = 24
    head: int = 28
    margin: int = 16


@dataclass(frozen=True, slots=True)
class Band:
    """A lane as it stands."""

    lane: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as it stands."""

    column: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where all stands.

    Attributes:
        x, y: upper left corner of each box.
        routes: for each line, the points through which it goes, from box to box.
        columns: from left to right.
        bands: lanes from top to bottom, empty when there is one.
        width, height: of the whole.
    """

    x: Sequence[int]
    y: Sequence[int]
    routes: Sequence[Sequence[tuple[int, int]]]
    columns: Sequence[Heading]
    bands: Sequence[Band]
    width: int
    height: int
