"""How far is each node from the targets, and which edge comes next on its way?

Rows are those of the reversed graph. Empty masks block nothing. `distance` (n,) comes in full of
-1.
"""

from typing import NamedTuple

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import BoolArray, IntArray, LongArray, WordArray

# Number of the only bit set in a word: what stands on top once a De Bruijn number is moved by it.
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_BIT_NUMBER = np.empty(64, np.int64)
for _number in range(64):
    _BIT_NUMBER[(0x03F79D71B4CB0A89 << _number & (1 << 64) - 1) >> 58] = _number


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
    targets: IntArray, blocked_nodes: BoolArray, seen: WordArray, fresh: WordArray, queue: IntArray
) -> int:
    """Mark as seen what is blocked and what is no node, queue each target; returns how many."""
    for node in range(len(queue), len(seen) << 6):
        seen[node >> 6] |= np.uint64(1) << np.uint64(node & 63)
    for node in range(len(blocked_nodes)):
        if blocked_nodes[node]:
            seen[node >> 6] |= np.uint64(1) << np.uint64(node & 63)
    tail = 0
    for target in targets:
        bit = np.uint64(1) << np.uint64(target & 63)
        if seen[target >> 6] & bit == np.uint64(0):
            seen[target >> 6] |= bit
            fresh[target >> 6] |= bit
            queue[tail] = target
            tail += 1
    return tail


@compiled
def order_level(
    queue: IntArray, head: int, end: int, depth: int, fresh: WordArray, distance: IntArray
) -> None:
    """Put one level of the queue in ascending order, tell its distance, clear its `fresh` bits."""
    if end - head <= len(fresh) >> 3:
        sort_short(queue[head:end])
        for i in range(head, end):
            fresh[queue[i] >> 6] = np.uint64(0)
    else:
        place = head
        for w in range(len(fresh)):
            word = fresh[w]
            fresh[w] = np.uint64(0)
            while word != np.uint64(0):
                low = word & (~word + np.uint64(1))
                queue[place] = (w << 6) + _BIT_NUMBER[(low * _DE_BRUIJN) >> np.uint64(58)]
                place += 1
                word ^= low
    for i in range(head, end):
        distance[queue[i]] = depth


@compiled
def spread_level(
    head: int,
    end: int,
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    blocked_edges: BoolArray,
    seen: WordArray,
    fresh: WordArray,
    step: LongArray,
    queue: IntArray,
) -> int:
    """Queue what leads to the level and is not seen yet; returns the new end of the queue."""
    check_edges = len(blocked_edges) > 0
    tail = end
    for i in range(head, end):
        u = np.int64(queue[i]) << 32
        for p in range(indptr[queue[i]], indptr[queue[i] + 1]):
            v = np.uint32(indices[p])
            bit = np.uint64(1) << np.uint64(v & np.uint32(63))
            word = seen[v >> np.uint32(6)]
            if word & bit == np.uint64(0):
                if check_edges and blocked_edges[edge[p]]:
                    continue
                seen[v >> np.uint32(6)] = word | bit
                fresh[v >> np.uint32(6)] |= bit
                step[v] = u | edge[p]
                queue[tail] = v
                tail += 1
    return tail


@compiled
def first_seen(p: int, stop: int, indices: IntArray, seen: WordArray) -> int:
    """Place of the first neighbour that is seen, from p on, `stop` when there is none.

    Four are tested at a time and without a branch: which of them it is cannot be foreseen, and a
    wrong guess costs the core more than three tests.
    """
    while p + 4 <= stop:
        hits = np.uint64(0)
        for k in range(4):
            v = np.uint32(indices[p + k])
            word = seen[v >> np.uint32(6)] >> np.uint64(v & np.uint32(63))
            hits |= (word & np.uint64(1)) << np.uint64(k)
        if hits != np.uint64(0):
            low = hits & (~hits + np.uint64(1))
            return p + int(low >> np.uint64(1)) - int(low >> np.uint64(3))
        p += 4
    while p < stop:
        v = np.uint32(indices[p])
        if (seen[v >> np.uint32(6)] >> np.uint64(v & np.uint32(63))) & np.uint64(1) != np.uint64(0):
            return p
        p += 1
    return stop


