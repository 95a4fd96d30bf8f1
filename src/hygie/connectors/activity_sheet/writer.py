"""How are activity figures exported?"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from hygie.connectors.activity_sheet.reader import ACTIVITY_COLUMNS
from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.tables.writer import Written, write_csv, write_xlsx

ACTIVITY_TITLES = tuple(column.title for column in ACTIVITY_COLUMNS)


def write_activity_csv(target: Path | TextIO, rows: Iterable[ActivityRow]) -> int:
    """Write activity figures as CSV; `open_activity_sheet` reads them back equal.

    Args:
        target: file to write, or an open text stream.
        rows: figures.

    Returns:
        Number of rows written.
    """
    return write_csv(target, ACTIVITY_TITLES, _cells(rows))


def write_activity_xlsx(target: Path | BinaryIO, rows: Iterable[ActivityRow]) -> int:
    """Write activity figures as an Excel sheet; `open_activity_sheet` reads them back equal.

    Args:
        target: file to write, or an open binary stream.
        rows: figures.

    Returns:
        Number of rows written.
    """
    return write_xlsx(target, {"Activité": (ACTIVITY_TITLES, _cells(rows))})


def _cells(rows: Iterable[ActivityRow]) -> Iterator[list[Written]]:
    for row in rows:
        yield [getattr(row, column.name) for column in ACTIVITY_COLUMNS]
