"""The public sample is read, refused where it must be, written and read back equal."""

import datetime as dt
from pathlib import Path

from hygie.connectors.exercise_formats.chronogram import read_chronogram
from hygie.connectors.exercise_formats.chronogram_writer import write_chronogram
from hygie.connectors.message_codes import MessageCode as Code
from hygie.engines.exercise.vocabulary import Channel, Nature

START = dt.datetime.fromisoformat("2026-05-12T09:00")
_SAMPLE = Path("exercises/openaev_model_inject.xlsx")


def test_clock_times_without_a_start_are_refused_with_their_rows(real_data: Path) -> None:
    found = read_chronogram(real_data / _SAMPLE)
    refused = list(found.report.of(Code.EXERCISE_NO_START))
    assert [one.row for one in refused] == [4, 5, 6, 8, 10, 11, 14, 15, 16, 18]
    assert {one.field for one in refused} == {"Timeline"}
    assert refused[0].params["value"] == "09:05"
    assert found.is_start_needed and found.report.has_errors


def test_the_title_row_is_passed_and_times_are_placed_from_the_start(real_data: Path) -> None:
    found = read_chronogram(real_data / _SAMPLE, start=START)
    assert not found.report.has_errors
    injects = {found.rows[inject.key]: inject for inject in found.scenario.injects}
    assert (injects[3].offset_s, injects[4].offset_s, injects[18].offset_s) == (-300, 300, 30_600)
    assert (injects[7].offset_s, injects[7].score) == (120, 80)
    assert len(injects) == 17
    assert found.scenario.language == "en"
    assert found.scenario.simulated_start == "2026-05-12T09:00"


def test_what_was_decided_is_told(real_data: Path) -> None:
    found = read_chronogram(real_data / _SAMPLE, start=START)
    injects = {found.rows[inject.key]: inject for inject in found.scenario.injects}
    assert [one.row for one in found.report.of(Code.EXERCISE_HEADING)] == [9, 12, 17]
    assert {row for row, one in injects.items() if one.nature is Nature.FACILITATION} == {
        9, 10, 11, 12, 15, 17,
    }  # fmt: skip
    assert next(found.report.of(Code.EXERCISE_BLANK_ROWS)).params["count"] == 3
    assert injects[3].channel is Channel.SMS and injects[13].channel is Channel.SMS
    assert injects[7].cells == ("soc", "it-ops")
    assert injects[18].cells == ()
    names = {cell.name for cell in found.scenario.cells}
    assert {one.params["name"] for one in found.report.of(Code.EXERCISE_CELL_CREATED)} == names
    assert "To do (14)" in str(next(found.report.of(Code.EXERCISE_STATUSES)).params["statuses"])


def test_the_sample_exported_and_imported_again_is_equal(real_data: Path, tmp_path: Path) -> None:
    found = read_chronogram(real_data / _SAMPLE, start=START)
    path = tmp_path / "again.xlsx"
    assert write_chronogram(path, found.scenario) == 17
    again = read_chronogram(path)
    assert again.scenario == found.scenario
    assert again.report.messages == []
