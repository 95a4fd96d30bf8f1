"""What are the rows of one sheet of an Excel workbook?"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from hygie.connectors.files.archive import opened_archive
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.merged import MergedColumns
from hygie.connectors.tables.types import Cell, Flaw, SourceRow
from hygie.connectors.tables.xlsx_package import SheetEntry, Workbook, merged_ranges, unescaped
from hygie.connectors.tables.xml_stream import XmlSink, feed_xml

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_LARGEST_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class XlsxSheet:
    """A sheet of an Excel workbook."""

    workbook: Workbook
    entry: SheetEntry

    @property
    def name(self) -> str:
        """Give the name of the sheet."""
        return self.entry.name

    @property
    def is_hidden(self) -> bool:
        """Tell whether the sheet is hidden."""
        return self.entry.is_hidden

    def rows(self, report: Report) -> Iterator[SourceRow]:
        """Give the rows; see Sheet. A vertically merged value is given to each of its rows."""
        book, part = self.workbook, self.entry.part
        with opened_archive(book.path, book.limits, file_name=book.file) as archive:
            merged = MergedColumns(merged_ranges(archive, part))
            builder = _RowBuilder(book, part)
            sink = XmlSink(builder.start, builder.end, builder.text)
            with archive.open(part) as stream:
                for _turn in feed_xml(stream, sink, file=book.file, part=part):
                    for row in builder.taken():
                        yield merged.filled(row)
        if builder.hidden:
            report.info(MessageCode.ROWS_HIDDEN, count=builder.hidden)
        for extent in merged.used:
            report.warning(MessageCode.CELLS_MERGED, range=extent)


@lru_cache(maxsize=1024)
def column_position(letters: str) -> int:
    """Turn the letters of a column into a position: A → 0, Z → 25, AA → 26; -1 for no column."""
    if not _LETTERS.fullmatch(letters):
        return -1
    position = 0
    for letter in letters.upper():
        position = position * 26 + ord(letter) - 64
    return position - 1


@dataclass(slots=True)
class _RowBuilder:
    """Turns the XML events of a sheet into rows; keeps one row at a time."""

    workbook: Workbook
    part: str
    done: list[SourceRow] = field(default_factory=list)
    number: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)
    flaws: dict[int, Flaw] = field(default_factory=dict)
    position: int = -1
    kind: str = "n"
    style: int = 0
    pieces: list[str] = field(default_factory=list)
    has_formula: bool = False
    is_reading: bool = False
    is_phonetic: bool = False
    hidden: int = 0
    is_hidden: bool = False

    def taken(self) -> list[SourceRow]:
        """Give the rows completed since the last call."""
        done, self.done = self.done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a row, a cell, or one of the texts inside it."""
        if name == "c":
            self._open_cell(attributes)
        elif name in {"v", "t"}:
            self.is_reading = self.position >= 0 and not self.is_phonetic
        elif name == "f":
            self.has_formula = True
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "row":
            declared = attributes.get("r", "")
            valid = declared.isdecimal() and len(declared) < 9
            self.number = int(declared) if valid else self.number + 1
            self.cells, self.flaws, self.position = {}, {}, -1
            self.is_hidden = attributes.get("hidden", "") in {"1", "true"}

    def text(self, piece: str) -> None:
        """Gather the text of a value."""
        if self.is_reading:
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        """Close what `start` opened."""
        if name in {"v", "t"}:
            self.is_reading = False
        elif name == "c":
            self._close_cell()
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "row":
            width = max(self.cells, default=-1) + 1
            dense: Sequence[Cell] = [self.cells.get(position, "") for position in range(width)]
            self.done.append(SourceRow(self.number, dense, self.flaws))
            self.hidden += self.is_hidden and any(cell != "" for cell in dense)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        found = column_position(attributes.get("r", "").rstrip("0123456789"))
        self.position = found if found >= 0 else self.position + 1
        self.kind = attributes.get("t", "n")
        style = attributes.get("s", "")
        self.style = int(style) if style.isdecimal() and len(style) < 7 else 0
        self.pieces.clear()
        self.has_formula = False

    def _close_cell(self) -> None:
        raw = "".join(self.pieces)
        if not raw and not self.has_formula:
            return
        limits = self.workbook.limits
        if self.position >= limits.max_columns:
            raise refusal(
                MessageCode.TOO_MANY_COLUMNS,
                file=self.workbook.file,
                row=self.number,
                found=self.position + 1,
                limit=limits.max_columns,
            )
        value, flaw = self._value(raw)
        if isinstance(value, str) and len(value) > limits.max_cell:
            flaw = Flaw(MessageCode.CELL_TOO_LONG, {"length": len(value), "limit": limits.max_cell})
            value = value[: limits.max_cell]
        self.cells[self.position] = value
        if flaw:
            self.flaws[self.position] = flaw

    def _value(self, raw: str) -> tuple[Cell, Flaw | None]:
        """Read a cell; of a formula only the value kept in the file, never computed here."""
        if self.has_formula and not raw and self.kind != "str":
            return "", Flaw(MessageCode.CELL_FORMULA_EMPTY)
        formula = Flaw(MessageCode.CELL_FORMULA, is_error=False) if self.has_formula else None
        match self.kind:
            case "s":
                return self._shared(raw), formula
            case "e":
                return "", Flaw(MessageCode.CELL_ERROR, {"value": raw})
            case "b":
                return raw.strip() == "1", formula
            case "d":
                return _iso_moment(raw), formula
            case "n":
                return self._number(raw, formula)
        return unescaped(raw), formula

    def _shared(self, raw: str) -> str:
        texts = self.workbook.texts
        index = int(raw) if raw.strip().isdecimal() and len(raw) < 10 else len(texts)
        if index >= len(texts):
            raise refusal(
                MessageCode.FILE_DAMAGED, file=self.workbook.file, part=self.part, row=self.number
            )
        return texts[index]

    def _number(self, raw: str, formula: Flaw | None) -> tuple[Cell, Flaw | None]:
        try:
            number = float(raw)
        except ValueError:
            return raw, Flaw(MessageCode.CELL_NOT_NUMBER, {"value": raw})
        is_duration = self.style in self.workbook.duration_styles
        if is_duration or self.style in self.workbook.date_styles:
            epoch = MAC_EPOCH if self.workbook.is_1904 else WINDOWS_EPOCH
            try:
                moment = from_excel(number, epoch, timedelta=is_duration)
            except (OverflowError, ValueError):
                return raw, Flaw(MessageCode.CELL_NOT_DATE, {"value": raw})
            return _simplest(moment, raw), formula
        return _plain_number(raw, number), formula


def _plain_number(raw: str, number: float) -> Cell:
    """Keep whole numbers whole, and the digits of those that a float cannot hold."""
    if raw.strip().lstrip("-").isdecimal():
        return int(raw) if abs(number) < _LARGEST_EXACT else raw.strip()
    if number.is_integer() and abs(number) < _LARGEST_EXACT:
        return int(number)
    return number


def _simplest(moment: object, raw: str) -> Cell:
    """Give a date for a moment at midnight: a sheet has no type for a day alone."""
    if isinstance(moment, dt.datetime):
        is_day = moment.time() == dt.time()
        return moment.date() if is_day else moment
    if isinstance(moment, dt.date | dt.time | dt.timedelta):
        return moment
    return raw


def _iso_moment(raw: str) -> Cell:
    try:
        moment = dt.datetime.fromisoformat(raw.strip())
    except ValueError:
        return raw
    return _simplest(moment.replace(tzinfo=None), raw)
