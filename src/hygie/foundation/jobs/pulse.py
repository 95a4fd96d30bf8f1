"""How far is a running job right now, and did its owner ask to stop? Read outside transactions.

A job writes its results in one long transaction, which hides what it writes and, on SQLite, keeps
any other writer waiting. Progress and the wish to stop therefore go through the cache, which has
its own connection.
"""

import logging
import time
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.cache import cache
from django.db import DatabaseError

KEPT_S = 2 * 86400

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where a running job is.

    Attributes:
        stage: French source sentence.
        done, total: steps of the stage; total 0 when unknown.
        since: when the stage began, in seconds since the epoch.
        at: when this was written, in seconds since the epoch.
    """

    stage: str
    done: int
    total: int
    since: float
    at: float

    @property
    def seconds_left(self) -> int | None:
        """At the stage's mean speed; None when it cannot be told."""
        spent = self.at - self.since
        if self.total <= 0 or self.done <= 0 or spent < 1:
            return None
        left = (self.total - self.done) * spent / self.done - (time.time() - self.at)
        return max(0, round(left))


def pulse_write(task_id: UUID, pulse: Pulse) -> None:
    """Publish; a cache that cannot be written costs the reader the progress, not the job."""
    try:
        cache.set(_pulse_key(task_id), asdict(pulse), KEPT_S)
    except DatabaseError:
        log.warning("progress of %s could not be written", task_id, exc_info=True)


def pulse_read(task_id: UUID | None) -> Pulse | None:
    """The last published, if any."""
    found = cache.get(_pulse_key(task_id)) if task_id else None
    return Pulse(**found) if found else None


def pulse_forget(task_id: UUID) -> None:
    """The job is over: what counts is in its row."""
    try:
        cache.delete_many([_pulse_key(task_id), _cancel_key(task_id)])
    except DatabaseError:
        log.warning("progress of %s could not be removed", task_id, exc_info=True)


def cancel_ask(task_id: UUID) -> None:
    """The owner wants the job to stop; heard at its next beat."""
    cache.set(_cancel_key(task_id), True, KEPT_S)


def cancel_is_asked(task_id: UUID | None) -> bool:
    """Did the owner ask to stop?"""
    try:
        return bool(task_id) and bool(cache.get(_cancel_key(task_id)))
    except DatabaseError:
        log.warning("cancellation of %s could not be read", task_id, exc_info=True)
        return False


def _pulse_key(task_id: UUID | None) -> str:
    return f"job:{task_id}:pulse"


def _cancel_key(task_id: UUID | None) -> str:
    return f"job:{task_id}:cancel"
