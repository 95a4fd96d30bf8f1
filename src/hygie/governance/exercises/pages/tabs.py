"""Between which pages of an exercise does one move?"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import ExerciseKind, When
from hygie.governance.exercises.models import Exercise


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of an exercise.

    Attributes:
        view: name of its address, which takes the id of the exercise.
        label: its words.
        is_shown: whether this exercise has it.
        named: what its address names besides the exercise.
    """

    view: str
    label: Promise
    is_shown: Callable[[Exercise], bool] = lambda exercise: True
    named: tuple[str, ...] = ()


def _is_run(exercise: Exercise) -> bool:
    return exercise.kind == ExerciseKind.RUN


def _is_begun(exercise: Exercise) -> bool:
    return _is_run(exercise) and exercise.started_at is not None


def _is_to_come(exercise: Exercise) -> bool:
    return _is_run(exercise) and exercise.started_at is None


TABS = (
    Tab("exercises:exercise_prepare", _("Chronogramme")),
    Tab("exercises:objective_list", _("Objectifs")),
    Tab("exercises:cell_list", _("Cellules et personnes")),
    Tab("exercises:variable_list", _("Variables")),
    Tab("exercises:exercise_settings", _("Réglages")),
    Tab("exercises:board", _("Conduite"), _is_run),
    Tab("exercises:maturity", _("Maturité de crise"), _is_to_come, (When.BEFORE.value,)),
    Tab("exercises:debrief", _("Retour d'expérience"), _is_begun),
)


def tabs_of(exercise: Exercise, current: str) -> list[tuple[str, str, bool]]:
    """Address, words and whether it is the current one, for whoever prepares the exercise."""
    found = []
    for tab in TABS:
        if not tab.is_shown(exercise):
            continue
        try:
            url = reverse(tab.view, args=[exercise.pk, *tab.named])
        except NoReverseMatch:
            continue
        found.append((url, str(tab.label), tab.view == current))
    return found
