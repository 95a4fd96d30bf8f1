"""Numbers, dates and choices of people; files written and read back equal."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hygie.connectors.tables.cells import date_of, number_of, text_of
from hygie.connectors.tables.neutral import neutralised, restored
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Cell, Column
from hygie.connectors.tables.writer import sheet_name, write_csv, write_xlsx

COLUMNS = (Column("a", ("Alpha",)), Column("b", ("Beta",)))
TITLES = ["Alpha", "Beta"]
# A spreadsheet knows no time zone.
MORNING = dt.datetime.fromisoformat("2026-05-12T03:00")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", "12"), ("1 234,5", "1234.5"), ("1\u202f234,50", "1234.50"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1,234,567", "1234567"), ("0,66", "0.66"), ("-3", "-3"),
        (0.1, "0.1"), (12, "12"), ("1e3", "1000"), ("12,3,4", None), ("1.2.3", None),
        ("abc", None), ("", None), (True, None), ("١٢", "12"), ("nan", None), ("inf", None),
        ("1e999999", None), (dt.date(2026, 1, 1), None), ("9" * 40, None), ("=1", None),
    ],
)  # fmt: skip
def test_numbers_read_as_people_write_them(cell: Cell, number: str | None) -> None:
    assert number_of(cell) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-05-12", dt.date(2026, 5, 12)), ("12/05/2026", dt.date(2026, 5, 12)),
        ("1.2.2024", dt.date(2024, 2, 1)), ("2024-02-29T10:00", dt.date(2024, 2, 29)),
        (MORNING, dt.date(2026, 5, 12)), ("29/02/2025", None),
        ("31/04/2026", None), ("12/05/26", None), ("0001-01-01", None), (46154, None), ("", None),
        ("9999-12-31", None), ("12/05/2026 00:00:00", dt.date(2026, 5, 12)),
        ("12/05/2026 08:30", None), ("1er janvier 2026", dt.date(2026, 1, 1)),
        ("12 mai 2026", dt.date(2026, 5, 12)), ("3 août 2025", dt.date(2025, 8, 3)),
        ("31-déc.-2025", dt.date(2025, 12, 31)), ("1 janv. 2026", dt.date(2026, 1, 1)),
        ("5 jui 2025", None), ("30 février 2025", None), ("12 lits 2026", None),
    ],
)  # fmt: skip
def test_dates_read_as_people_write_them(cell: Cell, day: dt.date | None) -> None:
    assert date_of(cell) == day


def test_texts_read_as_people_see_them() -> None:
    assert [text_of(cell) for cell in (355.0, 12, True, " a ", 0.5, dt.date(2026, 1, 2))] == [
        "355", "12", "true", "a", "0.5", "2026-01-02",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+33", "-x", "@a", "\tx", "\rx", "'=1", "''@", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert neutralised(text) == "'" + text
    assert restored(neutralised(text)) == text


@given(text=st.text())
def test_neutralising_loses_nothing(text: str) -> None:
    safe = neutralised(text)
    assert restored(safe) == text
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40
).filter(lambda text: text.strip() != "")


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=8))
def test_a_csv_file_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("w") / "a.csv"
    assert write_csv(path, TITLES, rows) == len(rows)
    table = open_table(path, expected=COLUMNS)
    assert [(row.values["a"], row.values["b"]) for row in table.rows()] == rows


@settings(max_examples=60, deadline=None)
@example(rows=[("0", -(10**14))])
@given(
    rows=st.lists(
        st.tuples(
            TEXTS,
            st.one_of(
                TEXTS,
                st.integers(-(10**14), 10**14),
                st.dates(dt.date(1905, 1, 1), dt.date(2200, 1, 1)),
                st.booleans(),
            ),
        ),
        max_size=6,
    )
)
def test_a_workbook_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Cell]]
) -> None:
    path = tmp_path_factory.mktemp("w") / "a.xlsx"
    write_xlsx(path, {"Feuille": (TITLES, rows)})
    table = open_table(path, expected=COLUMNS)
    assert [(row.values["a"], row.values["b"]) for row in table.rows()] == rows


def test_a_workbook_is_ready_to_use_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"a/b:c": (TITLES, iter([("=1+1", Decimal("1.5")), ("#N/A", None)]))})
    sheet = openpyxl.load_workbook(path)["a b c"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert (sheet["A2"].data_type, sheet["A2"].value, sheet["A2"].quotePrefix) == (
        "s",
        "=1+1",
        True,
    )
    assert sheet["A3"].data_type == "s"
    assert sheet["B2"].value == 1.5
    assert sheet.column_dimensions["A"].width >= 10


def test_a_row_of_another_width_or_a_text_too_long_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 titles"):
        write_csv(io.StringIO(), TITLES, [("a",)])
    with pytest.raises(ValueError, match="does not fit"):
        write_xlsx(tmp_path / "a.xlsx", {"x": (TITLES, [("a" * 40_000, "")])})


def test_every_row_is_written_however_many(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write_xlsx(path, {"x": (TITLES, ((f"r{n}", n) for n in range(1000)))}) == 1000
    assert sum(1 for _row in open_table(path, expected=COLUMNS).rows()) == 1000


def test_a_sheet_name_is_made_acceptable() -> None:
    assert sheet_name("[a]:*?/\\" + "b" * 40) == "a" + " " * 6 + "b" * 24
    assert sheet_name("''") == "Table"
