"""The lazy sequence is the one of trying every change at each step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.reference import reference_exposed, reference_removals
from hygie.engines.graph.removal import greedy_removals
from hygie.engines.graph.types import GraphError
from tests.engines.graph.strategies import Drawn, as_ints, as_mask, graphs, subsets


@settings(max_examples=600, deadline=None)
@given(graphs(nodes=10, edges=20, least_nodes=1), st.data())
def test_each_choice_is_the_one_of_a_full_trial(graph: Drawn, data: st.DataObject) -> None:
    targets = data.draw(st.sets(st.integers(0, graph.n - 1), max_size=2))
    edge = st.integers(0, len(graph.edges) - 1)
    groups = st.lists(st.lists(edge, max_size=4), max_size=8) if graph.edges else st.just([])
    changes = data.draw(groups)
    cost = data.draw(
        st.lists(st.sampled_from([1, 1, 2, 4]), min_size=len(changes), max_size=len(changes))
    )
    weight = data.draw(st.lists(st.integers(0, 3), min_size=graph.n, max_size=graph.n))
    steps, budget = data.draw(st.integers(0, 5)), data.draw(st.sampled_from([3.0, np.inf]))
    found = greedy_removals(
        graph.backward, [np.array(change, np.int32) for change in changes],
        np.array(cost, np.float64), np.array(weight, np.float64), as_ints(targets),
        steps=steps, budget=budget,
    )  # fmt: skip
    expected = reference_removals(
        graph.n, graph.edges, changes, cost, weight, targets, steps=steps, budget=budget
    )
    assert [(step.change, step.exposed) for step in found] == expected
    assert [step.spent for step in found] == np.cumsum([cost[c] for c, _ in expected]).tolist()


@settings(max_examples=600, deadline=None)
@given(graphs(nodes=8, edges=16, least_nodes=1), st.data())
def test_crossing_plateaus_ends_with_nothing_exposed_or_nothing_left_to_remove(
    graph: Drawn, data: st.DataObject
) -> None:
    targets, fixed = subsets(data.draw, graph.n), subsets(data.draw, len(graph.edges))
    size = len(graph.edges)
    weight = [1] * graph.n
    loose = [edge for edge in range(size) if edge not in fixed]
    found = greedy_removals(
        graph.backward, [np.array([edge], np.int32) for edge in loose], np.ones(len(loose)),
        np.array(weight, np.float64), as_ints(targets), steps=size, cross_plateaus=True,
    )  # fmt: skip
    gone: set[int] = set()
    before = reference_exposed(graph.n, graph.edges, targets, weight)
    for step in found:
        gone.add(loose[step.change])
        exposed = reference_exposed(graph.n, graph.edges, targets, weight, gone)
        assert (step.exposed, step.gain) == (exposed, before - exposed)
        before = exposed
    assert before == reference_exposed(graph.n, graph.edges, targets, weight, set(loose))


def test_two_doors_are_closed_one_after_the_other_only_when_asked() -> None:
    # Ten nodes behind node 2, which has two ways to target 0: none frees anything alone.
    source = np.array([2, 1, 2, *range(3, 13)], np.int32)
    target = np.array([0, 0, 1, *[2] * 10], np.int32)
    rows = csr_from_edges(13, source, target, reverse=True)
    doors = [np.array([edge], np.int32) for edge in (0, 2)]
    asked = rows, doors, np.ones(2), np.ones(13), np.array([0])
    assert greedy_removals(*asked, steps=5) == []
    found = greedy_removals(*asked, steps=5, cross_plateaus=True)
    assert [(step.change, step.exposed) for step in found] == [(0, 12.0), (1, 1.0)]
    assert greedy_removals(
        *asked, steps=5, blocked_edges=as_mask({0}, 13)
    )[0].exposed == 1.0  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(200, 2_000))
def test_on_larger_graphs_a_step_frees_at_least_as_much_as_any_single_change(
    seed: int, n: int
) -> None:
    chance = np.random.default_rng(seed)
    m = n + n // 2
    source, target = (chance.integers(0, n, m, dtype=np.int32) for _ in range(2))
    rows = csr_from_edges(n, source, target, reverse=True)
    weight = chance.random(n)
    changes = [chance.choice(m, 5, replace=False).astype(np.int32) for _ in range(40)]
    targets = np.arange(n // 20 + 1, dtype=np.int32)
    steps = greedy_removals(rows, changes, np.ones(40), weight, targets, steps=1)

    def exposed(gone: np.ndarray) -> float:
        reach = reverse_reach(rows, targets, blocked_edges=as_mask(set(gone.tolist()), m))
        return float(weight[reach.distance > 0].sum())

    alone = [exposed(change) for change in changes]
    start = exposed(np.zeros(0, np.int32))
    if min(alone) < start:
        assert steps[0].exposed == pytest.approx(min(alone))
    else:
        assert not steps


def test_a_change_that_names_nothing_or_costs_nothing_is_refused() -> None:
    rows = csr_from_edges(2, np.array([0]), np.array([1]), reverse=True)
    first, second = np.array([0], np.int32), np.array([7], np.int32)
    with pytest.raises(GraphError, match="change 1: edge 7 of 1"):
        greedy_removals(rows, [first, second], np.ones(2), np.ones(2), np.array([1]), steps=1)
    with pytest.raises(GraphError, match="change 0 is free"):
        greedy_removals(rows, [first], np.zeros(1), np.ones(2), np.array([1]), steps=1)
    assert greedy_removals(rows, [], np.zeros(0), np.ones(2), np.array([1]), steps=1) == []
