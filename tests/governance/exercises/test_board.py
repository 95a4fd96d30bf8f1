"""What do the pages of the play say between two moments, and once it is over?"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hygie.governance.exercises.errors import WrongState
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.pages.board import board_context
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.selectors.seen import injects_seen
from hygie.governance.exercises.services.clock import (
    exercise_jump,
    exercise_pause,
    exercise_start,
    exercise_stop,
)
from hygie.governance.exercises.services.log import Written, log_add
from hygie.governance.exercises.services.play import Improvised, inject_improvise
from tests.governance.exercises.test_pages import alice
from tests.governance.exercises.test_play_pages import clients, running

__all__ = ["alice", "clients", "running"]
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


def test_nothing_is_to_come_once_it_is_over(seats: SimpleNamespace, ready: Exercise) -> None:
    exercise_start(seat=seats.staff, reason="essai")
    exercise_stop(seat=seats.staff, word="FIN")
    seats.staff.exercise.refresh_from_db()
    context = board_context(seats.staff, ("next",))
    assert [context[name] for name in ("todo", "coming", "coming_more", "waiting")] == [
        [], [], 0, [],
    ]  # fmt: skip


def test_a_line_kept_without_network_keeps_its_moment_and_comes_in_after_the_end(
    seats: SimpleNamespace, ready: Exercise
) -> None:
    start = timezone.now() - dt.timedelta(hours=1)
    exercise_start(seat=seats.staff, reason="essai", at=start)
    exercise_stop(seat=seats.staff, word="FIN", at=start + dt.timedelta(minutes=50))
    seen = start + dt.timedelta(minutes=20)
    for seat in (seats.it, seats.observer):
        said = Written("fact", f"Vu par {seat.name}")
        assert log_add(seat=seat, written=said, written_at=seen).at == seen
        with pytest.raises(WrongState):
            log_add(seat=seat, written=said)
        early = log_add(seat=seat, written=said, written_at=start - dt.timedelta(days=1))
        assert early.at == start


def test_the_log_takes_the_moment_that_the_device_tells(
    clients: SimpleNamespace, running: Exercise
) -> None:
    assert running.started_at is not None
    at = running.started_at + dt.timedelta(minutes=7)
    said = {"kind": "fact", "text": "Noté hors ligne", "seen_ms": str(int(at.timestamp() * 1000))}
    assert clients.it.post(reverse("exercises:log", args=[running.pk]), said).status_code == 302
    kept = running.log.get(text="Noté hors ligne")
    assert abs(kept.at - at) < dt.timedelta(seconds=1)


def test_the_questionnaire_is_offered_to_players_and_the_lessons_to_the_staff(
    clients: SimpleNamespace, running: Exercise, seats: SimpleNamespace
) -> None:
    exercise_stop(seat=seats.staff, word="FIN")
    survey = reverse("exercises:survey", args=[running.pk])
    lessons = reverse("exercises:debrief", args=[running.pk])
    pages = {
        name: getattr(clients, name)
        .get(reverse("exercises:play", args=[running.pk]), follow=True)
        .content.decode()
        for name in ("it", "guest", "observer", "alice")
    }
    assert {name for name, said in pages.items() if survey in said} == {"it", "guest"}
    assert {name for name, said in pages.items() if lessons in said} == {"alice"}


@pytest.mark.parametrize("state", ["draft", "ready", "running", "ended", "cancelled"])
def test_each_tab_of_an_exercise_opens(
    seats: SimpleNamespace, exercise: Exercise, alice: Client, state: str
) -> None:
    exercise.state = state
    exercise.started_at = timezone.now() if state in {"running", "ended"} else None
    exercise.save()
    tabs = tabs_of(exercise, "")
    assert len(tabs) == 7
    for url, _words, _is_current in tabs:
        assert alice.get(url).status_code == 200, url


def test_the_board_of_a_draft_leads_to_what_is_left_to_prepare(
    seats: SimpleNamespace, exercise: Exercise, alice: Client
) -> None:
    said = alice.get(reverse("exercises:board", args=[exercise.pk])).content.decode()
    assert reverse("exercises:exercise_prepare", args=[exercise.pk]) in said
    # Nobody is asked anything before it is ready: the service would refuse.
    assert 'value="ask"' not in said
