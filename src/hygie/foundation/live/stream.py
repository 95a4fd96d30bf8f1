"""How does a page hear what is told: a stream of events, or the same address read now and then?"""

from collections.abc import Callable, Collection

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from hygie.foundation.live.selectors import AT_ONCE, live_events


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
        request: GET; `?after=` or `Last-Event-ID` is the cursor; `?poll=1` or
            `Accept: application/json` asks for JSON.
        channel: where.
        audiences: names that the reader answers to.
        may_still_read: asked again at least every minute while a stream lasts, and whenever
            `live_rights_changed` says so, in another thread: it reads anew what it needs. False
            also when the audiences are no longer the same: the page comes back and is judged anew.
            The session of an account is looked at beside it.

    Returns:
        `text/event-stream`, or `{"events": [{"id", "kind", "at", "data"}], "cursor", "more",
        "reset"}`.
    """
    after = _after(request)
    events = live_events(channel, audiences, after, AT_ONCE)
    cursor = events[-1].pk if events else after
    told = [
        {"id": one.pk, "kind": one.kind, "at": one.at.isoformat(), "data": one.payload}
        for one in events
    ]
    return JsonResponse(
        {"events": told, "cursor": cursor, "more": len(events) == AT_ONCE, "reset": False}
    )


def _after(request: HttpRequest) -> int:
    said = request.headers.get("Last-Event-ID") or request.GET.get("after") or "0"
    return int(said) if said.isdecimal() and len(said) < 19 else 0
