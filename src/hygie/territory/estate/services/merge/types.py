"""What is an asset, and a link, while a file is compared with the map?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hygie.connectors.inventories.types import Component, Service
from hygie.engines.estate.matching import Alike
from hygie.territory.estate.models import Asset, Link

LinkKey: TypeAlias = tuple[int, str, int]
"""Places of the source and of the target around the verb."""


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """What the person who brings a file decides.

    Attributes:
        source: where assets then come from, the kind of import: "estate.glpi"…
        overwrites: the file wins over what is known; else it only fills what is empty.
        creates: what is only named (a site, a supplier, the end of a link) is made when nothing
            bears this name.
        is_scan: the file tells what is on and answers.
    """

    source: str
    overwrites: bool
    creates: bool = True
    is_scan: bool = False


@dataclass(slots=True, eq=False)
class Node:
    """One asset, known or to be made.

    Attributes:
        place: its position among all nodes.
        asset: the row; unsaved and without key when it is new.
        may_edit: the person may change it.
        identifiers: (kind, value) pairs it has or will have.
        shares: organisations that it serves or will serve.
        changed: field → [before, after], JSON values.
        references: "site", "zone", "supplier" → node, decided once all rows are read.
        row: of the file that first tells of it. is_told: the file tells of it, and does not only
            name it.
        alike: what it resembles.
    """

    place: int
    asset: Asset
    is_new: bool
    may_edit: bool
    identifiers: set[tuple[str, str]] = field(default_factory=set)
    shares: set[int] = field(default_factory=set)
    changed: dict[str, list[Any]] = field(default_factory=dict)
    references: dict[str, "Node"] = field(default_factory=dict)
    new_identifiers: list[tuple[str, str]] = field(default_factory=list)
    new_shares: set[int] = field(default_factory=set)
    services: Sequence[Service] = ()
    components: Sequence[Component] = ()
    row: int | None = None
    is_told: bool = False
    alike: tuple[Alike, ...] = ()


@dataclass(slots=True, eq=False)
class Tie:
    """One link, known or to be made.

    Attributes:
        link: the row as it is; None when it is new.
        group, needed, delay_min, effect, details: as they will be.
        is_told: the file tells of it; else its group alone has changed.
    """

    source: Node
    verb: str
    target: Node
    link: Link | None
    group: str = ""
    needed: int = 1
    delay_min: int = 0
    effect: str = "stop"
    details: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None
    is_told: bool = False

    def changed(self) -> dict[str, list[Any]]:
        """field → [before, after] of what differs from the row."""
        names = ("group", "needed", "delay_min", "effect", "details")
        return {
            name: [getattr(self.link, name, None), getattr(self, name)]
            for name in names
            if self.link is None or getattr(self.link, name) != getattr(self, name)
        }
