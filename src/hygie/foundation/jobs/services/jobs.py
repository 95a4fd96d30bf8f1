"""How does a job go from one state to the next?

Every change asks for the number of the start that makes it: a worker that was believed dead, and
whose job another one took over, changes nothing any more.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise

from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.choices import FINISHED, JobState
from hygie.foundation.jobs.errors import INTERNAL, WORKER_LOST, JobSuperseded
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.pulse import Pulse, cancel_ask, cancel_is_asked, pulse_forget
from hygie.foundation.jobs.selectors import job_get
from hygie.foundation.jobs.services.results import results_prune
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM, Actor, Via

# A row held by a long transaction is not worth waiting for: the wish already is in the cache.
BRIEF_MS = 300
KEPT_DAYS = 90


def job_create(
    *,
    kind: str,
    title: str,
    title_params: dict[str, Any],
    actor: Actor,
    organisation_id: int | None,
    result_url: str,
    enqueue: Callable[[int], UUID],
) -> Job:
    """Write the row and queue its call, both visible together.

    Args:
        kind: dotted name of the kind of work.
        title: French source sentence; `title_params` fills it.
        actor: who asks; owns the job when it is an account.
        organisation_id: where, or None.
        result_url: page to read when it is done, if known already.
        enqueue: queues the call that runs job `pk`, returns the id of that call.

    Returns:
        The job, waiting.
    """
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind, title=title, title_params=title_params, owner_id=actor.user_id,
            organisation_id=organisation_id, result_url=result_url,
        )  # fmt: skip
        job.task_id = enqueue(job.pk)
        job.save(update_fields=["task_id"])
    return job


def job_claim(*, pk: int) -> Job | None:
    """Take the job to run it, even from a worker that is believed dead.

    Returns:
        The job, running, with its new start number; None when it is over, gone or unwanted.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=pk).first()
        if job is None or job.is_finished:
            return None
        if job.is_cancel_requested or cancel_is_asked(job.task_id):
            _finish(job, JobState.CANCELLED)
            return None
        job.state = JobState.RUNNING
        job.attempts += 1
        job.started_at = job.started_at or timezone.now()
        job.save(update_fields=["state", "attempts", "started_at"])
    return job


def job_hold(*, pk: int, attempt: int) -> None:
    """Lock the row for the rest of the transaction, and make sure that the job is still ours.

    Raises:
        JobSuperseded: it is over, or another worker took it over.
    """
    if _ours(pk, attempt) is None:
        raise JobSuperseded(pk)


def job_complete(
    *, pk: int, attempt: int, pulse: Pulse | None, result_url: str | None, outcome: dict[str, Any]
) -> None:
    """Mark the job done; call it in the transaction of its effect.

    Raises:
        JobSuperseded: it is over, or another worker took it over.
    """
    job = _ours(pk, attempt)
    if job is None:
        raise JobSuperseded(pk)
    if result_url is not None:
        job.result_url = result_url
    job.outcome = outcome
    if pulse is not None:
        job.stage, job.done, job.total = pulse.stage, pulse.done, pulse.total
    _finish(job, JobState.DONE)


def job_refuse(*, pk: int, attempt: int, refusal: Refusal) -> None:
    """The work said no, in words for the user; it would say the same next time."""
    _fail(pk, attempt, code=refusal.code, template=_msgid(refusal.template), params=refusal.params)


def job_break(*, pk: int, attempt: int, reference: str) -> None:
    """The work broke and is not tried again; the user gets a reference, never a traceback."""
    _fail(pk, attempt, code="internal", template=INTERNAL, params={"reference": reference})


def job_stop(*, pk: int, attempt: int) -> None:
    """The work heard that its owner wants it stopped."""
    with transaction.atomic():
        job = _ours(pk, attempt)
        if job is not None:
            _finish(job, JobState.CANCELLED)


