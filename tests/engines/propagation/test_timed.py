"""Outbreaks in time: each run is the one that is followed attempt by attempt."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.propagation import markov, telling
from hygie.engines.propagation.markov import cascade_markov
from hygie.engines.propagation.reference import reference_markov, reference_timed
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import (
    Detection,
    PropagationError,
    SpreadGraph,
    TimedRuns,
)
from tests.engines.propagation.strategies import (
    SEEDS,
    STEP_H,
    detections,
    entries_of,
    spreads,
    uniform,
)

many = settings(max_examples=400, deadline=None)
some = settings(max_examples=150, deadline=None)


def infected_in(told: TimedRuns, run: int) -> dict[int, int]:
    row = slice(told.indptr[run], told.indptr[run + 1])
    assert (np.diff(told.step[row]) >= 0).all()
    assert len(set(told.node[row].tolist())) == row.stop - row.start
    return dict(zip(told.node[row].tolist(), told.step[row].tolist(), strict=True))


def equal(one: TimedRuns, other: TimedRuns) -> bool:
    names = ("indptr", "node", "step", "alert_step")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@many
@given(spreads(), SEEDS, st.integers(0, 10**9), st.data())
def test_each_run_is_the_one_followed_attempt_by_attempt(
    graph: SpreadGraph, seed: int, first_run: int, data: st.DataObject
) -> None:
    detection = data.draw(detections(graph.nodes))
    entry = entries_of(data.draw, graph.nodes, 6)
    horizon = data.draw(st.integers(0, 40))
    told = cascade_timed(
        graph, entry, 6, seed, detection=detection, horizon_h=horizon * STEP_H, first_run=first_run
    )
    assert told.runs == 6
    assert told.first == first_run
    for run in range(6):
        infected, alert = reference_timed(
            graph, int(entry[run]), first_run + run, seed, detection=detection, horizon=horizon
        )
        assert infected_in(told, run) == infected
        assert told.alert_step[run] == alert


@many
@given(spreads(), SEEDS, st.data())
def test_each_markov_run_is_the_one_followed_attempt_by_attempt(
    graph: SpreadGraph, seed: int, data: st.DataObject
) -> None:
    rates = st.sampled_from([0.0, 0.2, 1.0, 30.0])
    length = len(graph.target)
    rate = np.array(data.draw(st.lists(rates, min_size=length, max_size=length)))
    recovery = np.array(data.draw(st.lists(rates, min_size=graph.nodes, max_size=graph.nodes)))
    horizon = data.draw(st.integers(0, 60))
    entry = entries_of(data.draw, graph.nodes, 4)
    told = cascade_markov(
        graph, rate, recovery, entry, 4, seed, horizon_h=horizon * STEP_H, first_run=5
    )
    for run in range(4):
        assert infected_in(told, run) == reference_markov(
            graph, rate, recovery, int(entry[run]), 5 + run, seed, horizon=horizon
        )


def test_larger_outbreaks_are_right_too() -> None:
    graph = uniform(300, 1500, 0.4)
    chance = np.random.default_rng(0)
    detection = Detection((chance.random(300) < 0.05) * 0.5, 3, 2, 0.3)
    told = cascade_timed(graph, 0, 40, 3, detection=detection, horizon_h=100)
    for run in range(40):
        infected, alert = reference_timed(graph, 0, run, 3, detection=detection, horizon=400)
        assert (infected_in(told, run), told.alert_step[run]) == (infected, alert)
    rate, recovery = np.full(1500, 0.3), np.full(300, 0.5)
    told = cascade_markov(graph, rate, recovery, 0, 20, 3, horizon_h=100)
    for run in range(20):
        assert infected_in(told, run) == reference_markov(
            graph, rate, recovery, 0, run, 3, horizon=400
        )


def test_blocks_and_room_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = uniform(200, 1000, 0.3)
    detection = Detection(np.full(200, 0.05), 2, 2, 0.1)
    whole = cascade_timed(graph, 3, 60, 9, detection=detection, horizon_h=48)
    rates = np.full(1000, 0.3), np.full(200, 0.5)
    exact = cascade_markov(graph, *rates, 3, 60, 9, horizon_h=48)
    monkeypatch.setattr(telling, "ROOM", 1)
    monkeypatch.setattr(markov, "_ATTEMPTS", 1)
    assert equal(cascade_timed(graph, 3, 60, 9, detection=detection, horizon_h=48), whole)
    assert equal(cascade_markov(graph, *rates, 3, 60, 9, horizon_h=48), exact)
    last = cascade_timed(graph, 3, 20, 9, detection=detection, horizon_h=48, first_run=40)
    assert (last.node == whole.node[whole.indptr[40] :]).all()
    assert (last.alert_step == whole.alert_step[40:]).all()


@some
@given(spreads(), SEEDS, st.data())
def test_faster_containment_only_takes_infections_away(
    graph: SpreadGraph, seed: int, data: st.DataObject
) -> None:
    detection = data.draw(detections(graph.nodes).filter(lambda drawn: drawn is not None))
    later = replace(detection, contain_h=detection.contain_h + data.draw(st.floats(0, 5)))
    none = cascade_timed(graph, 0, 8, seed, detection=None, horizon_h=20)
    soon, late = (
        cascade_timed(graph, 0, 8, seed, detection=each, horizon_h=20)
        for each in (detection, later)
    )
    for run in range(8):
        assert infected_in(soon, run).keys() <= infected_in(late, run).keys()
        assert infected_in(late, run).keys() <= infected_in(none, run).keys()


def test_times_are_those_of_the_law() -> None:
    graph = uniform(2, 1, 1.0)
    told = cascade_timed(graph, 1, 4000, 2, detection=None, horizon_h=1000)
    if len(told.node) == 4000:
        graph = replace(graph)
        told = cascade_timed(graph, 0, 4000, 2, detection=None, horizon_h=1000)
    hours = told.step[told.step > 0] * graph.step_h
    assert len(hours) == 4000
    assert abs(hours.mean() - 4) < 4 * 4 / np.sqrt(4000)


def test_what_cannot_be_asked_of_time_is_refused() -> None:
    graph = uniform(3, 5)
    watch = Detection(np.zeros(3), 1, 1, 0)
    for wrong, what in (
        (replace(watch, sensor=np.zeros(2)), "sensor: shape"),
        (replace(watch, sensor=np.full(3, 1.5)), "sensor: 1.5 is not 0 to 1"),
        (replace(watch, leak=2), "leak: 2 is not 0 to 1"),
        (replace(watch, notice_h=-1), "notice_h: -1 hours are no time"),
        (replace(watch, contain_h=float("nan")), "contain_h: nan hours are no time"),
    ):
        with pytest.raises(PropagationError, match=what):
            cascade_timed(graph, 0, 1, 0, detection=wrong, horizon_h=10)
    with pytest.raises(PropagationError, match="over 32767 steps"):
        cascade_timed(graph, 0, 1, 0, detection=None, horizon_h=10_000)
    with pytest.raises(PropagationError, match="nan hours are no horizon"):
        cascade_timed(graph, 0, 1, 0, detection=None, horizon_h=float("nan"))
    with pytest.raises(PropagationError, match="neither may be below 0"):
        cascade_timed(graph, 0, -1, 0, detection=None, horizon_h=10)
    with pytest.raises(PropagationError, match="rate: shape"):
        cascade_markov(graph, np.ones(2), np.ones(3), 0, 1, 0, horizon_h=1)


def test_containment_that_never_comes_stops_nothing() -> None:
    graph = uniform(50, 300, 0.5)
    never = Detection(np.ones(50), 0, float("inf"), 0)
    told = cascade_timed(graph, 0, 20, 4, detection=never, horizon_h=50)
    free = cascade_timed(graph, 0, 20, 4, detection=None, horizon_h=50)
    assert (told.node == free.node).all()
    assert (told.alert_step == 0).all()


def test_no_run_is_an_answer() -> None:
    told = cascade_timed(uniform(3, 5), 0, 0, 0, detection=None, horizon_h=1)
    assert (told.runs, len(told.node)) == (0, 0)
