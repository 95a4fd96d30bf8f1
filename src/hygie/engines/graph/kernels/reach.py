"""How far is each node from the targets, and which edge comes next on its way?

Rows are those of the reversed graph. Empty masks block nothing. `distance`, `next_node` and
`next_edge` (n,) come in full of -1.
"""

from typing import NamedTuple

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import BoolArray, IntArray, LongArray


@compiled
def sort_short(values: IntArray) -> None:
    """Sort a short row in place, ascending (Shell's method)."""
    gap = 1
    while gap < len(values) // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, len(values)):
            value = values[i]
            j = i
            while j >= gap and values[j - gap] > value:
                values[j] = values[j - gap]
                j -= gap
            values[j] = value
        gap //= 3


@compiled
def start_at(
    targets: IntArray, blocked_nodes: BoolArray, seen: LongArray, distance: IntArray,
    queue: IntArray,
) -> int:  # fmt: skip
    """Mark what is blocked as seen, queue each target once; returns how many are queued."""
    one = np.int64(1)
    for node in range(len(blocked_nodes)):
        if blocked_nodes[node]:
            seen[node >> 6] |= one << (node & 63)
    tail = 0
    for target in targets:
        if (seen[target >> 6] >> (target & 63)) & 1 == 0:
            seen[target >> 6] |= one << (target & 63)
            distance[target] = 0
            queue[tail] = target
            tail += 1
    return tail


@compiled
def visit_row(
    u: int,
    depth: int,
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    blocked_edges: BoolArray,
    seen: LongArray,
    distance: IntArray,
    next_node: IntArray,
    next_edge: IntArray,
    queue: IntArray,
    tail: int,
) -> int:
    """Queue the neighbours not seen yet, one step further than `depth`; returns the new tail."""
    check_edges = len(blocked_edges) > 0
    one = np.int64(1)
    for p in range(indptr[u], indptr[u + 1]):
        v = indices[p]
        word = seen[v >> 6]
        if (word >> (v & 63)) & 1 == 0 and not (check_edges and blocked_edges[edge[p]]):
            seen[v >> 6] = word | (one << (v & 63))
            distance[v] = depth + 1
            next_node[v] = u
            next_edge[v] = edge[p]
            queue[tail] = v
            tail += 1
    return tail


@compiled
def breadth_first(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    targets: IntArray,
    blocked_edges: BoolArray,
    blocked_nodes: BoolArray,
    distance: IntArray,
    next_node: IntArray,
    next_edge: IntArray,
) -> None:
    """Search level by level, each level in ascending order of nodes.

    The order makes the witness the smallest next node, then the smallest edge; it also makes the
    reads of rows sequential, which is most of the speed. "Seen" is one bit a node, so that the test
    made for each edge stays in the cache of the core. A level of more than n/32 nodes is found by
    scanning `distance`, a smaller one is sorted.
    """
    nodes = len(indptr) - 1
    queue = np.empty(nodes, np.int32)
    seen = np.zeros((nodes >> 6) + 1, np.int64)
    tail = start_at(targets, blocked_nodes, seen, distance, queue)
    head = 0
    while head < tail:
        end = tail
        depth = distance[queue[head]]
        if end - head > nodes >> 5:
            for u in range(nodes):
                if distance[u] == depth:
                    tail = visit_row(
                        u, depth, indptr, indices, edge, blocked_edges, seen, distance,
                        next_node, next_edge, queue, tail,
                    )  # fmt: skip
        else:
            sort_short(queue[head:end])
            for i in range(head, end):
                tail = visit_row(
                    int(queue[i]), depth, indptr, indices, edge, blocked_edges, seen, distance,
                    next_node, next_edge, queue, tail,
                )  # fmt: skip
        head = end


class Buckets(NamedTuple):
    """A ring of doubly linked lists of nodes, first in first out; -1 = none."""

    first: IntArray
    last: IntArray
    before: IntArray
    after: IntArray


@compiled
def put(buckets: Buckets, bucket: int, node: int) -> None:
    """Add a node at the end of a bucket."""
    end = buckets.last[bucket]
    buckets.before[node] = end
    buckets.after[node] = -1
    if end >= 0:
        buckets.after[end] = node
    else:
        buckets.first[bucket] = node
    buckets.last[bucket] = node


@compiled
def take(buckets: Buckets, bucket: int, node: int) -> None:
    """Take a node out of its bucket."""
    before, after = buckets.before[node], buckets.after[node]
    if before >= 0:
        buckets.after[before] = after
    else:
        buckets.first[bucket] = after
    if after >= 0:
        buckets.before[after] = before
    else:
        buckets.last[bucket] = before


@compiled
def lightest_first(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    targets: IntArray,
    weight: IntArray,
    heaviest: int,
    blocked_edges: BoolArray,
    blocked_nodes: BoolArray,
    distance: IntArray,
    next_node: IntArray,
    next_edge: IntArray,
) -> None:
    """Search by increasing weight with a ring of `heaviest + 1` buckets (Dial).

    A node sits in one bucket at most: memory does not depend on the number of edges.
    """
    nodes = len(indptr) - 1
    ring = heaviest + 1
    buckets = Buckets(
        np.full(ring, -1, np.int32),
        np.full(ring, -1, np.int32),
        np.empty(nodes, np.int32),
        np.empty(nodes, np.int32),
    )
    settled = np.zeros(nodes, np.bool_)
    for node in range(len(blocked_nodes)):
        settled[node] = blocked_nodes[node]
    check_edges = len(blocked_edges) > 0
    waiting = 0
    for target in targets:
        if distance[target] < 0 and not settled[target]:
            distance[target] = 0
            put(buckets, 0, target)
            waiting += 1
    reached = 0
    while waiting > 0:
        u = buckets.first[reached % ring]
        if u < 0:
            reached += 1
            continue
        take(buckets, reached % ring, u)
        settled[u] = True
        waiting -= 1
        for p in range(indptr[u], indptr[u + 1]):
            v = indices[p]
            if settled[v] or (check_edges and blocked_edges[edge[p]]):
                continue
            length = reached + weight[edge[p]]
            if distance[v] < 0:
                waiting += 1
            elif length < distance[v]:
                take(buckets, distance[v] % ring, v)
            else:
                continue
            distance[v] = length
            next_node[v] = u
            next_edge[v] = edge[p]
            put(buckets, length % ring, v)


@compiled
def order_by_distance(distance: IntArray, order: IntArray) -> int:
    """Fill `order` (n,) with the nodes that have a distance, nearest first, then ascending.

    Returns how many they are.
    """
    farthest = -1
    for node in range(len(distance)):
        if distance[node] > farthest:
            farthest = distance[node]
    start = np.zeros(farthest + 2, np.int64)
    for node in range(len(distance)):
        if distance[node] >= 0:
            start[distance[node] + 1] += 1
    for level in range(farthest + 1):
        start[level + 1] += start[level]
    reached = int(start[farthest + 1])
    for node in range(len(distance)):
        if distance[node] >= 0:
            order[start[distance[node]]] = node
            start[distance[node]] += 1
    return reached
