"""A file of the catalogue is read strictly: for a kind of establishment, a language, a day."""

import datetime as dt
from itertools import product
from pathlib import Path

import pytest

from hygie.governance.exercises.catalogue import (
    LANGUAGES,
    Kind,
    kind_suited,
    kind_titles,
    scenario_codes,
    scenario_file,
    scenario_record,
    scenario_record_of,
    variable_labels,
)
from hygie.governance.exercises.catalogue_read import CatalogueError, file_read
from hygie.governance.exercises.catalogue_shape import ScenarioFile, VariablesFile

SMALL = """
schema: 1
code: small
title: {fr: Petit, en: Small}
summary: {fr: Deux lignes., en: Two lines.}
level: beginner
play: table_top
duration: "0:40"
starts: {weekday: 6, at: "02:50"}
cells:
  - {key: it, kind: it, name: {fr: Informatique, en: IT}}
  - {key: care, kind: care, name: {fr: Soins, en: Care}, joins: {ehpad: it}}
objectives:
  - {key: alert, title: {fr: Alerter, en: Raise the alarm}}
  - {key: paper, title: {fr: Le papier, en: Paper}, requirement: AX1.O5.B}
rows:
  - key: first
    at: "0:00"
    channel: phone
    from: {fr: Cadre, en: Manager}
    to: [it, care]
    title: {fr: Premier, en: First}
    body: {fr: "Le {{dpi}} ne répond plus.", en: "The {{dpi}} is down."}
    expected: {fr: Alerter., en: Raise the alarm.}
    objective: alert
    options: [{key: cut, fr: Couper, en: Cut}, {key: wait, fr: Attendre, en: Wait}]
  - key: second
    at: "0:20"
    only: [ch]
    from: {fr: Cadre, en: Manager}
    title: {fr: Second, en: Second}
    body: {fr: Coupé., en: Cut.}
    expected: {fr: Le papier., en: Paper.}
    objective: paper
    when: [{decision: first, is: cut}]
"""


def _written(folder: Path, text: str) -> ScenarioFile:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return file_read(path, ScenarioFile)


def test_an_establishment_finds_its_kind_by_its_finess_category() -> None:
    assert kind_suited("355") is Kind.CH
    assert kind_suited("128") is Kind.CLINIC
    assert kind_suited("500") is Kind.EHPAD
    assert kind_suited("620") is None
    assert kind_suited("") is None
    assert set(kind_titles("en")) == set(Kind)


def test_each_word_to_replace_says_what_it_is() -> None:
    used = {
        name
        for code, kind in product(scenario_codes(), Kind)
        for name in scenario_record(code, kind=kind, language="fr").variables
    }
    for language in LANGUAGES:
        assert set(variable_labels(language)) == used


def test_a_script_begins_on_its_day_of_the_week() -> None:
    saturday = "ransomware-night"
    on = dt.date(2028, 3, 1)  # a Wednesday
    record = scenario_record(saturday, kind=Kind.CH, language="fr", on=on)
    assert record.simulated_start == "2028-03-04T02:50"
    same = scenario_record(saturday, kind=Kind.CH, language="fr", on=dt.date(2028, 3, 4))
    assert same.simulated_start == record.simulated_start
    usual = scenario_record(saturday, kind=Kind.CH, language="fr").simulated_start
    assert dt.datetime.fromisoformat(usual).isoweekday() == 6


def test_an_unknown_scenario_is_refused() -> None:
    for code in ("nothing", "../catalogue_variables", ""):
        with pytest.raises(KeyError):
            scenario_file(code)


def test_a_small_scenario_is_read_for_each_kind_and_language(tmp_path: Path) -> None:
    written = _written(tmp_path, SMALL)
    hospital = scenario_record_of(written, kind=Kind.CH, language="en")
    assert [one.key for one in hospital.injects] == ["first", "second"]
    assert hospital.injects[1].conditions[0].value == "Cut"
    assert hospital.injects[0].options == ("Cut", "Wait")
    assert hospital.objectives[1].requirement == "urn:hygie:requirement:care:ax1.o5.b"
    assert hospital.variables == {"dpi": "Velmora patient record"}
    home = scenario_record_of(written, kind=Kind.EHPAD, language="fr")
    assert [one.key for one in home.injects] == ["first"]
    assert home.injects[0].cells == ("it",)
    assert [cell.key for cell in home.cells] == ["it"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: beginner", "level: easy", "level"),
        ('at: "0:20"', 'at: "20 min"', "rows[1].at"),
        ("en: Second}", "de: Zweite}", "rows[1].title.en"),
        ("    objective: paper", "    objectif: paper", "rows[1].objectif"),
        ("only: [ch]", "only: [chu]", "rows[1].only[0]"),
        ("only: [ch]", "only: []", "rows[1].only"),
        ("{decision: first, is: cut}", "{decision: first}", "rows[1].when[0]"),
        ("{decision: first, is: cut}", "{played: first, is: cut}", "rows[1].when[0]"),
        ("{decision: first, is: cut}", "{result: first, is: good}", "rows[1].when[0]"),
        ("requirement: AX1.O5.B", "requirement: ax1 o5 b", "objectives[1].requirement"),
        ("schema: 1", "schema: 2", "schema"),
        ("code: small", "code: small\ncode: smaller", "code"),
        ("title: {fr: Petit, en: Small}", "title: &a {fr: Petit, en: *a}", "small.yaml"),
        ("title: {fr: Petit, en: Small}", "title: !!python/name:os.system x", "small.yaml"),
    ],
)
def test_a_scenario_that_says_something_else_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in SMALL
    with pytest.raises(CatalogueError) as caught:
        _written(tmp_path, SMALL.replace(old, new, 1))
    for language in LANGUAGES:
        assert any(said in fault.text(language) for fault in caught.value.faults)


def test_a_word_without_a_value_for_each_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(
        "schema: 1\n"
        "kinds: [{code: ch, title: {fr: CH, en: Hospital}, categories: ['355']}]\n"
        "variables: [{name: dpi, label: {fr: DPI, en: Record}, ch: {fr: a, en: b}}]\n",
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match=r"variables\[0\]"):
        file_read(path, VariablesFile)
