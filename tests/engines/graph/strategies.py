"""Random small graphs with all that is awkward: loops, parallel edges, islands, nothing at all."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.types import BoolArray, Csr, IntArray


@dataclass(frozen=True)
class Drawn:
    """A graph as the slow twin reads it, and the same as arrays."""

    n: int
    edges: list[tuple[int, int]]

    @property
    def source(self) -> IntArray:
        return np.array([u for u, _ in self.edges], np.int32)

    @property
    def target(self) -> IntArray:
        return np.array([v for _, v in self.edges], np.int32)

    @property
    def forward(self) -> Csr:
        return csr_from_edges(self.n, self.source, self.target)

    @property
    def backward(self) -> Csr:
        return csr_from_edges(self.n, self.source, self.target, reverse=True)


@st.composite
def graphs(draw: st.DrawFn, nodes: int = 9, edges: int = 22, least_nodes: int = 0) -> Drawn:
    n = draw(st.integers(least_nodes, nodes))
    node = st.integers(0, max(n - 1, 0))
    pairs = st.lists(st.tuples(node, node), max_size=edges if n else 0)
    return Drawn(n, draw(pairs))


def subsets(draw: st.DrawFn, size: int) -> set[int]:
    if not size:
        return set()
    return draw(st.sets(st.integers(0, size - 1)))


def as_mask(members: set[int], size: int) -> BoolArray:
    mask = np.zeros(size, np.bool_)
    mask[sorted(members)] = True
    return mask


def as_ints(members: object) -> IntArray:
    return np.array(sorted(members), np.int32)  # type: ignore[call-overload]
