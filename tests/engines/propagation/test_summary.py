"""Runs are counted right, and what they say is said with how sure it is."""

from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.propagation.build import probability_of, with_probability
from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.summary import (
    counts_in_time,
    counts_of_nodes,
    growth,
    lanes_at,
    mean_interval,
    quantiles,
    sizes_in_time,
    sizes_of_lanes,
    time_quantiles,
    wilson,
)
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import PropagationError, SpreadGraph, TimedRuns
from tests.engines.propagation.strategies import SEEDS, spreads, uniform

some = settings(max_examples=80, deadline=None)


@some
@given(st.integers(0, 70), st.integers(0, 5), st.integers(0, 2**32))
def test_ones_are_counted_by_row_and_by_lane(nodes: int, words: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    act = chance.integers(0, 2**64, (nodes, words), dtype=np.uint64)
    act |= chance.integers(0, 2, (nodes, 1), dtype=np.uint64) * np.uint64(2**64 - 1)
    bits = act[:, :, None] >> np.arange(64, dtype=np.uint64) & np.uint64(1)
    assert (sizes_of_lanes(act) == bits.sum(axis=0, dtype=np.int64).ravel()).all()
    assert (counts_of_nodes(act) == bits.sum(axis=(1, 2), dtype=np.int64)).all()
    runs = int(chance.integers(0, 64 * words + 1))
    first = bits.reshape(nodes, 64 * words)[:, :runs]
    assert (counts_of_nodes(act, runs) == first.sum(axis=1, dtype=np.int64)).all()


def test_many_rows_are_counted_by_lane() -> None:
    for nodes in (1023, 1024, 1025):
        full = np.full((nodes, 2), 2**64 - 1, np.uint64)
        full[0, 1] = 1
        expected = [nodes] * 65 + [nodes - 1] * 63
        assert sizes_of_lanes(full).tolist() == expected


@some
@given(spreads(), SEEDS)
def test_runs_in_time_are_counted_as_lanes_are(graph: SpreadGraph, seed: int) -> None:
    told = cascade_timed(graph, 0, 70, seed, detection=None, horizon_h=50)
    lanes = lanes_at(told, graph.nodes, 32_767)
    assert lanes.shape == (graph.nodes, 2)
    assert (counts_of_nodes(lanes) == counts_in_time(told, graph.nodes)).all()
    assert (sizes_of_lanes(lanes)[:70] == sizes_in_time(told)).all()
    early = lanes_at(told, graph.nodes, 3)
    assert sizes_of_lanes(early).sum() == (told.step <= 3).sum()
    assert np.allclose(growth(told, 101)[-1] * 70, len(told.node))
    assert np.isclose(growth(told, 4)[3] * 70, (told.step <= 3).sum())


@some
@given(spreads(), SEEDS, st.integers(1, 12))
def test_quantiles_of_time_are_times_that_happened(
    graph: SpreadGraph, seed: int, runs: int
) -> None:
    told = cascade_timed(graph, 0, runs, seed, detection=None, horizon_h=20)
    shares = [0.1, 0.5, 1.0]
    among, of_all = (
        time_quantiles(told, graph.nodes, shares, graph.step_h, of_all=each)
        for each in (False, True)
    )
    for node in range(graph.nodes):
        hours = np.sort(told.step[told.node == node]) * graph.step_h
        never = np.concatenate([hours, np.full(runs - len(hours), inf)])
        for column, share in enumerate(shares):
            # The smallest time by which the share is reached.
            assert of_all[node, column] == next(
                time for time in never if (never <= time).mean() >= share - 1e-9
            )
            if len(hours):
                assert among[node, column] == next(
                    time for time in hours if (hours <= time).mean() >= share - 1e-9
                )
            else:
                assert isnan(among[node, column])


def test_the_interval_of_a_probability_holds_it_as_often_as_it_says() -> None:
    chance = np.random.default_rng(5)
    for truth in (0.002, 0.1, 0.5):
        counts = chance.binomial(1000, truth, 5000)
        low, high = wilson(counts, 1000)
        assert abs(((low <= truth) & (truth <= high)).mean() - 0.95) < 0.02
    low, high = wilson(np.array([0, 10_000]), 10_000)
    assert (low[0], high[1]) == (0, 1)
    assert 0 < high[0] < 0.0004
    assert [bound.tolist() for bound in wilson(np.array([0]), 0)] == [[0], [1]]
    with pytest.raises(PropagationError, match="counts"):
        wilson(np.array([3]), 2)
    with pytest.raises(PropagationError, match="confidence: 95"):
        wilson(np.array([1]), 2, 95)


def test_the_interval_of_a_mean_holds_it_as_often_as_it_says() -> None:
    chance = np.random.default_rng(6)
    held = [
        each.low <= 3 <= each.high
        for each in (mean_interval(row) for row in chance.normal(3, 2, (3000, 6)))
    ]
    assert abs(np.mean(held) - 0.95) < 0.015
    # Student's 97.5 % quantile for 5 degrees of freedom is 2.5706.
    known = mean_interval(np.array([0.0, 0, 0, 1, 1, 1]))
    assert abs((known.high - known.mean) / (np.sqrt(0.3) / np.sqrt(6)) - 2.5706) < 0.01
    assert mean_interval(np.array([4.0])).low == -inf
    assert isnan(mean_interval(np.zeros(0)).mean)


def test_paired_runs_tell_a_small_difference_that_others_hide() -> None:
    graph = uniform(400, 2000, 0.3)
    base, other_seed = (sizes_of_lanes(cascade_bits(graph, 0, 16, seed)) for seed in (1, 2))
    probability = probability_of(graph)
    probability[1000:1010] = 0
    fewer = sizes_of_lanes(cascade_bits(with_probability(graph, probability), 0, 16, 1))
    paired, unpaired = mean_interval(base - fewer), mean_interval(other_seed - fewer)
    assert paired.low > 0
    assert paired.high - paired.low < (unpaired.high - unpaired.low) / 2


def test_quantiles_of_figures_are_figures() -> None:
    assert quantiles(np.arange(10), [0, 0.1, 0.5, 0.95, 1]).tolist() == [0, 0, 4, 9, 9]
    assert np.isnan(quantiles(np.zeros(0), [0.5])).all()


def test_without_a_run_nothing_is_known() -> None:
    empty = TimedRuns(
        0, np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int16),
        np.zeros(0, np.int32),
    )  # fmt: skip
    assert np.isnan(growth(empty, 3)).all()
    assert np.isnan(time_quantiles(empty, 2, [0.5], 1)).all()
    assert lanes_at(empty, 2, 5).shape == (2, 0)
    with pytest.raises(PropagationError, match="shares"):
        time_quantiles(empty, 2, [0.0], 1)
