"""Excel and OpenDocument files, honest and hostile."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Cell, Column, Table
from tests.connectors.archives import make_ods, make_xlsx, make_zip, text_cell

COLUMNS = (Column("a", ("Alpha",)), Column("b", ("Beta",), required=False))
# A spreadsheet knows no time zone.
MORNING = dt.datetime.fromisoformat("2026-05-12T09:30")
TITLES = f"<row r='1'>{text_cell('A1', 'Alpha')}{text_cell('B1', 'Beta')}</row>"


def values(table: Table) -> list[tuple[int, Cell, Cell]]:
    return [(row.number, row.values["a"], row.values["b"]) for row in table.rows()]


def messages(table: Table) -> list[tuple[MessageCode, int | None, str]]:
    return [(message.code, message.row, message.field) for message in table.report.messages]


def refused(path: Path, **options: object) -> Message:
    with pytest.raises(FileRefused) as caught:
        list(open_table(path, expected=COLUMNS, **options).rows())  # type: ignore[arg-type]
    return caught.value.message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "classeur.xlsx"


def test_a_workbook_of_another_tool_reads_with_its_types(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Titre de la page"])
    sheet.append([])
    sheet.append(["alpha", "BÊTA"])
    sheet.append([10000024, dt.date(2026, 5, 12)])
    sheet.append([None, None])
    sheet.append(["é\nè", MORNING])
    sheet.append([True, 0.5])
    sheet.append([dt.time(9, 5), dt.timedelta(hours=30)])
    book.save(path)
    table = open_table(path, expected=COLUMNS)
    assert table.header_row == 3
    assert values(table) == [
        (4, 10000024, dt.date(2026, 5, 12)),
        (6, "é\nè", MORNING),
        (7, True, 0.5),
        (8, dt.time(9, 5), dt.timedelta(hours=30)),
    ]


def test_the_sheet_whose_titles_fit_is_chosen(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Lisez-moi"])
    partial = book.create_sheet("Partiel")
    partial.append(["Alpha"])
    full = book.create_sheet("Données")
    full.append(["Alpha", "Beta"])
    full.append(["x", "y"])
    hidden = book.create_sheet("Secret")
    hidden.append(["Alpha", "Beta"])
    hidden.sheet_state = "veryHidden"
    book.save(path)
    table = open_table(path, expected=COLUMNS)
    assert table.sheet == "Données"
    assert values(table) == [(2, "x", "y")]
    assert [code for code, _row, _field in messages(table)] == [
        MessageCode.SHEET_HIDDEN,
        MessageCode.SHEET_CHOSEN,
    ]
    assert refused(path, sheet="Absente").code is MessageCode.SHEET_MISSING


def test_merged_cells_give_their_value_to_each_row(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Alpha", "Beta"], ["Nord", 1], [None, 2], [None, 3], ["Sud", 4]):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    book.save(path)
    table = open_table(path, expected=COLUMNS)
    assert [row[1] for row in values(table)] == ["Nord", "Nord", "Nord", "Sud"]
    assert messages(table) == [(MessageCode.CELLS_MERGED, None, "")]


def test_a_formula_is_never_computed(path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>HYPERLINK("http://x")</f></c></row>'
        '<row r="4"><c r="A4" t="str"><f>A2</f><v>texte</v></c></row>'
    )
    table = open_table(make_xlsx(path, TITLES + rows), expected=COLUMNS)
    assert values(table) == [(2, 2, ""), (4, "texte", "")]
    assert messages(table) == [
        (MessageCode.CELL_FORMULA, 2, "Alpha"),
        (MessageCode.CELL_FORMULA_EMPTY, 3, "Alpha"),
        (MessageCode.CELL_FORMULA, 4, "Alpha"),
    ]


def test_an_error_of_the_spreadsheet_refuses_its_row(path: Path) -> None:
    rows = '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    table = open_table(make_xlsx(path, TITLES + rows), expected=COLUMNS)
    assert values(table) == [(3, 1, "")]
    assert messages(table) == [(MessageCode.CELL_ERROR, 2, "Alpha")]


def test_numbers_and_dates_that_make_no_sense_refuse_their_row(path: Path) -> None:
    styles = "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"
    rows = (
        '<row r="2"><c r="A2"><v>abc</v></c></row>'
        '<row r="3"><c r="A3" s="1"><v>1e300</v></c></row>'
        '<row r="4"><c r="A4" s="1"><v>46154</v></c></row>'
        '<row r="5"><c r="A5"><v>12345678901234567890</v></c></row>'
        '<row r="6"><c r="A6"><v>nan</v></c></row>'
    )
    table = open_table(make_xlsx(path, TITLES + rows, styles=styles), expected=COLUMNS)
    found = values(table)
    assert found[:2] == [(4, dt.date(2026, 5, 12), ""), (5, "12345678901234567890", "")]
    assert messages(table)[:2] == [
        (MessageCode.CELL_NOT_NUMBER, 2, "Alpha"),
        (MessageCode.CELL_NOT_DATE, 3, "Alpha"),
    ]


def test_dates_of_the_1904_system_are_shifted(path: Path) -> None:
    styles = "<cellXfs><xf numFmtId='14'/></cellXfs>"
    rows = '<row r="2"><c r="A2" s="0"><v>44692</v></c></row>'
    made = make_xlsx(
        path, TITLES + rows, styles=styles, workbook_properties='<workbookPr date1904="1"/>'
    )
    assert values(open_table(made, expected=COLUMNS)) == [(2, dt.date(2026, 5, 12), "")]


def test_shared_texts_keep_their_runs_and_lose_their_phonetics(path: Path) -> None:
    shared = (
        "<si><r><t>Cen</t></r><r><t>tre</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
        "<si><t>a_x000D_b</t></si>"
    )
    rows = "".join(f'<row r="{n + 2}"><c r="A{n + 2}" t="s"><v>{n}</v></c></row>' for n in range(3))
    table = open_table(make_xlsx(path, TITLES + rows, shared=shared), expected=COLUMNS)
    assert [row[1] for row in values(table)] == ["Centre", "東京", "a\rb"]


def test_a_shared_text_that_does_not_exist_is_refused(path: Path) -> None:
    rows = '<row r="2"><c r="A2" t="s"><v>99</v></c></row>'
    message = refused(make_xlsx(path, TITLES + rows, shared="<si><t>x</t></si>"))
    assert (message.code, message.row) == (MessageCode.FILE_DAMAGED, 2)


def test_an_entity_bomb_is_refused(path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    message = refused(make_xlsx(path, TITLES + text_cell("A2", "&b;"), before=bomb))
    assert message.code is MessageCode.FILE_DOCTYPE
    assert message.params["part"] == "xl/worksheets/sheet1.xml"


def test_an_external_entity_is_refused(path: Path) -> None:
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    message = refused(make_xlsx(path, TITLES + text_cell("A2", "&x;"), before=outside))
    assert message.code is MessageCode.FILE_DOCTYPE


def test_macros_are_refused(path: Path) -> None:
    made = make_xlsx(path, TITLES, extra={"xl/vbaProject.bin": b"macro"})
    assert refused(made).code is MessageCode.FILE_HAS_MACROS


def test_a_bomb_of_zeros_is_refused(path: Path) -> None:
    made = make_xlsx(path, TITLES + " " * 5_000_000)
    assert refused(made).code is MessageCode.ARCHIVE_RATIO


def test_columns_beyond_the_limit_are_refused(path: Path) -> None:
    rows = f'<row r="2">{text_cell("XFD2", "x")}</row>'
    message = refused(make_xlsx(path, TITLES + rows))
    assert (message.code, message.row) == (MessageCode.TOO_MANY_COLUMNS, 2)


def test_malformed_sheets_are_refused(path: Path) -> None:
    assert refused(make_xlsx(path, TITLES + "<row><c>")).code is MessageCode.FILE_DAMAGED
    assert refused(make_xlsx(path, TITLES, sheets="")).code is MessageCode.FILE_DAMAGED
    empty = make_zip(path, {"[Content_Types].xml": "x", "xl/workbook.xml": "<w/>"})
    assert refused(empty).code is MessageCode.FILE_DAMAGED
    assert refused(make_xlsx(path, "")).code is MessageCode.FILE_EMPTY


def test_an_open_document_reads_with_its_types_and_repeats(tmp_path: Path) -> None:
    tables = (
        '<table:table table:name="Vide"/>'
        '<table:table table:name="Cachée" table:style-name="ta2"><table:table-row>'
        "<table:table-cell><text:p>Alpha</text:p></table:table-cell></table:table-row></table:table>"
        '<table:table table:name="Données">'
        "<table:table-row><table:table-cell><text:p>Alpha</text:p></table:table-cell>"
        "<table:table-cell><text:p>Beta</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2026-05-12"/>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>a'
        '<text:s text:c="2"/>b</text:p><text:p>c</text:p><office:annotation><text:p>note</text:p>'
        "</office:annotation></table:table-cell></table:table-row></table:table>"
    )
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta2">{hidden}</style:style>'
    path = make_ods(tmp_path / "a.ods", tables, styles)
    table = open_table(path, expected=COLUMNS)
    assert values(table) == [
        (2, 12, dt.date(2026, 5, 12)),
        (3, 12, dt.date(2026, 5, 12)),
        (1048004, "a  b\nc", ""),
    ]
    assert table.sheet == "Données"


def test_clocks_and_durations_of_an_open_document_are_told_apart_by_their_style(
    tmp_path: Path,
) -> None:
    styles = (
        '<number:time-style style:name="N40" xmlns:number="n"/>'
        '<number:time-style xmlns:number="n" style:name="N42" '
        'number:truncate-on-overflow="false"/>'
        '<style:style style:name="ce1" style:data-style-name="N40"/>'
        '<style:style style:name="ce2" style:data-style-name="N42"/>'
    )
    cell = '<table:table-cell office:value-type="time" office:time-value="{}" {}/>'
    texts = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    own = 'table:style-name="{}"'.format
    rows = "".join(
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        for cells in (
            (texts.format("Alpha"), texts.format("Beta")),
            (cell.format("PT09H05M00S", ""), cell.format("PT01H30M00S", "")),
            (cell.format("PT09H05M00S", own("ce1")), cell.format("PT01H30M00S", own("ce1"))),
            (cell.format("PT25H00M00S", ""), cell.format("PT00H05M30S", own("ce2"))),
        )
    )
    columns = (
        '<table:table-column table:default-cell-style-name="ce1"/>'
        '<table:table-column table:number-columns-repeated="3" '
        'table:default-cell-style-name="ce2"/>'
    )
    path = make_ods(
        tmp_path / "a.ods", f'<table:table table:name="x">{columns}{rows}</table:table>', styles
    )
    assert [one[1:] for one in values(open_table(path, expected=COLUMNS))] == [
        (dt.time(9, 5), dt.timedelta(hours=1, minutes=30)),
        (dt.time(9, 5), dt.time(1, 30)),
        (dt.timedelta(hours=25), dt.timedelta(minutes=5, seconds=30)),
    ]


def test_hidden_rows_of_an_open_document_are_read_and_told(tmp_path: Path) -> None:
    row = (
        "<table:table-row {}><table:table-cell><text:p>{}</text:p></table:table-cell>{}"
        "</table:table-row>"
    )
    rows = (
        row.format("", "Alpha", "<table:table-cell><text:p>Beta</text:p></table:table-cell>")
        + row.format('table:visibility="filter"', "x", "")
        + row.format('table:visibility="visible"', "y", "")
    )
    path = make_ods(tmp_path / "a.ods", f'<table:table table:name="x">{rows}</table:table>')
    table = open_table(path, expected=COLUMNS)
    assert [one[1] for one in values(table)] == ["x", "y"]
    assert next(table.report.of(MessageCode.ROWS_HIDDEN)).params == {"count": 1}


def test_an_open_document_that_repeats_without_end_is_refused(tmp_path: Path) -> None:
    row = (
        "<table:table-row>{}<table:table-cell {}><text:p>{}</text:p></table:table-cell>"
        "</table:table-row>"
    )
    titles = row.format("", "", "Alpha")
    wide = row.format("", 'table:number-columns-repeated="100000"', "x")
    tall = row.replace("-row>{}", '-row table:number-rows-repeated="1000000">{}', 1).format(
        "", "", "x"
    )
    for body, code in ((wide, MessageCode.TOO_MANY_COLUMNS), (tall, MessageCode.TOO_MANY_ROWS)):
        path = make_ods(
            tmp_path / "a.ods", f'<table:table table:name="x">{titles}{body}</table:table>'
        )
        assert refused(path, limits=Limits(max_rows=1000)).code is code


@settings(max_examples=150, deadline=None)
@given(data=st.binary(min_size=1, max_size=40), place=st.floats(0, 1))
def test_no_damage_makes_the_reader_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: float
) -> None:
    path = make_xlsx(
        tmp_path_factory.mktemp("x") / "a.xlsx",
        TITLES + '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><f>1</f></c></row>',
        shared="<si><t>x</t></si>",
    )
    good = path.read_bytes()
    start = int(place * len(good))
    path.write_bytes(good[:start] + data + good[start + len(data) :])
    try:
        list(open_table(path, expected=COLUMNS).rows())
    except FileRefused as caught:
        assert caught.message.code in MessageCode
