"""A capture is hostile input: what is wrong is said with its file and line, the rest is read."""

import contextlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.directory_exports import oradad_tables
from hygie.connectors.directory_exports.oradad import read_oradad
from hygie.connectors.directory_exports.oradad_values import (
    days_of,
    dns_of,
    first_value,
    instant_of,
    named_dn,
    parent_of,
    values_of,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, ReadingCancelled, Report
from hygie.engines.directory.facts import NEVER, UNKNOWN, DirectoryFacts
from hygie.engines.directory.vocabulary import Flag, Instant, Text
from tests.connectors.directory_exports.oradad_trees import (
    BASE,
    SID,
    account,
    guid,
    make_tree,
    root_row,
    top,
)


def _read(root: Path, report: Report) -> DirectoryFacts:
    (export,) = read_oradad(root, report)
    assert export.facts is not None
    return export.facts


def _small(root: Path, **values: str) -> Path:
    return make_tree(
        root,
        {
            "domain/hop.fr/root": [root_row()],
            "domain/hop.fr/user": [account("Paul", 1104, **values)],
        },
    )


def test_a_folder_without_a_list_of_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "user.tsv").write_text("x")
    with pytest.raises(FileRefused) as refused:
        read_oradad(tmp_path, Report())
    assert refused.value.message.code is MessageCode.ORADAD_NO_TABLES


@pytest.mark.parametrize("name", ["capture.mla", "hop.fr/x.oradad"])
def test_a_sealed_archive_says_what_to_set(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"MLA sealed")
    with pytest.raises(FileRefused) as refused:
        read_oradad(tmp_path, Report())
    assert refused.value.message.code is MessageCode.ORADAD_SEALED


def test_a_missing_folder_or_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        read_oradad(tmp_path / "absent", Report())
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(FileRefused):
        read_oradad(tmp_path / "a.txt", Report())


def test_an_empty_list_of_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tables.tsv").write_bytes(b"hop.fr_20260430-120000\n")
    with pytest.raises(FileRefused):
        read_oradad(tmp_path, Report())


def test_a_row_of_another_width_is_refused_with_its_file_and_line(tmp_path: Path) -> None:
    tree = _small(tmp_path)
    file = tree / "domain/hop.fr/user.tsv"
    file.write_bytes(file.read_bytes() + "too\tfew\r\n".encode("utf-16-le"))
    report = Report()
    facts = _read(tree, report)
    (message,) = report.of(MessageCode.ROW_COLUMNS)
    assert (message.file, message.row) == ("domain/hop.fr/user.tsv", 2)
    assert message.params == {"found": 2, "expected": 3}
    assert f"{SID}-1104" in facts.identifiers


def test_a_listed_table_that_is_absent_is_told(tmp_path: Path) -> None:
    tree = _small(tmp_path)
    (tree / "domain/hop.fr/user.tsv").unlink()
    report = Report()
    _read(tree, report)
    assert report.counts[MessageCode.ORADAD_TABLE_MISSING] == 1


@pytest.mark.parametrize(
    "line",
    [
        "domain\\hop.fr\\group.tsv\tx\tx\t9\tdn\tnvarchar(4)",
        "domain\\hop.fr\\group.tsv\tx\tx\t2\tdn\tnvarchar(4)\tdn\tnvarchar(4)",
        "..\\..\\secret.tsv\tx\tx\t1\tdn\tnvarchar(4)",
        "garbage",
    ],
)
def test_a_table_described_wrongly_is_left_out(tmp_path: Path, line: str) -> None:
    tree = _small(tmp_path)
    listing = tree / "tables.tsv"
    listing.write_text(listing.read_text() + line + "\n")
    report = Report()
    facts = _read(tree, report)
    assert report.counts[MessageCode.ORADAD_TABLE_LINE] == 1
    assert f"{SID}-1104" in facts.identifiers


def test_another_encoding_is_taken_when_nothing_else_is_possible(tmp_path: Path) -> None:
    tables = {
        "domain/hop.fr/root": [root_row()],
        "domain/hop.fr/user": [account("Éloïse", 1104)],
    }
    for number, (encoding, bom) in enumerate(
        [("utf-8", ""), ("utf-8", "\ufeff"), ("utf-16-le", ""), ("utf-16-be", "\ufeff")]
    ):
        report = Report()
        facts = _read(make_tree(tmp_path / str(number), tables, encoding=encoding, bom=bom), report)
        assert facts.texts[Text.SAM_NAME] == {1: "Éloïse"}
        assert report.counts[MessageCode.ORADAD_NOT_UTF_16] == 2


def test_bytes_of_no_known_encoding_are_an_error(tmp_path: Path) -> None:
    tree = _small(tmp_path)
    (tree / "domain/hop.fr/user.tsv").write_bytes(b"\xff\x00\xfe\x80abc")
    report = Report()
    facts = _read(tree, report)
    assert report.has_errors
    assert f"{SID}-1104" not in facts.identifiers


