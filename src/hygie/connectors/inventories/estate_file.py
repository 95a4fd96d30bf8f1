"""How does a map travel from one Hygie to another without losing anything?

A JSON text of version 1: one record a line, in canonical order, so that what is exported, imported
and exported again is the same file to the byte.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from hygie.connectors.files.opening import checked_size
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.soundness import (
    asset_faults,
    identifier_faults,
    link_faults,
)
from hygie.connectors.inventories.types import (
    Inventory,
    InventoryKind,
    Observation,
    ObservedLink,
    Reference,
)
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb

FORMAT = "hygie-estate"
VERSION = 1
_ALL_OF_ASSET = frozenset({"status"})
_ALL_OF_LINK = frozenset({"group", "needed", "delay_min", "effect"})


class _Asset(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    key: str
    kind: AssetKind
    name: str
    organisation: str = ""
    shared_with: tuple[str, ...] = ()
    description: str = ""
    owner: str = ""
    technical_owner: str = ""
    criticality: int | None = None
    max_downtime_min: int | None = None
    max_data_loss_min: int | None = None
    status: Status = Status.IN_USE
    site: str = ""
    zone: str = ""
    supplier: str = ""
    identifiers: tuple[tuple[IdentifierKind, str], ...] = ()
    details: dict[str, str | int | float | bool] = {}


class _Link(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    source: str
    verb: Verb
    target: str
    group: str = ""
    needed: int = 1
    delay_min: int = 0
    effect: Effect = Effect.STOP
    details: dict[str, str | int | float | bool] = {}


def _never() -> bool:
    return False


def write_estate_file(target: Path | BinaryIO, estate: EstateMap) -> int:
    """Write a map.

    Args:
        target: file to write, or an open binary stream.
        estate: assets with unique keys, and links between them, in any order.

    Returns:
        Number of records written.

    Cost: O(n log n).
    """
    if isinstance(target, Path):
        with target.open("wb") as stream:
            return write_estate_file(stream, estate)
    assets = sorted(estate.assets, key=lambda one: one.key)
    links = sorted(estate.links, key=lambda one: (one.source, one.verb, one.target, one.group))
    encoder = msgspec.json.Encoder(order="sorted")
    target.write(f'{{"format":"{FORMAT}","version":{VERSION},\n"assets":['.encode())
    _write_lines(target, (encoder.encode(_asset_out(one)) for one in assets))
    target.write(b'],\n"links":[')
    _write_lines(target, (encoder.encode(_link_out(one)) for one in links))
    target.write(b"]}\n")
    return len(assets) + len(links)


def _write_lines(target: BinaryIO, records: Iterator[bytes]) -> None:
    separator = b"\n"
    for record in records:
        target.write(separator + record)
        separator = b",\n"
    if separator == b",\n":
        target.write(b"\n")


def _asset_out(one: AssetRecord) -> _Asset:
    return _Asset(
        one.key, one.kind, one.name, one.organisation, tuple(sorted(one.shared_with)),
        one.description, one.owner, one.technical_owner, one.criticality, one.max_downtime_min,
        one.max_data_loss_min, one.status, one.site, one.zone, one.supplier,
        tuple(sorted(one.identifiers)), dict(one.details),
    )  # fmt: skip


def _link_out(one: LinkRecord) -> _Link:
    return _Link(
        one.source, one.verb, one.target, one.group, one.needed, one.delay_min, one.effect,
        dict(one.details),
    )  # fmt: skip


def read_estate_file(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> tuple[EstateMap, Report]:
    """Read a map.

    Args:
        path: written by `write_estate_file`, whatever its order and its blanks.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked at each record.

    Returns:
        The map, and what was said: a record that cannot be read is left out with an error, as are
        a second asset of one key and a link to a key that no asset bears.

    Raises:
        FileRefused: not such a file, truncated, too large, or of a version that is not known.
        ReadingCancelled: asked to.

    Cost: O(size); memory for the map.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    report = Report(name)
    reading = _Reading(report, limits, cancelled)
    with path.open("rb") as stream:
        reading.read(JsonCursor(stream, name, limits.depth), name)
    return EstateMap(tuple(reading.assets), tuple(reading.sound_links())), report


