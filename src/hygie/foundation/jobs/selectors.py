"""Which jobs are mine, and how far are they?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from django_tasks_db.models import DBTaskResult

from hygie.foundation.errors import NotFound
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job, ScheduleTick
from hygie.foundation.jobs.pulse import cancel_is_asked, pulse_read


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job is, for a reader.

    Attributes:
        stage: in the reader's language; empty before the first.
        done, total: steps of the stage; total 0 when unknown.
        seconds_left: in this stage, at its mean speed; None when it cannot be told.
        is_stopping: its owner asked to stop, and it has not yet.
        token: changes with what should be said aloud: the state and the stage, not the figures.
    """

    stage: str
    done: int
    total: int
    seconds_left: int | None
    is_stopping: bool
    token: str

    @property
    def percent(self) -> int | None:
        """Share of the stage that is done, 0 to 100; None when the total is unknown."""
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def left_text(self) -> str:
        """The time left as people say it; empty when it cannot be told."""
        if self.seconds_left is None:
            return ""
        if self.seconds_left < 60:
            return gettext("moins d'une minute")
        minutes = round(self.seconds_left / 60)
        if minutes < 60:
            return ngettext(
                "environ %(count)d minute", "environ %(count)d minutes", minutes
            ) % {"count": minutes}  # fmt: skip
        hours = round(minutes / 60)
        return ngettext("environ %(count)d heure", "environ %(count)d heures", hours) % {
            "count": hours
        }


def jobs_of(user_id: int | None) -> QuerySet[Job]:
    """The jobs of this account, newest first; none for nobody."""
    return Job.objects.filter(owner_id=user_id) if user_id else Job.objects.none()


def job_get(user_id: int | None, pk: int) -> Job:
    """One job of this account.

    Raises:
        NotFound: absent, or someone else's.
    """
    job = jobs_of(user_id).filter(pk=pk).first()
    if job is None:
        raise NotFound
    return job


def job_progress(job: Job) -> Progress:
    """Where the job is now: its row once it is over, the cache before."""
    is_stopping = not job.is_finished and (job.is_cancel_requested or cancel_is_asked(job.task_id))
    pulse = None if job.is_finished else pulse_read(job.task_id)
    if pulse is None:
        token = f"{job.state}-{is_stopping:d}-{job.stage}"
        return Progress(job.stage_text, job.done, job.total, None, is_stopping, token)
    stage = gettext(pulse.stage) if pulse.stage else ""
    token = f"{job.state}-{is_stopping:d}-{pulse.stage}"
    return Progress(stage, pulse.done, pulse.total, pulse.seconds_left, is_stopping, token)


def ticks_served() -> dict[str, datetime]:
    """The last tick served of each schedule."""
    return dict(ScheduleTick.objects.values_list("name", "tick_at"))


def result_get(pk: str) -> DBTaskResult[Any, Any]:
    """The row of a queued call; raises DBTaskResult.DoesNotExist or ValidationError."""
    return DBTaskResult.objects.get(pk=pk)


def job_is_waiting(kind: str) -> bool:
    """Whether a job of this kind waits for a worker: it will take what was asked for meanwhile."""
    return Job.objects.filter(kind=kind, state=JobState.WAITING).exists()
