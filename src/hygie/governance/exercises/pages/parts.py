"""What do the pages of objectives, variables, cells and people say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.exercise.variables import names_used
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.choices import ExerciseKind, Role
from hygie.governance.exercises.models import Cell, Exercise, ExerciseObjective, Participant
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.selectors.exercises import (
    cells_of,
    objectives_of,
    participants_of,
)
from hygie.governance.exercises.selectors.plans import plan_names, plans_held
from hygie.governance.exercises.selectors.requirements import requirement_names
from hygie.governance.exercises.services.script import script_is_open
from hygie.progress.models import Evidence
from hygie.territory.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective and what it is tied to.

    Attributes:
        requirement, plan: in words; "" = none.
        held: the document of that kind in force at the structure, if the reader may read it.
    """

    objective: ExerciseObjective
    requirement: str
    plan: str
    held: Evidence | None


def objectives_context(perimeter: Perimeter, exercise: Exercise) -> dict[str, Any]:
    """Objectives with the requirement and the plan that each is tied to; five queries."""
    rows = list(objectives_of(exercise))
    names = requirement_names(one.requirement for one in rows)
    plans = plan_names(one.plan for one in rows)
    held = plans_held(perimeter, exercise.organisation) if exercise.organisation and plans else {}
    proving = sum(bool(one.requirement) for one in rows)
    answer = _("Aucun objectif : l'exercice ne prouvera rien.")
    if rows:
        answer = ngettext(
            "%(count)d objectif, dont %(proving)d qui prouve une exigence du programme.",
            "%(count)d objectifs, dont %(proving)d qui prouvent une exigence du programme.",
            len(rows),
        ) % {"count": len(rows), "proving": proving}
    return _around(exercise, "exercises:objective_list") | {
        "objectives": [
            ObjectiveRow(
                one,
                names.get(one.requirement, one.requirement),
                plans.get(one.plan, one.plan),
                held.get(one.plan),
            )
            for one in rows
        ],
        "is_run": exercise.kind == ExerciseKind.RUN,
        "answer": answer,
    }


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the script that each establishment replaces by its own."""

    name: str
    label: str
    value: str
    is_used: bool


def variables_context(exercise: Exercise, labels: Mapping[str, str]) -> dict[str, Any]:
    """Words that the script uses, and those that have a value; five queries."""
    used = names_used(scenario_of(exercise).injects)
    names = sorted(used | set(exercise.variables))
    words = [
        Word(name, labels.get(name, ""), exercise.variables.get(name, ""), name in used)
        for name in names
    ]
    missing = sum(not word.value for word in words if word.is_used)
    answer = _("Tous les mots du scénario ont leur valeur.")
    if missing:
        answer = ngettext(
            "%(count)d mot du scénario attend encore sa valeur.",
            "%(count)d mots du scénario attendent encore leur valeur.",
            missing,
        ) % {"count": missing}
    return _around(exercise, "exercises:variable_list") | {"words": words, "answer": answer}


@dataclass(frozen=True, slots=True)
class Seats:
    """A cell and whoever sits there."""

    cell: Cell
    people: Sequence[Participant]


def cells_context(exercise: Exercise) -> dict[str, Any]:
    """Cells with their people, and the staff; three queries."""
    people = list(participants_of(exercise))
    cells = [
        Seats(cell, [one for one in people if one.cell_id == cell.pk])
        for cell in cells_of(exercise)
    ]
    players = [one for one in people if one.role == Role.PLAYER]
    empty = [
        seats.cell.name for seats in cells if not any(p.role == Role.PLAYER for p in seats.people)
    ]
    answer = ngettext("%(count)d personne joue.", "%(count)d personnes jouent.", len(players)) % {
        "count": len(players)
    }
    if empty and exercise.kind == ExerciseKind.RUN:
        answer += " " + _("Sans personne : %(cells)s.") % {"cells": ", ".join(empty)}
    return _around(exercise, "exercises:cell_list") | {
        "cells": cells,
        "staff": [one for one in people if one.cell_id is None],
        "answer": answer if exercise.kind == ExerciseKind.RUN else "",
        "is_run": exercise.kind == ExerciseKind.RUN,
    }


def _around(exercise: Exercise, current: str) -> dict[str, Any]:
    return {
        "exercise": exercise,
        "place": exercise.organisation,
        "tabs": tabs_of(exercise, current),
        "is_open": script_is_open(exercise),
    }
