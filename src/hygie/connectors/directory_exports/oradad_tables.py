"""What are the rows of a table of ORADAD, by the names that its list of tables gives?

Source: ANSSI-FR/ORADAD, LDAP.cpp (`pWriteTableInfo`), Buffer.cpp (UTF-16LE, no header row),
Util.cpp (the list itself is written in the code page of the machine).
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from hygie.connectors.directory_exports.oradad_source import TABLES, Tree, TreeFile
from hygie.connectors.files.text_kind import wide_encoding
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Message, ReadingCancelled, Report, Severity, refusal

_BLOCK = 1024 * 1024
LONGEST_CELL = 4 * 1024 * 1024  # characters; the tool itself cuts lists at half a million
_LONGEST_LINE = 64 * 1024 * 1024
_LONGEST_LIST = 64 * 1024 * 1024
_MOST_COLUMNS = 10_000
_MOST_TOLD = 100_000
_UTF8_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: where it is (`domain`, `a.fr`, `user`), its file, its columns by lower name."""

    area: str
    dns: str
    request: str
    file: TreeFile
    columns: dict[str, int]

    def has(self, column: str) -> bool:
        """Whether the table has this column."""
        return column.lower() in self.columns


@dataclass(slots=True)
class Row:
    """One row; `lost` are the positions of the cells that were too long to be kept."""

    cells: list[str]
    columns: dict[str, int]
    line: int
    lost: frozenset[int] = frozenset()

    def __getitem__(self, column: str) -> str:
        """Text of a cell, "" when it is empty or when the table has no such column."""
        position = self.columns.get(column, -1)
        return self.cells[position] if position >= 0 else ""

    def has(self, column: str) -> bool:
        """Whether the cell was collected, be it empty."""
        position = self.columns.get(column, -1)
        return position >= 0 and position not in self.lost


@dataclass(slots=True)
class Progress:
    """How far the reading is, in bytes; tells the caller, and stops when asked."""

    total: int
    tell: Callable[[int, int], None] | None = None
    is_cancelled: Callable[[], bool] | None = None
    done: int = 0

    def add(self, size: int) -> None:
        """Note bytes read.

        Raises:
            ReadingCancelled: the caller asked to stop.
        """
        self.done += size
        if self.tell is not None:
            self.tell(min(self.done, self.total), self.total)
        if self.is_cancelled is not None and self.is_cancelled():
            raise ReadingCancelled


