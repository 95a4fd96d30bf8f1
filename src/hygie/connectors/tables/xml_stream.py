"""How is an XML part of an office file read without building it, entities refused?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, NoReturn
from xml.parsers import expat

from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal

_CHUNK = 64 * 1024


def _ignore_text(_text: str) -> None:
    return None


def _ignore_end(_name: str) -> None:
    return None


@dataclass(slots=True)
class XmlSink:
    """What to do on each event; names come without their namespace prefix."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = _ignore_end
    text: Callable[[str], None] = _ignore_text


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
        FileRefused: malformed, or declares a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_details: object) -> NoReturn:
        raise refusal(MessageCode.FILE_DOCTYPE, file=file, part=part)

    parser.StartDoctypeDeclHandler = refuse
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
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise refusal(MessageCode.FILE_DAMAGED, file=file, part=part, row=error.lineno) from error


def drain_xml(stream: IO[bytes], sink: XmlSink, *, file: str, part: str) -> None:
    """Push a whole XML part through a sink; see `feed_xml`."""
    for _turn in feed_xml(stream, sink, file=file, part=part):
        continue
