"""May this field of an asset hold this value?"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from hygie.engines.estate.fields import FIELDS, DetailField, FieldType
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import AssetKind

# Characters; what a column or a page bears.
LONGEST: Mapping[str, int] = {
    "code": 80, "name": 200, "owner": 120, "technical_owner": 120, "description": 20_000,
}  # fmt: skip
LONGEST_DETAIL = 2_000
# What every database holds in an integer column.
LARGEST = 2_147_483_647
LONGEST_MINUTES = 10 * 525_600

_FIELDS_BY_NAME: Mapping[AssetKind, Mapping[str, DetailField]] = {
    kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()
}


class Fault(StrEnum):
    """What is wrong with a value."""

    UNKNOWN_FIELD = "unknown_field"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_NUMBER = "not_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_BOOLEAN = "not_boolean"
    NOT_DATE = "not_date"
    NOT_A_CHOICE = "not_a_choice"


def detail_field(kind: AssetKind, name: str) -> DetailField | None:
    """The further field of this name that assets of this kind have."""
    return _FIELDS_BY_NAME[kind].get(name)


def detail_fault(kind: AssetKind, name: str, value: Value) -> Fault | None:
    """Judge a value of a further field.

    Args:
        kind: of asset. name: of the field. value: not empty.

    Returns:
        What is wrong, None when it may stand.
    """
    field = detail_field(kind, name)
    if field is None:
        return Fault.UNKNOWN_FIELD
    if field.type is FieldType.INTEGER:
        return integer_fault(value)
    if field.type is FieldType.BOOLEAN:
        return None if isinstance(value, bool) else Fault.NOT_BOOLEAN
    fault = text_fault(value, LONGEST_DETAIL)
    if fault is None and field.type is FieldType.DATE:
        return _date_fault(str(value))
    if fault is None and field.type is FieldType.CHOICE and value not in field.choices:
        return Fault.NOT_A_CHOICE
    return fault


def integer_fault(value: object, *, least: int = 0, most: int = LARGEST) -> Fault | None:
    """Judge a whole number between two bounds, both allowed."""
    if isinstance(value, bool) or not isinstance(value, int):
        return Fault.NOT_NUMBER
    return None if least <= value <= most else Fault.OUT_OF_RANGE


def text_fault(value: object, longest: int) -> Fault | None:
    """Judge a text by its length, in characters; no database holds U+0000."""
    if not isinstance(value, str) or "\x00" in value:
        return Fault.NOT_TEXT
    return None if len(value) <= longest else Fault.TOO_LONG


def _date_fault(value: str) -> Fault | None:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return Fault.NOT_DATE
    return None if len(value) == len("2000-01-31") else Fault.NOT_DATE
