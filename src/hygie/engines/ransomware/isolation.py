"""What does the "red button" cost in care: zones cut from each other, from outside, from suppliers?

Cutting a flow loses no asset: it parts those who need each other over it. The needs are therefore
rewritten: who is beyond a cut flow is no member any more, and a group with too few members left
leans on one more node, which is lost.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hygie.engines.dependency.build import needs_from_groups
from hygie.engines.dependency.types import Needs
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.losses import Loss, LossFamily, internet_nodes
from hygie.engines.ransomware.needs import NeedsOfEstate
from hygie.engines.ransomware.nodes import BoolArray, Numbering

# Ties that are a machine or its disk, not a flow that a firewall sees.
_STANDS_ON = frozenset({Verb.RUNS_ON, Verb.STORES_ON, Verb.MADE_OF})
# What care is worked with, hence where it stands.
_WORKED_WITH = frozenset({Kind.WORKSTATION_GROUP, Kind.WORKSTATION, Kind.DEVICE})
_FLOWS = frozenset({Verb.USES, Verb.AUTHENTICATES_WITH, Verb.EXCHANGES_THROUGH, Verb.STORES_ON})


@dataclass(frozen=True)
class Isolation:
    """The needs once flows are cut, and what is lost in them.

    Attributes:
        found: the needs with one more node, `cut`, that stands for all cut flows.
        loss: what is lost: the lines, the accesses, and `cut`.
        cut: the node more.
        flows_cut: how many needs crossed a cut flow.
        flows_unknown: how many needs have an end whose zone nobody knows: they were not cut.
    """

    found: NeedsOfEstate
    loss: Loss
    cut: int
    flows_cut: int
    flows_unknown: int


def red_button(
    estate: EstateMap,
    found: NeedsOfEstate,
    *,
    zones: Collection[str] | None = None,
    lines: Sequence[str] | None = None,
    accesses: Sequence[str] | None = None,
) -> Isolation:
    """Cut flows between zones, the Internet and the ways in of suppliers.

    An asset without zone stands in those of what it runs on, stores on or is made of; care in
    those of what it is worked with: workstations and devices. A need is cut when no zone holds
    both ends and one end stands in isolated zones only.

    Args:
        estate: the map. found: its needs.
        zones: keys of the zones that are isolated; every one when None, none when empty.
        lines: keys of the Internet lines that are cut; all when None, or on a map without any,
            what is only reached by them.
        accesses: keys of the accesses that are closed; all when None.

    Returns:
        Needs to compile and evaluate in place of the map's own.

    Raises:
        RansomwareError: a key is none of the map.

    Cost: O(assets + links), some passes.
    """
    numbers = found.numbers
    isolated = {numbers.node(key) for key in zones} if zones is not None else None
    nodes = _chosen(numbers, lines, accesses)
    cut = found.needs.nodes
    parted = _parted(estate, found, isolated)
    loss = Loss(LossFamily.RED_BUTTON, tuple(numbers.assets[v].key for v in nodes),
                np.array([*nodes, cut], np.int32))  # fmt: skip
    rewritten = _rewritten(found.needs, parted.member, cut)
    return Isolation(
        replace(found, needs=rewritten), loss, cut, int(parted.member.sum()), parted.unknown
    )


@dataclass(frozen=True)
class _Parted:
    """(e,) members of groups that are beyond a cut flow, and how many could not be told."""

    member: BoolArray
    unknown: int


def _parted(estate: EstateMap, found: NeedsOfEstate, isolated: set[int] | None) -> _Parted:
    needs, places = found.needs, places_of(estate, found.numbers)
    beyond = np.zeros(len(needs.member), np.bool_)
    group_node = np.repeat(np.arange(needs.nodes), np.diff(needs.group_ptr)).tolist()
    origin, member_ptr, member = found.origin.tolist(), needs.member_ptr.tolist(), needs.member
    unknown = 0
    for group, node in enumerate(group_node):
        if origin[group] < 0 or estate.links[origin[group]].verb not in _FLOWS:
            continue
        here = places[node]
        for at in range(member_ptr[group], member_ptr[group + 1]):
            there = places[int(member[at])]
            if not here or not there:
                unknown += 1
            elif not here & there:
                beyond[at] = isolated is None or here <= isolated or there <= isolated
    return _Parted(beyond, unknown)


def _rewritten(needs: Needs, beyond: BoolArray, cut: int) -> Needs:
    """Leave out members beyond a cut flow; a group with too few left leans on `cut`."""
    group_node = np.repeat(np.arange(cut, dtype=np.int32), np.diff(needs.group_ptr))
    group_of = np.repeat(np.arange(len(needs.needed)), np.diff(needs.member_ptr))
    left = np.bincount(group_of[~beyond], minlength=len(needs.needed))
    fails = left < needs.needed
    kept = ~beyond & ~fails[group_of]
    sizes = np.where(fails, 1, left)
    member_ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    member = np.full(int(member_ptr[-1]), cut, np.int32)
    member[~np.repeat(fails, sizes)] = needs.member[kept]
    needed = np.where(fails, 1, needs.needed)
    return needs_from_groups(
        cut + 1, group_node, needed, needs.stops, needs.delay_min, member_ptr, member
    )


def _chosen(
    numbers: Numbering, lines: Sequence[str] | None, accesses: Sequence[str] | None
) -> list[int]:
    every_access = numbers.of_kind(Kind.ACCESS).tolist()
    chosen = internet_nodes(numbers) if lines is None else [numbers.node(key) for key in lines]
    chosen += every_access if accesses is None else [numbers.node(key) for key in accesses]
    return sorted(set(chosen))


def places_of(estate: EstateMap, numbers: Numbering) -> list[set[int]]:
    """In which zones does each asset stand?

    Args:
        estate: the map. numbers: of its assets.

    Returns:
        (n,) nodes of zones; empty where nobody knows.

    Cost: O(assets + links) for each level of standing on something.
    """
    below: dict[int, list[int]] = {}
    for link in estate.links:
        if link.verb not in _STANDS_ON and link.verb != Verb.USES:
            continue
        source, target = numbers.index.get(link.source), numbers.index.get(link.target)
        if source is None or target is None:
            continue
        is_worked_with = (
            numbers.assets[source].kind == Kind.CARE and numbers.assets[target].kind in _WORKED_WITH
        )
        if link.verb in _STANDS_ON or is_worked_with:
            below.setdefault(source, []).append(target)
    own = [
        {numbers.index[asset.zone]} if asset.zone in numbers.index else set[int]()
        for asset in numbers.assets
    ]
    for node in range(numbers.nodes):
        if not own[node] and node in below:
            own[node] = _below(node, below, own)
    return own


def _below(node: int, below: dict[int, list[int]], own: list[set[int]]) -> set[int]:
    """Zones of the nearest assets underneath that have one; circles are walked once."""
    seen, stack, zones = {node}, [node], set[int]()
    while stack:
        for other in below.get(stack.pop(), ()):
            if other in seen:
                continue
            seen.add(other)
            if own[other]:
                zones |= own[other]
            else:
                stack.append(other)
    return zones
