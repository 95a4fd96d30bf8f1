"""How does a facilitator conduct the exercise?"""

import math

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hygie.engines.exercise.vocabulary import ClockVerb
from hygie.foundation.live.selectors import live_cursor
from hygie.governance.exercises.errors import ActUnknown, TextMissing, ValueRefused
from hygie.governance.exercises.pages.board import PARTS, board_context
from hygie.governance.exercises.pages.player import log_context
from hygie.governance.exercises.play_forms import ImproviseForm
from hygie.governance.exercises.selectors.seats import Seat, channel_of
from hygie.governance.exercises.services.clock import (
    exercise_jump,
    exercise_pace,
    exercise_pause,
    exercise_resume,
    exercise_start,
    exercise_stop,
)
from hygie.governance.exercises.services.play import (
    broadcast,
    inject_improvise,
    inject_play,
    inject_postpone,
    inject_restore,
    inject_skip,
    injects_play_due,
)
from hygie.governance.exercises.tasks import time_keep_launch
from hygie.governance.exercises.times import moment_read
from hygie.governance.exercises.views.seats import conducted, done
from hygie.territory.people.http import HygieRequest


@require_GET
@conducted
def board(request: HygieRequest, seat: Seat) -> HttpResponse:
    """The whole board, or one part of it that changed."""
    part = request.GET.get("part", "")
    if part in PARTS:
        return render(request, f"exercises/play/_board_{part}.html", board_context(seat, (part,)))
    after = live_cursor(channel_of(seat.exercise.pk), seat.audiences)
    context = board_context(seat) | log_context(seat)
    context |= {"live_after": after, "improvise": _improvise_form(seat)}
    return render(request, "exercises/play/board.html", context)


@require_POST
@conducted
def clock_act(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Start, pause, resume, change the pace, jump, end."""
    said, act = request.POST, request.POST.get("act", "")
    if act == ClockVerb.START:
        exercise_start(seat=seat, reason=said.get("reason", ""))
        time_keep_launch()
    elif act == ClockVerb.PAUSE:
        exercise_pause(seat=seat)
    elif act == ClockVerb.RESUME:
        exercise_resume(seat=seat)
        time_keep_launch()
    elif act == ClockVerb.PACE:
        exercise_pace(seat=seat, pace=_number(said.get("value", "")))
    elif act == ClockVerb.JUMP:
        to_s = moment_read(said.get("value", ""))
        exercise_jump(seat=seat, to_s=to_s, skips="skips" in said)
    elif act == ClockVerb.STOP:
        exercise_stop(seat=seat, word=said.get("word", ""))
    elif act == "incident":
        exercise_stop(seat=seat, is_incident=True)
    else:
        raise ActUnknown
    return done(request, redirect("exercises:board", seat.exercise.pk))


@require_POST
@conducted
def tick(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Play what is due; the page asks every few seconds, and at the second of the next row."""
    injects_play_due(exercise=seat.exercise)
    return HttpResponse(status=204)


@require_POST
@conducted
def inject_run(request: HygieRequest, seat: Seat, inject_id: int) -> HttpResponse:
    """Play a row now, leave it out, take it back, put it off."""
    act = request.POST.get("act", "")
    if act == "play":
        inject_play(seat=seat, inject_id=inject_id)
    elif act == "skip":
        inject_skip(seat=seat, inject_id=inject_id)
    elif act == "restore":
        inject_restore(seat=seat, inject_id=inject_id)
    elif act == "postpone":
        minutes = _number(request.POST.get("minutes", ""))
        inject_postpone(seat=seat, inject_id=inject_id, by_s=int(minutes * 60))
    else:
        raise ActUnknown
    return done(request, redirect("exercises:board", seat.exercise.pk))


@require_POST
@conducted
def improvise(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Make a row up, and play it."""
    form = _improvise_form(seat, request)
    if not form.is_valid():
        raise TextMissing
    inject_improvise(seat=seat, made_up=form.made_up)
    return done(request, redirect("exercises:board", seat.exercise.pk))


@require_POST
@conducted
def announce(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Tell everybody something."""
    broadcast(seat=seat, text=request.POST.get("text", ""))
    return done(request, redirect("exercises:board", seat.exercise.pk))


def _improvise_form(seat: Seat, request: HygieRequest | None = None) -> ImproviseForm:
    cells = list(seat.exercise.cells.values_list("pk", "name"))
    return ImproviseForm(cells, request.POST if request else None, auto_id="improvise-%s")


def _number(text: str) -> float:
    try:
        found = float(text.replace(",", "."))
    except ValueError as error:
        raise ValueRefused(field="value", value=text[:20]) from error
    # "nan" is a float too.
    if not math.isfinite(found) or abs(found) > 1e6:
        raise ValueRefused(field="value", value=text[:20])
    return found
