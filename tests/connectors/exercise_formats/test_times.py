"""Times of a timeline are read as people write them, and written so that they read back."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hygie.connectors.exercise_formats.durations import (
    DAY,
    FARTHEST,
    HOUR,
    MINUTE,
    seconds_of,
    unit_of_title,
    written_duration,
    written_offset,
)
from hygie.connectors.exercise_formats.times import Moment, day_moment, joined, moment_of, offset_at
from hygie.connectors.tables.types import Cell

START = dt.datetime.fromisoformat("2026-05-12T09:00")


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("J-30", -30 * DAY), ("D+1", DAY), ("H+2", 2 * HOUR), ("H+1h30", 5_400),
        ("h + 1,5", 5_400), ("T+45", 2_700), ("T+1h30", 5_400), ("T+00:45", 2_700),
        ("T-1", -60), ("T−2", -120), ("M-5", -300), ("D+2 H+3 M+45", 186_300),
        ("J+1 H+2", DAY + 2 * HOUR), ("+30 min", 1_800), ("-5 min", -300), ("45'", 2_700),
        ("1 h 30 min", 5_400), ("PT1H30M", 5_400), ("Jour J", 0), ("T0", 0), ("T0+30", 1_800),
        ("H+30min", 1_800), ("StartEx", 0), (dt.timedelta(minutes=90), 5_400), ("25:00", 90_000),
    ],
)  # fmt: skip
def test_a_relative_time_counts_from_the_start(cell: Cell, seconds: int) -> None:
    assert moment_of(cell) == Moment(seconds)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("09:05", 300), ("9h05", 300), ("9 h 05", 300), ("8h", -HOUR), ("2:30 pm", 19_800),
        ("12:00 AM", -9 * HOUR), (dt.time(9, 5), 300), (0.378472222222, 300),
        ("12/05/2026 09:05", 300), ("2026-05-13T09:00", DAY), ("12/05/2026 à 9h05", 300),
        (dt.datetime.fromisoformat("2026-05-12T09:05"), 300),
        (dt.datetime.fromisoformat("1899-12-30T09:05"), 300),
        (46_154.378472222, 300), ("J+1 09:00", DAY), ("J-1 à 14h00", -19 * HOUR),
        (dt.date(2026, 5, 13), 15 * HOUR), ("09:05:30", 330),
    ],
)  # fmt: skip
def test_a_clock_time_needs_the_start(cell: Cell, seconds: int) -> None:
    moment = moment_of(cell)
    assert moment is not None and moment.needs_start
    assert offset_at(moment, START) == seconds


@pytest.mark.parametrize(
    "cell",
    ["", "xx", "H+5xyz", "Monday 9:30 AM", "9h75", "25:61", "31/02/2026 09:00", "J+", "+", True, 5,
     -3, 5e30, "J+99999999", "9" * 200, "13:00 pm", "++5 min"],
)  # fmt: skip
def test_what_is_no_time_is_refused(cell: Cell) -> None:
    assert moment_of(cell) is None


def test_a_bare_number_counts_what_its_title_says() -> None:
    assert unit_of_title("T+ (min)") == MINUTE and unit_of_title("Offset in seconds") == 1
    assert unit_of_title("Horaire") is None
    assert moment_of(5, unit=MINUTE) == Moment(300)
    assert moment_of("90", unit=1) == Moment(90)


def test_a_clock_that_goes_back_by_half_a_day_is_on_the_next_day() -> None:
    night = dt.datetime.fromisoformat("2026-05-12T22:00")
    assert offset_at(Moment(clock_s=900), night) == 2 * HOUR + 900
    assert offset_at(Moment(clock_s=21 * HOUR), night) == -HOUR
    before = dt.datetime.fromisoformat("2026-05-13T23:30")
    assert offset_at(Moment(clock_s=HOUR), night, before) == DAY + 3 * HOUR


def test_day_and_time_of_two_columns_are_joined() -> None:
    day, clock = day_moment("J+1"), moment_of("10:00")
    assert day is not None and clock is not None
    assert offset_at(joined(day, clock), START) == DAY + HOUR
    dated = day_moment("13/05/2026")
    assert dated is not None and offset_at(joined(dated, clock), START) == DAY + HOUR
    assert day_moment("lundi") is None and day_moment("H+1") is None


@given(st.integers(-FARTHEST, FARTHEST))
@example(52_417_680)
def test_an_offset_written_reads_back(offset: int) -> None:
    assert moment_of(written_offset(offset)) == Moment(offset)


@given(st.integers(0, FARTHEST))
def test_a_duration_written_reads_back(duration: int) -> None:
    assert seconds_of(written_duration(duration)) == duration


@given(st.text(max_size=30) | st.text("JHTMD+-0123456789 h:min/,.'", max_size=20))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    moment = moment_of(text)
    if moment is not None:
        assert abs(moment.offset_s) <= FARTHEST
    seconds_of(text)
    day_moment(text)
