"""Which channels does an interface engine of the Mirth family run?

Reads what it exports: a channel, or a list of them, in XML. A channel is an interface; one that
writes into another feeds it. Which applications stand at its ends is not told: names of connectors
are kept in the description, for people to tie.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hygie.connectors.files.opening import checked_size
from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.types import (
    Inventory,
    InventoryKind,
    Observation,
    ObservedLink,
    Reference,
)
from hygie.connectors.inventories.words import flag_of
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.connectors.tables.xml_stream import XmlSink, feed_xml
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Verb

ENGINE = "Mirth Connect"
# Transport, without "Reader", "Writer", "Listener" or "Sender" → protocol.
_PROTOCOLS = {
    "tcp": "hl7", "llp": "hl7", "mllp": "hl7", "dicom": "dicom", "http": "http",
    "web service": "http", "fhir": "fhir", "file": "file", "database": "database",
    "javascript": "other", "channel": "other", "jms": "other", "smtp": "other", "vm": "other",
}  # fmt: skip
_ROOTS = frozenset({"channel", "list", "channels", "channelGroup", "serverConfiguration"})


@dataclass(slots=True)
class _Channel:
    rank: int
    id: str = ""
    name: str = ""
    description: str = ""
    enabled: str = ""
    transport: str = ""
    port: str = ""
    data: str = ""
    destinations: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)


def _never() -> bool:
    return False


def read_channels(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read the channels of an interface engine.

    Args:
        path: XML: one channel, a list, or a whole configuration.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked every 64 KiB.

    Returns:
        One interface a channel; "uses" links from a channel to the one that writes into it.

    Raises:
        FileRefused: not such a file, malformed, or one that declares a document type.
        ReadingCancelled: asked to.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    inventory = Inventory(InventoryKind.INTERFACES, Report(name), tool=ENGINE, limits=limits)
    reading = _Reading(name)
    sink = XmlSink(reading.start, reading.end, reading.text)
    with path.open("rb") as stream:
        for _turn in feed_xml(stream, sink, file=name, part=name):
            if cancelled():
                raise ReadingCancelled
    inventory.version = reading.version
    refs = {one.id: one for one in reading.channels if one.id}
    for channel in reading.channels:
        inventory.observe(_observation(channel))
        for fed in channel.feeds:
            if fed in refs and fed != channel.id:
                inventory.tie(
                    ObservedLink(
                        Reference(ref=_ref(refs[fed])),
                        Verb.USES,
                        Reference(ref=_ref(channel)),
                        row=channel.rank,
                    )
                )
    if not reading.channels:
        inventory.report.warning(MessageCode.INVENTORY_EMPTY)
    return inventory


def _ref(channel: _Channel) -> str:
    return f"channel {channel.id or channel.rank}"


def _observation(channel: _Channel) -> Observation:
    transport = channel.transport.lower()
    for word in (" reader", " writer", " listener", " sender"):
        transport = transport.removesuffix(word)
    is_text = channel.port.isascii() and channel.port.isdigit() and len(channel.port) < 6
    details: dict[str, Value | None] = {
        "protocol": _PROTOCOLS.get(transport, "other" if transport else ""),
        "engine": ENGINE,
        "messages": channel.data,
        "port": int(channel.port) if is_text else None,
        "is_enabled": flag_of(channel.enabled),
    }
    said = [channel.description, ", ".join(f"→ {one}" for one in channel.destinations)]
    asset = AssetRecord(
        key="",
        kind=AssetKind.INTERFACE,
        name=fitted("name", channel.name or channel.id or f"channel {channel.rank}"),
        description=fitted("description", "\n".join(one for one in said if one)),
        details=details_of(AssetKind.INTERFACE, details),
    )
    return Observation(asset, _ref(channel), row=channel.rank)


class _Reading:
    """Follows the elements of the file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.path: list[str] = []
        self.said: list[str] = []
        self.channels: list[_Channel] = []
        self.version = ""
        self.base = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.path and name not in _ROOTS:
            raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=self.file, accepted=ENGINE)
        if name == "channel" and not self.base:
            self.base = len(self.path) + 1
            self.channels.append(_Channel(len(self.channels) + 1))
            self.version = self.version or attributes.get("version", "")
        self.path.append(name)
        self.said = []

    def text(self, text: str) -> None:
        if self.base:
            self.said.append(text)

    def end(self, name: str) -> None:
        if self.base and len(self.path) > self.base:
            self._note(self.channels[-1], self.path[self.base :], "".join(self.said).strip())
        self.said = []
        self.path.pop()
        if self.base and len(self.path) < self.base:
            self.base = 0

    def _note(self, channel: _Channel, path: list[str], said: str) -> None:
        match path:
            case ["id"]:
                channel.id = said
            case ["name"]:
                channel.name = said
            case ["description"]:
                channel.description = said
            case ["enabled"] | ["exportData", "metadata", "enabled"]:
                channel.enabled = said
            case ["sourceConnector", "transportName"]:
                channel.transport = said
            case ["sourceConnector", *_, "port"] if not channel.port:
                channel.port = said
            case ["sourceConnector", "transformer", "inboundDataType"]:
                channel.data = said
            case ["destinationConnectors", "connector", *inside]:
                _of_destination(channel, inside, said)
            case _:
                return


def _of_destination(channel: _Channel, path: list[str], said: str) -> None:
    match path:
        case ["name"]:
            channel.destinations.append(said)
        case ["properties", "remoteAddress" | "host"] if said and channel.destinations:
            channel.destinations[-1] += f" ({said})"
        case ["properties", "channelId"]:
            channel.feeds.append(said)
        case _:
            return
