"""How does an observer say what they saw, on a phone that loses the network?"""

from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hygie.foundation.errors import NotAllowed
from hygie.foundation.live.selectors import live_cursor
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.errors import ValueRefused
from hygie.governance.exercises.pages.player import sheet_context
from hygie.governance.exercises.selectors.seats import Seat, channel_of
from hygie.governance.exercises.services.observations import observation_add
from hygie.governance.exercises.views.seats import done, seated, seen_instant
from hygie.territory.people.http import HygieRequest

_WORKER = Path(__file__).parents[1] / "static" / "exercises" / "sheet-worker.js"


@require_http_methods(["GET", "POST"])
@seated
def observe(request: HygieRequest, seat: Seat) -> HttpResponse:
    """The sheet: what was expected, what was seen; each mark is sent at once or later."""
    if seat.is_player:
        raise NotAllowed
    if request.method == "POST":
        return _add(request, seat)
    context = sheet_context(seat)
    if request.GET.get("part") == "sheet":
        return render(request, "exercises/play/_sheet.html", context)
    if request.GET.get("part") == "top":
        return render(request, "exercises/play/_top.html", context)
    after = live_cursor(channel_of(seat.exercise.pk), seat.audiences)
    return render(request, "exercises/play/observe.html", context | {"live_after": after})


@require_GET
@never_cache
@seated
def sheet_worker(request: HygieRequest, seat: Seat) -> HttpResponse:
    """The script that opens this very sheet again without network; its address is its scope."""
    if not seat.is_observer or seat.exercise.state == ExerciseState.CLOSED:
        raise NotAllowed
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def _add(request: HygieRequest, seat: Seat) -> HttpResponse:
    said = request.POST
    inject = said.get("inject", "")
    if not inject.isdecimal() or len(inject) > 18:
        raise ValueRefused(field="inject", value=inject[:20])
    observation_add(
        seat=seat, inject_id=int(inject), result=said.get("result", ""), note=said.get("note", ""),
        device_key=said.get("device_key", ""), seen_at=seen_instant(said.get("seen_ms", "")),
    )  # fmt: skip
    return done(request, redirect("exercises:observe", seat.exercise.pk))
