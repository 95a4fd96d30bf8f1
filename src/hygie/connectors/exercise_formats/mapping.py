"""Which title of an unknown timeline is which of our columns, and what do its first rows hold?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.exercise_formats.columns import CHRONOGRAM_COLUMNS
from hygie.connectors.exercise_formats.durations import unit_of_title
from hygie.connectors.exercise_formats.habits import habits_of
from hygie.connectors.exercise_formats.loose_times import moment_meant
from hygie.connectors.exercise_formats.types import EXERCISE_LIMITS, ExerciseLimits
from hygie.connectors.tables.likeness import Beginning, Guess, beginning_of, guess_columns
from hygie.connectors.tables.reader import open_book
from hygie.connectors.tables.titles import match_titles
from hygie.connectors.tables.types import Cell, SourceRow

_TIMES_LOOKED_AT = 30


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
    return guess_columns(titles, CHRONOGRAM_COLUMNS)


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
    found = beginning_of(book, known=_known, sheet=sheet, rows=max(rows, _TIMES_LOOKED_AT))
    guesses = tuple(guess_mapping(found.titles))
    return Preview(
        found.sheet,
        found.sheets,
        found.header_row,
        found.titles,
        found.shown(rows),
        guesses,
        _needs_start(found, guesses),
    )


def _needs_start(found: Beginning, guesses: Sequence[Guess]) -> bool:
    """Whether some of the first rows give clocks."""
    at = {one.column: one.position for one in guesses if one.column}
    if "time" not in at:
        return False

    def cells(name: str) -> list[Cell]:
        rows = (row.cells for row in found.under[:_TIMES_LOOKED_AT])
        return [one[at[name]] for one in rows if at[name] < len(one)] if name in at else []

    title = found.titles[at["time"]]
    seen = habits_of(cells("time"), cells("day"), title=title)
    unit = unit_of_title(title)
    moments = (moment_meant(cell, unit=unit, habits=seen.habits) for cell in cells("time"))
    return any(moment is not None and moment.needs_start for moment, _is_loose in moments)


def _known(row: SourceRow) -> int:
    return len(match_titles(row.cells, CHRONOGRAM_COLUMNS).positions)
