"""How are edges sorted into rows, in time and memory linear in their number?"""

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import BoolArray, IntArray, LongArray


@compiled
def count_rows(row: IntArray, column: IntArray, keep: BoolArray, indptr: LongArray) -> int:
    """Fill `indptr` (n+1,), zeros before, with the row starts.

    An empty `keep` keeps everything. Returns the first edge with an end out of range, or -1.
    """
    nodes = len(indptr) - 1
    everything = len(keep) == 0
    for e in range(len(row)):
        r = row[e]
        if r < 0 or r >= nodes or column[e] < 0 or column[e] >= nodes:
            return e
        if everything or keep[e]:
            indptr[r + 1] += 1
    for node in range(nodes):
        indptr[node + 1] += indptr[node]
    return -1


@compiled
def fill_rows(
    row: IntArray,
    column: IntArray,
    keep: BoolArray,
    cursor: LongArray,
    indices: IntArray,
    edge: IntArray,
) -> None:
    """Place each edge in its row; `cursor` (n,) holds the row starts and ends up at the row ends.

    Both answers are scattered as one word, then split: half the cache misses, a third of the time.
    """
    everything = len(keep) == 0
    placed = np.empty(len(indices), np.int64)
    for e in range(len(row)):
        if everything or keep[e]:
            p = cursor[row[e]]
            cursor[row[e]] = p + 1
            placed[p] = (np.int64(column[e]) << 32) | e
    for p in range(len(placed)):
        indices[p] = placed[p] >> 32
        edge[p] = placed[p] & 0xFFFFFFFF


@compiled
def transpose_rows(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    across_indptr: LongArray,
    across: IntArray,
    across_edge: IntArray,
) -> None:
    """Turn rows of neighbours around; `across_indptr` (n+1,) is zeros before."""
    for neighbour in indices:
        across_indptr[neighbour + 1] += 1
    for node in range(len(indptr) - 1):
        across_indptr[node + 1] += across_indptr[node]
    cursor = across_indptr[:-1].copy()
    placed = np.empty(len(indices), np.int64)
    for node in range(len(indptr) - 1):
        for p in range(indptr[node], indptr[node + 1]):
            q = cursor[indices[p]]
            cursor[indices[p]] = q + 1
            placed[q] = (np.int64(node) << 32) | edge[p]
    for p in range(len(placed)):
        across[p] = placed[p] >> 32
        across_edge[p] = placed[p] & 0xFFFFFFFF
