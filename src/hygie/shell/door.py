"""How do short pages and long streams share one page server?

Its threads are many and only wait. Pages are made by a few of our own, as many as processors can
use, each with its database connection; streams and slow downloads sleep in the server's threads,
where they hold back nobody. Why so: docs/decisions/0011-live-streams-are-sleeping-threads.md.
"""

import os
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from queue import LifoQueue, SimpleQueue
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connections
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from hygie.foundation.live.carrier import CARRIER, Carrier
from hygie.foundation.live.stream import LiveStream

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
T = TypeVar("T")
Inbox = SimpleQueue[tuple[Callable[[], Any], SimpleQueue[tuple[Any, BaseException | None]]]]

_STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
# Sockets of as many readers, with files and database connections beside; the usual 1,024 is short.
_OPEN_FILES = 16_384


def door_open(application: Application) -> "Door":
    """The door of this process, for the settings' numbers; call it in the main thread."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(most, _soft), hard))
    carrier = Carrier(streams=settings.LIVE_STREAMS)
    close_when_stopped(carrier)
    return Door(application, threads=settings.WEB_THREADS, carrier=carrier)


class Door:
    """A WSGI application around Django's.

    Args:
        application: Django's; it answers with Django's own response objects.
        threads: pages made at once.
        carrier: of the live streams.
    """

    def __init__(self, application: Application, *, threads: int, carrier: Carrier) -> None:
        self._application = application
        self._carrier = carrier
        self._threads = PageThreads(threads)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: made in a page thread, sent by the thread that asks."""
        environ[CARRIER] = self._carrier
        return self._threads.run(lambda: self._make(environ, start_response))

    def _make(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._application(environ, start_response)
        if isinstance(answer, LiveStream):
            return answer
        if isinstance(answer, StreamingHttpResponse):
            return Download(answer)
        chunks = list(answer)
        if isinstance(answer, HttpResponseBase):
            answer.close()
        return chunks


class PageThreads:
    """A few threads that make pages; the last one that worked works next.

    So one reader after another is served by one thread, whose caches and connection are warm, as a
    queue that takes turns would not (`benchmarks/live.py`: a fifth on short pages).

    Args:
        count: pages made at once; others wait.
    """

    def __init__(self, count: int) -> None:
        self._idle: LifoQueue[Inbox] = LifoQueue()
        for number in range(count):
            inbox: Inbox = SimpleQueue()
            self._idle.put(inbox)
            name = f"page-{number}"
            threading.Thread(target=self._serve, args=(inbox,), name=name, daemon=True).start()

    def run(self, work: Callable[[], T]) -> T:
        """Have it done by one of them; what it raises is raised here."""
        outcomes: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()
        self._idle.get().put((work, outcomes))
        answer, error = outcomes.get()
        if error is not None:
            raise error
        return cast(T, answer)

    def _serve(self, inbox: "Inbox") -> None:
        while True:
            work, outcomes = inbox.get()
            answer, error = None, None
            try:
                answer = work()
            except BaseException as raised:  # noqa: BLE001  # told to whoever asked
                error = raised
            # Idle before it answers: the next request finds it on top.
            self._idle.put(inbox)
            outcomes.put((answer, error))
            # An idle thread must not keep the last page alive.
            del work, outcomes, answer, error


class Download:
    """A streamed answer, produced in the thread that sends it to a reader, however slow.

    The reader's language goes along. What it asks the database there goes by a connection of that
    thread, which ends with it.
    """

    def __init__(self, answer: StreamingHttpResponse) -> None:
        self._answer = answer
        self._chunks = iter(answer)
        self._language = translation.get_language()

    def __iter__(self) -> Iterator[bytes]:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next chunk."""
        with translation.override(self._language):
            return next(self._chunks)

    def close(self) -> None:
        """End of the request."""
        self._answer.close()
        connections.close_all()


def close_when_stopped(carrier: Carrier) -> None:
    """End the streams as soon as this process is asked to stop, whoever handles the signal.

    The page server waits for every answer to end, and would cut a stream after its grace. It sets
    its own signal handlers later than this; the descriptor that wakes us stays. Call it in the main
    thread.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def watch() -> None:
        while not _STOPS & set(os.read(reading, 64)):
            pass
        carrier.close()

    threading.Thread(target=watch, name="live-stop", daemon=True).start()
