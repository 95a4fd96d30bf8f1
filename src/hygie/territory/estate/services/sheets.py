"""What is in a sheet that is about to be brought?"""

from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.inventories.mapping import Preview, guess_mapping, preview
from hygie.connectors.tables.likeness import Guess


@dataclass(frozen=True, slots=True)
class SheetLook:
    """The beginning of a sheet, and what each title may be."""

    preview: Preview
    guesses: list[Guess]


def sheet_look(path: Path, *, subject: str = "", sheet: str = "", rows: int = 10) -> SheetLook:
    """Look at a sheet before it is brought: its titles, some rows, and what we take them for.

    Args:
        path: CSV, XLSX or ODS. subject: one of SUBJECTS; "" = as its titles tell.
        sheet: name of the sheet; "" = the first, or the best known. rows: to show at most.

    Raises:
        FileRefused: unreadable, dangerous, empty.
    """
    seen = preview(path, rows=rows, sheet=sheet, subject=subject)
    about = subject or seen.subject
    return SheetLook(seen, guess_mapping(seen.titles, about) if about else [])
