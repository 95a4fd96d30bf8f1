"""The national extract: the real one, and all that can be wrong in one."""

import datetime as dt
import io
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.finess.layout import COLUMNS, width_of
from hygie.connectors.finess.numbers import complete_finess
from hygie.connectors.finess.reader import FinessExtract, open_finess
from hygie.connectors.finess.types import (
    FinessLegalEntity,
    FinessLocation,
    FinessMetadata,
    FinessRecord,
    FinessSite,
)
from hygie.connectors.finess.writer import write_finess
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message, ReadingCancelled, Severity

METADATA = FinessMetadata("etalab", "98", dt.date(2026, 5, 12))
SITE = FinessSite(
    number="010000024",
    legal_entity="010780054",
    name="HÔPITAL « LES PINS »",
    long_name='CENTRE "DU LAC"; SITE SUD',
    commune="451",
    departement="01",
    departement_name="AIN",
    routing="01440 VIRIAT",
    category="355",
    siret="26010004500012",
    opened_on=dt.date(1979, 2, 13),
    authorised_on=dt.date(1979, 2, 13),
    updated_on=dt.date(2020, 2, 4),
)
ENTITY = FinessLegalEntity(
    number="010780054",
    name="CH",
    routing="97133 ST BARTHELEMY",
    departement="9A",
    commune="123",
    legal_status="13",
    siren="260100045",
    created_on=dt.date(1979, 2, 13),
)
PLACE = FinessLocation("010000024", 870262.2, 6571540.8, "1,ATLASANTE,96,BAN,L93_METROPOLE")
LINE = (
    "structureet;010000024;010780054;CH;;;;;;;;;451;01;AIN;01440 VIRIAT;;;355;;;;;;;;;;"
    "1979-02-13;1979-02-13;2020-02-04;"
)
FIRST = "finess;etalab;98;2026-05-12"


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return path


def read(path: Path) -> tuple[list[FinessRecord], FinessExtract]:
    extract = open_finess(path)
    return list(extract.records()), extract


def said(extract: FinessExtract) -> list[tuple[MessageCode, int | None, str]]:
    return [(m.code, m.row, m.field) for m in extract.report.messages]


def refused(path: Path) -> Message:
    with pytest.raises(FileRefused) as caught:
        read(path)
    return caught.value.message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "etalab-cs1100502-stock.csv"


@pytest.mark.real_data
def test_the_real_extract_reads_without_a_word_and_writes_back_identical(
    real_data: Path, path: Path
) -> None:
    source = next((real_data / "finess").glob("*.csv"))
    records, extract = read(source)
    assert len(records) == 11
    assert extract.report.messages == []
    assert extract.metadata == FinessMetadata("etalab", "111", dt.date(2026, 5, 12))
    sites = [record for record in records if isinstance(record, FinessSite)]
    regions = {site.region.name for site in sites if site.region}
    assert regions == {
        "Auvergne-Rhône-Alpes", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte",
        "Wallis-et-Futuna",
    }  # fmt: skip
    assert write_finess(path, records, metadata=extract.metadata) == 11
    assert path.read_bytes() == source.read_bytes()


