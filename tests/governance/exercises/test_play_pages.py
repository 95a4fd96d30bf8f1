"""Pages of the play: who opens which, what each one shows, and what never leaves."""

import datetime as dt
import html
import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hygie.foundation.documents.models import Document
from hygie.governance.exercises.choices import ExerciseState, Presence
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.services.clock import exercise_start, exercise_stop
from hygie.governance.exercises.services.log import Written, log_add
from hygie.governance.exercises.services.people import token_hash
from hygie.governance.exercises.services.play import inject_play
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import SECRET

PLAYER_PAGES = ("play", "wall", "seen", "log")
STAFF_PAGES = ("board", "observe", *PLAYER_PAGES)


def at(name: str, exercise: Exercise, **more: object) -> str:
    return reverse(f"exercises:{name}", kwargs={"pk": exercise.pk, **more})


@pytest.fixture
def running(seats: SimpleNamespace, ready: Exercise) -> Exercise:
    """Begun an hour ago, with all of it played, the row of the staff too."""
    held = exercise_start(
        seat=seats.staff, reason="essai", at=timezone.now() - dt.timedelta(hours=1)
    )
    for row in held.injects.all():
        inject_play(seat=seats.staff, inject_id=row.pk)
    log_add(seat=seats.staff, written=Written("fact", SECRET), is_for_staff=True)
    return held


@pytest.fixture
def clients(
    seats: SimpleNamespace, characters: SimpleNamespace, signed_in: Callable[[User], Client],
    exercise: Exercise,
) -> SimpleNamespace:  # fmt: skip
    """One client a seat; the guest came by their link."""
    guest = Client()
    door = reverse("exercises:guest_enter", args=[seats.token])
    assert guest.get(door).status_code == 200
    assert guest.post(door).status_code == 302
    return SimpleNamespace(
        alice=signed_in(characters.alice), it=signed_in(seats.users.it),
        decision=signed_in(seats.users.decision), observer=signed_in(seats.users.observer),
        guest=guest, bob=signed_in(characters.bob), charlie=signed_in(characters.charlie),
        diane=signed_in(characters.diane),
    )  # fmt: skip


