"""What is shown of a graph is what was asked, never too much, and hiding breaks no way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.exploration.reference import reference_levels, reference_shortcuts
from hygie.engines.exploration.types import ExplorationError, Ground, Question, Way
from hygie.engines.exploration.view import view_of
from hygie.engines.graph.csr import csr_from_edges


def ground(
    kinds: list[int], links: list[tuple[int, int]], ranks: list[int] | None = None
) -> Ground:
    source = np.array([one for one, _other in links], np.int32)
    target = np.array([other for _one, other in links], np.int32)
    ends = len(kinds), source, target
    return Ground(
        np.array(kinds, np.int32),
        np.array(ranks or [0] * len(kinds), np.int32),
        csr_from_edges(*ends),
        csr_from_edges(*ends, reverse=True),
    )


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    size = draw(st.integers(1, 12))
    kinds = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    node = st.integers(0, size - 1)
    links = draw(st.lists(st.tuples(node, node), max_size=30, unique=True))
    return kinds, [(one, other) for one, other in links if one != other]


@given(graphs(), st.integers(0, 3), st.integers(0, 3), st.sets(st.integers(0, 3), max_size=2))
def test_levels_are_those_of_the_obvious_search(
    graph: tuple[list[int], list[tuple[int, int]]], up: int, down: int, hidden: set[int]
) -> None:
    kinds, links = graph
    question = Question([0], up, down, frozenset(hidden), fan=99)
    view = view_of(ground(kinds, links), question)
    found = dict(zip(view.nodes, view.level, strict=True))
    assert found == reference_levels(links, kinds, question)
    assert not view.bundles and not view.left_out


def test_what_a_circle_shows_one_way_is_gone_through_the_other_way() -> None:
    # 2 is below 0, and above it too: 1, which needs 2, is two levels up all the same.
    view = view_of(ground([0] * 3, [(0, 2), (1, 2), (2, 0)]), Question([0], 2, 1, fan=99))
    assert dict(zip(view.nodes, view.level, strict=True)) == {0: 0, 2: 1, 1: -2}


@given(graphs(), st.sets(st.integers(0, 3), max_size=2))
def test_shortcuts_are_the_ways_through_hidden_nodes(
    graph: tuple[list[int], list[tuple[int, int]]], hidden: set[int]
) -> None:
    kinds, links = graph
    shown = [node for node in range(len(kinds)) if kinds[node] not in hidden]
    if not shown:
        return
    # Every shown node is a focus: all hidden ones between them are then gone through.
    view = view_of(ground(kinds, links), Question(shown, 1, 1, frozenset(hidden), fan=99))
    told = {
        (view.nodes[tie.source], view.nodes[tie.target]) for tie in view.ties if tie.is_shortcut
    }
    assert told == reference_shortcuts(links, kinds, frozenset(hidden))
    direct = {
        (view.nodes[tie.source], view.nodes[tie.target]) for tie in view.ties if not tie.is_shortcut
    }
    assert direct == {(a, b) for a, b in links if a in shown and b in shown}


@given(graphs(), st.integers(1, 8), st.integers(0, 4))
def test_no_more_is_drawn_than_was_allowed(
    graph: tuple[list[int], list[tuple[int, int]]], most: int, fan: int
) -> None:
    kinds, links = graph
    view = view_of(ground(kinds, links), Question([0], 6, 6, most=most, fan=fan))
    assert len(view.nodes) + len(view.bundles) <= most
    drawn = [*view.nodes, *(node for bundle in view.bundles for node in bundle.members)]
    assert len(drawn) == len(set(drawn))


@given(graphs())
def test_every_neighbour_is_shown_or_counted(
    graph: tuple[list[int], list[tuple[int, int]]],
) -> None:
    kinds, links = graph
    view = view_of(ground(kinds, links), Question([0], 1, 1, most=4, fan=2))
    shown = {*view.nodes, *(node for bundle in view.bundles for node in bundle.members)}
    for node, more in zip(view.nodes, view.more, strict=True):
        beside = {other for one, other in links if one == node} - shown
        assert more[Way.DOWN] == len(beside)


HUB = [0, *[1] * 20]
SPOKES = [(0, node) for node in range(1, 21)]


def test_many_neighbours_of_a_kind_stand_as_one() -> None:
    view = view_of(ground(HUB, SPOKES), Question([0], down=1, fan=12))
    (bundle,) = view.bundles
    assert view.nodes == [0] and len(bundle.members) == 20
    (tie,) = view.ties
    assert (tie.count, tie.source, tie.target) == (20, 0, 1)


def test_an_opened_node_shows_them_one_by_one_the_most_vital_first() -> None:
    ranks = [0, *range(20)]
    asked = Question([0], down=1, fan=4, wide=5, opened=frozenset({(0, Way.DOWN)}))
    view = view_of(ground(HUB, SPOKES, ranks), asked)
    assert view.nodes == [0, 20, 19, 18, 17, 16] and len(view.bundles[0].members) == 15


def test_an_opened_node_goes_past_the_last_level_and_a_folded_one_stops() -> None:
    chain = ground([0, 0, 0, 0], [(0, 1), (1, 2), (2, 3)])
    opened = Question([0], down=1, opened=frozenset({(1, Way.DOWN)}))
    assert view_of(chain, opened).nodes == [0, 1, 2]
    folded = Question([0], down=3, folded=frozenset({1}))
    view = view_of(chain, folded)
    assert view.nodes == [0, 1] and view.more[1][Way.DOWN] == 1


def test_a_hidden_hub_is_told_and_crossed_once() -> None:
    # Two applications, a hidden cluster, forty servers that stand behind it.
    kinds = [0, 0, 1, *[2] * 40]
    links = [(0, 2), (1, 2), *((2, node) for node in range(3, 43))]
    view = view_of(ground(kinds, links), Question([0, 1], down=1, hidden=frozenset({1}), fan=5))
    assert view.passed == {1: 1} and len(view.bundles) == 1
    assert {(tie.source, tie.target, tie.is_shortcut) for tie in view.ties} == {
        (0, 2, True), (1, 2, True),
    }  # fmt: skip


def test_a_focus_of_a_hidden_kind_stays_shown() -> None:
    view = view_of(ground([0, 1], [(0, 1)]), Question([0], down=1, hidden=frozenset({0})))
    assert view.nodes == [0, 1]


def test_lines_past_the_limit_are_counted() -> None:
    view = view_of(ground(HUB, SPOKES), Question([0], down=1, fan=99, most_ties=7))
    assert len(view.ties) == 7 and view.ties_left_out == 13


def test_what_is_not_in_the_graph_is_refused() -> None:
    with pytest.raises(ExplorationError, match="node 9"):
        view_of(ground([0], []), Question([9]))
