"""Through which node must each node pass, in a graph that is walked from a root of its own?

Nodes are handled by their number in depth-first order, from 1; 0 is the root, which leads to every
target.
"""

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import FloatArray, IntArray, LongArray


@compiled
def depth_first(
    indptr: LongArray, indices: IntArray, targets: IntArray, number: IntArray, vertex: IntArray,
    parent: IntArray,
) -> int:  # fmt: skip
    """Number the nodes reached, from 1; returns the last number.

    `number` (n,) is 0 before. Fills `vertex` and `parent` (n+1,) by number.
    """
    cursor = indptr[:-1].copy()
    calls = np.empty(len(number) + 1, np.int32)
    count = 0
    for target in targets:
        if number[target] > 0:
            continue
        count += 1
        number[target] = count
        vertex[count] = target
        parent[count] = 0
        calls[0] = target
        depth = 1
        while depth > 0:
            v = calls[depth - 1]
            if cursor[v] == indptr[v + 1]:
                depth -= 1
                continue
            w = indices[cursor[v]]
            cursor[v] += 1
            if number[w] == 0:
                count += 1
                number[w] = count
                vertex[count] = w
                parent[count] = number[v]
                calls[depth] = w
                depth += 1
    return count


@compiled
def best_label(
    x: int, last: int, ancestor: IntArray, label: IntArray, semi: IntArray, path: IntArray
) -> int:
    """Give the node of lowest `semi` between x and its root among the nodes above `last`.

    The way is shortened as it is walked (path compression).
    """
    length = 0
    y = x
    while ancestor[y] > last:
        path[length] = y
        length += 1
        y = ancestor[y]
    while length > 0:
        length -= 1
        z = path[length]
        if semi[label[y]] < semi[label[z]]:
            label[z] = label[y]
        ancestor[z] = ancestor[y]
        y = z
    return int(label[x])


@compiled
def immediate_dominators(
    indptr: LongArray,
    indices: IntArray,
    is_target: IntArray,
    number: IntArray,
    vertex: IntArray,
    parent: IntArray,
    count: int,
    dominator: IntArray,
) -> None:
    """Fill `dominator` (n+1,) by number, with numbers (semi-NCA).

    Rows give the nodes that lead to each node. `is_target` (n,) is 1 where the root leads.
    """
    ancestor = parent.copy()
    label = np.arange(count + 1).astype(np.int32)
    semi = np.arange(count + 1).astype(np.int32)
    path = np.empty(count + 1, np.int32)
    for w in range(count, 0, -1):
        best = parent[w]
        v = vertex[w]
        if is_target[v] == 1:
            best = 0
        for p in range(indptr[v], indptr[v + 1]):
            x = number[indices[p]]
            if x > w:
                best = min(best, semi[best_label(x, w, ancestor, label, semi, path)])
            elif x > 0:
                best = min(best, x)
        semi[w] = best
    dominator[0] = 0
    for w in range(1, count + 1):
        above = parent[w]
        while above > semi[w]:
            above = dominator[above]
        dominator[w] = above


@compiled
def add_up(vertex: IntArray, dominator: IntArray, count: int, weight: FloatArray) -> None:
    """Add to the weight (n,) of each node that of the nodes it dominates, in place."""
    for w in range(count, 0, -1):
        if dominator[w] > 0:
            weight[vertex[dominator[w]]] += weight[vertex[w]]
