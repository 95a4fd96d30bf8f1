"""Is someone doing the long work? The worker says so now and then; the health page reads it."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import DatabaseError, connections
from django.utils import timezone

BEAT_EVERY_S = 20
_KEY = "hygie:worker:seen-at"
_KEPT_S = 7 * 86400

log = logging.getLogger(__name__)


def worker_beat(now: dt.datetime) -> None:
    """Say that a worker is alive; a cache that cannot be written never stops it.

    Args:
        now: aware instant.
    """
    try:
        cache.set(_KEY, now.timestamp(), _KEPT_S)
    except DatabaseError:
        log.warning("the worker's beat could not be written")


@contextmanager
def worker_beating() -> Iterator[None]:
    """Beat from a thread of its own while the worker works, however long a job takes."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while True:
                worker_beat(timezone.now())
                if ended.wait(BEAT_EVERY_S):
                    return
        finally:
            connections.close_all()

    thread = threading.Thread(target=beat, name="worker-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)


def worker_seen_at() -> dt.datetime | None:
    """When a worker was last alive; None when none has been for a week.

    Returns:
        An aware instant in UTC.
    """
    seen = cache.get(_KEY)
    return None if seen is None else dt.datetime.fromtimestamp(seen, dt.UTC)
