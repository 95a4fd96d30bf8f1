"""Kernel of `recovery`: from how badly damaged a machine does each care activity wait?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.graph.compiled import compiled

_REINSTALLED, _SAFE, _COPIED, _REBUILT = 1, 2, 3, 4


@compiled
def _restored(
    v: int, copy_ptr: NDArray[np.int32], copy: NDArray[np.int32], lost: NDArray[np.bool_]
) -> int:
    """From what an encrypted node comes back, none of whose backups is out of reach."""
    state = _REBUILT
    for c in range(copy_ptr[v], copy_ptr[v + 1]):
        if not lost[copy[c]]:
            state = _COPIED
    return state


@compiled
def worst_states(
    run_ptr: NDArray[np.int64],
    node: NDArray[np.int32],
    is_encrypted: NDArray[np.bool_],
    is_reinstalled: NDArray[np.bool_],
    is_safe: NDArray[np.bool_],
    copy_ptr: NDArray[np.int32],
    copy: NDArray[np.int32],
    user_ptr: NDArray[np.int64],
    user: NDArray[np.int32],
    worst: NDArray[np.uint8],
) -> None:
    """Raise `worst` (r, c) to the state of each lost node that a care activity leans on.

    Args:
        run_ptr, node: what each run loses, rows by run.
        is_encrypted: (r,) False: what was taken is cut off and reinstalled, nothing is encrypted.
        is_reinstalled, is_safe: (n,) needs no backup; has one that is out of reach.
        copy_ptr, copy: backups of each node. user_ptr, user: care activities that lean on it.
        worst: (r, c) zeros.
    """
    nodes = len(is_safe)
    lost = np.zeros(nodes, np.bool_)
    for run in range(len(run_ptr) - 1):
        first, last = run_ptr[run], run_ptr[run + 1]
        for at in range(first, last):
            lost[node[at]] = True
        for at in range(first, last):
            v = node[at]
            state = _REINSTALLED
            if is_encrypted[run] and not is_reinstalled[v]:
                state = _SAFE if is_safe[v] else _restored(v, copy_ptr, copy, lost)
            for u in range(user_ptr[v], user_ptr[v + 1]):
                worst[run, user[u]] = max(worst[run, user[u]], state)
        for at in range(first, last):
            lost[node[at]] = False
