"""What do the three sheets share: their table, their places, one plan for reading and writing?"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.connectors.messages import Severity
from hygie.connectors.tables.cells import RowCheck
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Column, Row, Table
from hygie.foundation.errors import NotAllowed, Refusal
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Applied, Plan, Text
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Depth, Perimeter, Right

BATCH = 2000
PLACE = Column("place", ("FINESS", "Code", "FINESS ou code GHT", "Organisation", "Place"))
_RANK = {"ej": 0, "et": 1, "ght": 2}


@dataclass(slots=True)
class Places:
    """Organisations named by a sheet, among those where the reader may record."""

    perimeter: Perimeter
    known: dict[str, Organisation | None] = field(default_factory=dict)

    def learn(self, codes: set[str]) -> None:
        """Read the organisations of these codes; one query for those not known yet."""
        wanted = {code for code in codes if code not in self.known}
        self.known.update(dict.fromkeys(wanted))
        rows = organisations_in(self.perimeter, depth=Depth.DETAIL, right=Right.RECORD).filter(
            code__in=wanted, kind__in=_RANK
        )
        # The legal entity wins over an establishment of the same number.
        for row in sorted(rows, key=lambda found: -_RANK[found.kind]):
            self.known[row.code] = row

    def get(self, code: str) -> Organisation | None:
        """The organisation of a learnt code."""
        return self.known.get(code)


class SheetImport(ABC):
    """A sheet with one line per thing; subclasses say what a line is and how it is written."""

    kind: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text]
    accepts: ClassVar[tuple[str, ...]] = (".csv", ".xlsx", ".ods")
    right: ClassVar[Any] = Right.RECORD
    options_form: ClassVar[type[forms.Form] | None] = None
    columns: ClassVar[Sequence[Column]]
    notes: ClassVar[Mapping[str, Text]] = {
        "unknown_place": _(
            "« %(name)s » : aucune organisation de ce code où vous pouvez enregistrer. Vérifiez le "
            "numéro FINESS ou le code du GHT."
        ),
        "unknown_code": _("« %(name)s » : ce code n'existe pas dans le référentiel."),
        "refused": _("%(reason)s"),
    }
    fields: ClassVar[Mapping[str, Text]] = {}

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """Each line says its organisation; rights are checked line by line."""
        if not perimeter.holds_anywhere(Right.RECORD):
            raise NotAllowed
        return None

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What the sheet would do."""
        table = self._open(path)
        planner = self._run(table, perimeter, watch, is_dry_run=True)
        return planner.plan(self._understood(table), report=table.report)

    def apply(
        self,
        path: Path,
        *,
        options: Mapping[str, Any],
        perimeter: Perimeter,
        watch: Watch,
        plan_digest: str,
    ) -> Applied:
        """Write it."""
        table = self._open(path)
        planner = self._run(table, perimeter, watch, is_dry_run=False)
        return planner.applied(plan_digest, report=table.report)

    @abstractmethod
    def batch(
        self,
        rows: Sequence[RowCheck],
        places: Places,
        planner: Planner,
        perimeter: Perimeter,
        *,
        is_dry_run: bool,
    ) -> None:
        """Plan, and unless it is a dry run write, some rows."""

    def place(self, check: RowCheck, places: Places, planner: Planner) -> Organisation | None:
        """The organisation of a row; None, with a note, when there is none to record at."""
        code = place_code(check.row)
        found = places.get(code)
        if found is None:
            planner.note(
                Severity.ERROR, "unknown_place", row=check.row.number, field=PLACE.title, name=code
            )
        return found

    def refuse(self, planner: Planner, check: RowCheck, refusal: Refusal) -> None:
        """Note why a row is left out."""
        planner.note(Severity.ERROR, "refused", row=check.row.number, reason=str(refusal))

    def _open(self, path: Path) -> Table:
        return open_table(path, expected=(PLACE, *self.columns))

    def _run(
        self, table: Table, perimeter: Perimeter, watch: Watch, *, is_dry_run: bool
    ) -> Planner:
        planner, places = Planner(), Places(perimeter)
        titles = {column.name: column for column in (PLACE, *self.columns)}
        watch.stage("Lecture des lignes")
        for rows in _batches(table.rows()):
            places.learn({place_code(row) for row in rows})
            checks = [RowCheck(row, titles, table.report) for row in rows]
            self.batch(checks, places, planner, perimeter, is_dry_run=is_dry_run)
            watch.advance(len(rows))
        return planner

    def _understood(self, table: Table) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "format": str(table.kind),
            "sheet": table.sheet,
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "header_row": table.header_row,
            "unknown_titles": list(table.unknown_titles),
        }


def place_code(row: Row) -> str:
    """Code of the organisation; a FINESS that a spreadsheet took for a number gets its 0 back."""
    value = row.values["place"]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip().upper()
    return text.zfill(9) if isinstance(value, int) or text.isdecimal() else text


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
