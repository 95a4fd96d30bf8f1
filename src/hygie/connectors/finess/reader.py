"""Which structures does a national FINESS extract list?"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.files.sniff import FileType, check_type
from hygie.connectors.finess.layout import COLUMNS
from hygie.connectors.finess.rows import RowReader
from hygie.connectors.finess.types import FinessMetadata, FinessRecord
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import ReadingCancelled, Report, refusal
from hygie.connectors.tables.text_input import (
    NumberedLines,
    TextEncoding,
    detect_encoding,
    open_text,
    read_records,
)
from hygie.connectors.tables.titles import normalised

# The stock of geographic entities weighs 36 MB, 90 MB with its coordinates.
FINESS_LIMITS = Limits(max_bytes=400 * MEGABYTE, max_rows=2_000_000)
# What a sniffer may see in a text of semicolons whose first line is short.
_TEXT_TYPES = frozenset({FileType.CSV, FileType.TEXT, FileType.YAML})
_ROWS_PER_TURN = 2_000
_TITLES = frozenset(
    normalised(title) for columns in COLUMNS.values() for title in columns.values()
) | {
    "finess",
    "nofiness",
    "finess et",
    "finess ej",
    "numero finess",
    "raison sociale",
    "region",
    "code ght",
}


def _no_progress(_done: int, _total: int) -> None:
    return None


def _never() -> bool:
    return False


@dataclass(slots=True)
class FinessExtract:
    """An open question to one extract; `records()` reads it.

    Attributes:
        file: name shown to the user.
        size: bytes.
        encoding: found in the content.
        metadata: first line of the file.
        report: messages, completed while records are read.
        kinds: rows met by kind, read or not, completed while records are read.
    """

    path: Path
    file: str
    size: int
    encoding: TextEncoding
    metadata: FinessMetadata
    limits: Limits
    report: Report
    kinds: Counter[str] = field(default_factory=Counter)

    def records(
        self,
        *,
        progress: Callable[[int, int], None] = _no_progress,
        cancelled: Callable[[], bool] = _never,
    ) -> Iterator[FinessRecord]:
        """Read the structures one by one, once; refused rows are reported and left out.

        Args:
            progress: told (bytes done, bytes in all) every 2,000 rows, and at the end.
            cancelled: asked every 2,000 rows.

        Returns:
            Sites, legal entities and locations, in the order of the file.

        Raises:
            FileRefused: a line too long, too many rows, no row of a known kind.
            ReadingCancelled: `cancelled` said so.

        Cost: one pass; memory does not depend on the size of the file.
        """
        reader = RowReader(self.report)
        with open_text(self.path, self.encoding) as stream:
            lines = NumberedLines(stream, self.encoding, self.limits.max_line, self.file)
            rows = read_records(lines, ";", self.encoding, self.report)
            for count, (number, cells) in enumerate(rows, start=1):
                if count % _ROWS_PER_TURN == 0:
                    progress(min(stream.buffer.tell(), self.size), self.size)
                    if cancelled():
                        raise ReadingCancelled
                record = self._record(reader, number, cells, lines.is_cut)
                if record is not None:
                    yield record
        self._conclude(lines)
        progress(self.size, self.size)

    def _record(
        self, reader: RowReader, number: int, cells: list[str], is_cut: bool
    ) -> FinessRecord | None:
        if not cells or (not self.kinds and cells[0].strip().casefold() == "finess"):
            return None
        kind = cells[0].strip()
        self.kinds[kind if len(self.kinds) < 100 or kind in self.kinds else "…"] += 1
        if self.kinds.total() > self.limits.max_rows:
            raise refusal(
                MessageCode.TOO_MANY_ROWS, file=self.file, row=number, limit=self.limits.max_rows
            )
        return reader.read(kind, number, cells, is_cut) if kind in COLUMNS else None

    def _conclude(self, lines: NumberedLines) -> None:
        """Say what was left aside; a file of which nothing is known is refused."""
        if lines.twice:
            self.report.warning(MessageCode.TEXT_DOUBLE_ENCODED, sample=lines.twice)
        if not any(kind in COLUMNS for kind in self.kinds):
            seen = ", ".join(kind for kind, _count in self.kinds.most_common(5))
            raise refusal(MessageCode.FINESS_NO_KNOWN_ROW, file=self.file, kinds=seen)
        for kind, count in self.kinds.items():
            if kind not in COLUMNS:
                self.report.warning(MessageCode.FINESS_UNKNOWN_ROWS, kind=kind, count=count)


def open_finess(
    path: Path, *, limits: Limits = FINESS_LIMITS, file_name: str = ""
) -> FinessExtract:
    """Recognise a national FINESS extract (etalab-cs1100501, 502 or 507) by its first line.

    Args:
        path: the file.
        limits: bounds on the file.
        file_name: name shown to the user.

    Returns:
        The extract, ready to read.

    Raises:
        FileRefused: not a text, another data set, or a file with titles.

    Source: docs/engines/connectors.md, FINESS.
    """
    name = file_name or path.name
    report = Report(name)
    _kind, messages = check_type(path, _TEXT_TYPES, file_name=name, limits=limits)
    for message in messages:
        report.append(message)
    encoding = detect_encoding(path)
    with open_text(path, encoding) as stream:
        lines = NumberedLines(stream, encoding, limits.max_line, name)
        line = next(lines, "")
        while line and not line.strip():
            line = next(lines, "")
    metadata = _metadata(line, report)
    return FinessExtract(path, name, path.stat().st_size, encoding, metadata, limits, report)


def _metadata(line: str, report: Report) -> FinessMetadata:
    """Read the first line, or say why this is not an extract."""
    cells = [cell.strip().strip('"') for cell in line.split(";")]
    if cells[0].casefold() == "finess" and len(cells) >= 4 and cells[1].casefold() == "etalab":
        try:
            extracted_on = dt.date.fromisoformat(cells[3])
        except ValueError:
            extracted_on = None
            report.warning(MessageCode.CELL_NOT_DATE, row=1, field="date", value=cells[3])
        return FinessMetadata(cells[1], cells[2], extracted_on)
    if cells[0] in COLUMNS:
        report.warning(MessageCode.FINESS_NO_METADATA, row=1)
        return FinessMetadata()
    titles = {normalised(cell) for part in cells for cell in part.split(",")}
    if titles & _TITLES:
        raise refusal(MessageCode.FINESS_HAS_HEADER, file=report.file, row=1, first=cells[0])
    raise refusal(MessageCode.FINESS_NOT_FINESS, file=report.file, row=1, first=line.strip())
