"""Minutes are those of bringing them forward until nothing comes earlier, one run or thousands."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.evaluate import evaluate
from hygie.engines.dependency.events import events_of
from hygie.engines.dependency.reference import reference_times
from hygie.engines.dependency.scenarios import pack_scenarios
from hygie.engines.dependency.times import play, stop_times, stop_times_runs
from hygie.engines.dependency.types import NEVER, DependencyError, Needs
from tests.engines.dependency.strategies import many_needs, random_needs

MINUTES = (0.0, 0.0, 10.0, 60.0, 61.5)


@settings(max_examples=500, deadline=None)
@given(many_needs(), st.integers(0, 2**32 - 1))
def test_minutes_are_those_of_the_slow_twin(needs: Needs, seed: int) -> None:
    rng = np.random.default_rng(seed)
    failed_at = np.where(rng.random(needs.nodes) < 0.3, rng.choice(MINUTES, needs.nodes), NEVER)
    compiled = compile_needs(needs)
    times = stop_times(compiled, failed_at)
    assert times.stops_at.tolist() == reference_times(needs, failed_at.tolist())
    assert times.degrades_at.tolist() == reference_times(needs, failed_at.tolist(), full=True)
    lost = np.flatnonzero(np.isfinite(failed_at)).tolist()
    found = evaluate(compiled, pack_scenarios(needs.nodes, [lost]))
    assert (np.isinf(times.stops_at) == (found.up[:, 0] & 1)).all()
    assert (np.isinf(times.degrades_at) == (found.full[:, 0] & 1)).all()
    assert (times.degrades_at <= times.stops_at).all()


@settings(max_examples=120, deadline=None)
@given(many_needs(nodes=14, groups=22), st.integers(0, 2**32 - 1))
def test_each_of_many_runs_answers_as_if_it_were_alone(needs: Needs, seed: int) -> None:
    rng = np.random.default_rng(seed)
    compiled, n = compile_needs(needs), needs.nodes
    runs = [rng.choice(n, rng.integers(0, n + 1), replace=False) for _ in range(6)]
    minutes = [rng.choice(MINUTES, len(run)) for run in runs]
    watched = rng.choice(n, rng.integers(0, 4))
    stops_at, degrades_at = stop_times_runs(
        compiled, np.cumsum([0, *map(len, runs)]), np.concatenate(runs),
        np.concatenate(minutes), watched,
    )  # fmt: skip
    for run, (lost, minute) in enumerate(zip(runs, minutes, strict=True)):
        failed_at = np.full(n, NEVER)
        failed_at[lost] = minute
        alone = stop_times(compiled, failed_at)
        assert stops_at[run].tolist() == alone.stops_at[watched].tolist()
        assert degrades_at[run].tolist() == alone.degrades_at[watched].tolist()


def test_threads_share_runs_out_over_the_same_arrays() -> None:
    rng = np.random.default_rng(7)
    compiled = compile_needs(random_needs(rng, 80, 150))
    sizes = rng.integers(0, 20, 40)
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    node = rng.integers(0, 80, indptr[-1])
    minute = rng.integers(0, 500, indptr[-1]).astype(float)
    watched = np.arange(10)
    whole = stop_times_runs(compiled, indptr, node, minute, watched)
    events = events_of(compiled, np.arange(10, dtype=np.int32))
    with ThreadPoolExecutor(2) as threads:
        parts = threads.map(
            lambda first: play(events, indptr[first : first + 11], node, minute, watched),
            range(0, 40, 10),
        )
        assert (np.concatenate([stops for stops, _ in parts]) == whole[0]).all()


def test_an_activity_on_paper_holds_until_its_delay_has_passed() -> None:
    # Care 0 holds 120 min without application 1; 1 needs one of 2 and 3; 0 is slowed without 4.
    needs = needs_from_groups(
        5, np.array([0, 0, 1]), np.ones(3, int), np.array([True, False, True]),
        np.array([120, 15, 0]), np.array([0, 1, 2, 4]), np.array([1, 4, 2, 3]),
    )  # fmt: skip
    times = stop_times(compile_needs(needs), np.array([NEVER, NEVER, 0, 45, 60]))
    assert times.stops_at.tolist() == [165.0, 45.0, 0.0, 45.0, 60.0]
    assert times.degrades_at.tolist() == [75.0, 45.0, 0.0, 45.0, 60.0]


def test_a_node_lost_before_its_delay_has_passed_stops_when_it_is_lost() -> None:
    needs = needs_from_groups(
        2, np.array([0]), np.array([1]), np.array([True]), np.array([60]), np.array([0, 1]),
        np.array([1]),
    )  # fmt: skip
    assert stop_times(compile_needs(needs), np.array([30, 0])).stops_at.tolist() == [30.0, 0.0]
    stops_at, _ = stop_times_runs(
        compile_needs(needs), np.array([0, 3]), np.array([0, 1, 0]), np.array([90, 0, 50]),
        np.array([0]),
    )  # fmt: skip
    assert stops_at.tolist() == [[50.0]]


def test_minutes_and_runs_that_mean_nothing_are_refused() -> None:
    compiled = compile_needs(random_needs(np.random.default_rng(1), 4, 3))
    one, none = np.array([0]), np.zeros(0, int)
    with pytest.raises(DependencyError, match=r"minute -1.0 at position 1"):
        stop_times(compiled, np.array([0, -1, NEVER, NEVER]))
    with pytest.raises(DependencyError, match="minute nan"):
        stop_times(compiled, np.array([0, np.nan, NEVER, NEVER]))
    with pytest.raises(DependencyError, match=r"minutes of shape \(3,\) for 4 losses"):
        stop_times(compiled, np.zeros(3))
    with pytest.raises(DependencyError, match="lost at no minute"):
        stop_times_runs(compiled, np.array([0, 1]), one, np.array([NEVER]), one)
    with pytest.raises(DependencyError, match="lost node 4"):
        stop_times_runs(compiled, np.array([0, 1]), np.array([4]), np.zeros(1), one)
    with pytest.raises(DependencyError, match="indptr: must rise"):
        stop_times_runs(compiled, np.array([0, 2]), one, np.zeros(1), one)
    with pytest.raises(DependencyError, match="node 3 is watched, but not among"):
        play(events_of(compiled, np.array([], np.int32)), np.array([0]), none, none, np.array([3]))
