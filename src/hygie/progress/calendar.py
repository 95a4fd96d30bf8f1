"""How do due dates reach a calendar? iCalendar (RFC 5545), one all-day entry an action."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings

from hygie.progress.choices import ActionState
from hygie.progress.models import Action

_LINE = 75  # octets, RFC 5545 §3.1


def calendar_of(actions: Iterable[Action], *, name: str) -> str:
    """Text of the calendar; an entry keeps its identifier, its sequence counts its changes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hygie//Actions//FR",
             f"X-WR-CALNAME:{escaped(name)}"]  # fmt: skip
    for action in actions:
        if action.due_on is not None:
            lines += _entry(action, action.due_on)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _entry(action: Action, due_on: dt.date) -> list[str]:
    host = settings.PUBLIC_URL.split("//")[-1]
    stamp = action.changed_at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    is_closed = action.state in {ActionState.DONE, ActionState.CANCELLED}
    return [
        "BEGIN:VEVENT",
        f"UID:hygie-action-{action.pk}@{host}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{action.sequence}",
        f"STATUS:{'CANCELLED' if is_closed else 'CONFIRMED'}",
        f"DTSTART;VALUE=DATE:{due_on:%Y%m%d}",
        f"SUMMARY:{escaped(action.title)}",
        f"DESCRIPTION:{escaped(action.organisation.name)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """Text of a property: backslash, semicolon, comma and line ends escaped."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def folded(line: str) -> Iterator[str]:
    """A line cut at 75 octets, continuations starting with a blank, no character cut in two."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
