"""What are the records of this JSON export, one at a time, whatever its size?

An export is `{"data": [record, …], "meta": {…}}`, the two in either order. Neither the file nor the
list is ever held whole: the longest record is what memory is needed for.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec
import numpy as np

from hygie.connectors.directory_exports.json_kernel import (
    DEEPEST,
    ENDED,
    MODE,
    end_of_value,
    new_state,
)
from hygie.connectors.directory_exports.limits import EXPORT_LIMITS, ExportLimits
from hygie.connectors.files.text_kind import wide_encoding
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, refusal

_PIECE = 1024 * 1024
_BLANKS = re.compile(rb"[ \t\r\n]*")
_LONGEST_KEY = 1_000
_LONGEST_META = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_NO_VALUE = (b",", b":", b"]", b"}")
_NO_BYTES = np.zeros(0, np.uint8)


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
        self._stream = stream
        self._name = file_name
        self._limits = limits
        self._piece = b""
        self._bytes = _NO_BYTES
        self._at = 0
        self._before = 0
        self._begun = False
        self._recode: codecs.IncrementalDecoder | None = None
        self._encoding = "utf-8"
        self.outline = Outline()

    @property
    def offset(self) -> int:
        """Bytes of text read so far."""
        return self._before + self._at

    def records(self, *, keep: bool = True) -> Iterator[Record]:
        """Give the records of `data`, in order; `outline` is complete when they end.

        Args:
            keep: False to follow the text to its end without giving any record.

        Raises:
            FileRefused: truncated, not JSON, too deep, or wrong bytes; says at which offset.
        """
        if self._next_byte() != b"{":
            raise self._damaged(MessageCode.JSON_DAMAGED)
        self._at += 1
        if self._next_byte() == b"}":
            self._at += 1
        else:
            yield from self._members(keep)
        if self._next_byte(may_end=True):
            raise self._damaged(MessageCode.JSON_DAMAGED)

    def _members(self, keep: bool) -> Iterator[Record]:
        while True:
            key = self._key().lower()
            self._expect(b":")
            opening = self._next_byte()
            if key == "data" and opening == b"[" and not self.outline.has_data:
                self.outline.has_data = True
                if keep:
                    yield from self._elements()
                else:
                    self._value(0)
            elif key == "meta" and not self.outline.has_meta:
                self._read_meta()
            else:
                self.outline.others.append(key)
                self._value(0)
            if self._next_byte() == b"}":
                self._at += 1
                return
            self._expect(b",")

    def _elements(self) -> Iterator[Record]:
        self._at += 1
        rank = 0
        if self._next_byte() == b"]":
            self._at += 1
            return
        while True:
            rank += 1
            self._next_byte()
            offset = self.offset
            content = self._value(self._limits.record_bytes)
            yield Record(rank, offset, content)
            if self._next_byte() == b"]":
                self._at += 1
                return
            self._expect(b",")

    def _key(self) -> str:
        if self._next_byte() != b'"':
            raise self._damaged(MessageCode.JSON_DAMAGED)
        content = self._value(_LONGEST_KEY)
        if content is None:
            raise self._damaged(MessageCode.JSON_DAMAGED)
        try:
            return msgspec.json.decode(content, type=str)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._damaged(MessageCode.JSON_DAMAGED) from error

    def _read_meta(self) -> None:
        self.outline.has_meta = True
        content = self._value(_LONGEST_META)
        try:
            meta = msgspec.json.decode(content or b"null")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._damaged(MessageCode.JSON_DAMAGED) from error
        if isinstance(meta, dict):
            self.outline.meta = meta

    def _value(self, limit: int) -> bytes | None:
        """Follow the value that begins here; give its bytes unless they exceed `limit`."""
        if self._piece[self._at : self._at + 1] in _NO_VALUE:
            raise self._damaged(MessageCode.JSON_DAMAGED)
        state = new_state()
        kept: list[bytes] = []
        size = 0
        while True:
            start = self._at
            self._at = end_of_value(self._bytes, start, state)
            if state[DEEPEST] > self._limits.depth:
                raise refusal(
                    MessageCode.JSON_TOO_DEEP,
                    file=self._name,
                    limit=self._limits.depth,
                    offset=self.offset,
                )
            size += self._at - start
            if size <= limit:
                kept.append(self._piece[start : self._at])
            else:
                kept.clear()
            if state[MODE] == ENDED:
                break
            if not self._fill():
                raise self._damaged(MessageCode.JSON_TRUNCATED)
        return b"".join(kept) if size <= limit else None

    def _expect(self, byte: bytes) -> None:
        if self._next_byte() != byte:
            raise self._damaged(MessageCode.JSON_DAMAGED)
        self._at += 1

    def _next_byte(self, *, may_end: bool = False) -> bytes:
        """Skip blanks; give the byte that follows without passing it."""
        while True:
            if self._at == len(self._piece):
                if not self._fill():
                    if may_end:
                        return b""
                    raise self._damaged(MessageCode.JSON_TRUNCATED)
                continue
            self._at = _end_of_blanks(self._piece, self._at)
            if self._at < len(self._piece):
                return self._piece[self._at : self._at + 1]

    def _fill(self) -> bool:
        """Take the next piece; False at the end of the text."""
        self._before += len(self._piece)
        self._piece = self._text_piece()
        self._bytes = np.frombuffer(self._piece, np.uint8)
        self._at = 0
        return bool(self._piece)

    def _text_piece(self) -> bytes:
        while raw := self._stream.read(_PIECE):
            if not self._begun:
                self._begun = True
                raw = self._without_mark(raw)
            text = raw if self._recode is None else self._recoded(raw, final=False)
            if text:
                return text
        return b"" if self._recode is None else self._recoded(b"", final=True)

    def _without_mark(self, head: bytes) -> bytes:
        if head.startswith(_BOM):
            return head[len(_BOM) :]
        if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self._encoding = "utf-16-le" if head[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
            head = head[2:]
        else:
            self._encoding = wide_encoding(head) or "utf-8"
        if self._encoding != "utf-8":
            self._recode = codecs.getincrementaldecoder(self._encoding)()
        return head

    def _recoded(self, raw: bytes, *, final: bool) -> bytes:
        try:
            text = self._recode.decode(raw, final) if self._recode else ""
            return text.encode("utf-8")
        except UnicodeError as error:
            # A file cut in the middle of a character is truncated, not badly encoded.
            if final:
                raise self._damaged(MessageCode.JSON_TRUNCATED) from error
            raise refusal(
                MessageCode.TEXT_BAD_BYTES, file=self._name, encoding=self._encoding
            ) from error

    def _damaged(self, code: MessageCode) -> FileRefused:
        return refusal(code, file=self._name, offset=self.offset)


def _end_of_blanks(piece: bytes, start: int) -> int:
    found = _BLANKS.match(piece, start)
    return found.end() if found else start
