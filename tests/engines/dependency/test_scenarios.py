"""Losses become lanes and come back, and what they cost is what adding up by hand gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.evaluate import evaluate
from hygie.engines.dependency.reference import reference_lost_weight, reference_standing
from hygie.engines.dependency.scenarios import (
    loss_blocks,
    lost_counts,
    lost_weight,
    pack_scenarios,
    pairs_worth_trying,
    scenario_count,
    single_losses,
    unpack_scenarios,
)
from hygie.engines.dependency.types import DependencyError, Needs
from hygie.engines.dependency.weigh import weigh_losses
from tests.engines.dependency.strategies import many_needs, random_needs

lost_sets = st.lists(st.sets(st.integers(0, 6)), max_size=140)


@settings(max_examples=100, deadline=None)
@given(lost_sets)
def test_what_is_packed_comes_back(sets: list[set[int]]) -> None:
    plane = pack_scenarios(7, sets)
    assert plane.shape == (7, (len(sets) + 63) // 64)
    assert scenario_count(plane) >= len(sets)
    found = unpack_scenarios(plane, len(sets))
    assert [set(np.flatnonzero(found[:, lane]).tolist()) for lane in range(len(sets))] == sets
    assert lost_counts(~plane, len(sets)).tolist() == [
        sum(node in each for each in sets) for node in range(7)
    ]


@settings(max_examples=100, deadline=None)
@given(many_needs(), st.lists(st.sets(st.integers(0, 8)), min_size=1, max_size=8), st.data())
def test_losses_weigh_what_they_stop_and_what_they_degrade(
    needs: Needs, drawn: list[set[int]], data: st.DataObject
) -> None:
    n = needs.nodes
    sets = [sorted(node for node in each if node < n) for each in drawn]
    weight = data.draw(st.lists(st.integers(-2, 5), min_size=n, max_size=n))
    indptr = np.cumsum([0] + [len(each) for each in sets])
    member = np.array([node for each in sets for node in each], np.int64)
    found = weigh_losses(compile_needs(needs), indptr, member, np.array(weight))
    for loss, lost in enumerate(sets):
        up = reference_standing(needs, lost)
        full = reference_standing(needs, lost, full=True)
        assert found.stopped[loss] == reference_lost_weight(up, weight)
        merely = [whole or not stands for whole, stands in zip(full, up, strict=True)]
        assert found.degraded[loss] == reference_lost_weight(merely, weight)


def test_each_node_is_lost_alone_block_after_block() -> None:
    needs = random_needs(np.random.default_rng(2), 300, 500)
    compiled = compile_needs(needs)
    seen = []
    for block in single_losses(compiled, words=2):
        assert block.first == len(seen)
        assert block.failed.shape[1] <= 2
        lanes = unpack_scenarios(block.failed, block.count)
        assert (lanes.sum(axis=0) == 1).all()
        seen += lanes.argmax(axis=0).tolist()
    assert seen == list(range(300))
    some = list(single_losses(compiled, np.array([7, 3], np.int32)))
    assert unpack_scenarios(some[0].failed, 2).argmax(axis=0).tolist() == [7, 3]


def test_blocks_of_losses_answer_as_all_at_once() -> None:
    rng = np.random.default_rng(4)
    needs = random_needs(rng, 50, 80)
    sets = [np.flatnonzero(rng.random(50) < 0.1).tolist() for _ in range(200)]
    indptr = np.cumsum([0] + [len(each) for each in sets])
    member = np.array([node for each in sets for node in each])
    whole = evaluate(compile_needs(needs), pack_scenarios(50, sets)).full
    parts = [
        evaluate(compile_needs(needs), block.failed).full
        for block in loss_blocks(50, indptr, member, words=1)
    ]
    assert (np.concatenate(parts, axis=1) == whole).all()


def test_pairs_are_those_that_break_a_group_and_those_given() -> None:
    # 0 needs 2 of 1 2 3; 4 needs 1 of 1 2; 5 needs 1 of 1 2 3 (spares two); 6 needs both 1 and 2.
    needs = needs_from_groups(
        7, np.array([0, 4, 5, 6]), np.array([2, 1, 1, 2]), np.ones(4, bool), np.zeros(4),
        np.array([0, 3, 5, 8, 10]), np.array([3, 2, 1, 1, 2, 1, 2, 3, 1, 2]),
    )  # fmt: skip
    compiled = compile_needs(needs)
    assert pairs_worth_trying(compiled).tolist() == [[1, 2], [1, 3], [2, 3]]
    with_given = pairs_worth_trying(compiled, np.array([6, 0, 6], np.int32))
    assert with_given.tolist() == [[0, 6], [1, 2], [1, 3], [2, 3]]
    with pytest.raises(DependencyError, match="4 pairs to try: 3 are allowed"):
        pairs_worth_trying(compiled, most=3)
    with pytest.raises(DependencyError, match="lost node 9 at position 0, of 7 nodes"):
        pairs_worth_trying(compiled, np.array([9], np.int32))


def test_what_cannot_be_weighed_or_packed_is_refused() -> None:
    with pytest.raises(DependencyError, match="lost node 3 at position 1, of 3 nodes"):
        pack_scenarios(3, [[2], [3]])
    with pytest.raises(DependencyError, match="lost node -1"):
        pack_scenarios(3, [[-1]])
    plane = pack_scenarios(3, [[0], [1]])
    with pytest.raises(DependencyError, match="weight of node 2 is nan"):
        lost_weight(plane, np.array([1.0, 0.0, np.nan]), 2)
    with pytest.raises(DependencyError, match="not words of 2 nodes"):
        lost_weight(plane, np.array([1.0, 0.0]), 2)
    with pytest.raises(DependencyError, match="65 scenarios of a plane of 64 lanes"):
        lost_counts(plane, 65)
    with pytest.raises(DependencyError, match="indptr: must rise from 0 to 1"):
        list(loss_blocks(3, np.array([0, 2]), np.array([1])))


def test_no_loss_weighs_nothing() -> None:
    assert lost_weight(pack_scenarios(3, []), np.ones(3), 0).tolist() == []
    assert pack_scenarios(0, [[], []]).shape == (0, 1)
