"""Which establishments have played this year, and what have exercises taught around here?

Read at the depth of indicators: that an establishment played, on which day, at which level, and
when it will again; never what, nor how well. Lessons shared on purpose come without a name.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Level
from hygie.governance.exercises.models import Exercise, ExerciseSite, Lesson
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, organisations_in, perimeter_filter
from hygie.territory.perimeter import Perimeter

YEAR = dt.timedelta(days=365)
PLAYED = (ExerciseState.ENDED, ExerciseState.CLOSED)
_COMING = (ExerciseState.DRAFT, ExerciseState.READY)
COVERAGE_WORDS = {
    "passed": _("joué et débriefé depuis un an"),
    "partial": _("joué depuis un an, débriefing ouvert"),
    "stale": _("joué il y a plus d'un an"),
    "not_tested": _("aucun exercice connu ici"),
}
# A lesson is nobody's when at least this many establishments could have said it.
_CROWD = 3


@dataclass(frozen=True, slots=True)
class Play:
    """An exercise as its coverage tells it: nothing of its content."""

    state: str
    played_at: dt.datetime | None
    planned_at: dt.datetime | None
    level: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One legal entity.

    Attributes:
        organisation: with its GHT and region.
        state: `passed` = played and debriefed within a year; `partial` = played within a year, its
            review is not closed; `stale` = played before; `not_tested` = never played here.
        last_at, level: the last play. next_at: the next one planned.
    """

    organisation: Organisation
    state: str
    last_at: dt.datetime | None
    level: str
    next_at: dt.datetime | None

    @property
    def name(self) -> str:
        """Name of the establishment."""
        return self.organisation.name

    @property
    def ght_name(self) -> str:
        """Name of its group; "" without one."""
        return self.organisation.ght.name if self.organisation.ght else ""

    @property
    def region_name(self) -> str:
        """Name of its region; "" without one."""
        return self.organisation.region.name if self.organisation.region else ""

    @property
    def state_words(self) -> str:
        """Where its yearly exercise stands, in words."""
        return str(COVERAGE_WORDS[self.state])

    @property
    def level_words(self) -> str:
        """Level of the last play in words."""
        return str(Level(self.level).label) if self.level else ""


def coverage_in(perimeter: Perimeter, place: Organisation, now: dt.datetime) -> list[CoverageRow]:
    """Followed legal entities of a place, with their yearly exercise; three queries.

    An exercise of one of its sites, or one of a group that it plays too, is an entity's exercise.

    Args:
        place: read inside the perimeter, at whatever depth.
    """
    entities = list(
        organisations_in(perimeter)
        .filter(below(place), kind=OrganisationKind.EJ, is_followed=True)
        .select_related("ght", "region")
        .order_by("name", "pk")
    )
    plays = _plays(perimeter, place)
    return [_row(one, plays.get(one.pk, ()), now) for one in entities]


def _plays(perimeter: Perimeter, place: Organisation) -> dict[int, list[Play]]:
    """Exercises by id of the legal entity whose they are."""
    found: dict[int, list[Play]] = defaultdict(list)
    states = (*PLAYED, *_COMING)
    own = (
        Exercise.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"), kind=ExerciseKind.RUN,
            state__in=states,
        )
        .filter(below(place, "organisation__"))
        .values_list("organisation_id", "organisation__legal_entity_id", "state", "started_at",
                     "planned_at", "level")
    )  # fmt: skip
    theirs = (
        ExerciseSite.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"), exercise__kind=ExerciseKind.RUN,
            exercise__state__in=states,
        )
        .filter(below(place, "organisation__"))
        .values_list("organisation_id", "organisation__legal_entity_id", "exercise__state",
                     "exercise__started_at", "exercise__planned_at", "exercise__level")
    )  # fmt: skip
    for rows in (own, theirs):
        for node, entity, state, played_at, planned_at, level in rows:
            found[entity or node].append(Play(state, played_at, planned_at, level))
    return found


def _row(entity: Organisation, plays: Iterable[Play], now: dt.datetime) -> CoverageRow:
    played = sorted(
        (one for one in plays if one.state in PLAYED and one.played_at is not None),
        key=lambda one: one.played_at or now,
    )
    recent = [one for one in played if one.played_at is not None and now - one.played_at <= YEAR]
    coming = [
        one.planned_at
        for one in plays
        if one.state in _COMING and one.planned_at is not None and one.planned_at >= now
    ]
    if any(one.state == ExerciseState.CLOSED for one in recent):
        state = "passed"
    elif recent:
        state = "partial"
    else:
        state = "stale" if played else "not_tested"
    last = played[-1] if played else None
    return CoverageRow(
        entity, state, last.played_at if last else None, last.level if last else "",
        min(coming, default=None),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """How many entities of a group or a region have played within the year."""

    name: str
    covered: int
    total: int
    planned: int

    @property
    def percent(self) -> float:
        """Covered over all, in percent."""
        return 100 * self.covered / self.total if self.total else 0.0


def shares_of(rows: Sequence[CoverageRow], *, by_region: bool) -> list[Share]:
    """Coverage by region or by group, the least covered first; entities of no group stand apart."""
    groups: dict[str, list[CoverageRow]] = defaultdict(list)
    for row in rows:
        groups[row.region_name if by_region else row.ght_name].append(row)
    found = [
        Share(
            name,
            sum(one.state in {"passed", "partial"} for one in members),
            len(members),
            sum(one.next_at is not None for one in members),
        )
        for name, members in groups.items()
    ]
    return sorted(found, key=lambda one: (one.percent, one.name))


def lessons_around(perimeter: Perimeter, place: Organisation) -> QuerySet[Lesson]:
    """Lessons shared on purpose in the region of a place, or the nation; without any name.

    Nothing at all where so few establishments are followed that each would be known by its lesson.

    Args:
        place: read inside the perimeter, at whatever depth.

    Cost: one query to count, and the reader's own.
    """
    region_id = place.pk if place.kind == OrganisationKind.REGION else place.region_id
    around = Q(exercise__organisation__region_id=region_id)
    if region_id is None:
        around = perimeter_filter(perimeter, prefix="exercise__organisation__")
    crowd = Organisation.objects.filter(kind=OrganisationKind.EJ, is_followed=True)
    if region_id is not None:
        crowd = crowd.filter(region_id=region_id)
    rows = Lesson.objects.filter(around, is_shared=True)
    if crowd.count() < _CROWD:
        return rows.none()
    # Neither the exercise nor the day leave: a level and a year are all that is told.
    return rows.select_related("exercise").order_by("-exercise__ended_at", "pk")


def plan_in(perimeter: Perimeter, place: Organisation, first: int, last: int) -> list[Exercise]:
    """Exercises of a place and below, played or planned in these years; one query.

    Args:
        place: one whose exercises the reader sees: titles are among what is told.
    """
    rows = (
        Exercise.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"),
            below(place, "organisation__"),
            kind=ExerciseKind.RUN,
            planned_at__year__gte=first,
            planned_at__year__lte=last,
        )
        .exclude(state=ExerciseState.CANCELLED)
        .select_related("organisation")
        .order_by("planned_at", "pk")
    )
    return list(rows)
