"""Calendars take exercises in, follow their changes, and never say what is in them."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.exercise_formats.calendar import (
    Attendee,
    CalendarError,
    CalendarMethod,
    ExerciseEvent,
    calendar_text,
    escaped,
    folded,
)

EVENT = ExerciseEvent(
    "exercise-12@hygie",
    3,
    dt.datetime(2026, 10, 24, 22, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 10, 25, 3, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
    "Nuit; sans, réseau",
    description="Salle A\nApportez rien",
    organiser=Attendee("RSSI", "rssi@ch.example"),
    attendees=(Attendee('Jean "J" Petit', "j@ch.example"), Attendee("", "o@ch.example", False)),
    alarms=(dt.timedelta(days=1),),
)  # fmt: skip


def _lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_invitation_says_that_it_is_an_exercise() -> None:
    lines = _lines(calendar_text([EVENT]))
    assert "METHOD:REQUEST" in lines and "SEQUENCE:3" in lines
    assert "SUMMARY:[EXERCICE] Nuit\\; sans\\, réseau" in lines
    assert "DESCRIPTION:Salle A\\nApportez rien" in lines
    assert 'ORGANIZER;CN="RSSI":mailto:rssi@ch.example' in lines
    assert any(line.startswith('ATTENDEE;CN="Jean  J  Petit";ROLE=REQ') for line in lines)
    assert any(line.startswith("ATTENDEE;ROLE=OPT-PARTICIPANT") for line in lines)
    english = _lines(calendar_text([EVENT], language="en"))
    assert "SUMMARY:[EXERCISE] Nuit\\; sans\\, réseau" in english


def test_times_are_local_and_the_zone_tells_its_changes() -> None:
    lines = _lines(calendar_text([EVENT]))
    assert "DTSTART;TZID=Europe/Paris:20261025T000000" in lines
    assert "DTEND;TZID=Europe/Paris:20261025T040000" in lines
    start = lines.index("DTSTART:20261025T030000")
    assert lines[start - 1 : start + 4] == [
        "BEGIN:STANDARD", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
        "TZNAME:CET",
    ]  # fmt: skip
    assert "DTSTART:20260329T020000" in lines
    overseas = _lines(calendar_text([EVENT], zone="Indian/Reunion"))
    assert "DTSTART;TZID=Indian/Reunion:20261025T020000" in overseas


def test_a_cancellation_takes_the_event_out() -> None:
    lines = _lines(calendar_text([EVENT], method=CalendarMethod.CANCEL))
    assert "METHOD:CANCEL" in lines and "STATUS:CANCELLED" in lines
    assert "UID:exercise-12@hygie" in lines and "BEGIN:VALARM" not in lines


def test_an_event_that_nobody_organises_is_published() -> None:
    assert "METHOD:PUBLISH" in _lines(calendar_text([replace(EVENT, organiser=None)]))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(EVENT, uid="a\r\nATTACH:x"),
        replace(EVENT, ends_at=EVENT.starts_at),
        replace(EVENT, starts_at=EVENT.starts_at.replace(tzinfo=None)),
        replace(EVENT, attendees=(Attendee("x", "a@b\r\nATTACH:x"),)),
        replace(EVENT, sequence=-1),
    ],
)
def test_what_cannot_be_written_is_refused(wrong: ExerciseEvent) -> None:
    with pytest.raises(CalendarError):
        calendar_text([wrong])


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_text_adds_a_line_of_its_own(text: str, name: str) -> None:
    event = replace(
        EVENT, summary=text, description=text, location=text, url=text,
        organiser=Attendee(name, "a@b.example"), attendees=(),
    )  # fmt: skip
    written = calendar_text([event])
    assert all(len(line.encode("utf-8", "replace")) <= 75 for line in written.split("\r\n"))
    known = ("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "TZ", "DT", "UID",
             "SEQUENCE", "LAST", "SUMMARY", "STATUS", "CATEGORIES", "CLASS", "TRANSP",
             "DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ACTION", "TRIGGER")  # fmt: skip
    assert all(line.startswith(known) for line in _lines(written) if line)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    assert folded(text).replace("\r\n ", "") == text
    assert escaped("a\\b;c,d\ne") == "a\\\\b\\;c\\,d\\ne"
