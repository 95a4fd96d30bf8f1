"""What are the right answers, found slowly and obviously? The twins that tests hold engines to.

Edges are lists of (source, target). No index, no array, no order of search: only definitions.
"""

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from math import inf, isfinite
from typing import TypeAlias

Edges: TypeAlias = Sequence[tuple[int, int]]


def reference_distances(
    n: int,
    edges: Edges,
    targets: Iterable[int],
    *,
    weight: Sequence[int] | None = None,
    without: Collection[int] = (),
    without_nodes: Collection[int] = (),
) -> list[int]:
    """Distance of each node to the nearest target, -1 without path: relax until nothing moves."""
    far: list[float] = [inf] * n
    for target in targets:
        if target not in without_nodes:
            far[target] = 0
    moved = True
    while moved:
        moved = False
        for position, (u, v) in enumerate(edges):
            length = far[v] + (1 if weight is None else weight[position])
            if position not in without and u not in without_nodes and length < far[u]:
                far[u] = length
                moved = True
    return [int(length) if isfinite(length) else -1 for length in far]


def reference_next(
    edges: Edges, distance: Sequence[int], node: int, without: Collection[int] = ()
) -> tuple[int, int]:
    """Next node and edge on the witness path: the smallest node, then the first edge."""
    ways = [
        (v, position)
        for position, (u, v) in enumerate(edges)
        if u == node and position not in without and distance[v] == distance[node] - 1
        if distance[v] >= 0
    ]
    return min(ways, default=(-1, -1))


def reference_components(n: int, edges: Edges) -> set[frozenset[int]]:
    """Sets of nodes that reach one another."""
    reaches = [set(_reaching(n, edges, v)) for v in range(n)]
    return {frozenset(u for u in reaches[v] if v in reaches[u]) for v in range(n)}


def reference_loops(n: int, edges: Edges) -> dict[frozenset[int], int]:
    """Knots that hold a cycle, with the length of a shortest one through their first member."""
    found = {}
    for knot in reference_components(n, edges):
        first = min(knot)
        back = reference_distances(n, edges, [first])
        rounds = [back[v] + 1 for u, v in edges if u == first and v in knot and back[v] >= 0]
        if rounds:
            found[knot] = min(rounds)
    return found


def reference_dependency(
    n: int,
    edges: Edges,
    targets: Collection[int],
    weight: Sequence[int],
    without: Collection[int] = (),
) -> tuple[list[Fraction], list[Fraction]]:
    """Share of the weight through each node and edge: walk every shortest path of every source."""
    distance = reference_distances(n, edges, targets, without=without)
    through, through_edge = [Fraction(0)] * n, [Fraction(0)] * len(edges)
    sources = [v for v in range(n) if distance[v] > 0 and weight[v] > 0]
    total = sum(weight[v] for v in sources)
    for source in sources:
        paths = _shortest_paths(edges, distance, source, without)
        for path in paths:
            for position in path:
                through_edge[position] += Fraction(weight[source], len(paths) * total)
                through[edges[position][1]] += Fraction(weight[source], len(paths) * total)
    return through, through_edge


def reference_cut(
    n: int,
    edges: Edges,
    units: Sequence[tuple[Sequence[int], float]],
    sources: Collection[int],
    sinks: Collection[int],
) -> float:
    """Cost of the cheapest set of units (edges that fall together, cost): try every set."""
    cuttable = [unit for unit in units if isfinite(unit[1])]
    best = inf
    for size in range(len(cuttable) + 1):
        for chosen in combinations(cuttable, size):
            cost = sum(unit[1] for unit in chosen)
            gone = {position for unit in chosen for position in unit[0]}
            if cost < best:
                left = reference_distances(n, edges, sinks, without=gone)
                if all(left[source] < 0 for source in sources):
                    best = cost
    return best


def reference_exposed(
    n: int,
    edges: Edges,
    targets: Collection[int],
    weight: Sequence[float],
    without: Collection[int] = (),
) -> float:
    """Weight of the nodes outside the targets that have a path."""
    distance = reference_distances(n, edges, targets, without=without)
    return sum(weight[v] for v in range(n) if distance[v] > 0)


def reference_removals(
    n: int,
    edges: Edges,
    changes: Sequence[Sequence[int]],
    cost: Sequence[int],
    weight: Sequence[int],
    targets: Collection[int],
    *,
    steps: int,
    budget: float = inf,
) -> list[tuple[int, float]]:
    """(Change, weight still exposed) step by step, each change tried in full at each step."""
    gone: set[int] = set()
    answer: list[tuple[int, float]] = []
    while len(answer) < steps:
        before = reference_exposed(n, edges, targets, weight, gone)
        tried = []
        for change, members in enumerate(changes):
            after = reference_exposed(n, edges, targets, weight, gone | set(members))
            if cost[change] <= budget and after < before:
                gain = Fraction(before) - Fraction(after)
                tried.append((gain / cost[change], gain, -change, after))
        if not tried:
            break
        _, _, negated, after = max(tried)
        gone |= set(changes[-negated])
        budget -= cost[-negated]
        answer.append((-negated, after))
    return answer


def reference_dominated(n: int, edges: Edges, targets: Collection[int]) -> list[set[int]]:
    """For each node, the nodes with a path that have none once it is gone, itself included."""
    have = {v for v in range(n) if reference_distances(n, edges, targets)[v] >= 0}
    dominated = []
    for node in range(n):
        left = reference_distances(n, edges, targets, without_nodes={node})
        dominated.append({v for v in have if left[v] < 0} if node in have else set())
    return dominated


def _reaching(n: int, edges: Edges, target: int) -> list[int]:
    distance = reference_distances(n, edges, [target])
    return [v for v in range(n) if distance[v] >= 0]


def _shortest_paths(
    edges: Edges, distance: Sequence[int], node: int, without: Collection[int]
) -> list[list[int]]:
    if distance[node] == 0:
        return [[]]
    return [
        [position, *rest]
        for position, (u, v) in enumerate(edges)
        if u == node and position not in without and distance[v] == distance[node] - 1
        if distance[v] >= 0
        for rest in _shortest_paths(edges, distance, v, without)
    ]
