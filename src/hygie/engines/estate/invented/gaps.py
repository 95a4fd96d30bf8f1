"""What does nobody know in an invented estate?

Care and the applications of roles are best known; the smaller an asset, the less was ever written.
Nothing is forgotten of what planted facts rest on.
"""

from typing import Any

from msgspec.structs import replace

from hygie.engines.estate.fields import REQUIRED
from hygie.engines.estate.invented.draft import Book
from hygie.engines.estate.types import AssetRecord, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Verb

# How much more, or less, is forgotten of a kind than of the others.
_WEIGHT = {
    AssetKind.CARE: 0.5, AssetKind.SITE: 0.2, AssetKind.ZONE: 0.4, AssetKind.CLUSTER: 0.3,
    AssetKind.WORKSTATION: 0.3, AssetKind.DEVICE: 1.1, AssetKind.ACCESS: 1.3,
    AssetKind.SUPPLIER: 1.2, AssetKind.BACKUP: 0.8, AssetKind.SERVER: 0.7,
}  # fmt: skip
_OFTEN = {
    "max_downtime_min": 1.5, "max_data_loss_min": 1.7, "restored_on": 2.0, "cut_procedure": 1.6,
    "emergency_phone": 1.4, "technical_owner": 0.7, "os": 0.6, "model": 0.5, "vendor": 0.5,
}  # fmt: skip
# Without them the assets would no longer be what they are, or stand nowhere.
_NEVER = {"criticality", "hosting", "zone", "site", "exposure", "is_offline", "is_immutable"}
_FORGOTTEN_TIES = {Verb.BACKED_UP_BY, Verb.MAINTAINED_BY, Verb.ADMINISTERS}


def forget(book: Book, share: float) -> None:
    """Take away fields, ties and identifiers.

    Args:
        book: changed in place.
        share: 0 … 1 of required fields that are forgotten, more or less according to the kind and
            the field; of the ties that may be, a third of that.
    """
    for key, asset in book.assets.items():
        lost = _lost_fields(book, asset, share * _WEIGHT.get(asset.kind, 1.0))
        if lost:
            book.assets[key] = _without(asset, lost)
    _forget_names(book, share / 8)
    book.links[:] = [
        link
        for link in book.links
        if not _may_be_forgotten(book, link) or not book.chance(share / 3)
    ]


def _may_be_forgotten(book: Book, link: LinkRecord) -> bool:
    """Alone in its need, and not of what planted facts rest on."""
    if link.group or link.source in book.kept:
        return False
    ends = book.assets[link.source].kind, book.assets[link.target].kind
    is_asked = link.verb == Verb.USES and ends[1] == AssetKind.APPLICATION
    is_hosted = link.verb == Verb.RUNS_ON and ends[0] == AssetKind.APPLICATION
    return link.verb in _FORGOTTEN_TIES or (
        (is_asked or is_hosted) and link.target not in book.kept
    )


def _lost_fields(book: Book, asset: AssetRecord, share: float) -> list[str]:
    is_role = asset.kind == AssetKind.APPLICATION and asset.key in book.kept
    if asset.kind == AssetKind.ACCESS and asset.key in book.kept:
        return []
    share = share / 3 if is_role else share
    return [
        name
        for name in REQUIRED[asset.kind]
        if name not in _NEVER
        and not (name == "supplier" and asset.key in book.kept)
        and book.chance(share * _OFTEN.get(name, 1.0))
    ]


def _without(asset: AssetRecord, names: list[str]) -> AssetRecord:
    fields: dict[str, Any] = {
        name: None if name.startswith("max_") else "" for name in names if name not in asset.details
    }
    details = {name: value for name, value in asset.details.items() if name not in names}
    known = {name: value for name, value in fields.items() if name in AssetRecord.__struct_fields__}
    return replace(asset, details=details, **known)


def _forget_names(book: Book, share: float) -> None:
    """Hosts of which no serial number, or no hardware address, was ever read."""
    for key, asset in book.assets.items():
        if len(asset.identifiers) > 2 and book.chance(share):
            gone = book.pick((IdentifierKind.SERIAL, IdentifierKind.MAC))
            left = tuple(pair for pair in asset.identifiers if pair[0] != gone)
            book.assets[key] = replace(asset, identifiers=left)
