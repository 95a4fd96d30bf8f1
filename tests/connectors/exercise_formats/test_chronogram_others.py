"""Timelines shaped as those of other tools and guides come in whole, times and people included."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from hygie.connectors.exercise_formats.chronogram import read_chronogram
from hygie.connectors.exercise_formats.mapping import preview
from hygie.connectors.exercise_formats.types import ScenarioFile
from hygie.connectors.message_codes import MessageCode as Code
from hygie.engines.exercise.vocabulary import Channel, Nature

START = dt.datetime.fromisoformat("2026-05-12T09:00")
HOUR, DAY = 3_600, 86_400
Book = Any


def _sheet(
    tmp_path: Path,
    *rows: Sequence[Any],
    start: dt.datetime | None = START,
    prepare: Callable[[Book, Worksheet], None] | None = None,
) -> ScenarioFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if prepare is not None:
        prepare(book, sheet)
    path = tmp_path / "deroule.xlsx"
    book.save(path)
    return read_chronogram(path, start=start)


def _offsets(found: ScenarioFile) -> list[int]:
    return [inject.offset_s for inject in found.scenario.injects]


def test_a_list_of_events_of_emergency_planners_is_read(tmp_path: Path) -> None:
    found = _sheet(
        tmp_path,
        ["MASTER SCENARIO EVENTS LIST"],
        ["Event #", "Event Time", "Event Description", "Responsible Controller",
         "Recipient Player(s)", "Expected Outcome of Player Action", "Objective", "Inject Mode",
         "Core Capability"],
        [1, dt.time(9), "STARTEX", "Lead", "All", "", "", "Verbal", ""],
        [2, "0915", "The record is down", "SimCell", "Nurses; IT", "Call", "Obj 1", "Phone",
         "Operational communications"],
        [3, 1430, "Ransom note", "SimCell", "IT", "Isolate", "", "Email", "Cybersecurity"],
    )  # fmt: skip
    first, second, third = found.scenario.injects
    assert [first.key, second.key, third.key] == ["1", "2", "3"]
    assert _offsets(found) == [0, 900, 19_800]
    assert (first.nature, second.channel) == (Nature.MILESTONE, Channel.PHONE)
    assert second.comment == (
        "Core Capability : Operational communications\nResponsible Controller : SimCell"
    )
    titles = {one.key: one.title for one in found.scenario.objectives}
    assert titles[third.objective] == "Cybersecurity"
    assert found.scenario.language == "en" and not found.report.has_errors


def test_a_sheet_of_columns_that_a_team_chose_keeps_the_details(tmp_path: Path) -> None:
    found = _sheet(
        tmp_path,
        ["Control Number", "Move", "Scenario Time", "From Org", "To Org", "Description", "Details",
         "Delivery Method", "Status", "Assigned To"],
        ["1-1", 0, dt.datetime(2026, 5, 12, 9, 30), "CERT", "SOC", "Alert", "The long text",  # noqa: DTZ001
         "Email", "Approved", "White Cell"],
    )  # fmt: skip
    (inject,) = found.scenario.injects
    assert (inject.offset_s, inject.body) == (1_800, "Alert\nThe long text")
    assert (inject.sender, inject.cells) == ("CERT", ("soc",))
    assert inject.comment == "Assigned To : White Cell"


def test_a_simulated_time_is_the_time_only_where_there_is_no_other(tmp_path: Path) -> None:
    both = _sheet(
        tmp_path,
        ["Heure fictive", "Heure réelle", "Récepteur", "Contenu du stimulus"],
        ["Jour 1 – 08h00", "T0", "RSSI", "Lent"],
        ["Jour 2 – 14h30", "T0+1h30", "Cellule de crise / DSI", "Rançon"],
    )
    assert _offsets(both) == [0, 5_400]
    told = next(both.report.of(Code.EXERCISE_NOT_KEPT))
    assert told.params == {"what": "Heure fictive", "count": 2}
    alone = _sheet(tmp_path, ["Heure fictive", "Contenu"], ["Jour 2 – 14h30", "Rançon"])
    assert _offsets(alone) == [DAY + 5 * HOUR + 1_800]


def test_days_in_a_column_of_their_own_are_counted(tmp_path: Path) -> None:
    words = _sheet(
        tmp_path, ["Jour", "Heure", "Sujet"],
        ["Jour 1", "9h", "a"], ["", "9h30", "b"], ["Jour 2", "8h", "c"], ["", "14h30", "d"],
    )  # fmt: skip
    assert _offsets(words) == [0, 1_800, 23 * HOUR, DAY + 19_800]
    assert next(words.report.of(Code.EXERCISE_DAYS_COUNTED)).params == {"first": 1}
    numbers = _sheet(tmp_path, ["Jour", "Heure", "Sujet"], [1, "9h", "a"], [2, "8h", "b"])
    assert _offsets(numbers) == [0, 23 * HOUR]
    zero = _sheet(tmp_path, ["Jour", "Heure", "Sujet"], ["J0", "9h", "a"], ["J1", "9h", "b"])
    assert _offsets(zero) == [0, DAY]
    alone = _sheet(tmp_path, ["Jour", "Heure", "Sujet"], ["J-30", "", "a"], ["J+1", "9h", "b"])
    assert _offsets(alone) == [-30 * DAY, DAY]
    assert next(alone.report.of(Code.EXERCISE_TIME_TAKEN)).field == "Jour"


def test_times_that_begin_at_zero_need_no_start_and_that_is_told(tmp_path: Path) -> None:
    rows = (["Temps", "Sujet"], ["00:00", "a"], ["00:15", "b"], ["01:30", "c"])
    for start in (None, START):
        found = _sheet(tmp_path, *rows, start=start)
        assert _offsets(found) == [0, 900, 5_400]
        assert next(found.report.of(Code.EXERCISE_ELAPSED)).field == "Temps"
    assert not preview(tmp_path / "deroule.xlsx").is_start_needed


def test_bare_minutes_stand_under_a_title_that_counts(tmp_path: Path) -> None:
    for title in ("T+", "Minutes", "T (min)"):
        found = _sheet(tmp_path, [title, "Sujet"], [-30, "a"], [0, "b"], ["15", "c"], [90, "d"])
        if title == "T (min)":
            continue
        assert _offsets(found) == [-1_800, 0, 900, 5_400], title


def test_the_beginning_of_a_range_is_taken_and_told(tmp_path: Path) -> None:
    found = _sheet(tmp_path, ["Horaire", "Sujet"], ["9h-9h30", "a"], ["vers 10h", "b"])
    assert _offsets(found) == [0, HOUR]
    told = list(found.report.of(Code.EXERCISE_TIME_TAKEN))
    assert [(one.row, one.params["taken"]) for one in told] == [(2, "09:00"), (3, "10:00")]


def test_several_recipients_in_a_cell_are_each_a_cell_once(tmp_path: Path) -> None:
    found = _sheet(
        tmp_path, ["Horaire", "Destinataires", "Sujet"],
        ["T+1", "DSI, Direction ; Com", "a"], ["T+2", "DSI / Direction", "b"],
        ["T+3", "- DSI\n- Direction", "c"], ["T+4", "DSI et Direction", "d"],
        ["T+5", "Communication et presse", "e"], ["T+6", "Tous (DSI, Com)", "f"],
        ["T+7", "Tous (plénière)", "g"], ["T+8", "N/A", "h"], ["T+9", "-", "i"],
        ["T+10", "DSI + Direction", "j"],
    )  # fmt: skip
    cells = [inject.cells for inject in found.scenario.injects]
    assert cells == [
        ("dsi", "direction", "com"), ("dsi", "direction"), ("dsi", "direction"),
        ("dsi", "direction"), ("communication-et-presse",), ("dsi", "com"), (), (), (),
        ("dsi", "direction"),
    ]  # fmt: skip
    assert len(found.scenario.cells) == 4


def test_all_but_one_is_every_other_cell_of_the_timeline(tmp_path: Path) -> None:
    found = _sheet(
        tmp_path, ["Horaire", "Destinataires", "Sujet"],
        ["T+1", "Toutes les cellules sauf DSI", "a"], ["T+2", "DSI", "b"], ["T+3", "Com ; RH", "c"],
        ["T+4", "Tous sauf DSI et Com", "d"], ["T+5", "All except DSI, RH", "e"],
        ["T+6", "Animateurs", "f"], ["T+7", "Tous sauf le maire", "g"],
    )  # fmt: skip
    cells = [set(inject.cells) for inject in found.scenario.injects]
    assert cells[:5] == [{"com", "rh"}, {"dsi"}, {"com", "rh"}, {"rh"}, {"com"}]
    assert cells[5:] == [set(), {"tous-sauf-maire"}]


def test_nobody_and_the_staff_in_other_words_never_reach_players(tmp_path: Path) -> None:
    found = _sheet(
        tmp_path, ["Horaire", "Destinataires", "Sujet"],
        ["T+1", "Aucun", "a"], ["T+2", "Cellule animation (pour info)", "b"],
        ["T+3", "Animateur 2", "c"], ["T+4", "Néant", "d"],
    )  # fmt: skip
    assert {inject.nature for inject in found.scenario.injects} == {Nature.FACILITATION}
    assert not found.scenario.cells


def test_a_countdown_and_a_picture_of_a_message_are_understood(tmp_path: Path) -> None:
    found = _sheet(
        tmp_path, ["Horaire", "Type", "Stimuli"],
        ["09:00", "tweet", "Fuite ! [img fuite.png]"], ["09:10", "decompte", 15],
    )  # fmt: skip
    tweet, countdown = found.scenario.injects
    assert (tweet.body, tweet.attachments) == ("Fuite !", ("fuite.png",))
    assert (countdown.title, countdown.body) == ("decompte 15 min", "")
    assert (countdown.nature, countdown.deadline_s) == (Nature.MILESTONE, 900)


def test_a_column_of_texts_called_stimulus_is_no_column_of_identifiers(tmp_path: Path) -> None:
    text = "Le laboratoire signale que ses automates ne répondent plus depuis la nuit."
    found = _sheet(tmp_path, ["Horaire", "Stimulus"], ["T+1", text])
    assert found.scenario.injects[0].body == text
    found = _sheet(tmp_path, ["#", "Horaire", "Inject"], [7, "T+1", text])
    assert (found.scenario.injects[0].key, found.scenario.injects[0].body) == ("7", text)


def test_several_codes_of_objectives_keep_the_first_and_note_all(tmp_path: Path) -> None:
    found = _sheet(tmp_path, ["Horaire", "Sujet", "Objectifs"], ["T+1", "a", "O1; O2"])
    assert [one.title for one in found.scenario.objectives] == ["O1"]
    assert found.scenario.injects[0].comment == "Objectifs : O1, O2"


def test_another_sheet_that_holds_a_timeline_is_told(tmp_path: Path) -> None:
    def second_day(book: Book, sheet: Worksheet) -> None:
        sheet.title = "Jour 1"
        other = book.create_sheet("Jour 2")
        other.append(["Horaire", "Sujet"])
        other.append(["9h", "suite"])
        book.create_sheet("Contacts").append(["Nom", "Téléphone"])

    found = _sheet(tmp_path, ["Horaire", "Sujet"], ["9h", "a"], ["10h", "b"], prepare=second_day)
    told = next(found.report.of(Code.EXERCISE_OTHER_SHEETS))
    assert told.params == {"sheet": "Jour 1", "others": "Jour 2"}


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    def hide(_book: Book, sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True

    rows = (["Horaire", "Sujet"], ["T+1", "a"], ["T+2", "b"], ["T+3", "c"])
    found = _sheet(tmp_path, *rows, prepare=hide)
    assert _offsets(found) == [60, 120, 180]
    assert [one.params["count"] for one in found.report.of(Code.ROWS_HIDDEN)] == [1]


def test_merged_cells_carry_their_time_and_banners_are_headings(tmp_path: Path) -> None:
    def merge(_book: Book, sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:C4")

    found = _sheet(
        tmp_path, ["Horaire", "Destinataires", "Sujet"], ["T+1", "DSI", "a"], [None, "DSI", "b"],
        ["Phase 2", None, None], ["T+9", "DSI", "c"], prepare=merge,
    )  # fmt: skip
    assert _offsets(found) == [60, 60, 540, 540]
    assert found.scenario.injects[2].nature is Nature.FACILITATION


def test_a_formula_without_its_value_refuses_its_row_and_says_so(tmp_path: Path) -> None:
    found = _sheet(tmp_path, ["Horaire", "Sujet"], ["T+1", "a"], ["=A2", "b"])
    assert _offsets(found) == [60]
    assert next(found.report.of(Code.CELL_FORMULA_EMPTY)).row == 3


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_text_of_any_office_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "deroule.csv"
    separator = "\t" if encoding == "utf-16" else ";"
    lines = (
        ("Horaire", "Destinataires", "Sujet", "Réaction attendue"),
        ("9h05", "Cellule décisionnelle", "L'été – « vite »", "Être prêt"),
    )
    path.write_bytes("\r\n".join(map(separator.join, lines)).encode(encoding))
    (inject,) = read_chronogram(path, start=START).scenario.injects
    assert (inject.offset_s, inject.expected) == (300, "Être prêt")
    assert inject.title == "L'été – « vite »"
