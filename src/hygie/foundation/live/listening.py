"""What does one listener receive, from where they stood to the end of their rights?"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hygie.foundation.live.feeds import Feed, Feeds
from hygie.foundation.live.frames import comment_frame, own_frame, told_frame
from hygie.foundation.live.selectors import AT_ONCE, live_events
from hygie.foundation.live.vocabulary import BEAT, HELLO, RIGHTS

# For programs that come back by themselves; our pages choose their own pace.
_RETRY_MS = 2000

T = TypeVar("T")

log = logging.getLogger(__name__)


class Ask(Protocol):
    """Has the database asked by the thread that does it, and waits for the answer."""

    def __call__(self, question: Callable[[], T], /) -> T:
        """The answer.

        Raises:
            TimeoutError: none came in time.
        """


@dataclass(frozen=True, slots=True)
class Listening:
    """Who listens to what.

    Attributes:
        channel: where.
        audiences: names that the reader answers to.
        after: cursor that they resume from.
        reader: one value a person (their session), to count their streams; "" when unknown.
        may_still_read: asked in another thread.
    """

    channel: str
    audiences: frozenset[str]
    after: int
    reader: str
    may_still_read: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a stream does what it does by the clock, in seconds.

    Attributes:
        beat_s: it says that it lives when it has nothing else to say.
        check_s: rights are asked again.
    """

    beat_s: float
    check_s: float


class Stream:
    """The frames of one listener: iterate it in a thread of its own, close it in any case."""

    def __init__(
        self, feeds: Feeds, feed: Feed, listening: Listening, *, rhythm: Rhythm, ask: Ask,
        on_close: Callable[[], None],
    ) -> None:  # fmt: skip
        self._feeds = feeds
        self._feed = feed
        self._listening = listening
        self._rhythm = rhythm
        self._ask = ask
        self._on_close = on_close
        self._position = listening.after
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        """Bytes of whole frames, until the listener may no longer read or everybody leaves."""
        try:
            yield from self._frames()
        finally:
            self.close()

    def close(self) -> None:
        """Give the place back; a second time does nothing."""
        if self._is_open:
            self._is_open = False
            self._feeds.leave(self._feed)
            self._on_close()

    def __del__(self) -> None:
        # An answer replaced on its way out is never closed: its place would be lost.
        self.close()

    def _frames(self) -> Iterator[bytes]:
        yield own_frame(HELLO, {"beat_s": self._rhythm.beat_s}, retry_ms=_RETRY_MS)
        beat_at = time.monotonic() + self._rhythm.beat_s
        check_at = time.monotonic() + self._rhythm.check_s
        while not self._feeds.is_closed:
            frames, must_check = self._next(min(beat_at, check_at) - time.monotonic())
            now = time.monotonic()
            if must_check or now >= check_at:
                if frames is None or not self._may_still_read():
                    return
                check_at = now + self._rhythm.check_s
            if frames:
                yield frames
                beat_at = time.monotonic() + self._rhythm.beat_s
            elif now >= beat_at:
                yield comment_frame("beat") + own_frame(BEAT, {})
                beat_at = now + self._rhythm.beat_s

    def _next(self, timeout_s: float) -> tuple[bytes | None, bool]:
        """Frames of what is heard next, None when it cannot be known; must rights be asked?"""
        heard = self._feeds.hear(
            self._feed, self._position, self._listening.audiences, max(timeout_s, 0.0)
        )
        if heard.is_behind:
            frames = self._catch_up()
            return frames, frames is None
        self._position = heard.position
        return b"".join(one.frame for one in heard.told), heard.must_check

    def _catch_up(self) -> bytes | None:
        """What the database holds and memory does not, a part at a time."""
        # Read before the rows: the feed takes up from there, whatever is told meanwhile.
        floor = self._feed.floor
        asked = self._listening
        try:
            events = self._ask(
                lambda: live_events(asked.channel, asked.audiences, self._position, AT_ONCE)
            )
        except Exception:
            log.warning("live: a listener could not catch up, it will come back", exc_info=True)
            return None
        last = events[-1].pk if events else self._position
        self._position = last if len(events) == AT_ONCE else max(floor, last)
        return b"".join(told_frame(one) for one in events if one.kind != RIGHTS)

    def _may_still_read(self) -> bool:
        try:
            return self._ask(self._listening.may_still_read)
        except Exception:
            # What cannot be told is no right: the page comes back, and its view judges it.
            log.warning("live: rights could not be asked, the stream ends", exc_info=True)
            return False
