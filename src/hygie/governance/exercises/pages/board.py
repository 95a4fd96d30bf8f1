"""What does a facilitator see at arm's length: the time, what comes, who is silent, what was?"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.engines.exercise.branches import Due, Standing
from hygie.governance.exercises.choices import (
    Channel,
    EntryKind,
    ExerciseState,
    InjectState,
    Presence,
    ReactionKind,
    Result,
    Role,
)
from hygie.governance.exercises.models import Inject
from hygie.governance.exercises.pages.clock import clock_context
from hygie.governance.exercises.selectors.play import log_of, people_of
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.selectors.seen import SeenInject, injects_seen
from hygie.governance.exercises.services.clock import PACES, start_second, stop_word
from hygie.governance.exercises.state import PlayState, state_at

COMING = 12
FEED = 60
PARTS = ("clock", "controls", "next", "cells", "feed", "presence")
DELAYS_MIN = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that comes, for the board.

    Attributes:
        seen: as the staff reads it.
        second: when it is due; None while it waits for something.
        drift_s: seconds since it was due; negative before, None without a time.
        is_by_hand: a facilitator has to do it.
    """

    seen: SeenInject
    second: float | None
    drift_s: int | None
    is_by_hand: bool
    standing: str


@dataclass(frozen=True, slots=True)
class CellLoad:
    """How a cell is doing.

    Attributes:
        waiting: rows received that expect something and have had nothing from it.
        last_second: of its last reaction or line; None = nothing yet.
        silent_since: real instant from which it has said nothing.
    """

    name: str
    pk: int
    waiting: int
    received: int
    last_second: int | None
    silent_since: dt.datetime | None
    is_worrying: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the live feed."""

    at: dt.datetime
    second: int
    icon: str
    who: str
    words: str
    tone: str = ""


def board_context(seat: Seat, parts: Iterable[str] = PARTS) -> dict[str, Any]:
    """All that these parts of the board show; about twenty queries for the whole of it."""
    state = state_at(seat.exercise, timezone.now())
    wanted = set(parts)
    context: dict[str, Any] = {"exercise": seat.exercise, "seat": seat}
    context |= clock_context(state)
    context |= {"paces": PACES, "stop_word": stop_word(), "delays": DELAYS_MIN}
    seen = {}
    if wanted & {"next", "cells", "feed"}:
        seen = {one.id: one for one in injects_seen(seat)}
    if "next" in wanted:
        context |= next_context(state, seen)
    if wanted & {"cells"}:
        context["cells"] = cells_load(state, seat)
    if "feed" in wanted:
        context["feed"] = feed_of(state, seen)
    if "presence" in wanted:
        context |= presence_context(seat)
    return context


def next_context(state: PlayState, seen: dict[int, SeenInject]) -> dict[str, Any]:
    """What is to do by hand, what comes, what waits for something, what was left out."""
    todo, coming, waiting = [], [], []
    for row, due in state.timeline:
        if due.standing in {Standing.DONE, Standing.CUT_OFF}:
            continue
        line = _line(state, row, due, seen)
        if due.standing is Standing.DUE and line.is_by_hand:
            todo.append(line)
        elif due.standing in {Standing.DUE, Standing.LATER}:
            # What is due and plays itself is played at the next tick, or when time goes on.
            coming.append(line)
        else:
            waiting.append(line)
    is_live = state.exercise.state in {ExerciseState.RUNNING, ExerciseState.PAUSED}
    is_over = state.exercise.state in {ExerciseState.ENDED, ExerciseState.CLOSED}
    return {
        "todo": todo if is_live else [],
        "coming": [] if is_over else coming[:COMING],
        "coming_more": 0 if is_over else max(len(coming) - COMING, 0),
        "waiting": [] if is_over else waiting,
        "skipped": [seen[row.pk] for row in state.rows if row.state == InjectState.SKIPPED],
        "is_live": is_live,
        # The page asks for what is due at that very second.
        "next_second": coming[0].second if coming else None,
    }


def _line(state: PlayState, row: Inject, due: Due, seen: dict[int, SeenInject]) -> Line:
    drift = int(state.second - due.second) if state.marks and due.second is not None else None
    by_hand = not state.plays_itself(row, due)
    return Line(seen[row.pk], due.second, drift, by_hand, due.standing)


def cells_load(state: PlayState, seat: Seat) -> list[CellLoad]:
    """How much each cell has to do, and since when it has said nothing."""
    said: dict[int, list[tuple[dt.datetime, int]]] = {}
    for cell_id, at, second in chain(
        ((one.cell_id, one.at, one.second) for one in state.reactions),
        ((one.cell_id, one.at, one.second) for one in log_of(seat.exercise)),
    ):
        if cell_id is not None:
            said.setdefault(cell_id, []).append((at, second))
    answered = {
        (one.inject_id, one.cell_id)
        for one in state.reactions
        if one.kind != ReactionKind.ACKNOWLEDGED
    }
    loads = []
    for cell in seat.exercise.cells.all():
        mine = [row for row in state.rows if _is_received(row, cell.pk)]
        last = max(said.get(cell.pk, []), default=None)
        waiting = [row for row in mine if row.expected and (row.pk, cell.pk) not in answered]
        first = min((row.played_at for row in waiting if row.played_at), default=None)
        since = last[0] if last and (first is None or last[0] > first) else first
        silent_s = (state.now - since).total_seconds() if since else 0
        loads.append(
            CellLoad(
                cell.name, cell.pk, len(waiting), len(mine), last[1] if last else None, since,
                bool(waiting) and silent_s > 15 * 60,
            )
        )  # fmt: skip
    return loads


def _is_received(row: Inject, cell_id: int) -> bool:
    if row.state != InjectState.PLAYED or row.nature == "facilitation":
        return False
    ids = [cell.pk for cell in row.cells.all()]
    return not ids or cell_id in ids


def feed_of(state: PlayState, seen: dict[int, SeenInject]) -> list[Told]:
    """What happened, the latest first."""
    everybody = _("toutes les cellules")
    played = [
        Told(one.played_at, one.played_second or 0, _ICONS[Channel(one.channel)],
             ", ".join(one.cells) or everybody, one.title, "staff"
             if one.nature == "facilitation" else "played")
        for one in seen.values()
        if one.played_at is not None
    ]  # fmt: skip
    titles = {one.id: one.title for one in seen.values()}
    reacted = [
        Told(one.at, one.second, "chat-left-text", one.cell.name if one.cell else "",
             _join(one.get_kind_display(), one.option, one.text, titles.get(one.inject_id, "")),
             one.kind)
        for one in state.reactions
    ]  # fmt: skip
    logged = [
        Told(one.at, one.second, "journal-text",
             one.cell.name if one.cell else _("animation"),
             _join(EntryKind(one.kind).label, one.text), "log")
        for one in log_of(state.exercise)
        if one.kind != EntryKind.DECISION or one.corrects_id
    ]  # fmt: skip
    observed = [
        Told(one.at, one.second, "eye", one.observer.name if one.observer else "",
             _join(Result(one.result).label, one.note, titles.get(one.inject_id, "")),
             "observation")
        for one in state.observations
    ]  # fmt: skip
    timed = [
        Told(mark.at, 0, "stopwatch", mark.by.name if mark.by else "",
             mark.get_verb_display().capitalize(), "clock")
        for mark in state.marks
    ]  # fmt: skip
    told: Sequence[Told] = [*played, *reacted, *logged, *observed, *timed]
    return sorted(told, key=lambda one: one.at, reverse=True)[:FEED]


def presence_context(seat: Seat) -> dict[str, Any]:
    """Who has answered the check of communications, and who is missing."""
    people = people_of(seat.exercise)
    asked = [one for one in people if one.role != Role.FACILITATOR]
    missing = [one for one in asked if one.presence != Presence.HEARD]
    return {
        "people": people,
        "asked": len(asked),
        "heard": len(asked) - len(missing),
        "missing": missing,
        "was_asked": any(one.presence != Presence.NOT_ASKED for one in asked),
        "begins_at": start_second(seat.exercise),
    }


def _join(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


_ICONS = {
    Channel.MAIL: "envelope",
    Channel.PHONE: "telephone",
    Channel.SMS: "chat-left-text",
    Channel.PAPER: "file-earmark-text",
    Channel.PRESS: "megaphone",
    Channel.SOCIAL: "share",
    Channel.ALARM: "alarm",
}


def channel_icon(channel: str) -> str:
    """Drawing of a channel."""
    return _ICONS[Channel(channel)]
