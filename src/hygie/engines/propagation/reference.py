"""What are the right answers, found slowly and obviously? The twins that tests hold engines to.

They draw the same random words as the engines, one at a time, and follow one run at a time.
"""

import heapq
from math import inf, log

import numpy as np

from hygie.engines.propagation.draws import Purpose, draw, key
from hygie.engines.propagation.types import Detection, FloatArray, SpreadGraph

_CERTAIN = 65_535


def reference_carries(graph: SpreadGraph, run: int, seed: int) -> list[bool]:
    """Tell which edges carry in a run of `cascade_bits`: (m,), by position in the graph."""
    word_key = key(seed, Purpose.MASKS, run // 64)
    carries = []
    for edge, threshold in enumerate(graph.probability.tolist()):
        words = [draw(word_key, 16 * edge + bit) for bit in range(16)]
        drawn = sum((~word >> run % 64 & 1) << bit for bit, word in enumerate(words))
        carries.append(drawn < threshold or threshold == _CERTAIN)
    return carries


def reference_infected(graph: SpreadGraph, entry: int, run: int, seed: int) -> set[int]:
    """Tell which nodes a run of `cascade_bits` infects: what its live edges lead to."""
    carries = reference_carries(graph, run, seed)
    infected, to_visit = {entry}, [entry]
    while to_visit:
        node = to_visit.pop()
        for edge in _edges_of(graph, node):
            if carries[edge] and int(graph.target[edge]) not in infected:
                infected.add(int(graph.target[edge]))
                to_visit.append(int(graph.target[edge]))
    return infected


def reference_timed(
    graph: SpreadGraph,
    entry: int,
    run: int,
    seed: int,
    *,
    detection: Detection | None,
    horizon: int,
) -> tuple[dict[int, int], int]:
    """Follow a run of `cascade_timed` attempt by attempt.

    Returns:
        Step at which each node was infected, and the step of the alert, -1 without one.
    """
    trial_key, delay_key = (key(seed, each, run) for each in (Purpose.TRIAL, Purpose.DELAY))
    leak = round(detection.leak * 2**32) if detection else 2**32
    infected: dict[int, int] = {}
    alert, contained = inf, inf
    attempts = [(0, entry, True)]
    while attempts:
        now, node, leaks = heapq.heappop(attempts)
        if node in infected or (now > contained and not leaks):
            continue
        infected[node] = now
        if detection and _share(key(seed, Purpose.NOTICE, run), node) < detection.sensor[node]:
            alert = min(alert, now + round(detection.notice_h / graph.step_h))
            contained = alert + round(detection.contain_h / graph.step_h)
        for edge in _edges_of(graph, node):
            threshold = int(graph.probability[edge])
            start = int(graph.indptr[node])
            lane = edge - start
            drawn = draw(trial_key, start + lane // 4) >> 16 * (lane % 4) & 0xFFFF
            if drawn < threshold or threshold == _CERTAIN:
                word = draw(delay_key, edge)
                lands = now + int(graph.delays[graph.delay_class[edge], word & 4095])
                if lands <= horizon:
                    heapq.heappush(attempts, (lands, int(graph.target[edge]), word >> 32 < leak))
    return infected, int(alert) if alert <= horizon else -1


def reference_markov(
    graph: SpreadGraph,
    rate: FloatArray,
    recovery: FloatArray,
    entry: int,
    run: int,
    seed: int,
    *,
    horizon: int,
) -> dict[int, int]:
    """Follow a run of `cascade_markov`: step at which each node was infected."""
    delay_key, duration_key = (key(seed, each, run) for each in (Purpose.DELAY, Purpose.DURATION))
    steps, rate = 1 / graph.step_h, rate.astype(np.float32).astype(np.float64)
    infected: dict[int, int] = {}
    attempts = [(0.0, entry)]
    while attempts:
        now, node = heapq.heappop(attempts)
        if node in infected or now * steps >= horizon + 1:
            continue
        infected[node] = int(now * steps)
        share = ((draw(duration_key, node) >> 11) + 0.5) * 2.0**-53
        until = -log(share) / recovery[node] if recovery[node] else inf
        for edge in _edges_of(graph, node):
            start = int(graph.indptr[node])
            lane = edge - start
            half = draw(delay_key, start + lane // 2) >> 32 * (lane % 2) & 0xFFFFFFFF
            taken = -log(1 - (half + 0.5) * 2.0**-32) / rate[edge] if rate[edge] else inf
            if taken < until:
                heapq.heappush(attempts, (now + taken, int(graph.target[edge])))
    return infected


def _edges_of(graph: SpreadGraph, node: int) -> range:
    return range(int(graph.indptr[node]), int(graph.indptr[node + 1]))


def _share(stream: int, number: int) -> float:
    return float(np.float64(draw(stream, number) >> 11) * 2.0**-53)
