"""At which minute does each node stop, and at which is it no longer whole?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.checks import as_minutes, as_nodes
from hygie.engines.dependency.events import Events, events_of
from hygie.engines.dependency.kernels.events import first_unsorted, play_runs
from hygie.engines.dependency.types import (
    CompiledNeeds,
    DependencyError,
    FloatArray,
    IntArray,
    LongArray,
    Times,
)


def stop_times(compiled: CompiledNeeds, failed_at: NDArray[np.generic]) -> Times:
    """Follow one loss through time, exactly.

    A group fails at the minute at which its (size - needed + 1)th member stops; the node stops
    `delay_min` later, or when it is lost itself, whichever comes first. Full service likewise, over
    the full service of members and with the groups that only degrade. Nothing comes back.

    Args:
        compiled: needs of n nodes.
        failed_at: (n,) minute at which each node is lost, 0 or more; inf = not lost.

    Returns:
        Both minutes of each node.

    Raises:
        DependencyError: another length, or a minute that is negative or not a number.

    Cost: O(n + e), and O(log g) for each group with a delay that fails.
    Source: least fixpoint by events in order of time, as Dijkstra 1959; docs/engines/dependency.md.
    """
    minute = as_minutes(failed_at, compiled.needs.nodes)
    lost = np.flatnonzero(np.isfinite(minute)).astype(np.int32)
    everyone = np.arange(compiled.needs.nodes, dtype=np.int32)
    stops_at, degrades_at = play(
        events_of(compiled), np.array([0, len(lost)]), lost, minute[lost], everyone
    )
    return Times(stops_at[0], degrades_at[0])


def stop_times_runs(
    compiled: CompiledNeeds,
    indptr: NDArray[np.integer],
    node: NDArray[np.integer],
    minute: NDArray[np.generic],
    watched: NDArray[np.integer],
) -> tuple[FloatArray, FloatArray]:
    """Follow many losses through time, for the nodes that matter.

    Args:
        compiled: needs of n nodes.
        indptr: (r+1,) where each run starts and ends in `node`; it may start after 0 and end
            before the end, so that threads share out runs without copying.
        node: nodes lost in each run, best by minute; a node that comes twice is lost the first
            time.
        minute: minutes at which each is lost, finite, 0 or more.
        watched: (k,) nodes to answer for.

    Returns:
        `stops_at` and `degrades_at`, (r, k) minutes, inf = never, as `stop_times`.

    Raises:
        DependencyError: lengths differ, a node is not there, or a minute is not one.

    Cost: once O(n + e); then, for a run, only what fails and can change something for `watched`,
        and two numbers for each of these.
    """
    return play(events_of(compiled, _once(compiled, watched)), indptr, node, minute, watched)


def play(
    events: Events,
    indptr: NDArray[np.integer],
    node: NDArray[np.integer],
    minute: NDArray[np.generic],
    watched: NDArray[np.integer],
) -> tuple[FloatArray, FloatArray]:
    """Answer as `stop_times_runs`, for events laid out before.

    Args:
        events: from `events_of`, with all of `watched` among its own.
        indptr, node, minute, watched: as `stop_times_runs`.

    Returns, Raises, Cost: as `stop_times_runs`, without what is done once. The interpreter lock is
        released while runs are played.
    """
    nodes = len(events.up_point)
    pointer = np.ascontiguousarray(indptr, np.int64)
    lost, asked = as_nodes(nodes, node), as_nodes(nodes, watched)
    if (
        not len(pointer)
        or pointer[0] < 0
        or pointer[-1] > len(lost)
        or (np.diff(pointer) < 0).any()
    ):
        raise DependencyError(f"indptr: must rise within 0 and {len(lost)}, the number of losses")
    if (events.up_point[asked] < 0).any():
        wrong = asked[events.up_point[asked] < 0][0]
        raise DependencyError(f"node {wrong} is watched, but not among those the events are for")
    at = as_minutes(minute, len(lost))
    if not np.isfinite(at[pointer[0] : pointer[-1]]).all():
        raise DependencyError("a node is listed as lost at no minute: leave it out")
    if first_unsorted(pointer, at) >= 0:
        lost, at = _by_minute(pointer, lost, at)
    shape = len(pointer) - 1, len(asked)
    stops_at, degrades_at = np.empty(shape), np.empty(shape)
    play_runs(
        events.up_point, events.full_point, events.user_ptr, events.user_group, events.owner,
        events.delay, events.allowed, pointer, lost, at, asked, stops_at, degrades_at,
    )  # fmt: skip
    return stops_at, degrades_at


def _once(compiled: CompiledNeeds, watched: NDArray[np.integer]) -> IntArray:
    asked: IntArray = np.unique(as_nodes(compiled.needs.nodes, watched))
    return asked


def _by_minute(
    pointer: LongArray, node: IntArray, minute: FloatArray
) -> tuple[IntArray, FloatArray]:
    run = np.searchsorted(pointer, np.arange(len(node)), side="right")
    order = np.lexsort((minute, run))
    return node[order], minute[order]
