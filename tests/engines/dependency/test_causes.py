"""Causes are told once, well founded, and as small as can be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency import causes
from hygie.engines.dependency import weak_points as weak_points_module
from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.causes import cause_sets
from hygie.engines.dependency.explain import explanation
from hygie.engines.dependency.reference import (
    reference_groups,
    reference_minimal_sets,
    reference_times,
)
from hygie.engines.dependency.types import NEVER, DependencyError, Needs, Step
from hygie.engines.dependency.weak_points import weak_points
from tests.engines.dependency.strategies import many_needs, random_needs

MINUTES = (0.0, 0.0, 10.0, 60.0)


@settings(max_examples=300, deadline=None)
@given(many_needs(nodes=12, groups=18), st.integers(0, 2**32 - 1), st.booleans())
def test_each_step_is_brought_about_by_earlier_ones(needs: Needs, seed: int, full: bool) -> None:
    rng = np.random.default_rng(seed)
    compiled, n = compile_needs(needs), needs.nodes
    failed_at = np.where(rng.random(n) < 0.3, rng.choice(MINUTES, n), NEVER)
    minutes = reference_times(needs, failed_at.tolist(), full=full)
    for node in range(n):
        steps = explanation(compiled, failed_at, node, full=full)
        assert steps == explanation(compiled, failed_at, node, full=full)
        if minutes[node] == NEVER:
            assert steps == []
            continue
        assert steps[0].node == node
        check_story(needs, failed_at.tolist(), minutes, steps, full=full)


def check_story(
    needs: Needs, failed_at: list[float], minutes: list[float], steps: list[Step], *, full: bool
) -> None:
    told = [step.node for step in steps]
    assert len(set(told)) == len(told)
    for place, step in enumerate(steps):
        assert step.minute == minutes[step.node]
        if step.group == -1:
            assert step.minute == failed_at[step.node]
            continue
        members = dict(reference_groups(needs, step.node))[step.group]
        assert full or needs.stops[step.group]
        assert set(step.lost) <= set(members)
        assert len(step.lost) > len(members) - needs.needed[step.group]
        by_then = sorted(minutes[member] for member in step.lost)
        assert [minutes[member] for member in step.lost] == by_then
        last = by_then[len(members) - needs.needed[step.group]]
        assert last + needs.delay_min[step.group] == step.minute
        assert by_then[-1] == last
        assert set(step.lost) <= set(told)
        assert place == 0 or any(step.node in other.lost for other in steps[:place])
    # Well founded: taking away told steps whose causes are gone leaves nothing.
    left, settled = list(steps), set[int]()
    while left:
        ready = [step for step in left if settled.issuperset(step.lost)]
        assert ready
        settled.update(step.node for step in ready)
        left = [step for step in left if step not in ready]


@settings(max_examples=400, deadline=None)
@given(many_needs(nodes=9, groups=14), st.integers(0, 2**32 - 1), st.booleans())
def test_causes_are_all_the_minimal_sets(needs: Needs, seed: int, full: bool) -> None:
    rng = np.random.default_rng(seed)
    lost = rng.permutation(np.flatnonzero(rng.random(needs.nodes) < 0.7))
    node = int(rng.integers(needs.nodes))
    found = cause_sets(compile_needs(needs), lost, node, full=full, most=1_000)
    assert found.sets == reference_minimal_sets(needs, lost.tolist(), node, full=full)
    assert found.is_complete


@settings(max_examples=150, deadline=None)
@given(many_needs(nodes=9, groups=14), st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_fewer_or_smaller_causes_are_some_of_them_and_said_so(
    needs: Needs, seed: int, most: int
) -> None:
    rng = np.random.default_rng(seed)
    lost, node = np.arange(needs.nodes), int(rng.integers(needs.nodes))
    largest = int(rng.integers(1, 4))
    every = reference_minimal_sets(needs, lost.tolist(), node, largest=largest)
    found = cause_sets(compile_needs(needs), lost, node, most=most, largest=largest)
    assert len(found.sets) == min(most, len(every))
    assert set(found.sets) <= set(every)
    if found.is_complete:
        assert found.sets == every
    if len(every) < most:
        assert found.is_complete


@settings(max_examples=100, deadline=None)
@given(many_needs(nodes=9, groups=14), st.integers(0, 2**32 - 1))
def test_causes_are_found_without_trying_the_pairs_first(needs: Needs, seed: int) -> None:
    node = int(np.random.default_rng(seed).integers(needs.nodes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(causes, "_MOST_PAIRS", -1)
        patch.setattr(causes, "_BATCH", 2)
        found = cause_sets(compile_needs(needs), np.arange(needs.nodes), node, most=1_000)
    assert found.sets == reference_minimal_sets(needs, range(needs.nodes), node)


@settings(max_examples=200, deadline=None)
@given(many_needs(nodes=12, groups=18), st.integers(0, 2**32 - 1), st.booleans())
def test_weak_points_are_all_cut_sets_of_one_or_two(needs: Needs, seed: int, full: bool) -> None:
    rng = np.random.default_rng(seed)
    candidates = np.flatnonzero(rng.random(needs.nodes) < 0.8)
    node = int(rng.integers(needs.nodes))
    compiled = compile_needs(needs)
    expected = reference_minimal_sets(needs, candidates.tolist(), node, full=full, largest=2)
    assert weak_points(compiled, node, candidates, full=full) == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weak_points_module, "_PAIRS_AT_ONCE", 3)
        assert weak_points(compiled, node, candidates, full=full) == expected
    single = [each for each in expected if len(each) == 1]
    assert weak_points(compiled, node, candidates, 1, full=full) == single


def redundant(width: int, levels: int) -> Needs:
    """Node 0 needs each of `levels` groups, one of `width` members each."""
    return needs_from_groups(
        1 + width * levels, np.zeros(levels, int), np.ones(levels, int), np.ones(levels, bool),
        np.zeros(levels), np.arange(levels + 1) * width, 1 + np.arange(width * levels),
    )  # fmt: skip


def test_many_independent_redundancies_are_told_apart() -> None:
    # Together, they can be put back in 4^15 ways.
    needs = redundant(4, 15)
    found = cause_sets(compile_needs(needs), np.arange(1, 61), 0)
    assert found.sets == [tuple(range(i, i + 4)) for i in range(1, 61, 4)]
    assert found.is_complete


def test_a_search_that_is_given_up_says_so() -> None:
    # 0 needs one of six, each of which needs one of three: sets of 18, found one at a time.
    member = np.concatenate([np.arange(1, 7), np.arange(7, 25)])
    needs = needs_from_groups(
        25, np.arange(7), np.ones(7, int), np.ones(7, bool), np.zeros(7),
        np.concatenate([[0], 6 + 3 * np.arange(7)]), member,
    )  # fmt: skip
    whole = cause_sets(compile_needs(needs), np.arange(7, 25), 0)
    assert whole.sets == [tuple(range(7, 25))]
    assert whole.is_complete
    mixed = cause_sets(compile_needs(needs), np.arange(1, 25), 0, effort=40)
    assert not mixed.is_complete
    assert all(0 < len(each) <= 18 for each in mixed.sets)


def test_reasons_are_told_from_the_care_down_to_what_is_lost() -> None:
    # Care 0 holds 120 min without 1; 1 needs one of 2 and 3; both need 4.
    needs = needs_from_groups(
        5, np.array([0, 1, 2, 3]), np.ones(4, int), np.ones(4, bool), np.array([120, 0, 0, 0]),
        np.array([0, 1, 3, 4, 5]), np.array([1, 2, 3, 4, 4]),
    )  # fmt: skip
    lost = np.array([NEVER, NEVER, NEVER, NEVER, 30])
    assert explanation(compile_needs(needs), lost, 0) == [
        Step(0, 150.0, 0, (1,)),
        Step(1, 30.0, 1, (2, 3)),
        Step(2, 30.0, 2, (4,)),
        Step(4, 30.0, -1, ()),
        Step(3, 30.0, 3, (4,)),
    ]
    assert cause_sets(compile_needs(needs), np.array([2, 3, 4]), 0).sets == [(4,), (2, 3)]


def test_questions_about_what_is_not_there_are_refused() -> None:
    compiled = compile_needs(random_needs(np.random.default_rng(1), 4, 3))
    nothing = np.full(4, NEVER)
    with pytest.raises(DependencyError, match="lost node 4 at position 0, of 4 nodes"):
        explanation(compiled, nothing, 4)
    with pytest.raises(DependencyError, match="lost node -1"):
        cause_sets(compiled, np.array([-1]), 0)
    with pytest.raises(DependencyError, match="lost node 7"):
        weak_points(compiled, 7, np.array([0]))
    with pytest.raises(DependencyError, match="order 3: 1 or 2 is possible"):
        weak_points(compiled, 0, np.array([0]), 3)
    with pytest.raises(DependencyError, match="most 0"):
        cause_sets(compiled, np.array([0]), 0, most=0)
    assert cause_sets(compiled, np.zeros(0, int), 0).sets == []
