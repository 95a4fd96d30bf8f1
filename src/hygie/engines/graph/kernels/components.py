"""Which nodes all reach one another, and by which shortest round trip?"""

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.graph.types import IntArray, LongArray


@compiled
def close_component(
    first: int, component_id: int, component: IntArray, open_nodes: IntArray, opened: int
) -> int:
    """Name the component of the nodes opened since `first`; returns how many stay open."""
    while component[first] < 0:
        opened -= 1
        component[open_nodes[opened]] = component_id
    return opened


@compiled
def strong_components(indptr: LongArray, indices: IntArray, component: IntArray) -> int:
    """Fill `component` (n,), -1 before, in the order in which components are complete (Tarjan).

    Returns their number. Two stacks stand for the recursion.
    """
    nodes = len(indptr) - 1
    cursor = indptr[:-1].copy()
    number = np.zeros(nodes, np.int32)
    lowest = np.zeros(nodes, np.int32)
    open_nodes = np.empty(nodes, np.int32)
    calls = np.empty(nodes, np.int32)
    numbered = 0
    opened = 0
    count = 0
    for root in range(nodes):
        if number[root] > 0:
            continue
        calls[0] = root
        depth = 1
        while depth > 0:
            v = calls[depth - 1]
            if number[v] == 0:
                numbered += 1
                number[v] = numbered
                lowest[v] = numbered
                open_nodes[opened] = v
                opened += 1
            if cursor[v] < indptr[v + 1]:
                w = indices[cursor[v]]
                cursor[v] += 1
                if number[w] == 0:
                    calls[depth] = w
                    depth += 1
                elif component[w] < 0 and number[w] < lowest[v]:
                    lowest[v] = number[w]
                continue
            depth -= 1
            if depth > 0 and lowest[v] < lowest[calls[depth - 1]]:
                lowest[calls[depth - 1]] = lowest[v]
            if lowest[v] == number[v]:
                opened = close_component(v, count, component, open_nodes, opened)
                count += 1
    return count


@compiled
def shortest_cycle(
    indptr: LongArray,
    indices: IntArray,
    edge: IntArray,
    component: IntArray,
    start: int,
    via_node: IntArray,
    via_edge: IntArray,
    queue: IntArray,
) -> int:
    """Search a shortest way from a node back to itself within its component.

    `via_node` (n,) is -1 at the members before; it and `via_edge` then tell how each was come by.
    Returns the number of edges; the first ones of `queue` are then those edges, last one first.
    """
    head = 0
    tail = 1
    queue[0] = start
    while head < tail:
        u = queue[head]
        head += 1
        for p in range(indptr[u], indptr[u + 1]):
            v = indices[p]
            if v == start:
                queue[0] = edge[p]
                length = 1
                while u != start:
                    queue[length] = via_edge[u]
                    length += 1
                    u = via_node[u]
                return length
            if component[v] == component[start] and via_node[v] < 0:
                via_node[v] = u
                via_edge[v] = edge[p]
                queue[tail] = v
                tail += 1
    return 0
