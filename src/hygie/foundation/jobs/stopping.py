"""How does a worker stop: at once when idle, at the next beat of its job otherwise?"""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hygie.foundation.jobs.attempt import STOPPING


def worker_name() -> str:
    """Machine and process, at most 64 characters."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}"


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """SIGTERM or SIGINT asks to stop; a second one ends the process as usual."""

    def ask(number: int, _frame: FrameType | None) -> None:
        STOPPING.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    STOPPING.clear()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
