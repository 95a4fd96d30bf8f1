"""Knots of nodes that reach one another, and the cycles they hold."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from hygie.engines.graph.components import components, condensation, loops
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.reference import reference_components, reference_loops
from hygie.engines.graph.types import GraphError
from tests.engines.graph.strategies import Drawn, graphs

many = settings(max_examples=600, deadline=None)


@many
@given(graphs())
def test_components_are_those_of_the_slow_twin_and_ids_go_down_along_edges(graph: Drawn) -> None:
    found = components(graph.forward)
    ids = found.of_node.tolist()
    knots = {frozenset(v for v in range(graph.n) if ids[v] == i) for i in range(found.count)}
    assert knots == reference_components(graph.n, graph.edges)
    assert all(ids[u] >= ids[v] for u, v in graph.edges)


@many
@given(graphs())
def test_a_condensation_keeps_each_edge_between_knots_and_no_cycle(graph: Drawn) -> None:
    found = components(graph.forward)
    rows = condensation(found, graph.source, graph.target)
    ids = found.of_node.tolist()
    between = [p for p, (u, v) in enumerate(graph.edges) if ids[u] != ids[v]]
    assert sorted(rows.edge) == between
    assert components(rows).count == found.count
    assert not loops(rows)


@many
@given(graphs())
def test_each_loop_is_shown_by_a_shortest_cycle_through_its_first_member(graph: Drawn) -> None:
    found = loops(graph.forward)
    expected = reference_loops(graph.n, graph.edges)
    assert {frozenset(loop.members.tolist()): len(loop.cycle) for loop in found} == expected
    firsts = [int(loop.members[0]) for loop in found]
    assert firsts == sorted(firsts)
    for loop in found:
        walked = [graph.edges[edge] for edge in loop.cycle]
        assert walked[0][0] == walked[-1][1] == loop.members.min()
        assert all(a[1] == b[0] for a, b in pairwise(walked))


def test_a_cycle_of_two_hundred_thousand_nodes_needs_no_recursion() -> None:
    ring = np.arange(200_000, dtype=np.int32)
    (loop,) = loops(csr_from_edges(len(ring), ring, np.roll(ring, -1)))
    assert (loop.members == ring).all()
    assert (loop.cycle == ring).all()


def test_a_condensation_refuses_ends_that_do_not_match() -> None:
    rows = csr_from_edges(2, np.array([0]), np.array([1]))
    with pytest.raises(GraphError, match="1 sources for 0 targets"):
        condensation(components(rows), np.array([0]), np.zeros(0, np.int32))
