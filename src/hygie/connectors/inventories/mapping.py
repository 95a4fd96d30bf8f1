"""Which title of an unknown sheet is which of our columns, and what do its first rows look like?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from hygie.connectors.inventories.columns import columns_of
from hygie.connectors.inventories.interfaces_sheet import INTERFACE_SHEET_COLUMNS
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.links_sheet import LINK_SHEET_COLUMNS
from hygie.connectors.inventories.words import kind_of_word
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, open_book
from hygie.connectors.tables.titles import match_titles, normalised
from hygie.connectors.tables.types import Column, Sheet, SourceRow
from hygie.engines.estate.vocabulary import AssetKind

LINKS, INTERFACES, MIXED = "links", "interfaces", "assets"
SUBJECTS = (*(kind.value for kind in AssetKind), LINKS, INTERFACES, MIXED)

# A title that only looks like ours is proposed from this likeness on, out of 100.
_LEAST = 72
_EXACT = 100
_DEPTH = 50
_SAMPLE_CELL = 80
_PARENTHESES = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Guess:
    """A title that may be one of our columns.

    Attributes:
        column: name of ours; "" when nothing looks like it.
        position: of the title in its row, from 0. confidence: out of 100.
    """

    title: str
    position: int
    column: str
    confidence: int


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
    columns = columns_for(subject)
    exact = match_titles(titles, columns)
    found = {position: (name, _EXACT) for name, position in exact.positions.items()}
    left = [column for column in columns if column.name not in exact.positions]
    likeness = sorted(
        (
            (_likeness(title, column), position, column.name)
            for position, title in enumerate(titles)
            if title.strip() and position not in found
            for column in left
        ),
        key=lambda one: (-one[0], one[1]),
    )
    used: set[str] = set()
    for score, position, name in likeness:
        if score >= _LEAST and position not in found and name not in used:
            found[position] = name, score
            used.add(name)
    return [
        Guess(title, position, *found.get(position, ("", 0)))
        for position, title in enumerate(titles)
        if title.strip()
    ]


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
    visible = [one for one in book.sheets if not one.is_hidden]
    wanted = [one for one in visible if not sheet or one.name == sheet]
    if not wanted:
        raise refusal(MessageCode.SHEET_MISSING, file=book.file, sheet=sheet)
    chosen, beginning, header = max(
        ((one, *_beginning(one, book, rows, subjects)) for one in wanted),
        key=lambda one: _known(one[1][one[2]], subjects) if one[1] else -1,
    )
    if not beginning:
        raise refusal(MessageCode.FILE_EMPTY, file=book.file)
    titles = tuple(text_of(cell) for cell in beginning[header].cells)
    width = len(titles)
    shown = [
        tuple(text_of(cell)[:_SAMPLE_CELL] for cell in row.cells[:width])
        for row in beginning[header + 1 : header + 1 + rows]
    ]
    return Preview(
        chosen.name,
        tuple(one.name for one in visible),
        beginning[header].number,
        titles,
        tuple(row + ("",) * (width - len(row)) for row in shown),
        subject or subject_of(chosen.name, titles),
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


def _beginning(
    sheet: Sheet, book: Book, rows: int, subjects: Sequence[str]
) -> tuple[list[SourceRow], int]:
    """The first rows of a sheet, and the place of the titles among them."""
    report = Report(book.file)
    found = [
        row
        for row in islice(sheet.rows(report), _DEPTH + rows)
        if any(text_of(cell) for cell in row.cells)
    ]
    if not found:
        return [], 0
    best = max(range(min(len(found), _DEPTH)), key=lambda at: (_known(found[at], subjects), -at))
    if _known(found[best], subjects) > 0:
        return found, best
    # Nothing is known: the first row that is a row of texts.
    texts = (
        at
        for at, row in enumerate(found)
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in row.cells) > 1
    )
    return found, next(texts, 0)


def _known(row: SourceRow, subjects: Sequence[str]) -> int:
    return max(len(match_titles(row.cells, columns_for(one)).positions) for one in subjects)


def _likeness(title: str, column: Column) -> int:
    """How much a title looks like one of ours, out of 100."""
    said = normalised(_PARENTHESES.sub(" ", title))
    words = {_stem(word) for word in said.split()}
    best = 0.0
    for own in column.titles:
        ours = normalised(own)
        own_words = {_stem(word) for word in ours.split()}
        best = max(best, SequenceMatcher(None, said, ours).ratio())
        shared = words & own_words
        # A short word in common says nothing, and one of many says little.
        if shared == own_words and max(map(len, shared), default=0) > 3:
            best = max(best, 0.76 + 0.22 * len(shared) / len(words))
    return round(best * 97)


def _stem(word: str) -> str:
    """A word without the mark of its plural."""
    return word.rstrip("sx") if len(word) > 4 else word
