"""How are cells, objectives and variables of a script decided? One journal line each."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from hygie.foundation.errors import NotFound
from hygie.governance.exercises.choices import CellKind
from hygie.governance.exercises.errors import CellInUse, TitleMissing, ValueRefused
from hygie.governance.exercises.models import Cell, Exercise, ExerciseObjective
from hygie.governance.exercises.selectors.plans import plan_names
from hygie.governance.exercises.selectors.requirements import requirement_names
from hygie.governance.exercises.services.script import (
    changed_fields,
    fresh_key,
    script_check,
    script_told,
    texts_check,
)
from hygie.territory.perimeter import Perimeter

_LONGEST_VALUE = 500


@transaction.atomic
def cell_add(*, perimeter: Perimeter, exercise: Exercise, kind: str, name: str) -> Cell:
    """Add a group of players.

    Raises:
        NotAllowed, ScriptClosed, TitleMissing, ValueRefused, TextTooLong.
    """
    held = script_check(perimeter, exercise)
    _cell_check(kind, name)
    taken = list(held.cells.values_list("key", flat=True))
    key = kind if kind not in taken else fresh_key(taken, f"{kind}-")
    cell = Cell.objects.create(
        exercise=held, key=key, kind=kind, name=name.strip(), position=len(taken)
    )
    script_told(perimeter, held, "exercise_cell.added", value=cell.name)
    return cell


@transaction.atomic
def cell_edit(
    *, perimeter: Perimeter, exercise: Exercise, cell_id: int, kind: str, name: str
) -> Cell:
    """Rename a cell, or say better what it stands for.

    Raises:
        NotAllowed, ScriptClosed, NotFound, TitleMissing, ValueRefused, TextTooLong.
    """
    held = script_check(perimeter, exercise)
    cell = _cell(held, cell_id)
    _cell_check(kind, name)
    if changed_fields(cell, {"kind": kind, "name": name.strip()}):
        cell.save(update_fields=["kind", "name"])
        script_told(perimeter, held, "exercise_cell.edited", value=cell.name)
    return cell


@transaction.atomic
def cell_remove(*, perimeter: Perimeter, exercise: Exercise, cell_id: int) -> None:
    """Take a cell away; rows that others receive too go on without it.

    Raises:
        NotAllowed, ScriptClosed, NotFound. CellInUse: some rows reach it alone; without any cell
        they would reach everyone.
    """
    held = script_check(perimeter, exercise)
    cell = _cell(held, cell_id)
    alone = held.injects.annotate(size=Count("cells")).filter(size=1, cells=cell).count()
    if alone:
        raise CellInUse(name=cell.name, count=alone)
    name = cell.name
    cell.delete()
    script_told(perimeter, held, "exercise_cell.removed", value=name)


@transaction.atomic
def objective_add(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    title: str,
    requirement: str = "",
    competence: str = "",
    plan: str = "",
) -> ExerciseObjective:
    """Add something to prove.

    Args:
        requirement: URN of the requirement that it proves; "" = none.
        plan: code of the kind of plan that it puts to the test; "" = none.

    Raises:
        NotAllowed, ScriptClosed, TitleMissing, ValueRefused, TextTooLong.
    """
    held = script_check(perimeter, exercise)
    values = _objective_values(title, requirement, competence, plan)
    taken = list(held.objectives.values_list("key", flat=True))
    made = ExerciseObjective.objects.create(
        exercise=held, key=fresh_key(taken, "o"), position=len(taken), **values
    )
    script_told(perimeter, held, "exercise_objective.added", value=made.title)
    return made


@transaction.atomic
def objective_edit(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    objective_id: int,
    title: str,
    requirement: str = "",
    competence: str = "",
    plan: str = "",
) -> ExerciseObjective:
    """Change what is to prove.

    Raises:
        NotAllowed, ScriptClosed, NotFound, TitleMissing, ValueRefused, TextTooLong.
    """
    held = script_check(perimeter, exercise)
    found = _objective(held, objective_id)
    if changed_fields(found, _objective_values(title, requirement, competence, plan)):
        found.save(update_fields=["title", "requirement", "competence", "plan"])
        script_told(perimeter, held, "exercise_objective.edited", value=found.title)
    return found


@transaction.atomic
def objective_remove(*, perimeter: Perimeter, exercise: Exercise, objective_id: int) -> None:
    """Take an objective away: rows that tested it test none.

    Raises:
        NotAllowed, ScriptClosed, NotFound.
    """
    held = script_check(perimeter, exercise)
    found = _objective(held, objective_id)
    title = found.title
    found.delete()
    script_told(perimeter, held, "exercise_objective.removed", value=title)


@transaction.atomic
def variables_set(
    *, perimeter: Perimeter, exercise: Exercise, variables: Mapping[str, str]
) -> Exercise:
    """Say what the words of the script stand for here; an empty value waits for one.

    Raises:
        NotAllowed, ScriptClosed. ValueRefused: a name or a value that no text can use.
    """
    held = script_check(perimeter, exercise)
    kept = {name.strip(): value.strip() for name, value in variables.items() if name.strip()}
    for name, value in kept.items():
        if not name.replace("-", "_").isidentifier() or "{{" in value:
            raise ValueRefused(field=_("variable"), value=name)
        if len(name) > 60 or len(value) > _LONGEST_VALUE:
            raise ValueRefused(field=name, value=value[:40])
    if kept != held.variables:
        held.variables = kept
        held.save(update_fields=["variables"])
        script_told(perimeter, held, "exercise.variables_set", fields=sorted(kept))
    return held


def _cell_check(kind: str, name: str) -> None:
    if not name.strip():
        raise TitleMissing
    if kind not in CellKind.values:
        raise ValueRefused(field=_("nature"), value=kind)
    texts_check(Cell, {"name": name})


def _objective_values(title: str, requirement: str, competence: str, plan: str) -> dict[str, Any]:
    values = {
        "title": title.strip(), "requirement": requirement.strip(),
        "competence": competence.strip(), "plan": plan.strip(),
    }  # fmt: skip
    if not values["title"]:
        raise TitleMissing
    texts_check(ExerciseObjective, values)
    if values["requirement"] and not requirement_names([values["requirement"]]):
        raise ValueRefused(field=_("exigence"), value=requirement)
    if values["plan"] and not plan_names([values["plan"]]):
        raise ValueRefused(field=_("plan"), value=plan)
    return values


def _cell(exercise: Exercise, pk: int) -> Cell:
    found = exercise.cells.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _objective(exercise: Exercise, pk: int) -> ExerciseObjective:
    found = exercise.objectives.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