def test_the_columns_are_those_of_the_records() -> None:
    assert {kind: width_of(kind) for kind in COLUMNS} == {
        "structureet": 32, "structureej": 23, "geolocalisation": 6,
    }  # fmt: skip
    for record, kind in (
        (SITE, "structureet"),
        (ENTITY, "structureej"),
        (PLACE, "geolocalisation"),
    ):
        names = [name for name in record.__dataclass_fields__ if name != "row"]
        assert names == list(COLUMNS[kind])


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-8-sig"])
def test_what_is_written_reads_back_equal(path: Path, encoding: str) -> None:
    records: list[FinessRecord] = [SITE, ENTITY, PLACE]
    write_finess(path, records, metadata=METADATA, encoding=encoding)
    found, extract = read(path)
    assert found == records
    assert [record.row for record in found] == [2, 3, 4]
    assert extract.metadata == METADATA
    assert extract.kinds == {"structureet": 1, "structureej": 1, "geolocalisation": 1}


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30
).map(str.strip)  # fmt: skip
NUMBERS = st.integers(0, 99_999_999).map(lambda stem: complete_finess(f"{stem:08d}"))
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@settings(max_examples=80, deadline=None)
@given(
    records=st.lists(
        st.one_of(
            st.builds(
                FinessSite, number=NUMBERS, legal_entity=NUMBERS, name=WORDS.filter(bool),
                long_name=WORDS, street=WORDS, place=WORDS,
                departement=st.sampled_from(["01", "9A"]), routing=WORDS,
                opened_on=DAYS, authorised_on=DAYS, updated_on=DAYS,
            ),
            st.builds(
                FinessLegalEntity, number=NUMBERS, name=WORDS.filter(bool), long_name=WORDS,
                departement=st.just("2B"), created_on=DAYS,
            ),
            st.builds(
                FinessLocation, number=NUMBERS, x=st.floats(-1e7, 1e7), y=st.floats(-1e7, 1e7),
                source=WORDS, updated_on=DAYS,
            ),
        ),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_any_record_makes_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory, records: list[FinessRecord]
) -> None:
    path = tmp_path_factory.mktemp("f") / "a.csv"
    write_finess(path, records, metadata=METADATA)
    found, extract = read(path)
    assert found == records
    assert not extract.report.has_errors


def test_a_record_knows_its_place(path: Path) -> None:
    assert SITE.region is not None and SITE.region.code == "84"
    assert (SITE.postal_code, SITE.town, SITE.insee_commune) == ("01440", "VIRIAT", "01451")
    assert ENTITY.region is not None and ENTITY.region.name == "Guadeloupe"
    assert (ENTITY.insee_departement, ENTITY.insee_commune) == ("971", "97123")
    abroad = replace(ENTITY, routing="LUXEMBOURG")
    assert (abroad.postal_code, abroad.town) == ("", "LUXEMBOURG")


def test_latin_1_is_never_mistaken(path: Path) -> None:
    found, extract = read(write(path, FIRST, LINE.replace("CH", "ÉVÊCHÉ"), encoding="latin-1"))
    assert isinstance(found[0], FinessSite) and found[0].name == "ÉVÊCHÉ"
    assert extract.encoding.name == "cp1252"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (("010000024", "10000024"), MessageCode.FINESS_NUMBER, "nofinesset"),
        (("010780054", "0107800540"), MessageCode.FINESS_NUMBER, "nofinessej"),
        (("010780054", ""), MessageCode.CELL_EMPTY, "nofinessej"),
        ((";CH;", "; ;"), MessageCode.CELL_EMPTY, "rs"),
        ((";451;", ";451;;"), MessageCode.ROW_COLUMNS, ""),
        ((";451;", ";"), MessageCode.ROW_COLUMNS, ""),
        ((";CH;", ';"CH" X;'), MessageCode.QUOTES_BROKEN, ""),
        (("CH", "C\0H"), MessageCode.TEXT_NUL, ""),
    ],
)
def test_a_bad_row_is_refused_with_its_row_and_column(
    path: Path, change: tuple[str, str], code: MessageCode, field: str
) -> None:
    found, extract = read(write(path, FIRST, LINE, LINE.replace(*change, 1), LINE))
    assert [record.row for record in found] == [2, 4]
    assert said(extract) == [(code, 3, field)]
    assert extract.report.has_errors


@pytest.mark.parametrize(
    ("change", "code", "field", "severity"),
    [
        (("010000024", "010000025"), MessageCode.FINESS_KEY_WRONG, "nofinesset", "warning"),
        (("010000024", "2A0000014"), MessageCode.FINESS_KEY_UNKNOWN, "nofinesset", "info"),
        ((";01;", ";9H;"), MessageCode.FINESS_DEPARTEMENT_UNKNOWN, "departement", "warning"),
        (("2020-02-04", "2020-02-31"), MessageCode.CELL_NOT_DATE, "datemaj", "warning"),
        (("2020-02-04", "04/02/2020"), MessageCode.CELL_NOT_DATE, "datemaj", "warning"),
        (("2020-02-04", ""), MessageCode.CELL_EMPTY, "datemaj", "info"),
    ],
)
def test_a_doubtful_row_is_kept_with_a_word(
    path: Path, change: tuple[str, str], code: MessageCode, field: str, severity: str
) -> None:
    found, extract = read(write(path, FIRST, LINE.replace(*change, 1)))
    assert len(found) == 1
    assert said(extract) == [(code, 2, field)]
    assert extract.report.messages[0].severity is Severity(severity)


def test_a_cut_last_line_is_refused(path: Path) -> None:
    path.write_text(f"{FIRST}\n{LINE}\n{LINE[:60]}", encoding="utf-8")
    found, extract = read(path)
    assert len(found) == 1
    assert said(extract) == [(MessageCode.FINESS_TRUNCATED, 3, "")]


def test_a_file_cut_in_the_middle_of_a_letter_keeps_its_good_rows(path: Path) -> None:
    data = f"{FIRST}\n{LINE.replace('CH', 'ÉÉ')}\nstructureet;010000024;010780054;É".encode()
    path.write_bytes(data[:-1])
    found, extract = read(path)
    assert len(found) == 1
    assert said(extract) == [(MessageCode.TEXT_BAD_BYTES, 3, "")]


