"""How many seconds are "30 min", "1h30" or a number under "T+ (min)"?"""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.types import Cell

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
# Ten years: beyond, it is a mistake.
FARTHEST = 3_650 * DAY

UNITS: dict[str, int] = {
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
MARKS = {**UNITS, "t": MINUTE, "t0": MINUTE, "h0": HOUR, "j0": DAY, "d0": DAY,
          "startex": MINUTE, "debex": MINUTE, "start": MINUTE, "debut": MINUTE}  # fmt: skip
_MARK_TITLE = re.compile(r"([a-z]0?) ?\+")
# "Heures" stands over clocks; these stand over what is counted.
_COUNTING_TITLES = frozenset({"minute", "minutes", "min", "secondes", "seconds"})
_ELAPSED_TITLES = frozenset(
    {"offset", "time offset", "decalage", "temps ecoule", "duree ecoulee", "elapsed",
     "elapsed time"}
)  # fmt: skip
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*(''|['\"]|[a-z]+)")
HOURS_AND_MINUTES = re.compile(
    r"(\d{1,5})\s*(?::|h(?:eures?|rs?)?)\s*([0-5]\d)"
    r"(?:\s*(?::|m(?:in|n)?|')\s*([0-5]\d)\s*(?:s(?:ec)?)?)?\s*(?:m(?:in|n)?)?"
)
_ISO = re.compile(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?")
_UNIT_IN_TITLE = re.compile(r"[(\[]\s*(?:en\s+|in\s+)?([a-z]+)\s*[)\]]|\b(?:en|in)\s+([a-z]+)\s*$")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "－": "-", "＋": "+", "’": "'",
                        "″": '"', "′": "'", "\N{NO-BREAK SPACE}": " "})  # fmt: skip


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
        return second_of(cell)
    text = bare(text_of(cell))
    if re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", text):
        return _bounded(Decimal(text.replace(",", ".")) * unit)
    amount, end = amount_at(text, 0, None)
    return _bounded(amount) if amount is not None and end == len(text) else None


def unit_of_title(title: str) -> int | None:
    """Seconds that a title gives to bare numbers: "T+ (min)", "Minutes"; None for no unit."""
    said = bare(title)
    found = _UNIT_IN_TITLE.search(said)
    if found and (found[1] or found[2]) in UNITS:
        return UNITS[found[1] or found[2]]
    mark = _MARK_TITLE.match(said)
    if mark:
        return MARKS.get(mark[1])
    return UNITS[said] if said in _COUNTING_TITLES else None


def is_elapsed_title(title: str) -> bool:
    """Whether what stands under a title counts from the start: "T+", "Décalage"."""
    return unit_of_title(title) is not None or bare(title) in _ELAPSED_TITLES


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


def amount_at(text: str, at: int, unit: int | None) -> tuple[Decimal | None, int]:
    """The duration that stands here and where it ends; a bare number counts `unit` seconds."""
    found = _ISO.fullmatch(text, at)
    if found and any(found.groups()):
        counts = zip(found.groups(), (DAY, HOUR, MINUTE, 1), strict=True)
        return sum((Decimal(part or 0) * each for part, each in counts), Decimal(0)), len(text)
    total, end = _parts(text, at)
    found = HOURS_AND_MINUTES.match(text, at)
    # The longer reading is the right one: "1h30" is not "1h", "1 h 30 min 5 s" is not "1 h 30".
    if found and found.end() > end and not _letter_at(text, found.end()):
        hours, minutes, seconds = (Decimal(one or 0) for one in found.groups())
        return hours * HOUR + minutes * MINUTE + seconds, found.end()
    if total is None and unit is not None and (found := _PLAIN.match(text, at)):
        return Decimal(found[0].replace(",", ".")) * unit, found.end()
    return total, end


def second_of(time: dt.time) -> int:
    """The second of the day of a time."""
    return time.hour * HOUR + time.minute * MINUTE + time.second


def _bounded(amount: Decimal) -> int | None:
    return round(amount) if 0 <= amount <= FARTHEST else None


def _parts(text: str, at: int) -> tuple[Decimal | None, int]:
    """ "1 h 30 min", "45'": numbers with their units, one after the other."""
    total: Decimal | None = None
    end = at
    while found := _PART.match(text, end):
        if found[2] not in UNITS or text[found.end() : found.end() + 1] in {"+", "-"}:
            break
        total = (total or Decimal(0)) + Decimal(found[1].replace(",", ".")) * UNITS[found[2]]
        end = found.end()
        while text[end : end + 1] == " " and _PART.match(text, end + 1):
            end += 1
    return total, end


def _letter_at(text: str, at: int) -> bool:
    return text[at : at + 1].isalnum()
