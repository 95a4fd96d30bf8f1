"""When does an outbreak infect each node, when is it seen, and where does containment stop it?"""

from dataclasses import dataclass
from math import isnan

import numpy as np

from hygie.engines.graph.csr import as_weights
from hygie.engines.graph.types import GraphError
from hygie.engines.propagation.draws import Purpose, keys
from hygie.engines.propagation.entries import Entries, entry_of_runs
from hygie.engines.propagation.kernels.timed import BLOCK, spread
from hygie.engines.propagation.telling import Telling
from hygie.engines.propagation.types import (
    Detection,
    FloatArray,
    PropagationError,
    SpreadGraph,
    ThresholdArray,
    TimedRuns,
    WordArray,
)

LONGEST = np.iinfo(np.int16).max
_PURPOSES = (Purpose.TRIAL, Purpose.DELAY, Purpose.NOTICE)
_NOBODY: FloatArray = np.zeros(0)


def cascade_timed(
    graph: SpreadGraph,
    entries: Entries,
    runs: int,
    seed: int,
    *,
    detection: Detection | None,
    horizon_h: float,
    first_run: int = 0,
) -> TimedRuns:
    """Follow outbreaks in time, until they die out, are contained, or the horizon is reached.

    A node just infected tries each of its edges once. What carries lands after a time drawn from
    the edge's law, and infects the target unless something else has. A node that is noticed raises
    the alert `notice_h` later, and `contain_h` after the first alert the outbreak is contained:
    what lands later succeeds for a share `leak` only.

    Every draw is told by the seed, the number of the run, and the edge or node: blocks, threads
    and machines change nothing, and variants meet the same chance.

    Args:
        graph: who can infect whom, and in what time.
        entries: where runs start; (runs,) when given one a run. The entry is infected at step 0.
        runs: r.
        seed: of the draws, any whole number.
        detection: who notices and what follows; None when nobody does.
        horizon_h: hours after which nothing is looked at, that instant included.
        first_run: number of the first run.

    Returns:
        What each run infected, by ascending step, in no order within a step.

    Raises:
        PropagationError: entries or sensors that do not fit the graph, a time or a share that is
            none, a horizon longer than 32,767 steps, a number below 0.

    Cost: O(edges tried + infections + horizon) a run; 22 bytes an edge, 4 a node, 6 an infection.
    Source: first-passage form of the independent cascade with delays; calendar queue, Brown 1988;
        docs/engines/propagation.md §3.
    """
    if runs < 0 or first_run < 0:
        raise PropagationError(f"{runs} runs from run {first_run}: neither may be below 0")
    horizon = horizon_steps(graph, horizon_h)
    watch = _watch(graph, detection, horizon)
    entry = entry_of_runs(entries, graph.nodes, seed=seed, first=first_run, runs=runs)
    own_keys = np.stack([keys(seed, purpose, first_run, runs) for purpose in _PURPOSES])
    packed = _packed(graph)
    infected, heads = np.zeros(graph.nodes, np.int32), np.full(horizon + 1, -1, np.int32)
    after = np.empty(len(graph.target) + 1, np.int32)
    landing = np.empty(len(graph.target) + 1, np.uint64)
    telling, alert_step = Telling(runs, graph.nodes), np.empty(runs, np.int32)
    while telling.done < runs:
        stopped = spread(
            telling.done, entry, own_keys, graph.indptr, *packed, graph.delays, watch.sensor,
            watch.notice, watch.contain, watch.leak, infected, heads, after, landing, telling.node,
            telling.step, telling.ends, alert_step,
        )  # fmt: skip
        telling.keep(stopped)
    return telling.runs(first_run, alert_step)


def horizon_steps(graph: SpreadGraph, horizon_h: float) -> int:
    """Give the last step that is looked at.

    Raises:
        PropagationError: no time, or more than 32,767 steps.
    """
    if isnan(horizon_h) or horizon_h < 0:
        raise PropagationError(f"horizon_h: {horizon_h} hours are no horizon")
    # A horizon of 0.3 hours is three steps of 0.1, whatever binary fractions make of it.
    steps = horizon_h / graph.step_h * (1 + 1e-9)
    if steps >= LONGEST + 1:
        raise PropagationError(f"horizon_h: {horizon_h} hours are over {LONGEST} steps")
    return int(steps)


def _packed(graph: SpreadGraph) -> tuple[ThresholdArray, WordArray]:
    """Put together what is read together, since rows are met in no order and each miss is dear."""
    threshold = np.zeros(len(graph.target) + BLOCK, np.uint16)
    threshold[: len(graph.target)] = graph.probability
    edge = graph.target.astype(np.uint64) << np.uint64(32)
    edge |= graph.delay_class
    return threshold, edge


@dataclass(frozen=True, slots=True)
class _Watch:
    sensor: FloatArray
    notice: int
    contain: int
    leak: np.uint64


def _watch(graph: SpreadGraph, detection: Detection | None, horizon: int) -> _Watch:
    if detection is None:
        return _Watch(_NOBODY, 0, 0, np.uint64(1 << 32))
    try:
        sensor = as_weights("sensor", detection.sensor, graph.nodes)
    except GraphError as error:
        raise PropagationError(str(error)) from error
    for name, share in (("sensor", sensor.max(initial=0.0)), ("leak", detection.leak)):
        if not 0 <= share <= 1:
            raise PropagationError(f"{name}: {share} is not 0 to 1")
    steps = []
    for name, hours in (("notice_h", detection.notice_h), ("contain_h", detection.contain_h)):
        if isnan(hours) or hours < 0:
            raise PropagationError(f"{name}: {hours} hours are no time")
        steps.append(int(min(np.rint(hours / graph.step_h), horizon + 1)))
    return _Watch(sensor, steps[0], steps[1], np.uint64(round(detection.leak * 2**32)))
