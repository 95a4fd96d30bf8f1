"""How does a queued call go from one state to the next, whichever backend carries it?

A call is a row of `DBTaskResult`. Its `started_at` proves who runs it: a worker that was believed
dead and wakes up finds another instant there, and changes nothing.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.utils import get_module_path, normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from hygie.foundation.jobs.task import HygieTask

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """A call taken by a worker.

    Attributes:
        id: of the row, also `Job.task_id`.
        task: what to call, with `args` and `kwargs`.
        number: of this start, 1 is the first.
        started_at: proof that the call is ours.
    """

    id: UUID
    task: HygieTask[Any, Any]
    args: Sequence[Any]
    kwargs: dict[str, Any]
    number: int
    started_at: datetime


class CallUnknown(Exception):
    """The code no longer has the function that this call names."""


class CallExhausted(Exception):
    """Every allowed start was cut short by the end of its worker."""

    def __init__(self, attempts: int) -> None:
        super().__init__(attempts)
        self.attempts = attempts


def result_store(
    *, task: HygieTask[Any, Any], args: Sequence[Any], kwargs: dict[str, Any]
) -> DBTaskResult[Any, Any]:
    """Queue a call, in the caller's transaction."""
    return DBTaskResult.objects.create(
        args_kwargs=normalize_json({"args": list(args), "kwargs": kwargs}),
        priority=task.priority,
        task_path=task.module_path,
        queue_name=task.queue_name,
        run_after=task.run_after or get_date_max(),
        backend_name=task.backend,
    )


def result_next(*, backend: str) -> UUID | None:
    """The call whose turn it is, if any."""
    ready = DBTaskResult.objects.ready().filter(backend_name=backend)
    found: UUID | None = ready.values_list("pk", flat=True).first()
    return found


def result_claim(*, pk: UUID, worker_id: str) -> Call | None:
    """Take a call to run it.

    Args:
        pk: the call.
        worker_id: who takes it, at most 64 characters.

    Returns:
        The call, or None when it is over or gone.

    Raises:
        CallUnknown, CallExhausted: it is marked failed, and must be told to its job.
    """
    failure: CallUnknown | CallExhausted
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().filter(pk=pk).first()
        if row is None or row.status in {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}:
            return None
        try:
            task = cast(HygieTask[Any, Any], row.task)
        except (ImportError, AttributeError) as error:
            log.exception("call %s: no such task %s", pk, row.task_path)
            failure = CallUnknown(row.task_path)
            row.set_failed(error)
        else:
            if len(row.worker_ids) < task.max_attempts:
                row.claim(worker_id)
                return Call(
                    id=row.pk, task=task, args=row.args_kwargs["args"],
                    kwargs=row.args_kwargs["kwargs"], number=len(row.worker_ids),
                    started_at=row.started_at,
                )  # fmt: skip
            failure = CallExhausted(len(row.worker_ids))
            row.set_failed(failure)
    raise failure


def result_succeed(*, call: Call, value: Any) -> None:
    """The call ended well; a value that is not JSON is left out."""
    try:
        kept = normalize_json(value)
    except (TypeError, ValueError):
        kept = None
    _settle(call, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), return_value=kept)


def result_fail(*, call: Call, error: BaseException) -> None:
    """The call failed and is not tried again."""
    _settle(
        call,
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=get_module_path(type(error)),
        traceback="".join(format_exception(error)),
    )


def result_retry(*, call: Call, after_s: float) -> None:
    """The call failed and is tried again later."""
    again_at = timezone.now() + timedelta(seconds=after_s)
    _settle(call, status=TaskResultStatus.READY, run_after=again_at)


def result_return(*, call: Call) -> None:
    """The worker stops: the call goes back, and this start does not count."""
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().filter(pk=call.id).first()
        if row is not None:
            _settle(call, status=TaskResultStatus.READY, worker_ids=row.worker_ids[:-1])


def results_reclaim(*, backend: str) -> list[UUID]:
    """Queue again the calls that a dead worker left running; only its sole successor may ask.

    Returns:
        The calls queued again.
    """
    with transaction.atomic():
        left = DBTaskResult.objects.running().filter(backend_name=backend)
        pks = list(left.values_list("pk", flat=True))
        DBTaskResult.objects.filter(pk__in=pks).update(status=TaskResultStatus.READY)
    return pks


def results_prune(*, before: datetime) -> int:
    """Forget the calls that ended before an instant."""
    count, _by_model = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return count


def _settle(call: Call, **changes: Any) -> None:
    ours = DBTaskResult.objects.filter(
        pk=call.id, status=TaskResultStatus.RUNNING, started_at=call.started_at
    )
    if not ours.update(**changes):
        log.warning("call %s was taken over by another worker", call.id)
