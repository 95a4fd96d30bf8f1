"""What if something real happens, and a player is the first to know?

Anybody stops the scenario's time by saying so; the staff then goes on, or ends the exercise.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.engines.exercise.vocabulary import ClockVerb
from hygie.governance.exercises.choices import EntryKind, ExerciseState
from hygie.governance.exercises.errors import TextMissing, ValueRefused
from hygie.governance.exercises.models import ClockMark, LogEntry
from hygie.governance.exercises.selectors.seats import ALL, STAFF, Seat
from hygie.governance.exercises.services.floor import (
    LIVE,
    TEXT_LIMIT,
    floor_held,
    floor_journal,
    floor_tell,
    moment_of,
)
from hygie.governance.exercises.state import second_at


@transaction.atomic
def incident_signal(*, seat: Seat, text: str, at: dt.datetime | None = None) -> LogEntry:
    """Say that something real happens: time stops, the staff is called, the log keeps it.

    Args:
        text: what happens.

    Raises:
        WrongState: it is not being played. TextMissing, ValueRefused.
    """
    held = floor_held(seat, LIVE)
    said = text.strip()
    if not said:
        raise TextMissing
    if len(said) > TEXT_LIMIT:
        raise ValueRefused(field=_("texte"), value=said[:40])
    now = at or timezone.now()
    if held.state == ExerciseState.RUNNING:
        ClockMark.objects.create(
            exercise=held, verb=ClockVerb.PAUSE.value, at=now, by=seat.participant
        )
        held.state = ExerciseState.PAUSED
        held.calendar_sequence += 1
        held.save(update_fields=["state", "calendar_sequence", "updated_at"])
    words = _("INCIDENT RÉEL SIGNALÉ par %(name)s : %(text)s") % {"name": seat.name, "text": said}
    made = LogEntry.objects.create(
        exercise=held, cell=seat.cell, author=seat.participant, author_name=seat.name[:120],
        kind=EntryKind.FACT, text=words, is_for_staff=seat.cell is None, at=now,
        second=second_at(held, now),
    )  # fmt: skip
    floor_tell(held, "clock", {ALL}, verb=ClockVerb.PAUSE.value, at=moment_of(now))
    floor_tell(held, "incident", {STAFF}, entry=made.pk)
    floor_journal(seat.actor, held, "exercise_incident.signalled")
    return made
