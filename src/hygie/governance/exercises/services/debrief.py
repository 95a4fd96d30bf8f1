"""How are strengths and gaps kept, shared with the region, and made into dated actions?"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotFound
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, LessonKind
from hygie.governance.exercises.errors import (
    ActionIncomplete,
    ActionMade,
    LessonMissing,
    LessonNamesPlace,
    NotInThisExercise,
    ValueRefused,
    WrongState,
)
from hygie.governance.exercises.models import Cell, Exercise, ExerciseObjective, Lesson
from hygie.governance.exercises.services.script import designer_check
from hygie.governance.exercises.services.told import exercise_told
from hygie.progress.choices import ActionPriority
from hygie.progress.models import Action
from hygie.progress.services.actions import action_add
from hygie.territory.people.selectors import person_get_in
from hygie.territory.perimeter import Perimeter

# From the first minute of the play on, the staff notes what it sees.
LISTENING = (ExerciseState.RUNNING, ExerciseState.PAUSED, ExerciseState.ENDED)
OVER = (ExerciseState.ENDED, ExerciseState.CLOSED)
ORIGIN = "governance/exercises"
# What is said on the day itself is the hot debrief.
_HOT = dt.timedelta(hours=24)
_SHORTEST_NAME = 4


def debrief_check(
    perimeter: Perimeter, exercise: Exercise, states: tuple[str, ...] = (ExerciseState.ENDED,)
) -> Exercise:
    """The exercise, held until the end of the transaction, in one of these states.

    Raises:
        NotAllowed: the perimeter does not prepare it. WrongState: it is elsewhere.
    """
    designer_check(perimeter, exercise)
    held = (
        Exercise.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=exercise.pk)
    )
    if held.kind != ExerciseKind.RUN:
        raise WrongState(state=held.get_kind_display())
    if held.state not in states:
        raise WrongState(state=held.get_state_display())
    return held


@transaction.atomic
def lesson_add(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    kind: str,
    text: str,
    cell_id: int | None = None,
    objective_id: int | None = None,
    requirement: str = "",
) -> Lesson:
    """Keep a strength or a gap, from the first minute of the play until the closing.

    Args:
        kind: strength or gap.
        cell_id, objective_id: what it is about; None = the whole.
        requirement: URN that it bears on; "" = the objective's.

    Raises:
        NotAllowed, WrongState. LessonMissing: says nothing. NotInThisExercise: of another one.
    """
    held = debrief_check(perimeter, exercise, LISTENING)
    made = Lesson(exercise=held)
    _lesson_put(made, kind, text, cell_id, objective_id, requirement)
    made.is_hot = held.ended_at is None or timezone.now() - held.ended_at <= _HOT
    made.save()
    exercise_told(perimeter, "exercise_lesson.added", held, kind=made.get_kind_display())
    return made


@transaction.atomic
def lesson_edit(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    lesson_id: int,
    kind: str,
    text: str,
    cell_id: int | None = None,
    objective_id: int | None = None,
    requirement: str = "",
) -> Lesson:
    """Say a lesson better; what the region reads is checked again.

    Raises:
        As `lesson_add`. LessonNamesPlace: it is shared and now names someone.
    """
    held = debrief_check(perimeter, exercise, LISTENING)
    found = _lesson(held, lesson_id)
    _lesson_put(found, kind, text, cell_id, objective_id, requirement)
    if found.is_shared:
        _nameless_check(held, found)
    found.save()
    exercise_told(perimeter, "exercise_lesson.edited", held, kind=found.get_kind_display())
    return found


@transaction.atomic
def lesson_remove(*, perimeter: Perimeter, exercise: Exercise, lesson_id: int) -> None:
    """Take a lesson back; its action, if any, stays a promise.

    Raises:
        NotAllowed, NotFound, WrongState.
    """
    held = debrief_check(perimeter, exercise, LISTENING)
    found = _lesson(held, lesson_id)
    kind = found.get_kind_display()
    found.delete()
    exercise_told(perimeter, "exercise_lesson.removed", held, kind=kind)


@transaction.atomic
def lesson_share(
    *, perimeter: Perimeter, exercise: Exercise, lesson_id: int, is_shared: bool
) -> Lesson:
    """Let the region read a lesson, without the establishment's name, or no longer.

    Raises:
        NotAllowed, NotFound, WrongState. LessonNamesPlace: the text names the structure, one of
        its people, or something of its own.
    """
    held = debrief_check(perimeter, exercise, OVER)
    found = _lesson(held, lesson_id)
    if is_shared:
        _nameless_check(held, found)
    if found.is_shared != is_shared:
        found.is_shared = is_shared
        found.save(update_fields=["is_shared"])
        verb = "shared" if is_shared else "unshared"
        exercise_told(perimeter, f"exercise_lesson.{verb}", held)
    return found


@transaction.atomic
def lesson_act(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    lesson_id: int,
    title: str,
    due_on: dt.date | None,
    owner_id: int | None = None,
    owner_label: str = "",
    priority: int = ActionPriority.NORMAL,
) -> Action:
    """Promise what closes a gap: who, and for which day.

    Args:
        owner_id: an account that the perimeter knows of. owner_label: else, a function.

    Raises:
        NotAllowed, NotFound, WrongState. ActionIncomplete: no title, owner or day.
        ActionMade: it has one already.
    """
    held = debrief_check(perimeter, exercise, OVER)
    found = _lesson(held, lesson_id)
    if found.action_id is not None:
        raise ActionMade
    owner = person_get_in(perimeter, owner_id) if owner_id is not None else None
    if not title.strip() or due_on is None or not (owner or owner_label.strip()):
        raise ActionIncomplete
    if held.organisation_id is None:
        raise NotFound
    action = action_add(
        perimeter=perimeter,
        organisation_id=held.organisation_id,
        title=title.strip()[:250],
        description=found.text,
        owner_id=owner.pk if owner else None,
        owner_label=owner_label.strip()[:120],
        due_on=due_on,
        priority=priority,
        origin=ORIGIN,
        origin_ref=f"exercise:{held.pk}:lesson:{found.pk}",
        requirement_urn=_requirement(found),
    )
    found.action = action
    found.save(update_fields=["action"])
    return action


def _requirement(lesson: Lesson) -> str:
    if lesson.requirement:
        return lesson.requirement
    return lesson.objective.requirement if lesson.objective else ""


def _lesson(exercise: Exercise, pk: int) -> Lesson:
    found = exercise.lessons.select_related("objective", "cell").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _lesson_put(
    lesson: Lesson,
    kind: str,
    text: str,
    cell_id: int | None,
    objective_id: int | None,
    requirement: str,
) -> None:
    if kind not in LessonKind.values:
        raise ValueRefused(field=Lesson._meta.get_field("kind").verbose_name, value=kind)
    if not text.strip():
        raise LessonMissing
    lesson.kind, lesson.text, lesson.requirement = kind, text.strip(), requirement
    lesson.cell = lesson.objective = None
    if cell_id is not None:
        lesson.cell = Cell.objects.filter(exercise=lesson.exercise, pk=cell_id).first()
    if objective_id is not None:
        rows = ExerciseObjective.objects.filter(exercise=lesson.exercise)
        lesson.objective = rows.filter(pk=objective_id).first()
    if (cell_id and lesson.cell is None) or (objective_id and lesson.objective is None):
        raise NotInThisExercise


def _nameless_check(exercise: Exercise, lesson: Lesson) -> None:
    """Nothing of the text is the name of the structure, of its own things, or of a participant."""
    place = exercise.organisation
    names = [place.name, place.code] if place else []
    names += [site.organisation.name for site in exercise.sites.select_related("organisation")]
    names += [str(value) for value in exercise.variables.values()]
    names += list(exercise.participants.values_list("name", flat=True))
    told = lesson.text.casefold()
    for name in names:
        if len(name.strip()) >= _SHORTEST_NAME and name.strip().casefold() in told:
            raise LessonNamesPlace(name=name)
