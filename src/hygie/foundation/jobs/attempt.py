"""Which start of a task is running in this context, and is the worker asked to stop?"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# Set by the signal handler of a worker; heard by the watch of the running job.
STOPPING = threading.Event()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One start of a task: its number (1 is the first) among those allowed."""

    number: int = 1
    maximum: int = 1

    @property
    def is_last(self) -> bool:
        """No other start follows if this one fails."""
        return self.number >= self.maximum


_ALONE = Attempt()
_current: ContextVar[Attempt] = ContextVar("attempt", default=_ALONE)


def attempt_current() -> Attempt:
    """The start that is running here; a body called by hand is its own only one."""
    return _current.get()


@contextmanager
def attempt_set(attempt: Attempt) -> Iterator[None]:
    """Run the body as this start."""
    token = _current.set(attempt)
    try:
        yield
    finally:
        _current.reset(token)