def estate_inventory(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read a map as the observations that an import reconciles; see `read_estate_file`."""
    estate, report = read_estate_file(path, file_name=file_name, limits=limits, cancelled=cancelled)
    inventory = Inventory(
        InventoryKind.MAP, report, tool="Hygie", version=str(VERSION), limits=limits
    )
    for row, asset in enumerate(estate.assets, start=1):
        inventory.observe(Observation(asset, f"key {asset.key}", row=row, told=_ALL_OF_ASSET))
    for row, link in enumerate(estate.links, start=1):
        inventory.tie(
            ObservedLink(
                Reference(ref=f"key {link.source}"),
                link.verb,
                Reference(ref=f"key {link.target}"),
                group=link.group,
                needed=link.needed,
                delay_min=link.delay_min,
                effect=link.effect,
                details=link.details,
                told=_ALL_OF_LINK,
                row=row,
            )
        )
    return inventory


class _Reading:
    """The reading of one file."""

    def __init__(
        self, report: Report, limits: InventoryLimits, cancelled: Callable[[], bool]
    ) -> None:
        self.report = report
        self.limits = limits
        self.cancelled = cancelled
        self.assets: list[AssetRecord] = []
        self.links: list[tuple[int, LinkRecord]] = []
        self.keys: dict[str, int] = {}
        self.rank = 0

    def read(self, cursor: JsonCursor, name: str) -> None:
        """Read the whole text."""
        head: dict[str, object] = {}
        has_assets = False
        if cursor.peek() != b"{":
            raise self._not_ours(name)
        for key in cursor.members():
            if key in {"format", "version"}:
                head[key] = _scalar(cursor.value(1_000))
                self._check_head(head, name)
            elif key in {"assets", "links"} and cursor.peek() == b"[":
                has_assets = has_assets or key == "assets"
                self._records(cursor, is_assets=key == "assets")
            else:
                cursor.skip()
        cursor.finish()
        if head.get("format") != FORMAT or "version" not in head or not has_assets:
            raise self._not_ours(name)

    def _check_head(self, head: Mapping[str, object], name: str) -> None:
        if head.get("format", FORMAT) != FORMAT:
            raise self._not_ours(name)
        if head.get("version", VERSION) != VERSION:
            found = str(head["version"])
            raise refusal(MessageCode.ESTATE_VERSION, file=name, found=found, known=VERSION)

    def _not_ours(self, name: str) -> Exception:
        return refusal(MessageCode.INVENTORY_NOT_KNOWN, file=name, accepted=FORMAT)

    def _records(self, cursor: JsonCursor, *, is_assets: bool) -> None:
        assets, links = msgspec.json.Decoder(_Asset), msgspec.json.Decoder(_Link)
        most = self.limits.most_assets if is_assets else self.limits.most_links
        for rank in cursor.elements():
            if rank % 1000 == 0 and self.cancelled():
                raise ReadingCancelled
            if rank > most:
                raise refusal(MessageCode.INVENTORY_TOO_LARGE, file=self.report.file, limit=most)
            self.rank += 1
            content = cursor.value(self.limits.record_bytes)
            try:
                if is_assets:
                    self._asset(assets.decode(content or b""), rank)
                else:
                    self._link(links.decode(content or b""), rank)
            except (
                msgspec.DecodeError,
                UnicodeDecodeError,
                RecursionError,
                OverflowError,
            ) as error:
                place = str(error).rpartition(" - at ")[2].strip("`$.") if error.args else ""
                self.report.error(MessageCode.INVENTORY_RECORD_DAMAGED, row=rank, field=place[:80])

    def _asset(self, one: _Asset, rank: int) -> None:
        if not one.key or not one.name:
            self.report.error(MessageCode.INVENTORY_NAMELESS, row=rank)
            return
        first = self.keys.setdefault(one.key, rank)
        if first != rank:
            self.report.error(MessageCode.ESTATE_KEY_REPEATED, row=rank, key=one.key, first=first)
            return
        details: dict[str, Value] = dict(one.details)
        asset = AssetRecord(
            one.key, one.kind, one.name, one.organisation, one.shared_with, one.description,
            one.owner, one.technical_owner, one.criticality, one.max_downtime_min,
            one.max_data_loss_min, one.status, one.site, one.zone, one.supplier,
            one.identifiers, details,
        )  # fmt: skip
        if self._refused(rank, asset_faults(asset)):
            return
        self.assets.append(self._without_faults(asset, rank))

    def _refused(self, rank: int, faults: Iterator[str]) -> bool:
        name = next(faults, "")
        if name:
            self.report.error(MessageCode.INVENTORY_RECORD_DAMAGED, row=rank, field=name)
        return bool(name)

    def _without_faults(self, asset: AssetRecord, rank: int) -> AssetRecord:
        """The asset without the identifiers that identify nothing, each being said."""
        wrong = list(identifier_faults(asset))
        for kind, value in wrong:
            self.report.warning(
                MessageCode.INVENTORY_VALUE_IGNORED, row=rank, field=kind, value=value
            )
        if not wrong:
            return asset
        kept = tuple(pair for pair in asset.identifiers if pair not in wrong)
        return replace(asset, identifiers=kept)

    def _link(self, one: _Link, rank: int) -> None:
        if one.source == one.target:
            self.report.error(MessageCode.LINK_TO_ITSELF, row=rank, name=one.source)
            return
        details: dict[str, Value] = dict(one.details)
        link = LinkRecord(
            one.source, one.verb, one.target, one.group, one.needed, one.delay_min, one.effect,
            details,
        )  # fmt: skip
        if not self._refused(rank, link_faults(link)):
            self.links.append((rank, link))

    def sound_links(self) -> Iterator[LinkRecord]:
        """Links between assets of the file: known only once all of it is read."""
        for rank, link in self.links:
            unknown = next((one for one in (link.source, link.target) if one not in self.keys), "")
            if unknown:
                self.report.error(MessageCode.ESTATE_KEY_UNKNOWN, row=rank, key=unknown)
            else:
                yield link


def _scalar(content: bytes | None) -> object:
    try:
        return msgspec.json.decode(content or b"null")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
