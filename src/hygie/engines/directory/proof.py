"""Does the advice hold once it is followed on the facts themselves, everything computed anew?

A search without the relations of a change proves that those relations no longer matter. It does not
prove that the change makes no other relation: someone who leaves a group may hold on his own what
the group gave him. Hence changes are made on the facts, and what is still open is cut in turn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hygie.engines.directory.cuts import minimum_changes
from hygie.engines.directory.exposure import AttackGraph, exposed_accounts, exposure
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.verdicts import Change, CutPlan, CutStep, Exposure
from hygie.engines.directory.what_if import changed_facts
from hygie.engines.graph.types import Reach

Recompute = Callable[[DirectoryFacts], tuple[AttackGraph, Reach]]
_NOTHING = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class ProofLimits:
    """How much is computed anew.

    Attributes:
        rounds: times the minimum set is completed at most.
        relations: steps of the sequence × relations above which steps keep the figures of their
            search: computing all of them anew would take minutes.
    """

    rounds: int = 6
    relations: int = 20_000_000


def proven_plan(
    plan: CutPlan,
    graph: AttackGraph,
    facts: DirectoryFacts,
    recompute: Recompute,
    costs: Mapping[str, float],
    steps: int,
    limits: ProofLimits | None = None,
) -> CutPlan:
    """Follow a plan on the facts, complete it, and measure its steps again.

    Args:
        plan, graph: as found. facts: what they were found on, n objects. recompute: derivation,
            tier 0 and search of other facts. costs: see `edges.cost_of`. steps: at most.

    Returns:
        The plan, whose minimum set leaves nobody a path on the changed facts; `is_proven` says
        whether it does. Changes added here remove nothing of the first graph: no `edges`.

    Cost: one audit without points for each round, and for each step on small directories.
    """
    bounds = limits or ProofLimits()
    work = _Proof(facts, graph, recompute, costs)
    minimum, is_cuttable, is_proven = plan.minimum, plan.is_cuttable, not plan.minimum
    if plan.minimum:
        minimum, is_cuttable, is_proven = work.completed(plan.minimum, bounds.rounds)
    sequence, is_measured = plan.steps, False
    if len(plan.steps) * len(facts.edges) <= bounds.relations:
        sequence, is_measured = work.measured(plan.steps, steps), True
    return replace(
        plan,
        steps=sequence,
        minimum=minimum if is_cuttable else (),
        minimum_cost=float(sum(change.cost for change in minimum)) if is_cuttable else 0.0,
        is_cuttable=is_cuttable,
        is_proven=is_proven,
        is_measured=is_measured,
    )


class _Proof:
    def __init__(
        self,
        facts: DirectoryFacts,
        graph: AttackGraph,
        recompute: Recompute,
        costs: Mapping[str, float],
    ) -> None:
        self.facts = facts
        self.inside = graph.tier.inside[: len(facts)]
        self.recompute = recompute
        self.costs = costs

    def after(self, changes: tuple[Change, ...]) -> tuple[AttackGraph, Reach, Exposure]:
        """What a search says once changes are made on the facts."""
        keys = [change.key for change in changes]
        graph, reach = self.recompute(changed_facts(self.facts, keys, self.inside).facts)
        return graph, reach, exposure(graph, reach)

    def more(self, graph: AttackGraph, reach: Reach) -> tuple[tuple[Change, ...], bool]:
        """Changes that cut what is still open, and whether it can be."""
        found, is_cuttable = minimum_changes(graph, reach, self.costs)
        return tuple(replace(change, edges=_NOTHING) for change in found), is_cuttable

    def completed(
        self, minimum: tuple[Change, ...], rounds: int
    ) -> tuple[tuple[Change, ...], bool, bool]:
        """The set with what it lacks, whether it can be had, whether it is proven."""
        for _ in range(rounds):
            graph, reach, answer = self.after(minimum)
            if not exposed_accounts(answer, graph.found.facts).any():
                return minimum, True, True
            more, is_cuttable = self.more(graph, reach)
            new = _new(minimum, more)
            if not is_cuttable or not new:
                return minimum, False, False
            minimum += new
        return minimum, True, False

    def measured(self, steps: tuple[CutStep, ...], most: int) -> tuple[CutStep, ...]:
        """The steps with figures computed anew; further ones while something is left to cut."""
        changes = tuple(step.change for step in steps)
        answer: list[CutStep] = []
        spent, position = 0.0, 0
        while position < min(len(changes), most):
            graph, reach, found = self.after(changes[: position + 1])
            spent += changes[position].cost
            answer.append(
                CutStep(changes[position], found.exposed_users, found.exposed_computers, spent)
            )
            position += 1
            if not found.exposed_users and not found.exposed_computers:
                break
            if position == len(changes):
                more, is_cuttable = self.more(graph, reach)
                changes += _new(changes, more) if is_cuttable else ()
        return tuple(answer)


def _new(known: tuple[Change, ...], found: tuple[Change, ...]) -> tuple[Change, ...]:
    keys = {change.key for change in known}
    return tuple(change for change in found if change.key not in keys)
