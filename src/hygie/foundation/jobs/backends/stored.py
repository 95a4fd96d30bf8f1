"""What do our backends share? Each call is a row, written in the caller's transaction.

They do not derive from the database backend of django-tasks-db: its own worker would then accept
them, and run the same calls beside ours.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks_db.models import DBTaskResult

from hygie.foundation.jobs.selectors import result_get
from hygie.foundation.jobs.services.results import result_store
from hygie.foundation.jobs.task import HygieTask


class StoredBackend(BaseTaskBackend):
    """Stores the call, then tells whoever runs it."""

    task_class = HygieTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue a call in the caller's transaction."""
        self.validate_task(task)
        row: Any = result_store(task=task, args=args, kwargs=kwargs)
        self.announce(task, row.pk)
        stored: TaskResult[Any] = row.task_result
        return stored

    def announce(self, task: HygieTask[Any, Any], pk: UUID) -> None:
        """Tell whoever runs calls, in the caller's transaction; nothing when they come and look."""

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a call stands; raises TaskResultDoesNotExist."""
        try:
            row: Any = result_get(result_id)
        except (DBTaskResult.DoesNotExist, ValidationError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        found: TaskResult[Any] = row.task_result
        return found
