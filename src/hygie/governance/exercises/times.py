"""How is a moment of the scenario read and written by people?"""

import re

from hygie.governance.exercises.errors import TimeRefused

LATEST_S = 30 * 86_400
_CLOCK = re.compile(r"(?P<sign>[-+−]?)(?P<hours>\d{1,3})\s*(?::|h)\s*(?P<minutes>[0-5]?\d)?(?::(?P<seconds>[0-5]\d))?")  # fmt: skip  # noqa: E501
_MARK = re.compile(
    r"(?P<unit>[hjdtm])\s*(?P<sign>[-+−])\s*(?P<count>\d{1,5})(?:\s*[h:]\s*(?P<minutes>[0-5]?\d))?"
)
_UNIT_S = {"h": 3600, "j": 86_400, "d": 86_400, "t": 60, "m": 60}


def moment_read(text: str) -> int:
    """Scenario second that someone wrote.

    Args:
        text: `1:30` or `1h30` (hours and minutes after the start), `-0:15`, `H+2`, `H+1h30`,
            `T+45` and `M-5` (minutes), `J-1` and `D+2` (days).

    Returns:
        Seconds from the start, negative before it.

    Raises:
        TimeRefused: none of these, or more than thirty days away.
    """
    told = text.strip().lower()
    found = _CLOCK.fullmatch(told)
    if found is not None:
        hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
        seconds = hours * 3600 + minutes * 60 + int(found["seconds"] or 0)
    else:
        found = _MARK.fullmatch(told)
        if found is None or (found["minutes"] and found["unit"] != "h"):
            raise TimeRefused(value=text[:40])
        seconds = int(found["count"]) * _UNIT_S[found["unit"]] + int(found["minutes"] or 0) * 60
    if seconds > LATEST_S:
        raise TimeRefused(value=text[:40])
    return -seconds if found["sign"] in {"-", "−"} else seconds


def moment_written(second: int) -> str:
    """The same in the shortest form that is read back: `1:30`, `-0:15`, `0:00:30`."""
    hours, rest = divmod(abs(second), 3600)
    minutes, seconds = divmod(rest, 60)
    tail = f":{seconds:02d}" if seconds else ""
    return f"{'-' if second < 0 else ''}{hours}:{minutes:02d}{tail}"
