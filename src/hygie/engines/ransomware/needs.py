"""What does each asset of a map need to give service?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.build import needs_from_groups
from hygie.engines.dependency.types import Needs
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import NEEDS, AssetKind, Effect, Verb
from hygie.engines.ransomware.nodes import IntArray, Numbering, numbering
from hygie.engines.ransomware.parameters import Parameters, parameters

LongArray: TypeAlias = NDArray[np.int64]
_MINUTES = 60.0
_ONLINE = ("saas", "external")


class Reference(IntEnum):
    """Where a need comes from when no link says it: the values of `NeedsOfEstate.origin`."""

    SITE = -1
    ZONE = -2
    SUPPLIER = -3
    INTERNET = -4


@dataclass(frozen=True)
class NeedsOfEstate:
    """The needs of a map, and which node is which asset.

    Attributes:
        needs: n nodes, g groups.
        numbers: which asset is node v.
        origin: (g,) position in `EstateMap.links` of the first link of the group, or a `Reference`.
        unfollowed: positions of the links of need that lead to or from nothing in service.
    """

    needs: Needs
    numbers: Numbering
    origin: LongArray
    unfollowed: LongArray

    @property
    def index(self) -> Mapping[str, int]:
        """Key of an asset in service → node."""
        return self.numbers.index

    @property
    def care(self) -> IntArray:
        """(c,) nodes of the care activities, ascending."""
        return self.numbers.care


def needs_of(estate: EstateMap, values: Parameters | None = None) -> NeedsOfEstate:
    """Read the needs of a map from its links and its references.

    Links of need of one source that bear one group stand for one another; should they not agree,
    the strictest of what they say holds. Beyond links: an asset stands still at once without its
    site or its zone; what is hosted outside, and remote accesses by network, need one of the
    Internet lines of their organisation; software as a service stops with its supplier, anything
    else supplied or maintained is degraded once `supplier_grace_h` has passed. A care activity
    holds on paper `holds_min` beyond the delay of its links. What is planned or retired takes no
    part; of a group that loses members so, no more is needed than is left.

    Args:
        estate: the map.
        values: of the parameters; the published ones when None.

    Returns:
        The needs; node numbers are those of `numbering(estate)`.

    Raises:
        RansomwareError: two assets bear one key.

    Cost: O(assets + links); 0.2 s for 14,000 assets and 40,000 links.
    Source: docs/engines/ransomware.md §1.
    """
    numbers = numbering(estate)
    draft = _Draft()
    grace_min = (values or parameters())["supplier_grace_h"] * _MINUTES
    unfollowed = _follow_links(draft, estate, numbers, grace_min)
    _follow_references(draft, numbers, grace_min)
    return _assembled(draft, numbers, unfollowed)


@dataclass
class _Draft:
    """Groups under way, as columns; a member names its group by position."""

    node: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    stops: list[bool] = field(default_factory=list)
    delay_min: list[float] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    member: list[int] = field(default_factory=list)
    member_group: list[int] = field(default_factory=list)

    def group(self, node: int, needed: int, stops: bool, delay_min: float, origin: int) -> int:
        self.node.append(node)
        self.needed.append(needed)
        self.stops.append(stops)
        self.delay_min.append(delay_min)
        self.origin.append(origin)
        return len(self.node) - 1

    def need(
        self, node: int, other: int, origin: Reference, *, stops: bool = True, delay_min: float = 0
    ) -> None:
        self.member.append(other)
        self.member_group.append(self.group(node, 1, stops, delay_min, origin))


def _follow_links(
    draft: _Draft, estate: EstateMap, numbers: Numbering, grace_min: float
) -> list[int]:
    index, assets = numbers.index, numbers.assets
    groups: dict[tuple[int, str], int] = {}
    unfollowed = []
    for position, link in enumerate(estate.links):
        if link.verb not in NEEDS:
            continue
        node, other = index.get(link.source, -1), index.get(link.target, -1)
        if node < 0 or other < 0:
            unfollowed.append(position)
            continue
        stops, delay_min = _effect(link, assets[node], grace_min)
        known = groups.get((node, link.group)) if link.group else None
        if known is None:
            known = draft.group(node, link.needed, stops, delay_min, position)
            if link.group:
                groups[node, link.group] = known
        else:
            draft.needed[known] = max(draft.needed[known], link.needed)
            draft.stops[known] = draft.stops[known] or stops
            draft.delay_min[known] = min(draft.delay_min[known], delay_min)
        draft.member.append(other)
        draft.member_group.append(known)
    return unfollowed


def _effect(link: LinkRecord, source: AssetRecord, grace_min: float) -> tuple[bool, float]:
    stops, delay_min = link.effect == Effect.STOP, float(link.delay_min)
    if link.verb == Verb.MAINTAINED_BY and not link.delay_min:
        # Nobody said anything: a maker who falls silent stops nothing on the day.
        return False, grace_min
    if stops and source.kind == AssetKind.CARE:
        delay_min += float(source.details.get("holds_min", 0) or 0)
    return stops, delay_min


def _follow_references(draft: _Draft, numbers: Numbering, grace_min: float) -> None:
    lines = _internet_lines(numbers)
    for node, asset in enumerate(numbers.assets):
        for key, origin in ((asset.site, Reference.SITE), (asset.zone, Reference.ZONE)):
            if key and key != asset.key and (other := numbers.index.get(key)) is not None:
                draft.need(node, other, origin)
        if (supplier := numbers.index.get(asset.supplier)) is not None and supplier != node:
            if asset.details.get("hosting") == "saas":
                draft.need(node, supplier, Reference.SUPPLIER)
            else:
                draft.need(node, supplier, Reference.SUPPLIER, stops=False, delay_min=grace_min)
        if is_online(asset) and (ways := lines.get(asset.organisation)):
            group = draft.group(node, 1, True, 0.0, Reference.INTERNET)
            draft.member += ways
            draft.member_group += [group] * len(ways)


def is_online(asset: AssetRecord) -> bool:
    """Tell whether an asset is only reached by the Internet: hosted outside, or remote access."""
    if asset.kind == AssetKind.ACCESS:
        return asset.details.get("method") != "modem"
    return asset.details.get("hosting") in _ONLINE


def is_internet_line(asset: AssetRecord) -> bool:
    """Tell whether an asset is an Internet line."""
    return asset.kind == AssetKind.LINE and asset.details.get("is_internet") is True


def _internet_lines(numbers: Numbering) -> dict[str, list[int]]:
    """Internet lines of each organisation; one without any goes by those of the others."""
    everyone = [v for v, asset in enumerate(numbers.assets) if is_internet_line(asset)]
    own: dict[str, list[int]] = {}
    for node in everyone:
        own.setdefault(numbers.assets[node].organisation, []).append(node)
    return {a.organisation: own.get(a.organisation, everyone) for a in numbers.assets}


def _assembled(draft: _Draft, numbers: Numbering, unfollowed: list[int]) -> NeedsOfEstate:
    """Sort groups by node and members by group, each member once."""
    node = np.array(draft.node, np.int32)
    order = np.argsort(node, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    group_of = rank[np.array(draft.member_group, np.int64)]
    pairs = np.unique(group_of * max(numbers.nodes, 1) + np.array(draft.member, np.int64))
    group_of, member = np.divmod(pairs, max(numbers.nodes, 1))
    member_ptr = np.searchsorted(group_of, np.arange(len(order) + 1))
    needed = np.minimum(np.array(draft.needed, np.int32)[order], np.diff(member_ptr))
    needs = needs_from_groups(
        numbers.nodes,
        node[order],
        needed.astype(np.int32),
        np.array(draft.stops, np.bool_)[order],
        np.array(draft.delay_min, np.float64)[order],
        member_ptr.astype(np.int64),
        member.astype(np.int32),
    )
    return NeedsOfEstate(
        needs, numbers, np.array(draft.origin, np.int64)[order], np.array(unfollowed, np.int64)
    )
