"""How is a function declared as work for a worker?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django_tasks import DEFAULT_TASK_QUEUE_NAME, task_backends
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS, Task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class HygieTask(Task[P, T]):
    """A task that says how often it may be tried.

    Attributes:
        max_attempts: starts allowed, first one included; a start cut by a killed worker counts.
        backoff_s: pause before the second start, in seconds; doubled before each next one.
        lock: tasks of the same non-empty lock never run at the same time.
    """

    max_attempts: int = 3
    backoff_s: float = 2
    lock: str = ""

    def pause_s(self, attempt: int) -> float:
        """Seconds to wait after the failure of start number `attempt` (1 is the first)."""
        return self.backoff_s * 2.0 ** (attempt - 1)


def task(
    *, max_attempts: int = 3, backoff_s: float = 2, queue: str = DEFAULT_TASK_QUEUE_NAME,
    lock: str = "",
) -> Callable[[Callable[P, T]], HygieTask[P, T]]:  # fmt: skip
    """Declare a module-level function as a task; its arguments are JSON values (primary keys).

    A task may run more than once (a worker dies, a network falls): what it writes must stand in one
    transaction with its own end, see `hygie.foundation.jobs.run`.

    Args:
        max_attempts: starts allowed, first one included, >= 1.
        backoff_s: pause before the second start, in seconds; doubled before each next one.
        queue: name of the queue.
        lock: tasks of the same non-empty lock never run at the same time.

    Returns:
        A decorator that makes the function a task; call `.enqueue(…)` on it.
    """

    def declare(function: Callable[P, T]) -> HygieTask[P, T]:
        task_class: type[Any] = task_backends[DEFAULT_TASK_BACKEND_ALIAS].task_class
        made: HygieTask[P, T] = task_class(
            func=function, queue_name=queue, max_attempts=max_attempts, backoff_s=backoff_s,
            lock=lock,
        )  # fmt: skip
        return made

    return declare
