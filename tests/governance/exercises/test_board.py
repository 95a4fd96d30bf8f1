"""What does the board say in the seconds between a row that is due and its being played?"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.pages.board import board_context
from hygie.governance.exercises.selectors.seen import injects_seen
from hygie.governance.exercises.services.clock import exercise_jump, exercise_pause, exercise_start
from hygie.governance.exercises.services.play import Improvised, inject_improvise

pytestmark = pytest.mark.django_db


def keys(lines: list[object]) -> list[str]:
    titles = dict(Inject.objects.values_list("title", "key"))
    return [titles[line.seen.title] for line in lines]  # type: ignore[attr-defined]  # lines


def test_what_plays_itself_is_never_asked_of_a_facilitator(
    seats: SimpleNamespace, ready: Exercise
) -> None:
    exercise_start(seat=seats.staff, reason="essai", at=timezone.now() - dt.timedelta(minutes=1))
    exercise_pause(seat=seats.staff)
    exercise_jump(seat=seats.staff, to_s=1500)
    seats.staff.exercise.refresh_from_db()
    context = board_context(seats.staff, ("next",))
    assert context["todo"] == []
    assert keys(context["coming"])[:3] == ["brief", "screen", "choice"]
    # The page asks for the first of them at once.
    assert context["next_second"] == -900


def test_a_greeting_is_not_what_a_message_is_about(seats: SimpleNamespace, ready: Exercise) -> None:
    exercise_start(seat=seats.staff, reason="essai")
    for body in ("Bonjour,\n\nLe fichier circule.", "Bonsoir,", "Un, deux,\ntrois"):
        inject_improvise(seat=seats.staff, made_up=Improvised(body))
    subjects = {one.body: one.subject for one in injects_seen(seats.it)}
    assert subjects["Bonjour,\n\nLe fichier circule."] == "Le fichier circule."
    assert subjects["Bonsoir,"] == "Bonsoir,"
