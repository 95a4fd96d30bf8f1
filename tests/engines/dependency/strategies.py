"""Random small needs with all that is awkward: knots, loops, k of n, what only degrades, delays."""

import numpy as np
from hypothesis import strategies as st

from hygie.engines.dependency.build import needs_from_groups
from hygie.engines.dependency.types import Needs

DELAYS = (0.0, 0.0, 0.0, 5.0, 30.0, 120.0)


@st.composite
def many_needs(draw: st.DrawFn, *, nodes: int = 9, groups: int = 12, least_nodes: int = 1) -> Needs:
    """Shapes are drawn by hypothesis, what fills them by one seed: quick to draw, still shrinks."""
    n = draw(st.integers(least_nodes, nodes))
    count = draw(st.integers(0, groups))
    only_stops = draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return random_needs(rng, n, count, only_stops=only_stops)


def random_needs(
    rng: np.random.Generator, n: int, count: int, *, only_stops: bool = False, widest: int = 6
) -> Needs:
    """Groups of any node with any members, wide ones rare."""
    sizes = np.minimum(rng.choice([1, 1, 2, 3, 4, widest], count), n) if n else np.zeros(0, int)
    rows = [rng.choice(n, size, replace=False) for size in sizes]
    return needs_from_groups(
        n,
        rng.integers(0, max(n, 1), len(sizes)),
        np.array([rng.integers(1, size + 1) for size in sizes], np.int64),
        np.full(len(sizes), True) if only_stops else rng.random(len(sizes)) < 0.7,
        rng.choice(DELAYS, len(sizes)),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.concatenate([np.zeros(0, np.int64), *rows]).astype(np.int64),
    )
