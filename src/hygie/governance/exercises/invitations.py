"""How do the calendars of those who take part learn of the day of an exercise?"""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings

from hygie.connectors.exercise_formats.calendar import (
    Attendee,
    CalendarMethod,
    ExerciseEvent,
    calendar_text,
)
from hygie.governance.exercises.choices import ExerciseState, Role
from hygie.governance.exercises.errors import DateMissing
from hygie.governance.exercises.models import Exercise, Participant

_USUAL = dt.timedelta(hours=2)
_REMINDERS = (dt.timedelta(days=1), dt.timedelta(minutes=30))


def exercise_calendar(
    exercise: Exercise, participants: Sequence[Participant], *, host: str, url: str = ""
) -> bytes:
    """The day of an exercise for calendars, called off when it is; nothing of its script.

    Args:
        exercise: planned.
        participants: those whom this copy invites; those without an address are left out.
        host: name of this instance: an event is the same one for ever.
        url: page that the event leads to; "" = none.

    Raises:
        DateMissing: it has no day.
    """
    if exercise.planned_at is None:
        raise DateMissing
    lasts = dt.timedelta(seconds=exercise.duration_s) or _USUAL
    event = ExerciseEvent(
        uid=f"exercise-{exercise.pk}@{host.partition(':')[0]}",
        sequence=exercise.calendar_sequence,
        starts_at=exercise.planned_at,
        ends_at=exercise.planned_at + lasts,
        changed_at=exercise.updated_at,
        summary=exercise.title,
        location=exercise.organisation.name if exercise.organisation else "",
        url=url,
        attendees=[_attendee(one) for one in participants if _address(one)],
        alarms=_REMINDERS,
    )
    is_off = exercise.state == ExerciseState.CANCELLED
    method = CalendarMethod.CANCEL if is_off else CalendarMethod.REQUEST
    text = calendar_text(
        [event], method=method, zone=settings.TIME_ZONE, language=exercise.language
    )
    return text.encode("utf-8")


def _attendee(one: Participant) -> Attendee:
    return Attendee(one.name, _address(one), is_required=one.role != Role.OBSERVER)


def _address(one: Participant) -> str:
    return one.email or (one.user.email if one.user else "")
