"""One search gives the distance and a valid witness path of every node."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.graph.csr import csr_from_edges, transposed
from hygie.engines.graph.reach import reverse_reach, weighted_reach
from hygie.engines.graph.reference import reference_distances, reference_next
from hygie.engines.graph.types import GraphError
from tests.engines.graph.strategies import Drawn, as_ints, as_mask, graphs, subsets

many = settings(max_examples=600, deadline=None)


@many
@given(graphs(), st.data())
def test_rows_hold_each_kept_edge_once_in_the_order_of_the_table(
    graph: Drawn, data: st.DataObject
) -> None:
    kept = subsets(data.draw, len(graph.edges))
    for reverse in (False, True):
        rows = csr_from_edges(
            graph.n, graph.source, graph.target, reverse=reverse,
            keep=as_mask(kept, len(graph.edges)),
        )  # fmt: skip
        assert rows.table == len(graph.edges)
        found = set()
        for node in range(graph.n):
            row = slice(rows.indptr[node], rows.indptr[node + 1])
            assert (np.diff(rows.edge[row]) > 0).all()
            for other, edge in zip(rows.indices[row], rows.edge[row], strict=True):
                ends = (other, node) if reverse else (node, other)
                assert graph.edges[edge] == ends
                found.add(int(edge))
        assert found == kept


@many
@given(graphs())
def test_transposed_rows_are_those_of_the_other_end(graph: Drawn) -> None:
    turned, expected = transposed(graph.backward), graph.forward
    assert turned.indptr.tolist() == expected.indptr.tolist()
    for node in range(graph.n):
        row = slice(turned.indptr[node], turned.indptr[node + 1])
        pairs = list(zip(turned.indices[row].tolist(), turned.edge[row].tolist(), strict=True))
        assert pairs == sorted(pairs)
        assert sorted(turned.edge[row]) == sorted(expected.edge[row])


@many
@given(graphs(), st.data())
def test_distance_and_witness_are_those_of_the_slow_twin(graph: Drawn, data: st.DataObject) -> None:
    targets = subsets(data.draw, graph.n)
    gone, closed = subsets(data.draw, len(graph.edges)), subsets(data.draw, graph.n)
    if data.draw(st.booleans()):
        gone, closed = set(), set()
    reach = reverse_reach(
        graph.backward, as_ints(targets),
        blocked_edges=as_mask(gone, len(graph.edges)) if gone else None,
        blocked_nodes=as_mask(closed, graph.n) if closed else None,
    )  # fmt: skip
    both_ways = reverse_reach(
        graph.backward, as_ints(targets), forward=transposed(graph.backward),
        blocked_edges=as_mask(gone, len(graph.edges)), blocked_nodes=as_mask(closed, graph.n),
    )  # fmt: skip
    for one, other in zip(astuple(reach), astuple(both_ways), strict=True):
        assert one.tolist() == other.tolist()
    distance = reference_distances(
        graph.n, graph.edges, targets, without=gone, without_nodes=closed
    )
    assert reach.distance.tolist() == distance
    for node in range(graph.n):
        step = (int(reach.next_node[node]), int(reach.next_edge[node]))
        expected = reference_next(graph.edges, distance, node, gone)
        assert step == (expected if distance[node] > 0 else (-1, -1))


@many
@given(graphs(), st.data())
def test_a_lightest_path_weighs_what_the_slow_twin_says(graph: Drawn, data: st.DataObject) -> None:
    targets = subsets(data.draw, graph.n)
    gone, closed = subsets(data.draw, len(graph.edges)), subsets(data.draw, graph.n)
    size = len(graph.edges)
    weight = data.draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))
    reach = weighted_reach(
        graph.backward, as_ints(targets), np.array(weight, np.int64),
        blocked_edges=as_mask(gone, size), blocked_nodes=as_mask(closed, graph.n),
    )  # fmt: skip
    expected = reference_distances(
        graph.n, graph.edges, targets, weight=weight, without=gone, without_nodes=closed
    )
    assert reach.distance.tolist() == expected
    for node in range(graph.n):
        path = list(reach.path(node))
        assert sum(weight[edge] for edge in path) == max(expected[node], 0)
        assert not gone & set(path)
        stops = [node] + [graph.edges[edge][1] for edge in path]
        assert [graph.edges[edge][0] for edge in path] == stops[:-1]
        assert expected[node] < 0 or (stops[-1] in targets and not closed & set(stops))


def test_a_path_of_two_hundred_thousand_nodes_is_walked_without_recursion() -> None:
    n = 200_000
    chain = np.arange(n, dtype=np.int32)
    rows = csr_from_edges(n, chain[1:], chain[:-1], reverse=True)
    for reach in (
        reverse_reach(rows, np.array([0])),
        weighted_reach(rows, np.array([0]), np.ones(n - 1, np.int32)),
    ):
        assert (reach.distance == chain).all()
        assert len(list(reach.path(n - 1))) == n - 1


@pytest.mark.parametrize("n", [40_000, 3_000])
def test_wide_and_narrow_levels_follow_the_same_rule(n: int) -> None:
    chance = np.random.default_rng(n)
    source, target = (chance.integers(0, n, 4 * n, dtype=np.int32) for _ in range(2))
    rows = csr_from_edges(n, source, target, reverse=True)
    reach = reverse_reach(rows, np.arange(3))
    both_ways = reverse_reach(rows, np.arange(3), forward=transposed(rows))
    for one, other in zip(astuple(reach), astuple(both_ways), strict=True):
        assert (one == other).all()
    level = reach.distance
    is_step = (level[target] >= 0) & (level[source] == level[target] + 1)
    best = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(
        best, source[is_step], target[is_step].astype(np.int64) * 4 * n + np.flatnonzero(is_step)
    )
    far = level > 0
    assert far.sum() > n * 0.9
    assert (best[far] // (4 * n) == reach.next_node[far]).all()
    assert (best[far] % (4 * n) == reach.next_edge[far]).all()


@pytest.mark.parametrize(
    ("n", "source", "target", "what"),
    [
        (2, [0, 5], [1, 1], "edge 1 goes from 5 to 1, nodes are 0 to 1"),
        (2, [0, 0], [1, -1], "edge 1 goes from 0 to -1"),
        (2, [0], [1, 1], "1 sources for 2 targets"),
        (-1, [], [], "a graph of -1 nodes"),
        (2, [0.0], [1.0], "not a row of integers"),
        (2, [2**31], [0], "source: 2147483648 at position 0 does not fit"),
    ],
)
def test_a_table_that_is_no_graph_is_refused_with_its_place(
    n: int, source: list[int], target: list[int], what: str
) -> None:
    with pytest.raises(GraphError, match=what):
        csr_from_edges(n, np.array(source), np.array(target))


def test_a_question_that_does_not_fit_the_graph_is_refused() -> None:
    rows = csr_from_edges(2, np.array([0]), np.array([1]), reverse=True)
    with pytest.raises(GraphError, match="targets: node 2 at position 1, of 2 nodes"):
        reverse_reach(rows, np.array([1, 2]))
    with pytest.raises(GraphError, match="forward: not the same graph"):
        reverse_reach(rows, np.array([1]), forward=csr_from_edges(3, np.array([0]), np.array([1])))
    with pytest.raises(GraphError, match="blocked_edges"):
        reverse_reach(rows, np.array([1]), blocked_edges=np.zeros(2, np.bool_))
    with pytest.raises(GraphError, match="blocked_nodes"):
        reverse_reach(rows, np.array([1]), blocked_nodes=np.zeros(2, np.int8))  # type: ignore[arg-type]
    with pytest.raises(GraphError, match="-1 at position 0 is negative"):
        weighted_reach(rows, np.array([1]), np.array([-1], np.int32))
    with pytest.raises(GraphError, match="too heavy"):
        weighted_reach(rows, np.array([1]), np.array([2**31]))
    with pytest.raises(GraphError, match="not 1 integers"):
        weighted_reach(rows, np.array([1]), np.array([1.5]))  # type: ignore[arg-type]
