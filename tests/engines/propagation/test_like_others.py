"""Outbreaks are as large as those of a simulator that shares nothing with ours."""

import heapq
import random

import numpy as np

from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.markov import cascade_markov
from hygie.engines.propagation.summary import sizes_in_time, sizes_of_lanes
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import Detection, SpreadGraph
from tests.engines.propagation.strategies import uniform

RUNS = 2048
GRAPH = uniform(150, 900, 0.3, step_h=0.05)
ENTRY = int(np.argmax(np.diff(GRAPH.indptr)))


def differ(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest distance between the two distributions, in units of what chance alone makes once in
    a thousand times (Kolmogorov and Smirnov)."""
    places = np.union1d(ours, theirs)
    shares = [
        np.searchsorted(np.sort(each), places, side="right") / len(each) for each in (ours, theirs)
    ]
    distance = np.abs(shares[0] - shares[1]).max()
    return float(distance / (1.95 * np.sqrt((len(ours) + len(theirs)) / len(ours) / len(theirs))))


def plain_outbreak(
    graph: SpreadGraph, chance: random.Random, sensors: set[int], rates: tuple[float, float] | None
) -> int:
    """One outbreak, with times that are no steps: exponential ones of 4 hours, or rates.

    Sensors alert 3 hours later, and 2 hours later all stops.
    """
    infected: set[int] = set()
    stopped = float("inf")
    attempts = [(0.0, ENTRY)]
    while attempts:
        now, node = heapq.heappop(attempts)
        if node in infected or now > stopped:
            continue
        infected.add(node)
        if node in sensors:
            stopped = min(stopped, now + 5)
        until = chance.expovariate(rates[1]) if rates else 0.0
        for target in graph.target[graph.indptr[node] : graph.indptr[node + 1]].tolist():
            taken = chance.expovariate(rates[0] if rates else 1 / 4)
            if taken < until if rates else chance.random() < 0.3:
                heapq.heappush(attempts, (now + taken, target))
    return len(infected)


def test_sizes_of_outbreaks_are_distributed_as_those_of_a_plain_simulator() -> None:
    chance = random.Random(20260901)  # noqa: S311
    plain = np.array([plain_outbreak(GRAPH, chance, set(), None) for _ in range(RUNS)])
    bits = sizes_of_lanes(cascade_bits(GRAPH, ENTRY, RUNS // 64, 1))
    timed = sizes_in_time(cascade_timed(GRAPH, ENTRY, RUNS, 1, detection=None, horizon_h=1000))
    assert differ(bits, plain) < 1
    assert differ(timed, plain) < 1
    assert bits.mean() > 50
    # The test itself would see an error of a few hundredths.
    other = sizes_of_lanes(cascade_bits(uniform(150, 900, 0.28), ENTRY, RUNS // 64, 2))
    assert differ(other, plain) > 1


def test_contained_outbreaks_are_distributed_as_those_of_a_plain_simulator() -> None:
    chance = random.Random(7)  # noqa: S311
    sensors = set(range(0, 150, 15))
    watch = Detection(np.isin(np.arange(150), list(sensors)).astype(float), 3, 2, 0)
    plain = np.array([plain_outbreak(GRAPH, chance, sensors, None) for _ in range(RUNS)])
    told = cascade_timed(GRAPH, ENTRY, RUNS, 1, detection=watch, horizon_h=1000)
    assert differ(sizes_in_time(told), plain) < 1


def test_markov_outbreaks_are_distributed_as_those_of_a_plain_simulator() -> None:
    chance = random.Random(8)  # noqa: S311
    plain = np.array([plain_outbreak(GRAPH, chance, set(), (0.3, 1.2)) for _ in range(RUNS)])
    told = cascade_markov(
        GRAPH, np.full(900, 0.3), np.full(150, 1.2), ENTRY, RUNS, 1, horizon_h=1000
    )
    assert differ(sizes_in_time(told), plain) < 1
