"""In which records does a map travel: from a file to rows, from rows to an engine?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb

Value: TypeAlias = str | int | float | bool
"""What a field of an asset may hold; dates are ISO 8601 text."""


# A large map is fifty thousand records, made again after each change: as structs they are made
# twenty times faster than as frozen dataclasses, and the collector need not look at them.
class AssetRecord(msgspec.Struct, frozen=True, gc=False):
    """One asset of the map.

    Attributes:
        key: names it within its map: the code of a sheet, the number of a row.
        kind: what it is.
        name: as people say it.
        organisation: FINESS number of the establishment that answers for it; "" = the map's own.
        shared_with: FINESS numbers of the others that it serves.
        owner: who answers for it in the establishment (service or function).
        technical_owner: who runs it.
        criticality: 1 (comfort) to 4 (vital), as declared; None when nobody said.
        max_downtime_min: DMIA, minutes; None when nobody said.
        max_data_loss_min: PDMA, minutes; None when nobody said.
        site, zone, supplier: keys of the assets where it stands, to which network zone it belongs,
            who supplies it; "" = unknown.
        identifiers: (kind, value) pairs, canonical.
        details: further fields of its kind, see `fields.FIELDS`.
    """

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
    details: Mapping[str, Value] = msgspec.field(default_factory=dict)


class LinkRecord(msgspec.Struct, frozen=True, gc=False):
    """One tie: "source verb target".

    Links of one source that bear the same `group` stand for one another: the source needs
    `needed` of them. A link without group is needed by itself. Links of a group share `verb`,
    `needed`, `delay_min` and `effect`.

    Attributes:
        source, target: keys of assets.
        verb: what ties them.
        group: name of the group within the source; "" = alone.
        needed: how many of the group are needed; 1 for a link alone.
        delay_min: how long the source holds once the need is no longer met, minutes.
        effect: what it becomes then.
        details: further facts (ports, protocol, filtering).
    """

    source: str
    verb: Verb
    target: str
    group: str = ""
    needed: int = 1
    delay_min: int = 0
    effect: Effect = Effect.STOP
    details: Mapping[str, Value] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EstateMap:
    """A whole map: assets with unique keys, and links between them."""

    assets: Sequence[AssetRecord]
    links: Sequence[LinkRecord] = ()

    def of_kind(self, kind: AssetKind) -> Iterator[AssetRecord]:
        """Assets of one kind, in their order."""
        return (asset for asset in self.assets if asset.kind == kind)
