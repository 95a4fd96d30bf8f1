"""In which order are changes worth making, and what is left exposed after each?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.graph.csr import as_indices, as_mask, as_nodes, as_weights, transposed
from hygie.engines.graph.kernels.reach import order_by_distance
from hygie.engines.graph.kernels.removal import Changes, Rows, Tree, best_change, bounds, lay_out
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import (
    NONE,
    BoolArray,
    Csr,
    FloatArray,
    GraphError,
    IntArray,
    Reach,
    Removal,
)


def greedy_removals(
    csr_reversed: Csr,
    changes: Sequence[IntArray],
    cost: FloatArray,
    weight: FloatArray,
    targets: IntArray,
    *,
    steps: int,
    budget: float = np.inf,
    blocked_edges: BoolArray | None = None,
    cross_plateaus: bool = False,
) -> list[Removal]:
    """Choose changes one by one, each time the one that frees most weight for its cost.

    A change may free little alone and much after another one: the effect is not submodular, so an
    earlier gain bounds no later one. What bounds a gain is the weight whose witness path takes an
    edge of the change: changes are tried by falling bound per cost, each gain measured on the graph
    as it then is, until no bound left can beat the best gain. The choice is thus the one of a full
    trial of every change, at each step.

    Args:
        csr_reversed: rows by target.
        changes: for each change, (k,) positions of the edges that it removes.
        cost: (c,) of each change, above 0.
        weight: (n,) what each node counts for when it has a path; targets do not count.
        targets: (k,) nodes to protect.
        steps: at most so many changes.
        budget: at most this cost in all.
        blocked_edges: (m,) edges already removed.
        cross_plateaus: when no change frees anything alone, whether to take the one that most
            weight per cost has its witness path through, and go on, instead of stopping.

    Returns:
        The changes in order; after each, what is exposed as a whole new search tells.

    Raises:
        GraphError: an argument is wrong; or a new search contradicts a predicted gain, which would
            be a defect of this engine.

    Cost: a step is O(n + m) for the search, plus the rows of the nodes below the changes tried: at
        most m x the mean length of paths when no two changes share an edge.
    Source: docs/engines/graph.md §7.
    """
    given = _changes(changes, cost, csr_reversed.table)
    counted = as_weights("weight", weight, csr_reversed.nodes).copy()
    counted[as_nodes("targets", targets, csr_reversed.nodes)] = 0.0
    blocked = as_mask("blocked_edges", blocked_edges, csr_reversed.table)
    blocked = blocked.copy() if len(blocked) else np.zeros(csr_reversed.table, np.bool_)
    into = Rows(csr_reversed.indptr, csr_reversed.indices, csr_reversed.edge)
    forward = transposed(csr_reversed)
    out = Rows(forward.indptr, forward.indices, forward.edge)
    tail = np.full(csr_reversed.table, NONE, np.int32)
    tail[csr_reversed.edge] = csr_reversed.indices
    reach = reverse_reach(csr_reversed, targets, forward=forward, blocked_edges=blocked)
    exposed, spent = _exposed(reach, counted), 0.0
    answer: list[Removal] = []
    while exposed > 0 and len(answer) < steps:
        tree = _tree(reach, tail, counted)
        bound = np.empty(len(changes), np.float64)
        bounds(given, tree, bound)
        possible = np.flatnonzero((bound > 0) & (given.cost <= budget - spent))
        possible = possible[np.argsort(-bound[possible] / given.cost[possible], kind="stable")]
        slack = exposed * 1e-12  # sums of weights that are not whole numbers round
        change, gain = best_change(possible, bound, slack, given, tree, out, into, blocked, counted)
        if change < 0:
            if not cross_plateaus or not len(possible):
                break
            change = int(possible[0])
        blocked[changes[change]] = True
        reach = reverse_reach(csr_reversed, targets, forward=forward, blocked_edges=blocked)
        left = _exposed(reach, counted)
        if not np.isclose(exposed - left, gain, rtol=1e-9, atol=1e-9 * exposed):
            raise GraphError(f"change {change}: {gain} expected, a search shows {exposed - left}")
        spent += float(given.cost[change])
        answer.append(Removal(change, exposed - left, left, spent))
        exposed = left
    return answer


def _changes(changes: Sequence[IntArray], cost: FloatArray, table: int) -> Changes:
    costs = as_weights("cost", cost, len(changes))
    if (costs <= 0).any():
        raise GraphError(f"cost: change {np.flatnonzero(costs <= 0)[0]} is free, it must cost")
    start = np.zeros(len(changes) + 1, np.int64)
    np.cumsum([len(edges) for edges in changes], out=start[1:])
    edges = as_indices("changes", np.concatenate([np.zeros(0, np.int32), *changes]))
    wrong = np.flatnonzero((edges < 0) | (edges >= table))
    if len(wrong):
        change = int(np.searchsorted(start, wrong[0], side="right")) - 1
        raise GraphError(f"change {change}: edge {edges[wrong[0]]} of {table}")
    return Changes(start, edges, costs)


def _exposed(reach: Reach, counted: FloatArray) -> float:
    return float(counted[reach.distance > 0].sum())


def _tree(reach: Reach, tail: IntArray, counted: FloatArray) -> Tree:
    nodes = len(reach.distance)
    order = np.empty(nodes, np.int32)
    order = order[: order_by_distance(reach.distance, order)]
    start, size = np.zeros(nodes, np.int32), np.zeros(nodes, np.int32)
    preorder = np.empty(len(order), np.int32)
    lay_out(order, reach.next_node, start, size, preorder)
    below = np.zeros(len(order) + 1, np.float64)
    np.cumsum(counted[preorder], out=below[1:])
    return Tree(tail, reach.distance, reach.next_edge, start, size, preorder, below)
