"""How is a real minute told: as an hour of the simulated day, as time since the first loss?"""

import datetime as dt

from hygie.engines.exercise.generated.words import typed
from hygie.engines.exercise.types import ExerciseError

_DAY, _HOUR = 1440, 60


def span(minutes: float, language: str) -> str:
    """A length of time: "45 min", "4 h 30", "3 jours"; rounded as people round."""
    whole = round(minutes)
    if whole < 2 * _HOUR:
        return typed(f"{whole} min") if language == "fr" else f"{whole} min"
    if whole < 2 * _DAY:
        hours, rest = divmod(whole, _HOUR)
        if language == "fr":
            return typed(f"{hours} h {rest:02d}" if rest else f"{hours} h")
        return f"{hours} h {rest:02d} min" if rest else f"{hours} h"
    days, rest = divmod(round(whole / _HOUR), 24)
    unit, hour = ("jours", "h") if language == "fr" else ("days", "h")
    told = f"{days} {unit} {rest} {hour}" if rest else f"{days} {unit}"
    return typed(told) if language == "fr" else told


def start_of(start: str) -> dt.datetime | None:
    """The simulated instant of the first loss; None when it is not told.

    Raises:
        ExerciseError: it is no instant.
    """
    if not start:
        return None
    try:
        return dt.datetime.fromisoformat(start)
    except ValueError:
        raise ExerciseError(f"{start!r} is no instant: write it as 2027-01-04T09:30") from None


def hour(minute: float, start: dt.datetime | None, language: str) -> str:
    """A real minute as players hear it: an hour of the day when it is known, "H+4 h" otherwise."""
    if start is None:
        return f"H+{span(minute, language)}"
    at = start + dt.timedelta(minutes=round(minute))
    clock = typed(f"{at.hour} h {at.minute:02d}") if language == "fr" else f"{at:%H:%M}"
    days = (at.date() - start.date()).days
    if not days:
        return clock
    return f"{clock} (J+{days})" if language == "fr" else f"{clock} (D+{days})"
