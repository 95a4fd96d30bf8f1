"""API: exercises of an organisation, for those who see them on the pages; never a script."""

import datetime as dt

from ninja import Router, Schema

from hygie.foundation.errors import NotFound
from hygie.foundation.http.api import REFUSALS
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_read
from hygie.governance.exercises.selectors.exercises import exercises_in
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest

router = Router(tags=["exercices"])


class ExerciseOut(Schema):
    """One exercise: when, how ready. Nothing of what happens in it."""

    id: int
    title: str
    state: str
    level: str
    play: str
    language: str
    duration_s: int
    planned_at: dt.datetime | None
    started_at: dt.datetime | None
    ended_at: dt.datetime | None


@router.get(
    "{organisation_id}/exercises",
    response={200: list[ExerciseOut], **REFUSALS},
    url_name="exercises",
)
def exercises(request: HygieRequest, organisation_id: int) -> list[Exercise]:
    """Exercises of one organisation, the latest planned first, 200 at most."""
    place = organisation_get_in(request.perimeter, organisation_id)
    if not may_read(request.perimeter, place):
        raise NotFound
    return list(exercises_in(request.perimeter).filter(organisation=place)[:200])
