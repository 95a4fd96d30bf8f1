"""Which backups can an attacker take, and which does each asset come back from?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.defences import DefenceKind, Shield
from hygie.engines.ransomware.nodes import BoolArray, IntArray, Numbering

# What holds data of its own; the rest is reinstalled, and nothing of it is missed but the time.
_RESTORED = frozenset({Kind.APPLICATION, Kind.SERVER, Kind.STORE, Kind.IDENTITY})


def is_out_of_reach(asset: AssetRecord, shield: Shield) -> bool:
    """Tell whether a backup is offline or cannot be written over, now or by the defence tried."""
    if asset.kind != Kind.BACKUP:
        return False
    return (
        asset.details.get("is_offline") is True
        or asset.details.get("is_immutable") is True
        or shield.covers(DefenceKind.OFFLINE_BACKUP, asset.key)
    )


@dataclass(frozen=True)
class Copies:
    """From what each asset comes back.

    Attributes:
        indptr, backup: (n+1,), (b,) backups of each asset, nodes.
        is_safe: (n,) one of its backups is out of reach.
        is_reinstalled: (n,) it needs no backup to come back.
        unknown: how many assets need a backup and have none that anybody wrote down.
    """

    indptr: IntArray
    backup: IntArray
    is_safe: BoolArray
    is_reinstalled: BoolArray
    unknown: int


def copies_of(estate: EstateMap, numbers: Numbering, shield: Shield) -> Copies:
    """Tell which backups bring each asset back.

    Its own; else those of what it stands on (a machine of a cluster that is backed up as a whole);
    else those of what stands on it (a server whose application is backed up). The hosts of a
    cluster hold nothing of their own. The defence `OFFLINE_BACKUP` keeps a copy out of reach of
    all that it covers, whether it had any or not.

    Args:
        estate: the map. numbers: of its assets. shield: the defences tried.

    Cost: O(assets + links).
    """
    own, below, above, hosts = _ties(estate, numbers)
    indptr, backup = [0], list[int]()
    is_safe = np.zeros(numbers.nodes, np.bool_)
    is_reinstalled = np.zeros(numbers.nodes, np.bool_)
    unknown = 0
    for node, asset in enumerate(numbers.assets):
        found = own.get(node) or _of_all(below.get(node), own) or _of_all(above.get(node), own)
        backup += found
        indptr.append(len(backup))
        is_kept = shield.covers(DefenceKind.OFFLINE_BACKUP, asset.key)
        is_safe[node] = is_kept or any(is_out_of_reach(numbers.assets[b], shield) for b in found)
        is_reinstalled[node] = asset.kind not in _RESTORED or node in hosts
        unknown += not found and not is_reinstalled[node]
    return Copies(
        np.array(indptr, np.int32), np.array(backup, np.int32), is_safe, is_reinstalled, unknown
    )


def _ties(
    estate: EstateMap, numbers: Numbering
) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, list[int]], set[int]]:
    """Backups of each asset, what it stands on, what stands on it; and the hosts of clusters."""
    hosts = set[int]()
    own: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    above: dict[int, list[int]] = {}
    for link in estate.links:
        source, target = numbers.index.get(link.source), numbers.index.get(link.target)
        if source is None or target is None:
            continue
        if link.verb == Verb.BACKED_UP_BY and numbers.assets[target].kind == Kind.BACKUP:
            own.setdefault(source, []).append(target)
        elif link.verb in (Verb.RUNS_ON, Verb.STORES_ON):
            below.setdefault(source, []).append(target)
            above.setdefault(target, []).append(source)
        elif link.verb == Verb.MADE_OF and numbers.assets[source].kind == Kind.CLUSTER:
            hosts.add(target)
    return own, below, above, hosts


def _of_all(nodes: list[int] | None, own: dict[int, list[int]]) -> list[int]:
    """Backups of several, when each has some: the worst of them decides, hence those of all."""
    if not nodes or any(node not in own for node in nodes):
        return []
    return sorted({backup for node in nodes for backup in own[node]})
