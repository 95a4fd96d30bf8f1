"""Bodies of jobs for the tests, in this process and in real workers."""

import os
import signal
import time
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.task import task
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM

EFFECT = "test.effect"
# Where bodies write what they did, outside any transaction.
TRACES = os.environ.get("TEST_TRACES", "")


class TooOld(Refusal):
    code = "too_old"
    template = _("Ce fichier date de %(year)s.")


def trace(word: str) -> None:
    if TRACES:
        with Path(TRACES).open("a") as file:
            file.write(f"{word}\n")


def effect(note: str) -> None:
    journal_write(actor=SYSTEM, action=EFFECT, detail={"note": note})


@task(max_attempts=3, backoff_s=1)
def run_effect(job_pk: int, note: str = "") -> None:
    with job_running(job_pk) as job:
        if not job.should_run:
            return
        with job.completing(result_url="/done/") as completion:
            effect(note)
            completion.outcome = {"note": note}


@task()
def run_careless(job_pk: int) -> None:
    """Does not ask whether it should run."""
    with job_running(job_pk) as job, job.completing():
        effect("careless")


@task()
def run_nothing(job_pk: int) -> None:
    with job_running(job_pk):
        pass


@task(max_attempts=3, backoff_s=1)
def run_refused(job_pk: int) -> None:
    with job_running(job_pk) as job, job.completing():
        effect("never")
        raise TooOld(year=1999)


@task(max_attempts=3, backoff_s=1)
def run_broken(job_pk: int) -> None:
    with job_running(job_pk) as job, job.completing():
        trace("start")
        effect("never")
        raise ValueError("secret detail")


@task(max_attempts=3, backoff_s=1)
def run_flaky(job_pk: int) -> None:
    """Succeeds at its third start."""
    with job_running(job_pk) as job:
        trace(f"{time.time()}")
        with job.completing():
            effect("flaky")
            if job.attempt < 3:
                raise ConnectionError("not yet")


@task(max_attempts=3, backoff_s=1)
def run_slow(job_pk: int, seconds: float, where: str = "before") -> None:
    """Takes its time before its transaction, or inside it."""
    with job_running(job_pk) as job:
        if not job.should_run:
            return
        trace(f"start {os.getpid()}")
        steps = round(seconds / 0.05)
        job.watch.stage("Lecture du fichier", total=steps)

        def work() -> None:
            for _step in range(steps):
                time.sleep(0.05)
                job.watch.advance()

        if where == "before":
            work()
        with job.completing():
            effect("slow")
            if where == "inside":
                work()
        trace("end")


@task(max_attempts=3, backoff_s=1)
def run_killer(job_pk: int) -> None:
    """Cuts its worker short, each time."""
    with job_running(job_pk) as job:
        if job.should_run:
            trace("start")
            os.kill(os.getpid(), signal.SIGKILL)


@task()
def run_tick() -> None:
    effect("tick")


@task(max_attempts=2, backoff_s=1)
def run_plain(note: str) -> str:
    """A task that is no job."""
    effect(note)
    return note


@task(max_attempts=2, backoff_s=1)
def run_exit() -> None:
    raise SystemExit(3)


@task(max_attempts=3, backoff_s=1)
def run_done_then_killed(job_pk: int) -> None:
    with job_running(job_pk) as job:
        if job.should_run:
            with job.completing():
                effect("done")
            os.kill(os.getpid(), signal.SIGKILL)


@task(lock="one at a time")
def run_locked(job_pk: int) -> None:
    with job_running(job_pk):
        trace("in")
        time.sleep(0.3)
        trace("out")
