"""Who runs the jobs of this instance?"""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from hygie.foundation.http.health import worker_beating


def run_worker() -> int:
    """Run jobs in this process until SIGTERM or SIGINT.

    A job that watches for it is cut at its next beat, put back, and starts again in the next
    worker; another is waited for.

    Returns:
        Exit code, 0.

    Raises:
        WorkerAlreadyRuns: SQLite, and another process runs them.
    """
    # By name: on SQLite the other module cannot even be imported.
    run: Callable[[], None] = import_string(settings.WORKER)
    with worker_beating():
        run()
    return 0
