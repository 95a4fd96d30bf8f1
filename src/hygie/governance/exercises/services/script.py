"""When is a script open to change, and what does a change to it entail?"""

from collections.abc import Iterable, Mapping, Sequence

from hygie.engines.exercise.checks import Finding, findings_of, is_playable
from hygie.engines.exercise.types import ScenarioRecord
from hygie.foundation.errors import NotAllowed
from hygie.governance.exercises.bridge import rows_write, scenario_of
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState
from hygie.governance.exercises.errors import ScriptClosed, TextTooLong
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_design
from hygie.governance.exercises.services.told import exercise_told
from hygie.territory.perimeter import Perimeter

OPEN = (ExerciseState.DRAFT, ExerciseState.READY)


def script_is_open(exercise: Exercise) -> bool:
    """Whether its script may still be changed; a model's always."""
    return exercise.kind == ExerciseKind.TEMPLATE or exercise.state in OPEN


def designer_check(perimeter: Perimeter, exercise: Exercise) -> None:
    """Whether this perimeter prepares this exercise.

    Args:
        exercise: read inside the perimeter by `script_get_in`.

    Raises:
        NotAllowed: a model of the platform, or a structure where one prepares nothing.
    """
    if exercise.organisation is None or not may_design(perimeter, exercise.organisation):
        raise NotAllowed


def script_check(perimeter: Perimeter, exercise: Exercise) -> Exercise:
    """The exercise, held until the end of the transaction, its script open to this perimeter.

    Raises:
        NotAllowed: as `designer_check`. ScriptClosed: it is being played, or was.
    """
    designer_check(perimeter, exercise)
    held = (
        Exercise.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=exercise.pk)
    )
    if not script_is_open(held):
        raise ScriptClosed(state=held.get_state_display())
    return held


def exercise_findings(exercise: Exercise) -> list[Finding]:
    """All that is to mend before it is played, the blocking ones first; five queries."""
    return findings_of(scenario_of(exercise))


def script_settled(exercise: Exercise) -> Exercise:
    """After a change: an exercise declared ready that can no longer be played is a draft again."""
    if exercise.state == ExerciseState.READY and not is_playable(exercise_findings(exercise)):
        exercise.state = ExerciseState.DRAFT
    exercise.save(update_fields=["state", "updated_at"])
    return exercise


def script_put(exercise: Exercise, scenario: ScenarioRecord) -> None:
    """Put a script in place of what the exercise holds; part of a decision that journals it.

    Title, day, people and files stay; the people of a cell that keeps its key stay in it.
    """
    seats = {
        one.pk: one.cell.key
        for one in exercise.participants.filter(cell__isnull=False).select_related("cell")
        if one.cell is not None
    }
    exercise.injects.all().delete()
    exercise.objectives.all().delete()
    exercise.cells.all().delete()
    rows_write(exercise, scenario)
    kept = {cell.key: cell for cell in exercise.cells.all()}
    for one in exercise.participants.filter(pk__in=seats):
        one.cell = kept.get(seats[one.pk])
        one.save(update_fields=["cell"])


def fresh_key(taken: Iterable[str], prefix: str) -> str:
    """A key that nothing of the exercise bears yet: prefix and number."""
    known = set(taken)
    number = len(known) + 1
    while f"{prefix}{number}" in known:
        number += 1
    return f"{prefix}{number}"


def texts_check(model: type, values: Mapping[str, object]) -> None:
    """Whether each text fits its field.

    Raises:
        TextTooLong: says which and how many letters it keeps.
    """
    for name, value in values.items():
        field = model._meta.get_field(name)  # type: ignore[attr-defined]  # a model class
        limit = getattr(field, "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            raise TextTooLong(field=field.verbose_name, limit=limit)


def changed_fields(row: object, values: Mapping[str, object]) -> Sequence[str]:
    """Put the values on the row; names of those that differ from what it held."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def script_told(perimeter: Perimeter, exercise: Exercise, action: str, **detail: object) -> None:
    """Settle the exercise after a change of its script, and tell the journal."""
    script_settled(exercise)
    exercise_told(perimeter, action, exercise, **detail)
