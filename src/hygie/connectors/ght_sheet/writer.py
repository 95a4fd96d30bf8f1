"""How is the membership of GHT exported, in the columns of the ministry's list?"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from hygie.connectors.ght_sheet.reader import GHT_COLUMNS, GHT_ROLE_WORDS
from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.connectors.tables.writer import Written, write_csv, write_xlsx

GHT_TITLES = tuple(column.title for column in GHT_COLUMNS)


def write_ght_csv(target: Path | TextIO, rows: Iterable[GhtMembershipRow]) -> int:
    """Write memberships as CSV; `open_ght_sheet` reads them back equal.

    Args:
        target: file to write, or an open text stream.
        rows: memberships.

    Returns:
        Number of rows written.
    """
    return write_csv(target, GHT_TITLES, _cells(rows))


def write_ght_xlsx(target: Path | BinaryIO, rows: Iterable[GhtMembershipRow]) -> int:
    """Write memberships as an Excel sheet; `open_ght_sheet` reads them back equal.

    Args:
        target: file to write, or an open binary stream.
        rows: memberships.

    Returns:
        Number of rows written.
    """
    return write_xlsx(target, {"GHT": (GHT_TITLES, _cells(rows))})


def _cells(rows: Iterable[GhtMembershipRow]) -> Iterator[list[Written]]:
    for row in rows:
        values: dict[str, Written] = {
            column.name: getattr(row, column.name) for column in GHT_COLUMNS
        }
        values["role"] = GHT_ROLE_WORDS[row.role][0]
        yield list(values.values())
