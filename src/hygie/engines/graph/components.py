"""Which nodes all reach one another, what is the graph between such knots, where does it loop?"""

import numpy as np

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.kernels.components import shortest_cycle, strong_components
from hygie.engines.graph.types import NONE, Components, Csr, GraphError, IntArray, Loop


def components(csr: Csr) -> Components:
    """Split a graph into its strongly connected components.

    Args:
        csr: rows by source.

    Returns:
        Ids in reverse topological order: an edge between two components goes to a lower id.

    Cost: O(n + m) time, 24 bytes a node beyond the answer, no recursion.
    Source: Tarjan 1972.
    """
    of_node = np.full(csr.nodes, NONE, np.int32)
    return Components(of_node, strong_components(csr.indptr, csr.indices, of_node))


def condensation(found: Components, source: IntArray, target: IntArray) -> Csr:
    """Give the graph between components: no cycle is left in it.

    Args:
        found: components of the graph whose edges follow.
        source, target: (m,) ends of each edge, nodes.

    Returns:
        Rows by source component, one entry for each edge between two components, parallel ones
        included; `edge` still names positions in the caller's table.

    Cost: O(n + m).
    """
    if len(source) != len(target):
        raise GraphError(f"{len(source)} sources for {len(target)} targets")
    above, below = found.of_node[source], found.of_node[target]
    return csr_from_edges(found.count, above, below, keep=above != below)


def loops(csr: Csr) -> list[Loop]:
    """List the knots of nodes that reach themselves, each with a shortest cycle to show.

    To look among edges of one kind alone, give rows made with that `keep`.

    Args:
        csr: rows by source.

    Returns:
        One loop for each component of several nodes or with an edge from a node to itself, by
        ascending first member.

    Cost: O(n + m), plus some microseconds a loop.
    """
    found = components(csr)
    sizes = np.bincount(found.of_node, minlength=found.count)
    rows = np.repeat(np.arange(csr.nodes, dtype=np.int32), np.diff(csr.indptr))
    is_loop = sizes > 1
    is_loop[found.of_node[rows[rows == csr.indices]]] = True
    members = np.flatnonzero(is_loop[found.of_node]).astype(np.int32)
    members = members[np.argsort(found.of_node[members], kind="stable")]
    if not len(members):
        return []
    knots = np.split(members, np.flatnonzero(np.diff(found.of_node[members])) + 1)
    via_node = np.full(csr.nodes, NONE, np.int32)
    via_edge, queue = np.empty_like(via_node), np.empty_like(via_node)
    answer = []
    for knot in sorted(knots, key=lambda nodes: int(nodes[0])):
        length = shortest_cycle(
            csr.indptr, csr.indices, csr.edge, found.of_node, knot[0], via_node, via_edge, queue
        )
        answer.append(Loop(knot, queue[:length][::-1].copy()))
    return answer
