"""How does this timeline count its days and write its hours, as far as no cell alone tells?"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hygie.connectors.exercise_formats.durations import (
    HOUR,
    bare,
    is_elapsed_title,
    unit_of_title,
)
from hygie.connectors.exercise_formats.times import Habits, Moment, moment_of, offset_at
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.types import Cell

_ZERO_DAY = re.compile(r"(?:jour|day|j|d) ?0(?!\d)")
_NUMBERED_DAY = re.compile(r"(?:jour|day|j|d) ?\d{1,3}(?!\d)")
_SLASHED = re.compile(r"(?:^|\s)\d{1,2}/(\d{1,2})/\d{2,4}")
_LONG_HOURS = re.compile(r"h ?\+ ?(\d{2,3})$")
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """What the columns of times and days of a timeline show together.

    Attributes:
        habits: how its times are to be read.
        counts_days: days are numbered: "Jour 2", "D1", 2 in a column of days.
        guesses_elapsed: the first clock is 00:00 though no title says that it counts from the
            start.
        long_hours: an "H+45", which may have been meant in minutes; "" for none.
    """

    habits: Habits
    counts_days: bool = False
    guesses_elapsed: bool = False
    long_hours: str = ""


def habits_of(
    times: Sequence[Cell],
    days: Iterable[Cell] = (),
    *,
    title: str = "",
    start: dt.datetime | None = None,
) -> Seen:
    """Read all times of a timeline before any of them is taken.

    Args:
        times: cells of the column of times, in their order.
        days: cells of the column of days; none when there is no such column.
        title: over the times, as written.
        start: local instant of the start; None when nobody told it.

    Returns:
        The habits, and what is worth telling.

    Cost: O(cells).
    """
    hours, dates = [_bare(cell) for cell in times], [_bare(cell) for cell in days]
    numbered = [one for one in dates if one.isdecimal() and len(one) < 4]
    counted = [one for one in (*hours, *dates) if _NUMBERED_DAY.match(one)] + numbered
    zeros = [one for one in counted if _ZERO_DAY.match(one) or (one.isdecimal() and not int(one))]
    months = [found[1] for one in (*hours, *dates) if (found := _SLASHED.search(one))]
    is_titled = is_elapsed_title(title)
    habits = Habits(
        first_day=0 if zeros else 1,
        month_first=any(int(month) > _LAST_MONTH for month in months),
        is_military=unit_of_title(title) is None and _are_military(times),
        is_elapsed=is_titled,
    )
    guessed = not is_titled and _begins_at_zero(times, habits, start)
    if guessed:
        habits = Habits(habits.first_day, habits.month_first, habits.is_military, is_elapsed=True)
    long_hours = next(
        (one for one in hours if (found := _LONG_HOURS.match(one)) and int(found[1]) > 11), ""
    )
    return Seen(habits, len(counted) > len(zeros), guessed, long_hours.upper())


def _bare(cell: Cell) -> str:
    return bare(text_of(cell)) if isinstance(cell, str | int) else ""


def _are_military(times: Iterable[Cell]) -> bool:
    """Whether the whole numbers of a column are hours and minutes: 900, 1430."""
    numbers = [
        int(text)
        for cell in times
        if isinstance(cell, str | int) and (text := text_of(cell)).isdecimal() and len(text) < 6
    ]
    return any(one >= 1_000 for one in numbers) and all(
        one < 2_400 and one % 100 < 60 for one in numbers
    )


def _begins_at_zero(times: Iterable[Cell], habits: Habits, start: dt.datetime | None) -> bool:
    """Whether the first clock is 00:00, though the exercise does not begin at midnight."""
    for cell in times:
        if not text_of(cell):
            continue
        moment = moment_of(cell, habits=habits)
        if moment is None or moment.clock_s is None or isinstance(cell, dt.date):
            continue
        is_alone = moment == Moment(clock_s=0)
        return is_alone and (start is None or -12 * HOUR <= offset_at(moment, start) < 0)
    return False
