"""What must be mended before a script is played."""

from dataclasses import replace

import pytest

from hygie.engines.exercise.checks import Code, Severity, findings_of, is_playable
from hygie.engines.exercise.types import (
    CellRecord,
    Condition,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.vocabulary import CellKind, Channel, Nature, On

SOUND = ScenarioRecord(
    title="Panne",
    duration_s=3600,
    cells=(CellRecord("it", CellKind.IT, "Informatique"),),
    objectives=(ObjectiveRecord("o1", "Alerter"),),
    injects=tuple(
        InjectRecord(
            f"i{minute}", "Appel", minute * 60, sender="Cadre de nuit", cells=("it",),
            body="Plus rien ne répond au {{hopital}}.", expected="Prévenir l'astreinte",
            objective="o1", score=1, channel=Channel.PHONE, options=("oui", "non"),
        )
        for minute in (0, 20, 40)
    ),
    variables={"hopital": "CH"},
)  # fmt: skip


def _codes(scenario: ScenarioRecord) -> list[Code]:
    return [finding.code for finding in findings_of(scenario)]


def _with(**changes: object) -> ScenarioRecord:
    """The sound scenario with its first row changed."""
    first, *others = SOUND.injects
    return replace(SOUND, injects=(replace(first, **changes), *others))  # type: ignore[arg-type]


def test_a_sound_script_is_played_as_it_is() -> None:
    assert findings_of(SOUND) == []


def test_an_empty_script_says_all_that_it_lacks() -> None:
    found = findings_of(ScenarioRecord("Rien"))
    assert [one.code for one in found] == [Code.NO_INJECT, Code.NO_CELL, Code.NO_OBJECTIVE]
    assert not is_playable(found)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cells": ("press",)}, Code.CELL_UNKNOWN),
        ({"objective": "o9"}, Code.OBJECTIVE_UNKNOWN),
        ({"conditions": (Condition(On.PLAYED, "i99"),)}, Code.CONDITION_UNKNOWN),
        ({"conditions": (Condition(On.PLAYED, "i0"),)}, Code.CONDITION_CIRCLE),
        ({"conditions": (Condition(On.DECISION, "i20", "peut-être"),)}, Code.OPTION_UNKNOWN),
        ({"conditions": (Condition(On.RESULT, "i20", "bien"),)}, Code.RESULT_UNKNOWN),
        ({"nature": Nature.FACILITATION}, Code.STAFF_ROW_HAS_CELLS),
        ({"body": " "}, Code.BODY_MISSING),
        ({"body": "{{inconnu}} {{hopital}}"}, Code.VARIABLE_EMPTY),
        ({"key": "i20"}, Code.KEY_TWICE),
    ],
)
def test_what_forbids_to_play_is_said(changes: dict[str, object], code: Code) -> None:
    found = findings_of(_with(**changes))
    assert code in [one.code for one in found]
    assert not is_playable(found)
    assert found[0].severity is Severity.BLOCKING


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sender": ""}, Code.SENDER_MISSING),
        ({"expected": ""}, Code.EXPECTED_MISSING),
        ({"objective": ""}, Code.OBJECTIVE_MISSING),
        ({"offset_s": 4000}, Code.AFTER_THE_END),
        ({"offset_s": 2400}, Code.CELL_IDLE),
    ],
)
def test_what_is_only_to_know_lets_play(changes: dict[str, object], code: Code) -> None:
    scenario = _with(**changes)
    if code is Code.CELL_IDLE:
        scenario = replace(scenario, injects=scenario.injects[::2])
    found = findings_of(scenario)
    assert code in [one.code for one in found]
    assert is_playable(found)


def test_an_alarm_needs_no_sender() -> None:
    assert findings_of(_with(sender="", channel=Channel.ALARM)) == []


def test_a_cell_with_nothing_to_do_or_too_much_at_once_is_told() -> None:
    care = CellRecord("care", CellKind.CARE, "Soins")
    assert Code.CELL_WITHOUT_INJECT in _codes(replace(SOUND, cells=(*SOUND.cells, care)))
    first = SOUND.injects[0]
    many = [replace(first, key=f"m{index}", offset_s=60 + index) for index in range(6)]
    assert Code.CROWDED in _codes(replace(SOUND, injects=(*SOUND.injects, *many)))


def test_a_variable_that_serves_nothing_is_told() -> None:
    variables = {"hopital": "CH", "labo": "LABO+"}
    assert _codes(replace(SOUND, variables=variables)) == [Code.VARIABLE_UNUSED]
