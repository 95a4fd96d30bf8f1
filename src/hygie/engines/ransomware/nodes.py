"""Which number does each asset bear, in the needs and in the spread alike?

One numbering for both: what an outbreak takes is then what the needs lose, without conversion.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind, Status

IntArray: TypeAlias = NDArray[np.int32]
BoolArray: TypeAlias = NDArray[np.bool_]


class RansomwareError(ValueError):
    """A map, a parameter or a question that cannot be answered: what is wrong, and where."""


@dataclass(frozen=True)
class Numbering:
    """Assets in service, numbered in the order of the map.

    Attributes:
        assets: (n,) assets by number.
        index: key of an asset → its number.
        position: (n,) where each stands in `EstateMap.assets`.
    """

    assets: tuple[AssetRecord, ...]
    index: Mapping[str, int]
    position: IntArray

    @property
    def nodes(self) -> int:
        """How many assets are in service, n."""
        return len(self.assets)

    @cached_property
    def care(self) -> IntArray:
        """(c,) care activities, ascending."""
        return self.of_kind(AssetKind.CARE)

    @cached_property
    def at_site(self) -> Mapping[str, list[int]]:
        """Key of a site → who stands there, ascending."""
        return self._by(attrgetter("site"))

    @cached_property
    def in_zone(self) -> Mapping[str, list[int]]:
        """Key of a zone → who belongs to it, ascending."""
        return self._by(attrgetter("zone"))

    @cached_property
    def supplied_by(self) -> Mapping[str, list[int]]:
        """Key of a supplier → what it supplies, ascending."""
        return self._by(attrgetter("supplier"))

    def _by(self, reference: Callable[[AssetRecord], str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for node, asset in enumerate(self.assets):
            if key := reference(asset):
                found.setdefault(key, []).append(node)
        return found

    def of_kind(self, *kinds: AssetKind) -> IntArray:
        """Numbers of the assets of some kinds, ascending."""
        return np.array([v for v, a in enumerate(self.assets) if a.kind in kinds], np.int32)

    def node(self, key: str) -> int:
        """Number of an asset.

        Raises:
            RansomwareError: the map has no such asset in service.
        """
        found = self.index.get(key)
        if found is None:
            raise RansomwareError(f"no asset in service bears the key {key!r}")
        return found


def numbering(estate: EstateMap) -> Numbering:
    """Number what is in service: neither what is only planned nor what is retired.

    Args:
        estate: the map; keys are unique.

    Raises:
        RansomwareError: two assets bear one key.

    Cost: O(assets).
    """
    kept = [(i, a) for i, a in enumerate(estate.assets) if a.status is Status.IN_USE]
    assets = tuple(asset for _, asset in kept)
    index = {asset.key: node for node, asset in enumerate(assets)}
    if len(index) != len(assets):
        first = next(a.key for v, a in enumerate(assets) if index[a.key] != v)
        raise RansomwareError(f"two assets in service bear the key {first!r}")
    return Numbering(assets, index, np.array([i for i, _ in kept], np.int32))
