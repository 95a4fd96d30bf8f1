"""Scripts that come in by the door of all imports, and leave without losing anything."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from hygie.connectors.exercise_formats.chronogram_writer import write_chronogram
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.imports.errors import OptionsRefused
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.exports import script_cexf, script_xlsx
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services.brought import SCRIPT_CLOSED
from hygie.territory.people.models import User
from hygie.territory.perimeter import Perimeter
from tests.governance.exercises.conftest import SECRET, small_scenario

HERE = "590000001"


def bring(perimeter: Perimeter, kind: str, path: Path, **options: object) -> Import:
    return import_run_now(
        perimeter=perimeter, kind=f"exercises.{kind}", path=path,
        options={"organisation": HERE, **options},
    )  # fmt: skip


def made_by(run: Import) -> Exercise:
    assert run.state == ImportState.APPLIED, [one.code for one in run.messages.all()]
    return Exercise.objects.get(pk=run.outcome["exercise"])


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_chronogram_of_ours_comes_back_the_same(
    exercise: Exercise, perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    path = written(tmp_path / "sortie.xlsx", script_xlsx(exercise))
    made = made_by(bring(perimeters.alice, "chronogram", path))
    assert scenario_of(made) == scenario_of(exercise) == small_scenario()


def test_a_draft_takes_the_script_of_a_file_and_the_plan_says_what_changes(
    exercise: Exercise, perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    changed = small_scenario()
    changed = replace(
        changed, injects=(*changed.injects[:1], replace(changed.injects[1], score=9),
                          *changed.injects[2:4]),
    )  # fmt: skip
    target = tmp_path / "repris.xlsx"
    write_chronogram(target, changed)
    run = bring(perimeters.alice, "chronogram", target, exercise=exercise.pk)
    assert made_by(run) == exercise
    assert (run.counts["change"], run.counts["close"], run.counts["add"]) == (1, 1, 0)
    assert scenario_of(Exercise.objects.get(pk=exercise.pk)) == changed


def test_a_file_does_not_replace_what_is_being_played(
    exercise: Exercise, perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    path = written(tmp_path / "sortie.xlsx", script_xlsx(exercise))
    Exercise.objects.update(state=ExerciseState.RUNNING)
    run = bring(perimeters.alice, "chronogram", path, exercise=exercise.pk)
    assert run.state == ImportState.REFUSED
    assert run.messages.get().code == SCRIPT_CLOSED


def test_the_page_of_an_applied_import_leads_to_the_exercise_that_it_made(
    exercise: Exercise,
    perimeters: SimpleNamespace,
    characters: SimpleNamespace,
    signed_in: Callable[[User], Client],
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "a.xlsx", script_xlsx(exercise))
    made = made_by(bring(perimeters.alice, "chronogram", path))
    alice, page = signed_in(characters.alice), reverse(
        "imports:import_detail", args=[Import.objects.get().pk]
    )  # fmt: skip
    address = reverse("exercises:exercise_prepare", args=[made.pk])
    shown = alice.get(page).content.decode()
    assert f'href="{address}"' in shown
    assert "courriel" in shown and "[&#x27;" not in shown
    made.delete()
    assert address not in alice.get(page).content.decode()


def test_a_json_file_is_read_for_what_it_is_under_either_kind(
    exercise: Exercise, perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    path = written(tmp_path / "un.json", script_cexf(exercise))
    assert scenario_of(made_by(bring(perimeters.alice, "openaev", path))) == small_scenario()


def test_a_file_without_a_row_says_that_there_is_none(
    perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    path = written(tmp_path / "vide.json", b'{"scenario_information": {"scenario_name": "x"}}')
    run = bring(perimeters.alice, "openaev", path)
    assert run.state == ImportState.REFUSED
    assert run.messages.get().code == "exercise_no_inject"


def test_clock_times_without_a_start_refuse_the_file_and_say_which_rows(
    perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    sheet = tmp_path / "horaires.csv"
    sheet.write_text(
        "horaire;type;émetteur;destinataire;stimuli;réaction attendue\n"
        "09:05;mail;SAMU;Cellule de crise;Où en êtes-vous ?;Répondre\n"
        "9h30;téléphone;ARS;Cellule de crise;Point de situation;Répondre\n",
        encoding="utf-8",
    )
    refused = bring(perimeters.alice, "chronogram", sheet)
    assert refused.state == ImportState.REFUSED
    assert {one.row for one in refused.messages.filter(code="exercise_no_start")} == {2, 3}
    made = made_by(bring(perimeters.alice, "chronogram", sheet, start="2027-03-01T09:00"))
    assert [one.offset_s for one in made.injects.all()] == [300, 1800]


def test_a_mapping_names_titles_that_nobody_knows(
    perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    sheet = tmp_path / "a_nous.csv"
    sheet.write_text("Quand ça tombe;Ce qui se dit\nT+5;Le serveur fume\n", encoding="utf-8")
    columns = json.dumps({"time": "Quand ça tombe", "body": "Ce qui se dit"})
    made = made_by(bring(perimeters.alice, "chronogram", sheet, columns=columns))
    assert made.injects.get().body == "Le serveur fume"
    with pytest.raises(OptionsRefused):
        bring(perimeters.alice, "chronogram", sheet, columns='{"rubbish": "x"}')


def test_a_file_goes_where_one_prepares_and_nowhere_else(
    exercise: Exercise, perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    path = written(tmp_path / "sortie.xlsx", script_xlsx(exercise))
    with pytest.raises(NotFound):
        bring(perimeters.charlie, "chronogram", path)
    with pytest.raises((NotFound, NotAllowed)):
        bring(perimeters.remi, "chronogram", path)
    with pytest.raises(NotFound):
        bring(perimeters.charlie, "chronogram", path, organisation="130000001",
              exercise=exercise.pk)  # fmt: skip


def test_cexf_comes_in_goes_out_and_comes_in_again_equal(
    exercise: Exercise, perimeters: SimpleNamespace, tmp_path: Path
) -> None:
    out = written(tmp_path / "un.json", script_cexf(exercise))
    made = made_by(bring(perimeters.alice, "cexf", out))
    assert scenario_of(made) == small_scenario()
    assert json.loads(script_cexf(made)) == json.loads(out.read_bytes())


@pytest.mark.real_data
def test_the_cexf_sample_loses_nothing(
    real_data: Path, perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    sample = real_data / "exercises" / "cexf_misp-01.json"
    first = made_by(bring(perimeters.alice, "cexf", sample))
    again = written(tmp_path / "again.json", script_cexf(first))
    assert json.loads(again.read_bytes()) == json.loads(sample.read_bytes())
    second = made_by(bring(perimeters.alice, "cexf", again))
    assert scenario_of(second) == scenario_of(first)


@pytest.mark.real_data
def test_the_openaev_sheet_needs_a_start_then_comes_back_equal(
    real_data: Path, perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    sample = real_data / "exercises" / "openaev_model_inject.xlsx"
    refused = bring(perimeters.alice, "chronogram", sample)
    assert refused.state == ImportState.REFUSED
    assert refused.messages.filter(code="exercise_no_start").exists()
    first = made_by(bring(perimeters.alice, "chronogram", sample, start="2027-03-01T09:00"))
    again = written(tmp_path / "again.xlsx", script_xlsx(first))
    second = made_by(bring(perimeters.alice, "chronogram", again))
    assert scenario_of(second) == scenario_of(first)


def test_the_players_sheet_never_holds_what_is_the_staffs(exercise: Exercise) -> None:
    book = load_workbook(io.BytesIO(script_xlsx(exercise, for_players=True)))
    said = " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert "La Gazette" in said
    for secret in (SECRET, "Prévenir l'astreinte", "Point de départ", "Écran noir"):
        assert secret not in said
