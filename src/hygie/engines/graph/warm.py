"""How is every kernel compiled ahead of its first use, where the first user would wait for it?"""

import numpy as np

from hygie.engines.graph.components import loops
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.cut import minimum_cut
from hygie.engines.graph.dependency import shortest_path_dependency
from hygie.engines.graph.dominators import dominators
from hygie.engines.graph.reach import weighted_reach
from hygie.engines.graph.removal import greedy_removals


def compile_all() -> None:
    """Ask each engine one question about two nodes that lead to each other.

    Cost: some tens of seconds the first time on a machine, less than one when the machine code is
    kept (docs/engines/graph.md §9).
    """
    here, there = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    rows = csr_from_edges(2, here, there, reverse=True)
    goal, ones = there[1:], np.ones(2)
    weighted_reach(rows, goal, here)
    loops(rows)
    shortest_path_dependency(rows, goal, ones)
    dominators(rows, goal)
    minimum_cut(2, here, there, ones, there[:1], goal)
    greedy_removals(rows, [here], np.ones(1), ones, goal, steps=1)
