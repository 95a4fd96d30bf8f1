"""What do the scalar properties of a SharpHound record mean?

Each function gives None for a value that was not understood: the fact then stays unknown, and the
value is counted.
"""

import math
import re
import unicodedata
from typing import Any, Final

from hygie.connectors.directory_exports.sharphound_names import (
    ENCRYPTIONS,
    LEVELS,
    NO_ENCRYPTION,
)
from hygie.engines.directory.facts import NEVER, UNKNOWN

_EPOCH: Final = 11_644_473_600  # seconds from 1601 to 1970
_TICKS: Final = 10_000_000  # of 100 ns, in a second
_LATEST: Final = 4_102_444_800  # 2100
_FILETIMES: Final = 10**16
_DAY_TICKS: Final = 86_400 * _TICKS
_FOREVER: Final = -(1 << 63)
_INT32: Final = 1 << 31
_SPAN: Final = re.compile(r"(\d{1,9})\s*(day|hour|minute|second|week|month|year)s?", re.IGNORECASE)
_SECONDS: Final = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_592_000,
    "year": 31_536_000,
}
_YES: Final = frozenset({"true", "1", "yes"})
_NO: Final = frozenset({"false", "0", "no"})


def truth_of(value: Any) -> bool | None:
    """A yes or no: a boolean, 0 or 1, or one of these as a text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in _YES else False if word in _NO else None
    return None


def whole_of(value: Any) -> int | None:
    """A whole number: an integer, a float without decimals, or digits; fits 64 bits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        if not math.isfinite(value) or value != int(value):
            return None
        value = int(value)
    elif isinstance(value, str):
        digits = value.strip()
        if not re.fullmatch(r"-?\d{1,19}", digits, re.ASCII):
            return None
        value = int(digits)
    if not isinstance(value, int) or not _FOREVER <= value < -_FOREVER:
        return None
    return value


def small_of(value: Any) -> int | None:
    """A whole number that fits a column of 32 bits and is not negative."""
    found = whole_of(value)
    return found if found is not None and 0 <= found < _INT32 else None


def seconds_of(value: Any) -> int | None:
    """An instant in seconds since 1970.

    Returns:
        `NEVER` for 0, and for the beginning of Windows time; `UNKNOWN` for -1 and for "no limit";
        Windows file times are converted; None for anything before 1970 or after 2100.
    """
    found = whole_of(value)
    if found is None:
        return None
    if found >= _FILETIMES:
        if found == -_FOREVER - 1:
            return UNKNOWN
        found = found // _TICKS - _EPOCH
    if found in (0, -_EPOCH):
        return NEVER
    if found == -1:
        return UNKNOWN
    return found if 0 < found < _LATEST else None


def days_of(value: Any) -> int | None:
    """A duration in whole days: a text such as "42 days, 3 hours", or ticks as in the directory.

    Returns:
        0 = for ever; `UNKNOWN` for an empty text.
    """
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return UNKNOWN
        if text.lower() in {"forever", "never"}:
            return 0
        spans = _SPAN.findall(text)
        if spans:
            seconds = sum(int(count) * _SECONDS[unit.lower()] for count, unit in spans)
            return min(seconds // 86_400, _INT32 - 1)
    ticks = whole_of(value)
    if ticks is None or ticks > 0:
        return None
    # A whole day at least: 0 would mean that passwords never expire.
    return 0 if ticks in (0, _FOREVER) else min(max(1, -ticks // _DAY_TICKS), _INT32 - 1)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"windows|server|serveur|[^a-z0-9]", "", letters)


_LEVELS: Final = {_plain(name): level for level, name in LEVELS.items()} | {
    "2000": 0,
    "2000mixed": 0,
    "2000native": 0,
    "2000mixte": 0,
    "2000natif": 0,
    "2003interimaire": 1,
    "2019": 7,
    "2022": 7,
}
_HIGHEST_LEVEL: Final = 10


def level_of(value: Any) -> int | None:
    """A functional level, whether a name ("2012 R2", "Windows Server 2016") or its number.

    Returns:
        msDS-Behavior-Version; `UNKNOWN` for an empty text and for "Unknown".
    """
    if isinstance(value, str):
        plain = _plain(value)
        if plain in {"", "unknown", "inconnu"}:
            return UNKNOWN
        if plain in _LEVELS:
            return _LEVELS[plain]
    found = whole_of(value)
    if found == -1:
        return UNKNOWN
    return found if found is not None and 0 <= found <= _HIGHEST_LEVEL else None


def encryption_of(value: Any) -> int | None:
    """The bit field of encryption types: a list of names, or the number itself; nothing = 0."""
    if value is None:
        return 0
    if not isinstance(value, list):
        names = [value] if isinstance(value, str) and value in ENCRYPTIONS else None
        if names is None:
            found = whole_of(value)
            return found if found is not None and -_INT32 <= found < _INT32 else None
        value = names
    bits = 0
    for name in value:
        if name in ENCRYPTIONS:
            bits |= ENCRYPTIONS[name]
        elif name not in (NO_ENCRYPTION, None, ""):
            return None
    return bits
