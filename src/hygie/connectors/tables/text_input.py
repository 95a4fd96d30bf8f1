"""How is this text encoded, and what are its lines, however hostile?"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from hygie.connectors.files.text_kind import wide_encoding
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal

_CHUNK = 256 * 1024
_UNDECODED = re.compile("[\ud800-\udfff\ufffd]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
# Far more faults than letters: the rest of the file cannot make it UTF-8.
_ENOUGH_FAULTS = 100
_CP1252_HOLES = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# é, è, à, ê, ç, É, ô, î and ’ of a UTF-8 text read as cp1252, then encoded again.
_TWICE = re.compile("Ã[©¨§ª´®«‰\N{NO-BREAK SPACE}]|â€™")


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """An encoding found in the content.

    Attributes:
        name: a codec of Python.
        is_damaged: some bytes are not characters of it; their rows have to be refused.
    """

    name: str
    is_damaged: bool = False


def detect_encoding(path: Path) -> TextEncoding:
    """Find the encoding of a text file by reading all of it.

    UTF-16 by its mark or its NUL bytes. UTF-8 when every byte fits, or when valid accented letters
    outnumber the bytes that do not: a damaged UTF-8 file read as cp1252 would turn every accent
    into two wrong letters. Else cp1252, or latin-1 when bytes unknown to cp1252 are there.

    Args:
        path: the file.

    Returns:
        utf-8-sig, utf-8, utf-16, utf-16-le, utf-16-be, cp1252 or latin-1.

    Cost: one pass, 256 KiB of memory.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(codecs.BOM_UTF8):
        return TextEncoding("utf-8-sig", _utf8_faults(path)[1] > 0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TextEncoding("utf-16", not _decodes(path, "utf-16"))
    wide = wide_encoding(head)
    if wide:
        return TextEncoding(wide, not _decodes(path, wide))
    accents, faults = _utf8_faults(path)
    if not faults:
        return TextEncoding("utf-8")
    if accents > faults:
        return TextEncoding("utf-8", is_damaged=True)
    return TextEncoding("latin-1" if _has_cp1252_holes(path) else "cp1252")


def _utf8_faults(path: Path) -> tuple[int, int]:
    """Count the letters beyond ASCII that decode, and the bytes that do not."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    accents = faults = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if not text.isascii():
                bad = len(_UNDECODED.findall(text))
                faults += bad
                accents += len(_NOT_ASCII.findall(text)) - bad
            if not chunk or faults > _ENOUGH_FAULTS * (accents + 1):
                return accents, faults


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_cp1252_holes(path: Path) -> bool:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if _CP1252_HOLES.search(chunk):
                return True
    return False


def open_text(path: Path, encoding: TextEncoding) -> TextIO:
    """Open a text as csv wants it; bytes that do not decode become lone surrogates.

    Args:
        path: the file.
        encoding: as detected.

    Returns:
        A text stream; line ends are left as they are.
    """
    errors = "surrogateescape" if encoding.name.startswith("utf-8") else "replace"
    return path.open(encoding=encoding.name, errors=errors, newline="")


class NumberedLines:
    """Lines of a text, one after the other, never longer than a limit.

    Attributes:
        number: of the line given last, 1-based.
        flaw: what was wrong since somebody last put it back to None.
        is_cut: whether the last line had no line end.
        twice: letters that look encoded twice, the last ones met; "" for none.
    """

    __slots__ = ("_file", "_is_damaged", "_limit", "_stream", "flaw", "is_cut", "number", "twice")

    def __init__(self, stream: TextIO, encoding: TextEncoding, limit: int, file: str) -> None:
        self._stream = stream
        self._is_damaged = encoding.is_damaged
        self._limit = limit
        self._file = file
        self.number = 0
        self.flaw: MessageCode | None = None
        self.is_cut = False
        self.twice = ""

    def __iter__(self) -> "NumberedLines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limit:
            raise refusal(
                MessageCode.LINE_TOO_LONG, file=self._file, row=self.number, limit=self._limit
            )
        if "\0" in line:
            self.flaw = MessageCode.TEXT_NUL
        elif self._is_damaged and _UNDECODED.search(line):
            self.flaw = MessageCode.TEXT_BAD_BYTES
        elif ("Ã" in line or "â€™" in line) and (found := _TWICE.search(line)):
            self.twice = found[0]
        self.is_cut = line[-1] not in "\r\n"
        return line


def read_records(
    lines: NumberedLines, delimiter: str, encoding: TextEncoding, report: Report
) -> Iterator[tuple[int, list[str]]]:
    """Split lines into records; broken ones are reported and left out.

    Args:
        lines: lines of the text.
        delimiter: one character.
        encoding: named in messages.
        report: gets a message for each record left out.

    Returns:
        Number of the first line of each record, 1-based, and its cells. Blank lines give [].
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.number + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            report.error(MessageCode.QUOTES_BROKEN, row=start)
            lines.flaw = None
            continue
        if lines.flaw is None:
            yield start, record
            continue
        if lines.flaw is MessageCode.TEXT_NUL:
            report.error(MessageCode.TEXT_NUL, row=start)
        else:
            report.error(MessageCode.TEXT_BAD_BYTES, row=start, encoding=encoding.name)
        lines.flaw = None
