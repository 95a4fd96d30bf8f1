"""What do the agents of GLPI say of the machines?

One document a machine, as `glpi-agent` and its forerunners write them, in JSON or in XML: alone, in
a list, one a line, or in an archive. What names a person (last logon, users, owner of Windows,
contact) is never read.
"""

import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from hygie.connectors.files.archive import opened_archive
from hygie.connectors.files.opening import checked_size
from hygie.connectors.inventories.glpi_machines import GlpiDocument, read_computer
from hygie.connectors.inventories.glpi_network import read_device
from hygie.connectors.inventories.glpi_xml import documents_of_xml
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.loose import Record, text_at
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, ReadingCancelled, Report

_TEXT_STARTS = (b"{", b"[", b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BLANKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_ARCHIVE_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_HEAD = 64
# What an agent does for others: of the machine on which it runs, nothing is said.
_FOR_OTHERS = frozenset({"snmpquery", "snmp", "netdiscovery", "netinventory", "esx"})
_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class _Body(msgspec.Struct):
    """What is read of a document: msgspec passes over the rest without building it."""

    accesslog: Any = None
    antivirus: Any = None
    bios: Any = None
    databases_servers: Any = None
    databases_services: Any = None
    firmwares: Any = None
    hardware: Any = None
    network_device: Any = None
    network_ports: Any = None
    networks: Any = None
    operatingsystem: Any = None
    softwares: Any = None
    versionclient: Any = None
    virtualmachines: Any = None


class _Document(msgspec.Struct):
    content: _Body
    itemtype: Any = None
    deviceid: Any = None
    action: Any = None
    query: Any = None


def _never() -> bool:
    return False


def read_glpi(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read inventories of GLPI.

    Args:
        path: a JSON text (a document, a list, one document a line), an XML text, or a ZIP archive
            of such.
        file_name: name shown to the user.
        limits: bounds on the file and its records.
        cancelled: asked at each document.

    Returns:
        Machines, their virtual machines and databases, network equipment and what is plugged into
        it; the oldest inventories first.

    Raises:
        FileRefused: neither JSON nor XML, truncated, dangerous, or without any inventory.
        ReadingCancelled: asked to.

    Cost: O(size); memory for the longest document.
    Source: github.com/glpi-project/inventory_format, inventory.schema.json.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    inventory = Inventory(InventoryKind.GLPI, Report(name), tool="GLPI", limits=limits)
    reading = _Reading(inventory, cancelled)
    if zipfile.is_zipfile(path):
        with opened_archive(path, limits.files, file_name=name) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    reading.member(archive, member)
    else:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            reading.text(stream, head, name, "")
    reading.finish()
    return inventory


class _Reading:
    """The reading of one file: what goes from one document to the next."""

    def __init__(self, inventory: Inventory, cancelled: Callable[[], bool]) -> None:
        self.inventory = inventory
        self.report = inventory.report
        self.cancelled = cancelled
        self.decoder = msgspec.json.Decoder(_Document)
        self.rank = 0
        self.read = 0
        self.notes: Counter[MessageCode] = Counter()

    def member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        """Read a file of an archive; one that is damaged is said, and the others are read."""
        name = member.filename
        with archive.open(member) as stream:
            head = stream.read(_HEAD)
        if head.startswith(_ARCHIVE_STARTS):
            self.report.warning(MessageCode.ARCHIVE_NESTED, member=name)
        elif not head.lstrip().startswith(_TEXT_STARTS):
            self.report.info(MessageCode.INVENTORY_FILE_IGNORED, member=name)
        else:
            try:
                with archive.open(member) as stream:
                    self.text(cast(BinaryIO, stream), head, name, name)
            except FileRefused as refused:
                if refused.message.code is MessageCode.INVENTORY_NOT_KNOWN:
                    self.report.info(MessageCode.INVENTORY_FILE_IGNORED, member=name)
                else:
                    self.report.append(refused.message)

    def text(self, stream: BinaryIO, head: bytes, name: str, where: str) -> None:
        """Read the documents of one text."""
        is_xml = head.lstrip(_BLANKS).startswith(b"<")
        limits = self.inventory.limits
        if is_xml:
            for found in documents_of_xml(stream, file=name, limits=limits):
                if self._may_read(is_long=found is None):
                    self.document(found or {}, where)
            return
        for content in _documents(JsonCursor(stream, name, limits.depth), limits.record_bytes):
            if self._may_read(is_long=content is None):
                self._json(content or b"", where)

    def _may_read(self, *, is_long: bool) -> bool:
        """One document more; one beyond the limits is said and passed over."""
        if self.cancelled():
            raise ReadingCancelled
        self.rank += 1
        if is_long:
            limit = self.inventory.limits.record_bytes
            self.report.error(MessageCode.INVENTORY_RECORD_LONG, row=self.rank, limit=limit)
        return not is_long

    def _json(self, content: bytes, where: str) -> None:
        try:
            decoded = self.decoder.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.report.error(MessageCode.INVENTORY_RECORD_DAMAGED, row=self.rank, field=where)
            return
        self.document(msgspec.structs.asdict(decoded), where)

    def document(self, decoded: Record, where: str) -> None:
        """Read one document."""
        content = decoded["content"]
        if isinstance(content, _Body):
            content = msgspec.structs.asdict(content)
        document = GlpiDocument(
            content=content,
            itemtype=text_at(decoded, "itemtype"),
            deviceid=text_at(decoded, "deviceid"),
            rank=self.rank,
            where=where,
            note=self.note,
        )
        is_for_others = text_at(decoded, "action", "query").lower() in _FOR_OTHERS
        if is_for_others and not document.is_device:
            return
        self.read += 1
        if not self.inventory.version:
            self.inventory.version = text_at(content, "versionclient")
        seen = document.seen_on
        if seen and (self.inventory.seen_on is None or seen > self.inventory.seen_on):
            self.inventory.seen_on = seen
        found = read_device(document) if document.is_device else read_computer(document)
        if not found.observations:
            self.report.error(MessageCode.INVENTORY_NAMELESS, row=self.rank, field=where)
        for observation in found.observations:
            self.inventory.observe(observation)
        for link in found.links:
            self.inventory.tie(link)

    def note(self, code: MessageCode) -> None:
        """Count what is said once for the whole file."""
        self.notes[code] += 1

    def finish(self) -> None:
        """Say what was counted; put the oldest inventories first, so that the latest stands."""
        for code, count in self.notes.items():
            self.report.info(code, count=count)
        if not self.read and not self.report.has_errors:
            self.report.warning(MessageCode.INVENTORY_EMPTY)
        self.inventory.observations.sort(key=lambda one: one.seen_on or _LONG_AGO)


def _documents(cursor: JsonCursor, limit: int) -> Iterator[bytes | None]:
    """Texts of the documents: an object, a list of them, or one after the other."""
    while (opening := cursor.peek(may_end=True)) != b"":
        if opening == b"[":
            for _rank in cursor.elements():
                yield cursor.value(limit)
        elif opening == b"{":
            yield cursor.value(limit)
        else:
            raise cursor.damaged(MessageCode.JSON_DAMAGED)
