"""How is long work asked for?"""

from typing import Any
from uuid import UUID

from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.services.jobs import job_create
from hygie.foundation.jobs.task import HygieTask
from hygie.foundation.journal.types import Actor


def job_launch(
    *,
    kind: str,
    title: str,
    task: HygieTask[Any, Any],
    actor: Actor,
    title_params: dict[str, Any] | None = None,
    organisation_id: int | None = None,
    result_url: str = "",
    args: dict[str, Any] | None = None,
) -> Job:
    """Create a job and queue the task that runs it, in the caller's transaction.

    Neither is seen by anyone before the commit; a transaction that is rolled back leaves nothing.

    Args:
        kind: dotted name of the kind of work, `import.read`.
        title: French source sentence marked with `gettext_noop`, with `%(name)s` places.
        task: called with the job's primary key, then `args` by name.
        actor: who asks; owns the job when it is an account.
        title_params: values of the places, JSON.
        organisation_id: where, or None.
        result_url: page to read when it is done, if known already.
        args: JSON values, most often primary keys.

    Returns:
        The job, waiting.
    """

    def enqueue(pk: int) -> UUID:
        return UUID(task.enqueue(pk, **(args or {})).id)

    return job_create(
        kind=kind, title=title, title_params=title_params or {}, actor=actor,
        organisation_id=organisation_id, result_url=result_url, enqueue=enqueue,
    )  # fmt: skip
