"""Which control points hold the level, why, and which objects are concerned?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import ngettext
from numpy.typing import NDArray

from hygie.engines.directory.catalogue import ControlPoint
from hygie.foundation.design.components.states import STATES
from hygie.foundation.errors import NotFound
from hygie.operations.directory.catalogue import control_points, in_language, point_title
from hygie.operations.directory.choices import PointChoice
from hygie.operations.directory.models import AuditSource, DirectoryAudit, PointResult
from hygie.operations.directory.selectors.packs import Pack, pack_of
from hygie.operations.directory.words import measured_word, object_word

_RANK = {state.code: rank for rank, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class PointRow:
    """One line of the list of points."""

    result: PointResult
    control: ControlPoint | None
    sources: tuple[AuditSource, ...]

    @property
    def point(self) -> str:
        """Catalogue id."""
        return self.result.point

    @property
    def title(self) -> str:
        """In the reader's language."""
        return point_title(self.result.point)

    @property
    def official_id(self) -> str:
        """As the official page writes it."""
        return self.control.official_id if self.control else self.result.point

    @property
    def state(self) -> str:
        """One of the seven."""
        return self.result.state

    @property
    def state_words(self) -> str:
        """Its word."""
        return str(PointChoice(self.result.state).label)

    @property
    def rank(self) -> int:
        """Place of the state, from the best to the worst."""
        return _RANK[self.result.state]

    @property
    def lowest(self) -> int:
        """The level it weighs on: where it fails, else where it is undecided, else its lowest."""
        return self.result.weighs_at or min(self.result.levels, default=5)

    @property
    def count(self) -> int:
        """How many objects are concerned."""
        return self.result.objects_count

    @property
    def count_words(self) -> str:
        """The same in words."""
        return ngettext("%(count)d objet", "%(count)d objets", self.count) % {"count": self.count}

    @property
    def sources_words(self) -> str:
        """The exports that told it, each kind once."""
        return ", ".join(dict.fromkeys(source.get_kind_display() for source in self.sources))


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """One object of the directory, for a list."""

    index: int
    name: str
    identifier: str
    kind_code: int
    kind: str


class ObjectRows(Sequence[ObjectRow]):
    """Objects read from the pack as they are looked at."""

    def __init__(self, pack: Pack, indices: NDArray[np.int32]) -> None:
        self._pack = pack
        self._indices = indices
        self._kinds = pack["facts.kind"]

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]  # overloads of Sequence
        if isinstance(place, slice):
            return [self._row(int(index)) for index in self._indices[place]]
        return self._row(int(self._indices[place]))

    def _row(self, index: int) -> ObjectRow:
        return object_row(self._pack, index, int(self._kinds[index]))


def object_row(pack: Pack, index: int, kind: int) -> ObjectRow:
    """One object in words."""
    identifier = pack.identifiers[index]
    return ObjectRow(index, pack.names[index] or identifier, identifier, kind, object_word(kind))


def point_rows(audit: DirectoryAudit) -> list[PointRow]:
    """The points of an audit that the caller may read, in the order of the catalogue. 2 queries."""
    controls = control_points()
    sources = {source.position: source for source in audit.sources.all()}
    return [
        PointRow(result, controls.get(result.point), _named(result, sources))
        for result in audit.points.order_by("order")
    ]


def point_row(audit: DirectoryAudit, point: str) -> PointRow:
    """One point of an audit.

    Raises:
        NotFound: this audit did not decide about such a point.
    """
    result = audit.points.filter(point=point).first()
    if result is None:
        raise NotFound
    sources = {source.position: source for source in audit.sources.all()}
    return PointRow(result, control_points().get(point), _named(result, sources))


def _named(result: PointResult, sources: dict[int, AuditSource]) -> tuple[AuditSource, ...]:
    wanted = [*result.sources, *result.stated_by]
    return tuple(sources[place] for place in dict.fromkeys(wanted) if place in sources)


def point_objects(audit: DirectoryAudit, point: str) -> Sequence[ObjectRow]:
    """Objects concerned by a point; none when the audit holds verdicts only."""
    if audit.pack is None:
        return []
    pack = pack_of(audit)
    return ObjectRows(pack, pack.objects_of(point))


def point_excepted(audit: DirectoryAudit, point: str) -> Sequence[ObjectRow]:
    """Objects that an accepted risk sets aside."""
    if audit.pack is None:
        return []
    pack = pack_of(audit)
    return ObjectRows(pack, pack.excepted_of(point))


def point_figures(result: PointResult) -> list[tuple[str, float]]:
    """The figures of a decision, each with its words."""
    return [(measured_word(name), value) for name, value in result.measured.items()]


def ladder(rows: Sequence[PointRow]) -> list[dict[str, object]]:
    """The five rungs, from 1 to 5: for each, the points that fail there and those undecided."""
    rungs: list[dict[str, object]] = []
    for level in range(1, 6):
        failing = [row for row in rows if level in row.result.failed_levels]
        unknown = [row for row in rows if level in row.result.undecided_levels]
        rungs.append({"level": level, "failing": failing, "undecided": unknown})
    return rungs


def advice_of(row: PointRow) -> dict[str, str]:
    """Why a point matters for care, how to fix it, how to check it, in the reader's language."""
    if row.control is None:
        return {"why": "", "fix": "", "check": ""}
    return {name: in_language(getattr(row.control, name)) for name in ("why", "fix", "check")}


@dataclass(frozen=True, slots=True)
class PointMoment:
    """The state of one point in one audit."""

    audit: DirectoryAudit
    state: str


def point_history(audit: DirectoryAudit, point: str) -> list[PointMoment]:
    """The same point in the audits of the same forest, newest first; 1 query."""
    if audit.forest_id is None:
        return []
    found = (
        PointResult.objects.filter(audit__forest_id=audit.forest_id, point=point)
        .select_related("audit")
        .order_by("-audit__effective_on", "-audit_id")[:12]
    )
    return [PointMoment(one.audit, one.state) for one in found]
