"""The address of a channel: a stream where one can be held, else JSON; rights throughout."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from hygie.foundation.live import stream as module
from hygie.foundation.live.carrier import CARRIER, PER_READER, Carrier
from hygie.foundation.live.feeds import Feeds, Told
from hygie.foundation.live.listening import Listening, Rhythm, Stream
from hygie.foundation.live.services import live_rights_changed, live_tell
from hygie.foundation.live.stream import LiveStream, live_response

pytestmark = pytest.mark.django_db

STREAM = {"accept": "text/event-stream"}


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """One whose poller never starts: it would read by a connection that sees no test."""
    made = Carrier(streams=20)
    made._poller_start = lambda: None  # type: ignore[method-assign]
    yield made
    made.close()


def ask(path: str = "/", *, carrier: Carrier | None = None, **headers: str) -> HttpRequest:
    return RequestFactory().get(path, headers=headers, **{CARRIER: carrier})


def answer(request: HttpRequest, *audiences: str, may: Callable[[], bool] = lambda: True) -> Any:
    return live_response(request, channel="c", audiences=audiences or ("all",), may_still_read=may)


def tell(kind: str = "note", audience: str = "all", **payload: Any) -> int:
    return live_tell(channel="c", audience=audience, kind=kind, payload=payload).pk


def said(response: Any) -> dict[str, Any]:
    return json.loads(response.content)


def test_a_page_that_reads_gets_what_follows_its_cursor_and_is_its_own() -> None:
    first = tell(n=1)
    tell("secret", "staff")
    last = tell(n=2)
    found = said(answer(ask("/?poll=1")))
    assert [one["data"] for one in found["events"]] == [{"n": 1}, {"n": 2}]
    assert (found["cursor"], found["more"], found["reset"]) == (last, False, False)
    again = said(answer(ask(f"/?after={first}", accept="application/json")))
    assert [one["id"] for one in again["events"]] == [last]
    # The cursor of a reader moves by what it hears: others' events leave no trace in it.
    tell("secret", "staff")
    assert said(answer(ask(f"/?after={last}")))["cursor"] == last


def test_a_long_absence_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    ids = [tell(n=n) for n in range(3)]
    first = said(answer(ask("/?poll=1")))
    assert (first["cursor"], first["more"]) == (ids[1], True)
    rest = said(answer(ask(f"/?poll=1&after={first['cursor']}")))
    assert ([one["id"] for one in rest["events"]], rest["more"]) == ([ids[2]], False)


@pytest.mark.parametrize("after", ["-1", "1e3", "²", "9" * 30, "%00", "' OR 1=1", ""])
def test_a_cursor_that_is_none_begins_at_the_beginning(after: str) -> None:
    tell()
    assert len(said(answer(ask(f"/?poll=1&after={after}")))["events"]) == 1


def test_where_no_stream_can_be_held_the_page_is_told_to_read(settings: Any) -> None:
    response = answer(ask(**STREAM))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/event-stream"
    assert b"event: live.poll" in response.content
    assert f'"every_s":{settings.LIVE_POLL_S}'.encode() in response.content


def test_a_cursor_that_is_not_ours_has_the_page_read_anew(carrier: Carrier) -> None:
    pk = tell()
    response = answer(ask(f"/?after={pk + 5}", carrier=carrier, **STREAM))
    assert b"event: live.reset" in response.content
    assert said(answer(ask(f"/?after={pk + 5}")))["reset"]
    assert carrier.count == 0


def test_a_stream_passes_proxies_and_gives_its_place_back(carrier: Carrier) -> None:
    response = answer(ask(carrier=carrier, **STREAM))
    assert isinstance(response, LiveStream)
    assert response["X-Accel-Buffering"] == "no"
    assert {"no-cache", "no-transform", "private"} <= set(response["Cache-Control"].split(", "))
    assert carrier.count == 1
    response.close()
    response.close()
    assert carrier.count == 0


def test_the_browsers_own_cursor_is_newer_than_the_addresss() -> None:
    first, last = tell(n=1), tell(n=2)
    request = ask(f"/?poll=1&after={first}", **{"last-event-id": str(last)})
    assert said(answer(request))["events"] == []


def test_a_crowd_and_a_runaway_program_are_told_to_read(carrier: Carrier) -> None:
    mine = [answer(ask(carrier=carrier, cookie="a=1", **STREAM)) for _ in range(PER_READER + 1)]
    assert [isinstance(one, LiveStream) for one in mine] == [True] * PER_READER + [False]
    # Readers that nothing tells apart are not counted together: a hospital has one address.
    others = [answer(ask(carrier=carrier, **STREAM)) for _ in range(20 - PER_READER + 1)]
    assert [isinstance(one, LiveStream) for one in others] == [True] * (20 - PER_READER) + [False]
    for one in mine + others:
        one.close()
    assert carrier.count == 0


def test_a_session_that_ended_no_longer_holds(characters: Any) -> None:
    session = SessionStore()
    session["_auth_user_id"] = str(characters.alice.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = characters.alice.get_session_auth_hash()
    session.save()
    request = ask()
    request.user, request.session = characters.alice, session
    holds = module._session_holds(request)
    assert holds()
    characters.alice.is_active = False
    characters.alice.save()
    assert not holds()
    characters.alice.is_active = True
    characters.alice.save()
    assert holds()
    SessionStore(session.session_key).flush()
    assert not holds()
    request.user = AnonymousUser()
    assert module._session_holds(request)()


# --- the frames of one listener ------------------------------------------------------------------


class Room:
    """A stream over feeds that the test fills itself."""

    def __init__(
        self, *, after: int = 0, tip: int = 0, may: Callable[[], bool] = lambda: True,
        beat_s: float = 60, check_s: float = 60,
    ) -> None:  # fmt: skip
        self.feeds = Feeds()
        self.feed = self.feeds.join("c", tip)
        self.ended = 0
        listening = Listening("c", frozenset({"all"}), after, "", may)
        self.frames = iter(
            Stream(
                self.feeds, self.feed, listening, rhythm=Rhythm(beat_s, check_s),
                ask=lambda question: question(), on_close=self._end,
            )
        )  # fmt: skip
        assert b"live.hello" in next(self.frames)

    def _end(self) -> None:
        self.ended += 1

    def tell(self, *numbers: int, rights: bool = False) -> None:
        events = [Told(n, "all", rights, b"%d." % n) for n in numbers]
        self.feeds.take({"c": self.feed.position}, {"c": events})


def test_a_listener_catches_up_from_the_database_then_listens() -> None:
    ids = [tell(n=n) for n in range(3)]
    tell("secret", "staff")
    live_rights_changed(channel="c")
    room = Room(after=ids[0], tip=ids[2] + 2)
    caught = next(room.frames)
    assert caught.count(b"data: ") == 2
    assert b"secret" not in caught
    room.tell(ids[2] + 3)
    assert next(room.frames) == b"%d." % (ids[2] + 3)


def test_a_silent_stream_beats() -> None:
    room = Room(beat_s=0.01)
    frame = next(room.frames)
    assert frame.startswith(b": beat\n\n")
    assert b"event: live.beat" in frame
    assert b"id:" not in frame


def test_rights_are_asked_again_by_the_clock_and_at_once_when_they_change() -> None:
    answers = [True, False]
    room = Room(check_s=0.01, beat_s=0.03, may=lambda: answers.pop(0))
    assert all(b"live.beat" in frame for frame in room.frames)
    assert (answers, room.ended) == ([], 1)

    asked: list[float] = []
    room = Room(may=lambda: bool(asked.append(time.monotonic())))
    room.tell(1)
    room.tell(2, rights=True)
    # What came with the change is not said before the answer.
    assert list(room.frames) == []
    assert (len(asked), room.ended) == (1, 1)


def test_rights_that_cannot_be_told_end_the_stream() -> None:
    def broken() -> bool:
        raise RuntimeError("the database is away")

    room = Room(may=broken)
    room.tell(1, rights=True)
    assert list(room.frames) == []
    assert room.ended == 1


def test_a_listener_that_cannot_catch_up_leaves_and_comes_back() -> None:
    room = Room(after=1, tip=5)

    def broken(_question: Any) -> Any:
        raise TimeoutError

    stream = Stream(
        room.feeds, room.feeds.join("c", 5), Listening("c", frozenset(), 1, "", lambda: True),
        rhythm=Rhythm(60, 60), ask=broken, on_close=lambda: None,
    )  # fmt: skip
    assert len(list(stream)) == 1
