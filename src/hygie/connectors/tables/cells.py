"""What does a cell mean: a text, a number, a date, a choice?"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Cell, Column, Row

_Choice = TypeVar("_Choice")
# Midnight is what a spreadsheet writes after a day when it is saved as a text.
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0:00(?::00)?)?")
_WORDED_DATE = re.compile(r"(\d{1,2})(?:er)?[ .-]+([^\W\d_]{3,9})\.?[ -]+(\d{4})")
_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"),
    ("mai", "may"), ("juin", "june"), ("juillet", "july"), ("aout", "august"),
    ("septembre", "september"), ("octobre", "october"), ("novembre", "november"),
    ("decembre", "december"),
)  # fmt: skip
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]+")
_FRENCH_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_ENGLISH_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200


def text_of(cell: Cell) -> str:
    """Write a cell as a person would read it: 355 and not 355.0, ISO dates.

    Args:
        cell: any cell.

    Returns:
        The text, without blanks around it.
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def number_of(cell: Cell) -> Decimal | None:
    """Read a number as written in French (1 234,5) or in English (1,234.5).

    Args:
        cell: any cell; a single comma is a decimal one.

    Returns:
        The exact number, or None when the cell is not one.
    """
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        return None
    text = _SPACES.sub("", str(cell))
    if _FRENCH_GROUPS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif "," in text:
        grouped = text.count(",") > 1 or "." in text
        if grouped and not _ENGLISH_GROUPS.fullmatch(text):
            return None
        text = text.replace(",", "" if grouped else ".")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def date_of(cell: Cell) -> dt.date | None:
    """Read a date: of a spreadsheet, 2026-05-12, 12/05/2026 or 12 mai 2026.

    Args:
        cell: any cell.

    Returns:
        The day, or None when the cell is not one (years 1000 to 2200).
    """
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return cell if _FIRST_YEAR <= cell.year <= _LAST_YEAR else None
    if not isinstance(cell, str):
        return None
    try:
        day = _written_date(cell.strip())
    except ValueError:
        return None
    return day if day and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _written_date(text: str) -> dt.date | None:
    if _ISO_DATE.fullmatch(text):
        return dt.date.fromisoformat(text[:10])
    if french := _FRENCH_DATE.fullmatch(text):
        return dt.date(int(french[3]), int(french[2]), int(french[1]))
    worded = _WORDED_DATE.fullmatch(text)
    month = _month_of(worded[2]) if worded else None
    return dt.date(int(worded[3]), month, int(worded[1])) if worded and month else None


def _month_of(word: str) -> int | None:
    """The month that a word, whole or cut ("janv"), is the beginning of; None when several are."""
    said = normalised(word)
    found = {
        number
        for number, names in enumerate(_MONTHS, start=1)
        if any(name.startswith(said) for name in names)
    }
    return found.pop() if len(found) == 1 else None


@dataclass(slots=True)
class RowCheck:
    """Reads the cells of one row, and notes what is wrong with their row and title.

    Attributes:
        is_refused: whether a cell of this row was refused; the row must then be left out.
    """

    row: Row
    columns: Mapping[str, Column]
    report: Report
    is_refused: bool = field(default=False)

    def refuse(self, name: str, code: MessageCode, **params: str | int | float) -> None:
        """Refuse the row because of one column."""
        self.is_refused = True
        self.report.error(code, row=self.row.number, field=self.columns[name].title, **params)

    def warn(self, name: str, code: MessageCode, **params: str | int | float) -> None:
        """Keep the row, with a warning about one column."""
        self.report.warning(code, row=self.row.number, field=self.columns[name].title, **params)

    def text(self, name: str, *, needed: bool = True, longest: int = 300) -> str:
        """Read a text; a needed one must not be empty."""
        text = text_of(self.row.values[name])
        if not text and needed:
            self.refuse(name, MessageCode.CELL_EMPTY)
        elif len(text) > longest:
            self.refuse(name, MessageCode.CELL_TOO_LONG, length=len(text), limit=longest)
        return text

    def number(
        self, name: str, *, needed: bool = True, low: Decimal | None = None
    ) -> Decimal | None:
        """Read an exact number; below `low` (usually 0) it is refused."""
        text = self.text(name, needed=needed)
        if not text:
            return None
        number = number_of(self.row.values[name])
        if number is None:
            self.refuse(name, MessageCode.CELL_NOT_NUMBER, value=text)
        elif low is not None and number < low:
            self.refuse(name, MessageCode.CELL_NEGATIVE, value=text)
            return None
        return number

    def integer(self, name: str, *, low: int, high: int, needed: bool = True) -> int | None:
        """Read a whole number between two bounds, both allowed."""
        number = self.number(name, needed=needed)
        if number is None:
            return None
        if number != number.to_integral_value() or not low <= number <= high:
            value = text_of(self.row.values[name])
            self.refuse(name, MessageCode.CELL_OUT_OF_RANGE, value=value, low=low, high=high)
            return None
        return int(number)

    def date(self, name: str, *, needed: bool = False) -> dt.date | None:
        """Read a day."""
        text = self.text(name, needed=needed)
        if not text:
            return None
        day = date_of(self.row.values[name])
        if day is None:
            self.refuse(name, MessageCode.CELL_NOT_DATE, value=text)
        return day

    def choice(
        self, name: str, choices: Mapping[_Choice, Sequence[str]], *, default: _Choice
    ) -> _Choice:
        """Read one of a few words; case, accents and punctuation do not matter.

        Args:
            name: column.
            choices: value → the words for it, the first one shown to the user.
            default: value of an empty cell.

        Returns:
            The value; `default` when refused.
        """
        text = text_of(self.row.values[name])
        if not text:
            return default
        wanted = normalised(text)
        for value, words in choices.items():
            if wanted in {normalised(word) for word in words}:
                return value
        shown = ", ".join(words[0] for words in choices.values())
        self.refuse(name, MessageCode.CELL_NOT_CHOICE, value=text, choices=shown)
        return default
