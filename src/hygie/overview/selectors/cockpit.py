"""Where does this node stand against CaRE, objective by objective?

A constant number of queries, whatever the number of organisations below the node.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from hygie.governance.assessment.selectors.objectives import (
    Standing,
    months_of,
    standings_below,
    standings_own,
    standings_sum,
)
from hygie.overview.selectors.holding import Holding, holding_back
from hygie.overview.selectors.trend import Trend, trend_of
from hygie.programme.models import Axis, Objective
from hygie.programme.selectors import objectives
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, organisations_in
from hygie.territory.perimeter import Depth, Perimeter

HISTORY_MONTHS = 24
# The most that is written of what is not quite all.
ALMOST_ALL = 0.99
AGGREGATES = (OrganisationKind.NATION, OrganisationKind.REGION)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective at the node: own state if it has one, members' states, trend."""

    objective: Objective
    state: str
    since_on: dt.date | None
    standing: Standing
    trend: Trend
    holding: tuple[Holding, ...] = ()

    @property
    def states(self) -> dict[str, int]:
        """Legal entities by state."""
        return dict(self.standing.states)

    @property
    def reached(self) -> int:
        """Legal entities that reach the objective."""
        return self.standing.states.get("passed", 0)

    @property
    def concerned(self) -> int:
        """Legal entities for which it has an object."""
        return self.standing.counted - self.standing.states.get("not_applicable", 0)


@dataclass(slots=True)
class AxisBlock:
    """An axis and its objectives."""

    axis: Axis
    rows: list[ObjectiveRow] = field(default_factory=list)

    @property
    def states(self) -> dict[str, int]:
        """Objectives (or entities × objectives) of the axis by state."""
        total: Counter[str] = Counter()
        for row in self.rows:
            total.update(Counter({row.state: 1}) if row.state else row.standing.states)
        return dict(total)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A region, GHT or entity below the node."""

    organisation: Organisation
    states: dict[str, int]
    measured: int
    elements: int
    stale: int
    missing: int

    @property
    def passed_share(self) -> float:
        """Share of objective states that are passed, 0..1."""
        total = sum(n for state, n in self.states.items() if state != "not_applicable")
        return self.states.get("passed", 0) / total if total else 0.0

    @property
    def passed_shown(self) -> float:
        """The share as it is written: never all when one is missing."""
        share = self.passed_share
        return ALMOST_ALL if ALMOST_ALL < share < 1 else share

    @property
    def confidence(self) -> float | None:
        """Share of elements measured or verified, 0..1."""
        return self.measured / self.elements if self.elements else None


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Everything the first page of a node shows of the programme."""

    node: Organisation
    depth: Depth
    today: dt.date
    axes: tuple[AxisBlock, ...]
    children: tuple[ChildRow, ...]
    months: tuple[tuple[dt.date, Counter[str]], ...]

    @property
    def is_aggregate(self) -> bool:
        """A region or the nation: no state of its own, only those of its entities."""
        return self.node.kind in AGGREGATES

    @property
    def has_members(self) -> bool:
        """A group: it has its own states, and its trend is that of its members."""
        return not self.is_aggregate and bool(self.children)

    @property
    def rows(self) -> list[ObjectiveRow]:
        """All objectives."""
        return [row for block in self.axes for row in block.rows]

    @property
    def states(self) -> Counter[str]:
        """Objectives by state; for an aggregate, entities × objectives."""
        total: Counter[str] = Counter()
        for block in self.axes:
            total.update(block.states)
        return total

    @property
    def confidence(self) -> float | None:
        """Share of elements measured or verified over all objectives."""
        elements = sum(row.standing.elements for row in self.rows)
        return sum(row.standing.measured for row in self.rows) / elements if elements else None

    @property
    def entity_count(self) -> int:
        """Legal entities with at least one state below the node."""
        return max((row.standing.counted for row in self.rows), default=0)


def cockpit(perimeter: Perimeter, node: Organisation, today: dt.date) -> Cockpit:
    """Build the cockpit of a node already read inside the perimeter.

    Cost: at most six queries (objectives, own and member states, children, what holds back,
    months), whatever the size.
    """
    is_aggregate = node.kind in AGGREGATES
    has_members = node.kind not in {OrganisationKind.EJ, OrganisationKind.ET}
    below = standings_below(perimeter, node, today) if has_members else {}
    members = standings_sum(below.values())
    own = {} if is_aggregate else standings_own(perimeter, node, today)
    held = {} if is_aggregate else holding_back(perimeter, node, today)
    months = months_of(perimeter, node, _first_month(today))
    blocks: dict[int, AxisBlock] = {}
    for objective in objectives():
        standing = _standing(objective.pk, own, members)
        now = standing.states or Counter({standing.state: 1} if standing.state else {})
        block = blocks.setdefault(objective.axis_id, AxisBlock(objective.axis))
        block.rows.append(
            ObjectiveRow(
                objective=objective,
                state=standing.state if not is_aggregate else "",
                since_on=standing.since_on,
                standing=standing,
                trend=trend_of(months.get(objective.pk, []), now, today),
                holding=tuple(held.get(objective.pk, ())),
            )
        )
    return Cockpit(
        node=node,
        depth=depth_at(perimeter, node),
        today=today,
        axes=tuple(blocks.values()),
        children=_children(perimeter, node, below),
        months=_history(months),
    )


def _standing(
    objective_id: int, own: dict[int, Standing], members: dict[int, Standing]
) -> Standing:
    """Own standing with the members' distribution; else the members' alone."""
    mine, theirs = own.get(objective_id), members.get(objective_id)
    if mine is not None:
        mine.states = theirs.states if theirs else Counter()
        return mine
    return theirs or Standing(objective_id, state="not_tested")


def _children(
    perimeter: Perimeter, node: Organisation, below: dict[int, dict[int, Standing]]
) -> tuple[ChildRow, ...]:
    if not below:
        return ()
    organisations = organisations_in(perimeter).in_bulk(below)
    rows = []
    for pk, standings in below.items():
        organisation = organisations.get(pk)
        if organisation is None:
            continue
        states: Counter[str] = Counter()
        for standing in standings.values():
            states.update(standing.states)
        rows.append(
            ChildRow(
                organisation,
                dict(states),
                sum(s.measured for s in standings.values()),
                sum(s.elements for s in standings.values()),
                sum(s.stale for s in standings.values()),
                sum(s.missing for s in standings.values()),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.passed_share, row.organisation.name)))


def _history(
    months: dict[int, list[tuple[dt.date, Counter[str]]]],
) -> tuple[tuple[dt.date, Counter[str]], ...]:
    total: dict[dt.date, Counter[str]] = {}
    for series in months.values():
        for month, states in series:
            total.setdefault(month, Counter()).update(states)
    return tuple(sorted(total.items()))


def _first_month(today: dt.date) -> dt.date:
    month = today.year * 12 + today.month - 1 - HISTORY_MONTHS
    return dt.date(month // 12, month % 12 + 1, 1)
