"""Where does each run start?"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from hygie.engines.graph.csr import as_nodes, as_weights
from hygie.engines.graph.types import GraphError
from hygie.engines.propagation.draws import Purpose, as_share, draws, keys
from hygie.engines.propagation.types import FloatArray, IntArray, PropagationError


@dataclass(frozen=True, slots=True)
class WeightedEntries:
    """Nodes of which each run draws one to start at.

    Attributes:
        node: (k,) where a run may start.
        weight: (k,) how often, 0 or more; only their ratios count.
    """

    node: IntArray
    weight: FloatArray


Entries: TypeAlias = int | WeightedEntries | IntArray
"""One node for all runs, or nodes to draw from, or (runs,) the node of each run."""


def entry_of_runs(entries: Entries, nodes: int, *, seed: int, first: int, runs: int) -> IntArray:
    """Give the node at which each run starts.

    A run draws the same entry for the same seed, whatever the graph, the block, or the model.

    Args:
        entries: one node, nodes to draw from, or one node a run.
        nodes: n, number of nodes of the graph.
        seed: of the draws.
        first: number of the first run. runs: how many.

    Returns:
        (runs,) nodes.

    Raises:
        PropagationError: a node out of range, no entry, no weight, or not one node a run.

    Cost: O(runs log k).
    """
    try:
        if isinstance(entries, WeightedEntries):
            node = as_nodes("entries", entries.node, nodes)
            edge = np.cumsum(as_weights("weight", entries.weight, len(node)))
            if not len(edge) or not edge[-1] > 0 or not np.isfinite(edge[-1]):
                raise PropagationError("entries: none has a weight, no run can start")
            word = draws(keys(seed, Purpose.ENTRY, first, runs), np.zeros(runs, np.uint64))
            drawn = np.searchsorted(edge, as_share(word) * edge[-1], side="right")
            # A product may round up to the whole: the last node that has a weight is meant.
            chosen: IntArray = node[np.minimum(drawn, np.searchsorted(edge, edge[-1]))]
            return chosen
        if np.ndim(entries) == 0:
            return np.repeat(as_nodes("entry", np.atleast_1d(np.asarray(entries)), nodes), runs)
        node = as_nodes("entries", np.asarray(entries), nodes)
    except GraphError as error:
        raise PropagationError(str(error)) from error
    if len(node) != runs:
        raise PropagationError(f"entries: {len(node)} nodes for {runs} runs")
    return node
