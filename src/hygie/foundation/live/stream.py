"""How does a page hear what is told: a stream of events, or the same address read now and then?"""

from collections.abc import Callable, Collection
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from hygie.foundation.live.carrier import CARRIER, Carrier
from hygie.foundation.live.frames import own_frame, told_values
from hygie.foundation.live.listening import Listening, Stream
from hygie.foundation.live.selectors import AT_ONCE, live_events, live_knows
from hygie.foundation.live.vocabulary import POLL, RESET, RIGHTS

_EVENT_STREAM = "text/event-stream"
# After how long a page that was told to read asks for a stream again.
_ASK_AGAIN_S = 60


class LiveStream(StreamingHttpResponse):
    """An answer that lasts; the page server gives it a thread that serves no page."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream, content_type=_EVENT_STREAM)
        _protect(self)


def live_response(
    request: HttpRequest,
    *,
    channel: str,
    audiences: Collection[str],
    may_still_read: Callable[[], bool],
) -> HttpResponseBase:
    """Answer the address of a channel: events since a cursor, as a stream or as JSON.

    The view has checked the rights of the reader, and gives what their place in the channel is.

    Args:
        request: GET; `?after=` or `Last-Event-ID` is the cursor; `?poll=1`, or an `Accept` without
            `text/event-stream`, asks for JSON.
        channel: where.
        audiences: names that the reader answers to.
        may_still_read: asked again at least every minute while a stream lasts, and whenever
            `live_rights_changed` says so, in another thread: it reads anew what it needs. False
            also when the audiences are no longer the same: the page comes back and is judged anew.
            The session of an account is looked at beside it.

    Returns:
        `text/event-stream`, or `{"events": [{"id", "kind", "at", "data"}], "cursor", "more",
        "reset"}`. Where no stream can be held, a stream of one word that says to read instead.
    """
    after = _after(request)
    is_known = live_knows(channel, after)
    if request.GET.get("poll") or _EVENT_STREAM not in request.headers.get("Accept", ""):
        return _read(channel, audiences, after, is_known=is_known)
    if not is_known:
        return _one_word(RESET, {})
    carrier = cast(Carrier | None, request.META.get(CARRIER))
    holds = _session_holds(request)
    stream = carrier and carrier.open(
        Listening(
            channel=channel,
            audiences=frozenset(audiences),
            after=after,
            reader=_reader(request),
            may_still_read=lambda: holds() and may_still_read(),
        )
    )
    if not stream:
        return _one_word(POLL, {"every_s": settings.LIVE_POLL_S, "again_s": _ASK_AGAIN_S})
    return LiveStream(stream)


def _after(request: HttpRequest) -> int:
    said = request.headers.get("Last-Event-ID") or request.GET.get("after") or "0"
    # Eighteen digits always fit a row's number.
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else 0


def _read(channel: str, audiences: Collection[str], after: int, *, is_known: bool) -> JsonResponse:
    events = live_events(channel, audiences, after, AT_ONCE) if is_known else []
    return JsonResponse(
        {
            "events": [told_values(one) for one in events if one.kind != RIGHTS],
            "cursor": events[-1].pk if events else after,
            "more": len(events) == AT_ONCE,
            "reset": not is_known,
        }
    )


def _one_word(kind: str, values: dict[str, float]) -> HttpResponse:
    """A stream that says one thing and ends; an error status would fill the reader's console."""
    answer = HttpResponse(own_frame(kind, values), content_type=_EVENT_STREAM)
    _protect(answer)
    return answer


def _protect(answer: HttpResponseBase) -> None:
    """Let no proxy keep, gather or compress what must pass at once."""
    answer["Cache-Control"] = "private, no-cache, no-store, no-transform"
    answer["X-Accel-Buffering"] = "no"


def _reader(request: HttpRequest) -> str:
    """Who holds the stream, as far as counting goes; "" when nothing tells one from another.

    Never an address: a whole hospital comes from one.
    """
    key = request.session.session_key if hasattr(request, "session") else None
    return key or request.META.get("HTTP_COOKIE", "")


def _session_holds(request: HttpRequest) -> Callable[[], bool]:
    """Is the person still signed in, by the very session that opened the stream?"""
    user = getattr(request, "user", None)
    if not isinstance(user, AbstractBaseUser) or not user.is_authenticated:
        return lambda: True
    session, pk = request.session, user.pk

    def holds() -> bool:
        anew = HttpRequest()
        anew.session = type(session)(session.session_key)
        found = get_user(anew)
        return found.pk == pk and found.is_active

    return holds
