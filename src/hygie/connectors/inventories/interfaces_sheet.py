"""What does a list of interfaces say: which application tells what to which, by which channel?

A flow feeds who receives it: the destination exchanges through the interface and is degraded
without it; the interface uses the source, from which its messages come, and the engine that carries
them. Losing the source or the engine thus reaches every receiver, and losing a receiver nobody.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.cell_values import Unread, names_in, value_of
from hygie.connectors.inventories.columns import SheetColumns
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.sheet_rows import SheetRow, Words
from hygie.connectors.inventories.sheets import NOT_MAPPED, Mapped
from hygie.connectors.inventories.types import (
    Inventory,
    InventoryKind,
    Observation,
    ObservedLink,
    Reference,
)
from hygie.connectors.inventories.words import flag_of, is_nobody
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Column, Table
from hygie.engines.estate.fields import FIELDS
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

INTERFACE_SHEET_COLUMNS = (
    Column("key", ("Code", "Identifiant", "ID", "Référence", "N°"), required=False),
    Column(
        "name",
        ("Nom", "Interface", "Nom du canal", "Canal", "Channel", "Nom du flux", "Flux", "Libellé"),
        required=False,
    ),
    Column(
        "source",
        (
            "Application source", "Source", "Émetteur", "Système source", "Application émettrice",
            "De", "Source application", "Sender", "From",
        ),
    ),
    Column(
        "destination",
        (
            "Application destination", "Destination", "Destinataire", "Destinataires", "Cible",
            "Récepteur", "Système cible", "Application cible", "Application réceptrice", "Vers",
            "Destination application", "Receiver", "Target", "To",
        ),
    ),
    Column(
        "direction",
        (
            "Sens", "Sens du flux", "Sens de l'échange", "Direction", "Bidirectionnel",
            "Bidirectional",
        ),
        required=False,
    ),
    Column(
        "protocol",
        ("Protocole", "Type", "Type de flux", "Transport", "Format", "Protocol"),
        required=False,
    ),
    Column("port", ("Port", "Port TCP", "Port d'écoute"), required=False),
    Column(
        "engine",
        ("Moteur", "Moteur d'interfaces", "EAI", "Plateforme", "Engine", "Interface engine"),
        required=False,
    ),
    Column(
        "is_enabled", ("Active", "Actif", "Activé", "Activée", "Statut", "Enabled"), required=False
    ),
    Column(
        "messages",
        (
            "Messages", "Types de messages", "Type de message", "Contenu", "Données", "Événements",
            "Message types", "Data",
        ),
        required=False,
    ),
    Column(
        "owner", ("Responsable", "Référent", "Propriétaire", "Owner"), required=False
    ),
    Column(
        "description", ("Description", "Commentaire", "Commentaires", "Notes"), required=False
    ),
)  # fmt: skip
_COLUMNS = SheetColumns(INTERFACE_SHEET_COLUMNS, {}, {}, {})
_FIELDS = FIELDS[AssetKind.INTERFACE]
_APPLICATIONS = (AssetKind.APPLICATION, AssetKind.DEVICE)
_NO_WORDS: Words = {}
_FORWARD, _BACKWARD = frozenset({"->", "→", ">", "⇒", "➔"}), frozenset({"<-", "←", "<", "⇐"})
_BOTH = frozenset({"<->", "↔", "<>", "⇔", "-><-", "->/<-"})
_FORWARD_WORDS = frozenset({"unidirectionnel", "aller", "one way", "sens unique"})
_BOTH_WORDS = frozenset(
    {"bidirectionnel", "bidirectional", "aller retour", "a r", "les deux", "both", "deux sens"}
)


def _never() -> bool:
    return False


def read_interfaces(
    path: Path,
    *,
    mapped: Mapped = NOT_MAPPED,
    sheet: str = "",
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read a list of interfaces.

    Args:
        path: CSV, TSV, XLSX or ODS.
        mapped: what was said of its titles and of its words.
        sheet: name of the only sheet to read.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked every thousand rows.

    Returns:
        One interface a row and its links; one without name is named after its two ends.

    Raises:
        FileRefused: unreadable, dangerous, or without source and destination.
        ReadingCancelled: asked to.
    """
    table = open_table(
        path,
        expected=mapped.applied(INTERFACE_SHEET_COLUMNS),
        limits=limits.files,
        file_name=file_name,
        sheet=sheet,
        cancelled=cancelled,
    )
    inventory = Inventory(InventoryKind.INTERFACES, table.report, limits=limits)
    read_interface_rows(table, inventory, words=mapped.values, report=table.report)
    return inventory


