"""By which door does someone come to an exercise, and where do they sit?"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from hygie.foundation.errors import NotAllowed
from hygie.governance.exercises.models import Participant
from hygie.governance.exercises.selectors.seats import Seat, Ticket, seat_in
from hygie.territory.people.http import HygieRequest

_TICKETS = "exercise_tickets"


def ticket_of(request: HygieRequest, exercise_id: int) -> Ticket | None:
    """What the session keeps of a guest's link to this exercise."""
    kept = request.session.get(_TICKETS, {}).get(str(exercise_id))
    return Ticket(kept["who"], kept["hash"]) if kept else None


def ticket_keep(request: HygieRequest, guest: Participant) -> None:
    """Let the session of a guest open their exercise."""
    if not request.user.is_authenticated:
        # What was known of the session before the door is worth nothing after it.
        request.session.cycle_key()
    kept = request.session.get(_TICKETS, {})
    kept[str(guest.exercise_id)] = {"who": guest.pk, "hash": guest.token_hash}
    request.session[_TICKETS] = kept


def seated(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the seat of whoever asks; a stranger signs in, whoever has none finds nothing.

    Args:
        view: takes the request, the seat, and what the address names besides the exercise.
    """

    @wraps(view)
    def inner(request: HygieRequest, pk: int, **named: Any) -> HttpResponseBase:
        ticket = ticket_of(request, pk)
        if not request.user.is_authenticated and ticket is None:
            return redirect_to_login(request.get_full_path())
        seat = seat_in(request.perimeter, pk, ticket)
        if seat.is_guest and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            # A guest has no account to say theirs: the exercise is played in one language.
            translation.activate(seat.exercise.language)
            request.LANGUAGE_CODE = seat.exercise.language
        return view(request, seat, **named)

    return inner


def conducted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for what only the staff does.

    Raises:
        NotAllowed: a player or an observer: they know that they play, and learn nothing else.
    """

    @wraps(view)
    def inner(request: HygieRequest, seat: Seat, **named: Any) -> HttpResponseBase:
        if not seat.is_staff:
            raise NotAllowed
        return view(request, seat, **named)

    return seated(inner)


def done(request: HygieRequest, there: HttpResponse) -> HttpResponse:
    """The answer of an act: the page stays where it is and reads again, or goes there."""
    if request.htmx or request.headers.get("Accept") == "application/json":
        answer = HttpResponse(status=204)
        answer["HX-Trigger"] = "exercise-changed"
        return answer
    return there


def seen_instant(milliseconds: str) -> dt.datetime | None:
    """When a device says that something was seen, or written; None when it does not."""
    if not milliseconds.isdecimal() or len(milliseconds) > 14:
        return None
    return dt.datetime.fromtimestamp(int(milliseconds) / 1000, tz=dt.UTC)
