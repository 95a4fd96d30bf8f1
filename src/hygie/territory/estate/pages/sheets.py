"""What does the page that maps a sheet show: its titles, some cells, and what we take them for?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from hygie.connectors.inventories.mapping import INTERFACES, LINKS, MIXED, SUBJECTS, columns_for
from hygie.territory.estate.services.sheets import SheetLook
from hygie.territory.estate.words import subject_word

_SAMPLES = 3
# A mapping of links is read by the import of links.
_IMPORTS = {LINKS: "estate.links", INTERFACES: "estate.interfaces"}


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


def import_kind_of(subject: str) -> str:
    """The import that reads sheets of this subject."""
    return _IMPORTS.get(subject, "estate.sheet")


def sheet_context(look: SheetLook, subject: str, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Titles with their samples, and what may be chosen for each.

    Args:
        look: the beginning of the sheet.
        subject: what it is about, "" when nobody said and nothing tells.
        chosen: title → our column, as the reader has chosen; empty at first.
    """
    seen = look.preview
    about = subject or seen.subject
    columns = columns_for(about) if about else ()
    return {
        "preview": seen,
        "subject": about,
        "subjects": [(one, subject_word(one), one == about) for one in SUBJECTS],
        "sheets": [(one, one == seen.sheet) for one in seen.sheets],
        "columns": [(one.name, one.title) for one in columns],
        "lines": [
            TitleLine(
                f"title-{guess.position}",
                guess.title,
                _samples(seen.rows, guess.position),
                chosen.get(guess.title, guess.column) if chosen else guess.column,
                guess.confidence == 100,
            )
            for guess in look.guesses
        ],
        "is_mixed": about == MIXED,
    }


def _samples(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    filled = (row[position] for row in rows if position < len(row) and row[position])
    return list(dict.fromkeys(filled))[:_SAMPLES]


def columns_chosen(look: SheetLook, data: QueryDict) -> dict[str, str]:
    """Our column → title, as the form says; a column chosen twice goes to the last title."""
    found = {}
    for guess in look.guesses:
        column = data.get(f"title-{guess.position}", "")
        if column:
            found[column] = guess.title
    # Of those that we would recognise by ourselves, what was set aside must stay aside.
    for guess in look.guesses:
        if guess.column and guess.column not in found:
            found[guess.column] = ""
    return found