def test_lone_surrogates_and_nuls_are_told_and_never_kept(tmp_path: Path) -> None:
    report = Report()
    facts = _read(
        _small(tmp_path, description="a\ud800b", servicePrincipalName="HTTP/a\0b"), report
    )
    assert report.counts[MessageCode.TEXT_BAD_BYTES] >= 1
    assert report.counts[MessageCode.TEXT_NUL] >= 1
    assert facts.texts[Text.SPN] == {1: ("HTTP/ab",)}
    "".join(facts.names).encode("utf-8")


def test_a_cell_of_ten_megabytes_is_lost_not_empty(tmp_path: Path) -> None:
    report = Report()
    tree = _small(tmp_path, servicePrincipalName="HTTP/a;" * 1_500_000, pwdLastSet="")
    facts = _read(tree, report)
    (message, *_others) = report.of(MessageCode.CELL_TOO_LONG)
    assert message.field == "serviceprincipalname"
    assert not facts.is_known(Flag.HAS_SPN).any()
    assert facts.instants[Instant.PASSWORD_SET].tolist() == [UNKNOWN, NEVER]


def test_a_line_without_end_is_followed_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oradad_tables, "_LONGEST_LINE", 1000)
    monkeypatch.setattr(oradad_tables, "_BLOCK", 512)
    tree = _small(tmp_path, description="x" * 5000)
    file = tree / "domain/hop.fr/user.tsv"
    row = f"CN=Next,{BASE}\tNext\t{SID}-1105\t\r\n"
    file.write_bytes(file.read_bytes() + row.encode("utf-16-le"))
    report = Report()
    facts = _read(tree, report)
    assert report.counts[MessageCode.LINE_TOO_LONG] >= 1
    assert f"{SID}-1105" in facts.identifiers
    assert f"{SID}-1104" not in facts.identifiers


def test_a_header_row_is_known_for_what_it_is(tmp_path: Path) -> None:
    tree = _small(tmp_path)
    file = tree / "domain/hop.fr/user.tsv"
    text = file.read_bytes().decode("utf-16-le").removeprefix("\ufeff")
    header = "\ufeffdn\tsAMAccountName\tobjectSid\r\n"
    file.write_bytes((header + text).encode("utf-16-le"))
    report = Report()
    facts = _read(tree, report)
    assert len(facts) == 2
    assert not report.has_errors


def test_a_sid_a_date_and_a_number_that_are_wrong_leave_the_fact_unknown(tmp_path: Path) -> None:
    tree = make_tree(
        tmp_path,
        {
            "domain/hop.fr/root": [root_row(minPwdLength="many")],
            "domain/hop.fr/user": [
                account("Paul", 1104, pwdLastSet="yesterday", userAccountControl="0x200"),
                {**account("Anne", 1105), "objectSid": "S-1-banana"},
            ],
        },
    )
    report = Report()
    facts = _read(tree, report)
    assert report.counts[MessageCode.CELL_NOT_DATE] == 1
    assert report.counts[MessageCode.CELL_NOT_NUMBER] == 2
    assert report.counts[MessageCode.SID_INVALID] == 1
    assert facts.instants[Instant.PASSWORD_SET, 1] == UNKNOWN
    assert not facts.is_known(Flag.ENABLED).any()


def test_names_that_hold_one_another_end(tmp_path: Path) -> None:
    groups = [
        {
            "dn": f"CN=G{one},{BASE}",
            "objectSid": f"{SID}-{2000 + one}",
            "sAMAccountName": f"G{one}",
            "member": f"CN=G{(one + 1) % 3},{BASE};CN=G{one},{BASE};CN=Nobody,{BASE}",
        }
        for one in range(3)
    ]
    settings_rows = [
        {
            "dn": f"CN=PSO,{BASE}",
            "msDS-PSOAppliesTo": f"CN=G0,{BASE}",
            "msDS-MinimumPasswordLength": "12",
        }
    ]
    tree = make_tree(
        tmp_path,
        {
            "domain/hop.fr/root": [root_row()],
            "domain/hop.fr/group": groups,
            "domain/hop.fr/passwordSettings": settings_rows,
            "domain/hop.fr/top": [top("CN=a", "container", 1), top("", "container", 2)],
        },
    )
    report = Report()
    assert len(_read(tree, report)) == 5
    (message,) = report.of(MessageCode.ORADAD_NAMES_UNKNOWN)
    assert message.params == {"count": 3}


