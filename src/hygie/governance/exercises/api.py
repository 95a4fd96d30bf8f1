"""API: exercises of an organisation, for those who see them on the pages; never a script."""

import datetime as dt

from ninja import Router, Schema

from hygie.foundation.errors import NotFound
from hygie.foundation.http.api import REFUSALS, Identifier
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_read
from hygie.governance.exercises.selectors.exercises import exercises_in
from hygie.governance.exercises.selectors.seats import seat_in
from hygie.governance.exercises.selectors.seen import SeenInject, injects_seen
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


class ReactionOut(Schema):
    """What a cell did with a row."""

    kind: str
    text: str
    option: str
    cell: str
    at: dt.datetime
    second: int


class ReceivedOut(Schema):
    """A row of the timeline as its reader may read it: a player, what their cell has received."""

    id: int
    channel: str
    nature: str
    state: str
    sender: str
    subject: str
    body: str
    cells: list[str]
    options: list[str]
    played_at: dt.datetime | None
    played_second: int | None
    offset_s: int | None
    expected: str
    comment: str
    reactions: list[ReactionOut]


@router.get(
    "{organisation_id}/exercises/{exercise_id}/received",
    response={200: list[ReceivedOut], **REFUSALS},
    url_name="exercise_received",
)
def received(
    request: HygieRequest, organisation_id: int, exercise_id: Identifier
) -> list[SeenInject]:
    """What one has received in an exercise; everything, with its expectations, for its staff."""
    seat = seat_in(request.perimeter, exercise_id)
    if seat.exercise.organisation_id != organisation_id:
        raise NotFound
    return injects_seen(seat)
