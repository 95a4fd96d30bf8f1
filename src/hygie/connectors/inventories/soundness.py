"""May this record of a map file stand, and which of its values may not?

Further fields are not judged here: whoever writes them into a map says what is wrong with each.
"""

from collections.abc import Iterator

from hygie.connectors.inventories.canonical import canonical
from hygie.connectors.inventories.limits import LONGEST
from hygie.engines.estate.types import AssetRecord, LinkRecord, Value
from hygie.engines.estate.values import LONGEST_MINUTES, text_fault
from hygie.engines.estate.vocabulary import IdentifierKind

_TEXTS = ("key", "name", "description", "owner", "technical_owner")
_REFERENCES = ("organisation", "site", "zone", "supplier")
_MOST_NEEDED = 32_767
_CRITICALITIES = range(1, 5)


def asset_faults(asset: AssetRecord) -> Iterator[str]:
    """Fields for which the whole asset has to be refused.

    Args:
        asset: as decoded.

    Returns:
        Names of fields: a text too long, a number out of bounds.
    """
    for name in _TEXTS:
        if text_fault(getattr(asset, name), LONGEST[name]):
            yield name
    for name in _REFERENCES:
        if text_fault(getattr(asset, name), LONGEST["reference"]):
            yield name
    if any(text_fault(one, LONGEST["reference"]) for one in asset.shared_with):
        yield "shared_with"
    if asset.criticality is not None and asset.criticality not in _CRITICALITIES:
        yield "criticality"
    for name in ("max_downtime_min", "max_data_loss_min"):
        minutes = getattr(asset, name)
        if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
            yield name


def link_faults(link: LinkRecord) -> Iterator[str]:
    """Fields for which a link has to be refused."""
    if text_fault(link.group, LONGEST["group"]):
        yield "group"
    if not 1 <= link.needed <= _MOST_NEEDED:
        yield "needed"
    if not 0 <= link.delay_min <= LONGEST_MINUTES:
        yield "delay_min"
    yield from (f"details.{name}" for name, value in link.details.items() if _is_wrong(value))


def identifier_faults(asset: AssetRecord) -> Iterator[tuple[IdentifierKind, str]]:
    """Identifiers that are not canonical, or that identify nothing."""
    for kind, value in asset.identifiers:
        if canonical(kind, value) != value:
            yield kind, value


def _is_wrong(value: Value) -> bool:
    return isinstance(value, str) and text_fault(value, LONGEST["detail"]) is not None
