"""API: losses, rankings and rehearsals, for those who read them on the pages."""

import datetime as dt
from typing import Any

from ninja import Query, Router, Schema

from hygie.foundation.errors import NotFound
from hygie.foundation.http.api import REFUSALS, Identifier
from hygie.operations.impact.affected import loss_as_data
from hygie.operations.impact.answers import loss_answer
from hygie.operations.impact.bridge import impact_map
from hygie.operations.impact.errors import NothingLost
from hygie.operations.impact.models import RankedLoss, RansomwareRehearsal
from hygie.operations.impact.policies import may_export, may_read_rehearsals
from hygie.operations.impact.report import rehearsal_as_data
from hygie.operations.impact.selectors.rankings import losses_of, ranking_latest
from hygie.operations.impact.selectors.rehearsals import rehearsal_done_in, rehearsals_at
from hygie.operations.impact.words import lost_names
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth

router = Router(tags=["impact"])


class LossQuery(Schema):
    """What is lost, as addresses write it: "supplier:12", "internet"."""

    loss: list[str] = []


class RankedOut(Schema):
    """One loss of a ranking: what is lost, and what that stops."""

    losses: list[str]
    name: str
    weight: float
    stopped: int
    degraded: int
    vital: int
    first_min: float | None

    @staticmethod
    def resolve_losses(row: RankedLoss) -> list[str]:
        """As the address of a loss takes them."""
        return row.tokens

    @staticmethod
    def resolve_name(row: RankedLoss) -> str:
        """Of the asset, or of both."""
        return lost_names(row)


class RehearsalOut(Schema):
    """One rehearsal; the summary holds its figures once it is done."""

    id: int
    name: str
    state: str
    runs: int
    seed: int
    created_at: dt.datetime
    finished_at: dt.datetime | None


@router.get(
    "{organisation_id}/impact/loss",
    response={200: dict[str, Any], **REFUSALS},
    url_name="impact_loss",
)
def impact_loss(
    request: HygieRequest, organisation_id: int, asked: Query[LossQuery]
) -> dict[str, Any]:
    """What some losses stop: `?loss=supplier:12&loss=internet`."""
    place = _place(request, organisation_id)
    if not may_export(request.perimeter, place):
        raise NotFound
    if not asked.loss:
        raise NothingLost
    return loss_as_data(loss_answer(impact_map(place), asked.loss))


@router.get(
    "{organisation_id}/impact/ranking",
    response={200: list[RankedOut], **REFUSALS},
    url_name="impact_ranking",
)
def impact_ranking(request: HygieRequest, organisation_id: int) -> list[RankedLoss]:
    """The losses that cost most care, heaviest first, 500 at most; empty before a ranking."""
    place = _place(request, organisation_id)
    latest = ranking_latest(request.perimeter, place)
    return list(losses_of(latest)[:500]) if latest else []


@router.get(
    "{organisation_id}/impact/rehearsals",
    response={200: list[RehearsalOut], **REFUSALS},
    url_name="impact_rehearsals",
)
def impact_rehearsals(request: HygieRequest, organisation_id: int) -> list[RansomwareRehearsal]:
    """Rehearsed attacks, newest first, 200 at most."""
    place = _place(request, organisation_id)
    if not may_read_rehearsals(request.perimeter, place):
        raise NotFound
    return list(rehearsals_at(request.perimeter, place)[:200])


@router.get(
    "{organisation_id}/impact/rehearsals/{rehearsal_id}",
    response={200: dict[str, Any], **REFUSALS},
    url_name="impact_rehearsal",
)
def impact_rehearsal(
    request: HygieRequest, organisation_id: int, rehearsal_id: Identifier
) -> dict[str, Any]:
    """Everything that one rehearsal found, as the JSON of its page."""
    row = rehearsal_done_in(request.perimeter, rehearsal_id)
    if row.organisation_id != organisation_id or not may_export(
        request.perimeter, row.organisation
    ):
        raise NotFound
    return rehearsal_as_data(row)


def _place(request: HygieRequest, organisation_id: int) -> Organisation:
    return organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
