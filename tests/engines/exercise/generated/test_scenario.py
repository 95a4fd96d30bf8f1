"""A scenario written from what fails is played as it is, whatever fails."""

import re
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from hygie.engines.estate.vocabulary import AssetKind, Effect
from hygie.engines.exercise.branches import Happened, Standing, timeline_at
from hygie.engines.exercise.checks import findings_of
from hygie.engines.exercise.generated.scenario import DENSITY, scenario_from
from hygie.engines.exercise.generated.types import (
    Asked,
    CareConsequence,
    Failure,
    Origin,
    WhatFails,
)
from hygie.engines.exercise.types import ExerciseError, InjectRecord, ScenarioRecord
from hygie.engines.exercise.variables import inject_filled
from hygie.engines.exercise.vocabulary import CellKind, Level, Nature, On
from tests.engines.exercise.generated.strategies import ASKED

FAILURES = (
    *(Failure(0, AssetKind.SERVER, f"srv-{number}") for number in range(30)),
    Failure(0, AssetKind.CLUSTER, "Grappe A"),
    Failure(0, AssetKind.APPLICATION, "Orbunisse", because_of="Grappe A"),
    Failure(30, AssetKind.APPLICATION, "Labolis", because_of="Grappe A"),
    Failure(300, AssetKind.INTERFACE, "ADT vers Labolis", because_of="Labolis"),
    Failure(4320, AssetKind.APPLICATION, "Paie", Effect.DEGRADE, "Fournisseur"),
)
CARE = (
    CareConsequence(0, "Laboratoire", Effect.DEGRADE, "Labolis", 120, "Urgents seuls", 200, 4),
    CareConsequence(30, "Urgences", Effect.STOP, "Orbunisse", 30, "Tri au mur", 80, 4),
    CareConsequence(480, "Bloc opératoire", Effect.STOP, "Orbunisse", 480, "", 6, 4),
)
ASKED_ONE = Asked(
    WhatFails(Origin.OUTAGE, FAILURES, CARE, "Grappe A"), level=Level.INTERMEDIATE,
    start="2027-01-04T09:30",
)  # fmt: skip
EVERY = [
    pytest.param(language, level, origin, minutes, id=f"{language}-{level}-{origin}-{minutes}")
    for language in ("fr", "en")
    for level in Level
    for origin in Origin
    for minutes in (45, 90, 180)
]


def _injects(record: ScenarioRecord) -> list[InjectRecord]:
    return [row for row in record.injects if row.nature is Nature.INJECT]


@given(ASKED)
@settings(max_examples=25, deadline=None)
def test_whatever_fails_the_script_is_played_as_it_is(asked: Asked) -> None:
    record = scenario_from(asked)
    assert findings_of(record) == []
    assert scenario_from(asked) == record
    offsets = [row.offset_s for row in record.injects]
    assert offsets == sorted(offsets)
    assert offsets[-1] == record.duration_s
    for row in record.injects:
        assert len(row.key) <= 60 and len(row.title) <= 300 and len(row.sender) <= 200
        assert all(len(option) <= 200 for option in row.options)
        assert "{{" not in str(inject_filled(row, record.variables))


@given(ASKED)
@settings(max_examples=15, deadline=None)
def test_no_cell_is_asked_two_things_at_once_nor_left_waiting(asked: Asked) -> None:
    record = scenario_from(asked)
    density = DENSITY[record.level]
    for cell in record.cells:
        rows = [row for row in _injects(record) if cell.key in row.cells]
        for one, other in combinations(rows, 2):
            if not _exclude_each_other(one, other):
                assert abs(one.offset_s - other.offset_s) >= density.spacing * 60
        sure = [row.offset_s for row in rows if not row.conditions]
        waits = [b - a for a, b in pairwise([0, *sure, record.duration_s])]
        assert max(waits) <= density.wait * 60


def _exclude_each_other(one: InjectRecord, other: InjectRecord) -> bool:
    return any(
        a.inject == b.inject and a.on is b.on is On.DECISION and a.value != b.value
        for a in one.conditions
        for b in other.conditions
    )


@pytest.mark.parametrize(("language", "level", "origin", "minutes"), EVERY)
def test_each_level_language_and_cause_makes_a_whole_play(
    language: str, level: Level, origin: Origin, minutes: int
) -> None:
    what = replace(ASKED_ONE.what, origin=origin, alerted_min=5.0)
    asked = replace(
        ASKED_ONE, what=what, language=language, level=level, duration_min=minutes
    )  # fmt: skip
    record = scenario_from(asked)
    assert findings_of(record) == []
    assert record.language == language
    tested = {row.objective for row in _injects(record) if not row.conditions}
    assert {one.key for one in record.objectives} == tested
    staff = [row.key for row in record.injects if row.is_for_staff]
    assert staff[:3] == ["briefing", "pace", "safety"]
    assert staff[-1] == "hot-debrief"
    assert "time-out" in staff
    for row in _injects(record):
        assert row.expected and row.score and row.deadline_s and row.objective


