"""How are the kernels of outbreaks compiled ahead of their first use, where one would wait?"""

import numpy as np

from hygie.engines.propagation.build import spread_graph
from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.laws import Constant, delay_table
from hygie.engines.propagation.markov import cascade_markov
from hygie.engines.propagation.summary import lanes_at, sizes_of_lanes, time_quantiles
from hygie.engines.propagation.timed import cascade_timed


def compile_all() -> None:
    """Ask each engine one question about two nodes that infect each other.

    Cost: some tens of seconds the first time on a machine, less than one when the machine code is
    kept (docs/engines/propagation.md §8).
    """
    here, ones = np.array([0, 1], np.int32), np.ones(2)
    graph, _ = spread_graph(
        2, here, here[::-1], ones, np.zeros(2, np.uint8), delay_table([Constant(1)], 1), 1
    )
    sizes_of_lanes(cascade_bits(graph, 0, 1, 0))
    told = cascade_timed(graph, 0, 1, 0, detection=None, horizon_h=9)
    lanes_at(told, 2, 9)
    time_quantiles(told, 2, [0.5], 1)
    cascade_markov(graph, ones, ones, 0, 1, 0, horizon_h=9)
