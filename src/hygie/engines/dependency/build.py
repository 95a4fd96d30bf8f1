"""How are needs written down, which ones are refused, and in which order are they decided?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.kernels.compile import group_users, repeated_member
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    DependencyError,
    IntArray,
    LongArray,
    Needs,
)
from hygie.engines.graph.components import components
from hygie.engines.graph.csr import csr_from_edges

_MOST = np.iinfo(np.int32).max


def needs_from_groups(
    nodes: int,
    group_node: NDArray[np.integer],
    needed: NDArray[np.integer],
    stops: BoolArray,
    delay_min: NDArray[np.generic],
    member_ptr: NDArray[np.integer],
    member: NDArray[np.integer],
) -> Needs:
    """Check groups given in any order, and sort them by the node that has them.

    Args:
        nodes: number of nodes, n.
        group_node: (g,) the node that has each group.
        needed: (g,) how many members must hold, 1 … size of the group.
        stops: (g,) whether the node stops once the group fails; else it is degraded.
        delay_min: (g,) minutes that it holds then, finite, 0 or more.
        member_ptr: (g+1,) where the members of each group start and end in `member`.
        member: (e,) nodes; a node may be a member of its own group, but not twice of one group.

    Returns:
        The needs; the groups of a node keep the order in which they were given.

    Raises:
        DependencyError: lengths differ, a group is empty, asks for more members than it has or for
            none, names a node that is not there or a member twice, or a delay is not one. Groups
            are named by their position in the arguments.

    Cost: O(n + g + e).
    """
    owner = _whole("group_node", group_node)
    groups = len(owner)
    asked, pointer = _whole("needed", needed), _whole("member_ptr", member_ptr).astype(np.int64)
    members, stop, delay = _whole("member", member), np.asarray(stops), np.asarray(delay_min)
    if stop.shape != (groups,) or stop.dtype != np.bool_:
        raise DependencyError(f"stops: {stop.dtype} of shape {stop.shape}, not {groups} booleans")
    if len(asked) != groups or delay.shape != (groups,) or len(pointer) != groups + 1:
        raise DependencyError(
            f"{groups} groups, but {len(asked)} needed, delays of shape {delay.shape} and "
            f"{len(pointer)} pointers to members: one each is wanted, and one pointer more"
        )
    if delay.dtype.kind not in "iuf":
        raise DependencyError(f"delay_min: {delay.dtype}, not numbers")
    delay = delay.astype(np.float64)
    _check_groups(nodes, owner, asked, delay, pointer, members)
    by_node = np.argsort(owner, kind="stable")
    group_ptr = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=nodes), out=group_ptr[1:])
    sizes = np.diff(pointer)[by_node]
    sorted_ptr = np.zeros(groups + 1, np.int64)
    np.cumsum(sizes, out=sorted_ptr[1:])
    shift = np.repeat(pointer[:-1][by_node] - sorted_ptr[:-1], sizes)
    needs = Needs(
        group_ptr,
        sorted_ptr,
        members[np.arange(len(members)) + shift],
        asked[by_node],
        stop[by_node],
        delay[by_node],
    )
    _check_repeats(needs, by_node)
    return needs


def compile_needs(needs: Needs) -> CompiledNeeds:
    """Find the order in which one pass decides every node, and who uses each node.

    Args:
        needs: as `needs_from_groups` gives them, which has checked them.

    Returns:
        The needs, suppliers before those who lean on them; the nodes of a knot ascending.

    Cost: O(n + g + e), one search for strong components.
    Source: Tarjan 1972 (`engines.graph.components`).
    """
    nodes = needs.nodes
    group_node = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(needs.group_ptr))
    user = np.repeat(group_node, np.diff(needs.member_ptr))
    found = components(csr_from_edges(nodes, user, needs.member))
    order = np.argsort(found.of_node, kind="stable").astype(np.int32)
    sizes = np.bincount(found.of_node, minlength=found.count)
    knot_ptr = np.zeros(found.count + 1, np.int64)
    np.cumsum(sizes, out=knot_ptr[1:])
    user_ptr = np.zeros(nodes + 1, np.int64)
    user_group = np.empty(len(needs.member), np.int32)
    group_users(needs.member_ptr, needs.member, user_ptr, user_group)
    return CompiledNeeds(needs, order, knot_ptr, user_ptr, user_group, group_node)


def _check_groups(
    nodes: int,
    owner: IntArray,
    asked: IntArray,
    delay: NDArray[np.float64],
    pointer: LongArray,
    members: IntArray,
) -> None:
    if not 0 <= nodes <= _MOST:
        raise DependencyError(f"{nodes} nodes: 0 to {_MOST} are possible")
    sizes = np.diff(pointer)
    if pointer[0] != 0 or pointer[-1] != len(members) or (sizes < 0).any():
        raise DependencyError(
            f"member_ptr: must rise from 0 to {len(members)}, the number of members"
        )
    _refuse("group {} belongs to node {}, of {nodes} nodes", owner, (owner < 0) | (owner >= nodes),
            nodes=nodes)  # fmt: skip
    _refuse("group {} is empty: a need names what is needed", sizes, sizes == 0)
    wrong = np.flatnonzero((asked < 1) | (asked > sizes))
    if len(wrong):
        first = wrong[0]
        raise DependencyError(
            f"group {first} needs {asked[first]} of its {sizes[first]} members: 1 to all can be"
        )
    _refuse("group {} holds for {} minutes: a finite delay, 0 or more, is wanted", delay,
            ~(np.isfinite(delay) & (delay >= 0)))  # fmt: skip
    outside = np.flatnonzero((members < 0) | (members >= nodes))
    if len(outside):
        group = np.searchsorted(pointer, outside[0], side="right") - 1
        raise DependencyError(f"group {group} has member {members[outside[0]]}, of {nodes} nodes")


def _refuse(message: str, values: NDArray[np.generic], wrong: BoolArray, **context: object) -> None:
    """Refuse the first value at fault; the message takes its position, then itself."""
    positions = np.flatnonzero(wrong)
    if len(positions):
        raise DependencyError(message.format(positions[0], values[positions[0]], **context))


def _check_repeats(needs: Needs, given: NDArray[np.int64]) -> None:
    place = repeated_member(needs.member_ptr, needs.member, needs.nodes)
    if place >= 0:
        group = given[np.searchsorted(needs.member_ptr, place, side="right") - 1]
        raise DependencyError(
            f"group {group} has member {needs.member[place]} twice: it would stand in for itself"
        )


def _whole(name: str, values: NDArray[np.generic]) -> IntArray:
    """Give whole numbers as contiguous int32."""
    given = np.asarray(values)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise DependencyError(f"{name}: {given.dtype} of shape {given.shape}, not whole numbers")
    if given.size and (given.max() > _MOST or given.min() < -_MOST):
        raise DependencyError(f"{name}: {given.max()} does not fit")
    return np.ascontiguousarray(given, np.int32)
