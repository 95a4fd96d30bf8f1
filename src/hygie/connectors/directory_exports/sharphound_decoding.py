"""What does this record hold, or why is it refused?"""

import re
from typing import TypeVar

import msgspec

from hygie.connectors.directory_exports.json_stream import Record
from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound_notes import Notes
from hygie.connectors.directory_exports.sharphound_records import ObjectRecord, Session
from hygie.connectors.directory_exports.sharphound_spelling import (
    looks_misspelt,
    respelt_object,
    respelt_session,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

_T = TypeVar("_T", ObjectRecord, Session)
_FAULT = re.compile(r"^Expected `(?P<expected>.+?)`, got `(?P<found>.+?)`")
_PLACE = re.compile(r" - at `\$\.?(?P<place>.*)`$")


class Decoding:
    """Turns the bytes of records into objects; a refused one is an error of the report."""

    def __init__(self, report: Report, notes: Notes, limits: ExportLimits) -> None:
        self._report = report
        self._notes = notes
        self._limits = limits
        self._objects = msgspec.json.Decoder(ObjectRecord)
        self._sessions = msgspec.json.Decoder(Session)
        self._identifiers = msgspec.json.Decoder(str | ObjectRecord)

    def object(self, record: Record) -> ObjectRecord | None:
        """One object; None when the record is refused."""
        decoded = self._decoded(record, self._objects)
        properties = decoded.properties if decoded is not None else None
        if properties is not None and record.content and looks_misspelt(properties):
            return self._respelt(record, self._objects)
        return decoded

    def session(self, record: Record) -> Session | None:
        """One session of a file of sessions; None when the record is refused."""
        return self._decoded(record, self._sessions)

    def deleted(self, record: Record) -> str:
        """The identifier of a deleted object, alone or in a record; "" when it is refused."""
        try:
            found = self._identifiers.decode(record.content or b"null")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._refuse(record, error)
            return ""
        return found if isinstance(found, str) else found.identifier or ""

    def _decoded(self, record: Record, decoder: msgspec.json.Decoder[_T]) -> _T | None:
        if record.content is None:
            self._notes.refused += 1
            limit = self._limits.record_bytes
            self._report.error(MessageCode.DIRECTORY_RECORD_LONG, row=record.rank, limit=limit)
            return None
        try:
            return decoder.decode(record.content)
        except msgspec.ValidationError:
            return self._respelt(record, decoder)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._refuse(record, error)
            return None

    def _respelt(self, record: Record, decoder: msgspec.json.Decoder[_T]) -> _T | None:
        """Decode again, once the keys are spelt as we know them."""
        content = record.content or b""
        if len(content) > self._limits.misspelt_bytes:
            self._notes.refused += 1
            limit = self._limits.misspelt_bytes
            self._report.error(MessageCode.DIRECTORY_RECORD_LONG, row=record.rank, limit=limit)
            return None
        respell = respelt_session if decoder is self._sessions else respelt_object
        unknown: set[str] = set()
        try:
            decoded = decoder.decode(respell(content, unknown))
        except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError) as error:
            self._refuse(record, error)
            return None
        for key in unknown:
            self._notes.unknown(self._notes.keys, key)
        return decoded

    def _refuse(self, record: Record, error: Exception) -> None:
        self._notes.refused += 1
        if not isinstance(error, msgspec.ValidationError):
            self._report.error(MessageCode.DIRECTORY_RECORD_DAMAGED, row=record.rank)
            return
        text = str(error)
        place, fault = _PLACE.search(text), _FAULT.search(text)
        self._report.error(
            MessageCode.DIRECTORY_FIELD_TYPE,
            row=record.rank,
            field=place["place"] if place else "",
            expected=fault["expected"] if fault else "",
            found=fault["found"] if fault else _PLACE.sub("", text),
        )
