"""What are the records of this JSON export, one at a time, whatever its size?

An export is `{"data": [record, …], "meta": {…}}`, the two in either order. Neither the file nor the
list is ever held whole: the longest record is what memory is needed for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from hygie.connectors.directory_exports.limits import EXPORT_LIMITS, ExportLimits
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode

_LONGEST_META = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One element of `data`: its rank from 1, its offset in the text, its bytes.

    `content` is None when the record is longer than the limit: it was followed, not kept.
    """

    rank: int
    offset: int
    content: bytes | None


@dataclass(slots=True)
class Outline:
    """What is beside the records: `meta` decoded, whether `data` is there, and the other keys."""

    meta: dict[str, object] = field(default_factory=dict)
    has_meta: bool = False
    has_data: bool = False
    others: list[str] = field(default_factory=list)


class JsonExport:
    """Reads one export from where a stream stands; to be used once.

    Offsets are those of the text once it is UTF-8 without its byte order mark.
    """

    def __init__(
        self, stream: BinaryIO, file_name: str, limits: ExportLimits = EXPORT_LIMITS
    ) -> None:
        self._cursor = JsonCursor(stream, file_name, limits.depth)
        self._limits = limits
        self.outline = Outline()

    @property
    def offset(self) -> int:
        """Bytes of text read so far."""
        return self._cursor.offset

    def records(self, *, keep: bool = True) -> Iterator[Record]:
        """Give the records of `data`, in order; `outline` is complete when they end.

        Args:
            keep: False to follow the text to its end without giving any record.

        Raises:
            FileRefused: truncated, not JSON, too deep, or wrong bytes; says at which offset.
        """
        cursor, outline = self._cursor, self.outline
        for written in cursor.members():
            key = written.lower()
            if key == "data" and cursor.peek() == b"[" and not outline.has_data:
                outline.has_data = True
                if keep:
                    yield from self._elements()
                else:
                    cursor.skip()
            elif key == "meta" and not outline.has_meta:
                self._read_meta()
            else:
                outline.others.append(key)
                cursor.skip()
        cursor.finish()

    def _elements(self) -> Iterator[Record]:
        cursor = self._cursor
        for rank in cursor.elements():
            offset = cursor.offset
            yield Record(rank, offset, cursor.value(self._limits.record_bytes))

    def _read_meta(self) -> None:
        self.outline.has_meta = True
        content = self._cursor.value(_LONGEST_META)
        try:
            meta = msgspec.json.decode(content or b"null")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._cursor.damaged(MessageCode.JSON_DAMAGED) from error
        if isinstance(meta, dict):
            self.outline.meta = meta
