"""What does one row of the national FINESS extract hold, and what is wrong with it?"""

import datetime as dt
import math
from collections.abc import Callable

from hygie.connectors.finess.layout import COLUMNS, LEGAL_ENTITY, LOCATION, SITE, width_of
from hygie.connectors.finess.numbers import FinessCheck, check_finess
from hygie.connectors.finess.regions import region_of
from hygie.connectors.finess.types import (
    FinessLegalEntity,
    FinessLocation,
    FinessRecord,
    FinessSite,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

# Built by position, in the order of the file: the layout says it, and a test holds it to that.
_new_site: Callable[..., FinessSite] = FinessSite
_new_legal_entity: Callable[..., FinessLegalEntity] = FinessLegalEntity
_WIDTHS = {kind: width_of(kind) for kind in COLUMNS}


class RowReader:
    """Reads rows and reports what is wrong, each with its row and column."""

    __slots__ = ("_days", "_departements", "_report")

    def __init__(self, report: Report) -> None:
        self._report = report
        # Few distinct values in a hundred thousand rows: each is parsed once.
        self._days: dict[str, dt.date | None] = {}
        self._departements: dict[str, bool] = {}

    def read(self, kind: str, number: int, cells: list[str], is_cut: bool) -> FinessRecord | None:
        """Read one row of a known kind.

        Args:
            kind: structureet, structureej or geolocalisation.
            number: line of the file, 1-based.
            cells: all cells of the row, its kind included.
            is_cut: whether the file ends with this row, without a line end.

        Returns:
            The record, or None when the row is refused (the report says why).
        """
        if len(cells) != _WIDTHS[kind]:
            if is_cut and len(cells) < _WIDTHS[kind]:
                self._report.error(MessageCode.FINESS_TRUNCATED, row=number)
            else:
                self._report.error(
                    MessageCode.ROW_COLUMNS, row=number, found=len(cells), expected=_WIDTHS[kind]
                )
            return None
        values = [cell.strip() for cell in cells[1:]]
        if kind == SITE:
            return self._site(number, values)
        if kind == LEGAL_ENTITY:
            return self._legal_entity(number, values)
        return self._location(number, values)

    def _site(self, row: int, values: list[str]) -> FinessSite | None:
        fine = self._number(SITE, row, "number", values[0])
        fine = self._number(SITE, row, "legal_entity", values[1]) and fine
        fine = self._name(SITE, row, values[2]) and fine
        if not fine:
            return None
        self._departement(SITE, row, values[12])
        days = [
            self._day(SITE, row, name, value)
            for name, value in zip(
                ("opened_on", "authorised_on", "updated_on"), values[27:30], strict=True
            )
        ]
        return _new_site(*values[:27], days[0], days[1], days[2], values[30], row)

    def _legal_entity(self, row: int, values: list[str]) -> FinessLegalEntity | None:
        fine = self._number(LEGAL_ENTITY, row, "number", values[0])
        fine = self._name(LEGAL_ENTITY, row, values[1]) and fine
        if not fine:
            return None
        self._departement(LEGAL_ENTITY, row, values[12])
        created_on = self._day(LEGAL_ENTITY, row, "created_on", values[21])
        return _new_legal_entity(*values[:21], created_on, row)

    def _location(self, row: int, values: list[str]) -> FinessLocation | None:
        fine = self._number(LOCATION, row, "number", values[0])
        x = self._coordinate(row, "x", values[1])
        y = self._coordinate(row, "y", values[2])
        if not fine or x is None or y is None:
            return None
        return FinessLocation(
            values[0], x, y, values[3], self._day(LOCATION, row, "updated_on", values[4]), row
        )

    def _number(self, kind: str, row: int, name: str, value: str) -> bool:
        check = check_finess(value)
        if check is FinessCheck.VALID:
            return True
        field = COLUMNS[kind][name]
        if check is FinessCheck.WRONG_FORMAT:
            code = MessageCode.FINESS_NUMBER if value else MessageCode.CELL_EMPTY
            self._report.error(code, row=row, field=field, **({"value": value} if value else {}))
            return False
        # The same structure says so once: its coordinates do not repeat it.
        if kind != LOCATION:
            if check is FinessCheck.WRONG_KEY:
                self._report.warning(
                    MessageCode.FINESS_KEY_WRONG, row=row, field=field, number=value
                )
            else:
                self._report.info(
                    MessageCode.FINESS_KEY_UNKNOWN, row=row, field=field, number=value
                )
        return True

    def _name(self, kind: str, row: int, value: str) -> bool:
        if value:
            return True
        self._report.error(MessageCode.CELL_EMPTY, row=row, field=COLUMNS[kind]["name"])
        return False

    def _departement(self, kind: str, row: int, value: str) -> None:
        known = self._departements.get(value)
        if known is None:
            known = self._departements[value] = region_of(value) is not None
        if not known:
            field = COLUMNS[kind]["departement"]
            self._report.warning(
                MessageCode.FINESS_DEPARTEMENT_UNKNOWN, row=row, field=field, value=value
            )

    def _day(self, kind: str, row: int, name: str, value: str) -> dt.date | None:
        """Read an ISO date; without it the structure is still worth reading."""
        if value in self._days:
            day = self._days[value]
        else:
            try:
                day = dt.date.fromisoformat(value) if len(value) == 10 else None
            except ValueError:
                day = None
            if len(self._days) < 50_000:
                self._days[value] = day
        if day is None:
            field = COLUMNS[kind][name]
            if value:
                self._report.warning(MessageCode.CELL_NOT_DATE, row=row, field=field, value=value)
            else:
                self._report.info(MessageCode.CELL_EMPTY, row=row, field=field)
        return day

    def _coordinate(self, row: int, name: str, value: str) -> float | None:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        field = COLUMNS[LOCATION][name]
        self._report.error(MessageCode.CELL_NOT_NUMBER, row=row, field=field, value=value)
        return None
