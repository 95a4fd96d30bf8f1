"""What do the pages of the after-action review show?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hygie.engines.exercise.scoring import HIGHEST_MARK
from hygie.governance.exercises.bridge_debrief import maturity_known
from hygie.governance.exercises.catalogue_questions import (
    Question,
    maturity_parts,
    survey_questions,
)
from hygie.governance.exercises.choices import ExerciseState, ScoredBy, When
from hygie.governance.exercises.models import Exercise, ExerciseObjective
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.policies import may_design
from hygie.governance.exercises.retex import Retex, retex_of
from hygie.governance.exercises.retex_data import (
    maturity_data,
    objective_data,
    survey_data,
    timeline_data,
)
from hygie.governance.exercises.retex_texts import answer_of, texts_of
from hygie.governance.exercises.selectors.debrief import lessons_of, marks_told
from hygie.governance.exercises.services.debrief import LISTENING
from hygie.governance.exercises.services.maturity import OPEN_WHILE
from hygie.territory.perimeter import Perimeter

MARKS = range(HIGHEST_MARK + 1)
_OVER = (ExerciseState.ENDED, ExerciseState.CLOSED)


@dataclass(frozen=True, slots=True)
class MarkRow:
    """An objective and the marks that its staff and its cells gave; None = none."""

    objective: ExerciseObjective
    data: Mapping[str, Any]
    official: int | None
    teams: tuple[tuple[int, str, int | None], ...]


def around(exercise: Exercise) -> dict[str, Any]:
    """What every page of the review needs."""
    is_begun = exercise.started_at is not None
    pages = []
    if is_begun:
        pages.append(
            (reverse("exercises:debrief", args=[exercise.pk]), _("Constats et notes"), "debrief")
        )
    if exercise.state in _OVER:
        pages.append((reverse("exercises:report", args=[exercise.pk]), _("Rapport"), "report"))
    pages.append(
        (
            reverse("exercises:maturity", args=[exercise.pk, When.AFTER]),
            _("Maturité de crise"),
            "maturity",
        )
    )
    return {
        "exercise": exercise,
        "place": exercise.organisation,
        "tabs": tabs_of(exercise, "exercises:debrief" if is_begun else "exercises:maturity"),
        "review_pages": pages if is_begun else [],
        "is_open": exercise.state == ExerciseState.ENDED,
        "is_listening": exercise.state in LISTENING,
        "is_over": exercise.state in _OVER,
    }


def debrief_context(exercise: Exercise) -> dict[str, Any]:
    """Lessons and marks; about twenty-five queries."""
    retex = retex_of(exercise)
    return around(exercise) | {
        "answer": answer_of(retex) if exercise.state in _OVER else _("L'exercice se joue encore."),
        "lessons": list(retex.lessons),
        "marks": _mark_rows(exercise, retex),
        "mark_values": MARKS,
        "cells": list(exercise.cells.all()),
    }


def lessons_context(exercise: Exercise) -> dict[str, Any]:
    """The live list alone; two queries."""
    return around(exercise) | {"lessons": list(lessons_of(exercise))}


def _mark_rows(exercise: Exercise, retex: Retex) -> list[MarkRow]:
    official: dict[int, int] = {}
    teams: dict[tuple[int, int | None], int] = {}
    given = marks_told(exercise).exclude(by=ScoredBy.SELF)
    for objective_id, by, cell_id, value in given.values_list(
        "objective_id", "by", "cell_id", "value"
    ):
        if by == ScoredBy.OFFICIAL:
            official[objective_id] = value
        else:
            teams[objective_id, cell_id] = value
    cells = list(exercise.cells.all())
    return [
        MarkRow(
            row,
            objective_data(line),
            official.get(row.pk),
            tuple((cell.pk, cell.name, teams.get((row.pk, cell.pk))) for cell in cells),
        )
        for row, line in zip(exercise.objectives.all(), retex.objectives, strict=True)
    ]


def report_context(perimeter: Perimeter, exercise: Exercise) -> dict[str, Any]:
    """The report on the page: texts, scores, time line, questionnaires, doors to it."""
    retex = retex_of(exercise)
    place = exercise.organisation
    writes = place is not None and may_design(perimeter, place)
    found = around(exercise) | {
        "answer": answer_of(retex),
        "texts": texts_of(retex),
        "objectives": [objective_data(one) for one in retex.objectives],
        "timeline": timeline_data(retex),
        "survey": survey_data(retex),
        "maturity": maturity_data(retex.maturity),
        "gaps": retex.gaps,
        "strengths": retex.strengths,
        "orphans": len(retex.orphans),
        "writes": writes,
        "links": list(exercise.report_links.all()) if writes else [],
        "now": timezone.now(),
    }
    if not writes:
        # Whoever only reads has no other page of the review.
        found |= {"tabs": [], "review_pages": []}
    return found


def maturity_context(exercise: Exercise, when: str) -> dict[str, Any]:
    """The self-assessment of one moment, its questions and what was answered; three queries."""
    language = page_language()
    said = dict(exercise.maturity_answers.filter(when=when).values_list("item", "value"))
    parts = [
        (
            part,
            [
                (item, list(enumerate(item.answers)), said.get(item.key, -1))
                for item in part.items
            ],
        )
        for part in maturity_parts(language)
    ]  # fmt: skip
    return around(exercise) | {
        "parts": parts,
        "when": when,
        "when_words": When(when).label,
        "moments": [
            (reverse("exercises:maturity", args=[exercise.pk, one.value]), one.label, one == when)
            for one in When
        ],
        "may_answer": exercise.state in OPEN_WHILE[When(when)],
        "rows": maturity_data(maturity_known(exercise)),
    }


def survey_context(exercise: Exercise) -> dict[str, Any]:
    """The questionnaire of a player; one query."""
    return {
        "exercise": exercise,
        "questions": survey_questions(page_language()),
        "scale": range(1, 6),
        "objectives": list(exercise.objectives.all()),
        "marks": MARKS,
    }


def questions_by_key() -> Mapping[str, Question]:
    """Questions of the questionnaire by their key."""
    return {one.key: one for one in survey_questions(page_language())}


def page_language() -> str:
    """Language of the page among those of the catalogue."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"
