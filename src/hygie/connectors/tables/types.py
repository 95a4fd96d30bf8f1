"""What is a table, once its file format is forgotten?"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hygie.connectors.files.sniff import FileType
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

# An empty cell is "", whatever the format.
Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a reader expects.

    Attributes:
        name: key of the values in a row.
        titles: titles under which it is found, French first; the first one is written. Case,
            accents, punctuation and blanks do not matter; `name` is always accepted.
        required: whether a table without it is refused.
    """

    name: str
    titles: tuple[str, ...]
    required: bool = True

    @property
    def title(self) -> str:
        """Give the title that is written and shown in messages."""
        return self.titles[0]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one cell of a sheet, before knowing whether anybody reads it."""

    code: MessageCode
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a sheet, by position."""

    number: int
    cells: Sequence[Cell]
    flaws: Mapping[int, Flaw] = field(default_factory=dict)


class Sheet(Protocol):
    """A sheet of any format; each call of `rows` reads the file again from its beginning."""

    @property
    def name(self) -> str:
        """Give the name of the sheet; "" for a text file."""

    @property
    def is_hidden(self) -> bool:
        """Tell whether the sheet is hidden from its reader."""

    def rows(self, report: Report) -> Iterator[SourceRow]:
        """Give the rows from the first one; unreadable rows are reported and left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the titles: `number` is the row or line of the file, 1-based."""

    number: int
    values: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose titles have been found.

    Attributes:
        file: name shown to the user.
        kind: csv, xlsx or ods.
        sheet: name of the sheet; "" for a text file.
        encoding, delimiter: of a text file; else "".
        header_row: row of the titles, 1-based.
        positions: column name → position; absent optional columns are not in it.
        unknown_titles: titles that nothing reads.
        titles: all titles, by position, as written.
        report: messages, completed while rows are read.
    """

    file: str
    kind: FileType
    sheet: str
    encoding: str
    delimiter: str
    header_row: int
    positions: Mapping[str, int]
    unknown_titles: tuple[str, ...]
    report: Report
    read_rows: Callable[[], Iterator[Row]]
    titles: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Read the rows under the titles, once, blank rows left out, in bounded memory.

        Returns:
            Rows with every expected column ("" when absent or empty). Messages go to `report`.

        Raises:
            FileRefused: the file stops being readable, or has too many rows.
        """
        return self.read_rows()

    def has(self, name: str) -> bool:
        """Tell whether the table has this column."""
        return name in self.positions
