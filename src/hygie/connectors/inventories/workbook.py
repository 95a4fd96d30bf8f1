"""How does a whole map travel in one workbook that people open, change and import again?

One sheet a kind of asset, one of links, read back equal by `read_workbook`: the titles and words
are those that `sheets` and `links_sheet` know.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from hygie.connectors.inventories.columns import EXTRA, columns_of, machine_columns
from hygie.connectors.inventories.interfaces_sheet import (
    INTERFACE_SHEET_COLUMNS,
    read_interface_rows,
)
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.links_sheet import LINK_SHEET_COLUMNS, read_link_rows
from hygie.connectors.inventories.machine_lists import MACHINE_LIST, machine_list_of, read_machines
from hygie.connectors.inventories.mapping import INTERFACES, LINKS, MIXED, columns_for, subject_of
from hygie.connectors.inventories.sheets import read_assets
from hygie.connectors.inventories.titles import (
    INTERFACES_WORD,
    KIND_WORDS,
    LINKS_WORD,
    MACHINES_WORD,
    MIXED_WORD,
)
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.inventories.words import (
    CHOICE_WORDS,
    EFFECT_WORDS,
    STATUS_WORDS,
    VERB_WORDS,
    kind_of_word,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, Severity, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, open_book, table_in
from hygie.connectors.tables.titles import match_titles
from hygie.connectors.tables.types import Column, Sheet
from hygie.connectors.tables.writer import Written, write_xlsx
from hygie.engines.estate.fields import FIELDS, FieldType
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord, Value
from hygie.engines.estate.vocabulary import AssetKind

_ALWAYS = ("key", "name", "owner", "technical_owner", "status")
# Columns that only wide maps use are written when some asset fills them.
_LINK_TITLES = {column.name: column.title for column in LINK_SHEET_COLUMNS}
_LINK_WRITTEN = ("source", "verb", "target", "group", "needed", "delay_min", "effect", "details")
_DEPTH = 50


def _never() -> bool:
    return False


def write_workbook(target: Path | BinaryIO, estate: EstateMap) -> int:
    """Write a map as an Excel workbook.

    Args:
        target: file to write, or an open binary stream.
        estate: assets with unique keys, and links between them.

    Returns:
        Number of rows written, titles aside.

    Raises:
        ValueError: a text is longer than a cell of Excel.

    Cost: O(assets + links), one row at a time.
    """
    by_kind: dict[AssetKind, list[AssetRecord]] = {kind: [] for kind in AssetKind}
    for asset in estate.assets:
        by_kind[asset.kind].append(asset)
    sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Written]]]] = {
        KIND_WORDS[kind][0]: _sheet(kind, assets) for kind, assets in by_kind.items() if assets
    }
    if estate.links or not sheets:
        titles = [_LINK_TITLES[name] for name in _LINK_WRITTEN]
        sheets[LINKS_WORD] = (titles, (_link_cells(link) for link in estate.links))
    return write_xlsx(target, sheets)


def _sheet(
    kind: AssetKind, assets: Sequence[AssetRecord]
) -> tuple[Sequence[str], Iterator[Sequence[Written]]]:
    """Titles and rows of one kind; a column that no asset fills is not written."""
    columns = {column.name: column for column in columns_of(kind).columns}
    order = [*_ALWAYS[:2], *(name for name in columns if name not in _ALWAYS[:2])]
    cells = [_asset_cells(asset) for asset in assets]
    shown = {field.name for field in FIELDS[kind]} | set(_ALWAYS)
    filled = shown | {name for row in cells for name in row}
    written = [name for name in order if name in filled and name not in columns_of(kind).links]
    titles = [columns[name].title for name in written]
    return titles, ([row.get(name, "") for name in written] for row in cells)


def _asset_cells(asset: AssetRecord) -> dict[str, Written]:
    """Cells of an asset by column; what is unknown is not there."""
    fields = {field.name: field for field in FIELDS[asset.kind]}
    cells: dict[str, Written] = {
        "key": asset.key,
        "name": asset.name,
        "organisation": asset.organisation,
        "shared_with": "\n".join(asset.shared_with),
        "description": asset.description,
        "owner": asset.owner,
        "technical_owner": asset.technical_owner,
        "criticality": asset.criticality,
        "max_downtime_min": asset.max_downtime_min,
        "max_data_loss_min": asset.max_data_loss_min,
        "status": STATUS_WORDS[asset.status][0],
        "site": asset.site,
        "zone": asset.zone,
        "supplier": asset.supplier,
    }
    for name, kind in columns_of(asset.kind).identifiers.items():
        cells[name] = "\n".join(value for one, value in asset.identifiers if one is kind)
    further = {name: value for name, value in asset.details.items() if name not in fields}
    for name, value in asset.details.items():
        if name in fields:
            cells[name] = _detail_cell(name, fields[name].type, value)
    if further:
        cells[EXTRA] = _json(further)
    return {name: cell for name, cell in cells.items() if cell is not None and cell != ""}


def _detail_cell(name: str, kind: FieldType, value: Value) -> Written:
    if kind is FieldType.BOOLEAN:
        return "oui" if value else "non"
    if kind is FieldType.CHOICE:
        return CHOICE_WORDS.get(name, {}).get(str(value), (str(value),))[0]
    return value


def _link_cells(link: LinkRecord) -> list[Written]:
    return [
        link.source,
        VERB_WORDS[link.verb][0],
        link.target,
        link.group,
        link.needed,
        link.delay_min,
        EFFECT_WORDS[link.effect][0],
        _json(link.details) if link.details else "",
    ]


def _json(details: object) -> str:
    return msgspec.json.encode(details, order="deterministic").decode()


def read_workbook(
    path: Path,
    *,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read all the sheets of a workbook that tell about the information system.

    Args:
        path: XLSX, ODS, or a text file as a workbook of one sheet.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked every thousand rows.

    Returns:
        Assets, interfaces and links of every visible sheet; what each sheet was taken for is said,
        and so are the sheets that are not read.

    Raises:
        FileRefused: unreadable, dangerous, or without any sheet that is known.
        ReadingCancelled: asked to.
    """
    book = open_book(path, expected=subject_columns(), limits=limits.files, file_name=file_name)
    inventory = Inventory(InventoryKind.WORKBOOK, book.report, limits=limits)
    known = 0
    for sheet in book.sheets:
        if sheet.is_hidden:
            book.report.info(MessageCode.SHEET_HIDDEN, sheet=sheet.name)
            continue
        subject = subject_in(sheet, book)
        if not subject:
            book.report.info(MessageCode.INVENTORY_SHEET_IGNORED, sheet=sheet.name)
            continue
        known += 1
        _read_sheet(book, sheet, subject, inventory, cancelled)
    if not known:
        accepted = ", ".join(words[0] for words in KIND_WORDS.values())
        raise refusal(MessageCode.INVENTORY_NOT_KNOWN, file=book.file, accepted=accepted)
    return inventory


