"""Who uses a node, and where can full service differ from service?"""

import numpy as np

from hygie.engines.dependency.types import BoolArray, IntArray, LongArray
from hygie.engines.graph.compiled import compiled


@compiled
def group_users(
    member_ptr: LongArray, member: IntArray, user_ptr: LongArray, user_group: IntArray
) -> None:
    """Turn "members of a group" into "groups of a member", groups ascending.

    `user_ptr` (n+1,) is zero before and is filled; `user_group` (e,) is filled.
    """
    for p in range(len(member)):
        user_ptr[member[p] + 1] += 1
    for v in range(len(user_ptr) - 1):
        user_ptr[v + 1] += user_ptr[v]
    place = user_ptr[:-1].copy()
    for g in range(len(member_ptr) - 1):
        for p in range(member_ptr[g], member_ptr[g + 1]):
            user_group[place[member[p]]] = g
            place[member[p]] += 1


@compiled
def repeated_member(member_ptr: LongArray, member: IntArray, nodes: int) -> int:
    """Position of the first member that stands twice in its group; -1 when there is none."""
    seen_in = np.full(nodes, -1, np.int64)
    for g in range(len(member_ptr) - 1):
        for p in range(member_ptr[g], member_ptr[g + 1]):
            if seen_in[member[p]] == g:
                return p
            seen_in[member[p]] = g
    return -1


@compiled
def node_differs(
    v: int,
    group_ptr: LongArray,
    member_ptr: LongArray,
    member: IntArray,
    stops: BoolArray,
    differs: BoolArray,
) -> bool:
    """Tell whether a node has a group that only degrades it, or a member that may be degraded."""
    for g in range(group_ptr[v], group_ptr[v + 1]):
        if not stops[g]:
            return True
        for p in range(member_ptr[g], member_ptr[g + 1]):
            if differs[member[p]]:
                return True
    return False


@compiled
def mark_differing(
    group_ptr: LongArray,
    member_ptr: LongArray,
    member: IntArray,
    stops: BoolArray,
    order: IntArray,
    knot_ptr: LongArray,
    differs: BoolArray,
) -> None:
    """Mark in `differs` (n,), False before, the nodes that can give service but not full service.

    One pass: in a knot each node leans on each other one, so that one marks all.
    """
    for k in range(len(knot_ptr) - 1):
        found = False
        for i in range(knot_ptr[k], knot_ptr[k + 1]):
            if node_differs(order[i], group_ptr, member_ptr, member, stops, differs):
                found = True
                break
        if found:
            for i in range(knot_ptr[k], knot_ptr[k + 1]):
                differs[order[i]] = True


@compiled
def mark_below(
    starts: int,
    group_ptr: LongArray,
    member_ptr: LongArray,
    member: IntArray,
    skip: BoolArray,
    distance: IntArray,
    queue: IntArray,
) -> int:
    """Find all that some nodes lean on, through groups that are not skipped.

    The first `starts` ones of `queue` (n,) are those nodes, each once, at distance 0; `distance`
    (n,) is -1 elsewhere, and then tells how many needs below the nearest of them. Returns how many
    stand in `queue` at last, by distance.
    """
    head = 0
    tail = starts
    while head < tail:
        v = queue[head]
        head += 1
        for g in range(group_ptr[v], group_ptr[v + 1]):
            if skip[g]:
                continue
            for p in range(member_ptr[g], member_ptr[g + 1]):
                if distance[member[p]] < 0:
                    distance[member[p]] = distance[v] + 1
                    queue[tail] = member[p]
                    tail += 1
    return tail
