"""What has been done and written in an exercise while it was played?

Whole reads for the staff and for what computes: what a participant sees is `seen.py`.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from hygie.governance.exercises.choices import ExerciseState, Presence, Role
from hygie.governance.exercises.models import (
    ClockMark,
    Exercise,
    Inject,
    LogEntry,
    Observation,
    Participant,
    Reaction,
)


def exercises_running() -> list[Exercise]:
    """Exercises whose time goes on."""
    return list(Exercise.objects.filter(state=ExerciseState.RUNNING).order_by("pk"))


def clock_marks(exercise: Exercise) -> list[ClockMark]:
    """What was done to time, in order."""
    return list(exercise.clock_marks.order_by("at", "pk").select_related("by"))


def injects_played_or_not(exercise: Exercise) -> list[Inject]:
    """Rows of the timeline with what the play needs of them; two queries, a third for files."""
    rows = exercise.injects.select_related("objective").prefetch_related("cells", "attachments")
    return list(rows.order_by("offset_s", "pk"))


def reactions_of(exercise: Exercise) -> QuerySet[Reaction]:
    """What players did, in order."""
    return (
        Reaction.objects.filter(inject__exercise=exercise)
        .select_related("participant", "cell", "inject")
        .order_by("at", "pk")
    )


def observations_of(exercise: Exercise) -> QuerySet[Observation]:
    """What observers marked, in order; the last one of an observer on a row counts."""
    return (
        Observation.objects.filter(inject__exercise=exercise)
        .select_related("observer", "cell", "inject")
        .order_by("at", "pk")
    )


def log_of(exercise: Exercise) -> QuerySet[LogEntry]:
    """The whole crisis log, in order."""
    return exercise.log.select_related("cell", "author", "corrects").order_by("at", "pk")


def participants_awaited(exercise: Exercise) -> list[Participant]:
    """Those whom the check of communications still waits for: players and observers."""
    rows = exercise.participants.exclude(role=Role.FACILITATOR).exclude(presence=Presence.HEARD)
    return list(rows.select_related("cell").order_by("cell__position", "name", "pk"))


def people_of(exercise: Exercise) -> list[Participant]:
    """Everybody of the exercise, cell by cell, the staff first."""
    rows = exercise.participants.select_related("cell", "user")
    order = {Role.FACILITATOR: 0, Role.OBSERVER: 2, Role.PLAYER: 1}
    return sorted(
        rows,
        key=lambda one: (
            order[Role(one.role)], one.cell.position if one.cell else -1, one.name, one.pk,
        ),
    )  # fmt: skip


def cells_named(rows: Iterable[Inject]) -> dict[int, list[int]]:
    """Cells that each row goes to, by its id; empty = all of them. Reads what was prefetched."""
    return {row.pk: [cell.pk for cell in row.cells.all()] for row in rows}
