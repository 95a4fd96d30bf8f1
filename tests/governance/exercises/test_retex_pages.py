"""Pages of the after-action review, by the four characters, players and people without account."""

import datetime as dt
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hygie.governance.exercises.catalogue_questions import survey_questions
from hygie.governance.exercises.choices import ExerciseState, LessonKind
from hygie.governance.exercises.models import (
    Exercise,
    Lesson,
    ObjectiveScore,
    Participant,
    ReportLink,
    SurveyAnswer,
)
from hygie.governance.exercises.services.debrief import lesson_add
from hygie.governance.exercises.services.people import guest_link_issue
from hygie.progress.models import Action
from hygie.territory.people.models import User
from tests.governance.exercises.played import play

SignedIn = Callable[[User], Client]
FILES = ("rapport.pdf", "rapport.docx", "direction.pdf", "direction.docx")


@pytest.fixture
def ended(exercise: Exercise) -> Exercise:
    """The small exercise, played two days ago by nine people."""
    return play(exercise, players=9)


def _url(name: str, exercise: Exercise, *more: object) -> str:
    return reverse(f"exercises:{name}", args=[exercise.pk, *more])


def test_who_reads_what_of_the_review(
    ended: Exercise, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    pages = [_url("debrief", ended), _url("report", ended), _url("lesson_list", ended),
             _url("maturity", ended, "after"), _url("report_file", ended, "rapport.pdf"),
             _url("report_json", ended)]  # fmt: skip
    for name, status in (
        ("alice", 200), ("bob", 200), ("charlie", 404), ("diane", 404), ("remi", 404), ("ada", 404)
    ):  # fmt: skip
        client = signed_in(getattr(characters, name))
        assert {client.get(page).status_code for page in pages} == {status}, name
    assert Client().get(pages[0]).status_code == 302


def test_a_director_reads_the_report_once_it_is_closed_and_writes_nothing(
    ended: Exercise, person: Callable[..., User], signed_in: SignedIn, territory: SimpleNamespace
) -> None:
    client = signed_in(person("dir@hygie.test", "director", territory.entities[0]))
    assert client.get(_url("report", ended)).status_code == 404
    Exercise.objects.filter(pk=ended.pk).update(state=ExerciseState.CLOSED)
    page = client.get(_url("report", ended)).content.decode()
    assert "Créer un lien" not in page and "Récrire" not in page
    assert client.get(_url("debrief", ended)).status_code == 404
    posted = client.post(_url("report", ended), {"section": "summary", "text": "Non"})
    assert posted.status_code in {302, 403}
    ended.refresh_from_db()
    assert not ended.report_texts


def test_a_player_does_not_read_the_review_while_it_is_played(
    exercise: Exercise, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.RUNNING)
    exercise.participants.filter(user=characters.alice).update(
        role="player", cell=exercise.cells.first()
    )
    assert signed_in(characters.alice).get(_url("debrief", exercise)).status_code == 404


def test_from_a_lesson_to_an_action_to_the_closing(
    ended: Exercise, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.alice)
    client.post(
        _url("debrief", ended), {"kind": "gap", "text": "Annuaire papier absent", "cell": "",
                                 "objective": ended.objectives.get().pk}
    )  # fmt: skip
    lesson = Lesson.objects.get()
    assert "Annuaire papier absent" in client.get(_url("lesson_list", ended)).content.decode()
    refused = client.post(_url("lesson_action", ended, lesson.pk), {"title": "Imprimer"})
    assert refused.status_code == 422
    client.post(
        _url("lesson_action", ended, lesson.pk),
        {"title": "Imprimer", "owner_label": "Cadre", "due_on": "2099-01-01", "priority": "1"},
    )
    assert Action.objects.get().title == "Imprimer"
    objective = ended.objectives.get()
    client.post(_url("mark_give", ended), {f"mark-{objective.pk}": "3"})
    assert ObjectiveScore.objects.get().value == 3
    client.post(_url("report", ended), {"section": "summary", "text": "Notre résumé"})
    assert "Notre résumé" in client.get(_url("report", ended)).content.decode()
    client.post(_url("exercise_end", ended))
    ended.refresh_from_db()
    assert ended.state == ExerciseState.CLOSED
    page = client.get(_url("report", ended)).content.decode()
    assert "Clore l" not in page and "Imprimer" in page
    client.post(_url("lesson_change", ended, lesson.pk), {"act": "share"})
    lesson.refresh_from_db()
    assert lesson.is_shared


def test_every_page_says_that_it_is_an_exercise(
    ended: Exercise, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.alice)
    for page in (_url("debrief", ended), _url("report", ended), _url("maturity", ended, "before")):
        said = client.get(page).content.decode()
        assert "exe-stamp" in said
        assert "<title>EXERCICE · " in said


def test_people_without_account_read_the_report_until_it_expires_or_is_shut(
    ended: Exercise, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    alice = signed_in(characters.alice)
    shown = alice.post(
        _url("report_open", ended), {"label": "Présidente du conseil", "days": "15"}
    ).content.decode()
    found = re.search(r"/exercices/retour/([\w-]+)/", shown)
    assert found is not None
    url, stranger, link = found[0], Client(), ReportLink.objects.get()
    page = stranger.get(url)
    assert page.status_code == 200 and page["Referrer-Policy"] == "no-referrer"
    assert "exe-stamp" in page.content.decode()
    for name in FILES:
        assert stranger.get(f"{url}{name}").status_code == 200
    assert stranger.get(f"{url}autre.pdf").status_code == 404
    link.is_board_only = True
    link.save()
    assert stranger.get(f"{url}rapport.pdf").status_code == 404
    assert stranger.get(f"{url}direction.pdf").status_code == 200
    link.expires_at = timezone.now() - dt.timedelta(seconds=1)
    link.save()
    assert stranger.get(url).status_code == 404
    link.expires_at = timezone.now() + dt.timedelta(days=1)
    link.save()
    alice.post(_url("report_shut", ended, link.pk))
    assert stranger.get(url).status_code == 404
    assert stranger.get(f"{url}direction.pdf").status_code == 404


def test_a_guest_answers_once_by_their_link_and_results_wait_for_enough_answers(
    ended: Exercise, characters: SimpleNamespace, perimeters: SimpleNamespace, signed_in: SignedIn,
    settings: SimpleNamespace,
) -> None:  # fmt: skip
    alice = signed_in(characters.alice)
    for number, player in enumerate(Participant.objects.filter(role="player")[:8]):
        _guest, token = guest_link_issue(
            perimeter=perimeters.alice, exercise=ended, participant_id=player.pk
        )
        client = Client()
        client.get(reverse("exercises:guest_enter", args=[token]))
        client.post(reverse("exercises:guest_enter", args=[token]))
        page = client.get(_url("survey", ended)).content.decode()
        assert "anonymes" in page
        said = {f"q-{one.key}": "4" for one in survey_questions("fr")}
        client.post(_url("survey", ended), said | {f"mark-{ended.objectives.get().pk}": "2"})
        assert "enregistrées" in client.get(_url("survey", ended)).content.decode()
        client.post(_url("survey", ended), said)
        assert SurveyAnswer.objects.count() == (number + 1) * len(survey_questions("fr"))
        told = alice.get(_url("report_json", ended)).json()
        is_enough = number + 1 >= settings.MINIMUM_GROUP
        assert bool(told["survey"]["rows"]) is is_enough
        assert (told["objectives"][0]["own"] != "–") is is_enough


def test_staff_and_strangers_have_no_questionnaire(
    ended: Exercise, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    assert Client().get(_url("survey", ended)).status_code == 302
    assert signed_in(characters.alice).get(_url("survey", ended)).status_code == 404
    assert signed_in(characters.charlie).get(_url("survey", ended)).status_code == 404


def test_the_report_costs_the_same_whatever_was_said(
    ended: Exercise, characters: SimpleNamespace, perimeters: SimpleNamespace,
    signed_in: SignedIn, django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    for number in range(30):
        lesson_add(
            perimeter=perimeters.alice, exercise=ended, kind=LessonKind.GAP, text=f"n° {number}"
        )
    client = signed_in(characters.alice)
    for page in ("debrief", "report"):
        with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
            assert client.get(_url(page, ended)).status_code == 200
