"""What did the operator set? Typed readers of HYGIE_* variables that refuse a bad value."""

import os
from collections.abc import Iterator
from pathlib import Path


class EnvironmentRefused(Exception):
    """A variable is malformed; the message names it and says what is expected."""


_known: set[str] = set()


def _raw(name: str) -> str | None:
    _known.add(name)
    _known.add(f"{name}_FILE")
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvironmentRefused(f"{name}_FILE: cannot read {file} ({error})") from error
    return os.environ.get(name)


def text(name: str, default: str = "") -> str:
    """Text of the variable, or of the file that NAME_FILE names."""
    value = _raw(name)
    return default if value is None else value


def boolean(name: str, *, default: bool) -> bool:
    """True or false; accepts 1/0, true/false, yes/no, on/off."""
    value = _raw(name)
    if value is None or value == "":
        return default
    lowered = value.strip().lower()
    if lowered in {"1", "true", "yes", "on", "oui"}:
        return True
    if lowered in {"0", "false", "no", "off", "non"}:
        return False
    raise EnvironmentRefused(f"{name}={value!r}: expected 1 or 0")


def integer(name: str, default: int, *, minimum: int = 0, maximum: int = 2**31) -> int:
    """A whole number between two bounds."""
    value = _raw(name)
    if value is None or value == "":
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise EnvironmentRefused(f"{name}={value!r}: expected a whole number") from error
    if not minimum <= number <= maximum:
        raise EnvironmentRefused(f"{name}={number}: expected {minimum} to {maximum}")
    return number


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    value = _raw(name)
    if value is None:
        return list(default)
    return [word.strip() for word in value.split(",") if word.strip()]


def unknown_variables(*, also_known: tuple[str, ...] = ()) -> Iterator[str]:
    """HYGIE_* variables that nobody reads: most often a misspelling."""
    for name in sorted(os.environ):
        if name.startswith("HYGIE_") and name not in _known and name not in also_known:
            yield name
