"""What do the agents say in XML, as FusionInventory, OCS Inventory and older servers keep it?

The same sections as the JSON of today, in capitals: each document is handed over in the shape of
that JSON, so that one reader judges both. Network equipment stands under `DEVICE`.
"""

from collections.abc import Iterator
from typing import IO, Any, cast

from hygie.connectors.inventories.limits import InventoryLimits
from hygie.connectors.inventories.loose import Record, record_of, records_of, text_at
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal
from hygie.connectors.tables.xml_stream import XmlSink, feed_xml

_ROOT = "REQUEST"
_CONTENT = "CONTENT"
_SECTIONS = frozenset(
    {
        "accesslog", "antivirus", "bios", "databases_servers", "databases_services", "device",
        "firmwares", "hardware", "networks", "operatingsystem", "softwares", "versionclient",
        "virtualmachines", "moduleversion",
    }
)  # fmt: skip
_CONTROLS = bytes(one for one in range(32) if one not in b"\t\n\r")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_SNMP_KINDS = {"1": "computer", "2": "networking", "3": "printer"}


class _Element:
    """An element that is still open: its text, or what is inside it."""

    __slots__ = ("inside", "said")

    def __init__(self) -> None:
        self.said: list[str] = []
        self.inside: dict[str, Any] = {}

    def add(self, name: str, value: object) -> None:
        """Keep what was inside; elements of one name make a list."""
        if name not in self.inside:
            self.inside[name] = value
        elif isinstance(self.inside[name], list):
            self.inside[name].append(value)
        else:
            self.inside[name] = [self.inside[name], value]

    def value(self) -> object:
        """A text, or an object when there is something inside."""
        return self.inside or "".join(self.said).strip()


class _Cleaned:
    """A text without the control characters that agents copy from firmware and installers."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.is_wide: bool | None = None

    def read(self, size: int) -> bytes:
        """The next bytes; a text of two bytes a character is left as it is."""
        while chunk := self.stream.read(size):
            if self.is_wide is None:
                self.is_wide = chunk.startswith(_WIDE)
            if self.is_wide:
                return chunk
            # A piece of control characters alone is not the end.
            if cleaned := chunk.translate(None, _CONTROLS):
                return cleaned
        return b""


class _Reading:
    """Builds one document at a time; sections that nobody reads are passed over."""

    def __init__(self, file: str, limits: InventoryLimits) -> None:
        self.file = file
        self.limits = limits
        self.path: list[str] = []
        self.open: list[_Element] = []
        self.size = 0
        self.documents: list[Record | None] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        self.path.append(name)
        if len(self.path) == 1 and name.upper() != _ROOT:
            raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=self.file, accepted="GLPI")
        if self._is_read():
            self.size += len(name)
            self.open.append(_Element())

    def text(self, text: str) -> None:
        """Text inside an element."""
        if self._is_read() and self.open:
            self.size += len(text)
            if self.size <= self.limits.record_bytes:
                self.open[-1].said.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        is_read = self._is_read()
        self.path.pop()
        if not is_read:
            return
        found = self.open.pop()
        if self.path:
            if self.size <= self.limits.record_bytes:
                self.open[-1].add(name.lower(), found.value())
        elif self.size > self.limits.record_bytes:
            self.documents.append(None)
        else:
            self.documents += _documents(found.inside)

    def _is_read(self) -> bool:
        if len(self.path) > self.limits.depth:
            return False
        is_content = len(self.path) > 2 and self.path[1].upper() == _CONTENT
        return not is_content or self.path[2].lower() in _SECTIONS


def documents_of_xml(
    stream: IO[bytes], *, file: str, limits: InventoryLimits
) -> Iterator[Record | None]:
    """The documents of an XML text, in the shape of the JSON of GLPI.

    Args:
        stream: the text.
        file: name shown to the user.
        limits: bounds on a document.

    Returns:
        Objects with `content`, `deviceid`, `itemtype` and `query`; None for one beyond the limits.

    Raises:
        FileRefused: no such text, malformed, or one that declares a document type.

    Source: github.com/glpi-project/inventory_format, original.md and original-netinventory.md.
    """
    reading = _Reading(file, limits)
    sink = XmlSink(reading.start, reading.end, reading.text)
    cleaned = cast(IO[bytes], _Cleaned(stream))
    for _turn in feed_xml(cleaned, sink, file=file, part=file):
        yield from reading.documents
        reading.documents.clear()


def _documents(request: Record) -> list[Record | None]:
    """The computer of a request, or each equipment that it tells of."""
    content = record_of(request.get("content"))
    devices = list(records_of(content.get("device")))
    if devices:
        return [_device(one, content) for one in devices if "error" not in one]
    said = {name: request.get(name) for name in ("deviceid", "query")}
    return [{"content": content, "itemtype": "Computer", **said}]


def _device(device: Record, content: Record) -> Record:
    """One equipment: `INFO` when it was asked in depth, its own fields when it was discovered."""
    about = dict(record_of(device.get("info")) or device)
    about["ips"] = record_of(about.get("ips")).get("ip") or about.get("ip")
    about["type"] = _SNMP_KINDS.get(text_at(about, "type"), about.get("type"))
    ports = [_port(one) for one in records_of(record_of(device.get("ports")).get("port"))]
    return {
        "content": {
            "network_device": about,
            "network_ports": ports,
            "firmwares": device.get("firmwares"),
            "versionclient": content.get("moduleversion"),
        }
    }


def _port(port: Record) -> Record:
    connections = record_of(port.get("connections")).get("connection")
    return {
        **port,
        "connections": connections,
        "ips": record_of(port.get("ips")).get("ip") or port.get("ip"),
    }