@pytest.mark.parametrize("level", Level)
def test_each_choice_has_its_own_consequence_and_all_paths_reach_the_end(level: Level) -> None:
    record = scenario_from(replace(ASKED_ONE, level=level, duration_min=150))
    decisions = [row for row in record.injects if row.options]
    assert len(decisions) >= 2
    for side in (0, -1):
        happened = {
            row.key: Happened(row.offset_s, decision=row.options[side], decided_second=row.offset_s)
            for row in decisions
        }
        happened |= {
            row.key: Happened(row.offset_s)
            for row in record.injects
            if not row.options and not row.conditions
        }
        due = timeline_at(record.injects, happened, record.duration_s)
        followed = {
            one.inject.conditions[0].inject
            for one in due
            if one.standing is Standing.DUE and one.inject.conditions
        }
        assert followed == {row.key for row in decisions}


def test_what_fails_later_is_told_later_and_leaps_in_time_are_announced() -> None:
    record = scenario_from(ASKED_ONE)
    told = {
        name: next(row.offset_s for row in _injects(record) if name in row.title)
        for name in ("Orbunisse", "ADT vers Labolis", "Bloc opératoire", "Paie")
    }
    assert list(told.values()) == sorted(told.values())
    leaps = [row for row in record.injects if row.nature is Nature.MILESTONE and row.offset_s]
    assert [bool(re.search(r"il est 9\xa0h 30 \(J\+3\)", row.body)) for row in leaps][-1]
    assert leaps[-1].offset_s < told["Paie"]
    assert "Grappe A" in next(row.body for row in record.injects if row.key == "truth")


def test_the_staff_reads_the_real_hour_and_the_cause_of_each_failure() -> None:
    record = scenario_from(ASKED_ONE)
    theatre = next(row for row in record.injects if row.key == "care-theatre")
    assert theatre.comment.startswith("En vrai\xa0: 17\xa0h 30, à cause de «\xa0Orbunisse\xa0».")
    pace = next(row for row in record.injects if row.key == "pace")
    assert "3 jours" in pace.body
    assert pace.is_for_staff


def test_the_minimal_service_of_the_map_is_what_is_expected() -> None:
    record = scenario_from(ASKED_ONE)
    emergency = next(row for row in record.injects if row.key == "care-emergency")
    assert "Service minimal prévu\xa0: Tri au mur." in emergency.expected


def test_what_could_be_restored_first_is_what_care_misses_most() -> None:
    record = scenario_from(ASKED_ONE)
    restore = next(row for row in record.injects if row.key == "restore")
    assert restore.options == ("D’abord «\xa0Orbunisse\xa0»", "D’abord «\xa0Labolis\xa0»")


def test_levels_change_how_dense_the_play_is_and_how_much_help_it_gives() -> None:
    records = [scenario_from(replace(ASKED_ONE, level=level)) for level in Level]
    counts = [len(_injects(record)) for record in records]
    assert counts == sorted(counts) and counts[0] < counts[-1]
    helped = [
        sum("Aide\xa0:" in row.comment for row in record.injects) for record in records
    ]  # fmt: skip
    assert helped[0] and not helped[1] and not helped[2]
    deadlines = [
        next(row.deadline_s for row in record.injects if row.key == "opening") or 0
        for record in records
    ]
    assert deadlines == sorted(deadlines, reverse=True)


def test_another_seed_changes_the_texts_and_not_what_fails() -> None:
    one, other = scenario_from(ASKED_ONE), scenario_from(replace(ASKED_ONE, seed=2))
    assert one.injects != other.injects
    for record in (one, other):
        assert any(row.key.startswith("fail-") for row in record.injects)
    failing = [
        [(row.key, row.offset_s) for row in record.injects if row.key.startswith("fail-")]
        for record in (one, other)
    ]
    assert failing[0] == failing[1]


def test_who_is_not_there_is_played_for_by_another_cell() -> None:
    record = scenario_from(replace(ASKED_ONE, cells=(CellKind.IT,)))
    assert [cell.kind for cell in record.cells] == [
        CellKind.DECISION, CellKind.IT, CellKind.CARE,
    ]  # fmt: skip
    assert next(row for row in record.injects if row.key == "switchboard").cells == ("decision",)
    assert next(row for row in record.injects if row.key == "stock").cells == ("care",)


def test_what_fails_beyond_the_limit_is_left_out() -> None:
    record = scenario_from(replace(ASKED_ONE, until_min=60))
    assert not [row for row in record.injects if "Paie" in row.title]
    assert not [row for row in record.injects if row.key.startswith("leap")]


def test_words_and_requirements_of_the_establishment_are_kept() -> None:
    asked = replace(
        ASKED_ONE, words={"etablissement": "CH de Saint-Aubin"}, requirements={"care": "urn:x"}
    )  # fmt: skip
    record = scenario_from(asked)
    assert record.variables["etablissement"] == "CH de Saint-Aubin"
    assert [one.requirement for one in record.objectives if one.key == "care"] == ["urn:x"]


@pytest.mark.parametrize(
    "changes",
    [
        {"what": WhatFails(Origin.OUTAGE, ())}, {"duration_min": 44}, {"duration_min": 481},
        {"language": "de"}, {"start": "lundi"}, {"until_min": -1.0},
        {"what": WhatFails(Origin.OUTAGE, (Failure(float("inf"), AssetKind.SERVER, "x"),))},
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ExerciseError):
        scenario_from(replace(ASKED_ONE, **changes))  # type: ignore[arg-type]
