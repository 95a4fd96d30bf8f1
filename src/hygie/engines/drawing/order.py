"""In which order do cells stand in their column, so that lines cross little?"""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_SWEEPS = 6
Files = list[list[list[int]]]
"""Column → lane → cells, from top to bottom."""


class Cell(NamedTuple):
    """A box, or the thread of a line past a column."""

    column: int
    lane: int


def ordered(cells: Sequence[Cell], steps: Sequence[tuple[int, int]], columns: int) -> Files:
    """Sort each column by where its neighbours stand, sweeping to and fro.

    Args:
        cells: what stands somewhere.
        steps: pairs of cells tied by a piece of line.
        columns: how many there are.

    Returns:
        The order found with the fewest crossings.

    Cost: O((cells + steps) log cells) a sweep.
    """
    lanes = 1 + max((cell.lane for cell in cells), default=0)
    files: Files = [[[] for _lane in range(lanes)] for _column in range(columns)]
    for one, cell in enumerate(cells):
        files[cell.column][cell.lane].append(one)
    before: list[list[int]] = [[] for _cell in cells]
    after: list[list[int]] = [[] for _cell in cells]
    for source, target in steps:
        if cells[source].column < cells[target].column:
            after[source].append(target)
            before[target].append(source)
        elif cells[source].column > cells[target].column:
            before[source].append(target)
            after[target].append(source)
    best, fewest = _copy(files), crossings(files, after)
    for turn in range(_SWEEPS):
        _sweep(files, before if turn % 2 == 0 else after, is_right=turn % 2 == 0)
        found = crossings(files, after)
        if found < fewest:
            best, fewest = _copy(files), found
    return best


def _copy(files: Files) -> Files:
    return [[list(lane) for lane in column] for column in files]


def _places(files: Files) -> dict[int, float]:
    """Height of each cell, lane by lane, as a share: columns of different length compare."""
    found = {}
    for column in files:
        for lane, some in enumerate(column):
            for place, one in enumerate(some):
                found[one] = lane + (place + 0.5) / len(some)
    return found


def _sweep(files: Files, near: Sequence[Sequence[int]], *, is_right: bool) -> None:
    """Sort each column by the mean height of what it is tied to on the side already sorted."""
    places: Mapping[int, float] = _places(files)
    for column in files if is_right else reversed(files):
        for lane, some in enumerate(column):
            wanted = {
                one: sum(places[other] for other in near[one]) / len(near[one])
                if near[one]
                else places[one]
                for one in some
            }
            some.sort(key=lambda one: (wanted[one], places[one]))
            places = {
                **places,
                **{one: lane + (where + 0.5) / len(some) for where, one in enumerate(some)},
            }


def crossings(files: Files, after: Sequence[Sequence[int]]) -> int:
    """How many pieces of line cross between neighbouring columns.

    Cost: O(pieces × log cells) by counting inversions in a Fenwick tree.
    """
    total = 0
    for left, right in itertools.pairwise(files):
        place = {one: where for where, one in enumerate(one for lane in right for one in lane)}
        ends = [
            where
            for lane in left
            for one in lane
            for where in sorted(place[other] for other in after[one] if other in place)
        ]
        total += _inversions(ends, len(place))
    return total


def _inversions(values: Sequence[int], size: int) -> int:
    """Pairs that stand in the wrong order."""
    tree = [0] * (size + 1)
    found = 0
    for seen, value in enumerate(values):
        at, not_above = value + 1, 0
        while at:
            not_above += tree[at]
            at &= at - 1
        found += seen - not_above
        at = value + 1
        while at <= size:
            tree[at] += 1
            at += at & -at
    return found
