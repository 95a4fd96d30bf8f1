"""The one worker of a SQLite instance: which call is next, which tick has come?"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS

from hygie.foundation.jobs.attempt import STOPPING
from hygie.foundation.jobs.errors import WorkerAlreadyRuns
from hygie.foundation.jobs.runner import call_run
from hygie.foundation.jobs.schedule import LOOK_S, schedules_serve
from hygie.foundation.jobs.services.jobs import jobs_requeue
from hygie.foundation.jobs.services.results import result_next, results_reclaim
from hygie.foundation.jobs.stopping import stop_on_signals, worker_name

# An idle look is one indexed read; it takes no lock.
IDLE_S = 0.2

log = logging.getLogger(__name__)


def embedded_run() -> None:
    """Run calls and serve ticks until a signal asks to stop.

    Raises:
        WorkerAlreadyRuns: another process does it on the same HYGIE_HOME.
    """
    with _sole_worker(Path(settings.HOME)), stop_on_signals():
        EmbeddedWorker().run()


class EmbeddedWorker:
    """Takes calls one at a time, oldest of the highest priority first."""

    def __init__(self) -> None:
        self._looked_at = 0.0
        # Nobody else runs calls: whatever is marked running was left by a dead predecessor.
        self._must_reclaim = True

    def run(self) -> None:
        """Work until asked to stop; a database locked for too long is waited for."""
        while not STOPPING.is_set():
            close_old_connections()
            try:
                is_idle = not self.step()
            except OperationalError:
                # What was running may not have been written down: look again before going on.
                log.exception("database not available, trying again")
                self._must_reclaim = is_idle = True
            if is_idle:
                STOPPING.wait(IDLE_S)

    def step(self) -> bool:
        """Serve what the clock says, then run one call; False when there was none."""
        if self._must_reclaim:
            jobs_requeue(task_ids=results_reclaim(backend=DEFAULT_TASK_BACKEND_ALIAS))
            self._must_reclaim = False
        now = time.monotonic()
        if now - self._looked_at >= LOOK_S:
            self._looked_at = now
            schedules_serve()
        pk = result_next(backend=DEFAULT_TASK_BACKEND_ALIAS)
        if pk is None:
            return False
        call_run(pk, worker_id=worker_name())
        return True


@contextmanager
def _sole_worker(home: Path) -> Iterator[None]:
    """Hold `worker.lock`: a second worker would take the first one's running call for lost."""
    with (home / "worker.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise WorkerAlreadyRuns(home=home, pid=file.read().strip() or "?") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
