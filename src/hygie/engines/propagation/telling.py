"""How is what thousands of runs infect written down, when nobody knows how much it will be?"""

import numpy as np

from hygie.engines.propagation.types import IntArray, LongArray, ShortArray, TimedRuns

ROOM = 1 << 20
"""Infections there is room for at once."""


class Telling:
    """Room in which a kernel writes runs one after the other, emptied whenever it is full.

    Attributes:
        node, step: (room,) where the kernel writes, from 0 on.
        ends: (r,) where each run ends, counted from the last time it was emptied.
        done: runs written, and kept.
    """

    def __init__(self, runs: int, nodes: int) -> None:
        """Make room for one run at least."""
        self.ends: LongArray = np.empty(runs, np.int64)
        self.done = 0
        self._room = max(nodes, min(ROOM, runs * nodes))
        self._kept: list[tuple[IntArray, ShortArray]] = []
        self._length = 0
        self._renew()

    def keep(self, stopped: int) -> None:
        """Keep the runs up to `stopped`, and make room again."""
        if stopped > self.done:
            size = int(self.ends[stopped - 1])
            told = self.node[:size], self.step[:size]
            if 2 * size > self._room:
                self._renew()
                self._kept.append(told)
            else:
                self._kept.append((told[0].copy(), told[1].copy()))
            self.ends[self.done : stopped] += self._length
            self._length += size
            self.done = stopped

    def runs(self, first: int, alert_step: IntArray) -> TimedRuns:
        """Give all that was kept."""
        return TimedRuns(
            first=first,
            indptr=np.concatenate([np.zeros(1, np.int64), self.ends]),
            node=np.concatenate([np.zeros(0, np.int32), *(nodes for nodes, _ in self._kept)]),
            step=np.concatenate([np.zeros(0, np.int16), *(steps for _, steps in self._kept)]),
            alert_step=alert_step,
        )

    def _renew(self) -> None:
        self.node: IntArray = np.empty(self._room, np.int32)
        self.step: ShortArray = np.empty(self._room, np.int16)
