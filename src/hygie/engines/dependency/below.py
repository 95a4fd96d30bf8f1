"""What does one node lean on, as a map of its own?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.checks import as_nodes
from hygie.engines.dependency.evaluate import evaluate_up
from hygie.engines.dependency.kernels.compile import mark_below
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    IntArray,
    LongArray,
    Needs,
    WordArray,
)


@dataclass(frozen=True, slots=True)
class Below:
    """A node and all that it leans on, numbered by distance; the node itself is number 0.

    m = nodes of this map.

    Attributes:
        compiled: their needs, in which every group stops: service, or full service, as asked.
        nodes: (m,) who they are in the whole map.
        number: (n,) their numbers here, -1 for who is not below.
    """

    compiled: CompiledNeeds
    nodes: IntArray
    number: IntArray

    def numbers(self, nodes: IntArray) -> IntArray:
        """Numbers of those of some nodes that are below, ascending, each once."""
        known: IntArray = np.unique(self.number[nodes])
        return known[known >= 0]

    def standing(self, failed: WordArray) -> WordArray:
        """Tell who stands, (m, W) by number, when others are lost, (m, W) likewise.

        Cost: as `evaluate_up` on m nodes.
        """
        return evaluate_up(self.compiled, failed)


def below(compiled: CompiledNeeds, node: int, *, full: bool = False) -> Below:
    """Cut the part of a map that decides one node.

    Args:
        compiled: needs of n nodes.
        node: one of them.
        full: the part that decides its full service.

    Returns:
        The node and all that it leans on.

    Raises:
        DependencyError: the node is not there.

    Cost: O(n), and compiling the part.
    """
    needs = compiled.needs
    start = as_nodes(needs.nodes, np.array([node]))
    skip = np.zeros_like(needs.stops) if full else ~needs.stops
    distance, nodes = reached_below(needs, skip, start)
    number = np.full(needs.nodes, -1, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    mine = np.flatnonzero((distance[compiled.group_node] >= 0) & ~skip)
    owner = number[compiled.group_node[mine]]
    mine = mine[np.argsort(owner, kind="stable")]
    group_ptr = np.zeros(len(nodes) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(nodes)), out=group_ptr[1:])
    member_ptr, member = copied_rows(needs.member_ptr, needs.member, mine)
    part = Needs(
        group_ptr, member_ptr, number[member], needs.needed[mine], np.ones(len(mine), np.bool_),
        needs.delay_min[mine],
    )  # fmt: skip
    return Below(compile_needs(part), nodes, number)


def with_targets(part: Below) -> tuple[Below, IntArray]:
    """Part the failing of the node into the failing of groups, any of which fails it.

    What the node needs without any spare fails it by failing, and so does what *that* needs without
    any spare. The groups that all of these have with members to spare are the targets: beyond
    single losses, the node fails exactly when one of them does.

    Args:
        part: as `below` gives it.

    Returns:
        The same map with one node more for each target, which has that group alone, and the numbers
        of these nodes. Groups that say the same are one target.

    Cost: O(m), and compiling the map.
    """
    needs = part.compiled.needs
    spares = needs.needed < np.diff(needs.member_ptr)
    start = np.zeros(1, np.int32)
    distance, _ = reached_below(needs, spares, start)
    own = np.flatnonzero(spares & (distance[part.compiled.group_node] >= 0))
    groups = _each_once(needs, own)
    member_ptr, member = copied_rows(needs.member_ptr, needs.member, groups)
    more = Needs(
        np.concatenate([needs.group_ptr, needs.group_ptr[-1] + 1 + np.arange(len(groups))]),
        np.concatenate([needs.member_ptr, needs.member_ptr[-1] + member_ptr[1:]]),
        np.concatenate([needs.member, member]),
        np.concatenate([needs.needed, needs.needed[groups]]),
        np.concatenate([needs.stops, needs.stops[groups]]),
        np.concatenate([needs.delay_min, needs.delay_min[groups]]),
    )
    targets = needs.nodes + np.arange(len(groups), dtype=np.int32)
    return Below(compile_needs(more), part.nodes, part.number), targets


def _each_once(needs: Needs, groups: LongArray) -> LongArray:
    """Leave out groups that ask for as many of the same members as an earlier one."""
    kept: dict[tuple[int, bytes], int] = {}
    for group in groups.tolist():
        row = needs.member[needs.member_ptr[group] : needs.member_ptr[group + 1]]
        kept.setdefault((int(needs.needed[group]), np.sort(row).tobytes()), group)
    return np.array(list(kept.values()), np.int64)


def reached_below(needs: Needs, skip: BoolArray, starts: IntArray) -> tuple[IntArray, IntArray]:
    """Find all that some nodes lean on.

    Args:
        needs: of n nodes.
        skip: (g,) groups to take no account of.
        starts: nodes, each once.

    Returns:
        (n,) how many needs below the nearest start each node is, -1 = not at all; and the nodes
        found, the starts first, by that distance.

    Cost: O(n), and O(1) a member of the groups looked at.
    """
    distance = np.full(needs.nodes, -1, np.int32)
    distance[starts] = 0
    queue = np.empty(needs.nodes, np.int32)
    queue[: len(starts)] = starts
    found = mark_below(
        len(starts), needs.group_ptr, needs.member_ptr, needs.member, skip, distance, queue
    )
    return distance, queue[:found]


def copied_rows(
    pointer: LongArray, values: IntArray, taken: LongArray
) -> tuple[LongArray, IntArray]:
    """Copy some rows of a table of rows, in the order asked for: their pointers, their values."""
    sizes = np.diff(pointer)[taken]
    copied = np.zeros(len(taken) + 1, np.int64)
    np.cumsum(sizes, out=copied[1:])
    shift = np.repeat(pointer[taken] - copied[:-1], sizes)
    return copied, values[np.arange(copied[-1]) + shift]
