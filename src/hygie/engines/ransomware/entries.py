"""By which door does an attack come in, and where does that lead in the graph?"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.propagation.entries import WeightedEntries
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.ways import AttackGraph, Role

_EXPOSED = ("dmz", "internet")
# Where an attack starts that has taken what is no machine.
_STAGE = {Kind.IDENTITY: Role.ADMIN, Kind.ZONE: Role.INSIDE}


class EntryKind(StrEnum):
    """Doors; values are stored."""

    ANY = "any"  # each of the others as often as attacks are seen to take it
    PHISHING = "phishing"  # a workstation, of one zone when its key is given
    EXPOSED = "exposed"  # a server that the Internet reaches
    ACCOUNT = "account"  # a stolen account of remote work
    SUPPLIER = "supplier"  # a remote access; of one supplier, or one access, when its key is given
    ASSET = "asset"  # the asset whose key is given


@dataclass(frozen=True, slots=True)
class Entry:
    """A door, and which asset names it: "" when none is needed."""

    kind: EntryKind = EntryKind.ANY
    key: str = ""


def entry_of(text: str) -> Entry:
    """Read a door as people type it: "phishing", or "phishing:ZONE-12".

    Raises:
        RansomwareError: there is no such door.
    """
    name, _, key = text.partition(":")
    try:
        return Entry(EntryKind(name.strip()), key.strip())
    except ValueError:
        known = ", ".join(EntryKind)
        raise RansomwareError(f"no entry is named {name!r}: choose among {known}") from None


def doors(estate: EstateMap, graph: AttackGraph, entry: Entry) -> WeightedEntries:
    """Nodes at which runs start, and how often each.

    Args:
        estate: the map. graph: of its attacks.
        entry: the door.

    Returns:
        At least one node; weights are machines counted.

    Raises:
        RansomwareError: the map has no such door, or the asset is none of it.

    Cost: O(assets + links).
    """
    if entry.kind == EntryKind.ANY:
        return _any(estate, graph)
    found = _of_kind(estate, graph, entry)
    if not found:
        of = f" of {entry.key!r}" if entry.key else ""
        raise RansomwareError(f"the map has no entry {entry.kind.value!r}{of}")
    return _entries(found)


def _any(estate: EstateMap, graph: AttackGraph) -> WeightedEntries:
    """Each door with its share; what a map lacks is shared among the doors that it has."""
    together: dict[int, float] = {}
    for kind in (EntryKind.PHISHING, EntryKind.EXPOSED, EntryKind.ACCOUNT, EntryKind.SUPPLIER):
        found = _of_kind(estate, graph, Entry(kind))
        total = sum(found.values())
        for node, weight in found.items():
            share = graph.values[f"entry_{kind.value}"] * weight / total
            together[node] = together.get(node, 0.0) + share
    if not any(together.values()):
        raise RansomwareError("no entry has a share: an attack cannot come in")
    return _entries(together)


def _of_kind(estate: EstateMap, graph: AttackGraph, entry: Entry) -> dict[int, float]:
    assets = graph.numbers.assets
    match entry.kind:
        case EntryKind.PHISHING:
            return {
                node: float(_count(assets[node].details.get("count")))
                for node in np.flatnonzero(graph.is_machine).tolist()
                if assets[node].kind in (Kind.WORKSTATION, Kind.WORKSTATION_GROUP)
                and entry.key in ("", assets[node].zone)
            }
        case EntryKind.EXPOSED:
            return dict.fromkeys(_exposed(estate, graph, entry.key), 1.0)
        case EntryKind.ACCOUNT:
            return {int(graph.of_role(Role.ACCOUNT)[0]): 1.0}
        case EntryKind.SUPPLIER:
            return {
                node: 1.0
                for node in graph.numbers.of_kind(Kind.ACCESS).tolist()
                if entry.key in ("", assets[node].key, assets[node].supplier)
            }
    node = graph.numbers.node(entry.key)
    role = _STAGE.get(assets[node].kind)
    if role is None:
        return {node: 1.0}
    return {int(v): 1.0 for v in graph.of_role(role) if graph.key[v] == entry.key}


def _exposed(estate: EstateMap, graph: AttackGraph, key: str) -> list[int]:
    """Servers in a zone open to the Internet, or that an Internet line reaches."""
    index, assets = graph.numbers.index, graph.numbers.assets
    open_zones = {z.key for z in assets if z.details.get("exposure") in _EXPOSED}
    open_servers = set()
    for link in estate.links:
        source = index.get(link.source)
        is_line = source is not None and assets[source].kind == Kind.LINE
        if link.verb == Verb.REACHES and is_line and link.target in index:
            open_servers.add(link.target)
    zones = open_zones | open_servers
    return [
        node
        for node in np.flatnonzero(graph.is_machine).tolist()
        if assets[node].kind == Kind.SERVER
        and (assets[node].zone in zones or assets[node].key in open_servers)
        and key in ("", assets[node].zone, assets[node].key)
    ]


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 1 else 1


def _entries(weights: dict[int, float]) -> WeightedEntries:
    nodes = sorted(weights)
    return WeightedEntries(
        np.array(nodes, np.int32), np.array([weights[v] for v in nodes], np.float64)
    )
