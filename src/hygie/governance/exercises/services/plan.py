"""How is a plan of three years laid: one exercise a year for each, harder each time?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from hygie.governance.exercises.choices import Level
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_design
from hygie.governance.exercises.selectors.coverage import plan_in
from hygie.governance.exercises.selectors.library import (
    kind_of_model,
    kind_of_place,
    library_at,
)
from hygie.governance.exercises.services.design import exercise_copy
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, organisations_in
from hygie.territory.perimeter import Perimeter

YEARS = 3
# Far from the winter's epidemics, the summer's absences and the year's end.
_MONTHS = (3, 10, 6)
_HOUR = 9
_LADDER = (Level.BEGINNER, Level.INTERMEDIATE, Level.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exercise that a plan lacks.

    Attributes:
        place: whose. year: when. model: what to play. planned_at: a day, free to change.
    """

    place: Organisation
    year: int
    model: Exercise
    planned_at: dt.datetime


def plan_places(perimeter: Perimeter, place: Organisation) -> list[Organisation]:
    """Legal entities of a place where this perimeter prepares exercises, or the place itself."""
    rows = organisations_in(perimeter).filter(
        below(place), kind=OrganisationKind.EJ, is_followed=True
    )
    found = [one for one in rows.order_by("name", "pk") if may_design(perimeter, one)]
    return found or ([place] if may_design(perimeter, place) else [])


def plan_proposals(
    perimeter: Perimeter, place: Organisation, language: str, *, now: dt.datetime
) -> list[Proposal]:
    """What would give each establishment its exercise of each year; nothing is written.

    A year with an exercise, planned or played, asks for nothing. The level climbs from one year to
    the next, and a scenario does not come back before the others of its level are used.

    Args:
        place: one where the perimeter prepares exercises, or above.
        language: of the models proposed first.

    Cost: four queries, and one a place for its library.
    """
    years = range(now.year, now.year + YEARS)
    taken: dict[int, set[int]] = {}
    used: dict[int, set[int]] = {}
    for row in plan_in(perimeter, place, years[0], years[-1]):
        entity = row.organisation.legal_entity_id if row.organisation else None
        node = entity or row.organisation_id or 0
        if row.planned_at is not None:
            taken.setdefault(node, set()).add(timezone.localtime(row.planned_at).year)
        if row.template_id is not None:
            used.setdefault(node, set()).add(row.template_id)
    found: list[Proposal] = []
    for one in plan_places(perimeter, place):
        models = _models(perimeter, one, language)
        found += _of_place(one, models, years, taken.get(one.pk, set()),
                           used.get(one.pk, set()), now)  # fmt: skip
    return found


@transaction.atomic
def plan_apply(
    *, perimeter: Perimeter, place: Organisation, language: str, wanted: Sequence[tuple[int, int]]
) -> int:
    """Prepare the chosen proposals: exercises to be finished, each with its own journal line.

    Args:
        wanted: (id of the place, year) of each.

    Returns:
        How many were prepared; a proposal that no longer stands is left out.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
    """
    chosen = set(wanted)
    proposals = plan_proposals(perimeter, place, language, now=timezone.now())
    kept = [one for one in proposals if (one.place.pk, one.year) in chosen]
    for one in kept:
        exercise_copy(
            perimeter=perimeter, organisation_id=one.place.pk, source=one.model,
            planned_at=one.planned_at,
        )  # fmt: skip
    return len(kept)


def _of_place(
    place: Organisation,
    models: Sequence[Exercise],
    years: Sequence[int],
    taken: set[int],
    used: set[int],
    now: dt.datetime,
) -> list[Proposal]:
    found: list[Proposal] = []
    for rank, year in enumerate(years):
        planned_at = _day(year, rank, now)
        if year in taken or planned_at is None:
            continue
        level = _LADDER[min(rank, len(_LADDER) - 1)]
        model = _next_model(models, level, used)
        if model is not None:
            used.add(model.pk)
            found.append(Proposal(place, year, model, planned_at))
    return found


def _models(perimeter: Perimeter, place: Organisation, language: str) -> list[Exercise]:
    """Models of this language that suit this kind of place."""
    kind = kind_of_place(place)
    return [
        row
        for row in library_at(perimeter, place).filter(language=language)
        if kind_of_model(row) in (None, kind) or kind is None
    ]


def _next_model(models: Sequence[Exercise], level: str, used: set[int]) -> Exercise | None:
    """A model of the level, else the nearest easier one; one never used first."""
    fresh = [one for one in models if one.pk not in used] or list(models)
    for wanted in _LADDER[_LADDER.index(Level(level)) :: -1]:
        for one in fresh:
            if one.level == wanted:
                return one
    return fresh[0] if fresh else None


def _day(year: int, rank: int, now: dt.datetime) -> dt.datetime | None:
    """The second Tuesday of a calm month of the year, in the future; None when none is left."""
    months = sorted({_MONTHS[rank % len(_MONTHS)], *_MONTHS})
    months.sort(key=lambda month: month != _MONTHS[rank % len(_MONTHS)])
    for month in (*months, 11, 12):
        first = dt.date(year, month, 1)
        tuesday = first + dt.timedelta(days=(1 - first.weekday()) % 7 + 7)
        at = timezone.make_aware(dt.datetime.combine(tuesday, dt.time(_HOUR)))
        if at > now:
            return at
    return None
