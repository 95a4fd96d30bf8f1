"""What does a player, or an observer, have before their eyes?"""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from hygie.governance.exercises.choices import (
    Channel,
    EntryKind,
    ExerciseState,
    InjectState,
    Presence,
    ReactionKind,
    Result,
)
from hygie.governance.exercises.pages.clock import clock_read
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.selectors.seen import (
    SeenInject,
    inject_shown,
    injects_seen,
    log_seen,
)

PARTS = ("top", "inbox", "log", "log_card")
WALL = (Channel.PRESS, Channel.SOCIAL)


def frame_context(seat: Seat) -> dict[str, Any]:
    """What every page of a participant shows around: time, place, what is asked of them."""
    exercise = seat.exercise
    mine = seat.participant
    return {
        "exercise": exercise,
        "seat": seat,
        "is_live": exercise.state in {ExerciseState.RUNNING, ExerciseState.PAUSED},
        "is_waiting": exercise.state in {ExerciseState.DRAFT, ExerciseState.READY},
        "must_answer": mine is not None and mine.presence == Presence.ASKED,
        "has_answered": mine is not None and mine.presence == Presence.HEARD,
        "survey_url": _survey(seat),
        **clock_read(exercise, timezone.now()),
    }


def player_context(seat: Seat, opened: int | None) -> dict[str, Any]:
    """The player's screen: what came, what is open, the log of the cell."""
    context = frame_context(seat)
    context |= inbox_context(seat) | log_context(seat)
    if opened is not None:
        context["message"] = inject_shown(seat, opened)
    return context


def inbox_context(seat: Seat) -> dict[str, Any]:
    """What came, the latest first; an alarm that nobody has taken note of stands apart."""
    received = injects_seen(seat)[::-1]
    items = [(one, standing_of(one, seat)) for one in received]
    alarms = [one for one, standing in items if one.channel == Channel.ALARM and standing == "new"]
    return {
        "items": items,
        "alarms": alarms,
        "new_count": sum(standing == "new" for _one, standing in items),
        "has_wall": any(one.channel in WALL for one in received),
    }


def standing_of(one: SeenInject, seat: Seat) -> str:
    """Where a cell is with something received: new, acknowledged, answer or decision."""
    cell = seat.cell.name if seat.cell else ""
    kinds = {reaction.kind for reaction in one.reactions if reaction.cell == cell}
    for kind in (ReactionKind.DECISION, ReactionKind.ANSWER, ReactionKind.ACKNOWLEDGED):
        if kind in kinds:
            return str(kind)
    return "new"


def log_context(seat: Seat) -> dict[str, Any]:
    """The log that the seat reads, the latest first."""
    entries = list(log_seen(seat))[::-1]
    return {"entries": entries, "kinds": EntryKind.choices, "may_write": may_write(seat)}


def may_write(seat: Seat) -> bool:
    """Whether the seat may add to the log now."""
    live = seat.exercise.state in {ExerciseState.RUNNING, ExerciseState.PAUSED}
    return live or (
        seat.is_staff and seat.exercise.state in {ExerciseState.READY, ExerciseState.ENDED}
    )


def sheet_context(seat: Seat) -> dict[str, Any]:
    """The observer's sheet: what was played, the latest first, then what is to come."""
    rows = [one for one in injects_seen(seat) if one.expected]
    played = [one for one in rows if one.played_at is not None]
    return {
        **frame_context(seat),
        "played": played[::-1],
        "to_come": sorted(
            (one for one in rows if one.state == InjectState.PLANNED),
            key=lambda one: one.offset_s or 0,
        ),
        "results": Result.choices,
        "marked": sum(bool(one.result) for one in played),
    }


def wall_context(seat: Seat) -> dict[str, Any]:
    """What the press and the networks say, the latest first."""
    return {**frame_context(seat), "posts": injects_seen(seat, channels=WALL)[::-1]}


def _survey(seat: Seat) -> str:
    if not seat.is_player or seat.exercise.state != ExerciseState.ENDED:
        return ""
    try:
        return reverse("exercises:survey", args=[seat.exercise.pk])
    except NoReverseMatch:
        return ""
