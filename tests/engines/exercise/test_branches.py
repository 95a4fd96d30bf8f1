"""Which rows of a timeline are due."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.exercise.branches import Happened, Standing, timeline_at
from hygie.engines.exercise.types import Condition, ExerciseError, InjectRecord
from hygie.engines.exercise.vocabulary import Match, On, Result


def _row(key: str, offset_s: int = 0, *conditions: Condition, **more: object) -> InjectRecord:
    return InjectRecord(key, key, offset_s, conditions=conditions, **more)  # type: ignore[arg-type]  # test shorthand


def _standings(
    rows: list[InjectRecord], happened: Mapping[str, Happened], second: float
) -> dict[str, tuple[Standing, float | None]]:
    return {
        due.inject.key: (due.standing, due.second) for due in timeline_at(rows, happened, second)
    }


def test_a_row_without_condition_is_due_at_its_second() -> None:
    rows = [_row("a", 60), _row("b", 120), _row("early", -300)]
    assert _standings(rows, {}, 60) == {
        "early": (Standing.DUE, -300),
        "a": (Standing.DUE, 60),
        "b": (Standing.LATER, 120),
    }


def test_what_is_played_or_skipped_is_done() -> None:
    rows = [_row("a"), _row("b")]
    found = _standings(rows, {"a": Happened(12.0), "b": Happened(is_skipped=True)}, 60)
    assert found == {"a": (Standing.DONE, 12), "b": (Standing.DONE, None)}


def test_a_decision_opens_one_branch_and_cuts_the_other() -> None:
    rows = [
        _row("ask", 0, options=("couper", "attendre")),
        _row("cut", 0, Condition(On.DECISION, "ask", "couper"), after_s=120),
        _row("wait", 0, Condition(On.DECISION, "ask", "attendre")),
        _row("later", 0, Condition(On.PLAYED, "wait")),
    ]
    waiting = _standings(rows, {"ask": Happened(0.0)}, 60)
    assert waiting["cut"] == waiting["wait"] == waiting["later"] == (Standing.WAITING, None)
    decided = {"ask": Happened(0.0, decision="couper", decided_second=300)}
    found = _standings(rows, decided, 310)
    assert found["cut"] == (Standing.LATER, 420)
    assert found["wait"] == (Standing.CUT_OFF, None)
    assert found["later"] == (Standing.CUT_OFF, None)


def test_a_result_may_still_be_corrected_so_nothing_is_cut_off_by_it() -> None:
    rows = [_row("a"), _row("b", 0, Condition(On.RESULT, "a", "missed"))]
    happened = {"a": Happened(0.0, result=Result.REACHED, result_second=10)}
    assert _standings(rows, happened, 60)["b"] == (Standing.WAITING, None)
    happened = {"a": Happened(0.0, result=Result.MISSED, result_second=10)}
    assert _standings(rows, happened, 60)["b"] == (Standing.DUE, 10)


def test_any_condition_is_enough_when_the_row_says_so() -> None:
    either = (Condition(On.PLAYED, "a"), Condition(On.PLAYED, "b"))
    rows = [_row("a"), _row("b"), _row("any", 0, *either, match=Match.ANY), _row("all", 0, *either)]
    happened = {"a": Happened(5.0), "b": Happened(is_skipped=True)}
    found = _standings(rows, happened, 60)
    assert found["any"] == (Standing.DUE, 5)
    assert found["all"] == (Standing.CUT_OFF, None)


@pytest.mark.parametrize(
    "rows",
    [
        [_row("a", 0, Condition(On.PLAYED, "nowhere"))],
        [_row("a", 0, Condition(On.PLAYED, "a"))],
        [_row("a", 0, Condition(On.PLAYED, "b")), _row("b", 0, Condition(On.PLAYED, "a"))],
    ],
)
def test_conditions_that_name_nothing_or_turn_in_a_circle_are_refused(
    rows: list[InjectRecord],
) -> None:
    with pytest.raises(ExerciseError):
        timeline_at(rows, {}, 0)


def test_a_chain_of_ten_thousand_rows_is_followed() -> None:
    rows = [_row("0")]
    rows += [_row(str(i), 0, Condition(On.PLAYED, str(i - 1))) for i in range(1, 10_000)]
    found = _standings(rows, {"0": Happened(is_skipped=True)}, 0)
    assert found["9999"] == (Standing.CUT_OFF, None)


@st.composite
def _games(draw: st.DrawFn) -> tuple[list[InjectRecord], dict[str, Happened]]:
    count = draw(st.integers(1, 8))
    rows, happened = [], {}
    for index in range(count):
        conditions = [
            Condition(On.PLAYED, str(draw(st.integers(0, index - 1))))
            for _ in range(draw(st.integers(0, 2 if index else 0)))
        ]
        match = draw(st.sampled_from(list(Match)))
        rows.append(_row(str(index), draw(st.integers(-60, 600)), *conditions, match=match))
        state = draw(st.sampled_from(["", "played", "skipped"]))
        if state:
            happened[str(index)] = Happened(
                draw(st.integers(0, 600)) if state == "played" else None, state == "skipped"
            )
    return rows, happened


def _can_come(key: str, rows: Mapping[str, InjectRecord], happened: Mapping[str, Happened]) -> bool:
    """The obvious recursive reading of `cut off`."""
    done = happened.get(key, Happened())
    if done.played_second is not None:
        return True
    if done.is_skipped:
        return False
    row = rows[key]
    able = [_can_come(condition.inject, rows, happened) for condition in row.conditions]
    return not able or (any(able) if row.match is Match.ANY else all(able))


@given(_games())
def test_what_is_cut_off_is_what_can_no_longer_come(
    game: tuple[list[InjectRecord], dict[str, Happened]],
) -> None:
    rows, happened = game
    by_key = {row.key: row for row in rows}
    for key, (standing, _second) in _standings(rows, happened, 300).items():
        if standing is not Standing.DONE:
            assert (standing is Standing.CUT_OFF) == (not _can_come(key, by_key, happened))
