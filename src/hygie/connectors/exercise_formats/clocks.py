"""Which second of the day is "09:05", "9h05", "0905" or "2 pm"?"""

import re

from hygie.connectors.exercise_formats.durations import HOUR, HOURS_AND_MINUTES, MINUTE

_HOUR_ALONE = re.compile(r"(\d{1,2})\s*h(?:eures?|rs?)?")
_HALF_HOUR_ALONE = re.compile(r"(\d{1,2})(?=\s*[ap]\.?m)")
_HALF_DAY = re.compile(r"\s*([ap])\.?m\.?")
_HOURS_WORD = re.compile(r"\s*(?:hrs?|hours|heures)")
_MILITARY = re.compile(r"([01]?\d|2[0-3])([0-5]\d)(?:\s*(?:hrs?|hours|heures|h))?")
_WORDS = {"midi": 12 * HOUR, "noon": 12 * HOUR, "minuit": 0, "midnight": 0}


def military_of(text: str) -> int | None:
    """The second of the day of "0905" or "1430 hrs"; None when it is none."""
    found = _MILITARY.fullmatch(text)
    if not found or len(text) < 3:
        return None
    return int(found[1]) * HOUR + int(found[2]) * MINUTE


def clock_in(text: str) -> int | None:
    """The second of the day of a clock that stands behind a day: "9h05", "0905", "2 pm"."""
    military = military_of(text.strip())
    return clock_of(text) if military is None else military


def clock_of(text: str) -> int | None:
    """The second of the day of "09:05", "9h05", "9 h", "2:30 pm"; None when it is none."""
    text = text.strip()
    if text in _WORDS:
        return _WORDS[text]
    found = HOURS_AND_MINUTES.match(text) or _HOUR_ALONE.match(text) or _HALF_HOUR_ALONE.match(text)
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
    elif rest.strip() and not _HOURS_WORD.fullmatch(rest):
        return None
    if hours > 24 or (hours == 24 and (minutes or seconds)):
        return None
    return hours * HOUR + minutes * MINUTE + seconds
