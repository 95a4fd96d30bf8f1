"""What is the cheapest set of edges whose loss leaves no path from the sources to the sinks?"""

import math
from dataclasses import dataclass

import numpy as np

from hygie.engines.graph.csr import as_indices, as_nodes, csr_from_edges, transposed
from hygie.engines.graph.kernels.flow import merge_parallel, pair_arcs, saturate
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import (
    NONE,
    BoolArray,
    FloatArray,
    GraphError,
    IntArray,
    LongArray,
    MinimumCut,
)

_SOURCE, _SINK, _FIRST_OTHER = 0, 1, 2
_NOTHING: IntArray = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class _Network:
    """Edges in which a group is one edge of its own, between two edges that cannot be cut.

    `owner` (m',) tells, for the edges of groups, which group falls with them; -1 for the others,
    which keep their position in the caller's table.
    """

    n: int
    source: IntArray
    target: IntArray
    capacity: FloatArray
    owner: IntArray


def minimum_cut(
    n: int,
    source: IntArray,
    target: IntArray,
    capacity: FloatArray,
    sources: IntArray,
    sinks: IntArray,
    *,
    group: IntArray | None = None,
) -> MinimumCut:
    """Find the cheapest edges that every path from a source to a sink takes one of.

    Args:
        n: number of nodes.
        source, target: (m,) ends of each edge.
        capacity: (m,) what cutting it costs, 0 or more; inf = it cannot be cut.
        sources, sinks: (k,) nodes; none may be both.
        group: (m,) edges with the same number, 0 or more, fall together for the capacity that each
            of them states; -1 = alone. Edges of a group must share their source or their target:
            all rights of one holder, all ways into one object. (With any other shape the question
            is NP-hard; §6 of the document says how to model what is needed.)

    Returns:
        The cut nearest to the sinks among the cheapest. Proven: flow and cut have the same value,
        and a search without the cut edges found no path.

    Raises:
        GraphError: ends, nodes or lengths are wrong; a capacity is negative or not a number; a
            group has two capacities, or shares neither end; a node is source and sink; or the
            proof failed, which would be a defect of this engine.

    Cost: O(n + m) to keep what lies on a path and to merge sources, sinks, and parallel edges, then
        Dinic, O(N² A) at worst on the N nodes and A arcs left, near linear in practice.
    Source: Ford and Fulkerson 1956; Dinic 1970; docs/engines/graph.md §6.
    """
    source, target = as_indices("source", source), as_indices("target", target)
    sources, sinks = as_nodes("sources", sources, n), as_nodes("sinks", sinks, n)
    cost = _capacities(capacity, len(source))
    both = np.intersect1d(sources, sinks)
    if len(both):
        raise GraphError(f"node {both[0]} is a source and a sink: no cut can part them")
    backward = csr_from_edges(n, source, target, reverse=True)
    network = _network(n, source, target, cost, group)
    label = _labels(network, sources, sinks)
    if label is None:
        return MinimumCut(math.inf, _NOTHING, is_finite=False)
    flow, is_sink_side = _cut_sides(network, label)
    cut = np.flatnonzero(
        (label[network.source] >= 0)
        & (label[network.target] >= 0)
        & ~is_sink_side[label[network.source]]
        & is_sink_side[label[network.target]]
    )
    value = math.fsum(network.capacity[cut])
    if not math.isclose(value, flow, rel_tol=1e-9, abs_tol=1e-9):
        raise GraphError(f"a flow of {flow} does not prove a cut of {value}")
    edges = _edges_of(network, cut, group, len(source))
    blocked = np.zeros(len(source), np.bool_)
    blocked[edges] = True
    if (reverse_reach(backward, sinks, blocked_edges=blocked).distance[sources] >= 0).any():
        raise GraphError(f"a path is left once the {len(edges)} edges of the cut are removed")
    return MinimumCut(value, edges, is_finite=True)


def _capacities(capacity: FloatArray, length: int) -> FloatArray:
    given = np.ascontiguousarray(capacity, np.float64)
    if given.shape != (length,):
        raise GraphError(f"capacity: shape {given.shape}, not {length} values")
    wrong = np.flatnonzero(~(given >= 0))
    if len(wrong):
        raise GraphError(f"capacity: {given[wrong[0]]} at position {wrong[0]}, not 0 or more")
    return given


