"""What may be lost, for someone who types a few letters of its name?"""

from collections.abc import Sequence
from dataclasses import dataclass

from hygie.engines.estate.vocabulary import AssetKind
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.choices import LossFamily
from hygie.territory.estate.words import kind_word

_MOST = 20
# What more than the asset itself may be lost with it: the wider first.
_FAMILIES = {
    AssetKind.SUPPLIER: (LossFamily.SUPPLIER,),
    AssetKind.SITE: (LossFamily.SITE,),
    AssetKind.ZONE: (LossFamily.ZONE, LossFamily.RANSOMWARE),
    AssetKind.IDENTITY: (LossFamily.IDENTITY,),
    AssetKind.BACKUP: (LossFamily.BACKUP,),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One loss that may be chosen."""

    token: str
    name: str
    kind: str
    family: str


def losses_matching(found: ImpactMap, text: str) -> Sequence[Offer]:
    """Losses whose asset holds each word of a text."""
    return [offer for node in found.matching(text, most=_MOST) for offer in _offers(found, node)]


def _offers(found: ImpactMap, node: int) -> list[Offer]:
    asset = found.asset(node)
    families = _FAMILIES.get(asset.kind, (LossFamily.OBJECT,))
    return [
        Offer(
            f"{family.value}:{found.ids[node]}",
            found.names[node],
            kind_word(asset.kind.value),
            str(family.label),
        )
        for family in families
    ]
