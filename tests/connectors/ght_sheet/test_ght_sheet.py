"""GHT membership sheets, as the ministry publishes them and as people keep them."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from hygie.connectors.ght_sheet.reader import GhtSheet, open_ght_sheet
from hygie.connectors.ght_sheet.types import GhtMembershipRow, GhtRole
from hygie.connectors.ght_sheet.writer import write_ght_csv, write_ght_xlsx
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused

TITLES = "REGION;DENOMINATION GHT;CODE GHT;FINESS;CATEGORIE;DENOMINATION;COMMUNE;CODE POSTAL"
ROW = "Nouvelle-Aquitaine;GHT du Lac;NA-04;010000024;CH;CH du Lac;VIRIAT;01440"


def sheet_of(path: Path, *lines: str) -> GhtSheet:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="cp1252")
    return open_ght_sheet(path)


def said(sheet: GhtSheet) -> list[tuple[MessageCode, int | None, str]]:
    return [(m.code, m.row, m.field) for m in sheet.report.messages]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ght.csv"


def test_the_ministry_list_reads_and_its_missing_roles_are_said(path: Path) -> None:
    sheet = sheet_of(path, "Liste des GHT", "", TITLES, ROW)
    assert list(sheet.rows()) == [
        GhtMembershipRow(
            "Nouvelle-Aquitaine", "GHT du Lac", "NA-04", "010000024", "CH", "CH du Lac", "VIRIAT",
            "01440", GhtRole.PARTIE,
        )
    ]  # fmt: skip
    assert said(sheet) == [(MessageCode.GHT_ROLE_ABSENT, None, "")]


def test_numbers_of_excel_get_their_leading_zero_back(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Code GHT", "Nom du GHT", "N° FINESS", "CP", "Rôle", "Depuis"])
    sheet.append(
        ["na-04", "GHT du Lac", 10000024, 1440, "Etablissement support", dt.date(2016, 7, 1)]
    )
    book.save(tmp_path / "a.xlsx")
    read = open_ght_sheet(tmp_path / "a.xlsx")
    (row,) = read.rows()
    assert (row.finess, row.postal_code, row.role, row.ght_code) == (
        "010000024", "01440", GhtRole.SUPPORT, "NA-04",
    )  # fmt: skip
    assert row.since == dt.date(2016, 7, 1)
    (message,) = read.report.messages
    assert (message.code, message.row) == (MessageCode.FINESS_ZERO_RESTORED, 2)
    assert message.params == {"value": "10000024", "number": "010000024"}


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Support", GhtRole.SUPPORT), ("PARTIE", GhtRole.PARTIE), ("associe", GhtRole.ASSOCIE),
        ("Établissement partenaire", GhtRole.PARTENAIRE), ("", GhtRole.PARTIE),
        ("partner", GhtRole.PARTENAIRE),
    ],
)  # fmt: skip
def test_roles_read_in_both_languages(path: Path, word: str, role: GhtRole) -> None:
    (row,) = sheet_of(path, f"{TITLES};ROLE", f"{ROW};{word}").rows()
    assert row.role is role


@pytest.mark.parametrize(
    "written", ["NA-04", "na-04", "NA 04", "NA04", "NA–04", "NA_04", "GHT NA-04", " NA - 04 "]
)
def test_one_code_written_in_several_ways_is_one_code(path: Path, written: str) -> None:
    (row,) = sheet_of(path, TITLES, ROW.replace("NA-04", written)).rows()
    assert row.ght_code == "NA-04"


def test_a_workbook_as_people_keep_it_reads(tmp_path: Path) -> None:
    """A page before, a title, merged headings over the titles, merged groups, a total."""
    book = openpyxl.Workbook()
    book.active.append(["Mise à jour du 12/05/2026"])
    sheet = book.create_sheet("Membres  GHT")
    sheet.append(["GROUPEMENTS HOSPITALIERS DE TERRITOIRE — MEMBRES"])
    sheet.append([])
    sheet.append(["", "Groupement", None, None, "Établissement"])
    sheet.append(
        ["Région ", "Code\nGHT", "Dénomination du GHT", "Observations", "N° FINESS EJ",
         "Raison sociale", "Code Postal", "Rôle au sein du GHT"]
    )  # fmt: skip
    sheet.append(
        ["Auvergne-Rhône-Alpes", "ARA-01", "GHT du Lac", "", 10000024.0, "CH A", 1440.0,
         "Établissement support du GHT"]
    )  # fmt: skip
    sheet.append([None, None, None, "nouveau", "01 078 005 4 ", "CH B", "01100", "partie "])
    sheet.append([])
    sheet.append(["Total", "", "", "", 2])
    for column in "ABC":
        sheet.merge_cells(f"{column}5:{column}6")
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("B3:D3")
    book.save(tmp_path / "a.xlsx")
    read = open_ght_sheet(tmp_path / "a.xlsx")
    rows = list(read.rows())
    assert [(row.ght_code, row.finess, row.postal_code, row.role) for row in rows] == [
        ("ARA-01", "010000024", "01440", GhtRole.SUPPORT),
        ("ARA-01", "010780054", "01100", GhtRole.PARTIE),
    ]
    assert read.report.rows_in_error == {8}


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (f"{ROW};chef;;", MessageCode.CELL_NOT_CHOICE, "ROLE"),
        (f"{ROW};;2024-13-01;", MessageCode.CELL_NOT_DATE, "DEPUIS"),
        (f"{ROW};;2024-05-01;2023-01-01", MessageCode.DATES_REVERSED, "JUSQU'AU"),
        (f"{ROW};;;".replace("010000024", "0100"), MessageCode.FINESS_NUMBER, "FINESS"),
        (f"{ROW};;;".replace("010000024", ""), MessageCode.CELL_EMPTY, "FINESS"),
        (f"{ROW};;;".replace("NA-04", "quatre"), MessageCode.GHT_CODE, "CODE GHT"),
        (f"{ROW};;;".replace("NA-04", ""), MessageCode.CELL_EMPTY, "CODE GHT"),
        (f"{ROW};;;".replace("GHT du Lac", ""), MessageCode.CELL_EMPTY, "DENOMINATION GHT"),
        (f"{ROW};;;".replace("VIRIAT", "x" * 400), MessageCode.CELL_TOO_LONG, "COMMUNE"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_row_and_title(
    path: Path, line: str, code: MessageCode, field: str
) -> None:
    sheet = sheet_of(path, f"{TITLES};ROLE;DEPUIS;JUSQU'AU", f"{ROW};;;", line)
    assert len(list(sheet.rows())) == 1
    assert said(sheet) == [(code, 3, field)]


def test_the_same_membership_twice_is_said_and_two_that_differ_are_refused(path: Path) -> None:
    sheet = sheet_of(path, f"{TITLES};ROLE", f"{ROW};support", f"{ROW};support", f"{ROW};associé")
    assert len(list(sheet.rows())) == 1
    first, second = sheet.report.messages
    assert (first.code, first.severity, first.row) == (MessageCode.ROW_DUPLICATE, "warning", 3)
    assert (second.code, second.severity, second.row) == (MessageCode.ROW_DUPLICATE, "error", 4)


def test_another_sheet_is_refused(path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        sheet_of(path, "a;b", "1;2")
    assert caught.value.message.params["missing"] == "DENOMINATION GHT, CODE GHT, FINESS"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_reads_back_equal(tmp_path: Path, form: str) -> None:
    rows = [
        GhtMembershipRow(
            "Corse", "=GHT", "CO-01", "2A0000014", "355", "@CH", "AJACCIO", "20000", role,
            dt.date(2016, 7, 1), None if role is GhtRole.SUPPORT else dt.date(2020, 1, 31),
        )
        for role in GhtRole
    ]  # fmt: skip
    rows = [
        GhtMembershipRow(
            **{name: getattr(row, name) for name in row.__slots__} | {"finess": number}
        )
        for row, number in zip(
            rows, ["010000024", "010780054", "970400024", "2A0000014"], strict=True
        )
    ]
    path = tmp_path / f"a.{form}"
    writer = write_ght_csv if form == "csv" else write_ght_xlsx
    assert writer(path, rows) == 4
    sheet = open_ght_sheet(path)
    assert list(sheet.rows()) == rows
    assert said(sheet) == [(MessageCode.FINESS_KEY_UNKNOWN, 5, "FINESS")]
