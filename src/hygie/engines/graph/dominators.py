"""Which nodes can some others not do without on their way to the targets?"""

import numpy as np

from hygie.engines.graph.csr import as_nodes, as_weights, transposed
from hygie.engines.graph.kernels.dominators import add_up, depth_first, immediate_dominators
from hygie.engines.graph.types import NONE, Csr, Dominators, FloatArray, IntArray


def dominators(
    csr_reversed: Csr, targets: IntArray, weight: FloatArray | None = None
) -> Dominators:
    """Find, for every node, the nearest node that all its paths to the targets share.

    The targets hang on one node of their own, so that several of them can be asked about at once.

    Args:
        csr_reversed: rows by target.
        targets: (k,) nodes to reach.
        weight: (n,) what each node counts for; 1 when None.

    Returns:
        The dominator tree and the weight of what hangs below each node in it.

    Raises:
        GraphError: a target out of range, a weight that is negative or not finite.

    Cost: O(m log n) at worst, near linear in practice; 16 bytes an edge and 48 a node.
    Source: Georgiadis, Tarjan and Werneck 2006 (semi-NCA); docs/engines/graph.md §5.
    """
    nodes = csr_reversed.nodes
    wanted = as_nodes("targets", targets, nodes)
    counted = np.ones(nodes) if weight is None else as_weights("weight", weight, nodes).copy()
    number = np.zeros(nodes, np.int32)
    vertex, parent = np.zeros(nodes + 1, np.int32), np.zeros(nodes + 1, np.int32)
    count = depth_first(csr_reversed.indptr, csr_reversed.indices, wanted, number, vertex, parent)
    is_target = np.zeros(nodes, np.int32)
    is_target[wanted] = 1
    forward = transposed(csr_reversed)
    above = np.zeros(nodes + 1, np.int32)
    immediate_dominators(
        forward.indptr, forward.indices, is_target, number, vertex, parent, count, above
    )
    counted[number == 0] = 0.0
    add_up(vertex, above, count, counted)
    vertex[0] = nodes
    return Dominators(np.where(number > 0, vertex[above[number]], NONE).astype(np.int32), counted)
