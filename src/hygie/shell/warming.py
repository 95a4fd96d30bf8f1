"""When is the machine code of kernels loaded, so that no reader waits for it?

Compiled once on a machine, kept on disk, loaded once by each process: half a second that the first
reader of a map would wait, and some ten seconds the very first time.
"""

import contextlib
import fcntl
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

from hygie.engines.dependency.warm import compile_all as compile_dependency
from hygie.engines.graph.warm import compile_all as compile_graph

_LOCK = "kernels.lock"
_log = logging.getLogger(__name__)

# What pages ask at once; what jobs ask (propagation, ransomware) is compiled by the first job.
PAGES: Sequence[Callable[[], None]] = (compile_dependency, compile_graph)


def kernels_warm(works: Sequence[Callable[[], None]], home: Path) -> None:
    """Ask each engine its smallest question.

    One process of a home at a time: the others then load what the first compiled. A failure only
    means that the first reader waits, hence it is logged and goes no further.

    Args:
        works: which engines, in order. home: folder of the lock.
    """
    try:
        with _one_at_a_time(home / _LOCK):
            for work in works:
                work()
    except Exception:  # noqa: BLE001  # pages are served without it, only later
        _log.exception("kernels could not be prepared; they will be at their first use")


def warming_start() -> threading.Thread:
    """Warm what pages use, in a thread that ends with the process."""
    thread = threading.Thread(
        target=kernels_warm, args=(PAGES, settings.HOME), name="kernels", daemon=True
    )
    thread.start()
    return thread


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