@dataclass(slots=True)
class Tables:
    """The tables of one capture."""

    tree: Tree
    report: Report
    base: str
    listed: list[Table]
    progress: Progress
    refused: int = 0
    seen_rows: int = 0
    _told: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)

    def of(self, area: str, request: str) -> list[Table]:
        """The tables of one request in one part of the directory, one per domain."""
        return [table for table in self.listed if (table.area, table.request) == (area, request)]

    def named(self, request: str) -> list[Table]:
        """The tables of one request, wherever they are."""
        return [table for table in self.listed if table.request == request]

    def note(
        self,
        severity: Severity,
        code: MessageCode,
        table: Table | None,
        /,
        *,
        row: int | None = None,
        column: str = "",
        **params: str | int,
    ) -> None:
        """Say something of a table, with its own path; once, however often the table is read."""
        file = table.file.path if table else self.report.file
        key = f"{code} {file} {row} {column}"
        if row is not None and key in self._told:
            return
        if len(self._told) < _MOST_TOLD:
            self._told.add(key)
        self.report.append(Message(severity, code, params, file, row, column))

    def rows(self, table: Table) -> Iterator[Row]:
        """Rows of one table, each checked for its width; memory is that of the longest row.

        A row with another number of cells than columns is refused. A cell too long is lost, which
        is not the same as empty.
        """
        width = len(table.columns)
        is_first = table.file.path not in self._read
        for line, text in self._lines(table):
            cells = text.split("\t")
            if line == 1 and [cell.lower() for cell in cells] == list(table.columns):
                continue  # the option that writes a header row
            if len(cells) != width:
                self.refused += is_first
                self.note(
                    Severity.ERROR,
                    MessageCode.ROW_COLUMNS,
                    table,
                    row=line,
                    found=len(cells),
                    expected=width,
                )
                continue
            self.seen_rows += is_first
            row = Row(cells, table.columns, line)
            if len(text) > LONGEST_CELL:
                row.lost = self._lose_long_cells(table, row)
            yield row
        self._read.add(table.file.path)

    def _lose_long_cells(self, table: Table, row: Row) -> frozenset[int]:
        names = list(table.columns)
        lost = [at for at, cell in enumerate(row.cells) if len(cell) > LONGEST_CELL]
        for at in lost:
            self.note(
                Severity.ERROR,
                MessageCode.CELL_TOO_LONG,
                table,
                row=row.line,
                column=names[at],
                length=len(row.cells[at]),
                limit=LONGEST_CELL,
            )
            row.cells[at] = ""
        return frozenset(lost)

    def _lines(self, table: Table) -> Iterator[tuple[int, str]]:
        with self.tree.open(table.file) as stream:
            first = stream.read(_BLOCK)
            encoding = self._encoding(table, first)
            if encoding is None:
                return
            yield from self._split(table, stream, first, encoding)

    def _encoding(self, table: Table, first: bytes) -> str | None:
        """Encoding of a table; other than UTF-16 is taken when nothing else is possible."""
        if first.startswith(codecs.BOM_UTF16_LE) or not first:
            return "utf-16-le"
        found = "utf-8" if first.startswith(_UTF8_BOM) else (wide_encoding(first) or None)
        if found is None and b"\0" not in first:
            decoder = codecs.getincrementaldecoder("utf-8")()
            try:
                decoder.decode(first)
                found = "utf-8"
            except UnicodeDecodeError:
                found = None
        if found is None:
            self.note(Severity.ERROR, MessageCode.TEXT_BAD_BYTES, table, encoding="UTF-16LE, UTF-8")
        else:
            self._warn_once(table, MessageCode.ORADAD_NOT_UTF_16, encoding=found)
        return found

    def _split(
        self, table: Table, stream: BinaryIO, block: bytes, encoding: str
    ) -> Iterator[tuple[int, str]]:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        kept: list[str] = []
        length, line, skips = 0, 0, False
        while True:
            self.progress.add(len(block))
            text = self._cleaned(table, decoder.decode(block, final=not block))
            pieces = text.split("\n")
            for piece in pieces[:-1]:
                kept.append(piece)
                line += 1
                whole = "".join(kept).removesuffix("\r")
                if whole and not skips:
                    yield line, whole.removeprefix("\ufeff") if line == 1 else whole
                kept, length, skips = [], 0, False
            tail = pieces[-1]
            length += len(tail)
            if length > _LONGEST_LINE:
                if not skips:
                    self._too_long(table, line + 1)
                kept, skips = [], True
            elif tail:
                kept.append(tail)
            if not block:
                break
            block = stream.read(_BLOCK)
        last = "".join(kept).removesuffix("\r").removeprefix("\ufeff")
        if last and not skips:
            yield line + 1, last

    def _too_long(self, table: Table, line: int) -> None:
        self.refused += table.file.path not in self._read
        self.note(Severity.ERROR, MessageCode.LINE_TOO_LONG, table, row=line, limit=_LONGEST_LINE)

    def _cleaned(self, table: Table, text: str) -> str:
        """Without NUL; characters that could not be decoded are told of."""
        if "\0" in text:
            self._warn_once(table, MessageCode.TEXT_NUL)
            text = text.replace("\0", "")
        if "\ufffd" in text:
            self._warn_once(table, MessageCode.TEXT_BAD_BYTES, encoding="UTF-16LE")
        return text

    def _warn_once(self, table: Table, code: MessageCode, **params: str) -> None:
        key = f"{code} {table.file.path}"
        if key not in self._told:
            self._told.add(key)
            self.report.append(Message(Severity.WARNING, code, params, table.file.path))


def read_tables(tree: Tree, folder: str, report: Report, progress: Progress) -> Tables:
    """Read the list of tables of one capture.

    Args:
        tree: the files. folder: prefix of the paths of the capture, "" or ending with `/`.
        report: receives a warning for each table whose file is absent.
        progress: told while rows are read.

    Returns:
        The tables whose file is there.

    Raises:
        FileRefused: the list cannot be read.
    """
    file = tree.find(folder + TABLES)
    assert file is not None  # noqa: S101 - `captures` found it
    if file.size > _LONGEST_LIST:
        raise refusal(
            MessageCode.FILE_TOO_LARGE, file=file.path, size=file.size, limit=_LONGEST_LIST
        )
    with tree.open(file) as stream:
        lines = _list_text(stream.read(_LONGEST_LIST)).split("\n")
    tables = Tables(tree, report, lines[0].strip().strip("\0"), [], progress)
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            table = _table_of(tables, folder, line.rstrip("\r"), file, number)
            if table is not None:
                tables.listed.append(table)
    if not tables.listed:
        raise refusal(MessageCode.ORADAD_NO_TABLES, file=file.path)
    return tables


def _list_text(raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _table_of(
    tables: Tables, folder: str, line: str, listing: TreeFile, number: int
) -> Table | None:
    fields = line.split("\t")
    names = [name.strip().lower() for name in fields[4::2]]
    path = fields[0].replace("\\", "/")
    parts = path.lower().removesuffix(".tsv").split("/")
    is_whole = len(fields) >= 6 and len(fields) % 2 == 0 and len(parts) <= 3
    if (
        not is_whole
        or fields[3].strip() != str(len(names))
        or len(set(names)) != len(names)
        or len(names) > _MOST_COLUMNS
        or ".." in parts
    ):
        tables.report.append(
            Message(
                Severity.ERROR,
                MessageCode.ORADAD_TABLE_LINE,
                {"table": path},
                listing.path,
                number,
            )
        )
        return None
    file = tables.tree.find(folder + path)
    if file is None:
        tables.note(Severity.WARNING, MessageCode.ORADAD_TABLE_MISSING, None, table=path)
        return None
    area = parts[0] if len(parts) > 1 else ""
    dns = parts[1] if len(parts) > 2 else ""
    columns = {name: at for at, name in enumerate(names)}
    return Table(area, dns, parts[-1], file, columns)
