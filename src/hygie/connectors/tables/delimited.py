"""What are the rows of a CSV or TSV file?"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.neutral import restored
from hygie.connectors.tables.text_input import (
    NumberedLines,
    TextEncoding,
    detect_encoding,
    open_text,
    read_records,
)
from hygie.connectors.tables.titles import match_titles
from hygie.connectors.tables.types import Cell, Column, Flaw, SourceRow

_DELIMITERS = (";", ",", "\t", "|")


@dataclass(frozen=True, slots=True)
class DelimitedSheet:
    """A text file seen as a sheet."""

    path: Path
    encoding: TextEncoding
    delimiter: str
    limits: Limits
    name: str = ""
    is_hidden: bool = False

    def rows(self, report: Report) -> Iterator[SourceRow]:
        """Give the rows; see Sheet."""
        with open_text(self.path, self.encoding) as stream:
            lines = NumberedLines(stream, self.encoding, self.limits.max_line, report.file)
            for number, record in read_records(lines, self.delimiter, self.encoding, report):
                cells: Sequence[Cell] = [restored(cell) for cell in record]
                yield SourceRow(number, cells, _flaws(record, self.limits.max_cell))
            if lines.twice:
                report.warning(MessageCode.TEXT_DOUBLE_ENCODED, sample=lines.twice)


def delimited_sheet(
    path: Path, expected: Sequence[Column], limits: Limits, depth: int
) -> DelimitedSheet:
    """Find the encoding of a text file, and the delimiter under which its titles appear.

    Args:
        path: the file.
        expected: columns wanted; the delimiter that shows most of them wins.
        limits: bounds on lines and cells.
        depth: rows searched for the titles.

    Returns:
        The sheet; its delimiter is the most frequent one when no title is recognised.
    """
    encoding = detect_encoding(path)
    with open_text(path, encoding) as stream:
        lines = list(islice(NumberedLines(stream, encoding, limits.max_line, path.name), depth * 4))
    text = "".join(lines)

    def merit(delimiter: str) -> tuple[int, int]:
        records = islice(_lenient(lines, delimiter), depth)
        found = max(
            (len(match_titles(record, expected).positions) for record in records), default=0
        )
        return found, text.count(delimiter)

    return DelimitedSheet(path, encoding, max(_DELIMITERS, key=merit), limits)


def _lenient(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    """Split a sample, giving up quietly on what is broken: the real reading reports it."""
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _flaws(record: list[str], limit: int) -> dict[int, Flaw]:
    if max(map(len, record), default=0) <= limit:
        return {}
    return {
        position: Flaw(MessageCode.CELL_TOO_LONG, {"length": len(cell), "limit": limit})
        for position, cell in enumerate(record)
        if len(cell) > limit
    }
