"""How do service and full service become points of one chain of events?

The service of each node is a point. Its full service is a second point, when the two can differ at
all. The groups of full service are then those of the node, over the full service of their members.
"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.below import copied_rows, reached_below
from hygie.engines.dependency.evaluate import differing
from hygie.engines.dependency.kernels.compile import group_users
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
        group: (g,) the group of the needs that each one comes from.
    """

    up_point: IntArray
    full_point: IntArray
    user_ptr: LongArray
    user_group: IntArray
    owner: IntArray
    delay: FloatArray
    allowed: IntArray
    group: IntArray


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
    both, origin = _unfolded(compiled, differs, full_point)
    points = both.nodes
    taken = np.ones(points, np.bool_)
    if watched is not None:
        own = full_point[watched]
        distance, _ = reached_below(
            both, np.zeros(len(both.stops), np.bool_), np.concatenate([watched, own[own >= 0]])
        )
        taken = distance >= 0
    owner = np.repeat(np.arange(points, dtype=np.int32), np.diff(both.group_ptr))
    kept = np.flatnonzero(taken[owner])
    member_ptr, member = copied_rows(both.member_ptr, both.member, kept)
    user_ptr = np.zeros(points + 1, np.int64)
    user_group = np.empty(len(member), np.int32)
    group_users(member_ptr, member, user_ptr, user_group)
    up_point = np.arange(needs.nodes, dtype=np.int32)
    up_point[~taken[: needs.nodes]] = NO_POINT
    full_point[differs & ~taken[full_point]] = NO_POINT
    allowed = (np.diff(member_ptr) - both.needed[kept] + 1).astype(np.int32)
    return Events(
        up_point, full_point, user_ptr, user_group, owner[kept], both.delay_min[kept], allowed,
        origin[kept],
    )  # fmt: skip


def _unfolded(
    compiled: CompiledNeeds, differs: BoolArray, full_point: IntArray
) -> tuple[Needs, IntArray]:
    """Needs of points: stopping groups of nodes, then all groups of nodes with two points.

    The groups that they come from stand beside.
    """
    needs = compiled.needs
    stopping = np.flatnonzero(needs.stops)
    whole = np.flatnonzero(differs[compiled.group_node])
    taken = np.concatenate([stopping, whole])
    member_ptr, member = copied_rows(needs.member_ptr, needs.member, taken)
    second = member[member_ptr[len(stopping)] :]
    member[member_ptr[len(stopping)] :] = np.where(differs[second], full_point[second], second)
    owner = np.concatenate([compiled.group_node[stopping], full_point[compiled.group_node[whole]]])
    group_ptr = np.zeros(needs.nodes + np.count_nonzero(differs) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(group_ptr) - 1), out=group_ptr[1:])
    both = Needs(
        group_ptr, member_ptr, member, needs.needed[taken], needs.stops[taken],
        needs.delay_min[taken],
    )  # fmt: skip
    return both, taken.astype(np.int32)
