"""Which changes, in which order, leave nobody a path to tier 0, and is that proven?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.changes import Grouping, change_of, grouping, members_of_groups
from hygie.engines.directory.exposure import AttackGraph, populations
from hygie.engines.directory.facts import BoolArray, IntArray, LongArray
from hygie.engines.directory.verdicts import Change, CutPlan, CutStep
from hygie.engines.graph.csr import transposed
from hygie.engines.graph.cut import minimum_cut
from hygie.engines.graph.dependency import shortest_path_dependency
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.removal import greedy_removals
from hygie.engines.graph.types import FloatArray, Reach

_SHOWN_CHOKES = 50


@dataclass(frozen=True, slots=True)
class CutLimits:
    """How much advice is sought.

    Attributes:
        steps: changes of the greedy sequence at most.
        tried: changes that it chooses from at most, those that most shortest paths lean on first;
            the changes of the minimum cut are always among them.
    """

    steps: int = 40
    tried: int = 2000


def cut_plan(
    graph: AttackGraph,
    reach: Reach,
    costs: Mapping[str, float] | None = None,
    limits: CutLimits | None = None,
) -> CutPlan:
    """Advise changes: the cheapest set that cuts all paths, and the most useful ones in order.

    Args:
        graph, reach: as `attack_graph` gives them. costs: see `edges.cost_of`. limits: of advice.

    Returns:
        The plan. Each step of the sequence was verified by a search without its relations, and so
        was the minimum set as a whole.

    Cost: one flow and one dependency on what lies on a path, then two searches a step.
    Source: docs/engines/attack-paths.md §6.
    """
    bounds = limits or CutLimits()
    users, computers = populations(graph.found.facts, graph.tier)
    exposed = (users | computers) & (reach.distance > 0)
    if not exposed.any():
        return CutPlan((), (), 0.0, True, {})
    useful = useful_relations(graph, reach, exposed)
    groups = grouping(graph.found, useful, costs)
    chosen, is_cuttable = _minimum(graph, groups, useful, exposed)
    leaning, both = (
        shortest_path_dependency(graph.rows, graph.targets, weight.astype(np.float64))
        for weight in (users & exposed, exposed)
    )
    sequence = _Sequence(graph, exposed)
    sequence.go(
        _changes(graph, groups, _tried(groups, both.edge, chosen, bounds.tried)),
        bounds.steps,
        cross_plateaus=False,
    )
    still = sequence.still()
    if still.any() and is_cuttable and len(sequence.steps) < bounds.steps:
        # No change frees anybody alone: several of them are needed together.
        rest = useful & ~sequence.blocked
        together, _ = _minimum(graph, groups, rest, still, sequence.blocked)
        sequence.go(_changes(graph, groups, together), bounds.steps, cross_plateaus=True)
    minimum = tuple(_changes(graph, groups, chosen))
    return CutPlan(
        steps=tuple(sequence.steps),
        minimum=minimum,
        minimum_cost=float(sum(change.cost for change in minimum)),
        is_cuttable=is_cuttable,
        choke_points=_chokes(graph, leaning.node),
    )


def _changes(graph: AttackGraph, groups: Grouping, numbers: list[int]) -> list[Change]:
    return [
        change_of(graph.found, groups, number, positions)
        for number, positions in zip(numbers, members_of_groups(groups, numbers), strict=True)
    ]


def minimum_changes(
    graph: AttackGraph, reach: Reach, costs: Mapping[str, float] | None = None
) -> tuple[tuple[Change, ...], bool]:
    """The cheapest changes that cut every path, and whether there are any such.

    Cost: one flow on what lies on a path.
    """
    users, computers = populations(graph.found.facts, graph.tier)
    exposed = (users | computers) & (reach.distance > 0)
    if not exposed.any():
        return (), True
    useful = useful_relations(graph, reach, exposed)
    groups = grouping(graph.found, useful, costs)
    chosen, is_cuttable = _minimum(graph, groups, useful, exposed)
    return tuple(_changes(graph, groups, chosen)), is_cuttable


def useful_relations(graph: AttackGraph, reach: Reach, exposed: BoolArray) -> BoolArray:
    """(m,) relations that stand on some path from an exposed account to tier 0."""
    forward = transposed(graph.rows)
    start = np.flatnonzero(exposed).astype(np.int32)
    ahead = reverse_reach(forward, start).distance >= 0
    edges, inside = graph.found.edges, graph.tier.inside
    answer: BoolArray = ahead[edges.source] & ~inside[edges.source]
    answer &= reach.distance[edges.target] >= 0
    return answer


@dataclass(frozen=True, slots=True)
class _Network:
    """What a minimum cut is sought in; `group` (k,) is the change of each edge, -1 = none."""

    nodes: int
    source: IntArray
    target: IntArray
    capacity: FloatArray
    group: IntArray


def _minimum(
    graph: AttackGraph,
    groups: Grouping,
    useful: BoolArray,
    exposed: BoolArray,
    removed: BoolArray | None = None,
) -> tuple[list[int], bool]:
    """The cheapest set of changes, ascending, and whether there is one."""
    network = _gated(_with_others(graph, groups, np.flatnonzero(useful)), len(groups))
    starts = np.flatnonzero(exposed).astype(np.int32)
    cut = minimum_cut(
        network.nodes,
        network.source,
        network.target,
        network.capacity,
        starts,
        graph.targets,
        group=network.group,
    )
    if not cut.is_finite:
        return [], False
    chosen = sorted({int(number) for number in network.group[cut.edges]})
    blocked = removed_by(groups, chosen)
    if removed is not None:
        blocked |= removed
    left = reverse_reach(graph.rows, graph.targets, blocked_edges=blocked)
    if (left.distance[starts] >= 0).any():
        raise AssertionError("a path is left once the minimum set of changes is made")
    return chosen, True


def removed_by(groups: Grouping, chosen: list[int]) -> BoolArray:
    """(m,) relations that these changes remove."""
    marks = np.zeros(len(groups) + 1, np.bool_)  # the last one stands for no change
    marks[chosen] = True
    answer: BoolArray = marks[groups.of_edge] | marks[groups.also]
    return answer


def _with_others(graph: AttackGraph, groups: Grouping, positions: LongArray) -> _Network:
    """Put, behind relations that two changes remove, the second change in series."""
    edges, nodes = graph.found.edges, len(graph.found.facts)
    source, target = edges.source[positions], edges.target[positions].copy()
    group, also = groups.of_edge[positions], groups.also[positions]
    cost = np.append(groups.cost, np.inf)  # -1 is the last one: cannot be removed
    capacity = cost[group]
    numbers, which = np.unique(also[also >= 0], return_inverse=True)
    behind, after = target[also >= 0].copy(), nodes + 2 * which + 1
    target[also >= 0] = nodes + 2 * which
    gates = nodes + 2 * np.arange(len(numbers))
    return _Network(
        nodes + 2 * len(numbers),
        np.concatenate((source, after, gates)).astype(np.int32),
        np.concatenate((target, behind, gates + 1)).astype(np.int32),
        np.concatenate((capacity, np.full(len(after), np.inf), cost[numbers])),
        np.concatenate((group, np.full(len(after), -1), numbers)).astype(np.int32),
    )


def _gated(given: _Network, count: int) -> _Network:
    """Send each change of several sources and several targets through one gate.

    A gate joins each source to each target of its change, which may be more than the relations do:
    the cut found is one of the true graph as well, but might not be the cheapest.
    """
    source, target, group, nodes = given.source, given.target, given.group, given.nodes
    many = _is_many(source, group, count) & _is_many(target, group, count)
    gated = (group >= 0) & many[group]
    if not gated.any():
        return given
    numbers, which = np.unique(group[gated], return_inverse=True)
    entry, gates = nodes + 2 * which, nodes + 2 * np.arange(len(numbers))
    price = np.zeros(count)
    price[group[gated]] = given.capacity[gated]
    free = np.full(len(entry), np.inf)
    alone = np.full(len(entry), -1)
    kept = ~gated
    return _Network(
        nodes + 2 * len(numbers),
        np.concatenate((source[kept], source[gated], entry + 1, gates)).astype(np.int32),
        np.concatenate((target[kept], entry, target[gated], gates + 1)).astype(np.int32),
        np.concatenate((given.capacity[kept], free, free, price[numbers])),
        np.concatenate((group[kept], alone, alone, numbers)).astype(np.int32),
    )


def _is_many(end: IntArray, group: IntArray, count: int) -> BoolArray:
    """(count + 1,) whether the relations of a change differ by this end."""
    low = np.full(count + 1, np.iinfo(np.int32).max, np.int32)
    high = np.full(count + 1, -1, np.int32)
    np.minimum.at(low, group, end)
    np.maximum.at(high, group, end)
    answer: BoolArray = low != high
    return answer


def _tried(groups: Grouping, leaning: FloatArray, chosen: list[int], most: int) -> list[int]:
    """Changes worth trying: those of the minimum, then those most paths lean on per cost."""
    weight = np.zeros(len(groups))
    for numbers in (groups.of_edge, groups.also):
        removable = numbers >= 0
        weight += np.bincount(numbers[removable], weights=leaning[removable], minlength=len(weight))
    worth = weight / groups.cost
    order = np.argsort(-worth, kind="stable")[:most]
    return sorted({*chosen, *order[worth[order] > 0].tolist()})


class _Sequence:
    """Steps in the making: relations already removed, and what was spent."""

    def __init__(self, graph: AttackGraph, exposed: BoolArray) -> None:
        self.graph = graph
        self.exposed = exposed
        self.populations = populations(graph.found.facts, graph.tier)
        self.blocked = np.zeros(len(graph.found.edges), np.bool_)
        self.reach = reverse_reach(graph.rows, graph.targets)
        self.steps: list[CutStep] = []
        self._made: set[str] = set()

    def go(self, changes: list[Change], most: int, *, cross_plateaus: bool) -> None:
        """Make the best changes first, `most` in all, each measured by a new search."""
        wanted = [change for change in changes if change.key not in self._made]
        removals = greedy_removals(
            self.graph.rows,
            [change.edges for change in wanted],
            np.array([change.cost for change in wanted], np.float64),
            self.exposed.astype(np.float64),
            self.graph.targets,
            steps=most - len(self.steps),
            blocked_edges=self.blocked,
            cross_plateaus=cross_plateaus,
        )
        spent = self.steps[-1].cumulated_cost if self.steps else 0.0
        users, computers = self.populations
        for removal in removals:
            change = wanted[removal.change]
            self._made.add(change.key)
            self.blocked[change.edges] = True
            self.reach = reverse_reach(
                self.graph.rows, self.graph.targets, blocked_edges=self.blocked
            )
            left = self.reach.distance > 0
            exposed = int((users & left).sum()), int((computers & left).sum())
            self.steps.append(CutStep(change, *exposed, spent + removal.spent))

    def still(self) -> BoolArray:
        """Accounts that still have a path."""
        answer: BoolArray = self.exposed & (self.reach.distance > 0)
        return answer


def _chokes(graph: AttackGraph, share: FloatArray) -> dict[int, float]:
    """Objects outside tier 0 that most shortest paths of exposed users go through."""
    outside = np.where(graph.tier.inside, 0.0, share)
    order = np.argsort(-outside, kind="stable")[:_SHOWN_CHOKES]
    return {int(index): float(outside[index]) for index in order if outside[index] > 0}
