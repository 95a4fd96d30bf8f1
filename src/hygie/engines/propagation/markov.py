"""When does an outbreak infect each node, where all happens at constant rates?"""

import numpy as np

from hygie.engines.graph.csr import as_weights
from hygie.engines.graph.types import GraphError
from hygie.engines.propagation.draws import Purpose, keys
from hygie.engines.propagation.entries import Entries, entry_of_runs
from hygie.engines.propagation.kernels.markov import BLOCK, spread
from hygie.engines.propagation.telling import Telling
from hygie.engines.propagation.timed import horizon_steps
from hygie.engines.propagation.types import (
    FloatArray,
    IntArray,
    PropagationError,
    SpreadGraph,
    TimedRuns,
)

_ATTEMPTS = 1 << 20


def cascade_markov(
    graph: SpreadGraph,
    rate: FloatArray,
    recovery: FloatArray,
    entries: Entries,
    runs: int,
    seed: int,
    *,
    horizon_h: float,
    first_run: int = 0,
) -> TimedRuns:
    """Follow outbreaks of the Markov SIR model: the one other tools know, to compare with them.

    A node infected infects each of its targets at the rate of the edge, until it recovers, at the
    rate of the node, for good. Probabilities and times of the graph are not looked at. Times are
    exact; only what is told of them is rounded, down to a step.

    Args:
        graph: who can infect whom, and the length of a step.
        rate: (m,) infections an hour, in the order of the graph, 0 or more; seven digits count.
        recovery: (n,) recoveries an hour, 0 or more; 0 is never.
        entries, runs, seed, horizon_h, first_run: as for `cascade_timed`.

    Returns:
        What each run infected, by ascending step; no run raises an alert.

    Raises:
        PropagationError: as `cascade_timed`, or rates that are none or not one for each.

    Cost: O(edges tried + infections + horizon) a run; 32 bytes an edge, 12 a node, 6 an infection.
    Source: Kiss, Miller, Simon, "Mathematics of Epidemics on Networks", 2017, appendix A.
    """
    if runs < 0 or first_run < 0:
        raise PropagationError(f"{runs} runs from run {first_run}: neither may be below 0")
    try:
        rate = as_weights("rate", rate, len(graph.target))
        rates = np.concatenate([rate, np.zeros(BLOCK)]).astype(np.float32)
        recovery = as_weights("recovery", recovery, graph.nodes)
    except GraphError as error:
        raise PropagationError(str(error)) from error
    entry = entry_of_runs(entries, graph.nodes, seed=seed, first=first_run, runs=runs)
    purposes = (Purpose.DELAY, Purpose.DURATION)
    own_keys = np.stack([keys(seed, purpose, first_run, runs) for purpose in purposes])
    heads = np.full(horizon_steps(graph, horizon_h) + 1, -1, np.int32)
    infected, time = np.zeros(graph.nodes, np.int32), np.empty(graph.nodes)
    calendar = _calendar(min(len(graph.target) + 1, _ATTEMPTS))
    telling = Telling(runs, graph.nodes)
    while telling.done < runs:
        stopped = spread(
            telling.done, entry, own_keys, graph.indptr, graph.target, rates, recovery,
            1 / graph.step_h, infected, time, heads, *calendar, telling.node, telling.step,
            telling.ends,
        )  # fmt: skip
        if stopped < 0:
            calendar = _calendar(2 * len(calendar[0]))
            stopped = -1 - stopped
        telling.keep(stopped)
    return telling.runs(first_run, np.full(runs, -1, np.int32))


def _calendar(room: int) -> tuple[IntArray, IntArray, FloatArray, IntArray, FloatArray]:
    after, landing, fresh = (np.empty(room, np.int32) for _ in range(3))
    return after, landing, np.empty(room), fresh, np.empty(room)
