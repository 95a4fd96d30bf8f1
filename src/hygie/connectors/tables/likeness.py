"""Which title of an unknown sheet is which of some columns, and where does its table begin?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book
from hygie.connectors.tables.titles import match_titles, normalised
from hygie.connectors.tables.types import Column, Sheet, SourceRow

# A title that only looks like ours is proposed from this likeness on, out of 100.
LEAST, EXACT = 72, 100
_DEPTH, _SAMPLE_CELL = 50, 80
_PARENTHESES = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Guess:
    """A title that may be one of our columns.

    Attributes:
        title: as written. position: in its row, from 0.
        column: name of ours; "" when nothing looks like it. confidence: out of 100.
    """

    title: str
    position: int
    column: str
    confidence: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of a sheet.

    Attributes:
        sheet: its name, "" for a text file. sheets: names of all visible sheets.
        header_row: row of the titles, 1-based.
        titles: as written.
        under: rows below the titles, those that were read.
    """

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    titles: tuple[str, ...]
    under: Sequence[SourceRow]

    def shown(self, rows: int) -> tuple[tuple[str, ...], ...]:
        """The first rows as short texts, all as long as the titles."""
        width = len(self.titles)
        texts = (
            tuple(text_of(cell)[:_SAMPLE_CELL] for cell in row.cells[:width])
            for row in self.under[:rows]
        )
        return tuple(row + ("",) * (width - len(row)) for row in texts)


def guess_columns(titles: Sequence[str], columns: Sequence[Column]) -> list[Guess]:
    """Propose a column for each title.

    Args:
        titles: of a sheet, by position; empty ones are passed over.
        columns: those that may be proposed.

    Returns:
        One guess a title, in their order; a column is proposed once, to the title that is most
        like it.

    Cost: O(titles × titles of the columns).
    """
    exact = match_titles(titles, columns)
    found = {position: (name, EXACT) for name, position in exact.positions.items()}
    left = [column for column in columns if column.name not in exact.positions]
    alike = sorted(
        (
            (likeness(title, column), position, column.name)
            for position, title in enumerate(titles)
            if title.strip() and position not in found
            for column in left
        ),
        key=lambda one: (-one[0], one[1]),
    )
    used: set[str] = set()
    for score, position, name in alike:
        if score >= LEAST and position not in found and name not in used:
            found[position] = name, score
            used.add(name)
    return [
        Guess(title, position, *found.get(position, ("", 0)))
        for position, title in enumerate(titles)
        if title.strip()
    ]


def likeness(title: str, column: Column) -> int:
    """How much a title looks like those of a column, out of 100; parentheses do not count."""
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


def beginning_of(
    book: Book, *, known: Callable[[SourceRow], int], sheet: str = "", rows: int = 10
) -> Beginning:
    """Find the titles of a workbook that nobody has described yet.

    Args:
        book: an open file.
        known: how many titles of a row are ours.
        sheet: name of the sheet; "" = that whose titles are known best.
        rows: to read below the titles, at least where there are as many.

    Returns:
        The beginning; where nothing is known, the titles are the first row of several texts.

    Raises:
        FileRefused: empty, or without this sheet.

    Cost: O(first rows).
    """
    visible = [one for one in book.sheets if not one.is_hidden]
    wanted = [one for one in visible if not sheet or one.name == sheet]
    if not wanted:
        raise refusal(MessageCode.SHEET_MISSING, file=book.file, sheet=sheet)
    chosen, found, header = max(
        ((one, *_first_rows(one, book, rows, known)) for one in wanted),
        key=lambda one: known(one[1][one[2]]) if one[1] else -1,
    )
    if not found:
        raise refusal(MessageCode.FILE_EMPTY, file=book.file)
    return Beginning(
        chosen.name,
        tuple(one.name for one in visible),
        found[header].number,
        tuple(text_of(cell) for cell in found[header].cells),
        found[header + 1 :],
    )


def _first_rows(
    sheet: Sheet, book: Book, rows: int, known: Callable[[SourceRow], int]
) -> tuple[list[SourceRow], int]:
    """The first rows of a sheet, and the place of the titles among them."""
    found = [
        row
        for row in islice(sheet.rows(Report(book.file)), _DEPTH + rows)
        if any(text_of(cell) for cell in row.cells)
    ]
    if not found:
        return [], 0
    best = max(range(min(len(found), _DEPTH)), key=lambda at: (known(found[at]), -at))
    if known(found[best]) > 0:
        return found, best
    texts = (
        at
        for at, row in enumerate(found)
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in row.cells) > 1
    )
    return found, next(texts, 0)


def _stem(word: str) -> str:
    """A word without the mark of its plural."""
    return word.rstrip("sx") if len(word) > 4 else word
