"""What have the channels listened to in this process told lately? Memory shared by listeners.

A feed holds every event of its channel after `floor`, up to a number and a size; whoever is further
behind reads the database until it is past the floor. No database here: a reader hands events in.
"""

import threading
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

KEPT_EVENTS = 500
KEPT_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """One event, written once for all who hear it.

    Attributes:
        id: cursor.
        audience: who may hear it.
        is_rights: it asks listeners to look at their rights, and is not shown.
        frame: as it goes into a stream.
    """

    id: int
    audience: str
    is_rights: bool
    frame: bytes


@dataclass(slots=True)
class Feed:
    """The latest events of one channel.

    Attributes:
        floor: each event after this id is in `recent`.
        position: id of the last event taken in, `floor` when none.
    """

    channel: str
    changed: threading.Condition
    floor: int
    position: int
    listeners: int = 0
    size: int = 0
    recent: deque[Told] = field(default_factory=deque)

    def add(self, told: Told) -> None:
        """Take an event in, and let the oldest go past the bounds."""
        self.recent.append(told)
        self.size += len(told.frame)
        self.position = told.id
        while len(self.recent) > KEPT_EVENTS or self.size > KEPT_BYTES:
            gone = self.recent.popleft()
            self.size -= len(gone.frame)
            self.floor = gone.id

    def after(self, position: int) -> list[Told]:
        """Events after a position that is not before the floor, oldest first."""
        found = []
        for told in reversed(self.recent):
            if told.id <= position:
                break
            found.append(told)
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a listener gets after a wait.

    Attributes:
        told: events that its audiences may hear, oldest first.
        position: where it stands now.
        is_behind: it must read the database from its position on.
        must_check: its rights have to be asked again.
    """

    told: list[Told]
    position: int
    is_behind: bool = False
    must_check: bool = False


class Feeds:
    """The feeds of a process; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Told to the reader: somebody came, or everybody has to leave.
        self._joined = threading.Condition(self._lock)
        self._feeds: dict[str, Feed] = {}
        self._is_closed = False
        self._must_read = False

    @property
    def is_closed(self) -> bool:
        """Are listeners asked to leave?"""
        return self._is_closed

    def join(self, channel: str, tip: int) -> Feed:
        """Begin to listen.

        Args:
            channel: where.
            tip: id of the last event of the channel, read before this call.
        """
        with self._lock:
            feed = self._feeds.get(channel)
            if feed is None:
                changed = threading.Condition(self._lock)
                feed = self._feeds[channel] = Feed(channel, changed, floor=tip, position=tip)
            feed.listeners += 1
            self._must_read = True
            self._joined.notify_all()
            return feed

    def leave(self, feed: Feed) -> None:
        """End listening; a feed that nobody hears is forgotten."""
        with self._lock:
            feed.listeners -= 1
            if feed.listeners == 0 and self._feeds.get(feed.channel) is feed:
                del self._feeds[feed.channel]

    def close(self) -> None:
        """Ask every listener to leave, for good."""
        with self._lock:
            self._is_closed = True
            self._joined.notify_all()
            for feed in self._feeds.values():
                feed.changed.notify_all()

    def hear(
        self, feed: Feed, position: int, audiences: Collection[str], timeout_s: float
    ) -> Heard:
        """Wait for events after a position; returns early when there are some, or at the close."""
        with self._lock:
            feed.changed.wait_for(lambda: self._is_closed or position < feed.position, timeout_s)
            if position < feed.floor:
                return Heard([], position, is_behind=True)
            new = feed.after(position)
        return Heard(
            told=[one for one in new if one.audience in audiences and not one.is_rights],
            position=new[-1].id if new else position,
            must_check=any(one.is_rights for one in new),
        )

    def positions(self) -> dict[str, int]:
        """Id of the last event taken in, by channel listened to."""
        with self._lock:
            return {channel: feed.position for channel, feed in self._feeds.items()}

    def take(self, since: Mapping[str, int], told: Mapping[str, Sequence[Told]]) -> None:
        """Hand in what was read.

        Args:
            since: the positions that the reading began from, by channel.
            told: all events after them, by channel, oldest first.
        """
        with self._lock:
            for channel, events in told.items():
                feed = self._feeds.get(channel)
                if feed is None:
                    continue
                if feed.position < since[channel]:
                    # Forgotten and made again meanwhile, from an older tip: read again from there.
                    self._must_read = True
                    continue
                for one in events:
                    if one.id > feed.position:
                        feed.add(one)
                feed.changed.notify_all()

    def listeners_wait(self, timeout_s: float) -> bool:
        """Sleep until somebody listens; False at the close or when nobody came."""
        with self._lock:
            self._joined.wait_for(lambda: self._is_closed or bool(self._feeds), timeout_s)
            return bool(self._feeds) and not self._is_closed

    def must_read(self) -> bool:
        """Was there a change that only a reading settles, since this was last asked?"""
        with self._lock:
            must_read, self._must_read = self._must_read, False
            return must_read