def _network(
    n: int, source: IntArray, target: IntArray, cost: FloatArray, group: IntArray | None
) -> _Network:
    """Give each group a node of its own beside the end its edges share, and an edge between."""
    m = len(source)
    if group is None:
        return _Network(n, source, target, cost, np.full(m, NONE, np.int32))
    numbers = as_indices("group", group)
    if len(numbers) != m:
        raise GraphError(f"group: {len(numbers)} numbers for {m} edges")
    member = np.flatnonzero(numbers >= 0)
    ids, first, of_member = np.unique(numbers[member], return_index=True, return_inverse=True)
    leader = member[first]
    uneven = np.flatnonzero(cost[member] != cost[leader][of_member])
    if len(uneven):
        raise GraphError(f"group {numbers[member[uneven[0]]]} has two capacities")
    into_one = np.ones(len(ids), np.bool_)
    into_one[of_member[target[member] != target[leader][of_member]]] = False
    from_one = np.ones(len(ids), np.bool_)
    from_one[of_member[source[member] != source[leader][of_member]]] = False
    spread = np.flatnonzero(~into_one & ~from_one)
    if len(spread):
        raise GraphError(f"group {ids[spread[0]]}: its edges share neither source nor target")
    hub = n + np.arange(len(ids), dtype=np.int32)
    member_in, hub_of = into_one[of_member], hub[of_member]
    new_source, new_target, new_cost = source.copy(), target.copy(), cost.copy()
    new_target[member[member_in]] = hub_of[member_in]
    new_source[member[~member_in]] = hub_of[~member_in]
    new_cost[member] = math.inf
    return _Network(
        n + len(ids),
        np.concatenate([new_source, np.where(into_one, hub, source[leader]).astype(np.int32)]),
        np.concatenate([new_target, np.where(into_one, target[leader], hub).astype(np.int32)]),
        np.concatenate([new_cost, cost[leader]]),
        np.concatenate([np.full(m, NONE, np.int32), ids.astype(np.int32)]),
    )


def _labels(network: _Network, sources: IntArray, sinks: IntArray) -> IntArray | None:
    """Number the nodes of the network that matter: 0 with the sources, 1 with the sinks, then 2….

    -1 = on no path. Whatever no cut can part from the sources, or from the sinks, is one with them.
    None = the two cannot be parted.
    """
    relevant = _reached(network, sources, None, reverse=False)
    relevant &= _reached(network, sinks, None, reverse=True)
    fixed = np.isinf(network.capacity) & relevant[network.source] & relevant[network.target]
    with_source = _reached(network, sources, fixed, reverse=False) & relevant
    with_sink = _reached(network, sinks, fixed, reverse=True) & relevant
    if (with_source & with_sink).any():
        return None
    label = np.full(network.n, NONE, np.int32)
    others = np.flatnonzero(relevant & ~with_source & ~with_sink)
    label[others] = np.arange(_FIRST_OTHER, _FIRST_OTHER + len(others))
    label[with_source] = _SOURCE
    label[with_sink] = _SINK
    return label


def _reached(
    network: _Network, starts: IntArray, keep: BoolArray | None, *, reverse: bool
) -> BoolArray:
    rows = csr_from_edges(network.n, network.source, network.target, reverse=reverse, keep=keep)
    found: BoolArray = reverse_reach(rows, starts).distance >= 0
    return found


def _cut_sides(network: _Network, label: IntArray) -> tuple[float, BoolArray]:
    """Give the flow, and for each label whether it is on the side of the sinks."""
    count = max(int(label.max(initial=NONE)) + 1, _FIRST_OTHER)
    tail, head = label[network.source], label[network.target]
    keep = (tail >= 0) & (head >= 0) & (tail != head) & (head != _SOURCE) & (tail != _SINK)
    tail, head = np.maximum(tail, 0), np.maximum(head, 0)  # those left out are anywhere in range
    rows = transposed(csr_from_edges(count, tail, head, reverse=True, keep=keep))
    arcs = len(rows.indices)
    down, up = np.empty(arcs, np.int32), np.empty(arcs, np.int32)
    total = np.empty(arcs, np.float64)
    table = rows.indptr, rows.indices, rows.edge, network.capacity
    arcs = merge_parallel(*table, down, up, total)
    if 2 * arcs > np.iinfo(np.int32).max:
        raise GraphError(f"{arcs} arcs are left between sources and sinks: too many")
    indptr: LongArray = np.zeros(count + 1, np.int64)
    ends, mate = np.empty(2 * arcs, np.int32), np.empty(2 * arcs, np.int32)
    room = np.empty(2 * arcs, np.float64)
    pair_arcs(down[:arcs], up[:arcs], total[:arcs], indptr, ends, mate, room)
    level, queue = np.empty(count, np.int32), np.empty(count, np.int32)
    flow = saturate(indptr, ends, mate, room, level, queue)
    return flow, level >= 0


def _edges_of(network: _Network, cut: LongArray, group: IntArray | None, table: int) -> IntArray:
    """Translate the cut of the network into positions of the caller's table."""
    alone = cut[cut < table]
    if group is None:
        return alone.astype(np.int32)
    fallen = np.isin(group, network.owner[cut[cut >= table]])
    return np.union1d(alone, np.flatnonzero(fallen)).astype(np.int32)
