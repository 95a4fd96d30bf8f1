"""What does a sheet of links say: source, relation, target, group, number needed, delay, effect?"""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from hygie.connectors.inventories.assets import fitted
from hygie.connectors.inventories.cell_values import Unread, duration_of, word_of
from hygie.connectors.inventories.columns import SheetColumns
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, LONGEST, InventoryLimits
from hygie.connectors.inventories.sheet_rows import SheetRow, Words
from hygie.connectors.inventories.sheets import NOT_MAPPED, Mapped
from hygie.connectors.inventories.titles import KIND_WORDS
from hygie.connectors.inventories.types import (
    Inventory,
    InventoryKind,
    ObservedLink,
    Reference,
)
from hygie.connectors.inventories.words import (
    BACK_WORDS,
    EFFECT_WORDS,
    VERB_WORDS,
    kind_of_word,
    verb_of_word,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Column, Table
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import Effect, Verb

LINK_SHEET_COLUMNS = (
    Column("source", ("Source", "De", "Depuis", "Origine", "From")),
    Column("verb", ("Relation", "Lien", "Type de lien", "Verbe", "Nature du lien", "Relationship")),
    Column("target", ("Cible", "Vers", "Destination", "Target", "To")),
    Column("group", ("Groupe", "Groupe de secours", "Redondance", "Group"), required=False),
    Column(
        "needed",
        ("Nécessaires", "Nombre nécessaire", "Nécessaire", "Minimum", "Needed", "Required"),
        required=False,
    ),
    Column(
        "delay_min",
        ("Délai (min)", "Délai", "Délai avant effet", "Tient", "Delay", "Holds"),
        required=False,
    ),
    Column("effect", ("Effet", "Conséquence", "Impact", "Effect"), required=False),
    Column("source_kind", ("Nature de la source", "Source kind"), required=False),
    Column("target_kind", ("Nature de la cible", "Target kind"), required=False),
    Column("details", ("Détails (JSON)", "Détails", "Details"), required=False),
)
_COLUMNS = SheetColumns(LINK_SHEET_COLUMNS, {}, {}, {})
_EFFECTS = {one: (one.value, *words) for one, words in EFFECT_WORDS.items()}
_MOST_NEEDED = 32_767
_NO_WORDS: Words = {}


def _never() -> bool:
    return False


def read_links(
    path: Path,
    *,
    mapped: Mapped = NOT_MAPPED,
    sheet: str = "",
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read a sheet of links.

    Args:
        path: CSV, TSV, XLSX or ODS.
        mapped: what was said of its titles and of its words.
        sheet: name of the only sheet to read.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked every thousand rows.

    Returns:
        One link a row; a relation told from its target ("est utilisé par") is turned round. Links
        of one group that do not agree are refused, all but the first ones.

    Raises:
        FileRefused: unreadable, dangerous, or without source, relation and target.
        ReadingCancelled: asked to.
    """
    table = open_table(
        path,
        expected=mapped.applied(LINK_SHEET_COLUMNS),
        limits=limits.files,
        file_name=file_name,
        sheet=sheet,
        cancelled=cancelled,
    )
    inventory = Inventory(InventoryKind.LINKS, table.report, limits=limits)
    read_link_rows(table, inventory, words=mapped.values, report=table.report)
    return inventory


def read_link_rows(
    table: Table, inventory: Inventory, *, words: Words = _NO_WORDS, report: Report
) -> int:
    """Read the rows of a sheet of links into an inventory; see `read_links`.

    Args:
        table: opened with LINK_SHEET_COLUMNS.
        inventory: completed.
        words: column → what its words stand for.
        report: gets the messages.

    Returns:
        Number of links understood.
    """
    titles = {name: table.titles[position] for name, position in table.positions.items()}
    groups: dict[tuple[str, str], tuple[Verb, int, int, Effect]] = {}
    sizes: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str], int] = {}
    count = 0
    for row in table.rows():
        link = _link(SheetRow(row, _COLUMNS, titles, words, report), table.sheet)
        if link is None:
            continue
        if link.group:
            group = link.source.text, link.group
            terms = link.verb, link.needed, link.delay_min, link.effect
            if groups.setdefault(group, terms) != terms:
                report.error(
                    MessageCode.LINK_GROUP_DIFFERS,
                    row=row.number,
                    field=titles.get("group", ""),
                    group=link.group,
                )
                continue
            sizes[group] = sizes.get(group, 0) + 1
            rows.setdefault(group, row.number)
        inventory.tie(link)
        count += 1
    _check_sizes(groups, sizes, rows, report)
    return count


def _check_sizes(
    groups: Mapping[tuple[str, str], tuple[Verb, int, int, Effect]],
    sizes: Mapping[tuple[str, str], int],
    rows: Mapping[tuple[str, str], int],
    report: Report,
) -> None:
    """Say which groups need more than they have: other files may bring the rest."""
    for group, size in sizes.items():
        needed = groups[group][1]
        if needed > size:
            report.warning(
                MessageCode.LINK_NEEDS_TOO_MANY, row=rows[group], needed=needed, size=size
            )


def _link(reading: SheetRow, where: str) -> ObservedLink | None:
    source, target = (_end(reading, name) for name in ("source", "target"))
    said = reading.text("verb")
    verb = verb_of_word(said)
    if not said:
        reading.refuse("verb", MessageCode.CELL_EMPTY)
    elif verb is None:
        choices = ", ".join(words[0] for words in (*VERB_WORDS.values(), *BACK_WORDS.values()))
        reading.refuse("verb", MessageCode.CELL_NOT_CHOICE, value=said, choices=choices)
    if reading.is_refused or source is None or target is None or verb is None:
        return None
    if verb[1]:
        source, target = target, source
    if source.text == target.text and source.kinds == target.kinds:
        reading.refuse("target", MessageCode.LINK_TO_ITSELF, name=source.text)
        return None
    group, needed = reading.text("group"), _needed(reading)
    delay, effect = _delay(reading), _effect(reading)
    told = {
        "group": bool(group),
        "needed": needed is not None,
        "delay_min": delay is not None,
        "effect": effect is not None,
    }
    if reading.is_refused:
        return None
    return ObservedLink(
        source,
        verb[0],
        target,
        group=fitted("group", group),
        needed=needed or 1,
        delay_min=delay or 0,
        effect=effect or Effect.STOP,
        details=_details(reading),
        told=frozenset(name for name, is_told in told.items() if is_told),
        row=reading.row.number,
        where=where,
    )


def _end(reading: SheetRow, name: str) -> Reference | None:
    text = reading.text(name)
    if not text:
        reading.refuse(name, MessageCode.CELL_EMPTY)
        return None
    if len(text) > LONGEST["reference"]:
        limit = LONGEST["reference"]
        reading.refuse(name, MessageCode.CELL_TOO_LONG, length=len(text), limit=limit)
        return None
    word = reading.text(f"{name}_kind")
    kind = kind_of_word(word) if word else None
    if word and kind is None:
        choices = ", ".join(words[1].lower() for words in KIND_WORDS.values())
        reading.warn(f"{name}_kind", MessageCode.CELL_NOT_CHOICE, value=word, choices=choices)
    return Reference(text=text, kinds=(kind,) if kind else ())


def _needed(reading: SheetRow) -> int | None:
    text = reading.text("needed")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= _MOST_NEEDED:
        reading.refuse(
            "needed", MessageCode.CELL_OUT_OF_RANGE, value=text, low=1, high=_MOST_NEEDED
        )
        return None
    return int(text)


def _delay(reading: SheetRow) -> int | None:
    if not reading.text("delay_min"):
        return None
    minutes = duration_of(reading.cell("delay_min"), reading.titles.get("delay_min", ""))
    if isinstance(minutes, Unread):
        # A wrong delay would make a loss harmless, or harmful: better no link at all.
        value = reading.text("delay_min")
        reading.refuse("delay_min", MessageCode.CELL_NOT_NUMBER, value=value)
        return None
    return minutes


def _effect(reading: SheetRow) -> Effect | None:
    text = reading.text("effect")
    found = word_of(text, _EFFECTS) if text else None
    if text and found is None:
        choices = ", ".join(words[0] for words in EFFECT_WORDS.values())
        reading.refuse("effect", MessageCode.CELL_NOT_CHOICE, value=text, choices=choices)
    return found


def _details(reading: SheetRow) -> dict[str, Value]:
    text = reading.text("details")
    if not text:
        return {}
    try:
        return msgspec.json.decode(text, type=dict[str, str | int | float | bool])
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return {"note": fitted("detail", text)}
