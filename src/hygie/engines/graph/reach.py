"""Who can reach a target, in how many steps, and by which way?"""

import numpy as np

from hygie.engines.graph.csr import as_mask, as_nodes
from hygie.engines.graph.kernels.reach import breadth_first, lightest_first
from hygie.engines.graph.types import NONE, BoolArray, Csr, GraphError, IntArray, Reach

_NO_ROWS = Csr(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32), 0)
_FARTHEST = np.iinfo(np.int32).max


def reverse_reach(
    csr_reversed: Csr,
    targets: IntArray,
    *,
    forward: Csr | None = None,
    blocked_edges: BoolArray | None = None,
    blocked_nodes: BoolArray | None = None,
) -> Reach:
    """Find a shortest path from every node to its nearest target, in one search.

    Given rows that are not reversed, it tells the same from the "targets" to every node.

    Args:
        csr_reversed: rows by target (`csr_from_edges(…, reverse=True)`).
        targets: (k,) nodes to reach; repeated ones count once.
        forward: `transposed(csr_reversed)`, where a dozen searches are worth making it: the answer
            is the same, found in about half the time where most nodes have a path.
        blocked_edges: (m,) edges nobody can take; none when None.
        blocked_nodes: (n,) nodes nobody can stand on, targets included; none when None.

    Returns:
        Distance in edges and one witness path a node. Among shortest paths the next node is the
        smallest one possible, and among parallel edges the first of the table.

    Raises:
        GraphError: a target out of range, a mask of another length, `forward` of another graph.

    Cost: O(n + m) time, 4 bytes a node beyond the 12 of the answer.
    Source: breadth-first search; Beamer, Asanović, Patterson 2012; docs/engines/graph.md §2.
    """
    other = _NO_ROWS if forward is None else forward
    if forward is not None and (
        len(forward.indptr) != len(csr_reversed.indptr)
        or len(forward.indices) != len(csr_reversed.indices)
    ):
        raise GraphError("forward: not the same graph by its other end")
    nodes = csr_reversed.nodes
    distance = np.full(nodes, NONE, np.int32)
    reach = Reach(distance, np.empty(nodes, np.int32), np.empty(nodes, np.int32))
    breadth_first(
        csr_reversed.indptr,
        csr_reversed.indices,
        csr_reversed.edge,
        other.indptr,
        other.indices,
        other.edge,
        as_nodes("targets", targets, csr_reversed.nodes),
        as_mask("blocked_edges", blocked_edges, csr_reversed.table),
        as_mask("blocked_nodes", blocked_nodes, csr_reversed.nodes),
        reach.distance,
        reach.next_node,
        reach.next_edge,
    )
    return reach


def weighted_reach(
    csr_reversed: Csr,
    targets: IntArray,
    weight: IntArray,
    *,
    blocked_edges: BoolArray | None = None,
    blocked_nodes: BoolArray | None = None,
) -> Reach:
    """Find a lightest path from every node to its nearest target, for small whole weights.

    Args:
        csr_reversed, targets, blocked_edges, blocked_nodes: as for `reverse_reach`.
        weight: (m,) weight of each edge, 0 or more; (n - 1) x the heaviest must stay below 2³¹.

    Returns:
        Distance in weight. Among lightest paths the first one found: the same input gives the same
        answer, but no rule in terms of positions is promised.

    Raises:
        GraphError: as `reverse_reach`, a weight that is negative, not whole, or too heavy.

    Cost: O(n + m + farthest distance) time, 21 bytes a node and 8 a unit of the heaviest weight.
    Source: Dial 1969, Algorithm 360; docs/engines/graph.md §2.
    """
    given = np.asarray(weight)
    if given.shape != (csr_reversed.table,) or given.dtype.kind not in "iu":
        what = f"{given.dtype} of shape {given.shape}"
        raise GraphError(f"weight: {what}, not {csr_reversed.table} integers")
    lightest, heaviest = (int(given.min()), int(given.max())) if len(given) else (0, 0)
    if lightest < 0:
        raise GraphError(f"weight: {lightest} at position {given.argmin()} is negative")
    if heaviest * max(csr_reversed.nodes - 1, 1) > _FARTHEST:
        raise GraphError(f"weight: {heaviest} is too heavy for {csr_reversed.nodes} nodes")
    reach = _unreached(csr_reversed.nodes)
    lightest_first(
        csr_reversed.indptr,
        csr_reversed.indices,
        csr_reversed.edge,
        as_nodes("targets", targets, csr_reversed.nodes),
        np.ascontiguousarray(given, np.int32),
        heaviest,
        as_mask("blocked_edges", blocked_edges, csr_reversed.table),
        as_mask("blocked_nodes", blocked_nodes, csr_reversed.nodes),
        reach.distance,
        reach.next_node,
        reach.next_edge,
    )
    return reach


def _unreached(nodes: int) -> Reach:
    return Reach(*(np.full(nodes, NONE, np.int32) for _ in range(3)))
