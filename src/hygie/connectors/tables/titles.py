"""Which row holds the titles, and which column is where?"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hygie.connectors.tables.types import Cell, Column

_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# « Dénomination du GHT », « Rôle au sein du GHT » and « Rôle dans le GHT » say the same thing.
_SMALL_WORDS = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "au", "aux", "sein", "dans"}
)


def normalised(title: object) -> str:
    """Reduce a title to what matters: lowercase letters and digits, without accents.

    Args:
        title: content of a cell.

    Returns:
        Words separated by one space, small ones left out unless there are only such; "" for a
        cell without any letter or digit.
    """
    return _normalised(str(title)[:500])


@lru_cache(maxsize=4096)
def _normalised(title: str) -> str:
    """Remember the last ones: the words of a choice come back at every row."""
    decomposed = unicodedata.normalize("NFKD", title.replace("°", " "))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _NOT_WORD.sub(" ", bare.casefold()).split()
    return " ".join([word for word in words if word not in _SMALL_WORDS] or words)


def title_key(title: str) -> str:
    """What makes two titles one and the same: "Event #" is "Event number", never "Event"."""
    return normalised(title.replace("#", " number "))


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """How well one row matches the expected titles."""

    positions: dict[str, int]
    missing: tuple[str, ...]
    duplicates: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Tell whether all required columns are there."""
        return not self.missing


def match_titles(cells: Sequence[Cell], expected: Sequence[Column]) -> TitleMatch:
    """Match one row with the expected columns.

    Args:
        cells: the row.
        expected: columns, with their titles.

    Returns:
        The position of each column found, the titles missing, present twice and unknown.
    """
    wanted = {
        title_key(title): column for column in expected for title in (column.name, *column.titles)
    }
    positions: dict[str, int] = {}
    duplicates, unknown = [], []
    for position, cell in enumerate(cells):
        text = str(cell).strip()
        column = wanted.get(title_key(text)) or wanted.get(title_key(_PARENTHESES.sub(" ", text)))
        if column is None:
            if text:
                unknown.append(text)
        elif column.name in positions:
            duplicates.append(text)
        else:
            positions[column.name] = position
    missing = tuple(
        column.title for column in expected if column.required and column.name not in positions
    )
    return TitleMatch(positions, missing, tuple(duplicates), tuple(unknown))
