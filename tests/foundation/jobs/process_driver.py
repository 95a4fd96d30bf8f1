"""A web process, as far as jobs are concerned: does what each line of its input asks, in JSON."""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connections, transaction  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from hygie.foundation.jobs.launch import job_launch  # noqa: E402
from hygie.foundation.jobs.models import Job  # noqa: E402
from hygie.foundation.jobs.router import cache_table_lay  # noqa: E402
from hygie.foundation.jobs.selectors import job_progress  # noqa: E402
from hygie.foundation.jobs.services import job_cancel  # noqa: E402
from hygie.foundation.journal.models import JournalLine  # noqa: E402
from hygie.foundation.journal.types import Actor  # noqa: E402
from hygie.territory.people.models import User  # noqa: E402
from tests.foundation.jobs import job_tasks  # noqa: E402


def lay() -> None:
    cache_table_lay()
    User.objects.create_user("owner@hygie.test", "un mot de passe solide")


def owner() -> Actor:
    user = User.objects.get()
    return Actor(user_id=user.pk, label=user.email)


def launch(task: str, **args: Any) -> int:
    made = job_launch(
        kind="t", title="T", task=getattr(job_tasks, task), actor=owner(), args=args
    )  # fmt: skip
    return made.pk


def launch_undone(task: str) -> None:
    with transaction.atomic():
        launch(task)
        transaction.set_rollback(True)


def job(pk: int) -> dict[str, Any]:
    row = Job.objects.get(pk=pk)
    progress = job_progress(row)
    call = DBTaskResult.objects.get(pk=row.task_id)
    return {
        "state": row.state, "attempts": row.attempts, "error": row.error_code,
        "done": progress.done, "stage": progress.stage, "call": call.status,
        "starts": len(call.worker_ids), "age_s": time.time() - row.created_at.timestamp(),
    }  # fmt: skip


def cancel(pk: int) -> float:
    start = time.monotonic()
    job_cancel(actor=owner(), pk=pk)
    return time.monotonic() - start


def effects() -> int:
    return JournalLine.objects.filter(action=job_tasks.EFFECT).count()


def counts() -> list[int]:
    return [Job.objects.count(), DBTaskResult.objects.count()]


def backends() -> list[int]:
    """Server processes of this process' connections."""
    pids = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
    return pids


def hold(seconds: float) -> None:
    """Keep the database locked for writing."""
    with transaction.atomic():
        User.objects.update(first_name="x")
        time.sleep(seconds)


COMMANDS = {
    f.__name__: f
    for f in (lay, launch, launch_undone, job, cancel, effects, counts, backends, hold)
}

for line in sys.stdin:
    name, args, named = json.loads(line)
    sys.stdout.write(json.dumps(COMMANDS[name](*args, **named)) + "\n")  # type: ignore[operator]
    sys.stdout.flush()
