"""A hostile or damaged export is refused, or its faulty records are, and it is said which."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.directory_exports.sharphound_records import ObjectRecord, Properties
from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, ReadingCancelled, Report
from hygie.engines.directory.vocabulary import Flag, ObjectKind
from tests.connectors.archives import forged
from tests.connectors.directory_exports.exports import (
    archive,
    document,
    read,
    read_records,
    record,
    sid,
    told,
)

USERS = document("users", [record(sid(1104), "A"), record(sid(1105), "B")])
GOOD = record(sid(1105), "B", {"enabled": True})


def refused(path: Path, limits: ExportLimits | None = None) -> tuple[str, str]:
    with pytest.raises(FileRefused) as caught:
        read_sharphound(path, Report(path.name), limits=limits or ExportLimits())
    return caught.value.message.code, caught.value.message.file


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_member_refuses_the_whole_export(tmp_path: Path, part: float) -> None:
    cut = USERS[: int(len(USERS) * part)]
    path = archive(tmp_path / "e.zip", {"a.json": USERS, "b.json": cut})
    assert refused(path) == (MessageCode.JSON_TRUNCATED, "e.zip/b.json")


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "e.zip", {"a.json": USERS * 1})
    path.write_bytes(path.read_bytes()[:-40])
    assert refused(path)[0] == MessageCode.FILE_DAMAGED
    path = archive(tmp_path / "f.zip", {"a.json": USERS})
    assert refused(forged(path, "size", len(USERS) - 10))[0] == MessageCode.FILE_DAMAGED


def test_dangerous_archives_are_refused(tmp_path: Path) -> None:
    cases: dict[str, bytes] = {"../evil.json": USERS, "/evil.json": USERS, "C:/evil.json": USERS}
    for name, content in cases.items():
        path = archive(tmp_path / "e.zip", {name: content})
        assert refused(path)[0] == MessageCode.ARCHIVE_UNSAFE_PATH
    inner = archive(tmp_path / "inner.zip", {"a.json": USERS}).read_bytes()
    path = archive(tmp_path / "e.zip", {"a.json": USERS, "inner.zip": inner})
    assert refused(path) == (MessageCode.ARCHIVE_NESTED, "e.zip/inner.zip")


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    archive(path, {"a.json": b'{"data":[' + b" " * 100 * MEGABYTE + b"]}"})
    assert refused(path)[0] == MessageCode.ARCHIVE_RATIO
    small = ExportLimits(files=Limits(max_uncompressed_bytes=1_000))
    path = archive(tmp_path / "e.zip", {"a.json": USERS * 10})
    assert refused(path, small)[0] == MessageCode.ARCHIVE_TOO_LARGE


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    empty = archive(tmp_path / "empty.zip", {})
    assert refused(empty)[0] == MessageCode.DIRECTORY_NOT_EXPORT
    other = archive(tmp_path / "e.zip", {"notes.txt": b"bonjour", "a.json": b'{"b": 1}'})
    assert refused(other)[0] == MessageCode.DIRECTORY_NOT_EXPORT
    (tmp_path / "folder").mkdir()
    assert refused(tmp_path / "folder")[0] == MessageCode.DIRECTORY_NOT_EXPORT
    assert refused(tmp_path / "absent.zip")[0] == MessageCode.FILE_MISSING


def test_other_files_and_types_are_left_aside_and_said(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "e.zip",
        {
            "a.json": USERS,
            "b.json": document("azusers", [{"x": 1}, {"y": 2}]),
            "c.json": b'{"graph": {"nodes": [], "edges": []}}',
            "d.txt": b"bonjour",
            "e.json": b'{"other": 1}',
        },
    )
    export, _facts, report = read(path)
    assert [(one.code, one.file) for one in report.messages] == [
        ("directory_file_ignored", "e.zip/d.txt"),
        ("directory_file_ignored", "e.zip/e.json"),
        ("directory_type_unknown", "e.zip/b.json"),
        ("directory_type_unknown", "e.zip/c.json"),
    ]
    assert export.counts["skipped"] == 2 and export.counts["objects"] == 2


WRONG: Any = [5, "texte", [1], {"a": 1}, [[1]], True, 1.5, [{"ObjectIdentifier": 5}]]


def keys_of(kind: type) -> list[str]:
    names: list[str] = list(kind.__struct_encode_fields__)  # type: ignore[attr-defined]
    return names


@pytest.mark.parametrize("key", [one for one in keys_of(ObjectRecord) if one != "ObjectIdentifier"])
def test_a_wrong_type_anywhere_refuses_its_record_alone(tmp_path: Path, key: str) -> None:
    for value in WRONG:
        faulty = {**record(sid(1104), "A"), key: value}
        _export, facts, report = read_records(tmp_path, "computers", faulty, GOOD)
        assert told(facts, sid(1105), Flag.ENABLED) is True
        for message in report.messages:
            if message.code == MessageCode.DIRECTORY_FIELD_TYPE:
                assert message.row == 1 and message.field.startswith(key)
                assert message.file.endswith("_computers.json")


@pytest.mark.parametrize("key", keys_of(Properties))
def test_a_wrong_type_in_a_property_refuses_its_record_or_leaves_it_unknown(
    tmp_path: Path, key: str
) -> None:
    for value in WRONG:
        faulty = record(sid(1104), "A", {key: value})
        export, facts, report = read_records(tmp_path, "users", faulty, GOOD)
        assert told(facts, sid(1105), Flag.ENABLED) is True
        if export.counts["refused"]:
            (message,) = report.of(MessageCode.DIRECTORY_FIELD_TYPE)
            assert (message.row, message.field[: len("Properties")]) == (1, "Properties")


def test_a_number_where_a_list_is_expected_is_told_with_its_place(tmp_path: Path) -> None:
    faulty = record(sid(1104), "A", Aces=[{"PrincipalSID": "X", "IsInherited": "non"}])
    other = record(sid(1106), "C", Members=7)
    export, _facts, report = read_records(tmp_path, "groups", faulty, GOOD, other)
    told_of = [(one.row, one.field, one.params["found"]) for one in report.messages]
    assert told_of == [(1, "Aces[0].IsInherited", "str"), (3, "Members", "int")]
    assert export.counts["refused"] == 2 and report.has_errors


def test_what_is_not_json_in_a_record_refuses_it_alone(tmp_path: Path) -> None:
    good = json.dumps(GOOD).encode()
    for bad in (b'{"a":NaN}', b'{"a":Infinity}', b'{"ObjectIdentifier":"\xff"}', b'{"a" 1}',
                b'{"ObjectIdentifier":"\\ud800"}', b"{'a':1}"):  # fmt: skip
        path = tmp_path / "20240305110018_users.json"
        path.write_bytes(b'{"data":[' + bad + b"," + good + b'],"meta":{"type":"users"}}')
        _export, facts, report = read(path)
        assert [(one.code, one.row) for one in report.messages] == [("directory_record_damaged", 1)]
        assert told(facts, sid(1105), Flag.ENABLED) is True


@pytest.mark.parametrize("identifier", ["", None, "a" * 300, "A\x00B", "CN=X Y,DC=FR", " "])
def test_an_object_without_a_usable_identifier_is_refused(
    tmp_path: Path, identifier: str | None
) -> None:
    faulty = {**record("X", "A"), "ObjectIdentifier": identifier}
    export, facts, report = read_records(tmp_path, "users", faulty, GOOD)
    assert [(one.code, one.row) for one in report.messages] == [("directory_identifier", 1)]
    assert export.counts["objects"] == 1 and facts.of_kind(ObjectKind.USER).size == 1


def test_a_reference_that_names_nothing_is_ignored_and_said(tmp_path: Path) -> None:
    group = record(sid(512), "DA", Members=[{"ObjectIdentifier": "CN=A B"}, {}])
    _export, facts, report = read_records(tmp_path, "groups", group)
    assert not len(facts.edges)
    assert [one.code for one in report.messages] == ["directory_value_ignored"]


def test_records_of_one_object_are_merged_and_contradictions_said(tmp_path: Path) -> None:
    ace = {"PrincipalSID": sid(512), "RightName": "Owns"}
    first = record(sid(1104), "A", {"enabled": True, "gmsa": True}, Aces=[ace])
    second = record(sid(1104), "A", {"enabled": False, "samaccountname": "a"}, Aces=[])
    export, facts, report = read_records(tmp_path, "users", first, second)
    assert (export.counts["records"], export.counts["objects"]) == (2, 1)
    assert told(facts, sid(1104), Flag.ENABLED) is False
    assert told(facts, sid(1104), Flag.ACES_COLLECTED) is True
    assert facts.kind[facts.identifiers.index(sid(1104))] == ObjectKind.MANAGED_ACCOUNT
    assert [(one.code, dict(one.params)) for one in report.messages] == [
        ("directory_repeated", {"count": 1}),
        ("directory_contradiction", {"facts": "enabled", "count": 1}),
    ]


def test_a_wrong_count_is_said_and_what_is_there_is_read(tmp_path: Path) -> None:
    export, _facts, report = read_records(tmp_path, "users", GOOD, count=9)
    (message,) = report.messages
    assert (message.code, dict(message.params)) == (
        "directory_count", {"stated": 9, "found": 1},
    )  # fmt: skip
    assert export.counts["objects"] == 1


def test_the_case_of_keys_does_not_count_and_unknown_ones_are_said(tmp_path: Path) -> None:
    odd = {
        "objectidentifier": sid(1104), "PROPERTIES": {"Name": "A", "DomainSid": "S-1-5-21-1-2-3",
        "Enabled": False}, "aces": [{"principalsid": sid(512), "RIGHTNAME": "Owns", "New": 1}],
        "Whatever": {"a": [1]},
    }  # fmt: skip
    _export, facts, report = read_records(tmp_path, "users", odd)
    assert told(facts, sid(1104), Flag.ENABLED) is False and len(facts.edges) == 1
    (message,) = report.messages
    assert message.code == "directory_key_unknown"
    assert set(str(message.params["keys"]).split(", ")) == {"Whatever", "New"}


def test_bounds_on_what_an_export_says_hold(tmp_path: Path) -> None:
    many = [record(sid(1000 + rank), "A", Aces=[{"PrincipalSID": sid(1)}]) for rank in range(50)]
    path = tmp_path / "20240305110018_users.json"
    path.write_bytes(document("users", many))
    assert refused(path, ExportLimits(most_objects=20))[0] == MessageCode.DIRECTORY_TOO_LARGE
    assert refused(path, ExportLimits(most_edges=20))[0] == MessageCode.DIRECTORY_TOO_LARGE
    names = [{"ObjectIdentifier": sid(rank)} for rank in range(100)]
    broad = record("O", "OU", GPOChanges={"LocalAdmins": names, "AffectedComputers": names})
    path.write_bytes(document("ous", [broad]))
    report = Report()
    read_sharphound(path, report, limits=ExportLimits(product=9_999))
    assert [(one.code, one.row) for one in report.messages] == [("directory_product", 1)]
    path.write_bytes(document("users", [record(sid(1104), "A" * 2_000), GOOD]))
    report = Report()
    read_sharphound(path, report, limits=ExportLimits(record_bytes=1_000))
    assert [(one.code, one.row) for one in report.messages] == [("directory_record_long", 1)]


def test_reading_tells_its_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    path = archive(tmp_path / "e.zip", {"a.json": USERS, "b.json": USERS})
    seen: list[tuple[int, int]] = []
    read_sharphound(path, Report(), progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1] == (4 * len(USERS), 4 * len(USERS))
    with pytest.raises(ReadingCancelled):
        read_sharphound(path, Report(), cancelled=lambda: True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*keys_of(ObjectRecord), *keys_of(Properties), "x"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=4), st.sampled_from(["users", "computers", "domains", "deleted"]))
def test_no_content_ever_breaks_the_reader(data: list[Any], kind: str) -> None:
    # No fixture: the folder has to be new at each example.
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else ".") / "hygie-fuzzed.json"  # noqa: S108
    path.write_text(json.dumps({"data": data, "meta": {"type": kind}}), "utf-8")
    report = Report()
    try:
        export = read_sharphound(path, report)
    finally:
        path.unlink()
    assert export.counts["objects"] + export.counts["refused"] <= len(data)
