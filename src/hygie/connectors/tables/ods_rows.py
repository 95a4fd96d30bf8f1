"""What are the sheets and rows of an OpenDocument spreadsheet?"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hygie.connectors.files.archive import opened_archive
from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.types import Cell, Flaw, Sheet, SourceRow
from hygie.connectors.tables.xml_stream import XmlSink, drain_xml, feed_xml

_PART = "content.xml"
_DURATION = re.compile(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")
_MOST_REPEATS = 1_048_576


@dataclass(frozen=True, slots=True)
class OdsSheet:
    """A sheet of an OpenDocument spreadsheet, by its order."""

    path: Path
    file: str
    limits: Limits
    index: int
    name: str
    is_hidden: bool
    durations: frozenset[str] = frozenset()

    def rows(self, report: Report) -> Iterator[SourceRow]:
        """Give the rows; see Sheet. Blank rows are left out, repeated ones are repeated."""
        builder = _Builder(self.limits, self.file, wanted=self.index, durations=self.durations)
        sink = XmlSink(builder.start, builder.end, builder.text)
        with (
            opened_archive(self.path, self.limits, file_name=self.file) as archive,
            archive.open(_PART) as stream,
        ):
            for _turn in feed_xml(stream, sink, file=self.file, part=_PART):
                yield from builder.taken()
                if builder.index > self.index:
                    break
        if builder.hidden:
            report.info(MessageCode.ROWS_HIDDEN, count=builder.hidden)


def ods_sheets(path: Path, limits: Limits, *, file_name: str = "") -> tuple[Sheet, ...]:
    """List the sheets of an OpenDocument spreadsheet.

    Args:
        path: an .ods file.
        limits: bounds on the archive.
        file_name: name shown to the user.

    Returns:
        The sheets, in their order.

    Raises:
        FileRefused: unsafe archive, malformed XML, no sheet.

    Source: OASIS OpenDocument 1.3 part 3, §9.
    """
    file = file_name or path.name
    styles: dict[str, bool] = {}
    found: list[tuple[str, str]] = []
    current = {"style": ""}
    shown: dict[str, str] = {}
    lasting: set[str] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            current["style"] = attributes.get("style:name", "")
            shown[current["style"]] = attributes.get("style:data-style-name", "")
        elif name == "time-style" and attributes.get("number:truncate-on-overflow") == "false":
            lasting.add(attributes.get("style:name", ""))
        elif name == "table-properties":
            styles[current["style"]] = attributes.get("table:display", "true") == "false"
        elif name == "table":
            found.append((attributes.get("table:name", ""), attributes.get("table:style-name", "")))

    with opened_archive(path, limits, file_name=file) as archive:
        if _PART not in archive.namelist():
            raise refusal(MessageCode.FILE_DAMAGED, file=file, part=_PART)
        with archive.open(_PART) as stream:
            drain_xml(stream, XmlSink(start), file=file, part=_PART)
    if not found:
        raise refusal(MessageCode.FILE_DAMAGED, file=file, part=_PART)
    durations = frozenset(style for style, data in shown.items() if data in lasting)
    return tuple(
        OdsSheet(path, file, limits, index, name, styles.get(style, False), durations)
        for index, (name, style) in enumerate(found)
    )


@dataclass(slots=True)
class _Builder:
    """Turns the XML events of one sheet into rows; keeps one row at a time."""

    limits: Limits
    file: str
    wanted: int
    durations: frozenset[str] = frozenset()
    columns: list[tuple[int, str]] = field(default_factory=list)
    row_style: str = ""
    index: int = -1
    done: list[tuple[SourceRow, int]] = field(default_factory=list)
    number: int = 1
    repeats: int = 1
    cells: dict[int, Cell] = field(default_factory=dict)
    flaws: dict[int, Flaw] = field(default_factory=dict)
    position: int = 0
    cell: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    depth: int = 0
    is_note: bool = False
    hidden: int = 0
    is_hidden: bool = False

    def taken(self) -> Iterator[SourceRow]:
        """Give the rows completed since the last call, the repeated ones as often as said."""
        done, self.done = self.done, []
        for row, repeats in done:
            for offset in range(repeats):
                yield SourceRow(row.number + offset, row.cells, row.flaws)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a sheet, a row, a cell or a paragraph."""
        if name == "table":
            self.index += 1
        if self.index != self.wanted:
            return
        if name in {"table-column", "table-row"}:
            self._open_line(name, attributes)
        elif name in {"table-cell", "covered-table-cell"}:
            self.cell = attributes
            self.paragraphs = []
        elif name == "annotation":
            self.is_note = True
        elif name == "p":
            self.depth += 1
            if not self.is_note:
                self.paragraphs.append("")
        elif name in {"s", "tab", "line-break"} and self.depth:
            blank = {"s": " " * min(_count(attributes.get("text:c")), 1000), "tab": "\t"}
            self.text(blank.get(name, "\n"))

    def _open_line(self, name: str, attributes: dict[str, str]) -> None:
        """Open a row, or note the style of some columns."""
        style = attributes.get("table:default-cell-style-name", "")
        if name == "table-row":
            self.row_style = style
            self.repeats = _count(attributes.get("table:number-rows-repeated"))
            self.cells, self.flaws, self.position = {}, {}, 0
            self.is_hidden = attributes.get("table:visibility", "visible") != "visible"
        elif len(self.columns) < self.limits.max_columns:
            last = self.columns[-1][0] if self.columns else 0
            count = _count(attributes.get("table:number-columns-repeated"))
            self.columns.append((last + count, style))

    def text(self, piece: str) -> None:
        """Gather the text of a paragraph."""
        if self.depth and not self.is_note and self.paragraphs:
            self.paragraphs[-1] += piece

    def end(self, name: str) -> None:
        """Close what `start` opened."""
        if self.index != self.wanted:
            return
        if name == "p":
            self.depth -= 1
        elif name == "annotation":
            self.is_note = False
        elif name in {"table-cell", "covered-table-cell"}:
            self._close_cell()
        elif name == "table-row":
            self._close_row()
        elif name == "table":
            # A later sheet must not be taken for this one.
            self.index += 1
            self.wanted = -1

    def _style(self) -> str:
        """The style of the cell: its own, else that of its row, else that of its column."""
        return (
            self.cell.get("table:style-name", "")
            or self.row_style
            or next((style for end, style in self.columns if self.position < end), "")
        )

    def _close_row(self) -> None:
        if self.cells:
            width = max(self.cells) + 1
            dense = [self.cells.get(position, "") for position in range(width)]
            # One more than allowed, so that the reader of the table can refuse.
            repeats = min(self.repeats, self.limits.max_rows + 1)
            self.done.append((SourceRow(self.number, dense, self.flaws), repeats))
            self.hidden += repeats if self.is_hidden else 0
        self.number += self.repeats

    def _close_cell(self) -> None:
        repeats = _count(self.cell.get("table:number-columns-repeated"))
        value, flaw = _value(self.cell, "\n".join(self.paragraphs), self.limits.max_cell)
        if isinstance(value, dt.timedelta) and self._style() not in self.durations:
            value = _clock(value)
        if value != "" or flaw:
            if self.position + repeats > self.limits.max_columns:
                raise refusal(
                    MessageCode.TOO_MANY_COLUMNS,
                    file=self.file,
                    row=self.number,
                    found=self.position + repeats,
                    limit=self.limits.max_columns,
                )
            for position in range(self.position, self.position + repeats):
                self.cells[position] = value
                if flaw:
                    self.flaws[position] = flaw
        self.position += repeats


