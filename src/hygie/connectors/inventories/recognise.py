"""What kind of inventory is this file, going by its content and never by its name?"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.sniff import FileType, check_type, sniff
from hygie.connectors.files.text_kind import decoded_head
from hygie.connectors.inventories.estate_file import FORMAT
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.machine_lists import MACHINE_LIST
from hygie.connectors.inventories.mapping import INTERFACES, LINKS, MIXED
from hygie.connectors.inventories.mercator_rows import list_named, list_of_tables
from hygie.connectors.inventories.types import InventoryKind
from hygie.connectors.inventories.workbook import subject_columns, subject_in
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, refusal
from hygie.connectors.tables.reader import TABLE_TYPES, open_book
from hygie.engines.estate.vocabulary import AssetKind

ACCEPTED = "CSV, XLSX, ODS, GLPI, nmap, CycloneDX, Mercator, Mirth, Hygie"
_HEAD = 64 * 1024
_LONG = 200
# A scan with scripts looks like a page, and a channel may hold one.
_READ = TABLE_TYPES | {FileType.JSON, FileType.XML, FileType.ZIP}
# What may be an inventory that is not known, and no other kind of file.
_TEXTS = frozenset({FileType.TEXT, FileType.YAML, FileType.HTML, FileType.SVG, FileType.UNKNOWN})
_MARKUP = frozenset({FileType.XML, FileType.HTML, FileType.SVG})


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is.

    Attributes:
        kind: by which reader it is read.
        asset: of a sheet of one kind of asset; None otherwise.
        is_channels: an interface list in the XML of an interface engine.
    """

    kind: InventoryKind
    asset: AssetKind | None = None
    is_channels: bool = False


def recognise(
    path: Path, *, file_name: str = "", limits: InventoryLimits = INVENTORY_LIMITS
) -> Recognised:
    """Tell what a file is.

    Args:
        path: any file.
        file_name: name shown to the user; only a list of Mercator may be told by it.
        limits: bounds on the file.

    Returns:
        The kind of inventory; for a sheet, the kind of asset too.

    Raises:
        FileRefused: missing, empty, dangerous, or no kind that is known.

    Cost: the beginning of the file; of a table, its first 50 rows.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    found = sniff(path)
    if found is FileType.ZIP:
        return Recognised(InventoryKind.GLPI)
    told = None
    if found in _MARKUP:
        told = _of_xml(path)
    elif found is FileType.JSON:
        told = _of_json(path, name, limits)
    elif found in TABLE_TYPES:
        told = _of_tables(path, name, limits)
    elif found not in _TEXTS:
        # Macros, a password, an office of before 2007, an archive: each has its own words.
        check_type(path, _READ, file_name=name, limits=limits.files)
    if told is None:
        raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=name, accepted=ACCEPTED)
    return told


def _of_xml(path: Path) -> Recognised | None:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    text = decoded_head(head, whole=len(head) < _HEAD) or ""
    if "<nmaprun" in text:
        return Recognised(InventoryKind.NMAP)
    if "<bom" in text and "cyclonedx.org/schema/bom" in text:
        return Recognised(InventoryKind.CYCLONEDX)
    if "<REQUEST" in text and ("<CONTENT" in text or "<DEVICEID" in text):
        return Recognised(InventoryKind.GLPI)
    if "<channel" in text or "<serverConfiguration" in text:
        return Recognised(InventoryKind.INTERFACES, is_channels=True)
    return None


def _of_json(path: Path, name: str, limits: InventoryLimits) -> Recognised | None:
    """By the first keys that tell; what follows is not read."""
    with path.open("rb") as stream:
        cursor = JsonCursor(stream, name, limits.depth)
        opening = cursor.peek()
        if opening == b"[":
            for _rank in cursor.elements():
                return _of_element(cursor.value(limits.record_bytes))
            return None
        return _of_object(cursor) if opening == b"{" else None


def _of_element(content: bytes | None) -> Recognised | None:
    """By the first object of a list."""
    try:
        keys = set(msgspec.json.decode(content or b"{}", type=dict[str, msgspec.Raw]))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if "content" in keys:
        return Recognised(InventoryKind.GLPI)
    return Recognised(InventoryKind.MERCATOR) if {"id", "name"} <= keys else None


def _of_object(cursor: JsonCursor) -> Recognised | None:
    has_lists = False
    try:
        for key in cursor.members():
            opening = cursor.peek()
            if key == "bomFormat":
                return Recognised(InventoryKind.CYCLONEDX)
            if key == "format":
                is_ours = cursor.value(_LONG) == f'"{FORMAT}"'.encode()
                return Recognised(InventoryKind.MAP) if is_ours else None
            if key == "content" and opening == b"{":
                return Recognised(InventoryKind.GLPI)
            has_lists = has_lists or (opening == b"[" and (key == "data" or bool(list_named(key))))
            cursor.skip()
    except FileRefused:
        return None
    return Recognised(InventoryKind.MERCATOR) if has_lists else None


def _of_tables(path: Path, name: str, limits: InventoryLimits) -> Recognised | None:
    book = open_book(path, expected=subject_columns(), limits=limits.files, file_name=name)
    if list_of_tables(book, name):
        return Recognised(InventoryKind.MERCATOR)
    subjects = [subject_in(one, book) for one in book.sheets if not one.is_hidden]
    known = [one for one in subjects if one]
    if not known:
        return None
    if len(known) > 1 or known[0] in {MIXED, MACHINE_LIST}:
        return Recognised(InventoryKind.WORKBOOK)
    if known[0] == LINKS:
        return Recognised(InventoryKind.LINKS)
    if known[0] == INTERFACES:
        return Recognised(InventoryKind.INTERFACES)
    return Recognised(InventoryKind.SHEET, AssetKind(known[0]))
