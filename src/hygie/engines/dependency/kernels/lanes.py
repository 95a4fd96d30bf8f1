"""How are losses written into lanes of words, and weights read from them?"""

import numpy as np

from hygie.engines.dependency.types import FloatArray, IntArray, LongArray, WordArray
from hygie.engines.graph.compiled import compiled


@compiled
def set_lanes(indptr: LongArray, member: IntArray, plane: WordArray) -> None:
    """Write each set into the lane of its place: set i in bit i % 64 of word i // 64."""
    for i in range(len(indptr) - 1):
        bit = np.uint64(1) << np.uint64(i & 63)
        for p in range(indptr[i], indptr[i + 1]):
            plane[member[p], i >> 6] |= bit


@compiled
def add_lost_weight(
    plane: WordArray, node: IntArray, weight: FloatArray, total: FloatArray
) -> None:
    """Add to `total` (64 W,) the weight of the listed nodes whose bit is 0, in their order."""
    for w in range(plane.shape[1]):
        lane = total[64 * w : 64 * w + 64]
        for i in range(len(node)):
            lost = ~plane[node[i], w]
            if lost == np.uint64(0):
                continue
            for s in range(64):
                lane[s] += weight[i] * np.float64((lost >> np.uint64(s)) & np.uint64(1))