def _count(text: str | None) -> int:
    return min(int(text), _MOST_REPEATS) if text and text.isdecimal() and len(text) < 9 else 1


def _value(cell: dict[str, str], text: str, longest: int) -> tuple[Cell, Flaw | None]:
    """Read a cell; of a formula only the value kept in the file."""
    kind = cell.get("office:value-type", "")
    is_formula = "table:formula" in cell
    if is_formula and not kind:
        return "", Flaw(MessageCode.CELL_FORMULA_EMPTY)
    if is_formula and text.startswith(("#", "Err:")):
        return "", Flaw(MessageCode.CELL_ERROR, {"value": text})
    if len(text) > longest:
        return text[:longest], Flaw(
            MessageCode.CELL_TOO_LONG, {"length": len(text), "limit": longest}
        )
    formula = Flaw(MessageCode.CELL_FORMULA, is_error=False) if is_formula else None
    try:
        return _typed(kind, cell, text), formula
    except (ValueError, OverflowError):
        return text, Flaw(MessageCode.CELL_NOT_NUMBER, {"value": text})


def _clock(value: dt.timedelta) -> Cell:
    """A time of the day, unless it is past one: a sheet writes clocks and durations alike."""
    if not dt.timedelta() <= value < dt.timedelta(days=1):
        return value
    minutes, seconds = divmod(value.seconds, 60)
    return dt.time(minutes // 60, minutes % 60, seconds)


def _typed(kind: str, cell: dict[str, str], text: str) -> Cell:
    match kind:
        case "float" | "percentage" | "currency":
            number = float(cell.get("office:value", ""))
            return int(number) if number.is_integer() and abs(number) < 10**15 else number
        case "boolean":
            return cell.get("office:boolean-value") == "true"
        case "date":
            raw = cell.get("office:date-value", "")
            return dt.datetime.fromisoformat(raw) if "T" in raw else dt.date.fromisoformat(raw)
        case "time":
            found = _DURATION.fullmatch(cell.get("office:time-value", ""))
            if not found:
                raise ValueError(text)
            days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return cell.get("office:string-value", text)
