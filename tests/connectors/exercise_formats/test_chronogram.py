"""Timelines of many hands are read, and what cannot be is told with its row and its title."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie.connectors.exercise_formats.chronogram import read_chronogram
from hygie.connectors.exercise_formats.types import EXERCISE_LIMITS, ExerciseLimits, ScenarioFile
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.exercise.types import Condition
from hygie.engines.exercise.vocabulary import CellKind, Channel, Match, Nature, On

START = dt.datetime.fromisoformat("2026-05-12T09:30")


def _csv(tmp_path: Path, text: str, *, start: dt.datetime | None = START) -> ScenarioFile:
    path = tmp_path / "exercice.csv"
    path.write_text(text, "utf-8")
    return read_chronogram(path, start=start)


def test_nine_french_columns_are_recognised(tmp_path: Path) -> None:
    found = _csv(
        tmp_path,
        "id;horaire;type;emetteur;destinataire;stimuli;reaction attendue;commentaire;livrable\n"
        '1;09:30;message;ARS;"Direction\nCommunication";Que se passe-t-il ?;Répondre;Ton sec;'
        "Point\n"
        "2;10:00;decompte;;;Une heure;;;\n",
    )
    first, second = found.scenario.injects
    assert (first.key, first.offset_s, first.nature, first.channel) == (
        "1", 0, Nature.INJECT, Channel.MAIL,
    )  # fmt: skip
    assert (first.sender, first.cells) == ("ARS", ("direction", "communication"))
    assert (first.title, first.expected) == ("Que se passe-t-il ?", "Répondre")
    assert (first.comment, first.deliverable) == ("Ton sec", "Point")
    assert (second.nature, second.offset_s, second.cells) == (Nature.MILESTONE, 1800, ())
    kinds = {cell.key: cell.kind for cell in found.scenario.cells}
    assert kinds == {
        "direction": CellKind.DECISION, "communication": CellKind.COMMUNICATION,
    }  # fmt: skip
    assert not found.report.has_errors


def test_english_sheets_with_polls_and_pictures_are_recognised(tmp_path: Path) -> None:
    found = _csv(
        tmp_path,
        "#,Real Time,Date,Subject,From,Player,Script,Photo,Picture Name,Profile,Poll\n"
        "1,09:32 AM,Monday 9:30 AM,Licence,Legal,PR/Comm,Which one is the best for us?,,a.png,,"
        "MIT | GPL\n",
    )
    inject = found.scenario.injects[0]
    assert (inject.offset_s, inject.options, inject.attachments) == (
        120,
        ("MIT", "GPL"),
        ("a.png",),
    )
    assert inject.cells == ("pr", "comm")
    assert next(found.report.of(Code.EXERCISE_VALUE_IGNORED)).field == "Date"


def test_titles_stand_under_a_banner_and_notes(tmp_path: Path) -> None:
    found = _csv(
        tmp_path, "Exercice SECNUM;;\n;;\nVersion 3;;\nHoraire;Sujet;Canal\nT+5;Alerte;téléphone\n"
    )
    assert found.scenario.injects[0].channel is Channel.PHONE
    assert found.rows == {"l5": 5}


def test_a_person_tells_which_title_is_which_and_what_words_mean(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Tops;Quoi;Genre\nT+5;Appel du SAMU;Fil\n", "utf-8")
    found = read_chronogram(
        path,
        columns={"time": "Tops", "body": "Quoi", "nature": "Genre"},
        words={"nature": {"Fil": "phone"}},
    )
    inject = found.scenario.injects[0]
    assert (inject.offset_s, inject.body, inject.channel) == (300, "Appel du SAMU", Channel.PHONE)
    assert not list(found.report.of(Code.EXERCISE_TYPE_UNKNOWN))


def test_an_unknown_type_is_told_and_its_row_is_kept(tmp_path: Path) -> None:
    found = _csv(tmp_path, "Horaire;Type;Contenu\nT+5;Pigeon;Bonjour\n")
    message = next(found.report.of(Code.EXERCISE_TYPE_UNKNOWN))
    assert (message.row, message.field, message.params["value"]) == (2, "Type", "Pigeon")
    assert len(found.scenario.injects) == 1


def test_rows_in_error_are_left_out_and_told(tmp_path: Path) -> None:
    found = _csv(
        tmp_path,
        "Id;Horaire;Sujet;Points;Délai\n"
        "a;bientôt;x;;\n"
        "b;;y;;\n"
        "c;T+1;z;beaucoup;\n"
        "d;T+1;z;1;un peu\n"
        f"e;T+1;{'z' * 301};;\n"
        "f;T+1;;5;\n"
        "g;T+1;bon;5;30\n",
    )
    assert [inject.key for inject in found.scenario.injects] == ["g"]
    assert (found.scenario.injects[0].score, found.scenario.injects[0].deadline_s) == (5, 1800)
    errors = [(one.code, one.row, one.field) for one in found.report.messages if one.row]
    assert errors == [
        (Code.EXERCISE_TIME, 2, "Horaire"),
        (Code.CELL_EMPTY, 3, "Horaire"),
        (Code.CELL_NOT_NUMBER, 4, "Points"),
        (Code.EXERCISE_DURATION, 5, "Délai"),
        (Code.CELL_TOO_LONG, 6, "Sujet"),
        (Code.EXERCISE_EMPTY_ROW, 7, ""),
    ]


def test_a_row_of_the_animation_alone_never_goes_to_players(tmp_path: Path) -> None:
    found = _csv(
        tmp_path,
        "Horaire;Destinataires;Contenu\nT+1;Animateurs;Temps mort\n"
        "T+2;Tous;Bonjour\nT+3;Observateurs, DSI;Panne\n\nPhase 2\nT+4;dsi;Suite\n",
    )
    kinds = [(one.nature, one.cells) for one in found.scenario.injects]
    assert kinds == [
        (Nature.FACILITATION, ()),
        (Nature.INJECT, ()),
        (Nature.INJECT, ("dsi",)),
        (Nature.FACILITATION, ()),
        (Nature.INJECT, ("dsi",)),
    ]
    assert found.scenario.injects[3].offset_s == 240
    assert next(found.report.of(Code.EXERCISE_CELL_CREATED)).params["count"] == 2


def test_an_exercise_at_night_goes_on_after_midnight(tmp_path: Path) -> None:
    start = dt.datetime.fromisoformat("2026-05-12T22:00")
    found = _csv(tmp_path, "Heure;Sujet\n21h45;a\n23:30;b\n00h15;c\n01:00;d\n", start=start)
    assert [one.offset_s for one in found.scenario.injects] == [-900, 5400, 8100, 10800]
    assert [one.row for one in found.report.of(Code.EXERCISE_NEXT_DAY)] == [4]


def test_a_column_of_days_is_added_to_that_of_hours(tmp_path: Path) -> None:
    found = _csv(tmp_path, "Jour;Heure;Sujet\n12/05/2026;10:00;a\nJ+1;09:30;b\n13/05/2026;T+5;c\n")
    assert [one.offset_s for one in found.scenario.injects] == [1800, 86_400, 300]


def test_repeated_identifiers_are_renamed_and_missing_ones_given(tmp_path: Path) -> None:
    found = _csv(tmp_path, "Id;Horaire;Sujet\n7;T+1;a\n7;T+2;b\n;T+3;c\n")
    assert [one.key for one in found.scenario.injects] == ["7", "7-2", "l4"]
    assert next(found.report.of(Code.EXERCISE_KEY_RENAMED)).params["given"] == "7-2"


def test_branches_are_read_and_what_is_no_branch_becomes_a_note(tmp_path: Path) -> None:
    found = _csv(
        tmp_path,
        "Id;Horaire;Sujet;Conditions;Combinaison des conditions\n1;T+1;a;;\n"
        '2;;b;"décision: 1 = Couper\nplayed: 9";any\n3;T+3;c;quand ils appellent;\n',
    )
    _first, second, third = found.scenario.injects
    assert second.conditions == (Condition(On.DECISION, "1", "Couper"), Condition(On.PLAYED, "9"))
    assert (second.match, second.offset_s) == (Match.ANY, 0)
    assert "quand ils appellent" in third.comment
    assert next(found.report.of(Code.EXERCISE_CONDITION_UNKNOWN)).params["key"] == "9"


def test_cells_and_objectives_of_other_sheets_are_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Déroulé"
    for row in (
        ["Horaire", "Sujet", "Destinataires", "Objectif"],
        [dt.time(9, 45), "Panne", "La DSI", "Tenir"],
        [dt.timedelta(hours=1), "Suite", "dsi", "Autre but"],
        [0.5, "Midi", None, None],
    ):
        sheet.append(row)
    cells = book.create_sheet("Cellules")
    for row in (["Code", "Nature", "Nom"], ["dsi", "informatique", "La DSI"]):
        cells.append(row)
    objectives = book.create_sheet("Objectifs")
    for row in (["Code", "Objectif"], ["O1", "Tenir"]):
        objectives.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    found = read_chronogram(path, start=START)
    assert [one.offset_s for one in found.scenario.injects] == [900, 3600, 9000]
    assert [one.cells for one in found.scenario.injects] == [("dsi",), ("dsi",), ()]
    assert [one.objective for one in found.scenario.injects] == ["O1", "autre-but", ""]
    assert [cell.kind for cell in found.scenario.cells] == [CellKind.IT]
    assert not found.report.has_errors


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"Sujet;Contenu\na;b\n", Code.HEADER_NOT_FOUND),
        (b"Horaire;Points\nT+1;3\n", Code.HEADER_NOT_FOUND),
        (b"Horaire;Sujet\n" + b"T+1;a\n" * 60, Code.EXERCISE_TOO_LARGE),
        (b"PK\x03\x04 not a workbook", Code.FILE_DAMAGED),
    ],
)
def test_what_cannot_be_a_timeline_is_refused(tmp_path: Path, content: bytes, code: Code) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        read_chronogram(path, limits=ExerciseLimits(EXERCISE_LIMITS.files, most_rows=50))
    assert caught.value.message.code in {code, Code.FILE_TYPE_REFUSED}


def test_a_bomb_in_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<x>" + " " * 30_000_000)
    with pytest.raises(FileRefused):
        read_chronogram(path)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=5))
def test_no_text_in_a_cell_breaks_the_reading(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "a.csv"
    lines = ["Horaire;Sujet;Destinataires;Conditions"]
    lines += [";".join('"' + one.replace('"', '""') + '"' for one in row) for row in rows]
    path.write_text("\n".join(lines), "utf-8", errors="replace")
    try:
        found = read_chronogram(path, start=START)
    except FileRefused:
        return
    keys = {cell.key for cell in found.scenario.cells}
    assert all(set(inject.cells) <= keys for inject in found.scenario.injects)
    assert len({inject.key for inject in found.scenario.injects}) == len(found.scenario.injects)
