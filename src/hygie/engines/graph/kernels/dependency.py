"""How many shortest paths are there, and how does the weight of sources flow down them?

Counts of paths double at each level of a large graph: they are kept as `count * 2^(500 * scale)`,
so that no number of paths is too large.
"""

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import BoolArray, FloatArray, IntArray, LongArray

_LARGE = 2.0**500
_SMALL = 2.0**-500


@compiled
def count_paths(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    distance: IntArray,
    order: IntArray,
    blocked_edges: BoolArray,
    count: FloatArray,
    scale: IntArray,
) -> None:
    """Fill `count` and `scale` (n,), zeros before: shortest paths from each node to the targets.

    `order` (k,) holds the nodes that have a distance, nearest first.
    """
    check_edges = len(blocked_edges) > 0
    for v in order:
        level = distance[v]
        if level == 0:
            count[v] = 1.0
        elif count[v] > _LARGE:
            count[v] *= _SMALL
            scale[v] += 1
        for p in range(indptr[v], indptr[v + 1]):
            u = indices[p]
            if distance[u] != level + 1 or (check_edges and blocked_edges[edge[p]]):
                continue
            if scale[u] == scale[v]:
                count[u] += count[v]
            elif scale[u] < scale[v]:
                if scale[v] - scale[u] > 1:
                    count[u] = 0.0
                count[u] = count[u] * _SMALL + count[v]
                scale[u] = scale[v]
            elif scale[u] - scale[v] == 1:
                count[u] += count[v] * _SMALL


@compiled
def flow_down(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    distance: IntArray,
    order: IntArray,
    blocked_edges: BoolArray,
    count: FloatArray,
    scale: IntArray,
    flow: FloatArray,
    through: FloatArray,
    through_edge: FloatArray,
) -> None:
    """Send the weight of each node down its shortest paths in equal parts.

    `flow` (n,) holds the weights before, and what leaves each node after; `through` (n,) gets what
    came into the node, `through_edge` (m,) what took the edge.
    """
    check_edges = len(blocked_edges) > 0
    for i in range(len(order) - 1, -1, -1):
        v = order[i]
        level = distance[v]
        came = 0.0
        for p in range(indptr[v], indptr[v + 1]):
            u = indices[p]
            if distance[u] != level + 1 or flow[u] == 0.0:
                continue
            if check_edges and blocked_edges[edge[p]]:
                continue
            part = count[v] / count[u]
            apart = scale[u] - scale[v]
            if apart > 2:
                part = 0.0
            else:
                for _ in range(apart):
                    part *= _SMALL
            part *= flow[u]
            through_edge[edge[p]] = part
            came += part
        through[v] = came
        flow[v] += came
