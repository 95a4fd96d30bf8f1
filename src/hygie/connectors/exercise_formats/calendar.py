"""How does an exercise reach the calendars of those who take part?

RFC 5545 and RFC 5546. No inject ever stands in a calendar: players learn when they play, not what.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

MARK = {"fr": "EXERCICE", "en": "EXERCISE"}
_PRODUCT = "-//Hygie//Exercises//FR"
_LONGEST_LINE = 75
_TO_ESCAPE = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_IN_PARAMETER = re.compile(r'["\x00-\x1f\x7f]')
_ADDRESS = re.compile(r"[^\s<>\"@,;:]{1,64}@[^\s<>\"@,;:]{1,253}")
_UID = re.compile(r"[A-Za-z0-9@._:-]{1,200}")


class CalendarMethod(StrEnum):
    """What is asked of the calendar that receives it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class CalendarError(ValueError):
    """An event that cannot be written: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone who is invited.

    Attributes:
        name: as shown; "" = the address alone.
        email: address.
        is_required: False for observers and guests.
    """

    name: str
    email: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class ExerciseEvent:
    """One period in calendars: the play, a preparation meeting, a debrief.

    Attributes:
        uid: names the event for ever, whatever changes in it.
        sequence: grows by one at each change, cancellation included.
        starts_at, ends_at: instants with a zone.
        changed_at: instant of this version, with a zone.
        summary: title; the mark of an exercise is put before it.
        description, location, url: "" = none.
        organiser: who invites; None = nobody, the event is then published.
        attendees: those whom this copy invites.
        alarms: how long before the start a reminder rings.
    """

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    organiser: Attendee | None = None
    attendees: Sequence[Attendee] = ()
    alarms: Sequence[dt.timedelta] = ()


def calendar_text(
    events: Iterable[ExerciseEvent],
    *,
    method: CalendarMethod = CalendarMethod.REQUEST,
    zone: str = "Europe/Paris",
    language: str = "fr",
) -> str:
    """Write events so that calendars take them in, change them, or take them out.

    Args:
        events: one or more.
        method: REQUEST to invite and to change; CANCEL to take out.
        zone: IANA name of the zone in which times are shown.
        language: "fr" or "en", of the mark.

    Returns:
        An iCalendar text: CRLF, lines of 75 bytes at most. To be served as
        `text/calendar; charset=utf-8; method=…`.

    Raises:
        CalendarError: no event, an instant without zone, an end before its start, a UID or an
            address that cannot be written.

    Cost: O(length).
    Source: RFC 5545 §3.1, §3.3.11, §3.6.5; RFC 5546 §3.2.
    """
    listed = list(events)
    if not listed:
        raise CalendarError("no event")
    for event in listed:
        _check(event)
    place = ZoneInfo(zone)
    # RFC 5546 §3.2.2: a request says who asks.
    is_published = method is CalendarMethod.REQUEST and any(
        event.organiser is None for event in listed
    )
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'PUBLISH' if is_published else method.value}",
        *_zone_lines(place, zone, listed),
    ]
    for event in listed:
        lines += _event_lines(event, method, place, zone, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """Cut a line so that none has more than 75 bytes, never in the middle of a character."""
    pieces: list[str] = []
    size, piece = 0, ""
    for letter in line:
        width = len(letter.encode("utf-8", errors="replace"))
        # A line that continues begins with a blank, which counts.
        if size + width > _LONGEST_LINE - bool(pieces):
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])


