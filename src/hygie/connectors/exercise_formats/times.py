"""At which second of the scenario is "J-30", "H+1h30" or "09:05"?"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from hygie.connectors.tables.cells import date_of, text_of
from hygie.connectors.tables.types import Cell

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
# Ten years: beyond, it is a mistake.
FARTHEST = 3_650 * DAY

_UNITS: dict[str, int] = {
    word: seconds
    for seconds, words in {
        1: ("s", "sec", "secs", "seconde", "secondes", "second", "seconds", '"', "''"),
        MINUTE: ("m", "mn", "mns", "min", "mins", "minute", "minutes", "'"),
        HOUR: ("h", "hr", "hrs", "heure", "heures", "hour", "hours"),
        DAY: ("j", "jr", "jrs", "jour", "jours", "d", "day", "days"),
        WEEK: ("w", "wk", "sem", "semaine", "semaines", "week", "weeks"),
    }.items()
    for word in words
}
# T stands for the beginning of the exercise: what follows is in minutes unless it says otherwise.
_MARKS = {**_UNITS, "t": MINUTE, "t0": MINUTE, "h0": HOUR, "j0": DAY, "d0": DAY}
_START = frozenset(
    {"j", "jour j", "j0", "d", "d day", "d0", "h", "h0", "heure h", "t", "t0", "startex", "start",
     "debut", "debut exercice", "debex", "beginning"}
)  # fmt: skip
_SIGNED = re.compile(r"(?P<mark>[a-z]+0?)?\s*(?P<sign>[+-])\s*")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*(''|['\"]|[a-z]+)")
_CLOCK = re.compile(
    r"(\d{1,5})\s*(?::|h(?:eures?|rs?)?)\s*([0-5]\d)"
    r"(?:\s*(?::|m(?:in|n)?|')\s*([0-5]\d)\s*(?:s(?:ec)?)?)?\s*(?:m(?:in|n)?)?"
)
_HOUR_ALONE = re.compile(r"(\d{1,2})\s*h(?:eures?|rs?)?")
_HALF_DAY = re.compile(r"\s*([ap])\.?m\.?")
_DAY_FIRST = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})[t ,]*")
_ISO = re.compile(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?")
_BETWEEN = re.compile(r"[\s,;&]*(?:(?:et|and|a|at|puis)\b)?[\s,;]*")
_UNIT_IN_TITLE = re.compile(r"[(\[]\s*(?:en\s+|in\s+)?([a-z]+)\s*[)\]]|\b(?:en|in)\s+([a-z]+)\s*$")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "－": "-", "＋": "+", "’": "'",
                        "″": '"', "′": "'", "\N{NO-BREAK SPACE}": " "})  # fmt: skip
_EPOCH = dt.date(1899, 12, 30)
# Cells with a time alone come with one of these days, whatever the program that wrote them.
_NO_DAYS = frozenset({dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1)})
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 110_000
_HALF_DAY_S = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, as a cell tells it.

    Attributes:
        offset_s: seconds from the start of the exercise; with a clock, whole days.
        clock_s: second of the day of a wall clock; None when the offset says it all.
        day: of that clock, None = the cell does not tell.
    """

    offset_s: int = 0
    clock_s: int | None = None
    day: dt.date | None = None

    @property
    def needs_start(self) -> bool:
        """Whether it means nothing without the instant of the start."""
        return self.clock_s is not None


