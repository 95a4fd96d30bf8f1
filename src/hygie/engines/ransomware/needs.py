"""What does each asset of a map need to give service?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.build import needs_from_groups
from hygie.engines.dependency.types import FloatArray, Needs
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import NEEDS, AssetKind, Effect, Verb
from hygie.engines.ransomware.nodes import BoolArray, IntArray, Numbering, numbering
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

    Cost: O(assets + links); 0.05 s for 14,000 assets and 40,000 links.
    Source: docs/engines/ransomware.md §1.
    """
    numbers = numbering(estate)
    grace_min = (values or parameters())["supplier_grace_h"] * _MINUTES
    tied, unfollowed = _tied(estate, numbers, grace_min)
    return _assembled([tied, *_implied(numbers, grace_min)], numbers, unfollowed)


@dataclass(frozen=True, slots=True)
class _Draft:
    """Groups under way and their members, as columns: (k,) each, (j,) for the last two.

    A member names its group by position in the draft. Groups of one node stand in the end in the
    order of drafts, then of positions.
    """

    node: IntArray
    needed: IntArray
    stops: BoolArray
    delay_min: FloatArray
    origin: LongArray
    member: IntArray
    member_group: LongArray


def _tied(estate: EstateMap, numbers: Numbering, grace_min: float) -> tuple[_Draft, LongArray]:
    """Groups that links tell, and the positions of the links that lead to nothing in service."""
    node_of, m = numbers.index.get, len(estate.links)
    source = np.fromiter((node_of(link.source, -1) for link in estate.links), np.int32, m)
    target = np.fromiter((node_of(link.target, -1) for link in estate.links), np.int32, m)
    is_need = np.fromiter((link.verb in NEEDS for link in estate.links), np.bool_, m)
    is_lost = (source < 0) | (target < 0)
    at = np.flatnonzero(is_need & ~is_lost)
    links, k = [estate.links[place] for place in at.tolist()], len(at)
    stops = np.fromiter((link.effect == Effect.STOP for link in links), np.bool_, k)
    delay_min = np.fromiter((link.delay_min for link in links), np.float64, k)
    is_kept = np.fromiter((link.verb == Verb.MAINTAINED_BY for link in links), np.bool_, k)
    # Nobody said anything: a maker who falls silent stops nothing on the day.
    is_silent = is_kept & (delay_min == 0)
    on_paper = np.where(stops, _holding_min(numbers)[source[at]], 0.0)
    alone = _Draft(
        node=source[at],
        needed=np.fromiter((link.needed for link in links), np.int32, k),
        stops=stops & ~is_silent,
        delay_min=np.where(is_silent, grace_min, delay_min + on_paper),
        origin=at,
        member=target[at],
        member_group=np.arange(k),
    )
    return _gathered(alone, links), np.flatnonzero(is_need & is_lost)


def _holding_min(numbers: Numbering) -> FloatArray:
    """(n,) minutes that care holds without its tools, 0 for all else."""
    answer = np.zeros(numbers.nodes)
    for node in numbers.care.tolist():
        answer[node] = float(numbers.assets[node].details.get("holds_min", 0) or 0)
    return answer


def _gathered(alone: _Draft, links: Sequence[LinkRecord]) -> _Draft:
    """Bring links of one source that bear one group together, under the strictest of them."""
    first: dict[tuple[int, str], int] = {}
    group_of = np.arange(len(links))
    for place, (node, link) in enumerate(zip(alone.node.tolist(), links, strict=True)):
        if link.group and (known := first.setdefault((node, link.group), place)) != place:
            group_of[place] = known
            alone.needed[known] = max(alone.needed[known], link.needed)
            alone.stops[known] |= alone.stops[place]
            alone.delay_min[known] = min(alone.delay_min[known], alone.delay_min[place])
    kept = group_of == np.arange(len(links))
    return _Draft(
        alone.node[kept], alone.needed[kept], alone.stops[kept], alone.delay_min[kept],
        alone.origin[kept], alone.member, (np.cumsum(kept) - 1)[group_of],
    )  # fmt: skip


