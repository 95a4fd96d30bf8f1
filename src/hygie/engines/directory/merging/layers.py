"""What is one export, once its objects have their place among all of them?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import DirectoryFacts, IntArray


@dataclass(frozen=True, slots=True)
class Layer:
    """One export with facts.

    Attributes:
        place: its position for the caller. collected_on: seconds since 1970 UTC, or `UNKNOWN`.
        facts: what it tells of k objects.
        index: (k,) place of each of them among the merged objects.
    """

    place: int
    collected_on: int
    facts: DirectoryFacts
    index: IntArray


def last_told(
    layers: Sequence[Layer], place: int, is_told: Callable[[DirectoryFacts, int], bool]
) -> int:
    """Position, for the caller, of the most recent layer that tells a fact of one merged object.

    Args:
        layers: oldest first. place: the merged object. is_told: facts, own index → told there?

    Cost: O(objects), for the few contradictions that are listed.
    """
    for layer in reversed(layers):
        where = np.flatnonzero(layer.index == place)
        if len(where) and is_told(layer.facts, int(where[0])):
            return layer.place
    return layers[0].place
