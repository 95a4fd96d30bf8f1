"""Does everybody hear us before the start, and who is missing?"""

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotAllowed
from hygie.governance.exercises.choices import ExerciseState, Presence, Role
from hygie.governance.exercises.models import Participant
from hygie.governance.exercises.selectors.seats import ALL, STAFF, Seat
from hygie.governance.exercises.services.floor import (
    LIVE,
    floor_held,
    floor_journal,
    floor_tell,
    staff_check,
    state_check,
)

_STATES = (ExerciseState.DRAFT, ExerciseState.READY, *LIVE)


@transaction.atomic
def presence_ask(*, seat: Seat, anew: bool = False) -> int:
    """Ask players and observers to say that they hear.

    Args:
        anew: those who answered are asked again too.

    Returns:
        How many are asked.

    Raises:
        NotAllowed, WrongState.
    """
    staff_check(seat)
    held = floor_held(seat, {ExerciseState.READY, *LIVE})
    asked = held.participants.exclude(role=Role.FACILITATOR)
    if not anew:
        asked = asked.exclude(presence=Presence.HEARD)
    count = asked.update(presence=Presence.ASKED, heard_at=None)
    floor_tell(held, "presence", {ALL})
    floor_journal(seat.actor, held, "exercise_presence.asked", count=count)
    return count


@transaction.atomic
def presence_heard(*, seat: Seat, participant_id: int | None = None) -> Participant:
    """Someone hears; the staff may answer for whoever answers aloud.

    Raises:
        NotAllowed: for somebody else. WrongState.
    """
    exercise = state_check(seat, _STATES)
    mine = seat.participant
    if participant_id is not None and (mine is None or mine.pk != participant_id):
        staff_check(seat)
        mine = exercise.participants.filter(pk=participant_id).first()
    if mine is None:
        raise NotAllowed
    if mine.presence == Presence.HEARD:
        return mine
    now = timezone.now()
    mine.presence, mine.heard_at, mine.seen_at = Presence.HEARD, now, now
    mine.save(update_fields=["presence", "heard_at", "seen_at"])
    floor_tell(exercise, "presence", {STAFF}, participant=mine.pk)
    floor_journal(seat.actor, exercise, "exercise_presence.heard")
    return mine


@transaction.atomic
def guest_came(*, guest: Participant) -> None:
    """A guest came in by their link."""
    guest.seen_at = timezone.now()
    guest.save(update_fields=["seen_at"])
    floor_tell(guest.exercise, "presence", {STAFF}, participant=guest.pk)
