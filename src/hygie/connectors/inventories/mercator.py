"""What do the lists of Mercator say of the information system?

Workbooks, text tables and answers of its API, one list each or several together: numbers of objects
are followed within one file. What names a person (users of workstations, actors) is never read.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.sniff import FileType, sniff
from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.canonical import canonical, identifiers_of
from hygie.connectors.inventories.cell_values import Unread, codes_in, names_in, value_of
from hygie.connectors.inventories.durations import minutes_of
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.loose import day_of
from hygie.connectors.inventories.mercator_rows import MercatorRow, rows_of_json, rows_of_tables
from hygie.connectors.inventories.mercator_types import TYPES, MercatorLink, MercatorType
from hygie.connectors.inventories.titles import IDENTIFIERS
from hygie.connectors.inventories.types import (
    Inventory,
    InventoryKind,
    Observation,
    ObservedLink,
    Reference,
)
from hygie.connectors.inventories.words import flag_of, is_unknown
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.engines.estate.fields import FIELDS, FieldType
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb

_NUMBER = re.compile(r"\d{1,9}")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_SUPPLIERS = re.compile(r"fourniss|prestat|éditeur|editeur|supplier|vendor|provider|extern", re.I)
# Security needs are told from 0 (none) to 4; 0 is told where nobody looked.
# What comes back through a flow that goes both ways.
_BACK = (
    MercatorLink("application_dest_id", Verb.USES, ("applications",)),
    MercatorLink("application_source_id", Verb.EXCHANGES_THROUGH, ("applications",), True),
)
_NEEDS = {"1": 1, "2": 2, "3": 3, "4": 4}


def _never() -> bool:
    return False


def read_mercator(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read lists exported from Mercator.

    Args:
        path: XLSX, ODS, CSV, or JSON of the API.
        file_name: name shown to the user; it may name the list.
        limits: bounds on the file.
        cancelled: asked every thousand rows.

    Returns:
        Assets, whose key is "list-number", and links. A number that is that of no object of the
        file is counted: export its list with it. Lists without a noun in the map are counted.

    Raises:
        FileRefused: unreadable or dangerous.
        ReadingCancelled: asked to.

    Cost: O(cells); memory for all rows, since links may point forward.
    Source: public data model of Mercator, docs/model.md.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    if sniff(path) is FileType.JSON:
        report = Report(name)
        rows = list(rows_of_json(path, name, limits, cancelled, report))
    else:
        found, report = rows_of_tables(path, name, limits, cancelled)
        rows = list(found)
    inventory = Inventory(InventoryKind.MERCATOR, report, tool="Mercator", limits=limits)
    _Building(inventory, rows).build()
    return inventory


class _Building:
    """Turns rows into assets and links, once the numbers of all are known."""

    def __init__(self, inventory: Inventory, rows: list[MercatorRow]) -> None:
        self.inventory = inventory
        self.report = inventory.report
        self.not_kept = Counter(row.list for row in rows if row.list not in TYPES)
        self.rows = [row for row in rows if row.list in TYPES]
        self.names: dict[tuple[str, str], str] = {}
        self.unknown: Counter[str] = Counter()
        self.deleted: Counter[str] = Counter()

    def build(self) -> None:
        """Do all of it."""
        kept = [row for row in self.rows if self._is_kept(row)]
        for row in kept:
            if row.values.get("id"):
                self.names[row.list, row.values["id"]] = row.values.get("name", "")
        for row in kept:
            asset = self._asset(row, TYPES[row.list])
            if asset is None:
                continue
            told = frozenset({"status"}) if row.values.get("active") else frozenset[str]()
            self.inventory.observe(
                Observation(asset, self._ref(row), row=row.row, where=row.where, told=told)
            )
            for link in self._links(row, TYPES[row.list]):
                self.inventory.tie(link)
        for kind, count in sorted(self.not_kept.items()):
            self.report.info(MessageCode.INVENTORY_TYPE_IGNORED, kind=kind, count=count)
        for kind, count in sorted(self.deleted.items()):
            self.report.info(MessageCode.INVENTORY_DELETED, kind=kind, count=count)
        for kind, count in sorted(self.unknown.items()):
            self.report.warning(MessageCode.INVENTORY_REFERENCE_UNKNOWN, kind=kind, count=count)
        if not kept:
            self.report.warning(MessageCode.INVENTORY_EMPTY)

    def _is_kept(self, row: MercatorRow) -> bool:
        """Of the entities, suppliers only: departments answer for assets, and are none.

        What was deleted stays in the base, and in what is drawn from it, with the day.
        """
        if row.values.get("deleted_at"):
            self.deleted[row.list] += 1
            return False
        if row.list != "entities":
            return True
        is_external = flag_of(row.values.get("is_external", ""))
        if is_external or _SUPPLIERS.search(row.values.get("entity_type", "")):
            return True
        self.not_kept["entities"] += 1
        return False

    def _ref(self, row: MercatorRow) -> str:
        return f"{row.list} {row.values.get('id') or f'row {row.row}'}"

    def _asset(self, row: MercatorRow, told: MercatorType) -> AssetRecord | None:
        values = row.values
        name = values.get("name", "")
        if not name:
            self.report.error(MessageCode.INVENTORY_NAMELESS, row=row.row, field=row.where)
            return None
        field = _Fields(row, told, self.report)
        number = values.get("id", "")
        is_retired = flag_of(values.get("active", "")) is False
        return AssetRecord(
            key=f"{row.list}-{number}" if _NUMBER.fullmatch(number) else "",
            kind=told.kind,
            name=fitted("name", name),
            description=fitted(
                "description", unescape(_TAGS.sub("", values.get("description", "")))
            ),
            owner=fitted("owner", field.text("owner")),
            technical_owner=fitted("technical_owner", field.text("technical_owner")),
            criticality=_NEEDS.get(values.get("security_need_a", "")),
            max_downtime_min=field.minutes("max_downtime_min"),
            max_data_loss_min=field.minutes("max_data_loss_min"),
            status=Status.RETIRED if is_retired else Status.IN_USE,
            site=self._named(field.text("site"), "sites"),
            supplier=self._named(field.text("supplier"), "entities"),
            identifiers=identifiers_of(field.identifiers()),
            details=field.details(),
        )

    def _named(self, text: str, types: str) -> str:
        """The name behind a number; the text itself when it is no number."""
        if not _NUMBER.fullmatch(text):
            return fitted("reference", text)
        if (types, text) not in self.names:
            self.unknown[types] += 1
        return fitted("reference", self.names.get((types, text), ""))

    def _links(self, row: MercatorRow, told: MercatorType) -> Iterator[ObservedLink]:
        own = Reference(ref=self._ref(row))
        is_both = row.list == "fluxes" and flag_of(row.values.get("bidirectional", ""))
        for link in (*told.links, *(_BACK if is_both else ())):
            text = row.values.get(link.column, "")
            if not text or is_unknown(text):
                continue
            for other in self._others(text, link):
                source, target = (other, own) if link.is_incoming else (own, other)
                # A flow feeds who receives it: see interfaces_sheet.
                is_flow = link.verb is Verb.EXCHANGES_THROUGH
                yield ObservedLink(
                    source,
                    link.verb,
                    target,
                    effect=Effect.DEGRADE if is_flow else Effect.STOP,
                    told=frozenset({"effect"}) if is_flow else frozenset(),
                    row=row.row,
                    where=row.where,
                )

    def _others(self, text: str, link: MercatorLink) -> Iterator[Reference]:
        kinds = tuple(dict.fromkeys(TYPES[one].kind for one in link.types))
        for number in names_in(text):
            if not _NUMBER.fullmatch(number):
                yield Reference(text=fitted("reference", number), kinds=kinds)
                continue
            known = next((one for one in link.types if (one, number) in self.names), "")
            if known:
                yield Reference(ref=f"{known} {number}")
            else:
                self.unknown[link.types[0]] += 1


class _Fields:
    """Reads the fields of one row."""

    def __init__(self, row: MercatorRow, told: MercatorType, report: Report) -> None:
        self.row = row
        self.told = told
        self.report = report

    def text(self, name: str) -> str:
        """The first column filled for this field of ours."""
        for column in self.told.fields.get(name, ()):
            text = self.row.values.get(column, "")
            if text and not is_unknown(text):
                return text
        return ""

    def minutes(self, name: str) -> int | None:
        """A duration: Mercator keeps minutes; 0 is what it tells where nobody said."""
        text = self.text(name)
        found = minutes_of(text) if text else None
        if text and found is None:
            self._ignored(name, text)
        return found or None

    def identifiers(self) -> Iterator[tuple[IdentifierKind, str]]:
        """Serial number, addresses, and the host name that a machine's name is."""
        for name, (kind, _titles) in IDENTIFIERS.items():
            text = self.text(name)
            parts = [text] if kind is IdentifierKind.SERIAL else codes_in(text.replace(",", " "))
            for part in parts:
                if canonical(kind, part):
                    yield kind, part
        if self.told.kind in {AssetKind.SERVER, AssetKind.WORKSTATION}:
            yield IdentifierKind.HOSTNAME, self.row.values.get("name", "")

    def details(self) -> dict[str, Value]:
        """Further fields; what cannot be read is said."""
        found: dict[str, Value | None] = dict(self.told.constants)
        for one in FIELDS[self.told.kind]:
            text = self.text(one.name)
            if not text:
                continue
            if one.name == "exposure":
                found["exposure"] = "dmz" if flag_of(text) else None
                continue
            cell = day_of(text) or text if one.type is FieldType.DATE else text
            value = value_of(one, cell, "")
            if isinstance(value, Unread):
                self._ignored(one.name, text)
            else:
                found[one.name] = value
        return details_of(self.told.kind, found)

    def _ignored(self, name: str, text: str) -> None:
        field = next(iter(self.told.fields.get(name, (name,))))
        self.report.warning(
            MessageCode.INVENTORY_VALUE_IGNORED, row=self.row.row, field=field, value=text
        )
