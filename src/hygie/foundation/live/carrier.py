"""How does one page process hold many streams at once, without a page ever waiting for them?

Each stream is a thread of the page server that sleeps until its feed changes; it never touches the
database. One thread reads for all of them, another one does what they need one by one: catching up,
asking for rights anew. So a process adds two connections, however many listen.
"""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections

from hygie.foundation.live.feeds import Feeds
from hygie.foundation.live.listening import Listening, Rhythm, Stream
from hygie.foundation.live.poller import Poller
from hygie.foundation.live.selectors import live_tip

# Where a page server that can hold streams puts its carrier in what it tells of a request (WSGI).
CARRIER = "hygie.live"
# Proxies cut what is silent for 30 s or 60 s; rights are asked again at least every minute.
RHYTHM = Rhythm(beat_s=15.0, check_s=50.0)
# Longest wait for the thread that reads one by one; a stream that gets no answer ends.
_ANSWER_S = 10.0
# Streams that one person may hold in one process: windows of several screens, not a program's loop.
PER_READER = 12

T = TypeVar("T")


class Carrier:
    """The streams of a process.

    Args:
        streams: how many it holds at once.
        rhythm: of each.
    """

    def __init__(self, *, streams: int, rhythm: Rhythm = RHYTHM) -> None:
        self._most = streams
        self._rhythm = rhythm
        self._feeds = Feeds()
        self._lock = threading.Lock()
        self._readers: Counter[str] = Counter()
        self._poller: threading.Thread | None = None
        self._aide = ThreadPoolExecutor(1, thread_name_prefix="live-aide")

    @property
    def count(self) -> int:
        """Streams held now."""
        return self._readers.total()

    def open(self, listening: Listening) -> Stream | None:
        """Take one more listener in, or None: too many already, or all are leaving.

        Called by the thread of the request, which reads the tip of the channel.
        """
        reader = listening.reader
        with self._lock:
            if self._feeds.is_closed or self.count >= self._most:
                return None
            if reader and self._readers[reader] >= PER_READER:
                return None
            self._readers[reader] += 1
            self._poller_start()
        try:
            feed = self._feeds.join(listening.channel, live_tip(listening.channel))
        except BaseException:
            self._forget(reader)
            raise
        return Stream(
            self._feeds,
            feed,
            listening,
            rhythm=self._rhythm,
            ask=self.ask,
            on_close=lambda: self._forget(reader),
        )

    def close(self) -> None:
        """End every stream, for good."""
        self._feeds.close()

    def ask(self, question: Callable[[], T], /) -> T:
        """Have the database asked, by the one thread that does it for streams.

        Raises:
            TimeoutError: no answer came in time.
        """

        def answer() -> T:
            close_old_connections()
            return question()

        return self._aide.submit(answer).result(timeout=_ANSWER_S)

    def _poller_start(self) -> None:
        if self._poller is None:
            run = Poller(self._feeds).run
            self._poller = threading.Thread(target=run, name="live-poller", daemon=True)
            self._poller.start()

    def _forget(self, reader: str) -> None:
        with self._lock:
            self._readers[reader] -= 1
            if self._readers[reader] <= 0:
                del self._readers[reader]
