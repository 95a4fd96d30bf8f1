"""Calls run in the process that queues them, as soon as its transaction commits: for tests."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from hygie.foundation.jobs.backends.stored import StoredBackend
from hygie.foundation.jobs.runner import call_run
from hygie.foundation.jobs.task import HygieTask


class ImmediateBackend(StoredBackend):
    """Same rows, same starts, same refusals as in production; only the pauses are left out."""

    def announce(self, task: HygieTask[Any, Any], pk: UUID) -> None:
        """Run the call on commit."""
        transaction.on_commit(partial(_run_to_the_end, pk))


def _run_to_the_end(pk: UUID) -> None:
    while call_run(pk, worker_id="immediate") is not None:
        pass
