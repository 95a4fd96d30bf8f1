"""How is every kernel compiled ahead of its first use, where the first user would wait for it?"""

import numpy as np

from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.causes import cause_sets
from hygie.engines.dependency.explain import explanation
from hygie.engines.dependency.times import stop_times
from hygie.engines.dependency.weigh import weigh_losses


def compile_all() -> None:
    """Ask each question about one node that needs another and is degraded without it.

    Cost: some ten seconds the first time on a machine, less than one when the machine code is kept
    (docs/engines/dependency.md §7).
    """
    zero, one = np.zeros(1, np.int32), np.ones(1, np.int32)
    row = np.array([0, 1])
    needs = needs_from_groups(2, zero, one, np.zeros(1, np.bool_), np.zeros(1), row, one)
    compiled = compile_needs(needs)
    weigh_losses(compiled, row, one, np.ones(2))
    stop_times(compiled, np.array([np.inf, 0.0]))
    explanation(compiled, np.array([np.inf, 0.0]), 0, full=True)
    cause_sets(compiled, one, 0, full=True)
