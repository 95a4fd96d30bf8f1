"""On which nodes and edges do the shortest paths to the targets lean most?"""

import numpy as np

from hygie.engines.graph.csr import as_mask, as_weights
from hygie.engines.graph.kernels.dependency import count_paths, flow_down
from hygie.engines.graph.kernels.reach import order_by_distance
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import BoolArray, Csr, Dependency, FloatArray, IntArray


def shortest_path_dependency(
    csr_reversed: Csr,
    targets: IntArray,
    weight: FloatArray,
    *,
    blocked_edges: BoolArray | None = None,
    blocked_nodes: BoolArray | None = None,
) -> Dependency:
    """Share out each source over all its shortest paths, and add up what passes where.

    A source of weight w sends w / s down each of its s shortest paths to the nearest targets.
    Parallel edges make distinct paths.

    Args:
        csr_reversed, targets, blocked_edges, blocked_nodes: as for `reverse_reach`.
        weight: (n,) weight of each node as a source, 0 or more; that of targets is not counted.

    Returns:
        Shares of the total weight of sources with a path; zeros when there is none.

    Raises:
        GraphError: as `reverse_reach`, a weight that is negative or not finite.

    Cost: O(n + m) time; 44 bytes a node and 8 an edge of the table.
    Source: Brandes 2001, accumulation restricted to a set of targets; docs/engines/graph.md §4.
    """
    nodes = csr_reversed.nodes
    flow = as_weights("weight", weight, nodes).copy()
    reach = reverse_reach(
        csr_reversed, targets, blocked_edges=blocked_edges, blocked_nodes=blocked_nodes
    )
    blocked = as_mask("blocked_edges", blocked_edges, csr_reversed.table)
    total = float(flow[reach.distance > 0].sum())
    order = np.empty(nodes, np.int32)
    order = order[: order_by_distance(reach.distance, order)]
    rows = csr_reversed.indptr, csr_reversed.indices, csr_reversed.edge, reach.distance, order
    count, scale = np.zeros(nodes, np.float64), np.zeros(nodes, np.int32)
    count_paths(*rows, blocked, count, scale)
    node, edge = np.zeros(nodes, np.float64), np.zeros(csr_reversed.table, np.float64)
    flow_down(*rows, blocked, count, scale, flow, node, edge)
    if total > 0:
        node /= total
        edge /= total
    return Dependency(node, edge, total)
