"""At which height does each cell stand, so that lines are nearly level and nothing overlaps?"""

from collections.abc import Sequence

from hygie.engines.drawing.order import Cell, Files
from hygie.engines.drawing.types import Sizes

_SWEEPS = 6


def stacked(
    cells: Sequence[Cell],
    boxes: int,
    steps: Sequence[tuple[int, int]],
    files: Files,
    sizes: Sizes,
) -> tuple[dict[int, int], list[tuple[int, int, int]], int]:
    """Give every cell its top, lane under lane.

    Args:
        cells: boxes first, then threads.
        boxes: how many are boxes.
        steps: pieces of lines.
        files: the order within each column and lane.
        sizes: how large things are.

    Returns:
        Top of each cell; (lane, top, height) of each lane that holds something, none when there is
        one lane; height of the whole.

    Cost: O(cells + steps) a sweep.
    """
    lanes = len(files[0]) if files else 0
    used = [lane for lane in range(lanes) if any(column[lane] for column in files)]
    near: list[list[int]] = [[] for _cell in cells]
    for source, target in steps:
        if cells[source].lane == cells[target].lane:
            near[source].append(target)
            near[target].append(source)
    head = sizes.head if len(used) > 1 else 0
    tops: dict[int, int] = {}
    bands = []
    y = sizes.margin + sizes.head
    for lane in used:
        inside = _lane([column[lane] for column in files], near, boxes, sizes)
        least = min(inside.values())
        tall = max(top + _tall(one, boxes, sizes) for one, top in inside.items()) - least
        tops |= {one: round(top - least) + y + head for one, top in inside.items()}
        # A lane closes with as much room below as a gap.
        bands.append((lane, y, round(tall) + head + sizes.gap))
        y += round(tall) + head + 2 * sizes.gap
    return tops, bands if len(used) > 1 else [], y - sizes.gap + sizes.margin


def _tall(one: int, boxes: int, sizes: Sizes) -> int:
    return sizes.height if one < boxes else sizes.thread


def _lane(
    columns: Sequence[Sequence[int]], near: Sequence[Sequence[int]], boxes: int, sizes: Sizes
) -> dict[int, float]:
    """Tops within one lane, from 0."""
    files = [file for column in columns for file in _files(column, boxes, sizes)]
    tops: dict[int, float] = {}
    for file in files:
        total = sum(_tall(one, boxes, sizes) + sizes.gap for one in file)
        y = -total / 2
        for one in file:
            tops[one] = y
            y += _tall(one, boxes, sizes) + sizes.gap
    for turn in range(_SWEEPS):
        for file in files if turn % 2 == 0 else reversed(files):
            _settle(file, tops, near, boxes, sizes)
    return tops


def _files(column: Sequence[int], boxes: int, sizes: Sizes) -> list[list[int]]:
    """A column too tall stands in several files; threads stay with the first."""
    if sum(one < boxes for one in column) <= sizes.tallest:
        return [list(column)] if column else []
    plain = [one for one in column if one < boxes]
    files = [plain[at : at + sizes.tallest] for at in range(0, len(plain), sizes.tallest)]
    threads = [one for one in column if one >= boxes]
    return [*files[:1], *files[1:], threads] if threads else files


def _settle(
    file: Sequence[int],
    tops: dict[int, float],
    near: Sequence[Sequence[int]],
    boxes: int,
    sizes: Sizes,
) -> None:
    """Bring each cell as near to the mean height of its neighbours as the order allows.

    The least squares of the distances under "in this order, this far apart" are found exactly by
    pooling adjacent violators (Ayer and others, 1955).
    """
    pools: list[list[float]] = []  # [sum of wishes, cells]
    offsets = []
    offset = 0.0
    for one in file:
        tall = _tall(one, boxes, sizes)
        middle = [tops[other] + _tall(other, boxes, sizes) / 2 for other in near[one]]
        wish = sum(middle) / len(middle) - tall / 2 if middle else tops[one]
        pools.append([wish - offset, 1.0])
        offsets.append(offset)
        offset += tall + sizes.gap
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            wishes, count = pools.pop()
            pools[-1][0] += wishes
            pools[-1][1] += count
    place = 0
    for wishes, count in pools:
        for _cell in range(int(count)):
            tops[file[place]] = wishes / count + offsets[place]
            place += 1
