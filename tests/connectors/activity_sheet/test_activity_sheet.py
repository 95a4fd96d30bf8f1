"""Activity sheets: exact figures, one per structure and year."""

from decimal import Decimal
from pathlib import Path

import pytest

from hygie.connectors.activity_sheet.reader import ActivitySheet, open_activity_sheet
from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.activity_sheet.writer import write_activity_csv, write_activity_xlsx
from hygie.connectors.message_codes import MessageCode

TITLES = "FINESS;Année;Activité combinée;ETP"


def sheet_of(path: Path, *lines: str) -> ActivitySheet:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8-sig")
    return open_activity_sheet(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "activite.csv"


def test_french_figures_read_exactly(path: Path) -> None:
    sheet = sheet_of(path, TITLES, "010000024;2025;12 345,6;1 200", "010780054;2025;40;")
    assert list(sheet.rows()) == [
        ActivityRow("010000024", 2025, Decimal("12345.6"), Decimal(1200)),
        ActivityRow("010780054", 2025, Decimal(40), None),
    ]
    assert sheet.report.messages == []


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("010000024;2025;-1;", MessageCode.CELL_NEGATIVE, "ACTIVITE COMBINEE"),
        ("010000024;2025;beaucoup;", MessageCode.CELL_NOT_NUMBER, "ACTIVITE COMBINEE"),
        ("010000024;2025;;", MessageCode.CELL_EMPTY, "ACTIVITE COMBINEE"),
        ("010000024;1925;1;", MessageCode.CELL_OUT_OF_RANGE, "ANNEE"),
        ("010000024;2025,5;1;", MessageCode.CELL_OUT_OF_RANGE, "ANNEE"),
        ("010000024;;1;", MessageCode.CELL_EMPTY, "ANNEE"),
        ("01000002X4;2025;1;", MessageCode.FINESS_NUMBER, "FINESS"),
        ("010780054;2025;1;abc", MessageCode.CELL_NOT_NUMBER, "EFFECTIF"),
        ("010780054;2025;99;", MessageCode.ROW_DUPLICATE, "FINESS"),
    ],
)
def test_a_bad_row_is_refused_with_its_row_and_title(
    path: Path, line: str, code: MessageCode, field: str
) -> None:
    sheet = sheet_of(path, TITLES, "010780054;2025;40;", line)
    assert len(list(sheet.rows())) == 1
    assert [(m.code, m.row, m.field) for m in sheet.report.messages] == [(code, 3, field)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_reads_back_equal(tmp_path: Path, form: str) -> None:
    rows = [
        ActivityRow("010000024", 2025, Decimal("66.5"), Decimal("12.25")),
        ActivityRow("010780054", 2024, Decimal(0), None),
    ]
    path = tmp_path / f"a.{form}"
    (write_activity_csv if form == "csv" else write_activity_xlsx)(path, rows)
    assert list(open_activity_sheet(path).rows()) == rows
