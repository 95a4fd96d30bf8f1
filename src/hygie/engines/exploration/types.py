"""Which part of a large graph is asked for, and what of it is shown?

n = nodes, m = links of the caller's table. A link reads "source needs target": going *down* follows
it, going *up* walks against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.graph.types import Csr

IntArray: TypeAlias = NDArray[np.int32]


class Way(IntEnum):
    """Where one looks from a node."""

    DOWN = 1  # what it needs
    UP = -1  # who needs it


class ExplorationError(ValueError):
    """A question that the graph cannot answer: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A graph to explore.

    Attributes:
        kind: (n,) small integers.
        rank: (n,) the larger the more a node matters: it is shown before the others.
        down: rows by source.
        up: rows by target, of the same table.
    """

    kind: IntArray
    rank: IntArray
    down: Csr
    up: Csr

    @property
    def nodes(self) -> int:
        """Number of nodes, n."""
        return len(self.kind)

    def rows(self, way: Way) -> Csr:
        """Rows to follow that way."""
        return self.down if way is Way.DOWN else self.up


@dataclass(frozen=True, slots=True)
class Question:
    """What to show.

    Attributes:
        focus: nodes to start from, always shown.
        up, down: levels to go each way; a hidden node makes no level.
        hidden: kinds that are passed through without being shown.
        opened: (node, way) whose neighbours are shown one by one, even past the last level.
        folded: nodes beyond which nothing is looked for.
        most: nodes and bundles shown at most.
        fan: neighbours of one kind beyond which they stand as one bundle.
        wide: the same for an opened node.
        most_ties: lines at most, links before shortcuts.
    """

    focus: Sequence[int]
    up: int = 0
    down: int = 2
    hidden: frozenset[int] = frozenset()
    opened: frozenset[tuple[int, Way]] = frozenset()
    folded: frozenset[int] = frozenset()
    most: int = 300
    fan: int = 12
    wide: int = 60
    most_ties: int = 900

    def levels(self, way: Way) -> int:
        """Levels to go that way."""
        return self.down if way is Way.DOWN else self.up


@dataclass(frozen=True, slots=True)
class Bundle:
    """Nodes of one kind drawn as one.

    Attributes:
        parent: the node next to which they stand; -1 for all of a level.
        way: where they were found from it.
        kind: theirs.
        level: signed distance from the focus.
        members: nodes, those that matter most first.
    """

    parent: int
    way: Way
    kind: int
    level: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two places; place p < len(nodes) is a node, the others are bundles.

    Attributes:
        source, target: places.
        count: links that it stands for; 0 for a way through hidden nodes.
        edge: position of the first of them in the caller's table, -1 through hidden nodes.
    """

    source: int
    target: int
    count: int
    edge: int

    @property
    def is_shortcut(self) -> bool:
        """Whether it goes through hidden nodes."""
        return self.edge < 0


@dataclass(frozen=True, slots=True)
class View:
    """What is shown.

    Attributes:
        nodes: one by one, focus first.
        level: signed distance of each from the focus: above is negative.
        bundles: what stands together.
        ties: lines between them.
        passed: hidden nodes gone through, by kind.
        more: for each node, how many neighbours are not shown, by way.
        left_out: nodes found that had no room, even in a bundle.
        ties_left_out: lines that had none.
    """

    nodes: Sequence[int]
    level: Sequence[int]
    bundles: Sequence[Bundle]
    ties: Sequence[Tie]
    passed: Mapping[int, int]
    more: Sequence[Mapping[Way, int]]
    left_out: int = 0
    ties_left_out: int = 0
