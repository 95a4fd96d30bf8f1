"""How much can flow from node 0 to node 1, and which nodes can still send to node 1 then?"""

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import FloatArray, IntArray, LongArray


@compiled
def merge_parallel(
    indptr: LongArray, indices: IntArray, edge: IntArray, capacity: FloatArray, tail: IntArray,
    head: IntArray, total: FloatArray,
) -> int:  # fmt: skip
    """Add up the capacities of the edges that share both ends.

    Rows stand by neighbour. Fills `tail`, `head`, `total` and returns how many arcs there are.
    """
    count = 0
    for u in range(len(indptr) - 1):
        previous = -1
        for p in range(indptr[u], indptr[u + 1]):
            if indices[p] != previous:
                previous = indices[p]
                tail[count] = u
                head[count] = previous
                total[count] = 0.0
                count += 1
            total[count - 1] += capacity[edge[p]]
    return count


@compiled
def pair_arcs(
    tail: IntArray, head: IntArray, total: FloatArray, indptr: LongArray, ends: IntArray,
    mate: IntArray, room: FloatArray,
) -> None:  # fmt: skip
    """Lay each arc out in the row of both its ends; `indptr` (n+1,) is zeros before.

    `room` gets the capacity on the way down and 0 on the way back, `mate` the other of the pair.
    """
    for a in range(len(tail)):
        indptr[tail[a] + 1] += 1
        indptr[head[a] + 1] += 1
    for u in range(len(indptr) - 1):
        indptr[u + 1] += indptr[u]
    cursor = indptr[:-1].copy()
    for a in range(len(tail)):
        down = cursor[tail[a]]
        cursor[tail[a]] += 1
        back = cursor[head[a]]
        cursor[head[a]] += 1
        ends[down] = head[a]
        ends[back] = tail[a]
        mate[down] = back
        mate[back] = down
        room[down] = total[a]
        room[back] = 0.0


@compiled
def levels_to_sink(
    indptr: LongArray, ends: IntArray, mate: IntArray, room: FloatArray, level: IntArray,
    queue: IntArray,
) -> None:  # fmt: skip
    """Fill `level` (n,): fewest arcs with room to node 1, -1 without a way."""
    for u in range(len(level)):
        level[u] = -1
    level[1] = 0
    queue[0] = 1
    head = 0
    tail = 1
    while head < tail:
        v = queue[head]
        head += 1
        for a in range(indptr[v], indptr[v + 1]):
            u = ends[a]
            if level[u] < 0 and room[mate[a]] > 0.0:
                level[u] = level[v] + 1
                queue[tail] = u
                tail += 1


@compiled
def push(way: IntArray, length: int, mate: IntArray, room: FloatArray) -> tuple[int, float]:
    """Send as much as the arcs of a way allow; returns the place of the first one full, and it."""
    least = np.inf
    for i in range(length):
        least = min(least, room[way[i]])
    first_full = length
    for i in range(length - 1, -1, -1):
        room[way[i]] -= least
        room[mate[way[i]]] += least
        if room[way[i]] <= 0.0:
            first_full = i
    return first_full, least


@compiled
def saturate(
    indptr: LongArray, ends: IntArray, mate: IntArray, room: FloatArray, level: IntArray,
    queue: IntArray,
) -> float:  # fmt: skip
    """Push from node 0 to node 1 until no way is left (Dinic); returns the flow.

    Every way holds a finite arc. Afterwards `level` is -1 on the side of node 0.
    """
    flow = 0.0
    way = np.empty(len(level), np.int32)
    while True:
        levels_to_sink(indptr, ends, mate, room, level, queue)
        if level[0] < 0:
            return flow
        cursor = indptr[:-1].copy()
        length = 0
        u = 0
        while True:
            if u == 1:
                length, pushed = push(way, length, mate, room)
                flow += pushed
                u = ends[mate[way[length]]]
            while cursor[u] < indptr[u + 1]:
                a = cursor[u]
                if room[a] > 0.0 and level[ends[a]] == level[u] - 1:
                    break
                cursor[u] += 1
            if cursor[u] < indptr[u + 1]:
                way[length] = cursor[u]
                length += 1
                u = ends[cursor[u]]
            elif length == 0:
                break
            else:
                level[u] = -1
                length -= 1
                u = ends[mate[way[length]]]
                cursor[u] += 1
