"""API: in which state is each objective and requirement, and why when one may know?"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from hygie.foundation.errors import NotFound
from hygie.foundation.http.api import REFUSALS, Identifier
from hygie.governance.assessment.selectors.objectives import standings_own
from hygie.governance.assessment.selectors.requirements import (
    requirement_explain,
    requirement_states_in,
)
from hygie.programme.selectors import objectives
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest

router = Router(tags=["évaluation"])


class ObjectiveOut(Schema):
    """An objective's state at one organisation."""

    number: int
    title: str
    state: str
    since_on: dt.date | None
    elements: int
    measured: int
    stale: int
    missing: int


class RequirementOut(Schema):
    """A requirement's state; `coverage` and `threshold` are shares of one."""

    requirement_id: int
    framework: str
    ref_id: str
    urn: str
    state: str
    basis: str
    known_as: int | None
    coverage: Decimal | None
    threshold: Decimal | None
    stale_on: dt.date | None
    since_on: dt.date


class ExplanationOut(Schema):
    """Why; `lines` are empty when only indicators may be seen."""

    state: str
    is_detailed: bool
    lines: list[str]
    missing: list[str]


@router.get(
    "{organisation_id}/objectives",
    response={200: list[ObjectiveOut], **REFUSALS},
    url_name="objectives",
)
def objective_states(request: HygieRequest, organisation_id: int) -> list[dict[str, Any]]:
    """The organisation's own state on each objective; empty for a region or the nation."""
    place = organisation_get_in(request.perimeter, organisation_id)
    found = standings_own(request.perimeter, place, timezone.localdate())
    return [
        {
            "number": row.number,
            "title": row.title_fr,
            "state": found[row.pk].state,
            "since_on": found[row.pk].since_on,
            "elements": found[row.pk].elements,
            "measured": found[row.pk].measured,
            "stale": found[row.pk].stale,
            "missing": found[row.pk].missing,
        }
        for row in objectives()
        if row.pk in found
    ]


@router.get(
    "{organisation_id}/requirements",
    response={200: list[RequirementOut], **REFUSALS},
    url_name="requirements",
)
def requirement_states(request: HygieRequest, organisation_id: int) -> list[dict[str, Any]]:
    """Every requirement that has a state here; those left out are not tested."""
    place = organisation_get_in(request.perimeter, organisation_id)
    rows = (
        requirement_states_in(request.perimeter, timezone.localdate())
        .filter(organisation=place, requirement__framework__is_current=True)
        .select_related("requirement__framework")
        .order_by("requirement__framework_id", "requirement__order")
    )
    return [
        {
            "requirement_id": row.requirement_id,
            "framework": row.requirement.framework.ref_id,
            "ref_id": row.requirement.ref_id,
            "urn": row.requirement.urn,
            "state": row.effective,  # type: ignore[attr-defined]  # annotated
            "basis": row.basis,
            "known_as": row.known_as,
            "coverage": row.coverage,
            "threshold": row.threshold,
            "stale_on": row.stale_on,
            "since_on": row.since_on,
        }
        for row in rows
    ]


@router.get(
    "{organisation_id}/requirements/{requirement_id}",
    response={200: ExplanationOut, **REFUSALS},
    url_name="requirement",
)
def requirement_why(
    request: HygieRequest, organisation_id: int, requirement_id: Identifier
) -> dict[str, Any]:
    """Why one requirement is in its state."""
    place = organisation_get_in(request.perimeter, organisation_id)
    found = requirement_explain(request.perimeter, place, requirement_id, timezone.localdate())
    if found is None:
        raise NotFound
    return {
        "state": found.state,
        "is_detailed": found.is_detailed,
        "lines": [line.text for line in found.lines],
        "missing": list(found.missing),
    }
