"""Which models may be taken up at a place?"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.catalogue import kind_suited
from hygie.governance.exercises.catalogue_words import Kind
from hygie.governance.exercises.choices import ExerciseKind, Sharing
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import (
    designed_exercises,
    may_design,
    played_by,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids, below
from hygie.territory.perimeter import Level, Perimeter


@dataclass(frozen=True, slots=True)
class _Around:
    """Group and region of a place, itself included when it is one."""

    ght: int | None
    region: int | None


def _around(place: Organisation) -> _Around:
    level = Level(place.kind)
    return _Around(
        place.pk if level is Level.GHT else place.ght_id,
        place.pk if level is Level.REGION else place.region_id,
    )


def library_at(perimeter: Perimeter, place: Organisation) -> QuerySet[Exercise]:
    """Models that may be taken up at a place: the platform's, one's own, those shared around.

    Args:
        place: read inside the perimeter.

    Raises:
        NotAllowed: the perimeter prepares no exercise there.
    """
    if not may_design(perimeter, place):
        raise NotAllowed
    around = _around(place)
    own = designed_exercises(perimeter) & (
        below(place, "organisation__") | Q(organisation_id__in=ancestor_ids(place))
    )
    shared = Q(pk__in=())
    if around.ght is not None:
        of_group = Q(organisation__ght_id=around.ght) | Q(organisation_id=around.ght)
        shared |= Q(sharing=Sharing.GROUP) & of_group
    if around.region is not None:
        of_region = Q(organisation__region_id=around.region) | Q(organisation_id=around.region)
        shared |= Q(sharing=Sharing.REGION) & of_region
    # A model of the nation is shared with every region.
    shared |= Q(sharing=Sharing.REGION, organisation__kind=Level.NATION)
    mine = Exercise.objects.filter(played_by(perimeter))
    return (
        Exercise.objects.filter(Q(organisation__isnull=True) | own | shared)
        .filter(kind=ExerciseKind.TEMPLATE)
        .exclude(Exists(mine.filter(template_id=OuterRef("pk"))))
        .select_related("organisation")
        .annotate(rows=Count("injects", distinct=True), cells_count=Count("cells", distinct=True))
        .order_by("title", "pk")
    )


def model_get_at(perimeter: Perimeter, place: Organisation, pk: int) -> Exercise:
    """One model that may be taken up at a place.

    Raises:
        NotFound: absent, or not offered there. NotAllowed: no exercise is prepared there.
    """
    found = library_at(perimeter, place).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def kind_of_model(model: Exercise) -> Kind | None:
    """For which kind of establishment a model of the platform is; None for all the others."""
    last = model.code.rpartition("-")[2]
    return Kind(last) if last in set(Kind) else None


def kind_of_place(place: Organisation) -> Kind | None:
    """Kind of establishment by its category; None when it is none of the three."""
    return kind_suited(place.category_code)
