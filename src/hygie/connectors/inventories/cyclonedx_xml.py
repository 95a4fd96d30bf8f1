"""What does the XML form of a bill of materials say?"""

from collections.abc import Callable
from typing import IO, Any, Protocol

from hygie.connectors.inventories.loose import Record
from hygie.connectors.messages import ReadingCancelled
from hygie.connectors.tables.xml_stream import XmlSink, feed_xml

_NAMESPACE = "http://cyclonedx.org/schema/bom/"
_TEXTS = frozenset({"name", "version", "group", "purl", "cpe", "publisher"})
_OWNERS = frozenset({"supplier", "manufacturer", "manufacture"})
# Components in there are not part of the application.
_ELSEWHERE = frozenset({"pedigree", "tools", "ancestors", "descendants", "variants", "services"})
_METADATA = ["bom", "metadata"]
_TOOLS = [*_METADATA, "tools"]


class Gathering(Protocol):
    """What is filled: see `cyclonedx.Bill`."""

    file: str
    format: str
    version: str
    metadata: Record
    vulnerabilities: int
    services: int

    def add(self, record: Record) -> None:
        """Keep a component."""


def read_bill_xml(stream: IO[bytes], bill: Gathering, cancelled: Callable[[], bool]) -> None:
    """Read a bill of materials in XML.

    Args:
        stream: the text.
        bill: filled.
        cancelled: asked every 64 KiB.

    Raises:
        FileRefused: malformed, or one that declares a document type.
        ReadingCancelled: asked to.
    """
    reading = _Reading(bill)
    sink = XmlSink(reading.start, reading.end, reading.text)
    for _turn in feed_xml(stream, sink, file=bill.file, part=bill.file):
        if cancelled():
            raise ReadingCancelled
    bill.metadata = reading.metadata


class _Reading:
    """Follows the elements; a component is given away when it ends."""

    def __init__(self, bill: Gathering) -> None:
        self.bill = bill
        self.path: list[str] = []
        self.open: list[dict[str, Any]] = []
        self.metadata: dict[str, Any] = {}
        self.said: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.path:
            space = next(
                (value for key, value in attributes.items()
                 if key.startswith("xmlns") and value.startswith(_NAMESPACE)), ""
            )  # fmt: skip
            if name == "bom" and space:
                self.bill.format, self.bill.version = "CycloneDX", space[len(_NAMESPACE) :]
        self.path.append(name)
        self.said = []
        if name == "component" and not self._is_elsewhere():
            self.open.append({"type": attributes.get("type", "")})
        elif name == "vulnerability" and self.path[-2:-1] == ["vulnerabilities"]:
            self.bill.vulnerabilities += 1
        elif self.path == ["bom", "services", "service"]:
            self.bill.services += 1

    def text(self, text: str) -> None:
        self.said.append(text)

    def end(self, name: str) -> None:
        parent = self.path[-2] if len(self.path) > 1 else ""
        said = "".join(self.said).strip()
        if not self._is_elsewhere():
            self._note(name, parent, said)
        elif name == "name" and self.path[:3] == _TOOLS and parent in {"tool", "component"}:
            self.metadata.setdefault("tools", [{"name": said}])
        self.said = []
        self.path.pop()

    def _note(self, name: str, parent: str, said: str) -> None:
        if name == "timestamp" and parent == "metadata":
            self.metadata["timestamp"] = said
        elif name == "name" and parent in _OWNERS and self.path[:-2] == _METADATA:
            self.metadata[parent] = {"name": said}
        elif not self.open:
            return
        elif name in _TEXTS and parent == "component":
            self.open[-1][name] = said
        elif name == "name" and parent in _OWNERS and self.path[-3:-2] == ["component"]:
            self.open[-1][parent] = {"name": said}
        elif name == "component":
            found = self.open.pop()
            if parent == "metadata":
                self.metadata["component"] = found
            else:
                self.bill.add(found)

    def _is_elsewhere(self) -> bool:
        return not _ELSEWHERE.isdisjoint(self.path)
