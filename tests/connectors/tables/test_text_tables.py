"""CSV and TSV files as people and programs really write them."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message, ReadingCancelled
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Column, Row, Table

COLUMNS = (
    Column("finess", ("N° FINESS", "Numéro FINESS")),
    Column("name", ("Dénomination", "Name")),
    Column("city", ("Commune", "City"), required=False),
)


def table_of(path: Path, content: str | bytes, encoding: str = "utf-8", **options: object) -> Table:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return open_table(path, expected=COLUMNS, **options)  # type: ignore[arg-type]


def read(path: Path, content: str | bytes, encoding: str = "utf-8") -> tuple[list[Row], Table]:
    table = table_of(path, content, encoding)
    return list(table.rows()), table


def refused(path: Path, content: str | bytes, **options: object) -> Message:
    with pytest.raises(FileRefused) as caught:
        list(table_of(path, content, **options).rows())
    return caught.value.message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liste.csv"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_accents_survive_every_encoding(path: Path, encoding: str) -> None:
    rows, table = read(path, "N° FINESS;Dénomination\n010000024;Hôpital d'Évêché\n" * 1, encoding)
    assert rows == [Row(2, {"finess": "010000024", "name": "Hôpital d'Évêché", "city": ""})]
    assert table.report.messages == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_by_the_titles(path: Path, delimiter: str) -> None:
    content = f"numero finess{delimiter}NAME\n010000024{delimiter}A, B et C - D\n"
    if delimiter == ",":
        content = content.replace("A, B et C - D", '"A, B et C - D"')
    rows, table = read(path, content)
    assert table.delimiter == delimiter
    assert rows[0].values["name"] == "A, B et C - D"


def test_title_rows_before_the_titles_are_skipped(path: Path) -> None:
    content = "Liste des GHT;;\nau 1er janvier;;\n\nDENOMINATION (texte);N°FINESS;x\nA;1;\n"
    rows, table = read(path, content)
    assert table.header_row == 4
    assert rows == [Row(5, {"finess": "1", "name": "A", "city": ""})]
    assert [(m.code, m.field) for m in table.report.messages] == [(MessageCode.HEADER_UNKNOWN, "x")]


def test_row_numbers_are_those_of_the_file(path: Path) -> None:
    content = 'N° FINESS;Name;City\n1;"deux\nlignes ""citées""";X\n\n;;\n2;b;Y\n'
    rows, _table = read(path, content)
    assert [(row.number, row.values["name"]) for row in rows] == [
        (2, 'deux\nlignes "citées"'),
        (6, "b"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(path: Path, end: str) -> None:
    rows, _table = read(path, end.join(["N° FINESS;Name", "1;a", "2;b", ""]))
    assert [row.values["finess"] for row in rows] == ["1", "2"]


def test_a_nul_byte_refuses_its_row_only(path: Path) -> None:
    rows, table = read(path, b"N\xc2\xb0 FINESS;Name\n1;a\0b\n2;c\n")
    assert [row.number for row in rows] == [3]
    assert [(m.code, m.row) for m in table.report.messages] == [(MessageCode.TEXT_NUL, 2)]


def test_damaged_utf8_refuses_its_row_and_never_changes_the_others(path: Path) -> None:
    good = "N° FINESS;Name\n1;Hôpital\n2;Évêché\n".encode()
    rows, table = read(path, good + b"3;Caf\xe9\n4;fin\n")
    assert [row.values["name"] for row in rows] == ["Hôpital", "Évêché", "fin"]
    assert [(m.code, m.row, m.params) for m in table.report.messages] == [
        (MessageCode.TEXT_BAD_BYTES, 4, {"encoding": "utf-8"})
    ]


def test_text_encoded_twice_is_reported(path: Path) -> None:
    _rows, table = read(path, "N° FINESS;Name\n1;HÃ´pital gÃ©nÃ©ral\n")
    assert [m.code for m in table.report.messages] == [MessageCode.TEXT_DOUBLE_ENCODED]


def test_a_very_long_line_is_refused(path: Path) -> None:
    message = refused(path, "N° FINESS;Name\n1;" + "a" * 300_000 + "\n")
    assert (message.code, message.row) == (MessageCode.LINE_TOO_LONG, 2)


def test_a_cell_that_is_too_long_refuses_its_row(path: Path) -> None:
    rows, table = read(path, "N° FINESS;Name\n1;" + "a" * 40_000 + "\n2;b\n")
    assert [row.number for row in rows] == [3]
    assert [(m.code, m.row, m.field) for m in table.report.messages] == [
        (MessageCode.CELL_TOO_LONG, 2, "Dénomination")
    ]


def test_an_open_quote_is_reported_with_its_row(path: Path) -> None:
    rows, table = read(path, 'N° FINESS;Name\n1;a\n2;"b\n3;c\n')
    assert [row.number for row in rows] == [2]
    assert [(m.code, m.row) for m in table.report.messages] == [(MessageCode.QUOTES_BROKEN, 3)]


def test_text_after_a_closing_quote_is_reported(path: Path) -> None:
    rows, table = read(path, 'N° FINESS;Name\n1;"a" b\n3;c\n')
    assert [row.number for row in rows] == [3]
    assert [(m.code, m.row) for m in table.report.messages] == [(MessageCode.QUOTES_BROKEN, 2)]


def test_a_row_with_other_columns_is_refused(path: Path) -> None:
    rows, table = read(path, "N° FINESS;City;Name\n1;b\n2;b;c;;\n3;b;c;d\n")
    assert [row.number for row in rows] == [3]
    assert [(m.code, m.row, m.params) for m in table.report.messages] == [
        (MessageCode.ROW_COLUMNS, 2, {"found": 2, "expected": 3}),
        (MessageCode.ROW_COLUMNS, 4, {"found": 4, "expected": 3}),
    ]


def test_a_table_without_its_titles_is_refused_with_their_names(path: Path) -> None:
    message = refused(path, "Ville;Nom\nA;B\n")
    assert message.code is MessageCode.HEADER_NOT_FOUND
    assert message.params == {"missing": "N° FINESS, Dénomination", "rows": 2}


def test_a_title_present_twice_is_reported(path: Path) -> None:
    rows, table = read(path, "N° FINESS;Name;Name\n1;a;b\n")
    assert rows[0].values["name"] == "a"
    assert [(m.code, m.field) for m in table.report.messages] == [
        (MessageCode.HEADER_DUPLICATE, "Name")
    ]


def test_too_many_rows_are_refused(path: Path) -> None:
    content = "N° FINESS;Name\n" + "1;a\n" * 11
    message = refused(path, content, limits=Limits(max_rows=10))
    assert (message.code, message.row) == (MessageCode.TOO_MANY_ROWS, 12)


def test_titles_without_rows_are_reported(path: Path) -> None:
    _rows, table = read(path, "N° FINESS;Name\n")
    assert [m.code for m in table.report.messages] == [MessageCode.NO_ROWS]


def test_reading_can_be_cancelled(path: Path) -> None:
    table = table_of(path, "N° FINESS;Name\n" + "1;a\n" * 2000, cancelled=lambda: True)
    with pytest.raises(ReadingCancelled):
        list(table.rows())


def test_what_is_not_a_table_is_refused(path: Path) -> None:
    for content in (b"%PDF-1.4", b"MZ\0\0", b"<html><script>", b'{"a": 1}', b"\x00\x01\x02\x03"):
        assert refused(path, content).code is MessageCode.FILE_TYPE_REFUSED


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300), has_mark=st.booleans())
def test_no_bytes_make_the_reader_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, has_mark: bool
) -> None:
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_bytes((codecs.BOM_UTF8 if has_mark else b"") + b"FINESS;name\n1;a\n" + data)
    columns = (Column("finess", ("FINESS",)), Column("name", ("name",)))
    try:
        list(open_table(path, expected=columns).rows())
    except FileRefused as refused_file:
        assert refused_file.message.code in MessageCode