def job_requeue(*, pk: int, attempt: int) -> None:
    """This start did not end the job; another follows."""
    Job.objects.filter(pk=pk, attempts=attempt, state=JobState.RUNNING).update(
        state=JobState.WAITING
    )


def jobs_requeue(*, task_ids: Iterable[UUID]) -> None:
    """The worker that ran these calls is gone; they are queued again."""
    Job.objects.filter(task_id__in=list(task_ids), state=JobState.RUNNING).update(
        state=JobState.WAITING
    )


def job_lose(*, task_id: UUID, attempts: int, reference: str) -> None:
    """Each start of the job cut its worker short, or its call cannot be made at all."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(task_id=task_id).first()
        if job is None or job.is_finished:
            return
        job.error_code = "worker_lost" if attempts else "internal"
        job.error_template = WORKER_LOST if attempts else INTERNAL
        job.error_params = {"attempts": attempts, "reference": reference}
        _finish(job, JobState.FAILED)


def job_cancel(*, actor: Actor, pk: int) -> Job:
    """Stop a job: at once when it waits, at its next beat when it runs; nothing when it is over.

    Args:
        actor: the owner, by the door they use.
        pk: the job.

    Returns:
        The job as it stands after the request.

    Raises:
        NotFound: absent, or someone else's.
    """
    job = job_get(actor.user_id, pk)
    if job.is_finished or job.task_id is None:
        return job
    cancel_ask(job.task_id)
    with suppress(OperationalError), _briefly(), transaction.atomic():
        job = Job.objects.select_for_update().get(pk=pk)
        if job.is_finished:
            return job
        job.is_cancel_requested = True
        job.save(update_fields=["is_cancel_requested"])
        if job.state == JobState.WAITING:
            _finish(job, JobState.CANCELLED, actor=actor)
    return job


def jobs_prune(*, kept_days: int = KEPT_DAYS) -> int:
    """Forget the jobs that ended long ago, and the calls that ran them.

    Args:
        kept_days: age from which a finished job is forgotten, in days.

    Returns:
        Number of jobs forgotten.
    """
    before = timezone.now() - timedelta(days=kept_days)
    with transaction.atomic():
        count, _by_model = Job.objects.filter(state__in=FINISHED, finished_at__lt=before).delete()
        results_prune(before=before)
        if count:
            journal_write(actor=SYSTEM, action="jobs.pruned", detail={"count": count})
    return count


def _ours(pk: int, attempt: int) -> Job | None:
    ours = Job.objects.select_for_update().filter(pk=pk, attempts=attempt, state=JobState.RUNNING)
    return ours.first()


def _fail(pk: int, attempt: int, *, code: str, template: str, params: dict[str, Any]) -> None:
    with transaction.atomic():
        job = _ours(pk, attempt)
        if job is not None:
            job.error_code, job.error_template, job.error_params = code, template, params
            _finish(job, JobState.FAILED)


def _finish(job: Job, state: JobState, *, actor: Actor | None = None) -> None:
    job.state = state
    job.finished_at = timezone.now()
    job.save()
    if state == JobState.CANCELLED:
        label = job.owner.get_username() if job.owner else SYSTEM.label
        journal_write(
            actor=actor or Actor(user_id=job.owner_id, label=label, via=Via.JOB),
            action="job.cancelled",
            object_type="job",
            object_id=job.pk,
            organisation_id=job.organisation_id,
            detail={"kind": job.kind},
        )
    if job.task_id is not None:
        task_id = job.task_id
        transaction.on_commit(lambda: pulse_forget(task_id))


def _msgid(template: str | Promise) -> str:
    """The source sentence of a lazy one."""
    with translation.override(None):
        return str(template)


@contextmanager
def _briefly() -> Iterator[None]:
    """Wait for a row 0.3 s at most instead of the usual patience."""
    if connection.vendor == "sqlite":
        usual_ms = round(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {BRIEF_MS}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {usual_ms}")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{BRIEF_MS}ms'")
        yield
