"""How is one start of a queued call made, the same under every backend?"""

import logging
from uuid import UUID

from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.attempt import Attempt, attempt_set
from hygie.foundation.jobs.errors import JobInterrupted
from hygie.foundation.jobs.services.jobs import job_lose
from hygie.foundation.jobs.services.results import (
    Call,
    CallExhausted,
    CallUnknown,
    result_claim,
    result_fail,
    result_retry,
    result_return,
    result_succeed,
)

log = logging.getLogger(__name__)


def call_run(pk: UUID, *, worker_id: str) -> float | None:
    """Start a call once, and write down how that start ended.

    Args:
        pk: the call.
        worker_id: who runs it, at most 64 characters.

    Returns:
        Seconds to wait before its next start (0 when this worker is stopping), None when no other
        start follows.
    """
    try:
        call = result_claim(pk=pk, worker_id=worker_id)
    except CallExhausted as lost:
        log.error("call %s cut its worker short %d times: given up", pk, lost.attempts)
        job_lose(task_id=pk, attempts=lost.attempts, reference=reference(pk))
        return None
    except CallUnknown:
        job_lose(task_id=pk, attempts=0, reference=reference(pk))
        return None
    return None if call is None else _start(call)


def reference(pk: UUID) -> str:
    """What a user quotes and an operator finds in the log."""
    return str(pk)[:8]


def _start(call: Call) -> float | None:
    maximum = call.task.max_attempts
    try:
        with attempt_set(Attempt(call.number, maximum)):
            value = call.task.call(*call.args, **call.kwargs)
    except JobInterrupted:
        result_return(call=call)
        return 0.0
    except (Exception, SystemExit) as error:  # noqa: BLE001  # the fault of a body is not the worker's
        return _failed(call, error)
    result_succeed(call=call, value=value)
    return None


def _failed(call: Call, error: BaseException) -> float | None:
    """Queue the next start, unless none is left or the answer would be the same."""
    maximum = call.task.max_attempts
    is_refusal = isinstance(error, Refusal)
    log.log(
        logging.WARNING if is_refusal else logging.ERROR,
        "reference %s: %s failed, start %d of %d",
        reference(call.id), call.task.module_path, call.number, maximum,
        exc_info=None if is_refusal else error,
    )  # fmt: skip
    if is_refusal or call.number >= maximum:
        result_fail(call=call, error=error)
        return None
    pause_s = call.task.pause_s(call.number)
    result_retry(call=call, after_s=pause_s)
    return pause_s
