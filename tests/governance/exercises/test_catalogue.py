"""Each scenario of the platform is playable as it is, by each kind of establishment, in French
and in English."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from pydantic import BaseModel

from hygie.engines.exercise.alerts import is_alert
from hygie.engines.exercise.branches import Happened, Standing, timeline_at
from hygie.engines.exercise.checks import findings_of
from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.variables import inject_filled, names_in
from hygie.engines.exercise.vocabulary import CellKind, Channel, Level, Nature, On, Result
from hygie.governance.exercises.catalogue import (
    LANGUAGES,
    Kind,
    scenario_codes,
    scenario_file,
    scenario_record,
    scenarios_published,
)
from hygie.governance.exercises.catalogue_questions import GridFile, MaturityFile, SurveyFile
from hygie.governance.exercises.catalogue_read import packaged
from hygie.governance.exercises.catalogue_shape import VariablesFile
from hygie.governance.exercises.models import Cell, Exercise, ExerciseObjective, Inject
from hygie.programme.referential.load import load_referential

CODES = scenario_codes()
EVERY = [
    pytest.param(code, kind, language, id=f"{code}-{kind}-{language}")
    for code, kind, language in product(CODES, Kind, LANGUAGES)
]
PLAYED = [pytest.param(code, kind, id=f"{code}-{kind}") for code, kind in product(CODES, Kind)]
OTHERS: dict[str, type[BaseModel]] = {
    "catalogue_variables.yaml": VariablesFile,
    "catalogue_survey.yaml": SurveyFile,
    "catalogue_maturity.yaml": MaturityFile,
    "catalogue_grid.yaml": GridFile,
}
TEXTS = ("title", "sender", "body", "expected", "comment", "deliverable")
IDLE_S = 25 * 60


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
    for text in _all_texts("fr"):
        assert not wrong.search(text), text


def test_english_is_typed_as_english() -> None:
    wrong = re.compile(r" [:;!?]|[a-z]'[a-z]| {2}|[«»]|\.\.\.")
    for text in _all_texts("en"):
        assert not wrong.search(text), text


def test_the_product_alone_stamps_the_word_exercise() -> None:
    for language, word in (("fr", "EXERCICE"), ("en", "EXERCISE")):
        assert not [text for text in _all_texts(language) if word in text]


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


def _all_texts(language: str) -> Iterator[str]:
    """All the words of the catalogue in one language."""
    for code in CODES:
        yield from _texts(scenario_file(code), language)
    for name, shape in OTHERS.items():
        yield from _texts(packaged(name, shape), language)


def _texts(written: BaseModel, language: str) -> Iterator[str]:
    """All the words of a file in one language."""

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


@pytest.mark.parametrize("code", CODES)
def test_both_languages_ask_for_the_same_alerts(code: str) -> None:
    found = [
        {
            row.key
            for row in scenario_record(code, kind=Kind.CH, language=language).injects
            if row.deadline_s and is_alert(row.expected)
        }
        for language in ("fr", "en")
    ]
    assert found[0] == found[1]
    assert found[0]
