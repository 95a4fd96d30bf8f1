"""What does a page server make ready as it starts, so that no reader waits for it?

Machine code of kernels is compiled once on a machine, kept on disk, loaded once by each process:
half a second that the first reader of a map would wait, and some ten seconds the very first time.
What was loaded then stays for ever: the collector need not walk it at each of its rounds, which
would hold every page back by a fifth of a second.
"""

import contextlib
import fcntl
import gc
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
    """Make ready what pages use, in a thread that ends with the process."""
    thread = threading.Thread(target=_warm, name="warming", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    kernels_warm(PAGES, settings.HOME)
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
