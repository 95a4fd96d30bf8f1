"""The cheapest cut is as cheap as trying every set, and it cuts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.cut import minimum_cut
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.reference import reference_cut, reference_distances
from hygie.engines.graph.types import GraphError
from tests.engines.graph.strategies import Drawn, as_ints, as_mask, graphs, subsets

many = settings(max_examples=600, deadline=None)
costs = st.sampled_from([0, 1, 1, 2, 3, 7, np.inf])


def _ends(draw: st.DrawFn, n: int) -> tuple[set[int], set[int]]:
    sources = subsets(draw, n)
    return sources, subsets(draw, n) - sources


@many
@given(graphs(nodes=6, edges=9), st.data())
def test_no_set_of_edges_is_cheaper(graph: Drawn, data: st.DataObject) -> None:
    sources, sinks = _ends(data.draw, graph.n)
    size = len(graph.edges)
    capacity = data.draw(st.lists(costs, min_size=size, max_size=size))
    found = minimum_cut(
        graph.n, graph.source, graph.target, np.array(capacity, np.float64),
        as_ints(sources), as_ints(sinks),
    )  # fmt: skip
    units = [([edge], cost) for edge, cost in enumerate(capacity)]
    assert found.value == reference_cut(graph.n, graph.edges, units, sources, sinks)
    assert found.is_finite == np.isfinite(found.value)
    if found.is_finite:
        gone = set(found.edges.tolist())
        assert sum(capacity[edge] for edge in gone) == found.value
        left = reference_distances(graph.n, graph.edges, sinks, without=gone)
        assert all(left[source] < 0 for source in sources)


@st.composite
def grouped(draw: st.DrawFn) -> tuple[Drawn, list[int], list[float]]:
    """Edges of which some fall together: each group around one node, with one capacity."""
    n = draw(st.integers(2, 6))
    node = st.integers(0, n - 1)
    edges: list[tuple[int, int]] = []
    group: list[int] = []
    capacity: list[float] = []
    for number in draw(st.lists(st.integers(-3, 40), max_size=6, unique=True)):
        centre, cost = draw(node), draw(costs)
        others = draw(st.lists(node, min_size=1, max_size=3 if number >= 0 else 1))
        is_in = draw(st.booleans())
        edges += [(other, centre) if is_in else (centre, other) for other in others]
        group += [max(number, -1)] * len(others)
        capacity += [cost] * len(others)
    order = draw(st.permutations(range(len(edges))))
    return (
        Drawn(n, [edges[i] for i in order]),
        [group[i] for i in order],
        [capacity[i] for i in order],
    )


@many
@given(grouped(), st.data())
def test_edges_of_a_group_fall_together_and_are_paid_once(
    drawn: tuple[Drawn, list[int], list[float]], data: st.DataObject
) -> None:
    graph, group, capacity = drawn
    sources, sinks = _ends(data.draw, graph.n)
    found = minimum_cut(
        graph.n, graph.source, graph.target, np.array(capacity, np.float64),
        as_ints(sources), as_ints(sinks), group=np.array(group, np.int32),
    )  # fmt: skip
    units = {
        (edge if number < 0 else -number - 1): (
            [edge] if number < 0 else [i for i, other in enumerate(group) if other == number],
            capacity[edge],
        )
        for edge, number in enumerate(group)
    }
    best = reference_cut(graph.n, graph.edges, list(units.values()), sources, sinks)
    assert found.value == best
    gone = set(found.edges.tolist())
    if found.is_finite:
        paid = [cost for members, cost in units.values() if gone & set(members)]
        assert sum(paid) == best
        for members, _ in units.values():
            assert not gone & set(members) or gone >= set(members)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(20, 120))
def test_a_cut_of_a_larger_graph_is_minimal_edge_by_edge(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    m = 3 * n
    source, target = (chance.integers(0, n, m, dtype=np.int32) for _ in range(2))
    capacity = chance.random(m) + 0.01
    sources, sinks = np.arange(n // 4), np.arange(n - n // 10, n)
    found = minimum_cut(n, source, target, capacity, sources, sinks)
    rows = csr_from_edges(n, source, target, reverse=True)
    assert found.value == pytest.approx(capacity[found.edges].sum())
    blocked = as_mask(set(found.edges.tolist()), m)
    for edge in found.edges:
        blocked[edge] = False
        reach = reverse_reach(rows, sinks, blocked_edges=blocked)
        assert (reach.distance[sources] >= 0).any()
        blocked[edge] = True


def test_the_cut_nearest_to_the_sinks_is_given_among_equals() -> None:
    chain = np.arange(5, dtype=np.int32)
    found = minimum_cut(6, chain, chain + 1, np.ones(5), np.array([0]), np.array([5]))
    assert (found.value, found.edges.tolist()) == (1.0, [4])


def test_a_cut_follows_flow_that_has_to_be_sent_back() -> None:
    # The shortest way 0-1-4-5 uses the middle edge; the best flow must undo it.
    source = np.array([0, 0, 1, 1, 2, 3, 4], np.int32)
    target = np.array([1, 2, 4, 3, 4, 5, 5], np.int32)
    found = minimum_cut(6, source, target, np.ones(7), np.array([0]), np.array([5]))
    assert found.value == 2.0


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"capacity": [1.0, -1.0]}, "-1.0 at position 1, not 0 or more"),
        ({"capacity": [1.0, np.nan]}, "nan at position 1"),
        ({"capacity": [1.0]}, "not 2 values"),
        ({"sinks": [0, 2]}, "node 0 is a source and a sink"),
        ({"sinks": [3]}, "sinks: node 3"),
        ({"group": [4, 4], "capacity": [1.0, 2.0]}, "group 4 has two capacities"),
        ({"group": [4, 4]}, "group 4: its edges share neither source nor target"),
        ({"group": [4]}, "1 numbers for 2 edges"),
    ],
)
def test_a_question_without_answer_is_refused(changed: dict[str, list[float]], what: str) -> None:
    asked = {"capacity": [1.0, 1.0], "sinks": [2], "group": [-1, -1]} | changed
    with pytest.raises(GraphError, match=what):
        minimum_cut(
            3, np.array([0, 1]), np.array([1, 2]), np.array(asked["capacity"]), np.array([0]),
            np.array(asked["sinks"]), group=np.array(asked["group"]),
        )  # fmt: skip
