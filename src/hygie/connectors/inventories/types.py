"""What does a file say of the information system, before anybody decides what to do with it?"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Verb


class InventoryKind(StrEnum):
    """Kinds of files that tell about the information system."""

    SHEET = "sheet"  # one kind of asset, CSV, Excel or OpenDocument
    LINKS = "links"
    INTERFACES = "interfaces"
    WORKBOOK = "workbook"  # several sheets of the above in one file
    GLPI = "glpi"
    NMAP = "nmap"
    CYCLONEDX = "cyclonedx"
    MERCATOR = "mercator"
    MAP = "map"  # our own file


@dataclass(frozen=True, slots=True)
class Service:
    """Something that listens on a machine; tcp/53 and udp/53 are two services.

    Attributes:
        protocol: tcp, udp or sctp.
        port: 0 to 65535.
        name, product, version: as the scan tells them, "" = unknown.
        cpes: names of the product in the dictionary of the NVD, as written.
        is_certain: False when the scan could not tell open from filtered.
    """

    protocol: str
    port: int
    name: str = ""
    product: str = ""
    version: str = ""
    cpes: tuple[str, ...] = ()
    is_certain: bool = True

    def __str__(self) -> str:
        said = " ".join(part for part in (self.product or self.name, self.version) if part)
        return f"{self.port}/{self.protocol} {said}".strip()


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of software inside an application, as its bill of materials names it."""

    name: str
    version: str = ""
    kind: str = ""
    purl: str = ""
    cpe: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """How a file names an asset.

    Attributes:
        ref: `ref` of an observation of the same file; "" = to be looked for.
        text: code or name as written.
        kinds: what it may be; the first one is what to create when nothing bears this name. () =
            of any kind, never created.
        identifiers: by which it is recognised; with no text, it is never created.
    """

    ref: str = ""
    text: str = ""
    kinds: tuple[AssetKind, ...] = ()
    identifiers: tuple[tuple[IdentifierKind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One asset as a file shows it; what the file does not tell is left at its default.

    Attributes:
        asset: what is told. `key` is "" when the format has no code; `site`, `zone` and `supplier`
            are codes or names, as written; an absent value never means "none".
        ref: names it within its file, unique.
        row: row, or rank of the record, 1-based; None when there is none.
        where: sheet, or member of an archive; "" for a file alone.
        seen_on: when the tool saw it (UTC when the file says so); None when it does not tell.
        is_kind_guessed: the kind was drawn from clues, and yields to anything that is stated.
        told: fields whose default value says something, and which the file states: "status".
        services: what listens on it. components: of what it is made.
    """

    asset: AssetRecord
    ref: str
    row: int | None = None
    where: str = ""
    seen_on: dt.datetime | None = None
    is_kind_guessed: bool = False
    told: frozenset[str] = frozenset()
    services: tuple[Service, ...] = ()
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedLink:
    """One tie as a file shows it: "source verb target".

    Attributes:
        told: which of "group", "needed", "delay_min" and "effect" the file states; the others
            leave what is known as it is.
    """

    source: Reference
    verb: Verb
    target: Reference
    group: str = ""
    needed: int = 1
    delay_min: int = 0
    effect: Effect = Effect.STOP
    details: Mapping[str, Value] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    row: int | None = None
    where: str = ""


@dataclass(slots=True)
class Inventory:
    """All that one file tells, and all that was said while it was read.

    Attributes:
        kind: which reader read it. tool, version: what wrote the file, "" = not told.
        seen_on: when it was made, None when it does not tell.
        counts: how many observations of each kind of asset.
    """

    kind: InventoryKind
    report: Report
    tool: str = ""
    version: str = ""
    seen_on: dt.datetime | None = None
    observations: list[Observation] = field(default_factory=list)
    links: list[ObservedLink] = field(default_factory=list)
    counts: Counter[AssetKind] = field(default_factory=Counter)
    limits: InventoryLimits = INVENTORY_LIMITS

    def observe(self, observation: Observation) -> None:
        """Keep an observation.

        Raises:
            FileRefused: more than the limits allow.
        """
        if len(self.observations) >= self.limits.most_assets:
            raise self._too_many(self.limits.most_assets)
        self.observations.append(observation)
        self.counts[observation.asset.kind] += 1

    def tie(self, link: ObservedLink) -> None:
        """Keep a link.

        Raises:
            FileRefused: more than the limits allow.
        """
        if len(self.links) >= self.limits.most_links:
            raise self._too_many(self.limits.most_links)
        self.links.append(link)

    def _too_many(self, limit: int) -> Exception:
        return refusal(MessageCode.INVENTORY_TOO_LARGE, file=self.report.file, limit=limit)
