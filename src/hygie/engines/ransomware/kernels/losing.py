"""Kernel of `play`: what is lost of what was taken, and at which step?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.graph.compiled import compiled


@compiled
def _is_drawn(key: np.uint64, node: np.int32, below: np.uint64) -> bool:
    """Draw as `propagation.draws.draw` does, and compare with a share of 2⁵³."""
    state = key + (np.uint64(node) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state = state ^ (state >> np.uint64(31))
    return bool((state >> np.uint64(11)) < below)


@compiled
def first_launch(
    run_ptr: NDArray[np.int64],
    node: NDArray[np.int32],
    step: NDArray[np.int16],
    is_launch: NDArray[np.bool_],
    launched: NDArray[np.int64],
) -> None:
    """Lower `launched` (r,) to the step of the first launch of each run; nodes stand by time."""
    for run in range(len(launched)):
        for at in range(run_ptr[run], run_ptr[run + 1]):
            if is_launch[node[at]]:
                launched[run] = step[at]
                break


@compiled
def lose(
    run_ptr: NDArray[np.int64],
    node: NDArray[np.int32],
    step: NDArray[np.int16],
    is_lost: NDArray[np.bool_],
    launched: NDArray[np.int64],
    contained: NDArray[np.int64],
    own_key: NDArray[np.uint64],
    touched: np.uint64,
    encryption: int,
    horizon: int,
    lost_ptr: NDArray[np.int64],
    lost_node: NDArray[np.int32],
    lost_step: NDArray[np.int64],
) -> None:
    """Write the losses of each run, by the order in which they were taken.

    Args:
        run_ptr, node, step: who is taken in each run, by time; assets are nodes 0 … n - 1.
        is_lost: (n,) no longer serves once taken and encrypted.
        launched, contained: (r,) steps, beyond the horizon when never.
        own_key: (r,) of the draws of who was stepped on. touched: share of them, times 2⁵³.
        encryption: steps from the launch to the loss. horizon: the last step that counts.
        lost_ptr, lost_node, lost_step: (r+1,), room for all that is taken.
    """
    assets = len(is_lost)
    end = 0
    for run in range(len(launched)):
        cut = contained[run]
        for at in range(run_ptr[run], run_ptr[run + 1]):
            v = node[at]
            if v >= assets or not is_lost[v]:
                continue
            lost = max(np.int64(step[at]), launched[run]) + encryption
            is_present = cut < lost and step[at] <= cut
            if is_present and (step[at] == 0 or _is_drawn(own_key[run], v, touched)):
                lost = cut
            if lost <= horizon:
                lost_node[end] = v
                lost_step[end] = lost
                end += 1
        lost_ptr[run + 1] = end


@compiled
def count_bins(
    node: NDArray[np.int32],
    step: NDArray[np.int16],
    bin_of_step: NDArray[np.int16],
    counts: NDArray[np.int32],
) -> None:
    """Add to `counts` (n, b) who is taken in which bin of time; nodes beyond n are stages."""
    for at in range(len(node)):
        if node[at] < len(counts):
            counts[node[at], bin_of_step[step[at]]] += 1