@compiled
def look_for_level(
    end: int,
    depth: int,
    out_indptr: LongArray,
    out_indices: IntArray,
    out_edge: IntArray,
    blocked_edges: BoolArray,
    blocked_nodes: BoolArray,
    seen: WordArray,
    fresh: WordArray,
    step: LongArray,
    distance: IntArray,
    queue: IntArray,
) -> int:
    """The same from the other side: each node not seen yet looks for one of the level.

    Whatever it can step to and that is seen is of the level, or blocked: were it nearer, the node
    would be seen. Rows stand by neighbour, so the first one found is the smallest. The nodes found,
    at `depth`, are queued in ascending order.
    """
    check_edges, check_nodes = len(blocked_edges) > 0, len(blocked_nodes) > 0
    tail = end
    for w in range(len(seen)):
        unseen = ~seen[w]
        while unseen != np.uint64(0):
            low = unseen & (~unseen + np.uint64(1))
            unseen ^= low
            u = (w << 6) + _BIT_NUMBER[(low * _DE_BRUIJN) >> np.uint64(58)]
            stop = out_indptr[u + 1]
            p = first_seen(out_indptr[u], stop, out_indices, seen)
            while p < stop and (
                (check_nodes and blocked_nodes[out_indices[p]])
                or (check_edges and blocked_edges[out_edge[p]])
            ):
                p = first_seen(p + 1, stop, out_indices, seen)
            if p < stop:
                fresh[w] |= low
                step[u] = (np.int64(out_indices[p]) << 32) | out_edge[p]
                distance[u] = depth
                queue[tail] = u
                tail += 1
    for w in range(len(seen)):
        seen[w] |= fresh[w]
        fresh[w] = np.uint64(0)
    return tail


@compiled
def is_wide(head: int, end: int, queue: IntArray, indptr: LongArray, out_indptr: LongArray) -> bool:
    """Whether less has to be read by looking for the level than by spreading from it.

    Spreading reads the k edges into the level. A node looking reads m / k edges until it meets
    one of them, if edges are alike, and its row at most. Some thousand nodes tell k well enough.
    """
    nodes, edges = len(indptr) - 1, indptr[-1]
    if len(out_indptr) == 0 or edges == 0:
        return False
    into = 0
    stride = 1 + (end - head) // 4096
    for i in range(head, end, stride):
        into += (indptr[queue[i] + 1] - indptr[queue[i]]) * stride
    return bool((nodes - end) * min(edges / nodes, edges / max(into, 1)) < into)


@compiled
def breadth_first(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    out_indptr: LongArray,
    out_indices: IntArray,
    out_edge: IntArray,
    targets: IntArray,
    blocked_edges: BoolArray,
    blocked_nodes: BoolArray,
    distance: IntArray,
    next_node: IntArray,
    next_edge: IntArray,
) -> None:
    """Search level by level, each level in ascending order of nodes.

    The order makes the witness the smallest next node, then the smallest edge; it also makes the
    reads of rows sequential. "Seen" is one bit a node, so that the test made for each edge stays in
    the cache of the core; what is told of a node found is one word, so one miss. `out_…` are the
    same edges by their other end and by neighbour, or empty: with them, a level that much leads to
    is looked for by the nodes not seen yet.
    """
    nodes = len(indptr) - 1
    queue = np.empty(nodes, np.int32)
    step = np.full(nodes, -1, np.int64)
    seen = np.zeros((nodes + 63) >> 6, np.uint64)
    fresh = np.zeros((nodes + 63) >> 6, np.uint64)
    depth = 0
    head = 0
    tail = start_at(targets, blocked_nodes, seen, fresh, queue)
    order_level(queue, head, tail, depth, fresh, distance)
    while head < tail:
        end = tail
        depth += 1
        if is_wide(head, end, queue, indptr, out_indptr):
            tail = look_for_level(
                end, depth, out_indptr, out_indices, out_edge, blocked_edges, blocked_nodes, seen,
                fresh, step, distance, queue,
            )  # fmt: skip
        else:
            tail = spread_level(
                head, end, indptr, indices, edge, blocked_edges, seen, fresh, step, queue
            )
            order_level(queue, end, tail, depth, fresh, distance)
        head = end
    for node in range(nodes):
        next_node[node] = step[node] >> 32
        next_edge[node] = step[node] & 0xFFFFFFFF


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

    `next_node` and `next_edge` (n,) come in full of -1. A node sits in one bucket at
    most: memory does not depend on the number of edges.
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
