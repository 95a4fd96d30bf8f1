"""Times are read as many hands write them, and a timeline tells what one cell does not."""

import datetime as dt

import pytest

from hygie.connectors.exercise_formats.durations import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    is_elapsed_title,
    seconds_of,
    unit_of_title,
)
from hygie.connectors.exercise_formats.habits import habits_of
from hygie.connectors.exercise_formats.loose_times import moment_meant
from hygie.connectors.exercise_formats.times import (
    Habits,
    Moment,
    day_moment,
    joined,
    moment_of,
    offset_at,
)
from hygie.connectors.tables.types import Cell

START = dt.datetime.fromisoformat("2026-05-12T09:00")
USUAL = Habits()


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("J+1 - 09h05", DAY + 300), ("J+1 – 9h", DAY), ("J+1 : 9h05", DAY + 300),
        ("J+1 midi", DAY + 3 * HOUR), ("Jour J 9h30", 1_800), ("D-Day, 9:30 AM", 1_800),
        ("Jour 2 – 14h30", DAY + 19_800), ("J2 14h30", DAY + 19_800), ("Day 1, 9:00 AM", 0),
        ("D2-14:30", DAY + 19_800), ("D1 0900", 0), ("0905", 300), ("0915 hrs", 900),
        ("2 PM", 5 * HOUR), ("2pm", 5 * HOUR), ("midi", 3 * HOUR),
        ("12/05/26 09:05", 300), ("12-05-2026 09:05", 300), ("mardi 12 mai 2026 à 9h05", 300),
        ("May 12, 2026 9:05 AM", 300), ("1er juin 2026 9h", 20 * DAY),
    ],
)  # fmt: skip
def test_a_clock_behind_a_day_is_a_clock_of_that_day(cell: str, seconds: int) -> None:
    moment = moment_of(cell)
    assert moment is not None and moment.needs_start
    assert offset_at(moment, START) == seconds


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("StartEx + 10", 600), ("DEBEX+0h15", 900), ("S+1", WEEK), ("S-2", -2 * WEEK), ("J1", 0)],
)
def test_marks_of_french_and_english_planners_count_from_the_start(cell: str, seconds: int) -> None:
    assert moment_of(cell) == Moment(seconds)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("9h-9h30", 9 * HOUR), ("9h00 à 9h30", 9 * HOUR), ("09:00 – 09:15", 9 * HOUR),
        ("de 9h à 9h30", 9 * HOUR), ("vers 10h", 10 * HOUR), ("~10h", 10 * HOUR),
        ("10h environ", 10 * HOUR), ("à partir de 10h", 10 * HOUR), ("10h-", 10 * HOUR),
        ("9h05 (heure de Paris)", 9 * HOUR + 300), ("09:05\n09:10", 9 * HOUR + 300),
    ],
)  # fmt: skip
def test_of_a_range_or_a_guess_the_beginning_is_taken_and_told(cell: str, shown: int) -> None:
    assert moment_meant(cell, unit=None, habits=USUAL) == (Moment(clock_s=shown), True)


def test_a_relative_time_stands_over_the_clock_in_its_parentheses() -> None:
    assert moment_meant("T0+15 (09h15)", unit=None, habits=USUAL) == (Moment(900), True)
    assert moment_meant("H+1 à H+2", unit=None, habits=USUAL) == (Moment(HOUR), True)
    assert moment_meant("T+15", unit=None, habits=USUAL) == (Moment(900), False)


@pytest.mark.parametrize("cell", ["avant 9h", "après 10h", "à définir", "9h - fin", "(9h)", 12])
def test_what_tells_no_beginning_stays_refused(cell: Cell) -> None:
    assert moment_meant(cell, unit=None, habits=USUAL)[0] is None


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1e308, 1e30, 10**30])
def test_numbers_that_are_no_time_are_refused(number: Cell) -> None:
    for habits in (USUAL, Habits(is_military=True), Habits(is_elapsed=True)):
        assert moment_of(number, habits=habits) is None
        assert moment_of(number, unit=MINUTE, habits=habits) is None
        assert day_moment(number, habits=habits) is None
    assert seconds_of(number) is None
    assert not habits_of([number, 1_430], [number]).counts_days


def test_a_title_that_counts_lends_its_unit_and_its_sign() -> None:
    assert (unit_of_title("Minute"), unit_of_title("T+"), unit_of_title("H+")) == (60, 60, 3_600)
    assert unit_of_title("Heures") is None and unit_of_title("Heure (hh:mm)") is None
    assert moment_of("-15", unit=MINUTE) == Moment(-900)
    assert is_elapsed_title("Temps écoulé") and not is_elapsed_title("Horaire")


def test_days_are_counted_from_one_unless_there_is_a_day_zero() -> None:
    assert habits_of(["9h"], ["Jour 1", "Jour 2"]).habits.first_day == 1
    assert habits_of(["9h"], ["J0", "J1"]).habits.first_day == 0
    assert habits_of(["9h"], [0, 1]).habits.first_day == 0
    assert not habits_of(["J-30", "J0", "J+1"]).counts_days
    assert day_moment(2) == Moment(DAY) and day_moment("2") == Moment(DAY)
    assert day_moment("J2", habits=Habits(first_day=0)) == Moment(2 * DAY)
    assert day_moment("12 mai 2026") == Moment(clock_s=0, day=dt.date(2026, 5, 12))
    assert day_moment(46_154) == Moment(clock_s=0, day=dt.date(2026, 5, 12))


def test_a_row_of_the_first_day_stays_there_after_rows_of_the_second_one() -> None:
    first, clock = day_moment("Jour 1"), moment_of("8h")
    assert first is not None and clock is not None
    before = dt.datetime.fromisoformat("2026-05-13T18:00")
    assert offset_at(joined(first, clock), START, before) == -HOUR


def test_american_dates_are_known_by_one_that_has_no_other_reading() -> None:
    seen = habits_of(["5/12/2026 9:00 AM", "5/13/2026 9:00 AM"])
    assert seen.habits.month_first
    found = moment_of("5/12/2026 9:00 AM", habits=seen.habits)
    assert found == Moment(clock_s=9 * HOUR, day=dt.date(2026, 5, 12))
    assert not habits_of(["12/05/2026 9h", "13/05/2026 9h"]).habits.month_first


def test_whole_numbers_are_hours_and_minutes_where_all_of_them_can_be() -> None:
    seen = habits_of(["0900", 915, 1_430, "J+1"])
    assert moment_of(1_430, habits=seen.habits) == Moment(clock_s=52_200)
    assert not habits_of([0, 30, 60, 1_000]).habits.is_military
    assert not habits_of([900, 1_430], title="T+ (min)").habits.is_military


def test_clocks_that_begin_at_zero_count_from_the_start() -> None:
    assert habits_of(["00:00", "00:15"]).guesses_elapsed
    assert habits_of([dt.time(), dt.time(0, 15)], start=START).habits.is_elapsed
    night = dt.datetime.fromisoformat("2026-05-12T22:00")
    assert not habits_of(["00:00", "00:15"], start=night).habits.is_elapsed
    assert not habits_of(["12/05/2026 00:00", "00:15"]).habits.is_elapsed
    elapsed = Habits(is_elapsed=True)
    assert moment_of("00:15", habits=elapsed) == Moment(900)
    assert moment_of("12/05/2026 00:15", habits=elapsed) == moment_of("12/05/2026 00:15")


def test_hours_that_may_be_minutes_are_told() -> None:
    assert habits_of(["H+0", "H+15", "H+45"]).long_hours == "H+15"
    assert not habits_of(["H+1", "H+1h45", "H+8"]).long_hours
