"""In which arrays does an outbreak spread, and in which is it told?

n = nodes, m = edges, W = words of 64 runs. An edge is named by its position in `SpreadGraph`.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

ByteArray: TypeAlias = NDArray[np.uint8]
ShortArray: TypeAlias = NDArray[np.int16]
ThresholdArray: TypeAlias = NDArray[np.uint16]
IntArray: TypeAlias = NDArray[np.int32]
LongArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
WordArray: TypeAlias = NDArray[np.uint64]
BoolArray: TypeAlias = NDArray[np.bool_]

QUANTILES = 4096
"""Entries of a table of delays."""


class PropagationError(ValueError):
    """A graph or a question that cannot be answered: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class SpreadGraph:
    """Who can infect whom: immutable, made once, shared by all runs.

    An edge that cannot carry (probability 0) keeps its place: the same draw of the same edge then
    serves two variants of a graph, which are thus compared with paired random numbers.

    Attributes:
        indptr: (n+1,) rows by source.
        target: (m,) node infected.
        probability: (m,) uint16, probability times 65,536 (65,535 stands for certainty).
        delay_class: (m,) row of `delays` from which the time of the edge is drawn.
        delays: (c, QUANTILES) int16, quantiles of the time taken, in steps, ascending.
        rev_indptr, rev_source, rev_edge: the same edges, rows by target.
        step_h: hours of one step.
    """

    indptr: LongArray
    target: IntArray
    probability: ThresholdArray
    delay_class: ByteArray
    delays: ShortArray
    rev_indptr: LongArray
    rev_source: IntArray
    rev_edge: IntArray
    step_h: float

    @property
    def nodes(self) -> int:
        """Number of nodes, n."""
        return len(self.indptr) - 1


@dataclass(frozen=True, slots=True)
class Detection:
    """How an outbreak is seen and stopped.

    Attributes:
        sensor: (n,) probability that the infection of this node is noticed.
        notice_h: hours from the infection of a noticed node to the alert.
        contain_h: hours from the alert to containment.
        leak: share of the attempts that still succeed once contained, 0 … 1.
    """

    sensor: FloatArray
    notice_h: float
    contain_h: float
    leak: float


@dataclass(frozen=True, slots=True)
class TimedRuns:
    """Outcome of a block of runs, only what was infected.

    Attributes:
        first: number of the first run of the block.
        indptr: (r+1,) rows by run.
        node: (k,) nodes infected in each run, by time.
        step: (k,) int16, step at which each was.
        alert_step: (r,) step of the alert; -1 when there was none within the horizon.
    """

    first: int
    indptr: LongArray
    node: IntArray
    step: ShortArray
    alert_step: IntArray

    @property
    def runs(self) -> int:
        """Number of runs, r."""
        return len(self.indptr) - 1
