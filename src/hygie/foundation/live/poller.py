"""Who reads the database for all listeners of a process, and how does it know that it must?

One thread, one connection. On PostgreSQL it is notified at each commit, and reads every half second
even so: a pooler in between may swallow notifications. On SQLite it asks a counter of the file that
moves at each commit of any process, which costs some microseconds.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Mapping

from django.db import DatabaseError, connection

from hygie.foundation.live.feeds import Feeds, Told
from hygie.foundation.live.frames import told_frame
from hygie.foundation.live.selectors import live_since
from hygie.foundation.live.vocabulary import NOTIFICATION, RIGHTS

# Between two looks at SQLite's counter: half of it is added to what an event takes, on average.
LOOK_S = 0.03
# PostgreSQL, when no notification comes.
UNTOLD_S = 0.5
# Without listeners for that long, its connection is given back.
IDLE_S = 30.0
AFTER_TROUBLE_S = 1.0
# Events read, and channels asked about, at once.
_EVENTS = 500
_CHANNELS = 50

log = logging.getLogger(__name__)


class Poller:
    """The reader of a process. `run` is the body of its thread."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._mark: int | None = None

    def run(self) -> None:
        """Read as long as somebody listens, until everybody has to leave."""
        while not self._feeds.is_closed:
            if not self._feeds.listeners_wait(IDLE_S):
                self._hang_up()
                continue
            try:
                if self._feeds.must_read() or self._is_told():
                    self._read()
            except DatabaseError:
                log.warning("live: the database cannot be read, trying again", exc_info=True)
                self._hang_up()
                time.sleep(AFTER_TROUBLE_S)
        self._hang_up()

    def _hang_up(self) -> None:
        connection.close()
        self._mark = None

    def _is_told(self) -> bool:
        """Wait a little; may anything have been committed meanwhile?"""
        if connection.vendor == "postgresql":
            return self._wait_notified()
        time.sleep(LOOK_S)
        with connection.cursor() as cursor:
            mark: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        is_same, self._mark = mark == self._mark, mark
        return not is_same

    def _wait_notified(self) -> bool:
        if self._mark is None:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {NOTIFICATION}")
            self._mark = 0
            return True
        with connection.wrap_database_errors:
            notified = list(connection.connection.notifies(timeout=UNTOLD_S, stop_after=1))
        positions = self._feeds.positions()
        return not notified or any(one.payload in positions for one in notified)

    def _read(self) -> None:
        positions = list(self._feeds.positions().items())
        for start in range(0, len(positions), _CHANNELS):
            self._read_channels(dict(positions[start : start + _CHANNELS]))

    def _read_channels(self, since: Mapping[str, int]) -> None:
        positions, is_whole = dict(since), False
        while not is_whole:
            events = live_since(positions, _EVENTS)
            is_whole = len(events) < _EVENTS
            told: dict[str, list[Told]] = defaultdict(list)
            for one in events:
                frame = told_frame(one)
                told[one.channel].append(Told(one.pk, one.audience, one.kind == RIGHTS, frame))
            self._feeds.take(positions, told)
            for channel, new in told.items():
                positions[channel] = new[-1].id
