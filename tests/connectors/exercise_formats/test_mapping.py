"""Titles of an unknown timeline are proposed to people with what looks like them."""

from pathlib import Path

import pytest

from hygie.connectors.exercise_formats.columns import CHRONOGRAM_COLUMNS, OWN_COLUMNS, title_of
from hygie.connectors.exercise_formats.mapping import guess_mapping, preview
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused


def test_a_title_like_ours_is_proposed_with_its_confidence() -> None:
    guesses = guess_mapping(["Horaires", "Réactions attendues des joueurs", "Machin", "", "Sujet"])
    found = {one.title: (one.column, one.confidence) for one in guesses}
    assert found["Sujet"] == ("title", 100)
    assert found["Horaires"][0] == "time" and found["Horaires"][1] < 100
    assert found["Réactions attendues des joueurs"][0] == "expected"
    assert found["Machin"] == ("", 0) and len(guesses) == 4


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_title_that_is_written_is_recognised(language: str) -> None:
    titles = [title_of(name, language) for name in OWN_COLUMNS]
    assert [one.column for one in guess_mapping(titles)] == list(OWN_COLUMNS)
    assert len({one.name for one in CHRONOGRAM_COLUMNS}) == len(CHRONOGRAM_COLUMNS)


def test_the_beginning_of_a_timeline_tells_whether_the_start_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Titre général;\n;\nHoraire;Sujet\n09:05;a\nT+1;b\n", "utf-8")
    shown = preview(path, rows=1)
    assert (shown.header_row, shown.titles, shown.rows) == (
        3, ("Horaire", "Sujet"), (("09:05", "a"),),
    )  # fmt: skip
    assert shown.is_start_needed
    path.write_text("Horaire;Sujet\nT+1;b\n", "utf-8")
    assert not preview(path).is_start_needed


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Horaire;Sujet\nT+1;b\n", "utf-8")
    with pytest.raises(FileRefused) as caught:
        preview(path, sheet="Autre")
    assert caught.value.message.code is Code.SHEET_MISSING