def body(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    said = b"".join(answer) if answer.streaming else answer.content
    return html.unescape(said.decode())


def test_a_player_never_receives_a_row_of_the_staff_by_any_door(
    clients: SimpleNamespace, running: Exercise
) -> None:
    brief, screen = (running.injects.get(key=key) for key in ("brief", "screen"))
    for client in (clients.it, clients.decision, clients.guest):
        urls = [at(name, running) for name in PLAYER_PAGES]
        urls += [f"{at('play', running)}?part={part}" for part in ("top", "inbox", "log")]
        urls += [f"{at('log', running)}?export=csv", f"{at('live', running)}?poll=1"]
        for url in urls:
            said = body(client, url)
            assert SECRET not in said, url
            assert "Point de départ" not in said, url
            assert "Prévenir l'astreinte" not in said, url
        assert client.get(at("message", running, inject_id=brief.pk)).status_code in {302, 404}
        opened = f"{at('play', running)}?message={brief.pk}"
        assert client.get(opened).status_code == 404
        for name in ("board", "observe"):
            assert client.get(at(name, running)).status_code == 403
        for name in ("clock_act", "tick", "improvise", "announce"):
            assert client.post(at(name, running), {"act": "stop", "word": "FIN"}).status_code == 403
        assert client.post(at("inject_run", running, inject_id=brief.pk)).status_code == 403
        for name in ("exercise_prepare", "objective_list", "cell_list"):
            assert client.get(at(name, running)).status_code in {302, 404}, name
    running.refresh_from_db()
    assert running.state == ExerciseState.RUNNING
    # What the other cell receives is not theirs either.
    url = at("message", running, inject_id=screen.pk)
    assert clients.it.get(url, headers={"HX-Request": "true"}).status_code == 200
    assert clients.guest.get(url, headers={"HX-Request": "true"}).status_code == 404
    noted = {"kind": "acknowledged"}
    assert clients.guest.post(at("react", running, inject_id=screen.pk), noted).status_code == 404


def test_what_is_told_live_names_rows_and_says_nothing(
    clients: SimpleNamespace, running: Exercise
) -> None:
    brief, screen = (running.injects.get(key=key) for key in ("brief", "screen"))

    def heard(client: Client) -> list[dict[str, object]]:
        found = json.loads(body(client, f"{at('live', running)}?poll=1"))["events"]
        return [one["data"] for one in found if one["kind"] == "inject"]

    staff, it, guest = (heard(getattr(clients, name)) for name in ("alice", "it", "guest"))
    assert {"inject": brief.pk} in staff
    assert {"inject": brief.pk} not in it
    assert {"inject": screen.pk} in it
    assert {"inject": screen.pk} not in guest


def test_an_observer_reads_what_is_expected_and_never_the_notes_of_the_staff(
    clients: SimpleNamespace, running: Exercise
) -> None:
    sheet = body(clients.observer, at("observe", running))
    assert "Prévenir l'astreinte" in sheet
    for name in ("observe", "log", "seen", "wall"):
        assert SECRET not in body(clients.observer, at(name, running))
    assert clients.observer.get(at("board", running)).status_code == 403


def test_whoever_prepares_conducts_and_whoever_is_elsewhere_finds_nothing(
    clients: SimpleNamespace, running: Exercise
) -> None:
    for client in (clients.alice, clients.bob):
        for name in STAFF_PAGES:
            assert client.get(at(name, running), follow=True).status_code == 200, name
        assert SECRET in body(client, at("board", running))
    for client in (clients.charlie, clients.diane):
        for name in (*STAFF_PAGES, "live"):
            assert client.get(at(name, running)).status_code == 404, name
    for name in (*STAFF_PAGES, "live"):
        assert Client().get(at(name, running)).status_code == 302, name


def test_the_word_exercise_stands_on_every_page(
    clients: SimpleNamespace, running: Exercise, seats: SimpleNamespace
) -> None:
    door = reverse("exercises:guest_enter", args=[seats.token])
    pages = [(clients.alice, at(name, running)) for name in ("board", "log", "observe", "wall")]
    pages += [(clients.it, at(name, running)) for name in PLAYER_PAGES]
    pages += [(clients.observer, at("play", running)), (Client(), door)]
    for client, url in pages:
        assert "EXERCICE" in body(client, url), url


def test_a_link_opens_its_exercise_until_it_is_taken_back(
    clients: SimpleNamespace, running: Exercise, seats: SimpleNamespace
) -> None:
    assert Client().get(reverse("exercises:guest_enter", args=["invente"])).status_code == 404
    assert "Gaston" in body(clients.guest, at("play", running))
    Participant.objects.filter(name="Gaston").update(token_hash=token_hash("un autre"))
    assert clients.guest.get(at("play", running)).status_code == 404
    assert Client().get(reverse("exercises:guest_enter", args=[seats.token])).status_code == 404


def test_an_expired_link_opens_nothing(seats: SimpleNamespace, ready: Exercise) -> None:
    Participant.objects.filter(name="Gaston").update(
        token_expires_at=timezone.now() - dt.timedelta(minutes=1)
    )
    door = reverse("exercises:guest_enter", args=[seats.token])
    assert Client().get(door).status_code == 404
    assert Client().post(door).status_code == 404


def test_a_player_answers_decides_and_writes(clients: SimpleNamespace, running: Exercise) -> None:
    choice = running.injects.get(key="choice")
    url = at("react", running, inject_id=choice.pk)
    htmx = {"HX-Request": "true"}
    answer = clients.decision.post(
        url, {"kind": "decision", "option": "Isoler", "text": "vite"}, headers=htmx
    )
    assert answer.status_code == 200
    assert "Isoler" in answer.content.decode()
    assert (
        clients.decision.post(url, {"kind": "answer", "text": ""}, headers=htmx).status_code == 400
    )
    answer = clients.it.post(
        at("log", running), {"kind": "fact", "text": "Baies éteintes", "device_key": "k1"},
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 204
    called = {"kind": "communication", "who": "Préfecture", "text": "prévenue"}
    clients.it.post(at("log", running), called)
    log = body(clients.it, at("log", running))
    assert "Baies éteintes" in log
    assert "Appel avec Préfecture : prévenue" in log
    assert "Isoler – vite" not in log
    assert "Isoler – vite" in body(clients.guest, at("log", running))
    feed = body(clients.alice, f"{at('board', running)}?part=feed")
    for words in ("Baies éteintes", "Isoler · vite"):
        assert words in feed


def test_the_check_of_communications_is_answered_from_the_lobby(
    clients: SimpleNamespace, ready: Exercise
) -> None:
    assert clients.it.post(at("presence_act", ready), {"act": "ask"}).status_code == 403
    clients.alice.post(at("presence_act", ready), {"act": "ask"})
    assert "Bien reçu" in body(clients.guest, at("play", ready))
    assert "Commencer l'exercice" in body(clients.alice, at("board", ready))
    clients.guest.post(at("presence_act", ready), {"act": "heard"})
    assert Participant.objects.get(name="Gaston").presence == Presence.HEARD
    assert "Iris" in body(clients.alice, f"{at('board', ready)}?part=presence")
    refused = clients.alice.post(at("clock_act", ready), {"act": "start"})
    assert refused.status_code == 409
    assert "Iris" in refused.content.decode()
    begun = clients.alice.post(at("clock_act", ready), {"act": "start", "reason": "retard"})
    assert begun.status_code == 302


def test_nobody_ends_an_exercise_by_mistake(clients: SimpleNamespace, running: Exercise) -> None:
    url = at("clock_act", running)
    assert clients.alice.post(url, {"act": "stop"}).status_code == 400
    for wrong in ({"act": "pace", "value": "nan"}, {"act": "pace", "value": "x"},
                  {"act": "jump", "value": "hier"}):  # fmt: skip
        assert clients.alice.post(url, wrong).status_code in {400, 409}
    assert clients.alice.post(url, {"act": "?"}).status_code == 400
    clients.alice.post(url, {"act": "pause"})
    clients.alice.post(url, {"act": "incident"})
    for client in (clients.it, clients.guest):
        assert "INCIDENT RÉEL" in body(client, at("play", running))


def test_a_file_reaches_whoever_received_its_row(
    clients: SimpleNamespace, running: Exercise, tmp_path: object
) -> None:
    document = Document.objects.create(
        name="note.txt", sha256="0" * 64, size=1, media_type="text/plain"
    )
    mine = running.injects.get(key="screen").attachments.create(name="note.txt", document=document)
    hers = running.injects.get(key="brief").attachments.create(name="note.txt", document=document)
    assert clients.guest.get(at("received_file", running, attachment_id=mine.pk)).status_code == 404
    for client in (clients.it, clients.guest, clients.observer):
        url = at("received_file", running, attachment_id=hers.pk)
        assert client.get(url).status_code == 404
    # The bytes of this document were never written: reached, and told to be damaged.
    assert clients.it.get(at("received_file", running, attachment_id=mine.pk)).status_code == 410


def test_the_board_and_the_screen_read_a_bounded_number_of_times(
    clients: SimpleNamespace,
    running: Exercise,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for client, name, most in (
        (clients.alice, "board", 45), (clients.it, "play", 22), (clients.observer, "observe", 20),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            body(client, at(name, running))


def test_what_is_over_says_so_and_takes_nothing_more(
    clients: SimpleNamespace, seats: SimpleNamespace, running: Exercise
) -> None:
    exercise_stop(seat=seats.staff, word="FIN")
    assert "Fin de l'exercice" in body(clients.it, at("play", running))
    said = clients.it.post(at("log", running), {"kind": "fact", "text": "tard"})
    assert said.status_code == 409
    sheet = {"inject": running.injects.get(key="screen").pk, "result": "reached"}
    assert clients.observer.post(at("observe", running), sheet).status_code == 302


def test_the_api_gives_each_one_what_they_received(
    clients: SimpleNamespace, running: Exercise
) -> None:
    url = reverse("api:exercise_received", args=[running.organisation_id, running.pk])
    staff, player = clients.alice.get(url).json(), clients.it.get(url).json()
    assert any(one["comment"] == SECRET for one in staff)
    assert [one["subject"] for one in player] == [
        "Le serveur de Orion ne répond plus.", "Que décidez-vous ?", "Le service revient.",
    ]  # fmt: skip
    assert all(not one["comment"] and not one["expected"] for one in player)
    assert clients.charlie.get(url).status_code == 404
    assert Client().get(url).status_code == 401


def test_whoever_knows_of_a_real_incident_stops_the_time(
    clients: SimpleNamespace, running: Exercise
) -> None:
    assert clients.guest.post(at("incident", running), {"text": " "}).status_code == 400
    clients.guest.post(at("incident", running), {"text": "Fumée au bloc"})
    running.refresh_from_db()
    assert running.state == ExerciseState.PAUSED
    feed = body(clients.alice, f"{at('board', running)}?part=feed")
    assert "INCIDENT RÉEL SIGNALÉ par Gaston : Fumée au bloc" in feed


def test_one_finds_the_exercises_one_takes_part_in(
    clients: SimpleNamespace, ready: Exercise
) -> None:
    url = reverse("exercises:mine")
    assert "Nuit sans DPI" in body(clients.it, url)
    assert "Nuit sans DPI" not in body(clients.charlie, url)
    card = reverse("exercises:exercise_detail", args=[ready.pk])
    assert at("play", ready) in body(clients.it, card)
