"""What is one table to write, and how are its values put?"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

RowValues = tuple[str, dict[str, str]]
"""Distinguished name, and values by attribute."""
LONGEST_LIST = 512 * 1024
"""Characters after which the tool cuts a list: one mebibyte of UTF-16."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """One table: where it goes, its rows, and the attributes that it does not have."""

    area: str
    dns: str
    request: str
    rows: Iterable[RowValues]
    left_out: frozenset[str] = frozenset()


def date_text(seconds: int | None) -> str:
    """A date as the tool writes it; never and not told are empty."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds)) if seconds else ""


def whole(value: int | None) -> str:
    """A number, empty when not told."""
    return "" if value is None else str(value)


def yes_no(value: bool | None) -> str:
    """1, 0, or empty when not told."""
    return "" if value is None else str(int(value))


def joined(values: Iterable[str]) -> str:
    """A list of names, cut where the tool cuts it."""
    return ";".join(value for value in values if value)[:LONGEST_LIST]


def days_interval(days: int | None) -> str:
    """A duration as the directory keeps it, hundreds of nanoseconds, negative; 0 = never ends."""
    if days is None:
        return ""
    return str(-days * 864_000_000_000) if days else str(-(1 << 63))