def _implied(numbers: Numbering, grace_min: float) -> Iterator[_Draft]:
    """Groups that no link tells: sites, zones, suppliers, lines for what is online."""
    node_of, assets, n = numbers.index.get, numbers.assets, numbers.nodes
    site = np.fromiter((node_of(one.site, -1) if one.site else -1 for one in assets), np.int32, n)
    zone = np.fromiter((node_of(one.zone, -1) if one.zone else -1 for one in assets), np.int32, n)
    supplier = np.fromiter((node_of(one.supplier, -1) for one in assets), np.int32, n)
    is_rented = np.fromiter(
        (one.details.get("hosting") == "saas" for one in assets), np.bool_, n
    )  # fmt: skip
    yield _one_each(site, Reference.SITE)
    yield _one_each(zone, Reference.ZONE)
    yield _one_each(
        supplier, Reference.SUPPLIER, stops=is_rented, delay_min=np.where(is_rented, 0.0, grace_min)
    )
    yield _online(numbers)


def _one_each(
    other: IntArray,
    origin: Reference,
    *,
    stops: BoolArray | None = None,
    delay_min: FloatArray | None = None,
) -> _Draft:
    """A group of one for each node that needs another: (n,) arrays by node, -1 = needs none."""
    node = np.flatnonzero((other >= 0) & (other != np.arange(len(other))))
    k = len(node)
    return _Draft(
        node=node.astype(np.int32),
        needed=np.ones(k, np.int32),
        stops=np.ones(k, np.bool_) if stops is None else stops[node],
        delay_min=np.zeros(k) if delay_min is None else delay_min[node],
        origin=np.full(k, origin.value, np.int64),
        member=other[node],
        member_group=np.arange(k),
    )


def _online(numbers: Numbering) -> _Draft:
    """A group of lines for each node that is only reached by the Internet, where there are some."""
    lines = _internet_lines(numbers)
    online = [(v, lines[one.organisation]) for v, one in enumerate(numbers.assets)
              if is_online(one) and lines[one.organisation]]  # fmt: skip
    k, sizes = len(online), [len(ways) for _node, ways in online]
    return _Draft(
        node=np.array([node for node, _ways in online], np.int32),
        needed=np.ones(k, np.int32),
        stops=np.ones(k, np.bool_),
        delay_min=np.zeros(k),
        origin=np.full(k, Reference.INTERNET.value, np.int64),
        member=np.array([line for _node, ways in online for line in ways], np.int32),
        member_group=np.repeat(np.arange(k), sizes),
    )


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


def _assembled(
    drafts: Sequence[_Draft], numbers: Numbering, unfollowed: LongArray
) -> NeedsOfEstate:
    """Sort groups by node and members by group, each member once."""
    first = np.cumsum([0, *(len(draft.node) for draft in drafts)])[:-1].tolist()
    order = np.argsort(_joined(drafts, "node"), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    owner = [draft.member_group + shift for draft, shift in zip(drafts, first, strict=True)]
    pairs = np.sort(rank[np.concatenate(owner)] * max(numbers.nodes, 1) + _joined(drafts, "member"))
    # A tenth of the time of `np.unique`, which hashes first.
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    group_of, member = np.divmod(pairs, max(numbers.nodes, 1))
    member_ptr = np.searchsorted(group_of, np.arange(len(order) + 1))
    needed = np.minimum(_joined(drafts, "needed")[order], np.diff(member_ptr))
    needs = needs_from_groups(
        numbers.nodes,
        _joined(drafts, "node")[order],
        needed.astype(np.int32),
        _joined(drafts, "stops")[order],
        _joined(drafts, "delay_min")[order],
        member_ptr.astype(np.int64),
        member.astype(np.int32),
    )
    return NeedsOfEstate(needs, numbers, _joined(drafts, "origin")[order], unfollowed)


def _joined(drafts: Sequence[_Draft], name: str) -> Any:
    """One column of all drafts, one after the other."""
    return np.concatenate([getattr(draft, name) for draft in drafts])
