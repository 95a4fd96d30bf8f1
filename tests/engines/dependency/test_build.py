"""Needs are laid out by node whatever their order, and those that mean nothing are refused."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.types import DependencyError, Needs
from tests.engines.dependency.strategies import many_needs

GIVEN: dict[str, Any] = {
    "nodes": 4,
    "group_node": np.array([2, 0, 2]),
    "needed": np.array([1, 2, 1]),
    "stops": np.array([True, False, True]),
    "delay_min": np.array([0, 30, 5]),
    "member_ptr": np.array([0, 1, 4, 6]),
    "member": np.array([3, 1, 2, 3, 0, 1]),
}


def test_groups_given_in_any_order_stand_by_node_and_keep_their_own() -> None:
    needs = needs_from_groups(**GIVEN)
    assert needs.group_ptr.tolist() == [0, 1, 1, 3, 3]
    assert needs.member_ptr.tolist() == [0, 3, 4, 6]
    assert needs.member.tolist() == [1, 2, 3, 3, 0, 1]
    assert needs.needed.tolist() == [2, 1, 1]
    assert needs.stops.tolist() == [False, True, True]
    assert needs.delay_min.tolist() == [30.0, 0.0, 5.0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"member_ptr": np.array([0, 1, 4, 4]), "member": np.array([3, 1, 2, 3])},
         "group 2 is empty"),
        ({"needed": np.array([1, 4, 1])}, "group 1 needs 4 of its 3 members"),
        ({"needed": np.array([0, 2, 1])}, "group 0 needs 0 of its 1 members"),
        ({"group_node": np.array([2, 4, 2])}, "group 1 belongs to node 4, of 4 nodes"),
        ({"group_node": np.array([2, -1, 2])}, "group 1 belongs to node -1"),
        ({"member": np.array([3, 1, 2, 3, 0, 4])}, "group 2 has member 4, of 4 nodes"),
        ({"member": np.array([3, 1, 2, 1, 0, 1])}, "group 1 has member 1 twice"),
        ({"delay_min": np.array([0, 30, -1])}, "group 2 holds for -1.0 minutes"),
        ({"delay_min": np.array([0, np.inf, 1])}, "group 1 holds for inf minutes"),
        ({"delay_min": np.array([np.nan, 1, 1])}, "group 0 holds for nan minutes"),
        ({"delay_min": np.array(["a", "b", "c"])}, "delay_min: <U1, not numbers"),
        ({"stops": np.array([1, 0, 1])}, "stops: int64 of shape"),
        ({"needed": np.array([1, 2])}, "3 groups, but 2 needed"),
        ({"needed": np.array([1.0, 2.0, 1.0])}, "needed: float64"),
        ({"member_ptr": np.array([0, 4, 1, 6])}, "member_ptr: must rise from 0 to 6"),
        ({"member_ptr": np.array([0, 1, 4, 5])}, "member_ptr: must rise from 0 to 6"),
        ({"member": np.array([3, 1, 2, 3, 0, 2**40])}, "member: 1099511627776 does not fit"),
        ({"nodes": -1}, "-1 nodes"),
    ],
)  # fmt: skip
def test_needs_that_mean_nothing_are_refused_with_their_place(
    change: dict[str, Any], message: str
) -> None:
    with pytest.raises(DependencyError, match=message):
        needs_from_groups(**GIVEN | change)


def test_no_node_at_all_is_a_map_too() -> None:
    empty = np.zeros(0, np.int64)
    compiled = compile_needs(
        needs_from_groups(0, empty, empty, np.zeros(0, np.bool_), empty, np.zeros(1, int), empty)
    )
    assert compiled.order.tolist() == []
    assert compiled.knot_ptr.tolist() == [0]


@settings(max_examples=300, deadline=None)
@given(many_needs())
def test_what_is_needed_comes_first_or_in_the_same_knot(needs: Needs) -> None:
    compiled = compile_needs(needs)
    assert sorted(compiled.order.tolist()) == list(range(needs.nodes))
    knot = np.empty(needs.nodes, np.int64)
    sizes = np.diff(compiled.knot_ptr)
    knot[compiled.order] = np.repeat(np.arange(len(sizes)), sizes)
    for group, node in enumerate(compiled.group_node):
        assert needs.group_ptr[node] <= group < needs.group_ptr[node + 1]
        row = needs.member[needs.member_ptr[group] : needs.member_ptr[group + 1]]
        assert (knot[row] <= knot[node]).all()
        for member in row:
            users = compiled.user_group[
                compiled.user_ptr[member] : compiled.user_ptr[member + 1]
            ].tolist()
            assert group in users
            assert users == sorted(set(users))
    assert compiled.user_ptr[-1] == len(needs.member)
