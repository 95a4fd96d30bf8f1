"""What does a sheet of assets say: CSV, Excel or OpenDocument, whatever its titles?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.inventories.columns import SheetColumns, columns_of
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.sheet_rows import SheetRow, Words
from hygie.connectors.inventories.titles import KIND_WORDS
from hygie.connectors.inventories.types import Inventory, InventoryKind, Observation
from hygie.connectors.inventories.words import kind_of_word
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Column, Table
from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind

# One of these is needed to name an asset.
NAMING = ("name", "key", "hostname")
_NO_WORDS: Words = {}


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the person who imports a sheet said of it.

    Attributes:
        columns: our column → title of the sheet; "" = this column of ours is not in the sheet.
        values: our column → {word of the sheet: what it stands for}.
    """

    columns: Mapping[str, str]
    values: Words

    def applied(self, expected: tuple[Column, ...]) -> tuple[Column, ...]:
        """Our columns with the titles that were told; a title told belongs to one column only."""
        taken = {normalised(title) for title in self.columns.values() if title}
        found = []
        for column in expected:
            told = self.columns.get(column.name)
            if told is None:
                titles = tuple(one for one in column.titles if normalised(one) not in taken)
            else:
                titles = (told,) if told else ()
            if not titles:
                continue
            found.append(Column(column.name, titles, column.required))
        # The last one wins a title that is also the name of another column.
        return tuple(sorted(found, key=lambda one: one.name in self.columns))


NOT_MAPPED = Mapped({}, _NO_WORDS)


def read_sheet(
    path: Path,
    kind: AssetKind | None,
    *,
    mapped: Mapped = NOT_MAPPED,
    sheet: str = "",
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read a sheet of assets.

    Args:
        path: CSV, TSV, XLSX or ODS.
        kind: of its rows; None when a column tells it.
        mapped: what was said of its titles and of its words; the rest is recognised.
        sheet: name of the only sheet to read; "" = that whose titles fit best.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked every thousand rows.

    Returns:
        One observation a row, and the links that its columns tell. A title that nothing reads is
        said; a cell that cannot be read leaves its field unknown, and is said.

    Raises:
        FileRefused: unreadable, dangerous, or without any column that names an asset.
        ReadingCancelled: asked to.

    Cost: O(cells), one row in memory beside what is found.
    """
    columns = columns_of(kind)
    table = open_table(
        path,
        expected=mapped.applied(columns.columns),
        limits=limits.files,
        file_name=file_name,
        sheet=sheet,
        cancelled=cancelled,
    )
    inventory = Inventory(InventoryKind.SHEET, table.report, limits=limits)
    read_assets(table, kind, inventory, columns=columns, words=mapped.values, report=table.report)
    return inventory


def read_assets(
    table: Table,
    kind: AssetKind | None,
    inventory: Inventory,
    *,
    columns: SheetColumns,
    words: Words = _NO_WORDS,
    report: Report,
) -> int:
    """Read the rows of a sheet of assets into an inventory.

    Args:
        table: opened with these columns.
        kind: of its rows; None when a column tells it.
        inventory: completed.
        columns: of this kind.
        words: column → what its words stand for.
        report: gets the messages.

    Returns:
        Number of rows understood.

    Raises:
        FileRefused: no column names an asset, or too many rows.
    """

    def assets(reading: SheetRow) -> tuple[AssetRecord, bool] | None:
        own = kind or _kind_of(reading)
        asset = None if own is None else reading.asset(own)
        return None if asset is None else (asset, False)

    return read_rows(table, assets, inventory, columns=columns, words=words, report=report)


def read_rows(
    table: Table,
    assets: Callable[[SheetRow], tuple[AssetRecord, bool] | None],
    inventory: Inventory,
    *,
    columns: SheetColumns,
    words: Words = _NO_WORDS,
    report: Report,
    tied: AssetKind | None = None,
) -> int:
    """Read the rows of a sheet into an inventory.

    Args:
        table: opened with these columns.
        assets: the asset of a row, and whether its kind is a guess; None when it is refused.
        inventory: completed.
        columns: of this sheet.
        words: column → what its words stand for.
        report: gets the messages.
        tied: the only kind whose rows tell links; None = all.

    Returns:
        Number of rows understood.

    Raises:
        FileRefused: no column names an asset, or too many rows.
    """
    if not any(table.has(name) for name in NAMING):
        raise refusal(
            MessageCode.HEADER_NOT_FOUND,
            file=report.file,
            row=table.header_row,
            missing=", ".join(column.title for column in columns.columns if column.name == "name"),
            rows=table.header_row,
        )
    titles = {name: table.titles[position] for name, position in table.positions.items()}
    seen: dict[tuple[str, str], int] = {}
    where = table.sheet
    count = 0
    for row in table.rows():
        reading = SheetRow(row, columns, titles, words, report)
        found = assets(reading)
        if found is None:
            continue
        asset, is_guess = found
        first = seen.setdefault((asset.organisation, asset.key), row.number)
        if asset.key and first != row.number:
            reading.refuse("key", MessageCode.ROW_DUPLICATE, first=first)
            continue
        count += 1
        ref = f"{where}!{row.number}" if where else f"row {row.number}"
        told = frozenset({"status"}) if reading.has_status else frozenset[str]()
        inventory.observe(
            Observation(
                asset, ref, row=row.number, where=where, is_kind_guessed=is_guess, told=told
            )
        )
        if tied is None or asset.kind is tied:
            for link in reading.links(ref, where, inventory.limits.links_per_cell):
                inventory.tie(link)
    return count


def _kind_of(reading: SheetRow) -> AssetKind | None:
    text = reading.text("kind")
    kind = kind_of_word(text)
    if kind is None:
        choices = ", ".join(words[1].lower() for words in KIND_WORDS.values())
        reading.refuse("kind", MessageCode.CELL_NOT_CHOICE, value=text, choices=choices)
    return kind
