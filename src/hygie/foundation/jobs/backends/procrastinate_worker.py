"""One of the workers of a PostgreSQL instance: calls, dead workers' calls, ticks."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, close_old_connections
from django.utils import timezone
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job

from hygie.foundation.jobs.attempt import STOPPING
from hygie.foundation.jobs.backends.procrastinate import TASK_NAME
from hygie.foundation.jobs.runner import call_run
from hygie.foundation.jobs.schedule import LOOK_S, schedules_serve
from hygie.foundation.jobs.services.takeover import stalled_reap
from hygie.foundation.jobs.stopping import worker_name

REAP_S = 5.0
# A start whose outcome could not be written (database gone for a while) is looked at again.
UNWRITTEN_PAUSE_S = 10

log = logging.getLogger(__name__)


class Again(Exception):
    """The call is queued once more; `pause_s` from now."""

    def __init__(self, pause_s: float) -> None:
        super().__init__(pause_s)
        self.pause_s = pause_s


class AgainStrategy(BaseRetryStrategy):
    """Read in the event loop: it only reads the exception, never the database.

    The number of starts is counted in the call itself, which refuses one too many; here every
    failure is looked at again.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """When this job runs again."""
        pause_s = exception.pause_s if isinstance(exception, Again) else UNWRITTEN_PAUSE_S
        return RetryDecision(retry_at=timezone.now() + timedelta(seconds=pause_s))


@app.task(name=TASK_NAME, pass_context=True, retry=AgainStrategy())
def run(context: JobContext, pk: str) -> None:
    """Start one call once."""
    pause_s = call_run(UUID(pk), worker_id=worker_name())
    if pause_s is not None:
        raise Again(pause_s)


def procrastinate_run() -> None:
    """Run calls, take over those of dead workers and serve ticks until a signal asks to stop."""
    STOPPING.clear()
    connector = DjangoConnector(DEFAULT_DB_ALIAS).get_worker_connector()
    with app.replace_connector(connector) as working:
        asyncio.run(_serve(working))


async def _serve(working: App) -> None:
    loop = asyncio.get_running_loop()
    silent_s = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    async with working.open_async():
        work = asyncio.create_task(
            working.run_worker_async(
                concurrency=settings.WORKER_CONCURRENCY,
                name=worker_name(),
                install_signal_handlers=False,
                delete_jobs="always",
            )
        )

        def stop(number: signal.Signals) -> None:
            STOPPING.set()
            loop.remove_signal_handler(number)  # a second one ends the process as usual
            work.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop, number)
        beside = [
            asyncio.create_task(_repeat(schedules_serve, LOOK_S)),
            asyncio.create_task(_repeat(lambda: stalled_reap(silent_s=silent_s), REAP_S)),
        ]
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await work
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _repeat(action: Callable[[], object], pause_s: float) -> None:
    """Do it again and again; a failure is logged, and tried again at the next turn."""

    def once() -> None:
        close_old_connections()
        try:
            action()
        except Exception:
            log.exception("worker: a regular task failed, it will be tried again")
        finally:
            close_old_connections()

    while True:
        await sync_to_async(once)()
        await asyncio.sleep(pause_s)
