"""Does a field of a library have the type that the format gives it?"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from hygie.connectors.frameworks.tree_load import LineMap, Tree
from hygie.connectors.frameworks.types import Translations
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

# Public libraries write empty parts and blanks inside: an URN only has to name one thing.
_URN = re.compile(r"urn:[^\s:]+:\S(?:.*\S)?")
_INTEGER = re.compile(r"[+-]?\d{1,9}(?:\.0+)?")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_SEPARATORS = re.compile(r"[,\n]+")
_LONGEST_TEXT = 200_000


class Fields:
    """Reads the fields of one mapping; each mistake is reported with its path, line and URN."""

    __slots__ = ("_data", "_report", "_used", "path", "urn")

    def __init__(self, data: LineMap, path: str, report: Report, urn: str = "") -> None:
        self._data = data
        self._report = report
        self._used: set[str] = {"translations"}
        self.path = path
        self.urn = urn

    @property
    def row(self) -> int:
        """Give the line, or row, where the mapping begins."""
        return self._data.line

    def at(self, key: str) -> str:
        """Give the path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def error(self, code: MessageCode, key: str, **params: str | int | float) -> None:
        """Report a mistake in a field."""
        self._report.error(code, row=self.row, field=self.at(key), urn=self.urn, **params)

    def warning(self, code: MessageCode, key: str, **params: str | int | float) -> None:
        """Report a doubt about a field."""
        self._report.warning(code, row=self.row, field=self.at(key), urn=self.urn, **params)

    def raw(self, key: str) -> Tree:
        """Give a field as it is, and note that it is known."""
        self._used.add(key)
        return self._data.get(key)

    def text(self, key: str, *, needed: bool = False) -> str:
        """Read a text; blanks around it do not count."""
        value = self.raw(key)
        if value is None or value == "":
            if needed:
                self.error(MessageCode.FIELD_MISSING, key)
            return ""
        if not isinstance(value, str):
            self._wrong(key, "text", value)
            return ""
        if len(value) > _LONGEST_TEXT:
            self._report.error(
                MessageCode.CELL_TOO_LONG,
                row=self.row,
                field=self.at(key),
                length=len(value),
                limit=_LONGEST_TEXT,
            )
            return ""
        return value.strip()

    def urn_of(self, key: str, *, needed: bool = True) -> str:
        """Read a URN; lowercase, since two that differ by case name the same thing."""
        text = self.text(key, needed=needed).lower()
        if text and not _URN.fullmatch(text):
            self._report.error(MessageCode.URN_INVALID, row=self.row, field=self.at(key), urn=text)
            return ""
        return text

    def integer(self, key: str, *, needed: bool = False) -> int | None:
        """Read a whole number."""
        text = self.text(key, needed=needed)
        if not text:
            return None
        if not _INTEGER.fullmatch(text):
            self._wrong(key, "integer", text)
            return None
        return int(Decimal(text))

    def number(self, key: str) -> Decimal | None:
        """Read an exact number."""
        text = self.text(key)
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self._wrong(key, "number", text)
            return None
        return number

    def boolean(self, key: str, *, needed: bool = False) -> bool:
        """Read a boolean; absent means false."""
        text = self.text(key, needed=needed)
        if text and text.lower() not in _BOOLEANS:
            self._wrong(key, "boolean", text)
        return _BOOLEANS.get(text.lower(), False)

    def date(self, key: str) -> dt.date | None:
        """Read a day; a time after it is left aside."""
        text = self.text(key)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text[:10])
        except ValueError:
            self.warning(MessageCode.FIELD_TYPE, key, expected="date", found=text)
            return None

    def choice(self, key: str, choices: Collection[str], *, needed: bool = False) -> str:
        """Read one of a few words."""
        text = self.text(key, needed=needed).lower()
        if text and text not in choices:
            self.error(
                MessageCode.FIELD_CHOICE, key, value=text, choices=", ".join(sorted(choices))
            )
            return ""
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts, or one text with commas or line breaks."""
        value = self.raw(key)
        if value is None:
            return ()
        parts = _SEPARATORS.split(value) if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            self._wrong(key, "list", value)
            return ()
        return tuple(str(part).strip() for part in parts if str(part).strip())

    def maps(self, key: str, *, may_be_one: bool = False) -> "Iterator[Fields]":
        """Read a list of mappings, each with its own path; several types of mistake at once."""
        value = self.raw(key)
        if value is None:
            return
        if may_be_one and isinstance(value, LineMap):
            yield Fields(value, self.at(key), self._report, self.urn)
            return
        if not isinstance(value, list):
            self._wrong(key, "list", value)
            return
        for index, item in enumerate(value):
            path = f"{self.at(key)}[{index}]"
            if isinstance(item, LineMap):
                yield Fields(item, path, self._report, self.urn)
            else:
                self._report.error(
                    MessageCode.FIELD_TYPE,
                    row=self.row,
                    field=path,
                    urn=self.urn,
                    expected="mapping",
                    found=type_name(item),
                )

    def mapping(self, key: str) -> LineMap | None:
        """Read one mapping."""
        value = self.raw(key)
        if value is None or isinstance(value, LineMap):
            return value
        self._wrong(key, "mapping", value)
        return None

    def translations(self) -> Translations:
        """Read the translations: language → field → text; what is not text is left aside."""
        value = self.mapping("translations")
        found: dict[str, Mapping[str, str]] = {}
        for language, texts in (value or {}).items():
            if isinstance(texts, LineMap):
                kept = {name: text.strip() for name, text in texts.items() if isinstance(text, str)}
                found[language.lower()] = kept
        return found

    def rest(self, known: Collection[str] = ()) -> None:
        """Report the fields that nobody has read and that the format does not have."""
        for name in self._data:
            if name not in self._used and name not in known:
                self._report.info(
                    MessageCode.LIBRARY_FIELD_UNKNOWN, row=self.row, field=self.at(name), name=name
                )

    def _wrong(self, key: str, expected: str, found: Tree) -> None:
        self.error(MessageCode.FIELD_TYPE, key, expected=expected, found=type_name(found))


def type_name(value: Tree) -> str:
    """Name what was found where something else was expected."""
    if isinstance(value, LineMap):
        return "mapping"
    if isinstance(value, list):
        return "list"
    return "nothing" if value is None else value
