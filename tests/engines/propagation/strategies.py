"""Random small graphs to spread on: loops, parallel edges, islands, edges that never carry."""

import numpy as np
from hypothesis import strategies as st

from hygie.engines.propagation.build import spread_graph
from hygie.engines.propagation.laws import Constant, Exponential, Lognormal, delay_table
from hygie.engines.propagation.types import Detection, IntArray, SpreadGraph

LAWS = (Constant(0), Constant(1), Exponential(1.5), Lognormal(1, 6))
STEP_H = 0.5
SEEDS = st.integers(0, 2**70)

_probability = st.one_of(st.sampled_from([0.0, 1.0, 0.5, 1e-9]), st.floats(0, 1))


@st.composite
def spreads(draw: st.DrawFn, nodes: int = 9, edges: int = 24) -> SpreadGraph:
    n = draw(st.integers(1, nodes))
    node = st.integers(0, n - 1)
    kind = st.integers(0, len(LAWS) - 1)
    rows = draw(st.lists(st.tuples(node, node, _probability, kind), max_size=edges))
    source, target, probability, kinds = zip(*rows, strict=True) if rows else ((),) * 4
    graph, _ = spread_graph(
        n, np.array(source, np.int32), np.array(target, np.int32), np.array(probability),
        np.array(kinds, np.uint8), delay_table(LAWS, STEP_H), STEP_H,
    )  # fmt: skip
    return graph


@st.composite
def detections(draw: st.DrawFn, nodes: int) -> Detection | None:
    if draw(st.booleans()):
        return None
    share = st.sampled_from([0.0, 0.3, 1.0])
    sensor = draw(st.lists(share, min_size=nodes, max_size=nodes))
    hours = st.sampled_from([0.0, 0.5, 2.0])
    return Detection(np.array(sensor), draw(hours), draw(hours), draw(share))


def uniform(n: int, m: int, probability: float = 0.15, step_h: float = 0.25) -> SpreadGraph:
    """Both ends of every edge anywhere, all edges alike."""
    chance = np.random.default_rng(n)
    source, target = (chance.integers(0, n, m, dtype=np.int32) for _ in range(2))
    graph, _ = spread_graph(
        n, source, target, np.full(m, probability), np.zeros(m, np.uint8),
        delay_table([Exponential(4)], step_h), step_h,
    )  # fmt: skip
    return graph


def entries_of(draw: st.DrawFn, nodes: int, runs: int) -> IntArray:
    node = st.integers(0, nodes - 1)
    return np.array(draw(st.lists(node, min_size=runs, max_size=runs)), np.int32)