def read_interface_rows(
    table: Table, inventory: Inventory, *, words: Words = _NO_WORDS, report: Report
) -> int:
    """Read the rows of a list of interfaces into an inventory; see `read_interfaces`.

    Args:
        table: opened with INTERFACE_SHEET_COLUMNS.
        inventory: completed.
        words: column → what its words stand for.
        report: gets the messages.

    Returns:
        Number of rows understood.
    """
    titles = {name: table.titles[position] for name, position in table.positions.items()}
    seen: dict[tuple[str, str], int] = {}
    named: dict[str, list[str]] = {}
    count = 0
    for row in table.rows():
        reading = SheetRow(row, _COLUMNS, titles, words, report)
        sources, destinations = (_ends(reading, name) for name in ("source", "destination"))
        if reading.is_refused:
            continue
        sources, destinations = _directed(reading, sources, destinations)
        asset = _asset(reading, sources, destinations)
        if not asset.key and named.setdefault(normalised(asset.name), sources) != sources:
            # "ADT" from another application is another flow.
            apart = fitted("name", f"{asset.name} ({', '.join(sources)})")
            asset = msgspec.structs.replace(asset, name=apart)
        first = seen.setdefault((asset.organisation, asset.key), row.number)
        if asset.key and first != row.number:
            reading.refuse("key", MessageCode.ROW_DUPLICATE, first=first)
            continue
        count += 1
        ref = f"{table.sheet}!{row.number}" if table.sheet else f"row {row.number}"
        inventory.observe(Observation(asset, ref, row=row.number, where=table.sheet))
        engine = reading.text("engine")
        engines = [] if is_nobody(engine) or not engine else [engine]
        for text in (*sources, *engines):
            inventory.tie(_link(Reference(ref=ref), Verb.USES, _application(text), reading, table))
        for text in destinations:
            inventory.tie(
                _link(
                    _application(text), Verb.EXCHANGES_THROUGH, Reference(ref=ref), reading, table
                )
            )
    return count


def _ends(reading: SheetRow, name: str) -> list[str]:
    names = [one for one in names_in(reading.text(name)) if not is_nobody(one)]
    if not names:
        reading.refuse(name, MessageCode.CELL_EMPTY)
    return names


def _directed(
    reading: SheetRow, sources: list[str], destinations: list[str]
) -> tuple[list[str], list[str]]:
    """Who sends and who receives, once the direction is read; both when it goes both ways."""
    text = reading.text("direction")
    # An arrow alone has no letter, and would pass for a cell that says nothing.
    said = text_of(reading.cell("direction")).replace(" ", "").replace("=", "-").replace("--", "-")
    is_both = said in _BOTH or normalised(text) in _BOTH_WORDS or flag_of(text)
    if is_both:
        both = list(dict.fromkeys((*sources, *destinations)))
        return both, both
    if said in _BACKWARD:
        return destinations, sources
    is_read = said in _FORWARD or normalised(text) in _FORWARD_WORDS or flag_of(text) is False
    if text and not is_read:
        reading.warn("direction", MessageCode.INVENTORY_VALUE_IGNORED, value=text)
    return sources, destinations


def _asset(reading: SheetRow, sources: list[str], destinations: list[str]) -> AssetRecord:
    found: dict[str, Value | None] = {}
    for one in _FIELDS:
        if not reading.text(one.name):
            continue
        title = reading.titles.get(one.name, "")
        value = value_of(one, reading.cell(one.name), title)
        if isinstance(value, Unread):
            reading.warn(
                one.name, MessageCode.INVENTORY_VALUE_IGNORED, value=reading.text(one.name)
            )
        else:
            found[one.name] = value
    name = reading.text("name")
    if not name:
        # Between two applications, each kind of message is a flow of its own.
        is_both = len(sources) > 1 and sources == destinations
        ends = [" ↔ ".join(sources)] if is_both else [", ".join(sources), ", ".join(destinations)]
        name = " → ".join(ends)
        name += f" ({messages})" if (messages := reading.text("messages")) else ""
    return AssetRecord(
        key=fitted("key", reading.text("key")),
        kind=AssetKind.INTERFACE,
        name=fitted("name", name),
        owner=fitted("owner", reading.text("owner")),
        description=fitted("description", reading.text("description")),
        details=details_of(AssetKind.INTERFACE, found),
    )


def _application(text: str) -> Reference:
    return Reference(text=fitted("reference", text), kinds=_APPLICATIONS)


def _link(
    source: Reference, verb: Verb, target: Reference, reading: SheetRow, table: Table
) -> ObservedLink:
    is_receiver = verb is Verb.EXCHANGES_THROUGH
    return ObservedLink(
        source,
        verb,
        target,
        effect=Effect.DEGRADE if is_receiver else Effect.STOP,
        told=frozenset({"effect"}) if is_receiver else frozenset(),
        row=reading.row.number,
        where=table.sheet,
    )
