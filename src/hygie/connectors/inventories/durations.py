"""How many minutes is "1 j 4 h"?"""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from hygie.connectors.tables.cells import number_of, text_of
from hygie.connectors.tables.types import Cell

MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = 1, 60, 1_440, 10_080, 43_200, 525_600
LONGEST = 10 * YEAR

_UNITS: dict[str, int] = {
    word: minutes
    for minutes, words in {
        0: ("s", "sec", "secs", "seconde", "secondes", "second", "seconds"),
        MINUTE: ("m", "mn", "mns", "min", "mins", "minute", "minutes"),
        HOUR: ("h", "hr", "hrs", "heure", "heures", "hour", "hours"),
        DAY: ("j", "jr", "jrs", "jour", "jours", "d", "day", "days"),
        WEEK: ("w", "sem", "semaine", "semaines", "week", "weeks"),
        MONTH: ("mois", "month", "months"),
        YEAR: ("a", "an", "ans", "annee", "annees", "y", "year", "years"),
    }.items()
    for word in words
}
_AT_ONCE = frozenset({"immediat", "immediate", "immediatement", "aucune", "nulle", "neant", "none"})
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)")
_HOURS_MINUTES = re.compile(r"(\d{1,3})\s*h\s*(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
_ISO = re.compile(
    r"p(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:t(?:(\d+(?:\.\d+)?)h)?(?:(\d+)m)?(?:(\d+)s)?)?"
)
_BETWEEN = re.compile(r"[\s,;+&]*(?:et|and)?[\s,;+&]*")
_UNIT_IN_TITLE = re.compile(r"[(\[]\s*(?:en\s+|in\s+)?([a-z]+)\s*[)\]]|\b(?:en|in)\s+([a-z]+)\s*$")


def minutes_of(cell: Cell, *, unit: int = MINUTE, longest: int = LONGEST) -> int | None:
    """Read a duration as people write it.

    Args:
        cell: "4 h", "30 min", "2 j", "1j 4h", "4h30", "1,5 jour", "PT4H", "04:00", "immédiat", a
            duration or a time of a spreadsheet, or a bare number.
        unit: of a bare number, minutes.
        longest: minutes, ten years when nothing is said.

    Returns:
        Minutes, rounded; None when the cell is no duration, or is above the longest.
    """
    exact = _exact_minutes(cell, unit)
    if exact is None or exact < 0 or exact > longest:
        return None
    return round(exact)


def unit_of_title(title: str) -> int:
    """The unit that a title gives to bare numbers: "DMIA (h)", "RTO in hours".

    Args:
        title: of a column.

    Returns:
        Minutes; 1 when the title names no unit.
    """
    found = _UNIT_IN_TITLE.search(_bare(title))
    return _UNITS.get(found[1] or found[2], MINUTE) or MINUTE if found else MINUTE


def _exact_minutes(cell: Cell, unit: int) -> Decimal | None:
    if isinstance(cell, dt.timedelta):
        return Decimal(str(cell.total_seconds())) / 60
    if isinstance(cell, dt.datetime | dt.date):
        return None
    if isinstance(cell, dt.time):
        return Decimal(cell.hour * 60 + cell.minute)
    number = number_of(cell)
    if number is not None:
        return number * unit
    return _written(_bare(text_of(cell)))


def _written(text: str) -> Decimal | None:
    if text in _AT_ONCE:
        return Decimal(0)
    if found := _CLOCK.fullmatch(text):
        return Decimal(found[1]) * 60 + Decimal(found[2])
    if found := _HOURS_MINUTES.fullmatch(text):
        return Decimal(found[1]) * 60 + Decimal(found[2])
    found = _ISO.fullmatch(text)
    if found and any(found.groups()):
        units = (YEAR, WEEK, DAY, HOUR, MINUTE)
        total = sum(
            Decimal(part or 0) * each for part, each in zip(found.groups(), units, strict=False)
        )
        return total + Decimal(found[6] or 0) / 60
    return _sum_of_parts(text)


def _sum_of_parts(text: str) -> Decimal | None:
    total, at, count = Decimal(0), 0, 0
    while found := _PART.match(text, at):
        if found[2] not in _UNITS:
            return None
        amount = Decimal(found[1].replace(",", "."))
        each = _UNITS[found[2]]
        total += amount * each if each else amount / 60
        count += 1
        at = found.end()
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
    return total if count and at == len(text) else None


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip()[:200])
    return "".join(one for one in decomposed if not unicodedata.combining(one)).casefold()
