"""How is a value read out of a record that promises nothing?"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Record: TypeAlias = Mapping[str, Any]

_NOTHING: Record = {}
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?.*)?")
_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?:[T ].*)?")
_FIRST_YEAR = 1990
_LAST_YEAR = 2200
_LONGEST = 100_000


def record_of(value: object) -> Record:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def records_of(value: object) -> Iterator[Record]:
    """The objects of a list; an object alone is a list of one."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def text_at(record: Record, *names: str) -> str:
    """The first of these fields that holds a text or a number; "" when none does."""
    for name in names:
        value = record.get(name)
        if isinstance(value, bool):
            continue
        if isinstance(value, str | int | float):
            text = " ".join(str(value)[:_LONGEST].replace("\0", "").split())
            if text:
                return text
    return ""


def texts_at(record: Record, name: str) -> list[str]:
    """All texts of a field that holds one, or a list of them."""
    value = record.get(name)
    found = value if isinstance(value, list) else [value]
    return [one.strip() for one in found if isinstance(one, str) and one.strip()]


def number_at(record: Record, name: str) -> int | None:
    """A whole number, written as such or as a text; None when it is none."""
    value = record.get(name)
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value.strip()[:18])
    return value if isinstance(value, int) and abs(value) < 10**18 else None


def flag_at(record: Record, name: str) -> bool | None:
    """A boolean, or 0, 1, yes, no; None when it is none."""
    value = record.get(name)
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower()
    if said in {"1", "yes", "true", "on"}:
        return True
    return False if said in {"0", "no", "false", "off"} else None


def instant_of(text: str) -> dt.datetime | None:
    """An instant as tools write it, in UTC; one without zone is taken as UTC.

    Args:
        text: ISO 8601, with a blank or a T.

    Returns:
        The instant; None when it is none, or before 1990.
    """
    cleaned = text.strip()
    if not _INSTANT.fullmatch(cleaned):
        return None
    try:
        found = dt.datetime.fromisoformat(cleaned)
        aware = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
        instant = aware.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return instant if _FIRST_YEAR <= instant.year <= _LAST_YEAR else None


def day_of(text: str) -> str:
    """A day in ISO 8601, of one written year first or day first; "" when it is none."""
    if found := _DAY.fullmatch(text.strip()):
        year, month, number = found[1], found[2], found[3]
    elif found := _DAY_FIRST.fullmatch(text.strip()):
        year, month, number = found[3], found[2], found[1]
    else:
        return ""
    try:
        day = dt.date(int(year), int(month), int(number))
    except ValueError:
        return ""
    return day.isoformat() if _FIRST_YEAR <= day.year <= _LAST_YEAR else ""


def instant_of_epoch(text: str) -> dt.datetime | None:
    """An instant written in seconds since 1970; None when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return None
    instant = dt.datetime.fromtimestamp(int(text), dt.UTC)
    return instant if instant.year >= _FIRST_YEAR else None
