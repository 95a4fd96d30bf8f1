"""Each scenario of the platform is playable as it is, by each kind of establishment, in French
and in English."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import pytest

from hygie.engines.exercise.branches import Happened, Standing, timeline_at
from hygie.engines.exercise.checks import findings_of
from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.variables import inject_filled, names_in
from hygie.engines.exercise.vocabulary import CellKind, Channel, Level, Nature, On, Result
from hygie.governance.exercises.catalogue import (
    LANGUAGES,
    Kind,
    kind_suited,
    kind_titles,
    scenario_codes,
    scenario_file,
    scenario_record,
    scenario_record_of,
    scenarios_published,
    variable_labels,
)
from hygie.governance.exercises.catalogue_read import CatalogueError, file_read
from hygie.governance.exercises.catalogue_shape import ScenarioFile, VariablesFile
from hygie.governance.exercises.models import Cell, Exercise, ExerciseObjective, Inject
from hygie.programme.referential.load import load_referential

CODES = scenario_codes()
EVERY = [
    pytest.param(code, kind, language, id=f"{code}-{kind}-{language}")
    for code, kind, language in product(CODES, Kind, LANGUAGES)
]
PLAYED = [pytest.param(code, kind, id=f"{code}-{kind}") for code, kind in product(CODES, Kind)]
TEXTS = ("title", "sender", "body", "expected", "comment", "deliverable")
IDLE_S = 25 * 60

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


def _injects(record: ScenarioRecord) -> list[InjectRecord]:
    return [inject for inject in record.injects if inject.nature is Nature.INJECT]


def _decisions(record: ScenarioRecord) -> list[InjectRecord]:
    return [inject for inject in record.injects if inject.options]


# What an establishment gets.


def test_six_scenarios_come_two_for_each_level() -> None:
    assert len(CODES) == 6
    records = [scenario_record(code, kind=Kind.CH, language="fr") for code in CODES]
    assert Counter(record.level for record in records) == dict.fromkeys(Level, 2)
    hours = [record.duration_s / 3600 for record in records]
    assert min(hours) == 1.5
    assert max(hours) == 4


@pytest.mark.parametrize(("code", "kind", "language"), EVERY)
def test_a_scenario_is_played_as_it_is(code: str, kind: Kind, language: str) -> None:
    record = scenario_record(code, kind=kind, language=language)
    assert findings_of(record) == []
    assert record.language == language
    assert all("{{" not in _text(inject) for inject in _filled(record))


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_a_play_has_enough_injects_and_no_more(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="fr")
    sure = [inject for inject in _injects(record) if not inject.conditions]
    branched = {condition.inject for inject in record.injects for condition in inject.conditions}
    assert 25 <= len(sure) + len(branched) <= 45


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_each_cell_has_something_to_do_whatever_is_decided(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="fr")
    for cell in record.cells:
        times = [
            inject.offset_s
            for inject in _injects(record)
            if not inject.conditions and (not inject.cells or cell.key in inject.cells)
        ]
        bounds = [0, *times, record.duration_s]
        assert max(after - before for before, after in pairwise(bounds)) <= IDLE_S, cell.key


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_rows_are_in_order_and_keep_their_fields_within_the_tables(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="fr")
    offsets = [inject.offset_s for inject in record.injects]
    assert offsets == sorted(offsets)
    assert offsets[-1] == record.duration_s
    for language in LANGUAGES:
        for inject in scenario_record(code, kind=kind, language=language).injects:
            for name in ("key", "title", "sender", "deliverable"):
                field = Inject._meta.get_field(name)
                assert len(getattr(inject, name)) <= (field.max_length or 0)
            assert all(len(option) <= 200 for option in inject.options)


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_what_is_expected_proves_an_objective_and_is_worth_points(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="fr")
    for inject in record.injects:
        assert bool(inject.expected) == bool(inject.objective) == bool(inject.score), inject.key
        assert bool(inject.expected) == bool(inject.deadline_s), inject.key
    tested = {inject.objective for inject in record.injects if not inject.conditions}
    assert {objective.key for objective in record.objectives} <= tested


def test_objectives_prove_requirements_of_the_programme() -> None:
    known = {node.urn for node in load_referential().requirements() if node.row.assessable}
    for code in CODES:
        record = scenario_record(code, kind=Kind.CH, language="fr")
        assert all(objective.requirement in known for objective in record.objectives)
        assert all(objective.competence for objective in record.objectives)


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_the_staff_is_led_from_the_briefing_to_the_hot_debrief(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="fr")
    staff = [inject for inject in record.injects if inject.is_for_staff]
    assert [inject.key for inject in staff[:2]] == ["briefing", "safety"]
    assert all(inject.offset_s < 0 for inject in staff[:2])
    assert "mot d’arrêt" in staff[1].body.lower()
    assert staff[-1].key == "hot-debrief"
    assert any(inject.key == "time-out" for inject in staff)


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_each_choice_has_its_own_consequence(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="en")
    decisions = _decisions(record)
    assert len(decisions) >= 2
    for asked in decisions:
        followed = {
            condition.value
            for inject in record.injects
            for condition in inject.conditions
            if condition.on is On.DECISION and condition.inject == asked.key
        }
        assert followed == set(asked.options), asked.key
    assert any(one.on is On.RESULT for inject in record.injects for one in inject.conditions)


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_whatever_is_chosen_the_play_reaches_its_end(code: str, kind: Kind) -> None:
    record = scenario_record(code, kind=kind, language="fr")
    for choices in product(*(asked.options for asked in _decisions(record))):
        happened = _played(record, choices)
        standings = Counter(
            due.standing for due in timeline_at(record.injects, happened, record.duration_s)
        )
        assert set(standings) == {Standing.DONE, Standing.CUT_OFF}
        assert standings[Standing.CUT_OFF] == sum(
            len(asked.options) - 1 for asked in _decisions(record)
        )


def _played(record: ScenarioRecord, choices: tuple[str, ...]) -> dict[str, Happened]:
    """A play in which everything due is sent, these choices are made and all else is missed."""
    chosen = dict(zip((asked.key for asked in _decisions(record)), choices, strict=True))
    happened: dict[str, Happened] = {}
    for _ in range(2):  # a consequence has none of its own
        for due in timeline_at(record.injects, happened, record.duration_s * 2):
            if due.standing is Standing.DUE:
                happened[due.inject.key] = Happened(
                    played_second=due.second or 0.0,
                    decision=chosen.get(due.inject.key, ""),
                    decided_second=due.second or 0.0,
                    result=Result.MISSED if due.inject.expected else None,
                    result_second=due.second or 0.0,
                )
    return happened


def test_scenarios_reach_each_cell_by_each_channel() -> None:
    records = [scenario_record(code, kind=Kind.CH, language="fr") for code in CODES]
    assert {inject.channel for record in records for inject in record.injects} == set(Channel)
    kinds = {cell.kind for record in records for cell in record.cells}
    assert kinds == set(CellKind) - {CellKind.OTHER}


def test_a_nursing_home_plays_with_the_cells_that_it_can_fill() -> None:
    for code in CODES:
        record = scenario_record(code, kind=Kind.EHPAD, language="fr")
        assert len(record.cells) == 3
        assert all(len(set(one.cells)) == len(one.cells) <= 3 for one in record.injects)


def test_rows_of_another_kind_stay_out() -> None:
    words = {
        kind: " ".join(
            _text(inject) for inject in scenario_record(code, kind=kind, language="fr").injects
        )
        for code in ["ransomware-night"]
        for kind in Kind
    }
    assert "SAMU-Centre 15" in words[Kind.CH]
    assert "SAMU-Centre 15" not in words[Kind.CLINIC]
    assert "directives anticipées" in words[Kind.EHPAD]
    assert "directives anticipées" not in words[Kind.CH]


def test_models_of_the_platform_have_codes_and_names_that_fit() -> None:
    for language in LANGUAGES:
        published = scenarios_published(language)
        codes = [one.code for one in published]
        assert len(set(codes)) == len(codes) == 18
        assert all(
            len(code) <= (Exercise._meta.get_field("code").max_length or 0) for code in codes
        )
        for one in published:
            assert len(one.record.title) <= 200
            assert all(len(cell.key) <= 40 and len(cell.name) <= 120 for cell in one.record.cells)
            assert all(len(objective.title) <= 300 for objective in one.record.objectives)
    assert Cell._meta.get_field("key").max_length == 40
    assert ExerciseObjective._meta.get_field("title").max_length == 300


# Both languages.


@pytest.mark.parametrize(("code", "kind"), PLAYED)
def test_both_languages_tell_the_same_story(code: str, kind: Kind) -> None:
    french, english = (scenario_record(code, kind=kind, language=one) for one in LANGUAGES)
    assert [_shape(one) for one in french.injects] == [_shape(one) for one in english.injects]
    assert set(french.variables) == set(english.variables)
    for one, other in zip(french.injects, english.injects, strict=True):
        for part in TEXTS:
            said, told = getattr(one, part), getattr(other, part)
            assert bool(said) == bool(told)
            assert sorted(set(names_in(said))) == sorted(set(names_in(told))), (one.key, part)
        assert one.body != other.body


def test_french_is_typed_as_french() -> None:
    wrong = re.compile(
        r"(?<![\u00a0!?])[;!?»]|«(?!\u00a0)|(?<!\u00a0):(?!\d)|\w'\w| {2}|\.\.\.|\d (h|min)\b"
    )
    for code in CODES:
        for text in _texts(scenario_file(code), "fr"):
            assert not wrong.search(text), text


def test_english_is_typed_as_english() -> None:
    wrong = re.compile(r" [:;!?]|[a-z]'[a-z]| {2}|[«»]|\.\.\.")
    for code in CODES:
        for text in _texts(scenario_file(code), "en"):
            assert not wrong.search(text), text


def test_the_product_alone_stamps_the_word_exercise() -> None:
    for code in CODES:
        for text in _texts(scenario_file(code), "fr"):
            assert "EXERCICE" not in text


# Kinds, variables, days.


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
        for code, kind in product(CODES, Kind)
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


# The reader.


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


def _filled(record: ScenarioRecord) -> Iterator[InjectRecord]:
    return (inject_filled(inject, record.variables) for inject in record.injects)


def _text(inject: InjectRecord) -> str:
    return " ".join([*(getattr(inject, part) for part in TEXTS), *inject.options])


def _shape(inject: InjectRecord) -> tuple[object, ...]:
    """All of a row but its words."""
    conditions = [
        (one.on, one.inject, one.on is On.RESULT and one.value) for one in inject.conditions
    ]
    return (
        inject.key, inject.offset_s, inject.nature, inject.channel, inject.cells, inject.objective,
        len(inject.options), inject.score, inject.deadline_s, conditions, inject.after_s,
    )  # fmt: skip


def _texts(written: ScenarioFile, language: str) -> Iterator[str]:
    """All the words of a scenario in one language."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if language in value:
                yield str(value[language])
            for one in value.values():
                yield from walk(one)
        elif isinstance(value, list):
            for one in value:
                yield from walk(one)

    yield from walk(written.model_dump(mode="json"))
