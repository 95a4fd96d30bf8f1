"""Advice is proven: by plain searches, and by doing it all again on the changed facts."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given

from hygie.engines.directory.changes import grouping, members_of_groups
from hygie.engines.directory.cuts import CutLimits, cut_plan, useful_relations
from hygie.engines.directory.derive.derivation import derivation
from hygie.engines.directory.edges import cost_of
from hygie.engines.directory.exposure import (
    AttackGraph,
    attack_graph,
    exposed_accounts,
    exposure,
)
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.proof import proven_plan
from hygie.engines.directory.reference_paths import reference_answer
from hygie.engines.directory.tier_zero import tier_zero
from hygie.engines.directory.verdicts import Exposure
from hygie.engines.directory.vocabulary import EdgeKind
from hygie.engines.directory.what_if import changed_facts
from hygie.engines.graph.types import Reach
from tests.engines.directory.forests import forests
from tests.engines.directory.test_derivation import SLOW


def searched(facts: DirectoryFacts) -> tuple[AttackGraph, Reach, Exposure]:
    found = derivation(facts)
    graph, reach = attack_graph(found, tier_zero(found))
    return graph, reach, exposure(graph, reach)


def with_path(graph: AttackGraph, removed: set[int]) -> set[int]:
    """Nodes that reach tier 0 once relations are removed, one at a time and with a plain queue."""
    edges, back = graph.found.edges, defaultdict(list)
    for position, (source, target) in enumerate(
        zip(edges.source.tolist(), edges.target.tolist(), strict=True)
    ):
        if position not in removed:
            back[target].append(source)
    seen = set(graph.targets.tolist())
    waiting = list(seen)
    while waiting:
        for source in back[waiting.pop()]:
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return seen


@SLOW
@given(forests(most=250))
def test_the_minimum_leaves_nobody_and_each_step_what_a_plain_search_tells(
    facts: DirectoryFacts,
) -> None:
    graph, reach, answer = searched(facts)
    plan = cut_plan(graph, reach)
    exposed = set(np.flatnonzero(exposed_accounts(answer, graph.found.facts)).tolist())
    if plan.is_cuttable:
        removed = {int(p) for change in plan.minimum for p in change.edges}
        assert not exposed & with_path(graph, removed)
        assert plan.minimum_cost == sum(change.cost for change in plan.minimum)
    else:
        assert plan.minimum == ()
    removed = set()
    spent = 0.0
    for step in plan.steps:
        removed |= {int(position) for position in step.change.edges}
        spent += step.change.cost
        left = exposed & with_path(graph, removed)
        assert len(left) == step.exposed_users + step.exposed_computers
        assert abs(step.cumulated_cost - spent) < 1e-9
    if plan.is_cuttable and exposed and len(plan.steps) < CutLimits().steps:
        assert not exposed & with_path(graph, removed)


@SLOW
@given(forests(most=250))
def test_changes_on_paths_are_each_known_again_by_their_key(facts: DirectoryFacts) -> None:
    graph, reach, answer = searched(facts)
    exposed = exposed_accounts(answer, graph.found.facts)
    groups = grouping(graph.found, useful_relations(graph, reach, exposed))
    plan = cut_plan(graph, reach)
    keys = [change.key for change in plan.minimum] + [step.change.key for step in plan.steps]
    changed = changed_facts(facts, keys, graph.tier.inside[: len(facts)])
    assert changed.unknown == ()
    removed = members_of_groups(groups, list(range(len(groups))))
    assert all(len(edges) for edges in removed)


def again(facts: DirectoryFacts) -> tuple[AttackGraph, Reach]:
    return searched(facts)[:2]


@SLOW
@given(forests(most=300))
def test_done_on_the_facts_the_minimum_leaves_nobody_and_steps_are_as_measured(
    facts: DirectoryFacts,
) -> None:
    graph, reach, _ = searched(facts)
    plan = proven_plan(cut_plan(graph, reach), graph, facts, again, {}, steps=40)
    inside = graph.tier.inside[: len(facts)]
    if plan.minimum:
        assert plan.is_proven
        changed = changed_facts(facts, [change.key for change in plan.minimum], inside)
        after = reference_answer(changed.facts)
        assert not after.exposed_users | after.exposed_computers
        assert changed.unknown == ()
    keys = [step.change.key for step in plan.steps[:3]]
    if keys:
        after = reference_answer(changed_facts(facts, keys, inside).facts)
        assert len(after.exposed_users) == plan.steps[len(keys) - 1].exposed_users
        assert len(after.exposed_computers) == plan.steps[len(keys) - 1].exposed_computers


@SLOW
@given(forests(most=250))
def test_dearer_actions_make_no_cheaper_plan(
    facts: DirectoryFacts,
) -> None:
    graph, reach, _ = searched(facts)
    plain, dear = cut_plan(graph, reach), cut_plan(graph, reach, {"leave": 50.0, "sessions": 50.0})
    assert plain.is_cuttable == dear.is_cuttable
    assert dear.minimum_cost >= plain.minimum_cost - 1e-9


@pytest.mark.parametrize("cost", [0.0, -1.0, float("inf"), float("nan")])
def test_a_cost_that_is_no_cost_is_refused(cost: float) -> None:
    with pytest.raises(ValueError, match="MEMBER_OF"):
        cost_of(EdgeKind.MEMBER_OF, {"leave": cost})


def test_what_is_structure_costs_infinitely_whatever_the_table_says() -> None:
    assert cost_of(EdgeKind.CONTAINS, {"CONTAINS": 1.0}) == float("inf")
