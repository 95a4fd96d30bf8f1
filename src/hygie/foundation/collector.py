"""How are a hundred thousand small objects made without the collector walking them meanwhile?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_holders = 0


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the cycle collector of this process while a block fills memory with what it keeps.

    Python looks for cycles each time that enough objects were made, and looks at all of those that
    are kept: reading a large map then spends half of its time on finding nothing. What the block
    leaves behind is looked at once it ends. Blocks of several threads may overlap.
    """
    global _holders  # one collector a process, hence one count
    with _lock:
        if not _holders and not gc.isenabled():
            # Somebody else's wish: neither ours to end nor to count.
            is_ours = False
        else:
            is_ours = True
            _holders += 1
            gc.disable()
    try:
        yield
    finally:
        if is_ours:
            with _lock:
                _holders -= 1
                if not _holders:
                    gc.enable()
