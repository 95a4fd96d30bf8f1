"""What does someone who takes part have on their screen, and what may they do there?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.documents.download import document_download
from hygie.foundation.errors import NotFound
from hygie.foundation.live.selectors import live_cursor
from hygie.foundation.live.stream import live_response
from hygie.governance.exercises.errors import ActUnknown
from hygie.governance.exercises.pages.player import (
    PARTS,
    frame_context,
    inbox_context,
    log_context,
    player_context,
    wall_context,
)
from hygie.governance.exercises.selectors.seats import (
    Seat,
    channel_of,
    guest_by_hash,
    seat_in,
    seats_mine,
)
from hygie.governance.exercises.selectors.seen import (
    attachment_seen,
    inject_shown,
    injects_seen,
)
from hygie.governance.exercises.services.incident import incident_signal
from hygie.governance.exercises.services.people import token_hash
from hygie.governance.exercises.services.presence import (
    guest_came,
    presence_ask,
    presence_heard,
)
from hygie.governance.exercises.services.reactions import reaction_add
from hygie.governance.exercises.views.seats import done, seated, ticket_keep, ticket_of
from hygie.territory.people.http import HygieRequest
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import NOBODY


@require_GET
@seated
def play(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Where one sits: the board, the sheet, or the screen of a cell."""
    if seat.is_staff:
        return redirect("exercises:board", seat.exercise.pk)
    if seat.is_observer:
        return redirect("exercises:observe", seat.exercise.pk)
    part = request.GET.get("part", "")
    if part in PARTS:
        makes = {"top": frame_context, "inbox": inbox_context}.get(part, log_context)
        context = {"exercise": seat.exercise, "seat": seat} | makes(seat)
        return render(request, f"exercises/play/_{part}.html", context)
    opened = request.GET.get("message", "")
    after = live_cursor(channel_of(seat.exercise.pk), seat.audiences)
    context = player_context(seat, int(opened) if opened.isdecimal() else None)
    return render(request, "exercises/play/player.html", context | {"live_after": after})


@require_GET
@seated
def message(request: HygieRequest, seat: Seat, inject_id: int) -> HttpResponse:
    """One thing received, with what one may do about it."""
    context = {"message": inject_shown(seat, inject_id), "exercise": seat.exercise, "seat": seat}
    if not request.htmx:
        here = reverse("exercises:play", args=[seat.exercise.pk])
        return redirect(f"{here}?message={inject_id}")
    context |= frame_context(seat)
    return render(request, "exercises/play/_message.html", context)


@require_POST
@seated
def react(request: HygieRequest, seat: Seat, inject_id: int) -> HttpResponse:
    """Take note, answer, decide; the staff in the name of a cell."""
    said = request.POST
    cell = said.get("cell", "")
    reaction_add(
        seat=seat, inject_id=inject_id, kind=said.get("kind", ""), text=said.get("text", ""),
        option=said.get("option", ""), cell_id=int(cell) if cell.isdecimal() else None,
    )  # fmt: skip
    if request.htmx and not seat.is_staff:
        context = {"message": inject_shown(seat, inject_id)} | frame_context(seat)
        answer = render(request, "exercises/play/_message.html", context)
        answer["HX-Trigger"] = "exercise-changed"
        return answer
    return done(request, redirect("exercises:play", seat.exercise.pk))


@require_GET
@seated
def wall(request: HygieRequest, seat: Seat) -> HttpResponse:
    """The press and the networks, full screen."""
    context = wall_context(seat)
    if request.htmx:
        return render(request, "exercises/play/_wall.html", context)
    after = live_cursor(channel_of(seat.exercise.pk), seat.audiences)
    return render(request, "exercises/play/wall.html", context | {"live_after": after})


@require_GET
@seated
def received_file(request: HygieRequest, seat: Seat, attachment_id: int) -> HttpResponseBase:
    """A file that came with something received."""
    found = attachment_seen(seat, attachment_id)
    assert found.document is not None  # noqa: S101  # the selector gives no other
    return document_download(found.document)


@require_POST
@seated
def presence_act(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Ask everybody whether they hear, or say that one does."""
    act, who = request.POST.get("act", ""), request.POST.get("who", "")
    if act in {"ask", "ask_anew"}:
        presence_ask(seat=seat, anew=act == "ask_anew")
    elif act == "heard":
        presence_heard(seat=seat, participant_id=int(who) if who.isdecimal() else None)
    else:
        raise ActUnknown
    return done(request, redirect("exercises:play", seat.exercise.pk))


@require_POST
@seated
def incident(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Something real happens: whoever takes part stops the scenario's time."""
    incident_signal(seat=seat, text=request.POST.get("text", ""))
    return done(request, redirect("exercises:play", seat.exercise.pk))


@login_required
@require_GET
def mine(request: HygieRequest) -> HttpResponse:
    """Exercises in which one has a role, wherever they are."""
    return render(request, "exercises/mine.html", {"seats": seats_mine(request.perimeter)})


@require_GET
@seated
def live(request: HygieRequest, seat: Seat) -> HttpResponseBase:
    """What is told of the exercise to whoever sits here: ids, never words."""
    pk, user = seat.exercise.pk, request.user
    ticket = ticket_of(request, pk)

    def may_still_read() -> bool:
        perimeter = perimeter_of(user) if user.is_authenticated else NOBODY
        try:
            return seat_in(perimeter, pk, ticket).audiences == seat.audiences
        except NotFound:
            return False

    return live_response(
        request, channel=channel_of(pk), audiences=seat.audiences, may_still_read=may_still_read
    )


@require_GET
@seated
def seen(request: HygieRequest, seat: Seat) -> JsonResponse:
    """What one has received, for a program."""
    rows = [
        {
            "id": one.id, "channel": one.channel, "sender": one.sender, "subject": one.subject,
            "body": one.body, "played_at": one.played_at, "second": one.played_second,
            "options": one.options, "expected": one.expected, "comment": one.comment,
            "reactions": [
                {"kind": each.kind, "text": each.text, "option": each.option, "cell": each.cell,
                 "at": each.at} for each in one.reactions
            ],
        }
        for one in injects_seen(seat)
    ]  # fmt: skip
    return JsonResponse({"stamp": "EXERCICE", "exercise": seat.exercise.title, "received": rows})


@require_http_methods(["GET", "POST"])
@never_cache
def guest_enter(request: HygieRequest, token: str) -> HttpResponse:
    """The door of a guest: what they are about to enter, then their seat.

    A program that opens links before people do must not use it up: entering is a click.
    """
    guest = guest_by_hash(token_hash(token), timezone.now())
    if request.method == "POST":
        guest_came(guest=guest)
        ticket_keep(request, guest)
        return redirect("exercises:play", guest.exercise_id)
    context = {"guest": guest, "exercise": guest.exercise}
    return render(request, "exercises/play/guest_enter.html", context)
