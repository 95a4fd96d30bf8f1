"""Which title of an unknown timeline is which of our columns, and what do its first rows hold?"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from hygie.connectors.exercise_formats.columns import CHRONOGRAM_COLUMNS
from hygie.connectors.exercise_formats.times import moment_of
from hygie.connectors.exercise_formats.types import EXERCISE_LIMITS, ExerciseLimits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, open_book
from hygie.connectors.tables.titles import match_titles, normalised
from hygie.connectors.tables.types import Column, Sheet, SourceRow

# A title that only looks like ours is proposed from this likeness on, out of 100.
_LEAST, _EXACT = 72, 100
_DEPTH, _SAMPLE_CELL = 50, 80
_TIMES_LOOKED_AT = 30


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
class Preview:
    """The beginning of a timeline.

    Attributes:
        sheet: its name, "" for a text file. sheets: names of all visible sheets.
        header_row: row of the titles, 1-based.
        titles: as written. rows: cells under them, as texts, all of one length.
        guesses: one a title that is not empty.
        is_start_needed: some of the first rows give clock times.
    """

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guesses: tuple[Guess, ...]
    is_start_needed: bool


def guess_mapping(titles: Sequence[str]) -> list[Guess]:
    """Propose one of our columns for each title.

    Args:
        titles: of a sheet, by position; empty ones are passed over.

    Returns:
        One guess a title, in their order; a column is proposed once, to the title that is most
        like it.

    Cost: O(titles × our titles).
    """
    exact = match_titles(titles, CHRONOGRAM_COLUMNS)
    found = {position: (name, _EXACT) for name, position in exact.positions.items()}
    left = [column for column in CHRONOGRAM_COLUMNS if column.name not in exact.positions]
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
    file_name: str = "",
    limits: ExerciseLimits = EXERCISE_LIMITS,
) -> Preview:
    """Show the beginning of a timeline to whoever maps its titles.

    Args:
        path: CSV, TSV, XLSX or ODS.
        rows: to show at most.
        sheet: name of the sheet; "" = that whose titles are known best.
        file_name: name shown to the user.
        limits: bounds on the file.

    Returns:
        The preview, with a guess for each title.

    Raises:
        FileRefused: unreadable, dangerous, empty, or without this sheet.
    """
    book = open_book(path, expected=CHRONOGRAM_COLUMNS, limits=limits.files, file_name=file_name)
    visible = [one for one in book.sheets if not one.is_hidden]
    wanted = [one for one in visible if not sheet or one.name == sheet]
    if not wanted:
        raise refusal(MessageCode.SHEET_MISSING, file=book.file, sheet=sheet)
    chosen, beginning, header = max(
        ((one, *_beginning(one, book, rows)) for one in wanted),
        key=lambda one: _known(one[1][one[2]]) if one[1] else -1,
    )
    if not beginning:
        raise refusal(MessageCode.FILE_EMPTY, file=book.file)
    titles = tuple(text_of(cell) for cell in beginning[header].cells)
    width = len(titles)
    under = beginning[header + 1 :]
    shown = [
        tuple(text_of(cell)[:_SAMPLE_CELL] for cell in row.cells[:width]) for row in under[:rows]
    ]
    guesses = tuple(guess_mapping(titles))
    return Preview(
        chosen.name,
        tuple(one.name for one in visible),
        beginning[header].number,
        titles,
        tuple(row + ("",) * (width - len(row)) for row in shown),
        guesses,
        _needs_start(under, guesses),
    )


def _needs_start(rows: Sequence[SourceRow], guesses: Sequence[Guess]) -> bool:
    at = next((one.position for one in guesses if one.column == "time"), None)
    if at is None:
        return False
    moments = (moment_of(row.cells[at]) for row in rows[:_TIMES_LOOKED_AT] if at < len(row.cells))
    return any(moment is not None and moment.needs_start for moment in moments)


def _beginning(sheet: Sheet, book: Book, rows: int) -> tuple[list[SourceRow], int]:
    """The first rows of a sheet, and the place of the titles among them."""
    found = [
        row
        for row in islice(sheet.rows(Report(book.file)), _DEPTH + max(rows, _TIMES_LOOKED_AT))
        if any(text_of(cell) for cell in row.cells)
    ]
    if not found:
        return [], 0
    best = max(range(min(len(found), _DEPTH)), key=lambda at: (_known(found[at]), -at))
    if _known(found[best]) > 0:
        return found, best
    texts = (
        at
        for at, row in enumerate(found)
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in row.cells) > 1
    )
    return found, next(texts, 0)


def _known(row: SourceRow) -> int:
    return len(match_titles(row.cells, CHRONOGRAM_COLUMNS).positions)


def _likeness(title: str, column: Column) -> int:
    """How much a title looks like one of ours, out of 100."""
    said = normalised(title)
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
