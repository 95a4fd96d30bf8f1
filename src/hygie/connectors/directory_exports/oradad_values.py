"""What do the cells of an ORADAD table hold?

Source: ANSSI-FR/ORADAD, LDAP.cpp (how each type is written) and Filters.cpp (decoded integers).
"""

import calendar
import re
from collections.abc import Iterator

from hygie.engines.directory.facts import NEVER

_ALWAYS = "2999-12-12 23:59:59"  # the integer that means "never" in the directory
_INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_ESCAPED = re.compile(r"(?:[^;\\]|\\.)+", re.DOTALL)
_COMMA = re.compile(r"(?<!\\)(?:\\\\)*,")
_DAY = 864_000_000_000  # hundreds of nanoseconds
_WHOLE_DAYS = re.compile(r"(\d{1,6}):\d\d:\d\d:\d\d", re.ASCII)


def instant_of(text: str) -> int | None:
    """Seconds since 1970 UTC; `NEVER` for an empty cell and for "never"; None when wrong."""
    if not text or text == _ALWAYS:
        return NEVER
    found = _INSTANT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 61):
        return None
    if year < 1970:
        return NEVER  # the origin of the clock of Windows, 1601
    return calendar.timegm((year, month, day, hour, minute, second))


def integer_of(text: str) -> int | None:
    """A whole number of 64 bits, None when the cell is empty or wrong."""
    return int(text) if _INTEGER.fullmatch(text) else None


def days_of(integer: str, decoded: str) -> int | None:
    """A duration in whole days, 0 when it never ends, None when neither cell says it.

    Args:
        integer: hundreds of nanoseconds, negative. decoded: `42:00:00:00`, or `Never`.
    """
    for text in (integer, decoded):
        value = integer_of(text)
        if value is not None:
            return 0 if value <= -(1 << 62) else abs(value) // _DAY
    found = _WHOLE_DAYS.fullmatch(decoded)
    if found is not None:
        return int(found.group(1))
    return 0 if decoded.lower() == "never" else None


def boolean_of(text: str) -> bool | None:
    """1 or 0 (true or false in hand-made files), None when empty or wrong."""
    return {"1": True, "0": False, "true": True, "false": False}.get(text.lower())


def values_of(text: str) -> list[str]:
    """The values of a cell; `;` inside a distinguished name is written with a backslash."""
    if not text:
        return []
    if "\\" not in text:
        return [value for value in text.split(";") if value]
    return _ESCAPED.findall(text)


def binaries_of(text: str) -> Iterator[bytes | None]:
    """The values of a binary cell, written in hexadecimal; None for one that is not."""
    for value in values_of(text):
        try:
            yield bytes.fromhex(value)
        except ValueError:
            yield None


def named_dn(text: str) -> str:
    """The name inside a value "B:characters:hexadecimal:name"; any other value is the name."""
    return text.split(":", 3)[3] if text.startswith("B:") and text.count(":") >= 3 else text


def parent_of(dn: str) -> str:
    """The name of the object above, "" at the top."""
    found = _COMMA.search(dn)
    return dn[found.end() :] if found else ""


def first_value(dn: str) -> str:
    """The value of the first part of a name: `Paul` for `CN=Paul,OU=Staff,DC=a,DC=fr`."""
    found = _COMMA.search(dn)
    head = dn[: found.end() - 1] if found else dn
    return head.partition("=")[2].replace("\\,", ",").replace("\\;", ";")


def dns_of(dn: str) -> str:
    """`a.fr` for any name that ends with `DC=a,DC=fr`, lower case."""
    parts = [part.strip() for part in dn.split(",")]
    labels: list[str] = []
    for part in reversed(parts):
        if part[:3].upper() != "DC=":
            break
        labels.append(part[3:])
    return ".".join(reversed(labels)).lower()
