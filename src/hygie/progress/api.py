"""API: latest values, and, at full depth, proofs and actions."""

import datetime as dt
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from hygie.foundation.http.api import REFUSALS
from hygie.progress.models import Action, Evidence
from hygie.progress.selectors.actions import actions_in
from hygie.progress.selectors.evidence import evidence_in
from hygie.progress.selectors.measurements import current_in
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth

router = Router(tags=["suivi"])


class Window(Schema):
    """Which rows of a list: so many, after so many."""

    limit: int = Field(1000, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=1_000_000_000)

    @property
    def rows(self) -> slice:
        """The part of the list."""
        return slice(self.offset, self.offset + self.limit)


class ValueOut(Schema):
    """The latest value of one indicator; null when measured without conclusion."""

    indicator: str
    unit: str
    value: float | None
    known_as: int
    effective_on: dt.date
    expires_on: dt.date | None


class EvidenceOut(Schema):
    """A proof, without its file."""

    id: int
    kind: str
    title: str
    effective_on: dt.date
    expires_on: dt.date | None
    known_as: int
    is_withdrawn: bool

    @staticmethod
    def resolve_kind(row: Evidence) -> str:
        """Code of the kind of document."""
        return row.kind.code


class ActionOut(Schema):
    """A promise."""

    id: int
    title: str
    state: str
    due_on: dt.date | None
    done_on: dt.date | None
    requirement_urn: str


@router.get(
    "{organisation_id}/measurements",
    response={200: list[ValueOut], **REFUSALS},
    url_name="measurements",
)
def measurements(request: HygieRequest, organisation_id: int) -> list[dict[str, Any]]:
    """Latest values, by indicator."""
    place = organisation_get_in(request.perimeter, organisation_id)
    rows = current_in(request.perimeter).filter(organisation=place).order_by("indicator__code")
    return [
        {
            "indicator": row.indicator.code,
            "unit": row.indicator.unit,
            "value": row.value,
            "known_as": row.known_as,
            "effective_on": row.effective_on,
            "expires_on": row.expires_on,
        }
        for row in rows
    ]


@router.get(
    "{organisation_id}/evidence",
    response={200: list[EvidenceOut], **REFUSALS},
    url_name="evidence",
)
def evidence(request: HygieRequest, organisation_id: int, window: Query[Window]) -> list[Evidence]:
    """Proofs of one organisation, newest first; not found below full depth."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    return list(evidence_in(request.perimeter).filter(organisation=place)[window.rows])


@router.get(
    "{organisation_id}/actions",
    response={200: list[ActionOut], **REFUSALS},
    url_name="actions",
)
def actions(request: HygieRequest, organisation_id: int, window: Query[Window]) -> list[Action]:
    """Actions of one organisation, by due date; not found below full depth."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    return list(actions_in(request.perimeter).filter(organisation=place)[window.rows])
