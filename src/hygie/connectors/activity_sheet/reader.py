"""How much activity had each structure, according to a sheet?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.files.limits import DEFAULT_LIMITS, Limits
from hygie.connectors.finess.cells import finess_of
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.cells import RowCheck
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Column, Table

ACTIVITY_COLUMNS: tuple[Column, ...] = (
    Column(
        "finess",
        ("FINESS", "N° FINESS", "Numéro FINESS", "FINESS EJ", "FINESS ET", "FINESS number"),
    ),
    Column("year", ("ANNEE", "Année", "Exercice", "Year")),
    Column(
        "combined_activity",
        ("ACTIVITE COMBINEE", "Activité combinée", "Activité", "Combined activity"),
    ),
    Column("headcount", ("EFFECTIF", "Effectifs", "ETP", "Headcount", "FTE"), required=False),
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """An activity sheet whose titles have been found; `rows()` reads it."""

    table: Table

    @property
    def report(self) -> Report:
        """Give the messages, completed while rows are read."""
        return self.table.report

    def rows(self) -> Iterator[ActivityRow]:
        """Read the figures one by one; refused rows are reported and left out.

        Returns:
            One record per row. A second row for the same structure and year is refused: which of
            two figures is right is not for a reader to choose.

        Raises:
            FileRefused: the sheet stops being readable.
        """
        seen: dict[tuple[str, int], int] = {}
        columns = {column.name: column for column in ACTIVITY_COLUMNS}
        for row in self.table.rows():
            check = RowCheck(row, columns, self.report)
            finess = finess_of(check, "finess")
            year = check.integer("year", low=_FIRST_YEAR, high=_LAST_YEAR)
            activity = check.number("combined_activity", low=Decimal(0))
            headcount = check.number("headcount", needed=False, low=Decimal(0))
            if check.is_refused or year is None or activity is None:
                continue
            first = seen.setdefault((finess, year), row.number)
            if first != row.number:
                check.refuse("finess", MessageCode.ROW_DUPLICATE, first=first)
                continue
            yield ActivityRow(finess, year, activity, headcount, row.number)


def open_activity_sheet(
    path: Path,
    *,
    limits: Limits = DEFAULT_LIMITS,
    file_name: str = "",
    cancelled: Callable[[], bool] = _never,
) -> ActivitySheet:
    """Recognise an activity sheet (CSV, XLSX or ODS) by its titles.

    Args:
        path: the file.
        limits: bounds on the file.
        file_name: name shown to the user.
        cancelled: asked every thousand rows.

    Returns:
        The sheet, ready to read.

    Raises:
        FileRefused: unreadable, dangerous, or without FINESS, year and activity.
    """
    table = open_table(
        path, expected=ACTIVITY_COLUMNS, limits=limits, file_name=file_name, cancelled=cancelled
    )
    return ActivitySheet(table)