def escaped(text: str) -> str:
    """Write a text as the value of a property."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).translate(_TO_ESCAPE)


def _check(event: ExerciseEvent) -> None:
    if not _UID.fullmatch(event.uid):
        raise CalendarError(f"no UID: {event.uid[:40]!r}")
    for instant in (event.starts_at, event.ends_at, event.changed_at):
        if instant.tzinfo is None:
            raise CalendarError("an instant without zone")
    if event.ends_at <= event.starts_at:
        raise CalendarError("the end is not after the start")
    if event.sequence < 0:
        raise CalendarError("a negative sequence")
    people = [*event.attendees, *([event.organiser] if event.organiser else [])]
    for one in people:
        if not _ADDRESS.fullmatch(one.email):
            raise CalendarError(f"no address: {one.email[:40]!r}")


def _event_lines(
    event: ExerciseEvent, method: CalendarMethod, place: ZoneInfo, zone: str, language: str
) -> list[str]:
    is_cancelled = method is CalendarMethod.CANCEL
    mark = MARK.get(language, MARK["fr"])
    summary = event.summary.strip()
    marked = summary if summary.upper().startswith(mark) else f"[{mark}] {summary}".strip()
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"DTSTART;TZID={zone}:{_local(event.starts_at, place)}",
        f"DTEND;TZID={zone}:{_local(event.ends_at, place)}",
        f"SUMMARY:{escaped(marked)}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        f"CATEGORIES:{mark}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
    ]
    for name, value in (("DESCRIPTION", event.description), ("LOCATION", event.location)):
        if value.strip():
            lines.append(f"{name}:{escaped(value)}")
    if event.url:
        lines.append(f"URL:{_NOT_IN_PARAMETER.sub('', event.url)}")
    if event.organiser is not None:
        lines.append(_person("ORGANIZER", event.organiser, ""))
    for attendee in event.attendees:
        role = "REQ-PARTICIPANT" if attendee.is_required else "OPT-PARTICIPANT"
        lines.append(_person("ATTENDEE", attendee, f";ROLE={role};PARTSTAT=NEEDS-ACTION;RSVP=TRUE"))
    if not is_cancelled:
        for before in event.alarms:
            lines += _alarm(before, marked)
    return [*lines, "END:VEVENT"]


def _person(what: str, person: Attendee, parameters: str) -> str:
    name = _NOT_IN_PARAMETER.sub(" ", person.name).strip()
    shown = f';CN="{name}"' if name else ""
    return f"{what}{shown}{parameters}:mailto:{person.email}"


def _alarm(before: dt.timedelta, summary: str) -> list[str]:
    minutes = max(0, round(before.total_seconds() / 60))
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-PT{minutes}M",
        f"DESCRIPTION:{escaped(summary)}",
        "END:VALARM",
    ]


def _utc(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _local(instant: dt.datetime, place: ZoneInfo) -> str:
    return instant.astimezone(place).strftime("%Y%m%dT%H%M%S")


def _zone_lines(place: ZoneInfo, zone: str, events: Sequence[ExerciseEvent]) -> list[str]:
    """The changes of the clock from the year before the events to the year after.

    They are looked for in the zone itself, so that a rule that changes is followed.
    """
    first = min(event.starts_at for event in events).astimezone(place).year - 1
    last = max(event.ends_at for event in events).astimezone(place).year + 1
    start = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    before = _offset_at(start, place)
    lines += _observance(dt.datetime(first, 1, 1), before, before, start, place)  # noqa: DTZ001 - local
    moment = start
    while moment < end:
        following = moment + dt.timedelta(days=1)
        after = _offset_at(following, place)
        if after != before:
            change = _change_between(moment, following, place)
            local = (change + before).replace(tzinfo=None)
            lines += _observance(local, before, after, change, place)
            before = after
        moment = following
    return [*lines, "END:VTIMEZONE"]


def _change_between(low: dt.datetime, high: dt.datetime, place: ZoneInfo) -> dt.datetime:
    """The second at which the offset changes."""
    before = _offset_at(low, place)
    while high - low > dt.timedelta(seconds=1):
        middle = low + dt.timedelta(seconds=int((high - low).total_seconds()) // 2)
        if _offset_at(middle, place) == before:
            low = middle
        else:
            high = middle
    return high


def _observance(
    local: dt.datetime,
    before: dt.timedelta,
    after: dt.timedelta,
    instant: dt.datetime,
    place: ZoneInfo,
) -> list[str]:
    is_summer = bool(instant.astimezone(place).dst())
    kind = "DAYLIGHT" if is_summer else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{local:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_written_offset(before)}",
        f"TZOFFSETTO:{_written_offset(after)}",
        f"TZNAME:{instant.astimezone(place).tzname()}",
        f"END:{kind}",
    ]


def _offset_at(instant: dt.datetime, place: ZoneInfo) -> dt.timedelta:
    return instant.astimezone(place).utcoffset() or dt.timedelta()


def _written_offset(offset: dt.timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