def moment_of(cell: Cell, *, unit: int | None = None) -> Moment | None:
    """Read a time of a timeline as people write it.

    Args:
        cell: "J-30", "D+2 H+3 M+45", "H+1h30", "T+45" (minutes), "M-5", "+30 min", "09:05",
            "9h05", "J+1 09:00", "12/05/2026 09:05", a time, an instant, a fraction of a day or a
            duration of a spreadsheet.
        unit: seconds that a bare number counts; None = its title does not tell.

    Returns:
        The moment; None when the cell is none.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, dt.timedelta):
        return _offset(Decimal(round(cell.total_seconds())))
    if isinstance(cell, dt.datetime):
        day = None if cell.date() in _NO_DAYS else cell.date()
        return Moment(clock_s=_second(cell.time()), day=day)
    if isinstance(cell, dt.date):
        return Moment(clock_s=0, day=cell)
    if isinstance(cell, dt.time):
        return Moment(clock_s=_second(cell))
    if isinstance(cell, int | float):
        return _of_number(Decimal(str(cell)), unit)
    text = bare(cell)
    if not text or len(text) > 80:
        return None
    number = re.fullmatch(r"\d+(?:[.,]\d+)?", text)
    if number:
        return _of_number(Decimal(text.replace(",", ".")), unit)
    return _of_text(text)


def day_moment(cell: Cell) -> Moment | None:
    """Read the day of a row that stands in a column of its own: "J+1", "12/05/2026", a date.

    Args:
        cell: of the column of days.

    Returns:
        A moment at midnight of that day; None when the cell is no day.
    """
    day = date_of(cell) if not isinstance(cell, int | float) else None
    if day is not None:
        return Moment(clock_s=0, day=day)
    moment = moment_of(cell, unit=DAY)
    return None if moment is None or moment.needs_start or moment.offset_s % DAY else moment


def joined(day: Moment, time: Moment) -> Moment:
    """The moment of a row whose day and time stand in two columns."""
    if time.clock_s is None:
        return Moment(day.offset_s + time.offset_s)
    return Moment(day.offset_s + time.offset_s, time.clock_s, time.day or day.day)


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
    elif moment.offset_s:
        at = dt.datetime.combine(start.date(), dt.time()) + clock
        at += dt.timedelta(seconds=moment.offset_s)
    else:
        reference = before or start
        at = dt.datetime.combine(reference.date(), dt.time()) + clock
        if (reference - at).total_seconds() > _HALF_DAY_S:
            at += dt.timedelta(days=1)
    return round((at - start).total_seconds())


def seconds_of(cell: Cell, *, unit: int = MINUTE) -> int | None:
    """Read a duration: "30 min", "1h30", "PT1H", "00:45", a duration or time of a spreadsheet.

    Args:
        cell: any cell.
        unit: seconds that a bare number counts.

    Returns:
        Seconds, 0 or more; None when the cell is no duration.
    """
    if isinstance(cell, bool | dt.date):
        return None
    if isinstance(cell, dt.timedelta):
        return _bounded(Decimal(round(cell.total_seconds())))
    if isinstance(cell, dt.time):
        return _second(cell)
    text = bare(text_of(cell))
    if re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", text):
        return _bounded(Decimal(text.replace(",", ".")) * unit)
    amount, end = _amount(text, 0, None)
    return _bounded(amount) if amount is not None and end == len(text) else None


def unit_of_title(title: str) -> int | None:
    """Seconds that a title gives to bare numbers: "T+ (min)"; None when it names no unit."""
    found = _UNIT_IN_TITLE.search(bare(title))
    return _UNITS.get(found[1] or found[2]) if found else None


def written_offset(offset_s: int) -> str:
    """Write an offset so that people and `moment_of` read the same: "H+1h30", "J-30"."""
    sign = "-" if offset_s < 0 else "+"
    left = abs(offset_s)
    if left and left % DAY == 0:
        return f"J{sign}{left // DAY}"
    hours, minutes, seconds = left // HOUR, left % HOUR // MINUTE, left % MINUTE
    tail = f"m{seconds:02d}s" if seconds else ""
    return f"H{sign}{hours}h{minutes:02d}{tail}"


def written_duration(duration_s: int) -> str:
    """Write a duration so that people and `seconds_of` read the same: "1 h 30 min"."""
    hours, minutes, seconds = (
        duration_s // HOUR, duration_s % HOUR // MINUTE, duration_s % MINUTE,
    )  # fmt: skip
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{count} {word}" for count, word in parts if count) or "0 min"


def bare(text: str) -> str:
    """A text in lower case, without accents, with plain signs and single blanks."""
    decomposed = unicodedata.normalize("NFKD", text.strip()[:200].translate(_SIGNS))
    kept = "".join(one for one in decomposed if not unicodedata.combining(one))
    return " ".join(kept.translate(_SIGNS).casefold().split())


def _second(time: dt.time) -> int:
    return time.hour * HOUR + time.minute * MINUTE + time.second


def _bounded(amount: Decimal) -> int | None:
    return round(amount) if 0 <= amount <= FARTHEST else None


def _offset(amount: Decimal) -> Moment | None:
    return Moment(round(amount)) if abs(amount) <= FARTHEST else None


def _of_number(number: Decimal, unit: int | None) -> Moment | None:
    """A bare number: what its title counts, else a fraction of a day, else an Excel instant."""
    if unit is not None:
        return _offset(number * unit)
    if 0 <= number < 1:
        return Moment(clock_s=round(number * DAY) % DAY)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        second = round(number % 1 * DAY)
        day = _EPOCH + dt.timedelta(days=int(number) + second // DAY)
        return Moment(clock_s=second % DAY, day=day)
    return None


def _of_text(text: str) -> Moment | None:
    if text in _START:
        return Moment()
    clock = _clock(text)
    if clock is not None:
        return Moment(clock_s=clock)
    found = _DAY_FIRST.match(text)
    if found:
        return _dated(found[1], text[found.end() :])
    if text[0] not in "+-" and not _SIGNED.match(text):
        return _unsigned(text)
    return _terms(text)


def _dated(day_text: str, rest: str) -> Moment | None:
    day = date_of(day_text.replace(".", "/"))
    rest = re.sub(r"^(?:a|at|-)\s+", "", rest.strip())
    clock = _clock(rest) if rest else 0
    return None if day is None or clock is None else Moment(clock_s=clock, day=day)


def _unsigned(text: str) -> Moment | None:
    """A duration without sign counts from the start: "45 min", "J" followed by a clock."""
    head, _, rest = text.partition(" ")
    if head in _START and rest:
        rest = re.sub(r"^(?:a|at|-)\s+", "", rest)
        clock = _clock(rest)
        return None if clock is None else Moment(clock_s=clock)
    amount, end = _amount(text, 0, None)
    return _offset(amount) if amount is not None and end == len(text) else None


def _terms(text: str) -> Moment | None:
    """Signed terms, one after the other, and perhaps a clock behind whole days."""
    total, at, days_only = Decimal(0), 0, True
    while at < len(text):
        clock = _clock(text[at:]) if at and days_only else None
        if clock is not None:
            return Moment(round(total), clock) if abs(total) <= FARTHEST else None
        found = _SIGNED.match(text, at)
        if not found or (found["mark"] and found["mark"] not in _MARKS):
            return None
        unit = _MARKS[found["mark"]] if found["mark"] else None
        amount, end = _amount(text, found.end(), unit)
        if amount is None:
            return None
        total += -amount if found["sign"] == "-" else amount
        days_only = days_only and unit is not None and unit >= DAY
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
    return _offset(total)


def _amount(text: str, at: int, unit: int | None) -> tuple[Decimal | None, int]:
    """The duration that stands here and where it ends; a bare number counts `unit` seconds."""
    found = _ISO.fullmatch(text, at)
    if found and any(found.groups()):
        counts = zip(found.groups(), (DAY, HOUR, MINUTE, 1), strict=True)
        return sum((Decimal(part or 0) * each for part, each in counts), Decimal(0)), len(text)
    total, end = _parts(text, at)
    found = _CLOCK.match(text, at)
    # The longer reading is the right one: "1h30" is not "1h", "1 h 30 min 5 s" is not "1 h 30".
    if found and found.end() > end and not _letter_at(text, found.end()):
        hours, minutes, seconds = (Decimal(one or 0) for one in found.groups())
        return hours * HOUR + minutes * MINUTE + seconds, found.end()
    if total is None and unit is not None and (found := _PLAIN.match(text, at)):
        return Decimal(found[0].replace(",", ".")) * unit, found.end()
    return total, end


def _parts(text: str, at: int) -> tuple[Decimal | None, int]:
    """ "1 h 30 min", "45'": numbers with their units, one after the other."""
    total: Decimal | None = None
    end = at
    while found := _PART.match(text, end):
        if found[2] not in _UNITS or text[found.end() : found.end() + 1] in {"+", "-"}:
            break
        total = (total or Decimal(0)) + Decimal(found[1].replace(",", ".")) * _UNITS[found[2]]
        end = found.end()
        while text[end : end + 1] == " " and _PART.match(text, end + 1):
            end += 1
    return total, end


def _letter_at(text: str, at: int) -> bool:
    return text[at : at + 1].isalnum()


def _clock(text: str) -> int | None:
    """The second of the day of "09:05", "9h05", "9 h", "2:30 pm"; None when it is none."""
    text = text.strip()
    found = _CLOCK.match(text) or _HOUR_ALONE.match(text)
    if not found:
        return None
    if "m" in found[0]:
        return None  # "1 h 30 min" is how long, not when
    hours, minutes, seconds = (int(one or 0) for one in (*found.groups(), 0, 0)[:3])
    rest = text[found.end() :]
    half = _HALF_DAY.fullmatch(rest)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[1] == "p" else 0)
    elif rest.strip():
        return None
    if hours > 24 or (hours == 24 and (minutes or seconds)):
        return None
    return hours * HOUR + minutes * MINUTE + seconds
