"""Pages are made in a few threads of ours, whatever the number of those that send and wait."""

import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from hygie.foundation.live.carrier import CARRIER, Carrier
from hygie.foundation.live.feeds import Feeds
from hygie.foundation.live.listening import Listening, Rhythm, Stream
from hygie.foundation.live.stream import LiveStream
from hygie.shell.door import Application, Door, Download


def door(application: Application, *, threads: int = 2) -> Door:
    return Door(application, threads=threads, carrier=Carrier(streams=2))


def here() -> str:
    return threading.current_thread().name


def test_a_page_is_made_whole_in_a_page_thread_and_closed_there() -> None:
    closed: list[str] = []

    def application(environ: dict[str, Any], start: Any) -> HttpResponse:
        start("200 OK", [])
        answer = HttpResponse(here())
        answer.close = lambda: closed.append(here())  # type: ignore[method-assign]
        assert isinstance(environ[CARRIER], Carrier)
        return answer

    started: list[str] = []
    answer = door(application)({}, lambda status, _headers: started.append(status))
    assert isinstance(answer, list)
    assert b"".join(answer).startswith(b"page")
    assert closed[0].startswith("page")
    assert started == ["200 OK"]


def test_a_download_runs_where_it_is_sent_in_its_readers_language() -> None:
    def rows() -> Iterator[str]:
        yield here()
        yield translation.get_language()

    def application(_environ: dict[str, Any], _start: Any) -> StreamingHttpResponse:
        translation.activate("en")
        return StreamingHttpResponse(rows())

    answer = door(application)({}, None)
    assert isinstance(answer, Download)

    def send() -> list[str]:
        translation.activate("fr")
        chunks = [chunk.decode() for chunk in answer]
        answer.close()
        return [*chunks, translation.get_language()]

    # In a thread of its own: what a download opens in it ends with it.
    with ThreadPoolExecutor(1, thread_name_prefix="server") as sender:
        assert sender.submit(send).result() == ["server_0", "en", "fr"]


def test_a_live_stream_goes_out_as_it_is() -> None:
    feeds = Feeds()
    listening = Listening("c", frozenset(), 0, "", lambda: True)
    live = LiveStream(
        Stream(
            feeds, feeds.join("c", 0), listening, rhythm=Rhythm(60, 60), ask=lambda q: q(),
            on_close=lambda: None,
        )
    )  # fmt: skip
    assert door(lambda _environ, _start: live)({}, None) is live


def test_no_more_pages_are_made_at_once_than_asked() -> None:
    now, most, lock = 0, 0, threading.Lock()

    def application(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1
        return [b""]

    opened = door(application, threads=2)
    with ThreadPoolExecutor(12) as callers:
        list(callers.map(lambda _n: opened({}, None), range(24)))
    assert most == 2


def test_a_page_that_breaks_breaks_for_whoever_asked() -> None:
    def application(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        door(application)({}, None)
