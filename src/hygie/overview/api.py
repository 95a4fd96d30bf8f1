"""API: the cockpit of a node and its place among peers."""

import datetime as dt
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from hygie.foundation.http.api import REFUSALS
from hygie.overview.selectors.cockpit import cockpit
from hygie.overview.selectors.comparison import comparison
from hygie.overview.selectors.words import answer
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest

router = Router(tags=["vue d'ensemble"])


class CockpitRow(Schema):
    """One objective: own state (empty for a region or the nation), entities by state, trend."""

    number: int
    axis: int
    state: str
    states: dict[str, int]
    confidence: float | None
    stale: int
    missing: int
    trend_month: str
    trend_year: str


class ChildOut(Schema):
    """A node below, with its objective states counted."""

    id: int
    code: str
    name: str
    states: dict[str, int]
    passed_share: float
    confidence: float | None


class CockpitOut(Schema):
    """The cockpit of a node."""

    node_id: int
    today: dt.date
    answer: str
    objectives: list[CockpitRow]
    children: list[ChildOut]


class AxisPeers(Schema):
    """Quartiles of the peers on one axis (0 = all), in percent of objectives passed."""

    axis: int
    own: float | None
    quartiles: list[float]
    members: int
    percentile: float | None


class PeersOut(Schema):
    """Place among peers; `axes` is empty when the group is below the minimum."""

    minimum: int
    axes: list[AxisPeers]


@router.get("{node_id}/cockpit", response={200: CockpitOut, **REFUSALS}, url_name="cockpit")
def node_cockpit(request: HygieRequest, node_id: int) -> dict[str, Any]:
    """Where a node stands, objective by objective."""
    node = organisation_get_in(request.perimeter, node_id)
    found = cockpit(request.perimeter, node, timezone.localdate())
    return {
        "node_id": node.pk,
        "today": found.today,
        "answer": answer(found),
        "objectives": [
            {
                "number": row.objective.number,
                "axis": row.objective.axis.number,
                "state": row.state,
                "states": row.states,
                "confidence": row.standing.confidence,
                "stale": row.standing.stale,
                "missing": row.standing.missing,
                "trend_month": row.trend.month,
                "trend_year": row.trend.year,
            }
            for row in found.rows
        ],
        "children": [
            {
                "id": child.organisation.pk,
                "code": child.organisation.code,
                "name": child.organisation.name,
                "states": child.states,
                "passed_share": child.passed_share,
                "confidence": child.confidence,
            }
            for child in found.children
        ],
    }


@router.get("{node_id}/comparison", response={200: PeersOut, **REFUSALS}, url_name="comparison")
def node_comparison(request: HygieRequest, node_id: int) -> dict[str, Any]:
    """Where a node stands among its peers."""
    node = organisation_get_in(request.perimeter, node_id)
    found = comparison(request.perimeter, node, timezone.localdate())
    return {
        "minimum": found.minimum,
        "axes": [
            {
                "axis": row.axis,
                "own": row.own,
                "quartiles": list(row.quartiles.values),
                "members": row.quartiles.members,
                "percentile": row.rank.percentile if row.rank else None,
            }
            for row in found.axes
        ],
    }
