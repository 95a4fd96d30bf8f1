"""Which title of an unknown sheet is which of our columns, and what do its first rows look like?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.inventories.columns import columns_of
from hygie.connectors.inventories.interfaces_sheet import INTERFACE_SHEET_COLUMNS
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.links_sheet import LINK_SHEET_COLUMNS
from hygie.connectors.inventories.words import kind_of_word
from hygie.connectors.tables.likeness import Guess, beginning_of, guess_columns
from hygie.connectors.tables.reader import open_book
from hygie.connectors.tables.titles import match_titles
from hygie.connectors.tables.types import Column, SourceRow
from hygie.engines.estate.vocabulary import AssetKind

LINKS, INTERFACES, MIXED = "links", "interfaces", "assets"
SUBJECTS = (*(kind.value for kind in AssetKind), LINKS, INTERFACES, MIXED)


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a sheet.

    Attributes:
        sheet: its name, "" for a text file. sheets: names of all visible sheets.
        header_row: row of the titles, 1-based.
        titles: as written. rows: cells under them, as texts, all of one length.
        subject: what its titles say that it is about, one of SUBJECTS; "" when they do not tell.
    """

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    subject: str


def columns_for(subject: str) -> tuple[Column, ...]:
    """The columns of a subject.

    Args:
        subject: one of SUBJECTS.

    Returns:
        Ours, each with its titles; the first one is what people should be shown.

    Raises:
        ValueError: no such subject.
    """
    if subject == LINKS:
        return LINK_SHEET_COLUMNS
    if subject == INTERFACES:
        return INTERFACE_SHEET_COLUMNS
    return columns_of(None if subject == MIXED else AssetKind(subject)).columns


def guess_mapping(titles: Sequence[str], subject: str) -> list[Guess]:
    """Propose one of our columns for each title.

    Args:
        titles: of a sheet, by position; empty ones are passed over.
        subject: one of SUBJECTS.

    Returns:
        One guess a title, in their order; a column is proposed once, to the title that is most
        like it.

    Cost: O(titles × our titles).
    """
    return guess_columns(titles, columns_for(subject))


def preview(
    path: Path,
    *,
    rows: int = 10,
    sheet: str = "",
    subject: str = "",
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
) -> Preview:
    """Show the beginning of a sheet to whoever maps its titles.

    Args:
        path: CSV, TSV, XLSX or ODS.
        rows: to show at most.
        sheet: name of the sheet; "" = the first one, or that whose titles are known best.
        subject: one of SUBJECTS when it is known; it helps to find the row of titles.
        file_name: name shown to the user.
        limits: bounds on the file.

    Returns:
        The preview.

    Raises:
        FileRefused: unreadable, dangerous, empty, or without this sheet.
    """
    subjects = (subject,) if subject else SUBJECTS
    expected = tuple(column for one in subjects for column in columns_for(one))
    book = open_book(path, expected=expected, limits=limits.files, file_name=file_name)
    found = beginning_of(book, known=lambda row: _known(row, subjects), sheet=sheet, rows=rows)
    return Preview(
        found.sheet,
        found.sheets,
        found.header_row,
        found.titles,
        found.shown(rows),
        subject or subject_of(found.sheet, found.titles),
    )


def subject_of(sheet: str, titles: Sequence[str]) -> str:
    """What a sheet is about, going by its name, else by its titles.

    Args:
        sheet: its name; "" for a text file.
        titles: by position.

    Returns:
        One of SUBJECTS; "" when nothing tells, or when two subjects fit as well.
    """
    if match_titles(titles, LINK_SHEET_COLUMNS).fits:
        return LINKS
    if match_titles(titles, INTERFACE_SHEET_COLUMNS).fits:
        return INTERFACES
    named = kind_of_word(sheet) if sheet else None
    scores = {kind.value: _fit(titles, kind) for kind in AssetKind}
    if named is not None and scores[named.value] > 0:
        return named.value
    if match_titles(titles, columns_of(None).columns).fits:
        return MIXED
    ranked = sorted(scores, key=lambda one: -scores[one])
    if scores[ranked[0]] <= 0 or scores[ranked[0]] == scores[ranked[1]]:
        return ""
    return ranked[0]


def _fit(titles: Sequence[str], kind: AssetKind) -> float:
    """How many titles are columns of this kind; one that names the kind itself weighs more."""
    match = match_titles(titles, columns_of(kind).columns)
    positions = match.positions
    if not {"name", "key", "hostname"} & set(positions):
        return 0
    said = kind_of_word(titles[positions["name"]]) if "name" in positions else None
    return len(positions) + (3 if said is kind else 0)


def _known(row: SourceRow, subjects: Sequence[str]) -> int:
    return max(len(match_titles(row.cells, columns_for(one)).positions) for one in subjects)
