"""How is an XML text, or a part of an office file, read without building it, entities refused?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, NoReturn
from xml.parsers import expat

from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal, shortened

_CHUNK = 64 * 1024
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8"))
# What expat says of a text that stops before its end.
_CUT = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)


def _ignore_text(_text: str) -> None:
    return None


def _ignore_end(_name: str) -> None:
    return None


@dataclass(slots=True)
class XmlSink:
    """What to do on each event; names come without their namespace prefix.

    Attributes:
        may_be_cut: whether a text that stops before its end is read up to there.
        is_cut: whether it did.
        may_name_type: whether a document type without any declaration is accepted.
    """

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = _ignore_end
    text: Callable[[str], None] = _ignore_text
    may_be_cut: bool = False
    may_name_type: bool = False
    is_cut: bool = False


def feed_xml(stream: IO[bytes], sink: XmlSink, *, file: str, part: str) -> Iterator[None]:
    """Push an XML part through a sink, 64 KiB at a time.

    Nothing is kept here, so memory does not grow with the part. Without a document type there is
    no entity to expand: a part that declares one is refused, which ends both the expansion bombs
    and the external entities.

    Args:
        stream: the part, decompressed.
        sink: receiver of the events.
        file: name shown to the user.
        part: name of the part, for messages.

    Returns:
        One turn per chunk, so that the caller can take what the sink has gathered.

    Raises:
        FileRefused: malformed, in an encoding that nobody knows, or declares a document type.
    """
    head = stream.read(_CHUNK)
    # Nothing may stand before the declaration, and a text that was pasted often begins so.
    head = head.lstrip(b"\r\n\t ") or head
    parser = expat.ParserCreate(_encoding_of(head))
    declared: list[str] = []
    parser.buffer_text = True

    def refuse(*_details: object) -> NoReturn:
        raise refusal(MessageCode.FILE_DOCTYPE, file=file, part=part)

    def judge(_name: str, system: str | None, public: str | None, has_declarations: bool) -> None:
        if not sink.may_name_type or system or public or has_declarations:
            refuse()

    parser.XmlDeclHandler = lambda _version, encoding, _alone: declared.append(encoding or "")
    parser.StartDoctypeDeclHandler = judge
    parser.EntityDeclHandler = refuse
    on_start, on_end = sink.start, sink.end

    def start(name: str, attributes: dict[str, str]) -> None:
        on_start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        on_end(name.rpartition(":")[2] if ":" in name else name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = sink.text
    try:
        while head:
            _parse(parser, head, declared, is_last=False, file=file)
            yield
            head = stream.read(_CHUNK)
        _parse(parser, b"", declared, is_last=True, file=file)
        yield
    except expat.ExpatError as error:
        if sink.may_be_cut and error.code in _CUT:
            sink.is_cut = True
            yield
            return
        raise refusal(MessageCode.FILE_DAMAGED, file=file, part=part, row=error.lineno) from error


def _encoding_of(head: bytes) -> str | None:
    """What the mark at the beginning says; a console rewrites a text and not what it declares."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _parse(
    parser: expat.XMLParserType, chunk: bytes, declared: list[str], *, is_last: bool, file: str
) -> None:
    try:
        parser.Parse(chunk, is_last)
    except (LookupError, ValueError) as error:
        # Not expat: Python, which it asks for an encoding that it does not know itself.
        if "encoding" not in str(error):
            raise
        name = shortened(declared[0] if declared else "")
        raise refusal(MessageCode.TEXT_BAD_BYTES, file=file, encoding=name) from error


def drain_xml(stream: IO[bytes], sink: XmlSink, *, file: str, part: str) -> None:
    """Push a whole XML part through a sink; see `feed_xml`."""
    for _turn in feed_xml(stream, sink, file=file, part=part):
        continue
