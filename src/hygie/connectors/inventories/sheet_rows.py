"""What does one row of a sheet of assets say?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from hygie.connectors.finess.numbers import FinessCheck, check_finess
from hygie.connectors.inventories.assets import fitted
from hygie.connectors.inventories.canonical import canonical, identifiers_of
from hygie.connectors.inventories.cell_values import (
    Unread,
    codes_in,
    criticality_of,
    duration_of,
    names_in,
    value_of,
    word_of,
)
from hygie.connectors.inventories.columns import EXTRA, SheetColumns
from hygie.connectors.inventories.limits import LONGEST
from hygie.connectors.inventories.types import ObservedLink, Reference
from hygie.connectors.inventories.words import (
    CHOICE_WORDS,
    CRITICALITY_WORDS,
    STATUS_WORDS,
    is_nobody,
    is_unknown,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Cell, Row
from hygie.engines.estate.fields import FIELDS, DetailField
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Status

Words = Mapping[str, Mapping[str, str]]
_FINESS = re.compile(r"[\s,;|/]+")
# The last row of a sheet that counts the others.
_TOTALS = frozenset({"total", "totaux", "sous total", "total general", "grand total"})
_PRECISE = frozenset({IdentifierKind.MAC, IdentifierKind.ADDRESS, IdentifierKind.HOSTNAME,
                      IdentifierKind.UUID, IdentifierKind.PURL, IdentifierKind.CPE})  # fmt: skip


@dataclass(slots=True)
class SheetRow:
    """Reads the cells of one row; what cannot be read is said and left unknown.

    Attributes:
        row: the cells. titles: column → title as written. words: column → what its words stand for.
        is_refused: whether the row has to be left out.
    """

    row: Row
    columns: SheetColumns
    titles: Mapping[str, str]
    words: Words
    report: Report
    is_refused: bool = field(default=False)

    def asset(self, kind: AssetKind) -> AssetRecord | None:
        """The asset of this row.

        Args:
            kind: what it is.

        Returns:
            The asset; None when the row is refused: nothing names it, or its code is too long.
        """
        identifiers = identifiers_of(self._identifiers())
        key, name = self._fitting("key"), self.text("name")
        name = name or next((v for k, v in identifiers if k is IdentifierKind.HOSTNAME), "") or key
        if not name or (normalised(name) in _TOTALS and not identifiers):
            self.refuse("name", MessageCode.INVENTORY_NAMELESS)
        # A name that was broken to fit its cell is one name.
        name = self._fitting("name", " ".join(name.split()))
        if self.is_refused:
            return None
        status = self._status()
        return AssetRecord(
            key=key,
            kind=kind,
            name=name,
            organisation=next(iter(self._finess("organisation")), ""),
            shared_with=tuple(self._finess("shared_with")),
            description=self._cut("description"),
            owner=self._cut("owner"),
            technical_owner=self._cut("technical_owner"),
            criticality=self._criticality(),
            max_downtime_min=self._duration("max_downtime_min"),
            max_data_loss_min=self._duration("max_data_loss_min"),
            status=Status.IN_USE if status is None else status,
            site=self._reference("site"),
            zone=self._reference("zone"),
            supplier=self._reference("supplier"),
            identifiers=identifiers,
            details=self._details(kind),
        )

    @property
    def has_status(self) -> bool:
        """Whether the row tells where the asset stands in its life."""
        return word_of(self.text("status"), _STATUSES) is not None

    def links(self, ref: str, where: str, most: int) -> Iterator[ObservedLink]:
        """The links that the columns of this row tell.

        Args:
            ref: of the asset of this row. where: its sheet. most: names read in one cell.
        """
        own = Reference(ref=ref)
        for name, link in self.columns.links.items():
            if name not in self.titles:
                continue
            for text in names_in(self.text(name))[:most]:
                if is_nobody(text) or is_unknown(text):
                    continue
                other = Reference(text=fitted("reference", text), kinds=link.kinds)
                source, target = (other, own) if link.is_incoming else (own, other)
                yield ObservedLink(source, link.verb, target, row=self.row.number, where=where)

    def text(self, name: str) -> str:
        """The text of a cell, its word replaced when the caller told for what it stands."""
        cell = self.cell(name)
        if cell == "":
            return ""
        # A cell of a workbook may hold a NUL, which no database does.
        text = text_of(cell).replace("\0", "")
        return "" if is_unknown(text) else text

    def cell(self, name: str) -> Cell:
        """The cell of a column; "" when the sheet has no such column."""
        cell = self.row.values.get(name, "")
        words = self.words.get(name) if self.words else None
        if words:
            said = normalised(text_of(cell))
            for word, value in words.items():
                if normalised(word) == said:
                    return value
        return cell

    def refuse(self, name: str, code: MessageCode, /, **params: str | int | float) -> None:
        """Leave the row out, because of one column."""
        self.is_refused = True
        self.report.error(code, row=self.row.number, field=self._title(name), **params)

    def warn(self, name: str, code: MessageCode, /, **params: str | int | float) -> None:
        """Keep the row, and leave one field unknown."""
        self.report.warning(code, row=self.row.number, field=self._title(name), **params)

    def _title(self, name: str) -> str:
        return self.titles.get(name, name)

    def _fitting(self, name: str, text: str = "") -> str:
        text = text or self.text(name)
        if len(text) > LONGEST[name]:
            limit = LONGEST[name]
            self.refuse(name, MessageCode.CELL_TOO_LONG, length=len(text), limit=limit)
        return text

    def _cut(self, name: str) -> str:
        text = self.text(name)
        cut = fitted(name, text)
        if len(cut) < len(text):
            limit = len(cut)
            self.warn(name, MessageCode.INVENTORY_VALUE_CUT, length=len(text), limit=limit)
        return cut

    def _reference(self, name: str) -> str:
        text = self.text(name)
        return "" if is_nobody(text) else fitted("reference", text)

    def _finess(self, name: str) -> Iterator[str]:
        for part in _FINESS.split(self.text(name)):
            number = part.upper()
            if number and check_finess(number) is FinessCheck.WRONG_FORMAT:
                self.warn(name, MessageCode.INVENTORY_VALUE_IGNORED, value=part)
            elif number:
                yield number

    def _status(self) -> Status | None:
        text = self.text("status")
        found = word_of(text, _STATUSES)
        if text and found is None:
            shown = ", ".join(own[0] for own in STATUS_WORDS.values())
            self.warn("status", MessageCode.CELL_NOT_CHOICE, value=text, choices=shown)
        return found

    def _criticality(self) -> int | None:
        if not self.text("criticality"):
            return None
        return self._read("criticality", criticality_of(self.cell("criticality")), _CRITICALITIES)

    def _duration(self, name: str) -> int | None:
        if not self.text(name):
            return None
        return self._read(name, duration_of(self.cell(name), self._title(name)), "")

    def _read(self, name: str, found: int | Unread, choices: str) -> int | None:
        if isinstance(found, Unread):
            self._say(name, found, choices)
            return None
        return found

    def _say(self, name: str, wanted: Unread, choices: str) -> None:
        value = self.text(name)
        if wanted is Unread.DATE:
            self.warn(name, MessageCode.CELL_NOT_DATE, value=value)
        elif wanted is Unread.NUMBER:
            self.warn(name, MessageCode.CELL_NOT_NUMBER, value=value)
        elif choices:
            self.warn(name, MessageCode.CELL_NOT_CHOICE, value=value, choices=choices)
        else:
            self.warn(name, MessageCode.INVENTORY_VALUE_IGNORED, value=value)

    def _identifiers(self) -> Iterator[tuple[IdentifierKind, str]]:
        for name, kind in self.columns.identifiers.items():
            text = self.text(name) if name in self.titles else ""
            if not text:
                continue
            for part in codes_in(text) if kind in _PRECISE else names_in(text):
                if canonical(kind, part):
                    yield kind, part
                else:
                    self.warn(name, MessageCode.INVENTORY_VALUE_IGNORED, value=part)

    def _details(self, kind: AssetKind) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for one in FIELDS[kind]:
            if one.name not in self.titles or not self.text(one.name):
                continue
            value = value_of(one, self.cell(one.name), self._title(one.name))
            if isinstance(value, Unread):
                self._say(one.name, value, _choices(one))
            else:
                found[one.name] = fitted(one.name, value) if isinstance(value, str) else value
        return found | self._further()

    def _further(self) -> dict[str, Value]:
        """Details that no field holds: only our own files have them."""
        text = self.text(EXTRA)
        if not text:
            return {}
        try:
            return msgspec.json.decode(text, type=dict[str, str | int | float | bool])
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            self.warn(EXTRA, MessageCode.INVENTORY_VALUE_IGNORED, value=text)
            return {}


_CRITICALITIES = ", ".join(
    f"{value} ({words[0]})" for value, words in sorted(CRITICALITY_WORDS.items())
)

_STATUSES = {one: (one.value, *words) for one, words in STATUS_WORDS.items()}


def _choices(one: DetailField) -> str:
    if not one.choices:
        return "oui, non"
    words = CHOICE_WORDS.get(one.name, {})
    return ", ".join(words.get(value, (value,))[0] for value in one.choices)
