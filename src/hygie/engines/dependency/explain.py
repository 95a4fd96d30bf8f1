"""Why does a node fail: by which chain, down to what was lost?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.checks import as_minutes, as_nodes
from hygie.engines.dependency.events import NO_POINT, Events, events_of
from hygie.engines.dependency.kernels.events import play_one
from hygie.engines.dependency.types import CompiledNeeds, FloatArray, IntArray, Step


def explanation(
    compiled: CompiledNeeds, failed_at: NDArray[np.generic], node: int, *, full: bool = False
) -> list[Step]:
    """Tell why a node stops, from the node down to what is lost.

    Args:
        compiled: needs of n nodes.
        failed_at: (n,) minute at which each node is lost, 0 or more; inf = not lost.
        node: whose failing is to be told.
        full: why it no longer gives full service, instead of service.

    Returns:
        Steps; each cause stands after what it causes, or is told already. What fails a node is its
        own loss when that comes first, else the group that fails it then; of several, the one that
        takes the fewest members, then the first. `lost` holds the members that had failed when
        the group did, in the order in which they failed. Empty when the node does not fail.

    Raises:
        DependencyError: the node is not there, or minutes as `stop_times`.

    Cost: as `stop_times`, then O(members of the groups of what is told).
    """
    as_nodes(compiled.needs.nodes, np.array([node]))
    minute = as_minutes(failed_at, compiled.needs.nodes)
    return _Story(compiled, minute, node, full=full).steps()


class _Story:
    """One loss played to its end, and who failed when, in which order."""

    def __init__(
        self, compiled: CompiledNeeds, failed_at: FloatArray, node: int, *, full: bool
    ) -> None:
        self.needs = compiled.needs
        self.failed_at = failed_at
        self.node = node
        self.full = full
        events = events_of(compiled, np.array([node], np.int32))
        self.point = self._points(events)
        lost = np.flatnonzero(np.isfinite(failed_at)).astype(np.int32)
        lost = lost[np.argsort(failed_at[lost], kind="stable")]
        minute, failed = play_one(
            events.up_point, events.full_point, events.user_ptr, events.user_group, events.owner,
            events.delay, events.allowed, lost, failed_at[lost],
        )  # fmt: skip
        self.minute = minute
        self.rank = np.full(len(minute), len(minute), np.int32)
        self.rank[failed] = np.arange(len(failed), dtype=np.int32)

    def _points(self, events: Events) -> IntArray:
        if not self.full:
            return events.up_point
        return np.where(events.full_point == NO_POINT, events.up_point, events.full_point)

    def steps(self) -> list[Step]:
        """Walk down from the node, each cause once."""
        told, waiting, steps = {self.node}, [self.node], []
        if not np.isfinite(self.minute[self.point[self.node]]):
            return []
        while waiting:
            step = self._step(waiting.pop())
            steps.append(step)
            fresh = [member for member in step.lost if member not in told]
            told.update(fresh)
            waiting += reversed(fresh)
        return steps

    def _step(self, node: int) -> Step:
        minute = float(self.minute[self.point[node]])
        if self.failed_at[node] == minute:
            return Step(node, minute, -1, ())
        reasons = []
        for group in range(self.needs.group_ptr[node], self.needs.group_ptr[node + 1]):
            if self.full or self.needs.stops[group]:
                lost = self._lost(node, group)
                if lost:
                    allowed = self._allowed(group)
                    reasons.append((allowed, group, lost))
        _, group, lost = min(reasons)
        return Step(node, minute, group, lost)

    def _allowed(self, group: int) -> int:
        size = self.needs.member_ptr[group + 1] - self.needs.member_ptr[group]
        return int(size - self.needs.needed[group] + 1)

    def _lost(self, node: int, group: int) -> tuple[int, ...]:
        """Members by whose failing the group fails the node, empty when it is not the group."""
        start, end = self.needs.member_ptr[group], self.needs.member_ptr[group + 1]
        members = self.needs.member[start:end]
        points = self.point[members]
        order = np.argsort(self.rank[points])
        last = points[order[self._allowed(group) - 1]]
        own = self.point[node]
        due = self.minute[last] + self.needs.delay_min[group]
        if self.rank[last] >= self.rank[own] or due != self.minute[own]:
            return ()
        by_then = (self.minute[points] <= self.minute[last]) & (self.rank[points] < self.rank[own])
        return tuple(int(member) for member in members[order][by_then[order]])
