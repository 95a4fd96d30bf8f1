"""How is a table of edges laid out for walking, and which tables are refused?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.graph.kernels.csr import count_rows, fill_rows, transpose_rows
from hygie.engines.graph.types import BoolArray, Csr, FloatArray, GraphError, IntArray

_MOST = np.iinfo(np.int32).max
_NO_MASK: BoolArray = np.zeros(0, np.bool_)


def csr_from_edges(
    n: int,
    source: IntArray,
    target: IntArray,
    *,
    reverse: bool = False,
    keep: BoolArray | None = None,
) -> Csr:
    """Sort edges into rows of neighbours.

    Args:
        n: number of nodes.
        source, target: (m,) ends of each edge, 0 … n - 1; loops and parallel edges are welcome.
        reverse: rows by target instead of source, for walking against the edges.
        keep: (m,) edges to take, all when None; the others keep their position in the table.

    Returns:
        Rows in which edges stand in ascending position.

    Raises:
        GraphError: lengths differ, an end is out of range, or more than 2³¹ - 1 nodes or edges.

    Cost: O(n + m), 8 bytes a node and 16 an edge beyond the arguments, of which 8 an edge at once
    given back.
    """
    if not 0 <= n <= _MOST:
        raise GraphError(f"a graph of {n} nodes: 0 to {_MOST} are possible")
    ends = as_indices("source", source), as_indices("target", target)
    if len(ends[0]) != len(ends[1]):
        raise GraphError(f"{len(ends[0])} sources for {len(ends[1])} targets")
    row, column = reversed(ends) if reverse else ends
    mask = as_mask("keep", keep, len(row))
    indptr = np.zeros(n + 1, np.int64)
    wrong = count_rows(row, column, mask, indptr)
    if wrong >= 0:
        where = f"{ends[0][wrong]} to {ends[1][wrong]}"
        raise GraphError(f"edge {wrong} goes from {where}, nodes are 0 to {n - 1}")
    indices, edge = np.empty(indptr[-1], np.int32), np.empty(indptr[-1], np.int32)
    fill_rows(row, column, mask, indptr[:-1].copy(), indices, edge)
    return Csr(indptr, indices, edge, len(row))


def transposed(csr: Csr) -> Csr:
    """Give the same edges by their other end; within a row they stand by neighbour.

    Cost: O(n + m), as `csr_from_edges`.
    """
    indptr = np.zeros(csr.nodes + 1, np.int64)
    indices, edge = np.empty_like(csr.indices), np.empty_like(csr.edge)
    transpose_rows(csr.indptr, csr.indices, csr.edge, indptr, indices, edge)
    return Csr(indptr, indices, edge, csr.table)


def as_indices(name: str, values: NDArray[np.integer]) -> IntArray:
    """Check that these are whole numbers that fit, and give them as contiguous int32.

    Raises:
        GraphError: not one-dimensional, not integers, too long or too large.
    """
    given = np.asarray(values)
    if given.ndim != 1 or given.dtype.kind not in "iu":
        if given.size:
            raise GraphError(f"{name}: {given.dtype} of shape {given.shape}, not a row of integers")
        given = np.zeros(0, np.int32)
    if len(given) > _MOST:
        raise GraphError(f"{name}: {len(given)} entries, {_MOST} are possible")
    if given.dtype != np.int32 and len(given):
        outside = np.flatnonzero((given > _MOST) | (given < -1))
        if len(outside):
            raise GraphError(f"{name}: {given[outside[0]]} at position {outside[0]} does not fit")
    return np.ascontiguousarray(given, np.int32)


def as_nodes(name: str, values: NDArray[np.integer], n: int) -> IntArray:
    """Check that these are nodes of a graph of n nodes.

    Raises:
        GraphError: as `as_indices`, or one is out of range.
    """
    nodes = as_indices(name, values)
    if len(nodes) and (nodes.min() < 0 or nodes.max() >= n):
        wrong = np.flatnonzero((nodes < 0) | (nodes >= n))[0]
        raise GraphError(f"{name}: node {nodes[wrong]} at position {wrong}, of {n} nodes")
    return nodes


def as_mask(name: str, values: BoolArray | None, length: int) -> BoolArray:
    """Check a mask; None gives the empty mask, which kernels read as "nothing said".

    Raises:
        GraphError: not booleans, or not one for each.
    """
    if values is None:
        return _NO_MASK
    given = np.asarray(values)
    if given.shape != (length,) or given.dtype != np.bool_:
        raise GraphError(f"{name}: {given.dtype} of shape {given.shape}, not {length} booleans")
    return np.ascontiguousarray(given)


def as_weights(name: str, values: NDArray[np.generic], length: int) -> FloatArray:
    """Check weights: one for each, finite and not negative.

    Raises:
        GraphError: another length, or the first value that is not a weight.
    """
    given = np.ascontiguousarray(values, np.float64)
    if given.shape != (length,):
        raise GraphError(f"{name}: shape {given.shape}, not {length} weights")
    wrong = np.flatnonzero(~(np.isfinite(given) & (given >= 0)))
    if len(wrong):
        raise GraphError(f"{name}: {given[wrong[0]]} at position {wrong[0]} is not a weight")
    return given
