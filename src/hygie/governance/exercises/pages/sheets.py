"""What does the page that maps a timeline show: its titles, some cells, what we take them for?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import get_language

from hygie.connectors.exercise_formats.columns import CHRONOGRAM_COLUMNS, OWN_COLUMNS, title_of
from hygie.connectors.exercise_formats.mapping import Preview
from hygie.connectors.exercise_formats.opening import likely_format
from hygie.connectors.tables.titles import title_key
from hygie.connectors.tables.types import Column
from hygie.governance.exercises.words import COLUMNS_OF_OTHERS

_SAMPLES = 3
_SURE = 100


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One title of the sheet.

    Attributes:
        name: of its input in the form.
        title: as written. samples: some cells under it.
        column: ours, "" for none. is_sure: whether its title is one of ours.
    """

    name: str
    title: str
    samples: Sequence[str]
    column: str
    is_sure: bool


def kind_of_file(file: "UploadedFile[Any]") -> str:
    """The import that reads this file, by its content."""
    return f"exercises.{likely_format(cast('BinaryIO', file)).value}"


def sheet_context(
    seen: Preview, chosen: Mapping[str, str], *, is_told: bool = False
) -> dict[str, Any]:
    """Titles with their samples, and what may be chosen for each.

    Args:
        seen: the beginning of the sheet.
        chosen: our column → title, as the reader has chosen; empty at first.
        is_told: somebody has said what each title is: nothing of it is a guess.
    """
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    by_title = {title_key(title): column for column, title in chosen.items() if title}
    return {
        "sheets": [(one, one == seen.sheet) for one in seen.sheets],
        "columns": [(one.name, _title(one, language)) for one in CHRONOGRAM_COLUMNS],
        "lines": [
            TitleLine(
                f"title-{guess.position}",
                guess.title,
                _samples(seen.rows, guess.position),
                by_title.get(title_key(guess.title), "") if chosen else guess.column,
                is_told or guess.confidence == _SURE,
            )
            for guess in seen.guesses
        ],
    }


def _title(column: Column, language: str) -> str:
    """A column of ours in the reader's language; others' own columns under their first title."""
    if column.name in OWN_COLUMNS:
        return title_of(column.name, language)
    return str(COLUMNS_OF_OTHERS.get(column.name, column.title))


def _samples(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    filled = (row[position] for row in rows if position < len(row) and row[position])
    return list(dict.fromkeys(filled))[:_SAMPLES]


def columns_chosen(seen: Preview, data: QueryDict) -> dict[str, str]:
    """Our column → title, as the form says; a column chosen twice goes to the last title."""
    known = {column.name for column in CHRONOGRAM_COLUMNS}
    found = {}
    for guess in seen.guesses:
        column = data.get(f"title-{guess.position}", "")
        if column in known:
            found[column] = guess.title
    # Of those that we would recognise by ourselves, what was set aside must stay aside.
    for guess in seen.guesses:
        if guess.column and guess.column not in found:
            found[guess.column] = ""
    return found
