"""How is what was read fitted to what the map keeps?"""

from collections.abc import Mapping

from hygie.connectors.inventories.limits import LONGEST
from hygie.engines.estate.fields import FIELDS, FieldType
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import AssetKind

_TYPES: dict[FieldType, tuple[type, ...]] = {
    FieldType.TEXT: (str,),
    FieldType.CHOICE: (str,),
    FieldType.DATE: (str,),
    FieldType.BOOLEAN: (bool,),
    FieldType.INTEGER: (int,),
}


def fitted(name: str, text: str) -> str:
    """Cut a text to what the map keeps of this field.

    Args:
        name: of the field; that of a detail counts as "detail".
        text: as read.

    Returns:
        The text, cut when it is longer.
    """
    return text[: LONGEST.get(name, LONGEST["detail"])]


def details_of(kind: AssetKind, found: Mapping[str, Value | None]) -> dict[str, Value]:
    """Keep the details that this kind of asset has, and that are known.

    Args:
        kind: of the asset.
        found: any names; None and "" are unknown.

    Returns:
        Known values of the right type, in the order of the fields.
    """
    kept: dict[str, Value] = {}
    for field in FIELDS[kind]:
        value = found.get(field.name)
        if value is None or value == "" or not isinstance(value, _TYPES[field.type]):
            continue
        if isinstance(value, bool) and field.type is not FieldType.BOOLEAN:
            continue
        kept[field.name] = fitted(field.name, value) if isinstance(value, str) else value
    return kept
