"""A file is recognised by its content, and one that is not says what is missing."""

from pathlib import Path

import pytest

from hygie.foundation.imports.services import import_run_now
from hygie.territory.organisations.errors import FileNotRecognised
from hygie.territory.organisations.recognise import territory_kind_of
from hygie.territory.perimeter import Perimeter

METADATA = "finess;etalab;111;2026-05-12\n"


def wanted(tmp_path: Path, text: str) -> str:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileNotRecognised) as caught:
        territory_kind_of(path)
    return str(caught.value)


@pytest.mark.real_data
def test_the_real_extract_is_recognised(real_data: Path) -> None:
    path = real_data / "finess" / "etalab-cs1100502-extract.csv"
    assert territory_kind_of(path) == "territory.finess"


def test_a_sheet_that_lacks_a_title_says_which_and_where(tmp_path: Path) -> None:
    said = wanted(tmp_path, "Liste\nDénomination GHT;FINESS;Rôle\nGHT du Lac;010000024;partie\n")
    assert "ligne 2" in said and "CODE GHT" in said and "FINESS" not in said.rsplit(":", 1)[1]
    said = wanted(tmp_path, "FINESS;Année\n010000024;2024\n")
    assert "ACTIVITE COMBINEE" in said


def test_a_file_of_something_else_says_nothing_more(tmp_path: Path) -> None:
    assert wanted(tmp_path, "a;b\n1;2\n").strip().endswith("titres.")


@pytest.mark.django_db
def test_a_file_whose_rows_are_all_refused_is_refused(operator: Perimeter, tmp_path: Path) -> None:
    path = tmp_path / "ght.csv"
    path.write_text("CODE GHT;DENOMINATION GHT;FINESS\n;GHT du Lac;12\n;;\nNA-04;;x\n", "utf-8")
    run = import_run_now(perimeter=operator, kind="territory.ght", path=path, options={})
    assert (run.state, run.counts["refused"], run.counts["add"]) == ("refused", 2, 0)
