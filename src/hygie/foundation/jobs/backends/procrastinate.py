"""Calls are told to the workers of a PostgreSQL instance, on any number of machines."""

from typing import Any
from uuid import UUID

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from hygie.foundation.jobs.backends.stored import StoredBackend
from hygie.foundation.jobs.task import HygieTask

# The one task that procrastinate knows; it runs the call whose id it gets.
TASK_NAME = "hygie.run"


class ProcrastinateBackend(StoredBackend):
    """Stores the call and its procrastinate job in one transaction."""

    def announce(self, task: HygieTask[Any, Any], pk: UUID) -> None:
        """Add the job on Django's own connection: inside a worker, the application's connector is
        a pool that knows nothing of our transaction."""
        JobManager(DjangoConnector(DEFAULT_DB_ALIAS)).defer_job(
            Job(
                id=None,
                task_name=TASK_NAME,
                queue=task.queue_name,
                priority=task.priority,
                scheduled_at=task.run_after,
                lock=task.lock or None,
                queueing_lock=None,
                task_kwargs={"pk": str(pk)},
            )
        )

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """It stands on PostgreSQL only."""
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
            return []
        return [checks.Error("ProcrastinateBackend needs PostgreSQL", id="jobs.E001")]
