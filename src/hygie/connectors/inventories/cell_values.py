"""What does the cell of one field say, once its words are read?"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from hygie.connectors.inventories.durations import (
    DAY,
    HOUR,
    MINUTE,
    YEAR,
    minutes_of,
    unit_of_title,
)
from hygie.connectors.inventories.words import (
    CHOICE_WORDS,
    CRITICALITY_WORDS,
    FREQUENCY_WORDS,
    flag_of,
)
from hygie.connectors.tables.cells import date_of, number_of, text_of
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Cell
from hygie.engines.estate.fields import DetailField, FieldType
from hygie.engines.estate.types import Value
from hygie.engines.estate.values import LARGEST

_Word = TypeVar("_Word")

_AMOUNT = re.compile(r"(?P<number>[\d\s.,]+?)\s*(?P<unit>[a-zé/]+)", re.IGNORECASE)
# Unit written beside an amount → how many of the field's own unit.
_SCALES: Mapping[str, Mapping[str, Decimal]] = {
    "_gb": {
        "mo": Decimal("0.001"), "mb": Decimal("0.001"), "go": Decimal(1), "gb": Decimal(1),
        "gio": Decimal("1.073741824"), "to": Decimal(1000), "tb": Decimal(1000),
        "tio": Decimal("1099.511627776"), "po": Decimal(1_000_000), "pb": Decimal(1_000_000),
    },
    "_mbps": {
        "kbit/s": Decimal("0.001"), "kb/s": Decimal("0.001"), "mbit/s": Decimal(1),
        "mb/s": Decimal(1), "mbps": Decimal(1), "m": Decimal(1), "gbit/s": Decimal(1000),
        "gb/s": Decimal(1000), "gbps": Decimal(1000), "g": Decimal(1000),
    },
}  # fmt: skip
# Fields that hold a duration → their unit, minutes.
_DURATIONS = {"_min": MINUTE, "_h": HOUR, "_days": DAY}
# Records of patients are kept for twenty years and more.
_LONGEST_KEPT = 200 * YEAR
_RANKED = re.compile(r"\s*\d\s*[-–—:=.)(/]+\s*(?P<word>[^)]+)\)?\s*")
_SEPARATORS = re.compile(r"\s*(?:\r?\n|;|\|)\s*")
_LESSER_SEPARATORS = re.compile(r"\s*,\s*|\s+/\s+|\s+\+\s+")
_PRECISE = re.compile(r"[\s;|]+")


class Unread(StrEnum):
    """Why a cell was not read: what its field wants."""

    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"
    CHOICE = "choice"
    RANGE = "range"


def value_of(field: DetailField, cell: Cell, title: str) -> Value | Unread:
    """Read the cell of a further field.

    Args:
        field: with its type and its choices.
        cell: not empty.
        title: as written, which may tell the unit of bare numbers.

    Returns:
        The value, or what the field wants.
    """
    if field.type is FieldType.TEXT:
        return text_of(cell)
    if field.type is FieldType.BOOLEAN:
        flag = flag_of(text_of(cell))
        return Unread.CHOICE if flag is None else flag
    if field.type is FieldType.DATE:
        day = date_of(cell)
        return Unread.DATE if day is None else day.isoformat()
    if field.type is FieldType.CHOICE:
        words = {one: (one, *CHOICE_WORDS[field.name].get(one, ())) for one in field.choices}
        found = word_of(text_of(cell), words)
        return Unread.CHOICE if found is None else found
    return _integer(field.name, cell, title)


def duration_of(cell: Cell, title: str) -> int | Unread:
    """Minutes of a cell; a title that names a unit gives it to bare numbers."""
    minutes = minutes_of(cell, unit=unit_of_title(title))
    return Unread.DURATION if minutes is None else minutes


def criticality_of(cell: Cell) -> int | Unread:
    """A criticality from 1 to 4, as a number or as a word."""
    number = number_of(cell)
    if number is not None:
        return int(number) if number in {1, 2, 3, 4} else Unread.RANGE
    text = text_of(cell)
    found = word_of(text, CRITICALITY_WORDS)
    if found is None and (ranked := _RANKED.fullmatch(text)):
        # "4 - critique": the word says what the rank means, whichever way ranks go.
        found = word_of(ranked["word"], CRITICALITY_WORDS)
    return Unread.CHOICE if found is None else found


def word_of(text: str, words: Mapping[_Word, Sequence[str]]) -> _Word | None:
    """The value that one of its words says; case, accents and punctuation do not matter."""
    said = normalised(text) if text else ""
    if not said:
        return None
    return next(
        (value for value, own in words.items() if any(said == normalised(word) for word in own)),
        None,
    )


def names_in(text: str) -> list[str]:
    """The names of one cell: one a line, or between ";" or "|", else between "," " / " " + ".

    Args:
        text: of a cell.

    Returns:
        Names, in their order, once each.
    """
    parts = _SEPARATORS.split(text)
    if len(parts) == 1:
        parts = _LESSER_SEPARATORS.split(text)
    return list(dict.fromkeys(part.strip(" \t-•") for part in parts if part.strip(" \t-•")))


def codes_in(text: str) -> list[str]:
    """The identifiers of one cell, which hold no blank: between blanks, ";" or "|"."""
    return [part.strip(",") for part in _PRECISE.split(text) if part.strip(",")]


def _integer(name: str, cell: Cell, title: str) -> int | Unread:
    for suffix, unit in _DURATIONS.items():
        if name.endswith(suffix):
            return _span(name, cell, title, unit)
    scales = next((one for suffix, one in _SCALES.items() if name.endswith(suffix)), {})
    number = number_of(cell)
    if number is None and (found := _AMOUNT.fullmatch(text_of(cell))):
        scale = scales.get(found["unit"].lower())
        amount = number_of(found["number"])
        number = None if scale is None or amount is None else amount * scale
    if number is None:
        return Unread.NUMBER
    return _bounded(round(number))


def _span(name: str, cell: Cell, title: str, unit: int) -> int | Unread:
    """A duration in the unit of its field; a frequency may be a word."""
    if name.startswith("frequency"):
        hours = word_of(text_of(cell), FREQUENCY_WORDS)
        if hours is not None:
            return hours
    told = unit_of_title(title)
    number = number_of(cell)
    if number is not None and told in {unit, MINUTE}:
        return _bounded(round(number))
    minutes = minutes_of(cell, unit=told, longest=_LONGEST_KEPT)
    return Unread.DURATION if minutes is None else _bounded(round(Decimal(minutes) / unit))


def _bounded(number: int) -> int | Unread:
    return number if 0 <= number <= LARGEST else Unread.RANGE
