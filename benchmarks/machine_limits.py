"""What can one core of this machine read, draw and try at most, for the kernels of outbreaks?"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.propagation.cascade import row_room
from hygie.engines.propagation.kernels.bits import WORDS, draw_masks, infect
from hygie.engines.propagation.types import (
    IntArray,
    SpreadGraph,
    ThresholdArray,
    WordArray,
)

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Limits:
    """A second of one core: bytes read in order; words, rows of 64 bytes read anywhere; random
    words drawn; edges tried one by one, in order; what our kernel makes of it."""

    sequential: float
    words: float
    rows: float
    random: float
    trials: float
    visits: float
    masks: float
    visits_an_edge: float


@compiled
def drawn(state: np.uint64) -> np.uint64:
    z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def draw_many(count: int) -> np.uint64:
    told = np.uint64(0)
    for number in range(count):
        told ^= drawn(np.uint64(number) * _GOLDEN)
    return told


@compiled
def read_words(place: IntArray, table: WordArray) -> np.uint64:
    told = np.uint64(0)
    for p in place:
        told += table[p]
    return told


@compiled
def read_rows(place: IntArray, table: WordArray) -> np.uint64:
    """One word of each row, hence one line of the cache."""
    told = np.uint64(0)
    for p in place:
        told += table[p * 8]
    return told


@compiled
def try_edges(target: IntArray, threshold: ThresholdArray, state: IntArray) -> int:
    """What no trial can do without: the edge's end, its probability, a draw, a look at the end."""
    told = 0
    for e in range(len(target)):
        if drawn(np.uint64(e) * _GOLDEN) >> np.uint64(48) < np.uint64(threshold[e]):
            told += state[target[e]]
    return told


@compiled
def draw_all(probability: ThresholdArray, keys: WordArray, live: WordArray) -> None:
    for e in range(len(probability)):
        draw_masks(keys, e, np.uint64(probability[e]), live)


def limits(graph: SpreadGraph) -> Limits:
    """Measure them, on tables as large as those of the graph."""
    chance = np.random.default_rng(3)
    nodes, edges = graph.nodes, len(graph.target)
    place = chance.integers(0, nodes, 5_000_000).astype(np.int32)
    long = np.ones(1 << 26, np.uint64)
    ones, rows = np.ones(nodes, np.uint64), np.ones(nodes * WORDS, np.uint64)
    state = np.ones(nodes, np.int32)
    live, act = row_room(edges), row_room(nodes)
    keys = chance.integers(0, 2**63, WORDS).astype(np.uint64)
    entry = int(np.argmax(np.diff(graph.indptr)))
    visited: list[int] = []
    waiting, is_drawn = np.zeros(nodes, np.uint8), np.ones(nodes, np.uint8)

    def visit() -> None:
        act.fill(0)
        act[entry * WORDS : (entry + 1) * WORDS] = 2**64 - 1
        waiting[entry] = 1
        visited.append(
            infect(
                graph.indptr, graph.target, graph.probability, keys, act, waiting, is_drawn, live
            )
        )

    masks = edges / taken(lambda: draw_all(graph.probability, keys, live))
    seconds = taken(visit)
    return Limits(
        sequential=long.nbytes / taken(long.sum),
        words=len(place) / taken(lambda: read_words(place, ones)),
        rows=len(place) / taken(lambda: read_rows(place, rows)),
        random=2e7 / taken(lambda: draw_many(20_000_000)),
        trials=edges / taken(lambda: try_edges(graph.target, graph.probability, state)),
        visits=visited[-1] / seconds,
        masks=masks,
        visits_an_edge=visited[-1] / edges,
    )


def taken(work: Callable[[], object], repeats: int = 7) -> float:
    """Median processor seconds."""
    work()
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)
