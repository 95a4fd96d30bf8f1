"""What do the list, the card of an exercise and the page of a model say first?"""

import datetime as dt
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.errors import NotFound
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.selectors.exercises import (
    exercises_below,
    injects_of,
    script_ids_in,
)
from hygie.governance.exercises.selectors.library import kind_of_model
from hygie.governance.exercises.selectors.plans import plan_names
from hygie.governance.exercises.selectors.requirements import requirement_names
from hygie.governance.exercises.selectors.seats import seat_in
from hygie.governance.exercises.tables import origin_words
from hygie.governance.exercises.times import moment_written
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_COMING = (ExerciseState.DRAFT, ExerciseState.READY, ExerciseState.RUNNING, ExerciseState.PAUSED)
_PLAYED = (ExerciseState.ENDED, ExerciseState.CLOSED)
_YEAR = dt.timedelta(days=365)


def list_context(perimeter: Perimeter, place: Organisation, now: dt.datetime) -> dict[str, Any]:
    """The sentence that answers the page: is the yearly exercise done, and which one is next?"""
    rows = exercises_below(perimeter, place)
    coming = (
        rows.filter(state__in=_COMING, planned_at__gte=now - dt.timedelta(days=1))
        .order_by("planned_at")
        .first()
    )
    played = rows.filter(state__in=_PLAYED, started_at__gte=now - _YEAR).count()
    return {"place": place, "answer": _answer(coming, played), "coming": coming}


def _answer(coming: Exercise | None, played: int) -> str:
    said = (
        ngettext(
            "%(count)d exercice joué depuis un an.", "%(count)d exercices joués depuis un an.",
            played,
        )
        % {"count": played}
        if played
        else _("Aucun exercice joué depuis un an : il en faut un chaque année.")
    )  # fmt: skip
    if coming is None or coming.planned_at is None:
        return said
    day = date_format(localtime(coming.planned_at), "DATE_FORMAT")
    return f"{said} " + _("Le prochain : « %(title)s », le %(day)s.") % {
        "title": coming.title, "day": day,
    }  # fmt: skip


def card_context(perimeter: Perimeter, exercise: Exercise) -> dict[str, Any]:
    """One exercise for whoever sees it: nothing of its script."""
    designs = bool(script_ids_in(perimeter, [exercise]))
    return {
        "exercise": exercise,
        "place": exercise.organisation,
        "sites": [site.organisation for site in exercise.sites.select_related("organisation")],
        "duration": moment_written(exercise.duration_s),
        "designs": designs,
        "doors": tabs_of(exercise, "") if designs else [],
        "play_url": _address("exercises:play", exercise.pk) if _sits(perimeter, exercise) else "",
    }


def model_context(perimeter: Perimeter, place: Organisation, model: Exercise) -> dict[str, Any]:
    """What a model holds, before it is taken up."""
    scenario = scenario_of(model)
    names = requirement_names(one.requirement for one in scenario.objectives)
    plans = plan_names(one.plan for one in scenario.objectives)
    return {
        "place": place,
        "model": model,
        "scenario": scenario,
        "duration": moment_written(model.duration_s),
        "origin": origin_words(model),
        "kind": kind_of_model(model),
        "objectives": [
            (one, " · ".join(filter(None, (names.get(one.requirement, ""), plans.get(one.plan)))))
            for one in scenario.objectives
        ],
        "rows": [
            (moment_written(row.offset_s), row, [cell.name for cell in row.cells.all()])
            for row in injects_of(model)
        ],
        "is_mine": bool(script_ids_in(perimeter, [model])),
    }


def _sits(perimeter: Perimeter, exercise: Exercise) -> bool:
    """Whether the reader has a place in the play."""
    try:
        seat_in(perimeter, exercise.pk)
    except NotFound:
        return False
    return True


def _address(view: str, pk: int) -> str:
    try:
        return reverse(view, args=[pk])
    except NoReverseMatch:
        return ""
