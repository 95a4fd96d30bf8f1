"""Which rows does an export of Mercator hold, and of which list is each?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

import msgspec

from hygie.connectors.inventories.limits import InventoryLimits
from hygie.connectors.inventories.mercator_types import NOT_KEPT, TYPES
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, open_book
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Column, Sheet

_DEPTH = 10
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_COLUMNS = tuple(Column(name, (name,)) for name in ("id", "name", "description"))
_BY_NAME = {
    _NOT_NAME.sub("", normalised(name)): one
    for one, told in TYPES.items()
    for name in (one, *told.names)
} | {_NOT_NAME.sub("", name): name for name in NOT_KEPT}
_FEWEST_IN_COMMON = 2


@dataclass(frozen=True, slots=True)
class MercatorRow:
    """One object: its list, its columns, its row and its sheet."""

    list: str
    values: dict[str, str]
    row: int
    where: str


def rows_of_tables(
    path: Path, name: str, limits: InventoryLimits, cancelled: Callable[[], bool]
) -> tuple[Iterator[MercatorRow], Report]:
    """The rows of a workbook or of a text table, each sheet being one list."""
    book = open_book(path, expected=_COLUMNS, limits=limits.files, file_name=name)
    return _rows_of_book(book, name, cancelled), book.report


def _rows_of_book(book: Book, name: str, cancelled: Callable[[], bool]) -> Iterator[MercatorRow]:
    for sheet in book.sheets:
        header, titles = _titles(sheet, book.report)
        found = list_named(sheet.name) or list_of_columns(titles) or list_named(PurePath(name).stem)
        if not titles or not found:
            book.report.info(MessageCode.INVENTORY_SHEET_IGNORED, sheet=sheet.name)
            continue
        for count, row in enumerate(sheet.rows(book.report)):
            if count > book.limits.max_rows:
                raise refusal(MessageCode.TOO_MANY_ROWS, file=name, row=row.number, limit=count - 1)
            if count % 1000 == 0 and cancelled():
                raise ReadingCancelled
            if row.number <= header:
                continue
            values = {
                title: text_of(cell).replace("\0", "")
                for position, (title, cell) in enumerate(zip(titles, row.cells, strict=False))
                if title and position not in row.flaws
            }
            if any(values.values()):
                yield MercatorRow(found, values, row.number, sheet.name)


def list_of_tables(book: Book, name: str) -> str:
    """The first list that a workbook holds; "" when its columns are not named as Mercator does."""
    for sheet in book.sheets:
        titles = _titles(sheet, book.report)[1]
        if titles:
            found = list_of_columns(titles)
            if found or "id" in titles:
                found = found or list_named(sheet.name) or list_named(PurePath(name).stem)
            if found:
                return found
    return ""


def _titles(sheet: Sheet, report: Report) -> tuple[int, tuple[str, ...]]:
    """The row that names columns as Mercator does, and their names; (0, ()) when there is none."""
    for row in islice(sheet.rows(Report(report.file)), _DEPTH):
        titles = tuple(column_name(text_of(cell)) for cell in row.cells)
        if "name" in titles and ("id" in titles or "description" in titles):
            return row.number, titles
    return 0, ()


def rows_of_json(
    path: Path, name: str, limits: InventoryLimits, cancelled: Callable[[], bool], report: Report
) -> Iterator[MercatorRow]:
    """The objects of an answer of the API: a list, or an object of lists."""
    with path.open("rb") as stream:
        cursor = JsonCursor(stream, name, limits.depth)
        stem = list_named(PurePath(name).stem)
        opening = cursor.peek()
        if opening == b"[":
            yield from _objects(cursor, stem, limits, cancelled, report, "")
        elif opening == b"{":
            for key in cursor.members():
                if cursor.peek() == b"[":
                    found = stem if key == "data" else list_named(key)
                    yield from _objects(cursor, found, limits, cancelled, report, key)
                else:
                    cursor.skip()
        else:
            raise cursor.damaged(MessageCode.JSON_DAMAGED)
        cursor.finish()


def _objects(
    cursor: JsonCursor,
    found: str,
    limits: InventoryLimits,
    cancelled: Callable[[], bool],
    report: Report,
    where: str,
) -> Iterator[MercatorRow]:
    for rank in cursor.elements():
        if rank % 1000 == 0 and cancelled():
            raise ReadingCancelled
        content = cursor.value(limits.record_bytes)
        try:
            record = msgspec.json.decode(content or b"null")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            record = None
        if not isinstance(record, dict):
            report.error(MessageCode.INVENTORY_RECORD_DAMAGED, row=rank, field=where)
            continue
        values = {column_name(key): _text(value) for key, value in record.items()}
        # A list that the map has no noun for bears the name of its key, and is counted.
        own = found or list_of_columns(tuple(values)) or ("" if where == "data" else where)
        if own:
            yield MercatorRow(own, values, rank, where)
        else:
            report.error(MessageCode.INVENTORY_RECORD_DAMAGED, row=rank, field=where)


def list_named(name: str) -> str:
    """The list that a name tells ("logical-servers_2025"), "" when none does."""
    bare = _NOT_NAME.sub("", re.sub(r"\d+", "", normalised(name)))
    return _BY_NAME.get(bare, "")


def list_of_columns(columns: tuple[str, ...]) -> str:
    """The list that alone has these columns, "" when two do as well."""
    present = set(columns)
    scores = sorted(
        ((sum(one in present for one in told.signature), name) for name, told in TYPES.items()),
        reverse=True,
    )
    (best, name), (second, _other) = scores[:2]
    return name if best >= _FEWEST_IN_COMMON and best > second else ""


def column_name(title: str) -> str:
    """A title as Mercator names its columns: "Address IP" is address_ip."""
    return re.sub(r"[\s-]+", "_", title.strip().lower())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int | float):
        return str(value).replace("\0", "").strip()
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("id"))
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(one) for one in value)))
    return ""
