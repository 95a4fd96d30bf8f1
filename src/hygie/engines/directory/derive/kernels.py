"""How are group members unrolled a million at a time, whatever loops a hostile export nests?"""

import numpy as np

from hygie.engines.directory.facts import BoolArray, IntArray, LongArray
from hygie.engines.graph.compiled import compiled


@compiled
def expand(indptr: LongArray, indices: IntArray, seeds: IntArray, reached: BoolArray) -> int:
    """Mark what can be reached from the seeds.

    Args:
        indptr, indices: rows of neighbours, (n+1,) and (k,). seeds: (s,) where to start.
        reached: (n,) marks, changed in place; nodes already marked are not walked again.

    Returns:
        How many nodes were marked.

    Cost: O(nodes and neighbours newly reached).
    """
    stack = np.empty(1024, np.int32)
    size = 0
    marked = 0
    for seed in seeds:
        if reached[seed]:
            continue
        reached[seed] = True
        marked += 1
        stack[0] = seed
        size = 1
        while size > 0:
            size -= 1
            node = stack[size]
            for position in range(indptr[node], indptr[node + 1]):
                other = indices[position]
                if reached[other]:
                    continue
                reached[other] = True
                marked += 1
                if size == len(stack):
                    grown = np.empty(2 * size, np.int32)
                    grown[:size] = stack
                    stack = grown
                stack[size] = other
                size += 1
    return marked


@compiled
def tops(
    indptr: LongArray,
    indices: IntArray,
    component: IntArray,
    inside: BoolArray,
    nodes: IntArray,
    is_top: BoolArray,
) -> int:
    """Find the nodes of a set that belong to no other group of that set.

    Args:
        indptr, indices: groups of each node. component: (n,) nesting loop of each node: groups of
            one's own loop do not count, else a loop would have no top.
        inside: (n,) the set. nodes: (k,) its nodes. is_top: (k,) answer, written in place.

    Returns:
        How many tops there are.

    Cost: O(memberships of the set).
    """
    found = 0
    for rank in range(len(nodes)):
        node = nodes[rank]
        top = True
        for position in range(indptr[node], indptr[node + 1]):
            group = indices[position]
            if inside[group] and component[group] != component[node]:
                top = False
                break
        is_top[rank] = top
        if top:
            found += 1
    return found
