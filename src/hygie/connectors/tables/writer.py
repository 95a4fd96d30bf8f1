"""How is a table written so that it opens safely in a spreadsheet and reads back equal?"""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from hygie.connectors.tables.neutral import neutralised

Written = str | int | float | bool | Decimal | dt.datetime | dt.date | dt.time | None

_LONGEST_CELL = 32_767
_LARGEST_EXACT = 10**15
_NARROWEST, _WIDEST = 10, 60
_MEASURED_ROWS = 200
_SURROGATES = re.compile("[\ud800-\udfff]")
# Characters that XML cannot hold, or would change; and what looks like their escape.
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def write_csv(
    target: Path | TextIO,
    titles: Sequence[str],
    rows: Iterable[Sequence[Written]],
    *,
    delimiter: str = ";",
) -> int:
    """Write a CSV file that French spreadsheets open at once: UTF-8 with its mark, `;`, CRLF.

    Texts that a spreadsheet would run are neutralised; `open_table` gives them back unchanged.

    Args:
        target: file to write, or an open text stream (its own encoding is then used).
        titles: first row.
        rows: one sequence per row, as long as the titles.
        delimiter: one character.

    Returns:
        Number of rows written.

    Raises:
        ValueError: a row has not as many cells as there are titles.
    """
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8-sig", newline="", errors="replace") as stream:
            return write_csv(stream, titles, rows, delimiter=delimiter)
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([neutralised(title) for title in titles])
    count = 0
    for count, row in enumerate(rows, start=1):
        _check_width(row, titles, count)
        writer.writerow([_csv_cell(cell) for cell in row])
    return count


def write_xlsx(
    target: Path | BinaryIO,
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Written]]]],
) -> int:
    """Write an Excel workbook row by row: titles frozen and bold, columns wide enough.

    Texts stay texts whatever they begin with, and Excel is told so (quote prefix).

    Args:
        target: file to write, or an open binary stream.
        sheets: name → titles and rows; rows may be generators.

    Returns:
        Number of rows written, titles aside.

    Raises:
        ValueError: a row has not as many cells as there are titles, or a text is too long.
    """
    workbook = Workbook(write_only=True)
    total = 0
    try:
        for name, (titles, rows) in sheets.items():
            total += _write_sheet(workbook.create_sheet(sheet_name(name)), titles, rows)
    except BaseException:
        # Only saving removes the temporary files of the library.
        workbook.save(BytesIO())
        raise
    workbook.save(target)
    return total


def sheet_name(name: str) -> str:
    """Make a name acceptable for a sheet: no []:*?/\\, 31 characters, not empty."""
    return _FORBIDDEN_IN_SHEET_NAME.sub(" ", name).strip(" '")[:31].strip(" '") or "Table"


def _write_sheet(
    sheet: WriteOnlyWorksheet, titles: Sequence[str], rows: Iterable[Sequence[Written]]
) -> int:
    """Write one sheet; widths are declared before the rows, so the first ones are measured."""
    source = iter(rows)
    measured = list(islice(source, _MEASURED_ROWS))
    return _append_rows(sheet, titles, measured, source)


def _append_rows(
    sheet: WriteOnlyWorksheet,
    titles: Sequence[str],
    measured: Sequence[Sequence[Written]],
    source: Iterable[Sequence[Written]],
) -> int:
    sheet.freeze_panes = "A2"
    dimensions = sheet.column_dimensions  # type: ignore[attr-defined]  # missing from the stubs
    for position, title in enumerate(titles):
        longest = max((_width(row[position]) for row in measured if position < len(row)), default=0)
        width = min(max(len(title) + 2, longest + 1, _NARROWEST), _WIDEST)
        dimensions[get_column_letter(position + 1)].width = width
    bold = Font(bold=True)
    sheet.append([_xlsx_text(sheet, title, bold) for title in titles])
    count = 0
    for part in (measured, source):
        for row in part:
            count += 1
            _check_width(row, titles, count)
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    return count


def _check_width(row: Sequence[Written], titles: Sequence[str], number: int) -> None:
    if len(row) != len(titles):
        raise ValueError(f"row {number} has {len(row)} cells for {len(titles)} titles")


def _width(cell: Written) -> int:
    lines = str("" if cell is None else cell).splitlines()
    return max(map(len, lines), default=0)


def _csv_cell(cell: Written) -> str | int | float | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return neutralised(cell.replace("\0", "")) if isinstance(cell, str) else cell


def _xlsx_cell(sheet: WriteOnlyWorksheet, cell: Written) -> object:
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, str):
        return _xlsx_text(sheet, cell) if cell else None
    if isinstance(cell, (int, Decimal)) and abs(Decimal(cell)) >= _LARGEST_EXACT:
        return _xlsx_text(sheet, str(cell))
    return cell


def _xlsx_text(sheet: WriteOnlyWorksheet, text: str, font: Font | None = None) -> Cell:
    """Make a cell that stays a text, even when it begins like a formula or reads like an error."""
    escaped = _TO_ESCAPE.sub(
        lambda found: f"_x{ord(found[0]):04X}_", _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    )
    if len(escaped) > _LONGEST_CELL:
        raise ValueError(f"a text of {len(text)} characters does not fit in a cell of Excel")
    cell = WriteOnlyCell(sheet, value=escaped)
    cell.data_type = "s"
    if neutralised(text) != text:
        cell.quotePrefix = True
    if font:
        cell.font = font
    return cell
