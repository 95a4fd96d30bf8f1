"""What is written reads back equal, and what is for players holds nothing of the staff."""

import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from hygie.connectors.exercise_formats.cexf import read_cexf
from hygie.connectors.exercise_formats.cexf_writer import write_cexf
from hygie.connectors.exercise_formats.chronogram import read_chronogram
from hygie.connectors.exercise_formats.chronogram_writer import players_view, write_chronogram
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused, Severity
from hygie.engines.exercise.types import CellRecord, Condition, InjectRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import CellKind, Nature, On
from tests.connectors.exercise_formats.scenarios import scenarios

SECRET = "secret-of-the-staff"
PLAYED = ScenarioRecord(
    "Nuit blanche",
    summary=SECRET,
    cells=(CellRecord("it", CellKind.IT, "DSI"), CellRecord("care", CellKind.CARE, "Soins")),
    injects=(
        InjectRecord(
            "a", SECRET, 60, sender="Garde", cells=("it",), body="{{dpi}} figé", expected=SECRET,
            objective=SECRET, score=77, comment=SECRET, options=("Couper", "Attendre"),
            conditions=(Condition(On.DECISION, "b", SECRET),),
        ),
        InjectRecord("b", SECRET, 0, Nature.FACILITATION, body=SECRET, attachments=(SECRET,)),
        InjectRecord("c", SECRET, 120, cells=("care",), body="Papier"),
        InjectRecord("d", SECRET, 180, Nature.MILESTONE, body="H+3"),
    ),
    variables={"dpi": "Le DPI", "hidden": SECRET},
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(scenarios())
def test_a_workbook_reads_back_equal(scenario: ScenarioRecord) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_chronogram(path, scenario)
        found = read_chronogram(path)
        assert found.scenario == scenario
        assert not [one for one in found.report.messages if one.severity is not Severity.WARNING
                    and one.code is not Code.NO_ROWS]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(scenarios())
def test_a_cexf_file_reads_back_equal(scenario: ScenarioRecord) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        with path.open("wb") as stream:
            write_cexf(stream, scenario)
        assert read_cexf(path).scenario == scenario


@settings(max_examples=15, deadline=None)
@given(scenarios(), scenarios())
def test_a_cexf_file_changed_here_reads_back_equal(
    before: ScenarioRecord, after: ScenarioRecord
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        with path.open("wb") as stream:
            write_cexf(stream, before)
        remainder = read_cexf(path).remainder
        with path.open("wb") as stream:
            write_cexf(stream, after, remainder=remainder)
        assert read_cexf(path).scenario == after


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    inject = InjectRecord("=1", '=HYPERLINK("x")', 0, body="@SUM(1)", sender="+33", comment="-1")
    write_chronogram(path, ScenarioRecord("=2", injects=(inject,)))
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    risky = [cell for cell in cells if str(cell.value or "")[:1] in {"=", "@", "+", "-"}]
    assert risky and all(cell.quotePrefix for cell in risky)


@pytest.mark.parametrize("cell", ["", "it"])
def test_the_copy_of_players_holds_nothing_of_the_staff(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "a.xlsx"
    count = write_chronogram(path, PLAYED, for_players=True, cell=cell)
    book = openpyxl.load_workbook(path)
    texts = [str(one.value or "") for sheet in book for row in sheet for one in row]
    assert not [text for text in texts if SECRET in text or "77" in text]
    assert count == (2 if cell else 3)
    assert "Le DPI figé" in texts and ("Papier" in texts) is (not cell)
    assert all(sheet.title.startswith("EXERCICE") for sheet in book)


def test_players_see_no_row_of_another_cell() -> None:
    seen = players_view(PLAYED, "care")
    assert [inject.key for inject in seen.injects] == ["c", "d"]


def test_a_text_too_long_for_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    scenario = ScenarioRecord("x", injects=(InjectRecord("a", "t", 0, body="a" * 33_000),))
    with pytest.raises(FileRefused) as caught:
        write_chronogram(tmp_path / "a.xlsx", scenario)
    message = caught.value.message
    assert (message.code, message.row, message.field) == (Code.CELL_TOO_LONG, 2, "Contenu")