def test_other_rows_are_counted_and_reported_once(path: Path) -> None:
    found, extract = read(write(path, FIRST, "equipement;1;2", LINE, "equipement;3;4", "", "x"))
    assert len(found) == 1
    assert [(m.code, m.params) for m in extract.report.messages] == [
        (MessageCode.FINESS_UNKNOWN_ROWS, {"kind": "equipement", "count": 2}),
        (MessageCode.FINESS_UNKNOWN_ROWS, {"kind": "x", "count": 1}),
    ]


def test_coordinates_that_are_not_numbers_are_refused(path: Path) -> None:
    bad = "geolocalisation;010000024;nan;douze;s;2026-05-12"
    _found, extract = read(write(path, FIRST, LINE, bad))
    assert said(extract) == [
        (MessageCode.CELL_NOT_NUMBER, 3, "coordxet"),
        (MessageCode.CELL_NOT_NUMBER, 3, "coordyet"),
    ]


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("nofinesset;nofinessej;rs", MessageCode.FINESS_HAS_HEADER),
        ("N° FINESS;Raison sociale", MessageCode.FINESS_HAS_HEADER),
        ("siret,nofinesset,rs", MessageCode.FINESS_HAS_HEADER),
        ("siren;siret;denominationUsuelle", MessageCode.FINESS_HAS_HEADER),
        ("a;b;c", MessageCode.FINESS_NOT_FINESS),
        ("finess;autre;98", MessageCode.FINESS_HAS_HEADER),
    ],
)
def test_another_file_is_refused_with_its_first_cell(
    path: Path, first: str, code: MessageCode
) -> None:
    message = refused(write(path, first, LINE))
    assert (message.code, message.row) == (code, 1)


def test_an_extract_of_other_rows_only_is_refused(path: Path) -> None:
    message = refused(write(path, FIRST, "equipementsocial;010000024;1"))
    assert message.code is MessageCode.FINESS_NO_KNOWN_ROW
    assert message.params == {"kinds": "equipementsocial"}


def test_what_is_no_text_is_refused(path: Path) -> None:
    for content in (b"PK\x03\x04" + b"x" * 30, b"%PDF-1.7", b"\x00\x01\x02\x03"):
        path.write_bytes(content)
        assert refused(path).code is MessageCode.FILE_TYPE_REFUSED


def test_a_missing_first_line_is_said(path: Path) -> None:
    found, extract = read(write(path, LINE))
    assert len(found) == 1
    assert said(extract) == [(MessageCode.FINESS_NO_METADATA, 1, "")]
    assert extract.metadata.extracted_on is None


def test_an_extract_without_a_valid_date_is_said(path: Path) -> None:
    _found, extract = read(write(path, "finess;etalab;98;hier", LINE))
    assert said(extract) == [(MessageCode.CELL_NOT_DATE, 1, "date")]


def test_progress_goes_to_the_end_and_a_cancel_stops(path: Path) -> None:
    write(path, FIRST, *[LINE] * 5_000)
    steps: list[tuple[int, int]] = []
    extract = open_finess(path)
    list(extract.records(progress=lambda done, total: steps.append((done, total))))
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert steps[-1] == (path.stat().st_size,) * 2 and len(steps) == 3
    with pytest.raises(ReadingCancelled):
        list(open_finess(path).records(cancelled=lambda: True))


def test_the_memory_does_not_grow_with_the_file(path: Path) -> None:
    def peak_of(rows: int) -> int:
        write(path, FIRST, *[LINE] * rows)
        tracemalloc.start()
        for _record in open_finess(path).records():
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak_of(8_000) < peak_of(2_000) * 1.5


def test_a_million_mistakes_keep_few_messages(path: Path) -> None:
    write(path, FIRST, LINE, *["structureet;x"] * 2_000)
    _found, extract = read(path)
    assert len(extract.report.messages) == 500
    assert extract.report.counts[MessageCode.ROW_COLUMNS] == 2_000
    assert extract.report.not_kept == {MessageCode.ROW_COLUMNS: 1_500}


def test_an_extract_without_a_date_is_not_written() -> None:
    with pytest.raises(ValueError, match="date"):
        write_finess(io.StringIO(), [SITE], metadata=FinessMetadata())


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=200), build=st.sampled_from([bytes, lambda data: LINE.encode() + data])
)
def test_no_bytes_make_the_reader_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, build: Callable[[bytes], bytes]
) -> None:
    path = tmp_path_factory.mktemp("f") / "a.csv"
    path.write_bytes(f"{FIRST}\n{LINE}\n".encode() + build(data))
    try:
        read(path)
    except FileRefused as caught:
        assert caught.message.code in MessageCode
