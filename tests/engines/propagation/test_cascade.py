"""Sixty-four runs a word infect what their live edges lead to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.propagation.build import probability_of, with_probability
from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.entries import WeightedEntries, entry_of_runs
from hygie.engines.propagation.reference import reference_carries, reference_infected
from hygie.engines.propagation.types import PropagationError, SpreadGraph
from tests.engines.propagation.strategies import SEEDS, spreads, uniform

many = settings(max_examples=300, deadline=None)
some = settings(max_examples=120, deadline=None)


def infected_by(act: np.ndarray, lane: int) -> set[int]:
    bits = act[:, lane // 64] >> np.uint64(lane % 64) & np.uint64(1)
    return set(np.flatnonzero(bits).tolist())


@many
@given(spreads(), SEEDS, st.integers(0, 10**6), st.data())
def test_each_lane_infects_what_the_edges_that_carry_lead_to(
    graph: SpreadGraph, seed: int, first_word: int, data: st.DataObject
) -> None:
    words = data.draw(st.integers(1, 10))
    entry = np.random.default_rng(words).integers(0, graph.nodes, 64 * words).astype(np.int32)
    act = cascade_bits(graph, entry, words, seed, first_word)
    assert act.shape == (graph.nodes, words)
    for lane in data.draw(st.lists(st.integers(0, 64 * words - 1), min_size=1, max_size=4)):
        run = 64 * first_word + lane
        assert infected_by(act, lane) == reference_infected(graph, int(entry[lane]), run, seed)


def test_each_lane_is_right_on_graphs_whose_rows_wait_for_one_another() -> None:
    graph = uniform(60, 240, 0.3)
    act = cascade_bits(graph, 0, 2, 7)
    for lane in range(128):
        assert infected_by(act, lane) == reference_infected(graph, 0, lane, 7)


@some
@given(spreads(), SEEDS, st.integers(0, 20), st.data())
def test_the_answer_is_the_same_whatever_the_blocks(
    graph: SpreadGraph, seed: int, first: int, data: st.DataObject
) -> None:
    entries = WeightedEntries(np.arange(graph.nodes, dtype=np.int32), np.ones(graph.nodes))
    cut = data.draw(st.integers(0, 20))
    whole = cascade_bits(graph, entries, 20, seed, first)
    parts = [
        cascade_bits(graph, entries, cut, seed, first),
        cascade_bits(graph, entries, 20 - cut, seed, first + cut),
    ]
    assert (np.concatenate(parts, axis=1) == whole).all()


@some
@given(spreads(), SEEDS, st.data())
def test_a_larger_probability_only_adds_infections(
    graph: SpreadGraph, seed: int, data: st.DataObject
) -> None:
    raised = [data.draw(st.floats(share, 1)) for share in probability_of(graph).tolist()]
    more = with_probability(graph, np.array(raised))
    assert (more.probability >= graph.probability).all()
    few, many_more = (cascade_bits(each, 0, 9, seed) for each in (graph, more))
    assert (few & ~many_more == 0).all()


def test_edges_carry_as_often_as_they_should() -> None:
    shares = np.array([0.0, 1e-9, 0.001, 0.15, 0.5, 0.9, 0.99999, 1.0])
    graph = uniform(8, 8)
    graph = with_probability(graph, shares)
    carried = np.array([reference_carries(graph, run, 3) for run in range(4096)])
    expected = probability_of(graph)
    sigma = np.sqrt(expected * (1 - expected) / 4096)
    assert (np.abs(carried.mean(0) - expected) <= 4 * sigma).all()
    assert not carried[:, 0].any()
    assert carried[:, 7].all()


def test_lanes_and_words_are_not_correlated() -> None:
    # One edge, half the time: the bits of a row are 64 x words tosses of the same coin.
    graph = with_probability(uniform(2, 1), np.array([0.5]))
    source, target = int(np.repeat(np.arange(2), np.diff(graph.indptr))[0]), int(graph.target[0])
    if source == target:
        pytest.skip("the seed gave a loop")
    act = cascade_bits(graph, source, 2048, 11)[target]
    bits = np.unpackbits(act.view(np.uint8)).astype(float).reshape(2048, 64)
    assert abs(bits.mean() - 0.5) < 4 * 0.5 / np.sqrt(bits.size)
    together = np.corrcoef(bits.T)[~np.eye(64, dtype=bool)]
    assert np.abs(together).max() < 5.5 / np.sqrt(2048)
    assert abs(np.corrcoef(bits[:-1].ravel(), bits[1:].ravel())[0, 1]) < 4 / np.sqrt(bits.size)


def test_weighted_entries_are_drawn_by_their_weight_and_paired() -> None:
    entries = WeightedEntries(np.array([4, 2, 9], np.int32), np.array([1.0, 0.0, 3.0]))
    entry = entry_of_runs(entries, 10, seed=5, first=1000, runs=20_000)
    assert set(entry.tolist()) == {4, 9}
    assert abs((entry == 9).mean() - 0.75) < 4 * np.sqrt(0.75 * 0.25 / 20_000)
    assert (entry_of_runs(entries, 10, seed=5, first=1500, runs=10) == entry[500:510]).all()


def test_what_cannot_be_asked_is_refused_with_its_place() -> None:
    graph = uniform(3, 5)
    one = np.array([1.0])
    with pytest.raises(PropagationError, match="entry: node 3 at position 0, of 3 nodes"):
        cascade_bits(graph, 3, 1, 0)
    with pytest.raises(PropagationError, match="entries: 2 nodes for 64 runs"):
        cascade_bits(graph, np.array([0, 1], np.int32), 1, 0)
    with pytest.raises(PropagationError, match="none has a weight"):
        cascade_bits(graph, WeightedEntries(np.array([0], np.int32), 0 * one), 1, 0)
    with pytest.raises(PropagationError, match=r"-1\.0 at position 0"):
        cascade_bits(graph, WeightedEntries(np.array([0], np.int32), -one), 1, 0)
    with pytest.raises(PropagationError, match="neither may be below 0"):
        cascade_bits(graph, 0, -1, 0)
    with pytest.raises(PropagationError, match="not 5 of them"):
        with_probability(graph, one)
    with pytest.raises(PropagationError, match="nan of edge 0 is not 0 to 1"):
        with_probability(graph, np.full(5, np.nan))


def test_no_word_and_no_edge_are_answered() -> None:
    assert cascade_bits(uniform(3, 5), 0, 0, 0).shape == (3, 0)
    alone = cascade_bits(uniform(3, 0), 1, 9, 0)
    assert (alone == np.array([[0], [2**64 - 1], [0]], np.uint64)).all()
