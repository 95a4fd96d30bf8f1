"""Which losses are worth a name, and what does each take away?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.ransomware.needs import is_internet_line, is_online
from hygie.engines.ransomware.nodes import IntArray, Numbering, RansomwareError

# What an attacker can run code on, hence encrypt.
MACHINES = frozenset({
    Kind.SERVER, Kind.CLUSTER, Kind.STORE, Kind.BACKUP, Kind.WORKSTATION_GROUP, Kind.WORKSTATION,
    Kind.DEVICE, Kind.NETWORK,
})  # fmt: skip


class LossFamily(StrEnum):
    """Kinds of loss; values are stored."""

    OBJECT = "object"
    SEVERAL = "several"
    SUPPLIER = "supplier"
    SITE = "site"
    ZONE = "zone"
    IDENTITY = "identity"
    INTERNET = "internet"
    BACKUP = "backup"
    RANSOMWARE = "ransomware"  # every machine of one zone
    RED_BUTTON = "red_button"


@dataclass(frozen=True)
class Loss:
    """What is lost at once.

    Attributes:
        family: of which kind the loss is.
        keys: of the assets that name it; none for the Internet as a whole.
        nodes: (k,) assets lost, ascending.
    """

    family: LossFamily
    keys: tuple[str, ...]
    nodes: IntArray


def loss_of(
    numbers: Numbering, keys: Sequence[str], family: LossFamily = LossFamily.OBJECT
) -> Loss:
    """Tell what is lost with some assets.

    Args:
        numbers: of the map.
        keys: of the assets that name the loss; none is needed for `INTERNET` and `IDENTITY`,
            which then lose all lines, all identity services. On a map that tells no Internet
            line, what is only reached by the Internet is lost itself.
        family: `OBJECT` loses the assets themselves; `SUPPLIER`, `SITE`, `ZONE` and `RANSOMWARE`
            what goes with them.

    Raises:
        RansomwareError: a key is none of the map, or not of the kind that the family asks for, or
            the family has nothing to lose; `RED_BUTTON`, which `isolation.red_button` answers.
    """
    if family == LossFamily.RED_BUTTON:
        raise RansomwareError("isolation is no loss of assets: see isolation.red_button")
    nodes = [numbers.node(key) for key in keys]
    expected = _KIND_OF.get(family)
    for node in nodes:
        if expected and numbers.assets[node].kind != expected:
            kind = numbers.assets[node].kind.value
            raise RansomwareError(f"{numbers.assets[node].key!r} is a {kind}, not a {expected}")
    if not nodes and family == LossFamily.INTERNET:
        nodes = internet_nodes(numbers)
    if not nodes and family == LossFamily.IDENTITY:
        nodes = numbers.of_kind(Kind.IDENTITY).tolist()
    if not nodes:
        raise RansomwareError(f"the loss {family.value!r} names nothing that could be lost")
    taken = set(nodes)
    if family == LossFamily.RANSOMWARE:
        taken = set()
    for node in nodes:
        taken.update(_goes_with(numbers, numbers.assets[node].key, family))
    return Loss(family, tuple(keys), np.array(sorted(taken), np.int32))


_KIND_OF = {
    LossFamily.SUPPLIER: Kind.SUPPLIER,
    LossFamily.SITE: Kind.SITE,
    LossFamily.ZONE: Kind.ZONE,
    LossFamily.RANSOMWARE: Kind.ZONE,
    LossFamily.IDENTITY: Kind.IDENTITY,
    LossFamily.INTERNET: Kind.LINE,
    LossFamily.BACKUP: Kind.BACKUP,
}


def internet_nodes(numbers: Numbering) -> list[int]:
    """What a cut of the Internet takes away: its lines, else what is only reached by them."""
    lines = [node for node, asset in enumerate(numbers.assets) if is_internet_line(asset)]
    return lines or [node for node, asset in enumerate(numbers.assets) if is_online(asset)]


def _goes_with(numbers: Numbering, key: str, family: LossFamily) -> Iterable[int]:
    """What is lost with an asset beyond what the needs already tell."""
    assets = numbers.assets
    match family:
        case LossFamily.SUPPLIER:
            # Its ways in are closed, and what only it runs is gone with it.
            return [
                node
                for node in numbers.supplied_by.get(key, ())
                if assets[node].kind == Kind.ACCESS or assets[node].details.get("hosting") == "saas"
            ]
        case LossFamily.SITE:
            return numbers.at_site.get(key, ())
        case LossFamily.ZONE:
            return numbers.in_zone.get(key, ())
        case LossFamily.RANSOMWARE:
            return [v for v in numbers.in_zone.get(key, ()) if assets[v].kind in MACHINES]
    return ()


def named_losses(numbers: Numbering) -> tuple[Loss, ...]:
    """Every loss that has a name of its own in this map: suppliers, sites, zones, identity…

    Returns:
        Losses by family, then in the order of the map; a zone without machine has no ransomware.

    Cost: O(assets + what is lost).
    """
    answer = []
    by_kind = ((Kind.SUPPLIER, LossFamily.SUPPLIER), (Kind.SITE, LossFamily.SITE),
               (Kind.ZONE, LossFamily.ZONE), (Kind.ZONE, LossFamily.RANSOMWARE),
               (Kind.IDENTITY, LossFamily.IDENTITY), (Kind.BACKUP, LossFamily.BACKUP))  # fmt: skip
    for kind, family in by_kind:
        for node in numbers.of_kind(kind).tolist():
            loss = loss_of(numbers, [numbers.assets[node].key], family)
            if len(loss.nodes):
                answer.append(loss)
    if internet_nodes(numbers):
        answer.append(loss_of(numbers, [], LossFamily.INTERNET))
    return tuple(answer)


def single_losses(numbers: Numbering, kinds: Iterable[Kind] | None = None) -> tuple[Loss, ...]:
    """The loss of each asset alone, care aside: it relies on nobody's losing it.

    Args:
        numbers: of the map.
        kinds: to which to keep; all when None.
    """
    kept = set(kinds) if kinds is not None else set(Kind)
    return tuple(
        Loss(LossFamily.OBJECT, (asset.key,), np.array([node], np.int32))
        for node, asset in enumerate(numbers.assets)
        if asset.kind in kept and asset.kind != Kind.CARE
    )


def pair_loss(numbers: Numbering, first: int, second: int) -> Loss:
    """The loss of two assets at once, by node."""
    nodes = np.array(sorted((first, second)), np.int32)
    return Loss(LossFamily.SEVERAL, tuple(numbers.assets[v].key for v in nodes), nodes)
