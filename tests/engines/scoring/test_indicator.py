"""A figure against its target, its freshness, and the honest answers when there is neither."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.assessment.evaluate import evaluate
from hygie.engines.assessment.nodes import Comparison, Measure
from hygie.engines.assessment.types import Case, Dates, Fact, Knowledge, State
from hygie.engines.scoring.freshness import Latest, expiry, latest_by_freshness
from hygie.engines.scoring.indicator import Reason, Target, indicator_state
from hygie.engines.scoring.rollup import NEVER, Reading

TODAY = dt.date(2026, 3, 1)
DAY = dt.timedelta(days=1)
MEASURED = int(Knowledge.MEASURED)


def _reading(value: float | None, expires_on: dt.date | None = None) -> Reading:
    return Reading(value, MEASURED, TODAY - 9 * DAY, expires_on)


@pytest.mark.parametrize(
    ("value", "target", "state", "reason"),
    [
        (80.0, Target(at_least=80), State.PASSED, Reason.TARGET_REACHED),
        (79.9, Target(at_least=80), State.FAILED, Reason.TARGET_NOT_REACHED),
        (5.0, Target(at_most=5), State.PASSED, Reason.TARGET_REACHED),
        (5.1, Target(at_most=5), State.FAILED, Reason.TARGET_NOT_REACHED),
        (50.0, Target(at_least=80, intermediate=50), State.PARTIAL, Reason.INTERMEDIATE_REACHED),
        (49.9, Target(at_least=80, intermediate=50), State.FAILED, Reason.TARGET_NOT_REACHED),
        (9.0, Target(at_most=5, intermediate=9), State.PARTIAL, Reason.INTERMEDIATE_REACHED),
        (9.1, Target(at_most=5, intermediate=9), State.FAILED, Reason.TARGET_NOT_REACHED),
        (1.0, Target(at_least=2, at_most=4), State.FAILED, Reason.TARGET_NOT_REACHED),
        (3.0, Target(at_least=2, at_most=4), State.PASSED, Reason.TARGET_REACHED),
        (None, Target(at_least=80), State.CANNOT_TELL, Reason.UNDETERMINED),
        (float("nan"), Target(at_least=80), State.CANNOT_TELL, Reason.UNDETERMINED),
        (80.0, None, State.CANNOT_TELL, Reason.NO_TARGET),
        (80.0, Target(), State.CANNOT_TELL, Reason.NO_TARGET),
        (0.0, Target(at_most=0), State.PASSED, Reason.TARGET_REACHED),
    ],
)
def test_a_figure_against_its_target(
    value: float | None, target: Target | None, state: State, reason: Reason
) -> None:
    element = indicator_state(_reading(value), target, as_of=TODAY)
    assert (element.state, element.reason) == (state, reason)
    assert element.known_as is Knowledge.MEASURED


@pytest.mark.parametrize(
    ("value", "expires_on", "state", "stale_on"),
    [
        (80.0, TODAY + DAY, State.PASSED, TODAY + DAY),
        (60.0, TODAY + DAY, State.PARTIAL, TODAY + DAY),
        (80.0, TODAY, State.STALE, None),
        (60.0, TODAY - DAY, State.STALE, None),
        (10.0, TODAY - DAY, State.FAILED, None),
        (10.0, TODAY + DAY, State.FAILED, None),
        (None, TODAY - DAY, State.CANNOT_TELL, None),
    ],
)
def test_an_expired_figure_is_stale_unless_it_was_a_failure(
    value: float | None, expires_on: dt.date, state: State, stale_on: dt.date | None
) -> None:
    target = Target(at_least=80, intermediate=50)
    element = indicator_state(_reading(value, expires_on), target, as_of=TODAY)
    assert (element.state, element.stale_on) == (state, stale_on)


def test_never_measured_is_not_tested_even_without_target() -> None:
    for target in (None, Target(at_least=1)):
        element = indicator_state(NEVER, target, as_of=TODAY)
        assert (element.state, element.known_as) == (State.NOT_TESTED, None)


def test_a_figure_of_tomorrow_is_not_one_yet() -> None:
    reading = Reading(99, MEASURED, TODAY + DAY)
    assert indicator_state(reading, Target(at_least=1), as_of=TODAY).state is State.NOT_TESTED


@pytest.mark.parametrize(
    "bounds",
    [
        {"at_least": 5.0, "at_most": 4.0},
        {"intermediate": 3.0},
        {"at_least": 1.0, "at_most": 4.0, "intermediate": 0.0},
        {"at_least": 5.0, "intermediate": 5.0},
        {"at_most": 5.0, "intermediate": 4.0},
        {"at_least": float("nan")},
    ],
)
def test_a_target_that_makes_no_sense_is_refused(bounds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"bound|target"):
        Target(**bounds)


@given(
    st.one_of(st.none(), st.floats(-10, 10)),
    st.floats(-10, 10),
    st.booleans(),
    st.one_of(st.none(), st.integers(-5, 5)),
)
def test_an_indicator_and_a_measure_rule_never_disagree(
    value: float | None, bound: float, higher: bool, ahead: int | None
) -> None:
    expires_on = None if ahead is None else TODAY + ahead * DAY
    target = Target(at_least=bound) if higher else Target(at_most=bound)
    rule = Measure("x", Comparison.AT_LEAST if higher else Comparison.AT_MOST, bound)
    fact = Fact("x", 1, value, Knowledge.MEASURED, TODAY - 9 * DAY, expires_on)
    verdict = evaluate(rule, Case(1, (), (fact,), None, Dates(TODAY)))
    element = indicator_state(_reading(value, expires_on), target, as_of=TODAY)
    assert (element.state, element.stale_on) == (verdict.state, verdict.stale_on)


def test_a_figure_counts_from_its_day_for_as_many_days_as_said() -> None:
    assert expiry(TODAY, 1) == TODAY + DAY
    assert expiry(dt.date(2025, 3, 1), 365) == TODAY
    assert expiry(TODAY, None) is None
    assert expiry(dt.date(9999, 12, 31), 1) is None
    with pytest.raises(ValueError, match="at least 1"):
        expiry(TODAY, 0)


def test_the_latest_figure_decides_even_expired() -> None:
    old = Fact("x", 1, 1.0, Knowledge.VERIFIED, TODAY - 9 * DAY, None)
    new = Fact("x", 1, 2.0, Knowledge.DECLARED, TODAY - 2 * DAY, TODAY)
    planned = Fact("x", 1, 3.0, Knowledge.VERIFIED, TODAY + DAY, None)
    other = Fact("x", 2, 4.0, Knowledge.MEASURED, TODAY, TODAY + DAY)
    assert latest_by_freshness([new, planned, other, old], TODAY) == {
        (1, "x"): Latest(new, is_fresh=False),
        (2, "x"): Latest(other, is_fresh=True),
    }


def test_of_two_figures_of_one_day_the_best_known_then_the_last_recorded_decides() -> None:
    first = Fact("x", 1, 1.0, Knowledge.VERIFIED, TODAY, None)
    weaker = Fact("x", 1, 2.0, Knowledge.DECLARED, TODAY, None)
    again = Fact("x", 1, 3.0, Knowledge.VERIFIED, TODAY, None)
    assert latest_by_freshness([first, weaker], TODAY)[1, "x"].fact is first
    assert latest_by_freshness([first, weaker, again], TODAY)[1, "x"].fact is again
