"""No claim about a movement that the data do not show."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.assessment.types import State
from hygie.engines.scoring.trends import Direction, Point, Trend, state_trend, trend


def _history(*values: float | None, step: int = 30) -> list[Point]:
    start = dt.date(2025, 1, 1)
    return [Point(start + dt.timedelta(days=step * i), v) for i, v in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "higher", "lower"),
    [
        ((1, 5, 3), Trend.BETTER, Trend.WORSE),
        ((3, 9, 1), Trend.WORSE, Trend.BETTER),
        ((2, 9, 2), Trend.STEADY, Trend.STEADY),
        ((1, None, 3), Trend.BETTER, Trend.WORSE),
        ((), Trend.UNKNOWN, Trend.UNKNOWN),
        ((1,), Trend.UNKNOWN, Trend.UNKNOWN),
        ((None, 1, 3), Trend.UNKNOWN, Trend.UNKNOWN),
        ((1, 3, None), Trend.UNKNOWN, Trend.UNKNOWN),
        ((None, None), Trend.UNKNOWN, Trend.UNKNOWN),
        ((1, float("nan")), Trend.UNKNOWN, Trend.UNKNOWN),
    ],
)
def test_a_trend_compares_the_ends_and_knows_when_they_are_missing(
    values: tuple[float | None, ...], higher: Trend, lower: Trend
) -> None:
    assert trend(_history(*values), direction=Direction.HIGHER) is higher
    assert trend(_history(*values), direction=Direction.LOWER) is lower


def test_a_small_difference_can_be_declared_no_change() -> None:
    history = _history(50.0, 51.0)
    assert trend(history, direction=Direction.HIGHER, steady_within=1.0) is Trend.STEADY
    assert trend(history, direction=Direction.HIGHER, steady_within=0.9) is Trend.BETTER


@pytest.mark.parametrize("steady_within", [-0.1, float("nan"), float("inf")])
def test_a_tolerance_that_is_none_is_refused(steady_within: float) -> None:
    with pytest.raises(ValueError, match="steady_within"):
        trend(_history(1, 2), direction=Direction.HIGHER, steady_within=steady_within)


def test_a_hole_too_long_forbids_the_claim() -> None:
    history = _history(1, None, 3)
    assert trend(history, direction=Direction.HIGHER, max_gap_days=60) is Trend.BETTER
    assert trend(history, direction=Direction.HIGHER, max_gap_days=59) is Trend.UNKNOWN


@given(st.lists(st.one_of(st.none(), st.floats(-9, 9)), max_size=6), st.randoms())
def test_the_order_in_which_points_are_given_does_not_matter(
    values: list[float | None], shuffler: object
) -> None:
    history = _history(*values)
    shuffled = list(history)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert trend(shuffled, direction=Direction.HIGHER) is trend(history, direction=Direction.HIGHER)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (State.FAILED, State.PARTIAL, Trend.BETTER),
        (State.PASSED, State.PARTIAL, Trend.WORSE),
        (State.FAILED, State.FAILED, Trend.STEADY),
        (State.PASSED, State.STALE, Trend.UNKNOWN),
        (State.NOT_TESTED, State.FAILED, Trend.UNKNOWN),
        (State.CANNOT_TELL, State.PASSED, Trend.UNKNOWN),
        (State.NOT_APPLICABLE, State.PASSED, Trend.UNKNOWN),
        (None, State.PASSED, Trend.UNKNOWN),
        (State.PASSED, None, Trend.UNKNOWN),
    ],
)
def test_states_are_compared_only_when_both_say_something(
    before: State | None, after: State | None, expected: Trend
) -> None:
    assert state_trend(before, after) is expected
