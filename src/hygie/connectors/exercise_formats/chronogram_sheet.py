"""Which sheet of a workbook holds the timeline, and what does it show as a whole?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from hygie.connectors.exercise_formats.columns import CONTENT
from hygie.connectors.exercise_formats.script_sheets import Script, sheet_called
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, table_in
from hygie.connectors.tables.titles import match_titles
from hygie.connectors.tables.types import Cell, Column, Sheet, Table

_TITLE_DEPTH = 50


def sheets_of_timeline(book: Book, script: Script, wanted: str) -> list[Sheet]:
    """The sheets where the timeline may be, and what is said of the others."""
    visible = []
    for one in book.sheets:
        if one.is_hidden:
            book.report.info(MessageCode.SHEET_HIDDEN, sheet=one.name)
        elif not wanted or one.name == wanted:
            visible.append(one)
    if not visible:
        raise refusal(MessageCode.SHEET_MISSING, file=book.file, sheet=wanted)
    own = sheet_called(book, "injects")
    if script.is_own and own is not None and not wanted:
        return [own]
    return [one for one in visible if one.name not in script.read] or visible


def table_of_timeline(
    book: Book,
    sheets: list[Sheet],
    expected: tuple[Column, ...],
    cancelled: Callable[[], bool],
) -> tuple[Table, tuple[Column, ...]]:
    """The table, and its columns: where no time but a simulated one is told, that is the time."""
    try:
        return table_in(book, sheets, expected=expected, cancelled=cancelled), expected
    except FileRefused as refused:
        by_name = {column.name: column for column in expected}
        simulated = by_name.pop("simulated_time", None)
        if refused.message.code is not MessageCode.HEADER_NOT_FOUND or simulated is None:
            raise
        by_name["time"] = Column("time", simulated.titles)
        others = tuple(by_name.values())
        if not any(fits(sheet, others, book) for sheet in sheets):
            raise
    return table_in(book, sheets, expected=others, cancelled=cancelled), others


def fits(sheet: Sheet, expected: tuple[Column, ...], book: Book) -> bool:
    """Whether a sheet holds the titles of a timeline."""
    rows = islice(sheet.rows(Report(book.file)), _TITLE_DEPTH)
    matches = (match_titles(row.cells, expected) for row in rows)
    return any(one.fits and any(name in one.positions for name in CONTENT) for one in matches)


@dataclass(slots=True)
class Looked:
    """The sheet of a timeline, looked at as a whole before its rows are taken."""

    book: Book
    table: Table
    blanks: int = 0
    found: dict[str, list[Cell]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = {name: [] for name in self.table.positions}
        sheet = next(one for one in self.book.sheets if one.name == self.table.sheet)
        for row in sheet.rows(Report(self.book.file)):
            if row.number <= self.table.header_row:
                continue
            self.blanks += not any(text_of(cell) for cell in row.cells)
            for name in {"time", "day", "cells", "simulated_time"} & set(self.found):
                at = self.table.positions[name]
                if at < len(row.cells):
                    self.found[name].append(row.cells[at])

    def cells(self, name: str) -> list[Cell]:
        """Cells of one column of ours, those of blank rows included."""
        return self.found.get(name, [])


def titled_columns(table: Table, expected: Iterable[Column]) -> dict[str, Column]:
    """Our columns under the titles of this file."""
    return {
        column.name: Column(
            column.name,
            (table.titles[table.positions[column.name]],)
            if table.has(column.name)
            else column.titles,
            column.required,
        )
        for column in expected
    }
