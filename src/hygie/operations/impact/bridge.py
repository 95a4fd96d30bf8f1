"""Rows ↔ engines: what needs what on the map of a place, compiled once a revision?"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.types import CompiledNeeds, FloatArray
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind
from hygie.engines.ransomware.isolation import Isolation, red_button
from hygie.engines.ransomware.needs import NeedsOfEstate, needs_of
from hygie.engines.ransomware.nodes import IntArray, Numbering
from hygie.engines.ransomware.parameters import Parameters, parameters
from hygie.engines.ransomware.ranking import care_weight
from hygie.foundation.collector import collector_paused
from hygie.operations.impact.errors import MapEmpty
from hygie.operations.impact.selectors.marks import map_mark
from hygie.operations.impact.selectors.parameters import parameter_changes
from hygie.territory.estate.bridge import EstateRows, estate_of
from hygie.territory.estate.words import asset_called
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.words import plain
from hygie.territory.perimeter import operator_perimeter

# Maps kept by a process: the few places that its readers work on.
_KEPT = 4


@dataclass(frozen=True)
class ImpactMap:
    """The map of a place, ready to be asked what a loss stops; shared by requests, never changed.

    Attributes:
        organisation_id: of the place. mark: of the revision and parameters it was made from.
        rows: records and primary keys. values: of the parameters.
        found: what each asset in service needs. compiled: the same, in order.
        weight: (c,) worth of each care activity, in the order of `found.care`.
        places: FINESS number → name of the other organisations whose assets are on the map.
    """

    organisation_id: int
    mark: str
    rows: EstateRows
    values: Parameters
    found: NeedsOfEstate
    compiled: CompiledNeeds
    weight: FloatArray
    places: Mapping[str, str]

    @property
    def estate(self) -> EstateMap:
        """The records."""
        return self.rows.estate

    @property
    def numbers(self) -> Numbering:
        """Which asset is which node."""
        return self.found.numbers

    @property
    def nodes(self) -> int:
        """Assets in service, n."""
        return self.numbers.nodes

    @property
    def care(self) -> IntArray:
        """(c,) nodes of the care activities."""
        return self.numbers.care

    @cached_property
    def ids(self) -> Sequence[int]:
        """(n,) primary key of the asset of each node."""
        return [self.rows.asset_ids[place] for place in self.numbers.position.tolist()]

    @cached_property
    def node_by_id(self) -> Mapping[int, int]:
        """Primary key of an asset in service → node."""
        return {pk: node for node, pk in enumerate(self.ids)}

    @cached_property
    def weight_by_node(self) -> FloatArray:
        """(n,) worth of each care activity, 0 for what is not care."""
        answer = np.zeros(self.nodes)
        answer[self.care] = self.weight
        return answer

    @cached_property
    def isolation(self) -> Isolation:
        """The needs once every flow that can be cut is cut."""
        return red_button(self.estate, self.found)

    @cached_property
    def compiled_isolation(self) -> CompiledNeeds:
        """Those needs, in order."""
        return compile_needs(self.isolation.found.needs)

    @cached_property
    def names(self) -> Sequence[str]:
        """(n,) name of each asset, with its organisation when that is not the place's own.

        On the map of a group, every hospital has its emergency department.
        """
        return [
            asset_called(asset.name, self.places.get(asset.organisation, ""))
            for asset in self.numbers.assets
        ]

    @cached_property
    def search_keys(self) -> Sequence[str]:
        """(n,) name and code of each asset, without accents or capitals."""
        return [
            plain(f"{name} {asset.key}")
            for name, asset in zip(self.names, self.numbers.assets, strict=True)
        ]

    def asset(self, node: int) -> AssetRecord:
        """The asset of a node."""
        return self.numbers.assets[node]

    def matching(
        self, text: str, *, kinds: frozenset[AssetKind] = frozenset(), most: int = 20
    ) -> list[int]:
        """Nodes whose name or code holds each word of a text; names that begin with it first.

        Args:
            text: as typed. kinds: to which to keep, all when empty. most: how many at most.

        Cost: O(n), 3 ms for 14,000 assets.
        """
        words = plain(text.replace("\x00", "")).split()[:8]
        if not words:
            return []
        begins: list[int] = []
        holds: list[int] = []
        for node, key in enumerate(self.search_keys):
            if all(word in key for word in words):
                if kinds and self.numbers.assets[node].kind not in kinds:
                    continue
                (begins if key.startswith(words[0]) else holds).append(node)
        return (begins + holds)[:most]


def impact_map(organisation: Organisation) -> ImpactMap:
    """The map of a place whose losses the caller may read.

    Whoever reads a place in detail reads all that stands below it and all that serves it: the map
    is therefore the same for all of its readers, and may be kept.

    Raises:
        MapEmpty: no asset is in service there.

    Cost: 2 queries when this process holds the map of this revision; else 6 queries and a third of
    a second for 14,000 assets and 40,000 links.
    """
    return _CACHE.get(organisation, map_mark(organisation))


def impact_map_read(organisation: Organisation, mark: str) -> ImpactMap:
    """Read and compile a map, whatever is kept.

    Raises:
        MapEmpty: no asset is in service there.
    """
    values = parameters(parameter_changes(organisation))
    with collector_paused():
        rows = estate_of(operator_perimeter(), organisation)
        found = needs_of(rows.estate, values)
    if not found.numbers.nodes:
        raise MapEmpty(place=organisation.name)
    compiled = compile_needs(found.needs)
    weight = care_weight(found.numbers, values)
    codes = {asset.organisation for asset in found.numbers.assets if asset.organisation}
    places = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    return ImpactMap(organisation.pk, mark, rows, values, found, compiled, weight, places)


class _Cache:
    """The last maps asked for, by place; a new revision takes the room of the one before.

    One thread reads a map, the others wait for it rather than read it again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, ImpactMap] = OrderedDict()

    def get(self, organisation: Organisation, mark: str) -> ImpactMap:
        with self._lock:
            known = self._kept.get(organisation.pk)
            if known is None or known.mark != mark:
                known = impact_map_read(organisation, mark)
                self._kept[organisation.pk] = known
            self._kept.move_to_end(organisation.pk)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return known


_CACHE = _Cache()
