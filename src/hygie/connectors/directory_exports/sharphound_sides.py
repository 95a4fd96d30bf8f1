"""Which relations come to an object, and which leave it?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import ByteArray, DirectoryFacts, IntArray, LongArray
from hygie.engines.directory.vocabulary import EdgeFlag


@dataclass(frozen=True, slots=True)
class Side:
    """m relations sorted by one of their ends: `start` (n+1,), then (m,) columns."""

    start: LongArray
    other: IntArray
    kind: ByteArray
    flags: ByteArray

    def at(self, index: int) -> Iterator[tuple[int, int, int]]:
        """(other end, kind, flags) of the relations of one object."""
        begin, end = int(self.start[index]), int(self.start[index + 1])
        if begin == end:
            return iter(())
        return zip(
            self.other[begin:end].tolist(),
            self.kind[begin:end].tolist(),
            self.flags[begin:end].tolist(),
            strict=True,
        )


@dataclass(frozen=True, slots=True)
class Sides:
    """The stated relations, by target and by source."""

    incoming: Side
    outgoing: Side
    count: int

    @classmethod
    def of(cls, facts: DirectoryFacts) -> "Sides":
        """Sort the relations of the facts, derived ones aside. Cost: O(m log m)."""
        edges = facts.edges
        stated = (edges.flags & EdgeFlag.DERIVED) == 0
        source, target = edges.source[stated], edges.target[stated]
        kind, flags = edges.kind[stated], edges.flags[stated]
        size = len(facts)
        return cls(
            _side(target, source, kind, flags, size),
            _side(source, target, kind, flags, size),
            len(source),
        )


def _side(key: IntArray, other: IntArray, kind: ByteArray, flags: ByteArray, size: int) -> Side:
    order = np.argsort(key, kind="stable")
    start = np.searchsorted(key[order], np.arange(size + 1)).astype(np.int64)
    return Side(start, other[order], kind[order], flags[order])
