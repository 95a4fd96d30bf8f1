"""How do service and full service become points of one chain of events?

The service of each node is a point. Its full service is a second point, when the two can differ at
all. The groups of full service are then those of the node, over the full service of their members.
"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.evaluate import differing
from hygie.engines.dependency.kernels.compile import group_users, mark_below
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    FloatArray,
    IntArray,
    LongArray,
    Needs,
)

NO_POINT = -1


@dataclass(frozen=True, slots=True)
class Events:
    """Who fails whom, laid out for playing losses over time.

    p = points, g = groups over points.

    Attributes:
        up_point: (n,) point of each node's service; -1 when it can change nothing that is watched.
        full_point: (n,) point of its full service; -1 likewise, or when it is the same as service.
        user_ptr, user_group: (p+1,), rows of the groups that each point is a member of.
        owner: (g,) the point that each group fails.
        delay: (g,) minutes later.
        allowed: (g,) the how-many-eth member to fail fails the group.
    """

    up_point: IntArray
    full_point: IntArray
    user_ptr: LongArray
    user_group: IntArray
    owner: IntArray
    delay: FloatArray
    allowed: IntArray


def events_of(compiled: CompiledNeeds, watched: IntArray | None = None) -> Events:
    """Lay out the events that can change something for the watched nodes: made once per map.

    Args:
        compiled: needs of n nodes.
        watched: nodes, each once; None = all.

    Returns:
        The layout, to be given to `times.play`, by several threads at a time if need be.

    Cost: O(n + e), twice where full service differs from service.
    """
    needs = compiled.needs
    differs = differing(compiled)
    full_point = np.full(needs.nodes, NO_POINT, np.int32)
    full_point[differs] = needs.nodes + np.arange(np.count_nonzero(differs), dtype=np.int32)
    both = _unfolded(compiled, differs, full_point)
    points = both.nodes
    taken = np.ones(points, np.bool_)
    if watched is not None:
        own = full_point[watched]
        taken = _below(both, np.concatenate([watched, own[own >= 0]]))
    owner = np.repeat(np.arange(points, dtype=np.int32), np.diff(both.group_ptr))
    kept = np.flatnonzero(taken[owner])
    member_ptr, member = _rows(both.member_ptr, both.member, kept)
    user_ptr = np.zeros(points + 1, np.int64)
    user_group = np.empty(len(member), np.int32)
    group_users(member_ptr, member, user_ptr, user_group)
    up_point = np.arange(needs.nodes, dtype=np.int32)
    up_point[~taken[: needs.nodes]] = NO_POINT
    full_point[differs & ~taken[full_point]] = NO_POINT
    allowed = (np.diff(member_ptr) - both.needed[kept] + 1).astype(np.int32)
    return Events(
        up_point, full_point, user_ptr, user_group, owner[kept], both.delay_min[kept], allowed
    )


def _unfolded(compiled: CompiledNeeds, differs: BoolArray, full_point: IntArray) -> Needs:
    """Needs of points: stopping groups of nodes, then all groups of nodes with two points."""
    needs = compiled.needs
    stopping = np.flatnonzero(needs.stops)
    whole = np.flatnonzero(differs[compiled.group_node])
    taken = np.concatenate([stopping, whole])
    member_ptr, member = _rows(needs.member_ptr, needs.member, taken)
    second = member[member_ptr[len(stopping)] :]
    member[member_ptr[len(stopping)] :] = np.where(differs[second], full_point[second], second)
    owner = np.concatenate([compiled.group_node[stopping], full_point[compiled.group_node[whole]]])
    group_ptr = np.zeros(needs.nodes + np.count_nonzero(differs) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(group_ptr) - 1), out=group_ptr[1:])
    return Needs(
        group_ptr, member_ptr, member, needs.needed[taken], needs.stops[taken],
        needs.delay_min[taken],
    )  # fmt: skip


def _below(needs: Needs, starts: IntArray) -> BoolArray:
    distance = np.full(needs.nodes, -1, np.int32)
    distance[starts] = 0
    queue = np.empty(needs.nodes, np.int32)
    queue[: len(starts)] = starts
    skip = np.zeros(len(needs.stops), np.bool_)
    mark_below(len(starts), needs.group_ptr, needs.member_ptr, needs.member, skip, distance, queue)
    found: BoolArray = distance >= 0
    return found


def _rows(pointer: LongArray, values: IntArray, taken: LongArray) -> tuple[LongArray, IntArray]:
    """Copy some rows of a table of rows, in the order asked for."""
    sizes = np.diff(pointer)[taken]
    copied = np.zeros(len(taken) + 1, np.int64)
    np.cumsum(sizes, out=copied[1:])
    shift = np.repeat(pointer[taken] - copied[:-1], sizes)
    return copied, values[np.arange(copied[-1]) + shift]
