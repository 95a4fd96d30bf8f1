"""How is the crisis log read, written and given away?"""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.live.selectors import live_cursor
from hygie.governance.exercises.errors import TextMissing
from hygie.governance.exercises.pages.player import frame_context, log_context
from hygie.governance.exercises.play_forms import EntryForm
from hygie.governance.exercises.play_tables import log_table
from hygie.governance.exercises.selectors.seats import Seat, channel_of
from hygie.governance.exercises.services.log import log_add
from hygie.governance.exercises.views.seats import done, seated, seen_instant
from hygie.territory.people.http import HygieRequest


@require_http_methods(["GET", "POST"])
@seated
def log(request: HygieRequest, seat: Seat) -> HttpResponseBase:
    """The log that one reads; a line more."""
    if request.method == "POST":
        return _add(request, seat)
    table = log_table(request, seat)
    if table.wants_export:
        return csv_response(table, f"EXERCICE-main-courante-{seat.exercise.pk}")
    after = live_cursor(channel_of(seat.exercise.pk), seat.audiences)
    context = frame_context(seat) | log_context(seat) | {"table": table, "live_after": after}
    return render(request, "exercises/play/log.html", context)


def _add(request: HygieRequest, seat: Seat) -> HttpResponse:
    form = EntryForm(request.POST)
    if not form.is_valid():
        raise TextMissing
    cell = request.POST.get("cell", "")
    log_add(
        seat=seat,
        written=form.written,
        cell_id=int(cell) if cell.isdecimal() else None,
        is_for_staff="staff" in request.POST,
        device_key=form.cleaned_data["device_key"],
        corrects_id=form.cleaned_data["corrects"],
        written_at=seen_instant(request.POST.get("seen_ms", "")),
    )
    return done(request, redirect("exercises:log", seat.exercise.pk))
