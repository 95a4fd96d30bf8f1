"""Where does one start on the map, and where does it turn in circles?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hygie.engines.estate.vocabulary import NEEDS, AssetKind
from hygie.engines.graph.components import loops
from hygie.territory.estate.selectors.ground import KINDS, TIES, EstateGround

_STARTS = 8
_NEEDED = frozenset(verb.value for verb in NEEDS)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Assets that all need one another.

    Attributes:
        members: keys of all of them.
        steps: (key, verb) along one shortest circle; the last one leads back to the first.
    """

    members: Sequence[int]
    steps: Sequence[tuple[int, str]]


def starting_nodes(ground: EstateGround) -> list[int]:
    """Where a reader who asks for nothing looks first: the most vital care, else applications.

    Returns:
        Some nodes; none on an empty map.
    """
    for kind in (AssetKind.CARE, AssetKind.APPLICATION):
        nodes = np.flatnonzero(ground.kind == KINDS.index(kind))
        if len(nodes):
            order = np.lexsort((nodes, -ground.rank[nodes]))
            return [int(one) for one in nodes[order[:_STARTS]]]
    return [int(one) for one in np.lexsort((ground.ids, -ground.rank))[:_STARTS]]


def cycles_of(ground: EstateGround) -> list[Cycle]:
    """Circles of needs: nothing in them starts before the rest of it.

    Returns:
        One a knot, the largest first.

    Cost: O(n + m).
    """
    rows = ground.ground(_NEEDED).down
    found = [
        Cycle(
            [int(ground.ids[node]) for node in loop.members],
            [
                (int(ground.ids[ground.source[edge]]), TIES[int(ground.tie[edge])])
                for edge in loop.cycle
            ],
        )
        for loop in loops(rows)
    ]
    return sorted(found, key=lambda cycle: (-len(cycle.members), cycle.members[0]))