def test_a_huge_descriptor_is_an_error_and_the_rights_stay_unknown(tmp_path: Path) -> None:
    tree = make_tree(
        tmp_path,
        {
            "domain/hop.fr/root": [root_row()],
            "domain/hop.fr/user": [account("Paul", 1104)],
            "domain/hop.fr/top": [
                top(BASE, "domainDNS", 1, nTSecurityDescriptor="D:" + "(A;;GA;;;BA)" * 20_500),
                top(f"CN=Paul,CN=Users,{BASE}", "user", 2, nTSecurityDescriptor="nonsense"),
            ],
        },
    )
    report = Report()
    facts = _read(tree, report)
    assert [m.row for m in report.of(MessageCode.DESCRIPTOR_UNREADABLE)] == [1, 2]
    assert facts.is_known(Flag.ACES_COLLECTED).sum() == 2
    assert not facts.is_set(Flag.ACES_COLLECTED).any()


def test_an_archive_reads_as_its_folder(tmp_path: Path) -> None:
    tree = _small(tmp_path / "hop.fr" / "20260430-120000", userAccountControl="512")
    archive = tmp_path / "capture.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in tree.rglob("*.tsv"):
            target.write(file, file.relative_to(tmp_path))
    told: list[tuple[int, int]] = []
    (export,) = read_oradad(archive, Report(), progress=lambda *done: told.append(done))
    assert export.facts is not None
    assert export.facts.identifiers == _read(tree, Report()).identifiers
    assert export.name == "capture.zip"
    assert told[-1][0] == told[-1][1]
    assert all(done <= total for done, total in told)


def test_several_captures_are_several_exports(tmp_path: Path) -> None:
    for name in ("a", "b"):
        _small(tmp_path / name)
    exports = read_oradad(tmp_path, Report())
    assert [export.name.endswith(f"({name})") for export, name in zip(exports, "ab", strict=True)]
    assert len({export.digest for export in exports}) == 2


def test_an_archive_that_climbs_out_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("../tables.tsv", "x")
    with pytest.raises(FileRefused) as refused:
        read_oradad(archive, Report())
    assert refused.value.message.code is MessageCode.ARCHIVE_UNSAFE_PATH


def test_links_are_not_followed(tmp_path: Path) -> None:
    tree = _small(tmp_path / "tree")
    secret = tmp_path / "secret.tsv"
    (tree / "domain/hop.fr/user.tsv").rename(secret)
    (tree / "domain/hop.fr/user.tsv").symlink_to(secret)
    report = Report()
    _read(tree, report)
    assert report.counts[MessageCode.ORADAD_TABLE_MISSING] == 1


def test_reading_stops_when_asked(tmp_path: Path) -> None:
    with pytest.raises(ReadingCancelled):
        read_oradad(_small(tmp_path), Report(), cancelled=lambda: True)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_tree_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    tree = make_tree(
        tmp_path_factory.mktemp("tree"),
        {
            "domain/hop.fr/root": [root_row(gPLink="[LDAP://CN=a,DC=hop,DC=fr;0]")],
            "domain/hop.fr/user": [account("Paul", 1104, userAccountControl="512")],
            "domain/hop.fr/top": [
                top(BASE, "domainDNS", 1, nTSecurityDescriptor="O:BAD:(A;;GA;;;BA)", memberOf="x"),
                top(f"CN=Z,{BASE}", "dnsZone", 3, isDeleted=""),
            ],
        },
    )
    files = sorted(tree.rglob("*.tsv"))
    file = data.draw(st.sampled_from(files))
    raw = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        piece = data.draw(st.binary(max_size=6))
        raw[at : at + data.draw(st.integers(0, 4))] = piece
    file.write_bytes(bytes(raw))
    with contextlib.suppress(FileRefused):
        read_oradad(tree, Report())


def test_cells_are_read_by_their_form() -> None:
    assert instant_of("2026-04-30 12:00:00") == 1777550400
    assert instant_of("2999-12-12 23:59:59") == instant_of("") == NEVER
    assert instant_of("1601-01-01 00:00:00") == NEVER
    assert instant_of("2026-13-01 00:00:00") is None
    assert instant_of("30/04/2026") is None
    assert days_of("-36288000000000", "42:00:00:00") == 42
    assert days_of("", "42:00:00:00") == 42
    assert days_of("-9223372036854775808", "Never") == days_of("", "Never") == 0
    assert days_of("", "") is None
    assert values_of(r"CN=a\;b,DC=x;CN=c,DC=x") == [r"CN=a\;b,DC=x", "CN=c,DC=x"]
    assert values_of("") == []
    assert named_dn("B:8:01000000:CN=Paul,DC=x") == "CN=Paul,DC=x"
    assert parent_of(r"CN=Dupont\, Paul,OU=Staff,DC=x") == "OU=Staff,DC=x"
    assert first_value(r"CN=Dupont\, Paul,OU=Staff,DC=x") == "Dupont, Paul"
    assert dns_of("CN=a,DC=Hop,DC=fr") == "hop.fr"
    assert guid(1) != guid(2)
