"""How does a child process never outlive the one that started it?"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: a freshly forked child must not have to look libraries up.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(signum: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel for this signal the moment the parent is gone, even killed by -9.

    Only Linux offers it; elsewhere an orphan is possible when the supervisor itself is killed.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)


def child_of(parent: int) -> Callable[[], None]:
    """What a child runs between fork and exec.

    Args:
        parent: process id of the supervisor; if it is gone already, the child leaves at once.
    """

    def prepare() -> None:
        die_with_parent()
        if os.getppid() != parent:
            os._exit(1)

    return prepare
