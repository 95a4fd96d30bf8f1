"""Where is the table of this file, whatever its format?"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hygie.connectors.files.limits import DEFAULT_LIMITS, Limits
from hygie.connectors.files.sniff import FileType, check_type
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.delimited import DelimitedSheet, delimited_sheet
from hygie.connectors.tables.ods_rows import ods_sheets
from hygie.connectors.tables.titles import TitleMatch, match_titles
from hygie.connectors.tables.types import Cell, Column, Row, Sheet, SourceRow, Table
from hygie.connectors.tables.xlsx_package import read_workbook
from hygie.connectors.tables.xlsx_rows import XlsxSheet

# A text of one column, or with a few lines of presentation, may look like another kind of text.
TABLE_TYPES = frozenset({FileType.XLSX, FileType.ODS, FileType.CSV, FileType.TEXT, FileType.YAML})
_TITLE_DEPTH = 50


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Book:
    """A file that holds tables, opened once for all of them."""

    file: str
    kind: FileType
    sheets: tuple[Sheet, ...]
    limits: Limits
    report: Report


def open_book(
    path: Path,
    *,
    expected: Sequence[Column] = (),
    limits: Limits = DEFAULT_LIMITS,
    file_name: str = "",
) -> Book:
    """Open a CSV, TSV, XLSX or ODS file without reading its rows.

    Args:
        path: the file; its type is read from its content.
        expected: columns that tell the delimiter of a text file: that under which most appear.
        limits: bounds on the file.
        file_name: name shown to the user.

    Returns:
        Its sheets, hidden ones included; a text file has one, without name.

    Raises:
        FileRefused: unreadable or dangerous.
    """
    name = file_name or path.name
    report = Report(name)
    kind, messages = check_type(path, TABLE_TYPES, file_name=name, limits=limits)
    for message in messages:
        report.append(message)
    return Book(name, kind, _sheets(path, kind, expected, limits, name), limits, report)


def open_table(
    path: Path,
    *,
    expected: Sequence[Column],
    limits: Limits = DEFAULT_LIMITS,
    file_name: str = "",
    sheet: str = "",
    cancelled: Callable[[], bool] = _never,
) -> Table:
    """Find the expected columns in a CSV, TSV, XLSX or ODS file.

    The row of the titles is looked for in the first 50 rows of each visible sheet; the first sheet
    with all required columns and the most columns is taken. Nothing under the titles is read yet.

    Args:
        path: the file; its type is read from its content.
        expected: columns wanted.
        limits: bounds on the file.
        file_name: name shown to the user.
        sheet: name of the only sheet to look at; "" for any.
        cancelled: asked every thousand rows.

    Returns:
        The table; `rows()` streams it.

    Raises:
        FileRefused: unreadable, dangerous, or without the required columns.
    """
    book = open_book(path, expected=expected, limits=limits, file_name=file_name)
    visible = _candidates(book.sheets, sheet, book.report)
    table = table_in(book, visible, expected=expected, cancelled=cancelled)
    others = [one.name for one in visible if one.name != table.sheet]
    if others:
        book.report.info(MessageCode.SHEET_CHOSEN, sheet=table.sheet, others=", ".join(others))
    return table


def table_in(
    book: Book,
    sheets: Sequence[Sheet],
    *,
    expected: Sequence[Column],
    cancelled: Callable[[], bool] = _never,
) -> Table:
    """Find the expected columns in some sheets of an open file; see `open_table`.

    Args:
        book: the file.
        sheets: those to look at.
        expected: columns wanted.
        cancelled: asked every thousand rows.

    Returns:
        The table of the best of these sheets; its messages go to the report of the book.

    Raises:
        FileRefused: empty, or without the required columns.
    """
    report = book.report
    chosen, number, cells, match = _best_sheet(sheets, expected, report)
    for title in match.duplicates:
        report.warning(MessageCode.HEADER_DUPLICATE, field=title, title=title)
    for title in match.unknown:
        report.info(MessageCode.HEADER_UNKNOWN, field=title, title=title)

    def rows() -> Iterator[Row]:
        return _table_rows(chosen, number, match, expected, report, book.limits, cancelled)

    encoding, delimiter = "", ""
    if isinstance(chosen, DelimitedSheet):
        encoding, delimiter = chosen.encoding.name, chosen.delimiter
    return Table(
        file=book.file,
        kind=book.kind if book.kind in {FileType.XLSX, FileType.ODS} else FileType.CSV,
        sheet=chosen.name,
        encoding=encoding,
        delimiter=delimiter,
        header_row=number,
        positions=match.positions,
        unknown_titles=match.unknown,
        report=report,
        read_rows=rows,
        titles=tuple(text_of(cell) for cell in cells),
    )


def _sheets(
    path: Path, kind: FileType, expected: Sequence[Column], limits: Limits, name: str
) -> tuple[Sheet, ...]:
    if kind is FileType.XLSX:
        workbook = read_workbook(path, limits, file_name=name)
        return tuple(XlsxSheet(workbook, entry) for entry in workbook.sheets)
    if kind is FileType.ODS:
        return ods_sheets(path, limits, file_name=name)
    return (delimited_sheet(path, expected, limits, _TITLE_DEPTH),)


def _candidates(sheets: Sequence[Sheet], wanted: str, report: Report) -> list[Sheet]:
    visible = []
    for sheet in sheets:
        if sheet.is_hidden:
            report.info(MessageCode.SHEET_HIDDEN, sheet=sheet.name)
        elif not wanted or sheet.name == wanted:
            visible.append(sheet)
    if not visible:
        raise refusal(MessageCode.SHEET_MISSING, file=report.file, sheet=wanted)
    return visible


def _best_sheet(
    sheets: Sequence[Sheet], expected: Sequence[Column], report: Report
) -> tuple[Sheet, int, Sequence[Cell], TitleMatch]:
    """Choose by the titles; a trial reading keeps its messages for itself."""
    best: tuple[Sheet, int, Sequence[Cell], TitleMatch] | None = None
    searched = 0
    for sheet in sheets:
        for row in islice(sheet.rows(Report(report.file)), _TITLE_DEPTH):
            searched = max(searched, row.number)
            match = match_titles(row.cells, expected)
            if best is None or _merit(match) > _merit(best[3]):
                best = sheet, row.number, row.cells, match
    if best is None:
        raise refusal(MessageCode.FILE_EMPTY, file=report.file)
    match = best[3]
    if not match.fits:
        raise refusal(
            MessageCode.HEADER_NOT_FOUND,
            file=report.file,
            row=best[1] if match.positions else None,
            missing=", ".join(match.missing),
            rows=searched,
        )
    return best


def _merit(match: TitleMatch) -> tuple[bool, int, int]:
    return match.fits, len(match.positions), -len(match.unknown)


def _table_rows(
    sheet: Sheet,
    header: int,
    match: TitleMatch,
    expected: Sequence[Column],
    report: Report,
    limits: Limits,
    cancelled: Callable[[], bool],
) -> Iterator[Row]:
    titles = {
        match.positions[column.name]: column.title
        for column in expected
        if column.name in match.positions
    }
    needed = [match.positions[column.name] + 1 for column in expected if column.required]
    width = max(needed, default=1)
    total = len(titles) + len(match.unknown) + len(match.duplicates)
    count = 0
    for source in sheet.rows(report):
        if source.number <= header or (not source.flaws and _is_blank(source.cells)):
            continue
        count += 1
        if count > limits.max_rows:
            raise refusal(
                MessageCode.TOO_MANY_ROWS,
                file=report.file,
                row=source.number,
                limit=limits.max_rows,
            )
        if count % 1000 == 0 and cancelled():
            raise ReadingCancelled
        if isinstance(sheet, DelimitedSheet) and not _has_width(source, width, total, report):
            continue
        if _report_flaws(source, titles, report) or _is_blank(source.cells):
            continue
        cells = source.cells
        values: dict[str, Cell] = {column.name: "" for column in expected}
        for name, position in match.positions.items():
            if position < len(cells):
                values[name] = cells[position]
        yield Row(source.number, values)
    if not count:
        report.warning(MessageCode.NO_ROWS)


def _is_blank(cells: Collection[Cell]) -> bool:
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _has_width(source: SourceRow, width: int, total: int, report: Report) -> bool:
    """Refuse a line cut before its last required column, or with more cells than titles.

    Empty cells beyond the titles, or absent optional ones at the end, are habits of spreadsheets.
    """
    found = len(source.cells)
    if found >= width and _is_blank(source.cells[total:]):
        return True
    report.error(MessageCode.ROW_COLUMNS, row=source.number, found=found, expected=total)
    return False


def _report_flaws(source: SourceRow, titles: dict[int, str], report: Report) -> bool:
    """Report what is wrong in the cells that are read; tell whether the row is refused."""
    is_refused = False
    for position, flaw in source.flaws.items():
        title = titles.get(position)
        if title is None:
            continue
        if flaw.is_error:
            is_refused = True
            report.error(flaw.code, row=source.number, field=title, **flaw.params)
        else:
            report.warning(flaw.code, row=source.number, field=title, **flaw.params)
    return is_refused
