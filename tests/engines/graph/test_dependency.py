"""Shares of the shortest paths, exact, however many paths there are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.dependency import shortest_path_dependency
from hygie.engines.graph.reference import reference_dependency
from hygie.engines.graph.types import GraphError
from tests.engines.graph.strategies import Drawn, as_ints, as_mask, graphs, subsets


@settings(max_examples=600, deadline=None)
@given(graphs(), st.data())
def test_shares_are_those_of_walking_every_shortest_path(graph: Drawn, data: st.DataObject) -> None:
    targets, gone = subsets(data.draw, graph.n), subsets(data.draw, len(graph.edges))
    weights = st.lists(st.integers(0, 3), min_size=graph.n, max_size=graph.n)
    weight = data.draw(weights)
    found = shortest_path_dependency(
        graph.backward, as_ints(targets), np.array(weight, np.float64),
        blocked_edges=as_mask(gone, len(graph.edges)),
    )  # fmt: skip
    node, edge = reference_dependency(graph.n, graph.edges, targets, weight, gone)
    assert found.node.tolist() == pytest.approx([float(share) for share in node])
    assert found.edge.tolist() == pytest.approx([float(share) for share in edge])


def test_more_paths_than_any_float_holds_are_still_shared_out() -> None:
    # 3 000 levels of two nodes, all to all: 2^3000 paths; one side has a third way down each time.
    levels = 3_000
    upper = np.arange(2, 2 * levels + 2, dtype=np.int32)
    below = (upper // 2 - 1) * 2
    source = np.concatenate([upper, upper, upper])
    target = np.concatenate([below, below + 1, below]).astype(np.int32)
    weight = np.zeros(2 * levels + 2)
    weight[-1] = 7.0
    rows = csr_from_edges(len(weight), source, target, reverse=True)
    found = shortest_path_dependency(rows, np.array([0, 1]), weight)
    assert found.total == 7.0
    pairs = found.node[:-2].reshape(-1, 2)
    assert pairs.sum(axis=1) == pytest.approx(np.ones(levels))
    assert pairs[:, 0] == pytest.approx(np.full(levels, 2 / 3))


@pytest.mark.parametrize("length", [400, 700, 1_400, 2_600])
def test_paths_of_very_different_numbers_meet_without_loss(length: int) -> None:
    # From the top, 2^length paths on one side, one path of the same length on the other.
    wide = np.arange(1, length + 1)
    thin = wide + length
    top = 2 * length + 1
    source = np.concatenate([wide, wide, thin, [top, top]])
    target = np.concatenate([wide - 1, wide - 1, [0], thin[:-1], [length, 2 * length]])
    weight = np.zeros(top + 1)
    weight[top] = 1.0
    rows = csr_from_edges(top + 1, source, target, reverse=True)
    found = shortest_path_dependency(rows, np.array([0]), weight)
    assert found.node[wide] == pytest.approx(np.ones(length))
    assert found.node[thin] == pytest.approx(np.full(length, 0.5**length), rel=1e-9, abs=1e-250)
    assert found.edge[:length] == pytest.approx(np.full(length, 0.5))


def test_a_weight_that_is_none_is_refused() -> None:
    rows = csr_from_edges(2, np.array([0]), np.array([1]), reverse=True)
    for wrong in ([1.0, np.nan], [-1.0, 0.0], [np.inf, 0.0]):
        with pytest.raises(GraphError, match="is not a weight"):
            shortest_path_dependency(rows, np.array([1]), np.array(wrong))
    with pytest.raises(GraphError, match="not 2 weights"):
        shortest_path_dependency(rows, np.array([1]), np.ones(3))
