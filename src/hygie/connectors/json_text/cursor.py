"""What comes next in this JSON text, one value at a time, whatever its size?

The text is never held whole: the longest value that is kept is what memory is needed for.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
import numpy as np

from hygie.connectors.files.text_kind import wide_encoding
from hygie.connectors.json_text.kernel import DEEPEST, ENDED, MODE, end_of_value, new_state
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, refusal

_PIECE = 1024 * 1024
_BLANKS = re.compile(rb"[ \t\r\n]*")
_LONGEST_KEY = 1_000
_BOM = b"\xef\xbb\xbf"
_NO_VALUE = (b",", b":", b"]", b"}")
_NO_BYTES = np.zeros(0, np.uint8)


class JsonCursor:
    """Walks through one text from where a stream stands; to be used once.

    Offsets are those of the text once it is UTF-8 without its byte order mark. Every method refuses
    the file, and says at which offset, when the text is truncated, not JSON, too deep, or when its
    bytes are not those of its encoding.
    """

    def __init__(self, stream: BinaryIO, file_name: str, depth: int) -> None:
        self._stream = stream
        self._name = file_name
        self._depth = depth
        self._piece = b""
        self._bytes = _NO_BYTES
        self._at = 0
        self._before = 0
        self._begun = False
        self._recode: codecs.IncrementalDecoder | None = None
        self._encoding = "utf-8"

    @property
    def offset(self) -> int:
        """Bytes of text read so far."""
        return self._before + self._at

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller takes each value before going on.

        Returns:
            Keys as written. The cursor stands behind the object when they end.
        """
        self.expect(b"{")
        if self.peek() == b"}":
            self.step()
            return
        while True:
            key = self._key()
            self.expect(b":")
            yield key
            if self.peek() == b"}":
                self.step()
                return
            self.expect(b",")

    def elements(self) -> Iterator[int]:
        """The ranks, from 1, of the list that begins here; the caller takes each element."""
        self.expect(b"[")
        rank = 0
        if self.peek() == b"]":
            self.step()
            return
        while True:
            rank += 1
            self.peek()
            yield rank
            if self.peek() == b"]":
                self.step()
                return
            self.expect(b",")

    def value(self, limit: int) -> bytes | None:
        """Take the value that begins here.

        Args:
            limit: bytes to keep at most.

        Returns:
            Its text; None when it is longer: it was followed, not kept.
        """
        self.peek()
        if self._piece[self._at : self._at + 1] in _NO_VALUE:
            raise self.damaged(MessageCode.JSON_DAMAGED)
        state = new_state()
        kept: list[bytes] = []
        size = 0
        while True:
            start = self._at
            self._at = end_of_value(self._bytes, start, state)
            if state[DEEPEST] > self._depth:
                raise refusal(
                    MessageCode.JSON_TOO_DEEP,
                    file=self._name,
                    limit=self._depth,
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
                raise self.damaged(MessageCode.JSON_TRUNCATED)
        return b"".join(kept) if size <= limit else None

    def skip(self) -> None:
        """Follow the value that begins here without keeping it."""
        self.value(0)

    def expect(self, byte: bytes) -> None:
        """Skip blanks, and pass this byte."""
        if self.peek() != byte:
            raise self.damaged(MessageCode.JSON_DAMAGED)
        self._at += 1

    def step(self) -> None:
        """Pass the byte that `peek` gave."""
        self._at += 1

    def peek(self, *, may_end: bool = False) -> bytes:
        """Skip blanks; give the byte that follows without passing it, b"" at the end."""
        while True:
            if self._at == len(self._piece):
                if not self._fill():
                    if may_end:
                        return b""
                    raise self.damaged(MessageCode.JSON_TRUNCATED)
                continue
            self._at = _end_of_blanks(self._piece, self._at)
            if self._at < len(self._piece):
                return self._piece[self._at : self._at + 1]

    def finish(self) -> None:
        """Check that nothing follows."""
        if self.peek(may_end=True):
            raise self.damaged(MessageCode.JSON_DAMAGED)

    def damaged(self, code: MessageCode) -> FileRefused:
        """The refusal of the file at this offset."""
        return refusal(code, file=self._name, offset=self.offset)

    def _key(self) -> str:
        if self.peek() != b'"':
            raise self.damaged(MessageCode.JSON_DAMAGED)
        content = self.value(_LONGEST_KEY)
        if content is None:
            raise self.damaged(MessageCode.JSON_DAMAGED)
        try:
            return msgspec.json.decode(content, type=str)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self.damaged(MessageCode.JSON_DAMAGED) from error

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
                raise self.damaged(MessageCode.JSON_TRUNCATED) from error
            raise refusal(
                MessageCode.TEXT_BAD_BYTES, file=self._name, encoding=self._encoding
            ) from error


def _end_of_blanks(piece: bytes, start: int) -> int:
    found = _BLANKS.match(piece, start)
    return found.end() if found else start
