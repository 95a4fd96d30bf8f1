"""Which exercises, and which scripts, may this perimeter read?"""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.models import (
    Cell,
    Exercise,
    ExerciseObjective,
    Inject,
    InjectAttachment,
    Participant,
)
from hygie.governance.exercises.policies import (
    designed_exercises,
    played_by,
    readable_exercises,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter


def exercises_in(perimeter: Perimeter) -> QuerySet[Exercise]:
    """Exercises whose title, day and state this perimeter reads; the latest planned first."""
    return (
        Exercise.objects.filter(readable_exercises(perimeter), kind=ExerciseKind.RUN)
        .select_related("organisation")
        .order_by("-planned_at", "-pk")
    )


def exercises_below(perimeter: Perimeter, place: Organisation) -> QuerySet[Exercise]:
    """Exercises of a place and of what stands below it, and those it plays elsewhere's."""
    here = below(place, "organisation__")
    guests = Exercise.objects.filter(sites__organisation_id=place.pk).values("pk")
    return exercises_in(perimeter).filter(here | Q(pk__in=guests))


def exercise_get_in(perimeter: Perimeter, pk: int) -> Exercise:
    """One exercise, as its title, day and state.

    Raises:
        NotFound: absent or forbidden.
    """
    found = exercises_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def scripts_in(perimeter: Perimeter) -> QuerySet[Exercise]:
    """Exercises and models of one's own whose script this perimeter reads and prepares.

    Never what the reader will play, nor the model of what they will play.
    """
    mine = Exercise.objects.filter(played_by(perimeter))
    return (
        Exercise.objects.filter(designed_exercises(perimeter))
        .exclude(Exists(mine.filter(pk=OuterRef("pk"))))
        .exclude(Exists(mine.filter(template_id=OuterRef("pk"))))
        .select_related("organisation", "template")
    )


def script_get_in(perimeter: Perimeter, pk: int) -> Exercise:
    """One exercise or model of one's own, to read or change its script.

    Raises:
        NotFound: absent, forbidden, or played by the reader and not over.
    """
    found = scripts_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def script_ids_in(perimeter: Perimeter, exercises: list[Exercise]) -> frozenset[int]:
    """Of these exercises, those whose script the perimeter reads: decides which links are shown."""
    wanted = [exercise.pk for exercise in exercises]
    return frozenset(scripts_in(perimeter).filter(pk__in=wanted).values_list("pk", flat=True))


def injects_of(exercise: Exercise) -> QuerySet[Inject]:
    """Timeline of an exercise that the caller may read, with all that a row shows.

    Cost: three queries.
    """
    return (
        exercise.injects.select_related("objective")
        .prefetch_related(
            "cells",
            Prefetch("attachments", InjectAttachment.objects.select_related("document")),
        )
        .order_by("offset_s", "pk")
    )


def inject_get(exercise: Exercise, pk: int) -> Inject:
    """One row of the timeline of an exercise that the caller may read.

    Raises:
        NotFound: of another exercise, or absent.
    """
    found = injects_of(exercise).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def cells_of(exercise: Exercise) -> QuerySet[Cell]:
    """Cells of an exercise that the caller may read, with how many people each has."""
    return exercise.cells.annotate(people=Count("participants", distinct=True))


def cell_get(exercise: Exercise, pk: int) -> Cell:
    """One cell of an exercise that the caller may read.

    Raises:
        NotFound: of another exercise, or absent.
    """
    found = exercise.cells.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def objectives_of(exercise: Exercise) -> QuerySet[ExerciseObjective]:
    """Objectives of an exercise that the caller may read, with how many rows test each."""
    return exercise.objectives.annotate(rows=Count("injects"))


def objective_get(exercise: Exercise, pk: int) -> ExerciseObjective:
    """One objective of an exercise that the caller may read.

    Raises:
        NotFound: of another exercise, or absent.
    """
    found = exercise.objectives.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def participants_of(exercise: Exercise) -> QuerySet[Participant]:
    """People of an exercise that the caller may read: the staff first, then cell by cell."""
    return exercise.participants.select_related("cell", "user").order_by(
        "role", "cell__position", "cell_id", "name", "pk"
    )


def participant_get(exercise: Exercise, pk: int) -> Participant:
    """Someone of an exercise that the caller may read.

    Raises:
        NotFound: of another exercise, or absent.
    """
    found = participants_of(exercise).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def attachment_get(exercise: Exercise, pk: int) -> InjectAttachment:
    """A file of an exercise whose script the caller may read.

    Raises:
        NotFound: of another exercise, absent, or named without its file.
    """
    found = (
        InjectAttachment.objects.filter(inject__exercise=exercise, pk=pk, document__isnull=False)
        .select_related("document")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def design_place(perimeter: Perimeter, organisation_id: int) -> Organisation:
    """A place of the perimeter, at whatever depth: the caller checks the right to design."""
    return organisation_get_in(perimeter, organisation_id, depth=Depth.INDICATORS)
