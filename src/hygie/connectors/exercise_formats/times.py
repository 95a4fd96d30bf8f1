"""At which second of the scenario is "J-30", "H+1h30" or "09:05"?"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from hygie.connectors.exercise_formats.clocks import clock_in, clock_of, military_of
from hygie.connectors.exercise_formats.dates import day_in
from hygie.connectors.exercise_formats.durations import (
    DAY,
    FARTHEST,
    HOUR,
    MARKS,
    MINUTE,
    WEEK,
    amount_at,
    bare,
    second_of,
)
from hygie.connectors.tables.cells import date_of
from hygie.connectors.tables.types import Cell

_START = frozenset(
    {"j", "jour j", "j0", "d", "d day", "d-day", "d0", "h", "h0", "heure h", "t", "t0", "startex",
     "start", "debut", "debut exercice", "debex", "beginning"}
)  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SIGNED = re.compile(r"(?P<mark>[a-z]+0?)?\s*(?P<sign>[+-])\s*")
_TO_CLOCK = re.compile(r"^(?:[-:/,]\s+)?(?:(?:a|at)\s+)?")
_COUNTED = re.compile(r"(?:jour|day|j|d) ?(\d{1,3})(?!\d)(?:\s*[-:/,]?\s*(?:(?:a|at)\s+)?(.+))?")
_BETWEEN = re.compile(r"[\s,;&]*(?:(?:et|and|a|at|puis)\b)?[\s,;]*")
_SPACED_DASH = re.compile(r"[-:/]\s+")
_EPOCH = dt.date(1899, 12, 30)
# Cells with a time alone come with one of these days, whatever the program that wrote them.
_NO_DAYS = frozenset({dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1)})
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 110_000
_MOST_DAYS = 1_000
# Beyond, a number of a spreadsheet is no time, and its remainder is not even defined.
_LARGEST = 10**12
_HALF_DAY_S = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Habits:
    """How one timeline writes its times, as far as one cell alone does not tell.

    Attributes:
        first_day: number of the day of the start where days are counted: "Jour 1", "D0".
        month_first: 5/13/2026 is in May.
        is_military: whole numbers are hours and minutes: 1430.
        is_elapsed: 00:15 counts from the start.
    """

    first_day: int = 1
    month_first: bool = False
    is_military: bool = False
    is_elapsed: bool = False


_USUAL = Habits()


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, as a cell tells it.

    Attributes:
        offset_s: seconds from the start of the exercise; with a clock, whole days.
        clock_s: second of the day of a wall clock; None when the offset says it all.
        day: of that clock, None = the cell does not tell.
        has_day: `offset_s` tells the day of that clock, be it that of the start.
    """

    offset_s: int = 0
    clock_s: int | None = None
    day: dt.date | None = None
    has_day: bool = False

    @property
    def needs_start(self) -> bool:
        """Whether it means nothing without the instant of the start."""
        return self.clock_s is not None


def moment_of(cell: Cell, *, unit: int | None = None, habits: Habits = _USUAL) -> Moment | None:
    """Read a time of a timeline as people write it.

    Args:
        cell: "J-30", "D+2 H+3 M+45", "H+1h30", "T+45" (minutes), "M-5", "+30 min", "09:05",
            "9h05", "0905", "2 pm", "J+1 09:00", "Jour 2 – 14h30", "12/05/2026 09:05", a time, an
            instant, a fraction of a day or a duration of a spreadsheet.
        unit: seconds that a bare number counts; None = its title does not tell.
        habits: of the timeline.

    Returns:
        The moment; None when the cell is none.
    """
    moment = _moment(cell, unit, habits)
    if moment is None or not habits.is_elapsed or moment.clock_s is None or moment.day is not None:
        return moment
    return Moment(moment.offset_s + moment.clock_s)


def _moment(cell: Cell, unit: int | None, habits: Habits) -> Moment | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, dt.timedelta):
        return _offset(Decimal(round(cell.total_seconds())))
    if isinstance(cell, dt.datetime):
        day = None if cell.date() in _NO_DAYS else cell.date()
        return Moment(clock_s=second_of(cell.time()), day=day)
    if isinstance(cell, dt.date):
        return Moment(clock_s=0, day=cell)
    if isinstance(cell, dt.time):
        return Moment(clock_s=second_of(cell))
    if isinstance(cell, int | float):
        return _of_number(Decimal(str(cell)), unit, habits)
    return _of_text(bare(cell), unit, habits)


def day_moment(cell: Cell, *, habits: Habits = _USUAL) -> Moment | None:
    """Read the day of a row that stands in a column of its own.

    Args:
        cell: of the column of days: "J+1", "Jour 2", 2, "12/05/2026", a date.
        habits: of the timeline.

    Returns:
        A moment at midnight of that day, or whole days from the start; None when it is no day.
    """
    if isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdecimal()):
        number = Decimal(str(cell).strip()[:9])
        is_counted = number.is_finite() and 0 <= number < _MOST_DAYS
        if not is_counted or number % 1:
            return None if isinstance(cell, bool) else _midnight(_of_number(number, None, habits))
        return Moment((int(number) - habits.first_day) * DAY)
    day = date_of(cell) if not habits.month_first else None
    if day is not None:
        return Moment(clock_s=0, day=day)
    return _midnight(moment_of(cell, habits=habits))


def _midnight(moment: Moment | None) -> Moment | None:
    if moment is None or (moment.needs_start and (moment.clock_s or moment.day is None)):
        return None
    return None if moment.offset_s % DAY else moment


