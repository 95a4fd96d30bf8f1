"""Which moment does a cell mean that says more than one: "9h-9h30", "vers 10h", "T0 (09h00)"?"""

import re
from collections.abc import Iterator

from hygie.connectors.exercise_formats.durations import HOUR, MINUTE, bare, written_offset
from hygie.connectors.exercise_formats.times import Habits, Moment, moment_of
from hygie.connectors.tables.types import Cell

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ABOUT = re.compile(
    r"^(?:vers|environ|env\.?|aux alentours de|a partir de|des|de|du|entre|a|about|around|circa"
    r"|ca\.?|approx\.?|approximately|at|from|between|[~≈±])\s*(?=[\dhjtdm+-])"
)
_ABOUT_AFTER = re.compile(r"\s+(?:environ|env\.?|approx\.?|about|precises?|sharp)$")
_BETWEEN = re.compile(
    r"\s+(?:a|au|to|until|jusqu'a|et|and|puis|then)\s+|\s*[-/→>;]+\s*|\s*\.{2,}\s*|\s*…\s*"
)
_LONGEST = 80


def moment_meant(cell: Cell, *, unit: int | None, habits: Habits) -> tuple[Moment | None, bool]:
    """Read a time, or the beginning of what a cell tells of one.

    Args:
        cell: "9h-9h30", "H+1 à H+2", "vers 10h", "~10h", "T0+15 (09h15)", two lines; or a time.
        unit: seconds that a bare number counts.
        habits: of the timeline.

    Returns:
        The moment, and whether something of the cell was left aside; None when it is no time.
        "Avant 9h" and "après 9h" are no times.
    """
    moment = moment_of(cell, unit=unit, habits=habits)
    if moment is not None or not isinstance(cell, str):
        return moment, False
    for text in _readings(cell):
        moment = moment_of(text, unit=unit, habits=habits) or _beginning(text, unit, habits)
        if moment is not None:
            return moment, True
    return None, False


def moment_shown(moment: Moment) -> str:
    """A moment as people are told it: "H+1h30", "09:05"."""
    if moment.clock_s is None:
        return written_offset(moment.offset_s)
    clock = f"{moment.clock_s // HOUR:02d}:{moment.clock_s % HOUR // MINUTE:02d}"
    if moment.day is not None:
        return f"{moment.day.isoformat()} {clock}"
    return f"{written_offset(moment.offset_s)} {clock}" if moment.offset_s else clock


def _readings(cell: str) -> Iterator[str]:
    """The text without what stands around the time; its first line by itself."""
    lines = [line for line in cell.splitlines() if line.strip()]
    for line in dict.fromkeys((" ".join(lines), lines[0] if lines else "")):
        text = bare(_ASIDE.sub(" ", line))
        if not text or len(text) > _LONGEST:
            continue
        yield text
        text = _ABOUT_AFTER.sub("", text)
        yield _ABOUT.sub("", text).strip()


def _beginning(text: str, unit: int | None, habits: Habits) -> Moment | None:
    """The first of two moments; what stands behind has to be one too, or nothing."""
    for between in reversed(list(_BETWEEN.finditer(text))):
        head, tail = text[: between.start()], text[between.end() :]
        if between.start() == 0:
            continue
        first = moment_of(head, unit=unit, habits=habits)
        if first is None:
            continue
        if not tail or moment_of(tail, unit=unit, habits=habits) is not None or tail.isdecimal():
            return first
    return None
