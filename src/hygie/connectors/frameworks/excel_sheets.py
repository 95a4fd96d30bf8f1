"""What do the two kinds of sheets of the Excel form hold: keys and values, or rows under titles?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hygie.connectors.frameworks.tree_load import LineMap, Tree
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.types import Sheet, SourceRow

_LOCALISED = re.compile(r"(\w+)\[([\w-]+)\]")
_MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One row of a content sheet: title → text, empty cells absent."""

    number: int
    texts: Mapping[str, str]

    def get(self, title: str) -> str:
        """Give the text under a title, or ""."""
        return self.texts.get(title, "")

    def lines(self, title: str) -> list[str]:
        """Give the lines of a cell; one that begins with `|` goes on with the line before."""
        found: list[str] = []
        for line in self.get(title).splitlines():
            text = line.strip()
            if text.startswith("|") and found:
                found[-1] += "\n" + text[1:].strip()
            elif text:
                found.append(text.lstrip("|").strip())
        return found

    def as_map(self, *titles: str) -> LineMap:
        """Give the row as the YAML form has it, translations gathered; all titles by default."""
        kept = LineMap(
            self.number,
            {
                title: text
                for title, text in self.texts.items()
                if not _LOCALISED.fullmatch(title) and (not titles or title in titles)
            },
        )
        translations = translations_in(self.texts, self.number)
        if translations and not titles:
            kept["translations"] = translations
        return kept


@dataclass(frozen=True, slots=True)
class Block:
    """One object of the workbook: its type, what is said of it, and its rows."""

    kind: str
    meta: LineMap
    rows: Sequence[ContentRow]


def translations_in(texts: Mapping[str, Tree], row: int) -> LineMap:
    """Gather `name[en]`, `description[en]`… as language → field → text.

    Args:
        texts: title or key → text.
        row: row of the sheet.

    Returns:
        The translations, empty when there are none.
    """
    found = LineMap(row)
    for title, text in texts.items():
        localised = _LOCALISED.fullmatch(title)
        if localised and text:
            language = found.setdefault(localised[2].lower(), LineMap(row))
            if isinstance(language, LineMap):
                language[localised[1]] = text
    return found


def key_values(sheet: Sheet, report: Report) -> LineMap:
    """Read a sheet of keys (column A) and values (column B).

    Args:
        sheet: the sheet.
        report: gets unreadable cells.

    Returns:
        Keys in lowercase → text, empty values left out; the first of two equal keys is kept.
    """
    found = LineMap(1)
    for row in sheet.rows(report):
        _report_flaws(row, sheet, report)
        texts = [text_of(cell) for cell in row.cells[:2]]
        if len(texts) == 2 and texts[0] and texts[1]:
            found.setdefault(texts[0].lower(), texts[1])
    return found


def content_rows(sheet: Sheet, report: Report) -> list[ContentRow]:
    """Read a sheet of rows under titles; the first row holds them.

    Args:
        sheet: the sheet.
        report: gets unreadable cells and titles present twice.

    Returns:
        Rows that are not blank, in order.
    """
    titles: list[str] | None = None
    found: list[ContentRow] = []
    for row in sheet.rows(report):
        _report_flaws(row, sheet, report)
        texts = [text_of(cell) for cell in row.cells]
        if not any(texts):
            continue
        if titles is None:
            titles = [text.lower() for text in texts]
            continue
        if len(found) >= _MOST_ROWS:
            report.error(
                MessageCode.TOO_MANY_ROWS, row=row.number, field=sheet.name, limit=_MOST_ROWS
            )
            return found
        kept: dict[str, str] = {}
        for title, text in zip(titles, texts, strict=False):
            if title and text:
                kept.setdefault(title, text)
        found.append(ContentRow(row.number, kept))
    return found


def _report_flaws(row: SourceRow, sheet: Sheet, report: Report) -> None:
    for position, flaw in row.flaws.items():
        place = f"{sheet.name}[{position + 1}]"
        if flaw.is_error:
            report.error(flaw.code, row=row.number, field=place, **flaw.params)
        else:
            report.warning(flaw.code, row=row.number, field=place, **flaw.params)
