"""Where does each box of a drawing in columns stand, so that lines cross little and stay short?

Columns and lanes are given; what is chosen is the order within them, and the heights. A line past a
column takes a thread of its own there, shared by all lines to the same box: they run together
instead of hiding what stands in between.
"""

import itertools
from collections.abc import Mapping, Sequence

from hygie.engines.drawing.order import Cell, ordered
from hygie.engines.drawing.stack import stacked
from hygie.engines.drawing.types import Band, Box, Drawing, DrawingError, Heading, Sizes

Line = tuple[int, int]


def layered(boxes: Sequence[Box], lines: Sequence[Line], sizes: Sizes | None = None) -> Drawing:
    """Place boxes in their columns and lanes, and lead lines between them.

    Args:
        boxes: n boxes.
        lines: pairs (from, to) of positions in `boxes`.
        sizes: how large things are.

    Returns:
        Places in whole units, the same for the same arguments: no box covers another.

    Raises:
        DrawingError: a line names a box that is not there, or a lane is negative.

    Cost: O((n + m) log n) a sweep, 12 sweeps; about 30 ms for 300 boxes and 900 lines.
    Source: Sugiyama, Tagawa, Toda 1981 (layers, barycentre); heights by pooling adjacent violators.
    """
    measures = sizes or Sizes()
    for source, target in lines:
        if not (0 <= source < len(boxes) and 0 <= target < len(boxes)):
            raise DrawingError(f"line {source} → {target} among {len(boxes)} boxes")
    if any(box.lane < 0 for box in boxes):
        raise DrawingError("a lane below 0")
    columns = sorted({box.column for box in boxes})
    rank = {column: place for place, column in enumerate(columns)}
    cells = [Cell(rank[box.column], box.lane) for box in boxes]
    threads, chains = _threads(cells, lines)
    everything = [*cells, *threads]
    steps = [(a, b) for chain in chains for a, b in itertools.pairwise(chain)]
    files = ordered(everything, steps, len(columns))
    tops, bands, height = stacked(everything, len(cells), steps, files, measures)
    x, headings, width = _across(columns, files, len(cells), measures)
    over = {one: headings[everything[one].column].width for one in range(len(cells), len(x))}
    y = [tops[one] for one in range(len(everything))]
    return Drawing(
        x=x[: len(cells)],
        y=y[: len(cells)],
        routes=[_route(chain, x, y, over, measures) for chain in chains],
        columns=headings,
        bands=[Band(lane, top, tall) for lane, top, tall in bands],
        width=width,
        height=height,
    )


def _threads(cells: Sequence[Cell], lines: Sequence[Line]) -> tuple[list[Cell], list[list[int]]]:
    """Cells for lines that go past a column, and each line as the cells that it goes through."""
    threads: list[Cell] = []
    known: dict[tuple[int, int, int], int] = {}
    chains = []
    for source, target in lines:
        here, there = cells[source].column, cells[target].column
        chain = [source]
        for column in range(here + 1, there):
            key = (target, column, cells[source].lane)
            if key not in known:
                known[key] = len(cells) + len(threads)
                threads.append(Cell(column, cells[source].lane))
            chain.append(known[key])
        chains.append([*chain, target])
    return threads, chains


def _across(
    columns: Sequence[int], files: Sequence[Sequence[Sequence[int]]], boxes: int, sizes: Sizes
) -> tuple[list[int], list[Heading], int]:
    """Left side of each cell, and of each column."""
    x = [0] * sum(len(lane) for column in files for lane in column)
    headings = []
    left = sizes.margin
    for column, lanes in zip(columns, files, strict=True):
        widest = 1
        for lane in lanes:
            place = 0
            for one in lane:
                if one >= boxes:
                    x[one] = left
                    continue
                file, place = place // sizes.tallest, place + 1
                widest = max(widest, file + 1)
                x[one] = left + file * (sizes.width + sizes.file_gap)
        width = widest * sizes.width + (widest - 1) * sizes.file_gap
        headings.append(Heading(column, left, width))
        left += width + sizes.between
    return x, headings, left - sizes.between + sizes.margin


def _route(
    chain: Sequence[int],
    x: Sequence[int],
    y: Sequence[int],
    over: Mapping[int, int],
    sizes: Sizes,
) -> list[tuple[int, int]]:
    """Points of a line: out of a box, level over each column that it passes, into a box.

    It leaves and enters on the sides that face one another; on the right of both in one column.
    """
    source, target = chain[0], chain[-1]
    middle = sizes.height // 2
    leaves_right, enters_right = x[target] >= x[source], x[target] <= x[source]
    points = [(x[source] + (sizes.width if leaves_right else 0), y[source] + middle)]
    for one in chain[1:-1]:
        level = y[one] + sizes.thread // 2
        points += [(x[one], level), (x[one] + over[one], level)]
    return [*points, (x[target] + (sizes.width if enters_right else 0), y[target] + middle)]