def joined(day: Moment, time: Moment) -> Moment:
    """The moment of a row whose day and time stand in two columns."""
    if time.clock_s is None:
        return Moment(day.offset_s + time.offset_s)
    return Moment(day.offset_s + time.offset_s, time.clock_s, time.day or day.day, has_day=True)


def offset_at(moment: Moment, start: dt.datetime, before: dt.datetime | None = None) -> int:
    """Seconds from the start of an exercise to a moment.

    A clock without a day is taken on the day of the row before it, or on the following one when
    it would otherwise go back by more than twelve hours.

    Args:
        moment: with or without a clock.
        start: local instant of the start, without zone.
        before: local instant of the last row with a clock; None = the start.

    Returns:
        Seconds, negative before the start.
    """
    if moment.clock_s is None:
        return moment.offset_s
    clock = dt.timedelta(seconds=moment.clock_s)
    if moment.day is not None:
        at = dt.datetime.combine(moment.day, dt.time()) + clock
    elif moment.offset_s or moment.has_day:
        at = dt.datetime.combine(start.date(), dt.time()) + clock
        at += dt.timedelta(seconds=moment.offset_s)
    else:
        reference = before or start
        at = dt.datetime.combine(reference.date(), dt.time()) + clock
        if (reference - at).total_seconds() > _HALF_DAY_S:
            at += dt.timedelta(days=1)
    return round((at - start).total_seconds())


def _offset(amount: Decimal) -> Moment | None:
    return Moment(round(amount)) if abs(amount) <= FARTHEST else None


def _of_number(number: Decimal, unit: int | None, habits: Habits) -> Moment | None:
    """A bare number: what its title counts, else a fraction of a day, else an Excel instant."""
    if not number.is_finite() or abs(number) > _LARGEST:
        return None
    if unit is not None:
        return _offset(number * unit)
    if habits.is_military and not number % 1 and 0 <= number < 2_400 and number % 100 < 60:
        return Moment(clock_s=int(number) // 100 * HOUR + int(number) % 100 * MINUTE)
    if 0 <= number < 1:
        return Moment(clock_s=round(number * DAY) % DAY)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        second = round(number % 1 * DAY)
        day = _EPOCH + dt.timedelta(days=int(number) + second // DAY)
        return Moment(clock_s=second % DAY, day=day)
    return None


def _of_text(text: str, unit: int | None, habits: Habits) -> Moment | None:
    if not text or len(text) > 80:
        return None
    if unit is None and (text[0] == "0" or habits.is_military):
        military = military_of(text)
        if military is not None:
            return Moment(clock_s=military)
    number = _NUMBER.fullmatch(text)
    if number and (unit is not None or text[0] not in "+-"):
        return _of_number(Decimal(text.replace(",", ".")), unit, habits)
    return _of_words(text, habits)


def _of_words(text: str, habits: Habits) -> Moment | None:
    if text in _START:
        return Moment()
    clock = clock_of(text)
    if clock is not None:
        return Moment(clock_s=clock)
    dated = day_in(text, month_first=habits.month_first)
    if dated is not None:
        day, rest = dated
        clock = clock_in(_TO_CLOCK.sub("", rest)) if rest else 0
        return None if clock is None else Moment(clock_s=clock, day=day)
    counted = _COUNTED.fullmatch(text)
    if counted:
        return _on_day(int(counted[1]) - habits.first_day, counted[2] or "")
    is_signed = text[0] in "+-" or _SIGNED.match(text)
    if not is_signed or text.startswith("d-day"):
        return _unsigned(text)
    return _terms(text)


def _on_day(day: int, rest: str) -> Moment | None:
    """A day that is counted, and perhaps a clock."""
    if not rest:
        return Moment(day * DAY)
    clock = clock_in(rest)
    return None if clock is None else Moment(day * DAY, clock, has_day=True)


def _unsigned(text: str) -> Moment | None:
    """A duration without sign counts from the start: "45 min", "J" followed by a clock."""
    for words in (1, 2):
        parts = text.split(" ", words)
        if len(parts) > words and " ".join(parts[:words]).rstrip(":,") in _START:
            clock = clock_in(_TO_CLOCK.sub("", parts[words]))
            if clock is not None:
                return Moment(clock_s=clock)
    amount, end = amount_at(text, 0, None)
    return _offset(amount) if amount is not None and end == len(text) else None


def _terms(text: str) -> Moment | None:
    """Signed terms, one after the other, and perhaps a clock behind whole days."""
    total, at, days_only, before = Decimal(0), 0, True, FARTHEST
    while at < len(text):
        clock = clock_in(_after_dash(text, at)) if at and days_only else None
        if clock is not None:
            within = abs(total) <= FARTHEST
            return Moment(round(total), clock, has_day=True) if within else None
        found = _SIGNED.match(text, at)
        if not found or (found["mark"] and found["mark"] not in MARKS):
            return None
        unit = MARKS[found["mark"]] if found["mark"] else None
        # By itself S is a week in French; behind hours and minutes it is seconds.
        unit = WEEK if found["mark"] == "s" and not at else unit
        amount, end = amount_at(text, found.end(), unit)
        # "D+2 H+3" is a sum; "H+1 to H+2" is none.
        if amount is None or (unit or 0) >= before:
            return None
        before = unit or before
        total += -amount if found["sign"] == "-" else amount
        days_only = days_only and unit is not None and unit >= DAY
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
    return _offset(total)


def _after_dash(text: str, at: int) -> str:
    """What follows a dash between blanks: "J+1 - 09h05" names a clock, it subtracts nothing."""
    dash = _SPACED_DASH.match(text, at) if text[at - 1] == " " or text[at] != "-" else None
    return text[dash.end() if dash else at :]
