"""A stated level is taken from a small file, in any of its forms."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.directory_exports.ads import normal_point_id, read_ads, stated_level
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Report
from hygie.engines.directory.facts import UNKNOWN, DirectoryExport
from hygie.engines.directory.vocabulary import ExportKind

_YAML = """
level: 2
date: 2026-04-30
domain: hop.fr
failing: [vuln2_krbtgt, vuln_guest-l2, dont_expire]
"""
_JSON = (
    '{"level": "2", "date": "30/04/2026", "domain": "hop.fr",'
    ' "failing": ["vuln2_krbtgt", "VULN_guest-l2", "dont_expire"]}'
)
_CSV = (
    "level;date;domain;point\n2;2026-04-30;hop.fr;vuln2_krbtgt\n;;;vuln_guest-l2\n;;;dont_expire\n"
)


def _read(folder: Path, text: str, report: Report | None = None) -> DirectoryExport:
    file = folder / "ads.txt"
    file.write_text(text, encoding="utf-8")
    return read_ads(file, report or Report())


@pytest.mark.parametrize("text", [_YAML, _JSON, _CSV, _CSV.replace(";", ","), "\ufeff" + _CSV])
def test_the_three_forms_say_the_same(tmp_path: Path, text: str) -> None:
    report = Report()
    export = _read(tmp_path, text, report)
    assert export.kind is ExportKind.ADS
    assert export.stated_level == 2
    assert export.collected_on == 1777507200
    assert {point: verdict.levels for point, verdict in export.verdicts.items()} == {
        "krbtgt": (2,),
        "guest": (2,),
        "dont_expire": (),
    }
    assert all(verdict.is_failed for verdict in export.verdicts.values())
    assert export.indicators == {"DomainFQDN": "hop.fr"}
    assert report.messages == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vuln1_krbtgt", ("krbtgt", 1)),
        ("vuln_krbtgt-l2", ("krbtgt", 2)),
        (" KRBTGT ", ("krbtgt", None)),
        ("vuln_compatible_2000_anonymous", ("compatible_2000_anonymous", None)),
        ("password_change_server_no_change_90", ("password_change_server_no_change_90", None)),
        ("warning_sd_unknown_sid", ("sd_unknown_sid", None)),
        ("vuln6_krbtgt", ("vuln6_krbtgt", None)),
        ("le krbtgt", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_a_point_is_one_however_it_is_written(
    text: str, expected: tuple[str, int | None] | None
) -> None:
    assert normal_point_id(text) == expected


def test_a_level_typed_alone_is_an_export(tmp_path: Path) -> None:
    export = stated_level(3, date(2026, 4, 30), [], Report(), name="saisie")
    assert (export.stated_level, export.verdicts, export.facts) == (3, {}, None)
    assert export.collected_on == 1777507200


def test_points_alone_are_an_export_without_a_level(tmp_path: Path) -> None:
    export = _read(tmp_path, "failing: krbtgt guest\n")
    assert export.stated_level is None
    assert set(export.verdicts) == {"krbtgt", "guest"}
    assert export.collected_on == UNKNOWN


def test_what_is_wrong_is_told_and_left_out(tmp_path: Path) -> None:
    report = Report()
    export = _read(tmp_path, "level: 9\ndate: soon\nfailing: ['not a point', krbtgt]\n", report)
    assert export.stated_level is None
    assert set(export.verdicts) == {"krbtgt"}
    assert report.counts[MessageCode.ADS_LEVEL] == 1
    assert report.counts[MessageCode.ADS_POINT_UNKNOWN] == 1
    assert report.counts[MessageCode.CELL_NOT_DATE] == 1


def test_a_level_above_its_own_failing_points_is_told(tmp_path: Path) -> None:
    report = Report()
    _read(tmp_path, "level: 4\nfailing: [vuln2_krbtgt, vuln3_owner]\n", report)
    (message,) = report.of(MessageCode.ADS_CONTRADICTION)
    assert message.params == {"level": 4, "point": "krbtgt", "lower": 2}


@pytest.mark.parametrize(
    "text",
    [
        "   ",
        "hello",
        "[1, 2]",
        "level: ",
        "{bad json",
        "level: [1\n",
        "a: &a [1]\nfailing: [*a, *a]\n",
        "level: 1\nfailing: !!python/object/apply:os.system ['x']\n",
        "nom;prenom\na;b\n",
        "{" * 5000,
        "level: " + "[" * 20_000,
    ],
)
def test_a_file_that_states_nothing_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused):
        _read(tmp_path, text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        _read(tmp_path_factory.mktemp("ads"), text.encode("utf-8", "replace").decode())
    except FileRefused:
        return
