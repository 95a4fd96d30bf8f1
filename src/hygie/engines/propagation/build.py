"""How are the ways of an outbreak laid out for many runs, and which are refused?"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.types import GraphError
from hygie.engines.propagation.types import (
    QUANTILES,
    ByteArray,
    FloatArray,
    IntArray,
    PropagationError,
    ShortArray,
    SpreadGraph,
    ThresholdArray,
)

_SCALE = 65_536
CERTAIN = 65_535
"""What stands for probability 1."""


def spread_graph(
    nodes: int,
    source: IntArray,
    target: IntArray,
    probability: FloatArray,
    delay_class: ByteArray,
    delays: ShortArray,
    step_h: float,
) -> tuple[SpreadGraph, IntArray]:
    """Lay edges out by source, and by target.

    Args:
        nodes: n.
        source, target: (m,) ends of each edge; loops and parallel edges are welcome.
        probability: (m,) that the edge carries when its source is infected, 0 … 1.
        delay_class: (m,) row of `delays`, the law of the time the edge takes.
        delays: (c, QUANTILES) steps, as `delay_table` makes them.
        step_h: hours of one step.

    Returns:
        The graph, and (m,) the position in it of each of the caller's edges: what is told of edges
        in the caller's order is put in the graph's by `array[position] = told`.

    Raises:
        PropagationError: an end or a class out of range, lengths that differ, a probability that
            is not one, a step that is no time.

    Cost: O(n + m), about 30 bytes an edge.
    """
    if not (np.isfinite(step_h) and step_h > 0):
        raise PropagationError(f"step_h: {step_h} hours are no step")
    try:
        forward = csr_from_edges(nodes, source, target)
        rows = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(forward.indptr))
        backward = csr_from_edges(nodes, rows, forward.indices, reverse=True)
    except GraphError as error:
        raise PropagationError(str(error)) from error
    position = np.empty(len(rows), np.int32)
    position[forward.edge] = np.arange(len(rows), dtype=np.int32)
    table = _as_delays(delays)
    graph = SpreadGraph(
        indptr=forward.indptr,
        target=forward.indices,
        probability=_as_thresholds(probability, len(rows))[forward.edge],
        delay_class=_as_classes(delay_class, len(rows), len(table))[forward.edge],
        delays=table,
        rev_indptr=backward.indptr,
        rev_source=backward.indices,
        rev_edge=backward.edge,
        step_h=float(step_h),
    )
    return graph, position


def with_probability(graph: SpreadGraph, probability: FloatArray) -> SpreadGraph:
    """Give the same edges at the same places with other probabilities: a variant to compare.

    Args:
        graph: the edges; not changed, and shared by both.
        probability: (m,) in the order of the graph, not of the caller's first table.

    Raises:
        PropagationError: another length, or one that is not a probability.
    """
    return replace(graph, probability=_as_thresholds(probability, len(graph.target)))


def probability_of(graph: SpreadGraph) -> FloatArray:
    """Give the probability of each edge, (m,) in its order: what variants start from."""
    share = graph.probability / _SCALE
    return np.where(graph.probability == CERTAIN, 1.0, share)


def _as_thresholds(probability: FloatArray, length: int) -> ThresholdArray:
    given = np.asarray(probability, np.float64)
    if given.shape != (length,):
        raise PropagationError(f"probability: shape {given.shape}, not {length} of them")
    wrong = np.flatnonzero(~((given >= 0) & (given <= 1)))
    if len(wrong):
        raise PropagationError(f"probability: {given[wrong[0]]} of edge {wrong[0]} is not 0 to 1")
    # What is possible stays possible, what is not certain stays uncertain.
    between = np.clip(np.rint(given * _SCALE), 1, CERTAIN - 1)
    return np.where(given == 0, 0, np.where(given == 1, CERTAIN, between)).astype(np.uint16)


def _as_classes(delay_class: NDArray[np.integer], length: int, classes: int) -> ByteArray:
    given = np.asarray(delay_class)
    if given.shape != (length,) or given.dtype.kind not in "iu":
        if length or given.size:
            what = f"{given.dtype} of shape {given.shape}"
            raise PropagationError(f"delay_class: {what}, not {length} integers")
        return np.zeros(0, np.uint8)
    wrong = np.flatnonzero((given < 0) | (given >= min(classes, 256)))
    if len(wrong):
        where = f"{given[wrong[0]]} of edge {wrong[0]}"
        raise PropagationError(f"delay_class: {where}, of {classes} classes")
    return given.astype(np.uint8)


def _as_delays(delays: ShortArray) -> ShortArray:
    given = np.asarray(delays)
    if given.ndim != 2 or given.shape[1] != QUANTILES or given.dtype.kind not in "iu":
        what = f"{given.dtype} of shape {given.shape}"
        raise PropagationError(f"delays: {what}, not integers of shape (c, {QUANTILES})")
    if given.size and (given.min() < 0 or given.max() > np.iinfo(np.int16).max):
        raise PropagationError("delays: a time is below 0 or above 32,767 steps")
    falls = np.flatnonzero((np.diff(given.astype(np.int64), axis=1) < 0).any(axis=1))
    if len(falls):
        raise PropagationError(f"delays: class {falls[0]} is not ascending")
    return np.ascontiguousarray(given, np.int16)
