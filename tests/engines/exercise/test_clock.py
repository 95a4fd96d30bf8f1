"""The time of an exercise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.exercise.clock import Clock, clock_of
from hygie.engines.exercise.types import ClockEvent, ExerciseError
from hygie.engines.exercise.vocabulary import ClockVerb

START, PAUSE, RESUME = ClockVerb.START, ClockVerb.PAUSE, ClockVerb.RESUME
PACE, JUMP, STOP = ClockVerb.PACE, ClockVerb.JUMP, ClockVerb.STOP


def _clock(*events: tuple[ClockVerb, float] | tuple[ClockVerb, float, float]) -> Clock:
    return clock_of(ClockEvent(*event) for event in events)


def test_without_events_nothing_has_begun() -> None:
    clock = _clock()
    assert not clock.is_started
    assert clock.second_at(100) is None
    assert clock.instant_of(0) is None


def test_a_pause_shifts_what_follows_and_nothing_before() -> None:
    clock = _clock((START, 1000), (PAUSE, 1060), (RESUME, 1360))
    assert clock.second_at(1030) == 30
    assert clock.second_at(1200) == 60
    assert clock.instant_of(30) == 1030
    assert clock.instant_of(120) == 1420
    assert clock.played_s(1420) == 120


def test_while_paused_what_follows_has_no_instant() -> None:
    clock = _clock((START, 1000), (PAUSE, 1060))
    assert clock.instant_of(61) is None
    assert clock.instant_of(60) == 1060
    assert not clock.is_running


def test_a_pace_multiplies_what_passes() -> None:
    clock = _clock((START, 0), (PACE, 60, 3))
    assert clock.second_at(70) == 90
    assert clock.instant_of(90) == 70


def test_a_pace_chosen_during_a_pause_waits_for_the_end_of_it() -> None:
    clock = _clock((START, 0), (PAUSE, 60), (PACE, 70, 2), (RESUME, 100))
    assert clock.second_at(90) == 60
    assert clock.second_at(110) == 80


def test_a_second_jumped_over_comes_with_the_jump() -> None:
    clock = _clock((START, 0), (JUMP, 60, 600))
    assert clock.second_at(60) == 600
    assert clock.instant_of(300) == 60
    assert clock.instant_of(660) == 120


def test_a_play_may_begin_before_second_zero() -> None:
    clock = _clock((START, 1000, -300))
    assert clock.second_at(1000) == -300
    assert clock.instant_of(0) == 1300


def test_after_the_end_time_stands_still() -> None:
    clock = _clock((START, 0), (STOP, 60))
    assert clock.second_at(500) == 60
    assert clock.is_over
    assert clock.instant_of(61) is None


@pytest.mark.parametrize(
    "events",
    [
        [(PAUSE, 0)],
        [(START, 0), (START, 1)],
        [(START, 0), (RESUME, 1)],
        [(START, 0), (PAUSE, 1), (PAUSE, 2)],
        [(START, 0), (JUMP, 100, 50)],
        [(START, 0), (PACE, 1, 0)],
        [(START, 10), (PAUSE, 5)],
        [(START, 0), (STOP, 1), (RESUME, 2)],
    ],
)
def test_what_makes_no_sense_is_refused(events: list[tuple[ClockVerb, float]]) -> None:
    with pytest.raises(ExerciseError):
        _clock(*events)


@st.composite
def _plays(draw: st.DrawFn) -> Clock:
    """A play of pauses, paces and jumps, all sensible."""
    at, second, paused, pace = 0.0, 0.0, False, 1.0
    events = [ClockEvent(START, 0.0)]
    for _ in range(draw(st.integers(0, 8))):
        passed = draw(st.integers(0, 500))
        at += passed
        second += 0 if paused else passed * pace
        verb = draw(st.sampled_from([RESUME if paused else PAUSE, PACE, JUMP]))
        value = 0.0
        if verb is PACE:
            value = pace = draw(st.sampled_from([0.5, 1.0, 2.0, 8.0]))
        elif verb is JUMP:
            value = second = second + draw(st.integers(1, 900))
        else:
            paused = not paused
        events.append(ClockEvent(verb, at, value))
    return clock_of(events)


@given(_plays(), st.lists(st.floats(0, 10_000), min_size=2, max_size=6))
def test_the_scenario_never_goes_backwards(clock: Clock, instants: list[float]) -> None:
    seconds = [clock.second_at(instant) for instant in sorted(instants)]
    assert seconds == sorted(second for second in seconds if second is not None)


@given(_plays(), st.floats(0, 20_000))
def test_the_instant_of_a_second_is_the_first_that_reached_it(clock: Clock, second: float) -> None:
    instant = clock.instant_of(second)
    if instant is None:
        assert not clock.is_running
        return
    reached = clock.second_at(instant)
    assert reached is not None
    assert reached >= second - 1e-6
    before = clock.second_at(instant - 0.01)
    assert before is None or before < second + 1e-6
