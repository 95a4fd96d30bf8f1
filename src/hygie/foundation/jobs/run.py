"""How does the body of a job run so that, killed at any instant, it is neither lost nor seen twice?

    with job_running(job_pk) as job:
        plan = read(path, watch=job.watch)
        with job.completing(result_url=url) as completion:
            completion.outcome = apply(plan)

What the body writes stands inside `completing`, whose transaction also marks the job done: either
both are there, or neither and the job starts again.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.attempt import STOPPING, attempt_current
from hygie.foundation.jobs.errors import JobCancelled, JobInterrupted, JobSuperseded
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.pulse import Pulse, cancel_is_asked, pulse_write
from hygie.foundation.jobs.services.jobs import (
    job_break,
    job_claim,
    job_complete,
    job_hold,
    job_refuse,
    job_requeue,
    job_stop,
)
from hygie.foundation.jobs.watch import BEAT_S, SilentWatch, Watch

log = logging.getLogger(__name__)


class JobWatch:
    """Publishes the progress of one job and hears its owner, a few times a second."""

    def __init__(self, job: Job) -> None:
        self._task_id = job.task_id
        self._stage = ""
        self._done = 0
        self._total = 0
        self._since = time.time()
        self._beat_at = 0.0

    def stage(self, text: str, total: int = 0) -> None:
        """Publish a new stage at once; raises JobCancelled or JobInterrupted."""
        self._stage, self._done, self._total, self._since = text, 0, total, time.time()
        self._beat()

    def advance(self, n: int = 1) -> None:
        """Count; publish and listen when the last beat is old enough. Raises as `stage`."""
        self._done += n
        if time.monotonic() - self._beat_at >= BEAT_S:
            self._beat()

    def check(self) -> None:
        """Listen when the last beat is old enough. Raises as `stage`."""
        self.advance(0)

    def pulse(self) -> Pulse:
        """Where the job is."""
        return Pulse(self._stage, self._done, self._total, self._since, time.time())

    def _beat(self) -> None:
        self._beat_at = time.monotonic()
        if self._task_id is None:
            return
        pulse_write(self._task_id, self.pulse())
        if cancel_is_asked(self._task_id):
            raise JobCancelled
        if STOPPING.is_set():
            raise JobInterrupted


@dataclass(slots=True)
class Completion:
    """What the job leaves behind; may be filled in while the effect is written."""

    result_url: str | None = None
    outcome: dict[str, Any] = field(default_factory=dict)


class RunningJob:
    """A job in the hands of its body.

    Attributes:
        should_run: False when the job is over already (its call was delivered again).
        attempt: number of this start, 1 is the first; 0 when it should not run.
        watch: to be handed to the services.
    """

    def __init__(self, job: Job | None) -> None:
        self._job = job
        self.attempt = job.attempts if job else 0
        self._watch = JobWatch(job) if job else None
        self.should_run = job is not None
        self.is_complete = False
        self.watch: Watch = self._watch or SilentWatch()

    @contextmanager
    def completing(
        self, *, result_url: str | None = None, outcome: dict[str, Any] | None = None
    ) -> Iterator[Completion]:
        """One transaction for the effect of the job and for its end.

        Args:
            result_url: page to read now; None keeps the one given at launch.
            outcome: JSON values for the reader of the job.

        Yields:
            The completion, to fill in what only the effect tells.

        Raises:
            JobSuperseded: the job is over or was taken over; nothing is written.
        """
        if self._job is None:
            raise JobSuperseded
        completion = Completion(result_url, outcome or {})
        with transaction.atomic():
            job_hold(pk=self._job.pk, attempt=self.attempt)
            yield completion
            self.complete(completion)
        self.is_complete = True

    def complete(self, completion: Completion) -> None:
        """Mark the job done, in the current transaction."""
        if self._job is not None:
            job_complete(
                pk=self._job.pk, attempt=self.attempt,
                pulse=self._watch.pulse() if self._watch else None,
                result_url=completion.result_url, outcome=completion.outcome,
            )  # fmt: skip


@contextmanager
def job_running(job_pk: int) -> Iterator[RunningJob]:
    """Claim a job, give it to the body, and write down how it ended.

    A refusal fails the job with its words; a cancellation cancels it; neither is tried again. Any
    other error is raised again for the worker to start the task once more, until its last start,
    which fails the job with a reference to the log.

    Args:
        job_pk: the job.

    Yields:
        The job; leave at once when `should_run` is False.
    """
    job = job_claim(pk=job_pk)
    running = RunningJob(job)
    try:
        yield running
        if job is not None and not running.is_complete:
            with transaction.atomic():
                running.complete(Completion())
    except JobSuperseded:
        log.info("job %s is over or runs elsewhere: nothing written", job_pk)
    except (Exception, SystemExit) as error:
        if job is None or not _ended(job, error):
            raise


def _ended(job: Job, error: BaseException) -> bool:
    """Write down how the body failed; True when nothing is left to do for it."""
    pk, attempt = job.pk, job.attempts
    if isinstance(error, JobCancelled):
        job_stop(pk=pk, attempt=attempt)
        return True
    if isinstance(error, Refusal):
        job_refuse(pk=pk, attempt=attempt, refusal=error)
        return True
    if isinstance(error, JobInterrupted) or not attempt_current().is_last:
        job_requeue(pk=pk, attempt=attempt)
        return False
    job_break(pk=pk, attempt=attempt, reference=str(job.task_id or "")[:8])
    return False
