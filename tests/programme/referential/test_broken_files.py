"""A file that cannot be read at all is refused with its name, and each fault has its sentence."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hygie.programme.referential.faults import Fault, FaultCode, ReferentialError
from hygie.programme.referential.load import load_referential
from hygie.programme.referential.source import MAX_BYTES
from tests.programme.referential.conftest import Files, write
from tests.programme.referential.test_faults import measure_cycle

Refused = Callable[[Files], dict[FaultCode, Fault]]

INDICATORS = "indicators/all.yaml"
MEASURES = "measures/all.yaml"
TREE = "frameworks/care-d9.yaml"


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("- 1\n- 2\n", FaultCode.NOT_A_MAPPING, {}),
        ("", FaultCode.NOT_A_MAPPING, {}),
        ("schema: 1\nrows: }\n", FaultCode.NOT_YAML, {"line": 2}),
        ("schema: 1\nschema: 1\nrows: []\n", FaultCode.DUPLICATE_KEY, {"line": 2, "key": "schema"}),
        ("schema: 1\nrows: !!python/object/apply:os.system [id]\n", FaultCode.TAG_REFUSED, {}),
        ("schema: 1\nrows: !!set {a, b}\n", FaultCode.TAG_REFUSED, {}),
        ("schema: 1\nas_of: 2026-13-45\nrows: []\n", FaultCode.BAD_DATE, {"value": "2026-13-45"}),
        ("schema: 1\nrows: [.nan]\n", FaultCode.BAD_NUMBER, {}),
        ("schema: 1\nrows: [1.0e+999]\n", FaultCode.BAD_NUMBER, {}),
        (f"schema: 1\nrows: [{'9' * 5000}]\n", FaultCode.BAD_NUMBER, {}),
        ("schema: 1\nrows: " + "[" * 60 + "]" * 60 + "\n", FaultCode.TOO_DEEP, {}),
        ("schema: 1\nrows: &a [*a]\n", FaultCode.ALIAS_REFUSED, {"line": 2}),
    ],
)
def test_a_file_that_is_not_plain_yaml_is_refused(
    files: Files, tmp_path: Path, text: str, code: FaultCode, params: dict[str, Any]
) -> None:
    write(files, tmp_path)
    (tmp_path / "axes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ReferentialError) as caught:
        load_referential(tmp_path)
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == (code, "axes.yaml")
    assert {key: fault.params[key] for key in params} == params


def test_a_bomb_of_aliases_is_refused_before_it_unfolds(files: Files, tmp_path: Path) -> None:
    levels = "abcdefgh"
    lines = ["schema: 1", "a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, now in itertools.pairwise(levels):
        lines.append(f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]")
    write(files, tmp_path)
    (tmp_path / "axes.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ReferentialError) as caught:
        load_referential(tmp_path)
    assert caught.value.faults[0].code is FaultCode.ALIAS_REFUSED


def test_a_file_too_large_is_refused_without_being_read_whole(files: Files, tmp_path: Path) -> None:
    write(files, tmp_path)
    (tmp_path / "axes.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(ReferentialError) as caught:
        load_referential(tmp_path)
    (fault,) = caught.value.faults
    assert fault.code is FaultCode.FILE_TOO_LARGE
    assert fault.params == {"size": MAX_BYTES + 1, "limit": MAX_BYTES}


def test_a_file_in_another_encoding_is_refused(files: Files, tmp_path: Path) -> None:
    write(files, tmp_path)
    (tmp_path / "axes.yaml").write_bytes("schema: 1 # référentiel".encode("latin-1"))
    with pytest.raises(ReferentialError) as caught:
        load_referential(tmp_path)
    assert caught.value.faults[0].code is FaultCode.NOT_UTF8


def test_missing_and_stray_files_are_named(files: Files, tmp_path: Path) -> None:
    write(files, tmp_path)
    (tmp_path / "axes.yaml").rename(tmp_path / "axis.yaml")
    (tmp_path / "measures" / "notes.txt").write_text("x")
    with pytest.raises(ReferentialError) as caught:
        load_referential(tmp_path)
    assert {(fault.code, fault.file) for fault in caught.value.faults} == {
        (FaultCode.FILE_MISSING, "axes.yaml"),
        (FaultCode.FILE_UNEXPECTED, "axis.yaml"),
        (FaultCode.FILE_UNEXPECTED, "measures/notes.txt"),
    }


def test_an_empty_folder_names_every_file_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ReferentialError) as caught:
        load_referential(tmp_path)
    assert len(caught.value.faults) == 11
    assert {fault.code for fault in caught.value.faults} == {FaultCode.FILE_MISSING}


def test_a_fault_reads_in_french_and_in_english(files: Files, refused: Refused) -> None:
    measure_cycle(files)
    fault = refused(files)[FaultCode.CYCLE]
    place = "measures/all.yaml, rows[0].prerequisites"
    assert fault.text("fr") == f"{place} : boucle : first → second → first"
    assert fault.text("en") == f"{place}: loop: first → second → first"


@pytest.mark.parametrize("code", list(FaultCode))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_has_its_sentence_in_both_languages(code: FaultCode, language: str) -> None:
    names = [
        "size",
        "limit",
        "line",
        "column",
        "problem",
        "tag",
        "key",
        "found",
        "expected",
        "language",
        "value",
        "choices",
        "reason",
        "other",
        "kind",
        "chain",
        "unit",
        "direction",
        "number",
        "first",
        "second",
    ]
    params: dict[str, str | int | float] = {name: f"<{name}>" for name in names}
    assert Fault(code, "a.yaml", ("rows", 0), params).text(language).startswith("a.yaml, rows[0]")


def test_user_content_with_braces_is_not_a_format_string() -> None:
    fault = Fault(FaultCode.BAD_DATE, "{file}.yaml", (), {"value": "{0.__class__}"})
    assert "{0.__class__}" in fault.text("fr")
    assert fault.text("fr").startswith("{file}.yaml")
