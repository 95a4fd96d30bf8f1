"""What would be lost without some edges, looking only at the nodes whose witness path takes them?

The witness paths of a search make a tree. Laid out in preorder, what hangs below a node is a slice.
"""

from typing import NamedTuple

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import BoolArray, FloatArray, IntArray, LongArray


class Rows(NamedTuple):
    """Rows of neighbours, as in `Csr`."""

    indptr: LongArray
    indices: IntArray
    edge: IntArray


class Tree(NamedTuple):
    """The witness paths of one search, k nodes with a path.

    `tail` (m,) source of each edge, -1 if it is in no row; `distance` and `next_edge` (n,) of the
    search; `preorder` (k,) the nodes, `start` and `size` (n,) the slice of what hangs below each,
    itself first; `below` (k+1,) weight of what comes before each place of `preorder`.
    """

    tail: IntArray
    distance: IntArray
    next_edge: IntArray
    start: IntArray
    size: IntArray
    preorder: IntArray
    below: FloatArray


class Changes(NamedTuple):
    """Edges of change c: `edge[start[c]:start[c + 1]]`; `cost` of each."""

    start: LongArray
    edge: IntArray
    cost: FloatArray


@compiled
def lay_out(
    order: IntArray, next_node: IntArray, start: IntArray, size: IntArray, preorder: IntArray
) -> None:
    """Fill `start`, `size` (n,) and `preorder` (k,) from the `order` (k,) of distances."""
    for v in order:
        size[v] = 1
    for i in range(len(order) - 1, -1, -1):
        v = order[i]
        if next_node[v] >= 0:
            size[next_node[v]] += size[v]
    free = np.empty(len(start), np.int32)
    roots = 0
    for v in order:
        above = next_node[v]
        if above < 0:
            start[v] = roots
            roots += size[v]
        else:
            start[v] = free[above]
            free[above] += size[v]
        free[v] = start[v] + 1
        preorder[start[v]] = v


@compiled
def bounds(changes: Changes, tree: Tree, bound: FloatArray) -> None:
    """Fill `bound` with the weight that hangs below the edges of each change: no gain is larger."""
    for c in range(len(bound)):
        bound[c] = 0.0
        for i in range(changes.start[c], changes.start[c + 1]):
            e = changes.edge[i]
            v = tree.tail[e]
            if v >= 0 and tree.next_edge[v] == e:
                first = tree.start[v]
                bound[c] += tree.below[first + tree.size[v]] - tree.below[first]
        bound[c] = min(bound[c], tree.below[-1])


@compiled
def has_way_around(
    v: int, out: Rows, tree: Tree, blocked: BoolArray, mark: IntArray, stamp: int
) -> bool:
    """Whether an edge leads from the node to one that still has a path."""
    for p in range(out.indptr[v], out.indptr[v + 1]):
        w = out.indices[p]
        if tree.distance[w] >= 0 and mark[w] != stamp and not blocked[out.edge[p]]:
            return True
    return False


@compiled
def reconnect(
    v: int, into: Rows, blocked: BoolArray, mark: IntArray, stamp: int, queue: IntArray
) -> None:
    """Mark the node, and every one cut off that reaches it, as having another way."""
    mark[v] = stamp + 1
    queue[0] = v
    head = 0
    end = 1
    while head < end:
        x = queue[head]
        head += 1
        for p in range(into.indptr[x], into.indptr[x + 1]):
            y = into.indices[p]
            if mark[y] == stamp and not blocked[into.edge[p]]:
                mark[y] = stamp + 1
                queue[end] = y
                end += 1


@compiled
def cut_places(edges: IntArray, tree: Tree) -> IntArray:
    """Give the places in preorder, ascending, of the nodes whose witness path starts on an edge."""
    places = np.empty(len(edges), np.int32)
    count = 0
    for e in edges:
        v = tree.tail[e]
        if v >= 0 and tree.next_edge[v] == e:
            places[count] = tree.start[v]
            count += 1
    return np.sort(places[:count])


@compiled
def mark_cut_off(places: IntArray, tree: Tree, mark: IntArray, stamp: int) -> int:
    """Mark all that hangs below the places; keeps those in no other's branch first, counts them.

    A branch inside another one starts later in preorder, and before the other's end.
    """
    count = 0
    end = 0
    for first in places:
        if first >= end:
            end = first + tree.size[tree.preorder[first]]
            for i in range(first, end):
                mark[tree.preorder[i]] = stamp
            places[count] = first
            count += 1
    return count


@compiled
def lost_without(
    edges: IntArray,
    tree: Tree,
    out: Rows,
    into: Rows,
    blocked: BoolArray,
    weight: FloatArray,
    mark: IntArray,
    stamp: int,
    queue: IntArray,
) -> float:
    """Add up the weight of the nodes that have no path without these edges, already `blocked`.

    `mark` (n,) holds numbers below `stamp`; then `stamp` = cut off, `stamp + 1` = has another way.
    """
    places = cut_places(edges, tree)
    tops = places.copy()
    count = mark_cut_off(tops, tree, mark, stamp)
    # When every cut branch has another way at its very top, so has all that hangs below.
    safe = 0
    while safe < len(places) and has_way_around(
        tree.preorder[places[safe]], out, tree, blocked, mark, stamp
    ):
        safe += 1
    if safe == len(places):
        return 0.0
    for first in tops[:count]:
        for i in range(first, first + tree.size[tree.preorder[first]]):
            v = tree.preorder[i]
            if mark[v] == stamp and has_way_around(v, out, tree, blocked, mark, stamp):
                reconnect(v, into, blocked, mark, stamp, queue)
    lost = 0.0
    for first in tops[:count]:
        for i in range(first, first + tree.size[tree.preorder[first]]):
            if mark[tree.preorder[i]] == stamp:
                lost += weight[tree.preorder[i]]
    return lost


@compiled
def best_change(
    candidates: LongArray,
    bound: FloatArray,
    slack: float,
    changes: Changes,
    tree: Tree,
    out: Rows,
    into: Rows,
    blocked: BoolArray,
    weight: FloatArray,
) -> tuple[int, float]:
    """Give the change with the largest gain per cost, and that gain; (-1, 0) when none gains.

    `candidates` stand by falling bound per cost: once a bound is below the best true gain, no later
    one can win. Every gain compared is the true one. Ties: larger gain, then lower position.
    """
    mark = np.full(len(weight), -1, np.int32)
    queue = np.empty(len(weight), np.int32)
    was_blocked = np.empty(len(changes.edge), np.bool_)
    best = -1
    best_gain = 0.0
    best_ratio = 0.0
    for i in range(len(candidates)):
        c = candidates[i]
        cost = changes.cost[c]
        if (bound[c] + slack) / cost < best_ratio:
            break
        edges = changes.edge[changes.start[c] : changes.start[c + 1]]
        for j in range(len(edges)):
            was_blocked[j] = blocked[edges[j]]
        for e in edges:
            blocked[e] = True
        gain = lost_without(edges, tree, out, into, blocked, weight, mark, 2 * i, queue)
        for j in range(len(edges)):
            blocked[edges[j]] = was_blocked[j]
        ratio = gain / cost
        better = ratio > best_ratio
        if ratio == best_ratio and gain > 0.0:
            better = gain > best_gain or (gain == best_gain and c < best)
        if better:
            best, best_gain, best_ratio = c, gain, ratio
    return best, best_gain
