"""A node dominates another when no path is left without it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.dominators import dominators
from hygie.engines.graph.reference import reference_dominated
from tests.engines.graph.strategies import Drawn, as_ints, graphs, subsets


@settings(max_examples=600, deadline=None)
@given(graphs(nodes=10, edges=24), st.data())
def test_what_hangs_below_a_node_is_what_is_lost_without_it(
    graph: Drawn, data: st.DataObject
) -> None:
    targets = subsets(data.draw, graph.n)
    weight = np.arange(1.0, graph.n + 1)
    found = dominators(graph.backward, as_ints(targets), weight)
    expected = reference_dominated(graph.n, graph.edges, targets)
    assert found.weight.tolist() == [sum(v + 1.0 for v in below) for below in expected]
    for node in range(graph.n):
        parent = int(found.parent[node])
        if not expected[node]:
            assert parent == -1
            continue
        above = {v for v in range(graph.n) if node in expected[v] and v != node}
        # The parent is the one of them that all the others dominate.
        assert above == (set() if parent == graph.n else {
            v for v in range(graph.n) if parent in expected[v]
        })  # fmt: skip


def test_without_weights_each_node_counts_for_one_and_depth_needs_no_recursion() -> None:
    n = 200_000
    chain = np.arange(n, dtype=np.int32)
    found = dominators(csr_from_edges(n, chain[1:], chain[:-1], reverse=True), np.array([0]))
    assert found.parent[0] == n
    assert (found.parent[1:] == chain[:-1]).all()
    assert found.weight == pytest.approx(np.arange(n, 0, -1))
