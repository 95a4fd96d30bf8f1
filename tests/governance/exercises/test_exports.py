"""What leaves on paper, in sheets and in calendars, by page, command line and API."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hygie.foundation.imports.models import Import
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.exports import script_xlsx
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.paper import players_kit, staff_kit
from hygie.governance.exercises.services.people import participant_add
from hygie.shell.cli import parser_build
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import SECRET

SignedIn = Callable[[User], Client]
FILES = ("kit_staff", "kit_players", "export_xlsx", "export_cexf", "export_ics")


@pytest.fixture
def alice(signed_in: SignedIn, characters: SimpleNamespace) -> Client:
    return signed_in(characters.alice)


@pytest.mark.parametrize("name", FILES)
def test_files_leave_for_whoever_prepares_and_for_nobody_else(
    exercise: Exercise, signed_in: SignedIn, characters: SimpleNamespace, name: str
) -> None:
    address = reverse(f"exercises:{name}", args=[exercise.pk])
    answer = signed_in(characters.alice).get(address)
    assert answer.status_code == 200 and "EXERCICE" in answer["Content-Disposition"]
    for who in ("charlie", "remi", "diane"):
        assert signed_in(getattr(characters, who)).get(address).status_code == 404
    Participant.objects.create(
        exercise=exercise, role="player", user=characters.bob, name="Bob",
        cell=exercise.cells.first(),
    )  # fmt: skip
    assert signed_in(characters.bob).get(address).status_code == 404


def test_the_players_folder_holds_not_one_row_of_the_timeline(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def keep(document: Path, data: dict[str, object], *, language: str) -> bytes:
        printed.append(json.dumps(data, ensure_ascii=False))
        return b""

    monkeypatch.setattr("hygie.governance.exercises.paper.pdf_render", keep)
    players_kit(exercise)
    staff_kit(exercise)
    players, staff = printed
    for row in exercise.injects.all():
        assert row.title not in players and row.title in staff
        assert not row.body or row.body not in players
    assert SECRET not in players and SECRET in staff
    assert "EXERCICE" in players and "Cellule de crise" in players
    assert "Le serveur de Orion ne répond plus." in staff


def test_both_folders_are_pdf_files(exercise: Exercise) -> None:
    assert staff_kit(exercise).startswith(b"%PDF") and players_kit(exercise).startswith(b"%PDF")


def test_calendars_follow_a_new_day_and_a_cancellation(
    exercise: Exercise, alice: Client, perimeters: SimpleNamespace
) -> None:
    participant_add(
        perimeter=perimeters.alice, exercise=exercise, role="observer", name="Paul",
        email="paul@ars.test",
    )  # fmt: skip
    address = reverse("exercises:export_ics", args=[exercise.pk])
    text = str(alice.get(address).content, "utf-8").replace("\r\n ", "")
    assert "SUMMARY:[EXERCICE] Nuit sans DPI" in text and "mailto:paul@ars.test" in text
    assert "SEQUENCE:0" in text and SECRET not in text
    alice.post(reverse("exercises:exercise_act", args=[exercise.pk]), {"act": "cancel"})
    assert Exercise.objects.get(pk=exercise.pk).state == ExerciseState.CANCELLED
    text = str(alice.get(address).content, "utf-8")
    assert "METHOD:CANCEL" in text and "SEQUENCE:1" in text


def test_a_timeline_is_mapped_on_a_page_and_waits_for_consent(
    alice: Client, territory: SimpleNamespace
) -> None:
    place = territory.entities[0].pk
    sheet = b"Heure qu'il est;Ce qui se dit\n09:05;Le serveur fume\n"
    drop = reverse("exercises:chronogram_prepare", args=[place])
    assert alice.post(drop, {}).status_code == 422
    sent = alice.post(drop, {"file": SimpleUploadedFile("a_nous.csv", sheet)})
    assert sent.status_code == 302, sent.content
    page = alice.get(sent["Location"])
    assert "Heure qu&#x27;il est" in str(page.content, "utf-8")
    done = alice.post(
        sent["Location"],
        {"save": "1", "start": "2027-03-01T09:00", "title-0": "time", "title-1": "body"},
    )
    run = Import.objects.latest("pk")
    assert done["Location"] == reverse("imports:import_detail", args=[run.pk])
    assert run.options["columns"] == {"time": "Heure qu'il est", "body": "Ce qui se dit"}


def test_the_api_tells_days_and_states_and_no_script(
    exercise: Exercise,
    signed_in: SignedIn,
    characters: SimpleNamespace,
    territory: SimpleNamespace,
) -> None:
    address = f"/api/v1/organisations/{territory.entities[0].pk}/exercises"
    (row,) = signed_in(characters.alice).get(address).json()
    assert row["title"] == exercise.title and "summary" not in row
    assert signed_in(characters.remi).get(address).status_code == 404


def test_the_command_line_lists_checks_brings_and_takes_out(
    exercise: Exercise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> int:
        arguments = parser_build("exercises").parse_args(["exercises", *words])
        code: int = arguments.run(arguments)
        return code

    out = tmp_path / "sortie.xlsx"
    assert run("list", "--at", "590000001", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == exercise.pk
    assert run("check", str(exercise.pk)) == 0
    assert run("export", str(exercise.pk), str(out)) == 0
    assert out.read_bytes()[:2] == script_xlsx(exercise)[:2]
    assert run("import", str(out), "--at", "590000001", "--json", "--title", "Repris") == 0
    assert Exercise.objects.filter(title="Repris").exists()
