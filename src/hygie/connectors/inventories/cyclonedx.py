"""Of what is this application made, going by its bill of materials (CycloneDX)?

JSON (1.2 to 1.7) and XML (1.0 to 1.7), one component at a time: a bill may list a hundred
thousand. Vulnerabilities and services are counted and not read: the former belong to another
capability, the latter are not what the application is made of.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PureWindowsPath

import msgspec

from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.sniff import FileType, sniff
from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.canonical import cpe_of, identifiers_of, purl_of
from hygie.connectors.inventories.cyclonedx_xml import read_bill_xml
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.loose import (
    Record,
    instant_of,
    record_of,
    records_of,
    text_at,
)
from hygie.connectors.inventories.types import Component, Inventory, InventoryKind, Observation
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind

_DEVICES = frozenset({"device", "firmware"})
_SHORT = 1_000
# Where an analyser was run, which it gives as a name.
_PATH = re.compile(r"(?:\.{1,2}|[A-Za-z]:)?[/\\]|\.{1,2}$")


def _never() -> bool:
    return False


@dataclass(slots=True)
class Bill:
    """A bill of materials, while it is being read."""

    file: str
    limits: InventoryLimits
    format: str = ""
    version: str = ""
    metadata: Record = field(default_factory=dict)
    components: dict[tuple[str, str], Component] = field(default_factory=dict)
    vulnerabilities: int = 0
    services: int = 0
    damaged: list[int] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Keep a component and those inside it, each once."""
        for one in _unfolded(record):
            name = ":".join(part for part in (text_at(one, "group"), text_at(one, "name")) if part)
            purl, cpe = purl_of(text_at(one, "purl")), cpe_of(text_at(one, "cpe"))
            if not name and not purl:
                continue
            version = text_at(one, "version")
            component = Component(
                (name or purl)[:300], version[:100], text_at(one, "type")[:40], purl, cpe
            )
            self.components.setdefault((purl or name, version), component)
            if len(self.components) > self.limits.components:
                limit = self.limits.components
                raise refusal(MessageCode.INVENTORY_TOO_LARGE, file=self.file, limit=limit)


def read_cyclonedx(
    path: Path,
    *,
    application: str = "",
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read a bill of materials.

    Args:
        path: CycloneDX, JSON or XML.
        application: name of the application that it describes, when the user said so.
        file_name: name shown to the user.
        limits: bounds on the file and on its components.
        cancelled: asked every thousand components.

    Returns:
        One observation, the application, with its components; none when the file only tells
        vulnerabilities. What nothing names bears the name of the file, and this is said.

    Raises:
        FileRefused: not such a file, truncated, or one that declares entities.
        ReadingCancelled: asked to.

    Cost: O(size); memory for the longest component and for what is kept.
    Source: CycloneDX 1.6 (ECMA-424), bom-1.6.schema.json and bom-1.6.xsd.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    bill = Bill(name, limits)
    with path.open("rb") as stream:
        if sniff(path) is FileType.XML:
            read_bill_xml(stream, bill, cancelled)
        else:
            _read_json(JsonCursor(stream, name, limits.depth), bill, cancelled)
    if bill.format != "CycloneDX" or not bill.version.startswith("1."):
        raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=name, accepted="CycloneDX 1.0 – 1.7")
    return _inventory(bill, application, name)


def _read_json(cursor: JsonCursor, bill: Bill, cancelled: Callable[[], bool]) -> None:
    if cursor.peek() != b"{":
        raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=bill.file, accepted="CycloneDX")
    for key in cursor.members():
        if key == "bomFormat":
            bill.format = str(_decoded(cursor.value(_SHORT)))
        elif key == "specVersion":
            bill.version = str(_decoded(cursor.value(_SHORT)))
        elif key == "metadata":
            bill.metadata = record_of(_decoded(cursor.value(bill.limits.record_bytes)))
        elif key in {"components", "vulnerabilities", "services"} and cursor.peek() == b"[":
            for rank in cursor.elements():
                if rank % 1000 == 0 and cancelled():
                    raise ReadingCancelled
                _element(cursor, bill, key, rank)
        else:
            cursor.skip()
    cursor.finish()


def _element(cursor: JsonCursor, bill: Bill, key: str, rank: int) -> None:
    if key != "components":
        cursor.skip()
        setattr(bill, key, rank)
        return
    component = _decoded(cursor.value(bill.limits.record_bytes))
    if isinstance(component, dict):
        bill.add(component)
    else:
        bill.damaged.append(rank)


def _decoded(content: bytes | None) -> object:
    try:
        return msgspec.json.decode(content or b"null")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _unfolded(record: Record) -> Iterator[Record]:
    """A component and those inside it; the depth of the text bounds that of the nesting."""
    waiting = [record]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(list(records_of(one.get("components"))))


def _inventory(bill: Bill, application: str, file_name: str) -> Inventory:
    report = Report(file_name)
    for rank in bill.damaged:
        report.error(MessageCode.INVENTORY_RECORD_DAMAGED, row=rank)
    inventory = Inventory(
        InventoryKind.CYCLONEDX,
        report,
        tool=_tool(bill.metadata),
        version=bill.version,
        seen_on=instant_of(text_at(bill.metadata, "timestamp")),
        limits=bill.limits,
    )
    subject = record_of(bill.metadata.get("component"))
    for inside in records_of(subject.get("components")):
        bill.add(inside)
    if bill.vulnerabilities:
        report.info(MessageCode.INVENTORY_VULNERABILITIES, count=bill.vulnerabilities)
    if bill.services:
        report.info(MessageCode.INVENTORY_TYPE_IGNORED, kind="services", count=bill.services)
    name = application or _name(text_at(subject, "name"))
    if not name and not bill.components:
        report.warning(MessageCode.INVENTORY_EMPTY)
        return inventory
    if not name:
        name = PurePath(file_name).stem
        report.warning(MessageCode.INVENTORY_NAMED_AFTER_FILE, name=name)
    kind = AssetKind.DEVICE if text_at(subject, "type") in _DEVICES else AssetKind.APPLICATION
    details: dict[str, Value | None] = {
        "vendor": _vendor(subject, bill.metadata), "version": text_at(subject, "version"),
    }  # fmt: skip
    pairs = [
        (IdentifierKind.PURL, text_at(subject, "purl")),
        (IdentifierKind.CPE, text_at(subject, "cpe")),
    ]
    asset = AssetRecord(
        key="",
        kind=kind,
        name=fitted("name", name),
        identifiers=identifiers_of(pairs),
        details=details_of(kind, details),
    )
    components = tuple(bill.components[key] for key in sorted(bill.components))
    observation = Observation(
        asset, "metadata.component", row=1, seen_on=inventory.seen_on, components=components
    )
    inventory.observe(observation)
    return inventory


def _name(told: str) -> str:
    """The name of what was analysed; of a folder, its last part, "" for the current one."""
    if not _PATH.match(told):
        return told
    last = PureWindowsPath(told).name
    return "" if last in {".", ".."} else last


def _vendor(subject: Record, metadata: Record) -> str:
    """Who makes it: as it says itself, else as the whole bill does."""
    for record in (subject, metadata):
        for key in ("supplier", "manufacturer", "manufacture"):
            if said := text_at(record_of(record.get(key)), "name"):
                return said
    return text_at(subject, "publisher", "group")


def _tool(metadata: Record) -> str:
    tools = metadata.get("tools")
    listed = tools if isinstance(tools, list) else record_of(tools).get("components")
    return next((text_at(one, "name") for one in records_of(listed)), "")
