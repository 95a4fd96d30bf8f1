"""Which sheets, shared texts and date styles does an Excel workbook hold?"""

import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from hygie.connectors.files.archive import opened_archive
from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal
from hygie.connectors.tables.xml_stream import XmlSink, drain_xml

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_SHARED_TEXTS = 2_000_000
_MOST_MERGES = 20_000
_MOST_STYLES = 100_000
_TEXTS_PART = "xl/sharedStrings.xml"
_STYLES_PART = "xl/styles.xml"
_CHUNK = 256 * 1024
# Formats that Excel shows as dates in some languages only (ECMA-376 part 1, 18.8.30).
_LOCAL_DATE_FORMATS = frozenset({*range(27, 37), *range(50, 59)})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook declares it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets of a workbook share."""

    path: Path
    file: str
    limits: Limits
    sheets: tuple[SheetEntry, ...]
    texts: Sequence[str]
    date_styles: frozenset[int]
    duration_styles: frozenset[int]
    is_1904: bool


def read_workbook(path: Path, limits: Limits, *, file_name: str = "") -> Workbook:
    """Read what the sheets of an Excel workbook share.

    Args:
        path: an .xlsx file.
        limits: bounds on the archive.
        file_name: name shown to the user.

    Returns:
        The workbook, its file closed.

    Raises:
        FileRefused: not an archive, unsafe archive, no workbook part, malformed XML.

    Source: ECMA-376 part 1, SpreadsheetML.
    """
    file = file_name or path.name
    with opened_archive(path, limits, file_name=file) as archive:
        entries, is_1904 = _entries(archive, file)
        dates, durations = _styles(archive, file)
        return Workbook(
            path, file, limits, entries, _texts(archive, file), dates, durations, is_1904
        )


def unescaped(text: str) -> str:
    """Give back the characters that XML cannot hold and Excel writes `_x000D_`."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def merged_ranges(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Find the merged ranges of a sheet: they are written after its rows, too late to use.

    Args:
        archive: the open workbook.
        part: member that holds the sheet.

    Returns:
        Ranges such as A2:A9, at most 20,000.
    """
    found: list[str] = []
    with archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            last = 0
            for match in _MERGE.finditer(window):
                found.append(match[1].decode())
                last = match.end()
            tail = window[max(last, len(window) - 200) :]
            if len(found) > _MOST_MERGES:
                return found[:_MOST_MERGES]
    return found


def _entries(archive: zipfile.ZipFile, file: str) -> tuple[tuple[SheetEntry, ...], bool]:
    targets: dict[str, str] = {}
    entries: list[SheetEntry] = []
    flags: dict[str, bool] = {}
    names = set(archive.namelist())

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/xl", attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    def element(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            flags["1904"] = attributes.get("date1904", "0") in {"1", "true"}
        elif name == "sheet":
            identifier = next(
                (value for key, value in attributes.items() if key.endswith(":id")), ""
            )
            part = targets.get(identifier, "")
            hidden = attributes.get("state", "visible") != "visible"
            # Chart sheets are listed too, and hold no row.
            if part in names and "worksheets" in part:
                entries.append(SheetEntry(attributes.get("name", ""), part, hidden))

    _drain(archive, "xl/_rels/workbook.xml.rels", XmlSink(relation), file)
    _drain(archive, "xl/workbook.xml", XmlSink(element), file)
    if not entries:
        raise refusal(MessageCode.FILE_DAMAGED, file=file, part="xl/workbook.xml")
    return tuple(entries), flags.get("1904", False)


class _SharedTexts:
    """Gathers the shared texts; phonetic readings (`rPh`) are not part of a text."""

    def __init__(self, file: str) -> None:
        self.texts: list[str] = []
        self._file = file
        self._pieces: list[str] = []
        self._is_reading = False
        self._is_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces.clear()
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "t":
            self._is_reading = not self._is_phonetic

    def text(self, piece: str) -> None:
        if self._is_reading:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        if name == "t":
            self._is_reading = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > _MOST_SHARED_TEXTS:
                raise refusal(MessageCode.FILE_DAMAGED, file=self._file, part=_TEXTS_PART)


def _texts(archive: zipfile.ZipFile, file: str) -> list[str]:
    if _TEXTS_PART not in archive.namelist():
        return []
    shared = _SharedTexts(file)
    _drain(archive, _TEXTS_PART, XmlSink(shared.start, shared.end, shared.text), file)
    return shared.texts


class _Formats:
    """Gathers the number formats of the cell styles."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = dict(BUILTIN_FORMATS)
        self.used: list[int] = []
        self._is_inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        identifier = _number(attributes.get("numFmtId"))
        if name == "numFmt":
            self.codes[identifier] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            self._is_inside = True
        elif name == "xf" and self._is_inside and len(self.used) < _MOST_STYLES:
            self.used.append(identifier)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_inside = False


def _styles(archive: zipfile.ZipFile, file: str) -> tuple[frozenset[int], frozenset[int]]:
    """Tell which cell styles show a number as a date, and which as a duration."""
    if _STYLES_PART not in archive.namelist():
        return frozenset(), frozenset()
    formats = _Formats()
    _drain(archive, _STYLES_PART, XmlSink(formats.start, formats.end), file)
    dates, durations = set(), set()
    for style, identifier in enumerate(formats.used):
        code = formats.codes.get(identifier, "")
        if is_timedelta_format(code):
            durations.add(style)
        elif identifier in _LOCAL_DATE_FORMATS or is_date_format(code):
            dates.add(style)
    return frozenset(dates), frozenset(durations)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _drain(archive: zipfile.ZipFile, part: str, sink: XmlSink, file: str) -> None:
    if part not in archive.namelist():
        raise refusal(MessageCode.FILE_DAMAGED, file=file, part=part)
    with archive.open(part) as stream:
        drain_xml(stream, sink, file=file, part=part)
