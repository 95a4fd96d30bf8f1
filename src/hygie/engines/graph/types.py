"""In which arrays is a graph asked about, and in which does it answer?

n = number of nodes, m = number of edges of the caller's table. An edge is always named by its
position in that table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int32]
LongArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
WordArray: TypeAlias = NDArray[np.uint64]
BoolArray: TypeAlias = NDArray[np.bool_]

NONE = -1
"""No distance, no node, no edge."""


class GraphError(ValueError):
    """A graph or a question that cannot be answered: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Csr:
    """Rows of neighbours.

    Attributes:
        indptr: (n+1,) where each node's row starts and ends.
        indices: (k,) the neighbour at the other end; k <= m, an edge may be left out.
        edge: (k,) position of the edge in the caller's table, ascending within a row.
        table: m, length of the caller's table.
    """

    indptr: LongArray
    indices: IntArray
    edge: IntArray
    table: int

    @property
    def nodes(self) -> int:
        """Number of nodes, n."""
        return len(self.indptr) - 1


@dataclass(frozen=True, slots=True)
class Reach:
    """The way of every node to the nearest target.

    Attributes:
        distance: (n,) length of a shortest path; 0 at a target, -1 without a path.
        next_node: (n,) the node after this one on the witness path; -1 at a target or without path.
        next_edge: (n,) the edge that leads there; -1 likewise.
    """

    distance: IntArray
    next_node: IntArray
    next_edge: IntArray

    def path(self, node: int) -> Iterator[int]:
        """Positions of the edges of the witness path, from the node to its target."""
        while self.next_edge[node] != NONE:
            yield int(self.next_edge[node])
            node = int(self.next_node[node])


@dataclass(frozen=True, slots=True)
class Components:
    """Strongly connected components.

    Attributes:
        of_node: (n,) id of each node's component, 0 … count - 1; an edge between two components
            goes from the higher id to the lower one, so ids are a reverse topological order.
        count: how many there are.
    """

    of_node: IntArray
    count: int


@dataclass(frozen=True, slots=True)
class Loop:
    """Nodes that all reach one another.

    Attributes:
        members: (k,) nodes, ascending; a single one when it has an edge to itself.
        cycle: (j,) edges of one shortest cycle through the first member, in walking order.
    """

    members: IntArray
    cycle: IntArray


@dataclass(frozen=True, slots=True)
class Dependency:
    """How much of the shortest paths leans on each node and each edge.

    Attributes:
        node: (n,) share 0…1 of the weight that passes through or ends at the node; what starts at
            it is not counted.
        edge: (m,) share 0…1 of the weight that passes through the edge.
        total: weight of the sources that have a path: what the shares are parts of.
    """

    node: FloatArray
    edge: FloatArray
    total: float


@dataclass(frozen=True, slots=True)
class MinimumCut:
    """The cheapest edges without which no source reaches a sink.

    Attributes:
        value: their capacity, a group counted once; inf when there is no finite cut.
        edges: (k,) positions, ascending; empty when nothing needs cutting or nothing can be cut.
        is_finite: False when some path is made only of what cannot be cut.
    """

    value: float
    edges: IntArray
    is_finite: bool


@dataclass(frozen=True, slots=True)
class Removal:
    """One step of a sequence of changes.

    Attributes:
        change: position of the change in the caller's list.
        gain: weight that has no path any more because of it.
        exposed: weight that still has a path once it is made, by a search of its own.
        spent: cost of the steps so far, this one included.
    """

    change: int
    gain: float
    exposed: float
    spent: float


@dataclass(frozen=True, slots=True)
class Dominators:
    """Through which node does every path of a node go?

    Attributes:
        parent: (n,) the nearest other node that all paths to the targets share; n when there is
            none (targets, and nodes with paths that share nothing), -1 without a path.
        weight: (n,) weight of the nodes all of whose paths go through this one, itself included; 0
            without a path.
    """

    parent: IntArray
    weight: FloatArray
