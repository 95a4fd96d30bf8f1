"""Which control points exist on a given day, at which levels, with which thresholds and words?

The catalogue is dated data: a row says at which level a point counts, from which day and until
which day, and with which numbers. A change announced for a date therefore applies from that date.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from hygie.engines.directory.vocabulary import ExportKind

LEVELS = (1, 2, 3, 4, 5)
_PAGE = "https://www.cert.ssi.gouv.fr/uploads/ad_checklist.html"


class CatalogueError(ValueError):
    """The data cannot be a catalogue; the message says where and why."""


class Nature(StrEnum):
    """What a point does to the level: only a control counts."""

    CONTROL = "control"
    WARNING = "warning"
    INFORMATION = "information"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    fr: str
    en: str


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point at one level, for a time.

    Attributes:
        level: 1 (gravest) to 4; for a warning, the level whose spirit it belongs to.
        thresholds: by name (`days`, `share`, `count`, `version`…), in the unit of the name.
        since, until: first and last day it holds; None = no bound.
    """

    level: int
    nature: Nature = Nature.CONTROL
    thresholds: dict[str, float] = {}
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the row counts on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class ControlPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point in words and numbers.

    Attributes:
        id: official identifier without prefix (`krbtgt` of `vuln_krbtgt`).
        family: where it is shown (`privileged`, `controllers`…).
        why: why it matters for care. fix: what to do. check: how to see that it is done.
        effort_days: order of magnitude of the work of one establishment, in person-days.
        cost_eur: order of magnitude of what must be bought, in euros.
        exports: kinds of exports whose facts or verdicts may decide it.
    """

    id: str
    family: str
    rows: tuple[Row, ...]
    title: Words
    why: Words
    fix: Words
    check: Words
    effort_days: float
    cost_eur: int
    exports: tuple[ExportKind, ...]

    @property
    def official_id(self) -> str:
        """The identifier as the official page writes it."""
        if self.id.startswith(("warning_", "info_")):
            return self.id
        prefix = {Nature.CONTROL: "vuln", Nature.WARNING: "warning", Nature.INFORMATION: "info"}
        return f"{prefix[self.rows[-1].nature]}_{self.id}"

    @property
    def url(self) -> str:
        """The anchor of the official page."""
        return f"{_PAGE}#{self.official_id}"


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An operating system of controllers: text to look for, upper case, and its last day."""

    text: str
    supported_until: date


class PointDay(msgspec.Struct, frozen=True):
    """One point as it counts on one day: its rows, gravest level first."""

    point: ControlPoint
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        """The catalogue id."""
        return self.point.id

    @property
    def nature(self) -> Nature:
        """A control as soon as one row of the day is one."""
        natures = {row.nature for row in self.rows}
        return Nature.CONTROL if Nature.CONTROL in natures else self.rows[0].nature

    @property
    def levels(self) -> tuple[int, ...]:
        """Levels at which it counts, ascending."""
        return tuple(row.level for row in self.rows)


class CatalogueDay(msgspec.Struct, frozen=True):
    """The catalogue as it stands on one day, in its order."""

    day: date
    points: tuple[PointDay, ...]
    systems: tuple[System, ...]

    @property
    def controls(self) -> tuple[PointDay, ...]:
        """The points that make the level."""
        return tuple(point for point in self.points if point.nature is Nature.CONTROL)

    def get(self, point: str) -> PointDay | None:
        """The point of this id, None when it does not count that day."""
        return next((found for found in self.points if found.id == point), None)


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every point ever, with its dated rows; `at` gives a day."""

    version: str
    reviewed_on: date
    source: str
    systems: tuple[System, ...]
    points: tuple[ControlPoint, ...]

    def at(self, day: date) -> CatalogueDay:
        """What counts on that day. Cost: O(rows)."""
        points = []
        for point in self.points:
            rows = sorted(
                (row for row in point.rows if row.holds_on(day)), key=lambda row: row.level
            )
            if rows:
                points.append(PointDay(point, tuple(rows)))
        return CatalogueDay(day, tuple(points), self.systems)


def catalogue_from_data(data: Mapping[str, Any]) -> Catalogue:
    """Check a mapping (of a YAML or JSON file) and make the catalogue of it.

    Args:
        data: `version`, `reviewed_on`, `source`, `systems`, `points`, as the attributes say.

    Raises:
        CatalogueError: a field is missing, unknown, of another type, empty or out of range; two
            points share an id; two rows of a point hold for one level on one day.
    """
    try:
        catalogue = msgspec.convert(data, Catalogue)
    except msgspec.ValidationError as error:
        raise CatalogueError(str(error)) from error
    seen: set[str] = set()
    for point in catalogue.points:
        if point.id in seen:
            raise CatalogueError(f"{point.id}: this id is given twice")
        seen.add(point.id)
        _check_words(point)
        _check_rows(point)
    return catalogue


def _check_words(point: ControlPoint) -> None:
    if point.effort_days <= 0 or point.cost_eur < 0 or not point.exports:
        raise CatalogueError(f"{point.id}: effort_days, cost_eur or exports is out of range")
    for name in ("title", "why", "fix", "check"):
        words: Words = getattr(point, name)
        if not (words.fr.strip() and words.en.strip()):
            raise CatalogueError(f"{point.id}: {name} is empty in one language")


def _check_rows(point: ControlPoint) -> None:
    if not point.rows:
        raise CatalogueError(f"{point.id}: no row, it would never count")
    for place, row in enumerate(point.rows):
        if row.level not in LEVELS[:-1]:
            raise CatalogueError(f"{point.id}: level {row.level} is not 1, 2, 3 or 4")
        if row.since and row.until and row.since > row.until:
            raise CatalogueError(f"{point.id}: level {row.level} ends before it begins")
        if any(value < 0 for value in row.thresholds.values()):
            raise CatalogueError(f"{point.id}: level {row.level} has a negative threshold")
        for other in point.rows[:place]:
            if other.level == row.level and _overlap(row, other):
                raise CatalogueError(f"{point.id}: two rows hold for level {row.level} at once")


def _overlap(one: Row, other: Row) -> bool:
    start = max(one.since or date.min, other.since or date.min)
    return start <= min(one.until or date.max, other.until or date.max)
