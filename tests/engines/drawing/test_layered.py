"""Boxes never cover one another, lanes hold their own, lines run between the right sides."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.drawing.layered import layered
from hygie.engines.drawing.order import Cell, _inversions, ordered
from hygie.engines.drawing.types import Box, DrawingError, Sizes

SIZES = Sizes(tallest=4)


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[Box], list[tuple[int, int]]]:
    size = draw(st.integers(1, 24))
    boxes = [Box(draw(st.integers(-3, 3)), draw(st.integers(0, 2))) for _place in range(size)]
    node = st.integers(0, size - 1)
    lines = draw(st.lists(st.tuples(node, node), max_size=40, unique=True))
    return boxes, [(one, other) for one, other in lines if one != other]


@given(drawings())
def test_no_box_covers_another_and_all_fit(
    asked: tuple[list[Box], list[tuple[int, int]]],
) -> None:
    boxes, lines = asked
    found = layered(boxes, lines, SIZES)
    for one, other in itertools.combinations(range(len(boxes)), 2):
        is_beside = abs(found.x[one] - found.x[other]) >= SIZES.width
        assert is_beside or abs(found.y[one] - found.y[other]) >= SIZES.height
    assert all(0 <= x <= found.width - SIZES.width for x in found.x)
    assert all(0 <= y <= found.height - SIZES.height for y in found.y)


@given(drawings())
def test_columns_go_from_left_to_right(asked: tuple[list[Box], list[tuple[int, int]]]) -> None:
    boxes, lines = asked
    found = layered(boxes, lines, SIZES)
    for one, other in itertools.combinations(range(len(boxes)), 2):
        if boxes[one].column < boxes[other].column:
            assert found.x[one] + SIZES.width < found.x[other]


@given(drawings())
def test_each_lane_holds_its_boxes(asked: tuple[list[Box], list[tuple[int, int]]]) -> None:
    boxes, lines = asked
    found = layered(boxes, lines, SIZES)
    bands = {band.lane: band for band in found.bands}
    assert len(bands) in (0, len({box.lane for box in boxes}))
    for box, y in zip(boxes, found.y, strict=True):
        if bands:
            band = bands[box.lane]
            assert band.y <= y and y + SIZES.height <= band.y + band.height
    edges = sorted((band.y, band.y + band.height) for band in found.bands)
    assert all(end <= start for (_s, end), (start, _e) in itertools.pairwise(edges))


@given(drawings())
def test_lines_join_the_sides_that_face_one_another(
    asked: tuple[list[Box], list[tuple[int, int]]],
) -> None:
    boxes, lines = asked
    found = layered(boxes, lines, SIZES)
    for (source, target), route in zip(lines, found.routes, strict=True):
        (x, _y), (to_x, _to_y) = route[0], route[-1]
        assert x in (found.x[source], found.x[source] + SIZES.width)
        assert to_x in (found.x[target], found.x[target] + SIZES.width)
        if boxes[source].column < boxes[target].column:
            assert [point[0] for point in route] == sorted(point[0] for point in route)


def test_lines_that_need_not_cross_do_not() -> None:
    boxes = [Box(0), Box(0), Box(0), Box(1), Box(1), Box(1)]
    found = layered(boxes, [(0, 5), (1, 4), (2, 3)])
    tops = [found.y[one] for one in (5, 4, 3)]
    assert sorted(tops) == tops or sorted(tops, reverse=True) == tops
    for one, other in ((0, 5), (1, 4), (2, 3)):
        assert found.y[one] == found.y[other]


def test_a_tall_column_stands_in_several_files() -> None:
    found = layered([Box(0)] * 10, [], SIZES)
    assert len(set(found.x)) == 3 and found.columns[0].width == 3 * SIZES.width + 2 * SIZES.file_gap


def test_lines_past_a_column_to_one_box_run_together() -> None:
    boxes = [Box(0), Box(0), Box(1), Box(2)]
    found = layered(boxes, [(0, 3), (1, 3), (0, 2)])
    first, second = found.routes[0], found.routes[1]
    assert first[1:3] == second[1:3] and len(first) == 4


def test_sorting_twice_gives_the_same() -> None:
    cells = [Cell(column, 0) for column in (0, 0, 1, 1, 2)]
    steps = [(0, 3), (1, 2), (2, 4), (3, 4)]
    assert ordered(cells, steps, 3) == ordered(cells, steps, 3)


@given(st.lists(st.integers(0, 20), max_size=30))
def test_crossings_are_counted_as_pairs_in_the_wrong_order(values: list[int]) -> None:
    slow = sum(one > other for one, other in itertools.combinations(values, 2))
    assert _inversions(values, 21) == slow


def test_nothing_to_draw_is_an_empty_sheet() -> None:
    found = layered([], [])
    assert not found.x and not found.columns


@pytest.mark.parametrize(
    ("boxes", "lines"), [([Box(0)], [(0, 1)]), ([Box(0, -1)], [])], ids=["line", "lane"]
)
def test_what_cannot_be_drawn_is_refused(boxes: list[Box], lines: list[tuple[int, int]]) -> None:
    with pytest.raises(DrawingError):
        layered(boxes, lines)