def subject_in(sheet: Sheet, book: Book) -> str:
    """What a sheet is about, going by its name and its first rows; "" when nothing tells."""
    best = 0
    titles: tuple[str, ...] = ()
    report = Report(book.file)
    for row in islice(sheet.rows(report), _DEPTH):
        texts = tuple(text_of(cell) for cell in row.cells)
        found = len(match_titles(texts, subject_columns()).positions)
        if found > best:
            best, titles = found, texts
        # Mostly titles that are known: what follows can only be rows.
        if best > 1 and found * 2 >= sum(bool(text) for text in texts):
            break
    if not titles:
        return ""
    is_told = bool(sheet.name) and kind_of_word(sheet.name) is not None
    if not is_told and machine_list_of(titles) is not None:
        return MACHINE_LIST
    return subject_of(sheet.name, titles)


@lru_cache(maxsize=1)
def subject_columns() -> tuple[Column, ...]:
    """The columns of all subjects: what tells a row of titles from the others."""
    return (
        *LINK_SHEET_COLUMNS,
        *INTERFACE_SHEET_COLUMNS,
        *columns_for(MIXED),
        *(column for kind in AssetKind for column in columns_of(kind).columns),
    )


def _read_sheet(
    book: Book, sheet: Sheet, subject: str, inventory: Inventory, cancelled: Callable[[], bool]
) -> None:
    """Read one sheet; its messages name it."""
    name = f"{book.file} [{sheet.name}]" if sheet.name else book.file
    report = Report(name)
    own = replace(book, report=report)
    is_list = subject == MACHINE_LIST
    expected = machine_columns().columns if is_list else columns_for(subject)
    table = table_in(own, [sheet], expected=expected, cancelled=cancelled)
    if subject == LINKS:
        count = read_link_rows(table, inventory, report=report)
    elif subject == INTERFACES:
        count = read_interface_rows(table, inventory, report=report)
    elif is_list:
        count = read_machines(table, inventory, report=report)
    else:
        kind = None if subject == MIXED else AssetKind(subject)
        columns = columns_of(kind)
        count = read_assets(table, kind, inventory, columns=columns, report=report)
    for message in report.messages:
        book.report.append(message)
    for code, missing in report.not_kept.items():
        book.report.counts[code] += missing
    book.report.add(
        Severity.INFO,
        MessageCode.INVENTORY_SHEET_READ,
        sheet=sheet.name,
        subject=_word(subject),
        count=count,
    )


def _word(subject: str) -> str:
    """A subject as people name its sheet."""
    others = {
        LINKS: LINKS_WORD, INTERFACES: INTERFACES_WORD, MIXED: MIXED_WORD,
        MACHINE_LIST: MACHINES_WORD,
    }  # fmt: skip
    return others.get(subject) or KIND_WORDS[AssetKind(subject)][0]
