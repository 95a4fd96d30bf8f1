"""How are losses laid out as scenarios, which are worth trying, and what does each one cost?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.checks import as_nodes, as_plane, as_rows
from hygie.engines.dependency.kernels.lanes import add_lost_weight, set_lanes
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    DependencyError,
    FloatArray,
    IntArray,
    LongArray,
    WordArray,
)

LANES = 64
"""Scenarios to a word."""

_BLOCK_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class LossBlock:
    """Some of the losses to try, as scenarios.

    Attributes:
        first: position of the first loss of the block among those to try.
        count: how many losses; the lanes after them lose nothing.
        failed: (n, W) bit s of word w: the node is lost by loss first + 64 w + s.
    """

    first: int
    count: int
    failed: WordArray


def scenario_words(scenarios: int) -> int:
    """Words that hold so many scenarios."""
    return -(-scenarios // LANES)


def scenario_count(plane: WordArray) -> int:
    """Lanes of a plane (n, W), those that nobody asked for included: 64 W."""
    return LANES * int(plane.shape[1])


def pack_scenarios(nodes: int, sets: Sequence[Iterable[int]]) -> WordArray:
    """Write sets of lost nodes as scenarios.

    Args:
        nodes: number of nodes, n.
        sets: what each scenario loses, nodes; S of them.

    Returns:
        (n, ceil(S / 64)) bit s of word w: the node is in set 64 w + s.

    Raises:
        DependencyError: a set names what is not a node.

    Cost: O(n S / 64) words, and one step for each member.
    """
    lists = [list(each) for each in sets]
    indptr = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(each) for each in lists], out=indptr[1:])
    flat = np.array([node for each in lists for node in each], np.int64)
    return pack_lists(nodes, indptr, flat)


def pack_lists(nodes: int, indptr: LongArray, member: NDArray[np.integer]) -> WordArray:
    """Write sets of lost nodes, given as rows, as scenarios.

    Args:
        nodes: number of nodes, n.
        indptr: (S+1,) where each set starts and ends in `member`.
        member: nodes, in any order within a set.

    Returns, Raises, Cost: as `pack_scenarios`.
    """
    pointer, members = as_rows(nodes, indptr, member)
    plane = np.zeros((nodes, scenario_words(len(pointer) - 1)), np.uint64)
    set_lanes(pointer, members, plane)
    return plane


def unpack_scenarios(plane: WordArray, scenarios: int) -> BoolArray:
    """Give the first lanes of a plane as booleans, (n, scenarios)."""
    octets = np.ascontiguousarray(plane, "<u8").view(np.uint8)
    bits = np.unpackbits(octets, axis=1, bitorder="little", count=scenarios)
    return bits.astype(np.bool_)


def loss_blocks(
    nodes: int, indptr: LongArray, member: NDArray[np.integer], *, words: int | None = None
) -> Iterator[LossBlock]:
    """Write any number of losses as scenarios, some words at a time.

    Args:
        nodes: number of nodes, n.
        indptr, member: the losses as rows of nodes, as `pack_lists`.
        words: words of a block; None = as many as 16 MB hold, at least 1.

    Yields:
        Blocks in the order of the losses, each with an array of its own.

    Raises:
        DependencyError: as `pack_scenarios`.

    Cost: 8 n bytes a word of a block.
    """
    pointer, members = as_rows(nodes, indptr, member)
    width = words if words else max(1, _BLOCK_BYTES // (8 * max(nodes, 1)))
    losses = len(pointer) - 1
    for first in range(0, losses, LANES * width):
        last = min(losses, first + LANES * width)
        part = pointer[first : last + 1]
        plane = np.zeros((nodes, scenario_words(last - first)), np.uint64)
        set_lanes(part - part[0], members[part[0] : part[-1]], plane)
        yield LossBlock(first, last - first, plane)


def single_losses(
    compiled: CompiledNeeds, among: IntArray | None = None, *, words: int | None = None
) -> Iterator[LossBlock]:
    """Lose each node alone.

    Args:
        compiled: needs of n nodes.
        among: (S,) nodes to try; None = all. Loss i is that of among[i].
        words: as `loss_blocks`.

    Yields, Raises, Cost: as `loss_blocks`.
    """
    nodes = compiled.needs.nodes
    tried = np.arange(nodes, dtype=np.int32) if among is None else among
    yield from loss_blocks(nodes, np.arange(len(tried) + 1), tried, words=words)


def pairs_worth_trying(
    compiled: CompiledNeeds, given: IntArray | None = None, *, most: int = 100_000
) -> IntArray:
    """List the pairs whose loss can cost more than the sum of their two losses.

    A group that can spare one member, and not two, is broken by any two of its members: these
    pairs stand here. What brings two such members down from below is found by `weak_points`.

    Args:
        compiled: needs of n nodes.
        given: nodes of which each two are worth trying too.
        most: more pairs than that are refused, before they are made.

    Returns:
        (p, 2) nodes, the lower one first, ascending, each pair once.

    Raises:
        DependencyError: too many, or a node that is not there.

    Cost: O(e + p log p).
    """
    needs = compiled.needs
    sizes = np.diff(needs.member_ptr)
    fragile = np.flatnonzero(sizes - needs.needed == 1)
    chosen = np.unique(as_nodes(needs.nodes, np.zeros(0, np.int32) if given is None else given))
    total = int((sizes[fragile] * (sizes[fragile] - 1) // 2).sum())
    total += len(chosen) * (len(chosen) - 1) // 2
    if total > most:
        raise DependencyError(f"{total} pairs to try: {most} are allowed")
    parts = [_pairs_of(chosen)]
    for group in fragile.tolist():
        row = needs.member[needs.member_ptr[group] : needs.member_ptr[group + 1]]
        parts.append(_pairs_of(np.sort(row)))
    pairs: IntArray = np.unique(np.concatenate(parts), axis=0)
    return pairs


def lost_weight(plane: WordArray, weight: NDArray[np.generic], scenarios: int) -> FloatArray:
    """Weigh what does not stand in each scenario.

    Args:
        plane: (n, W) who stands.
        weight: (n,) finite; nodes of weight 0 are not looked at.
        scenarios: S, how many lanes to answer for.

    Returns:
        (S,) sum of the weights of the nodes that do not stand, added by ascending node.

    Raises:
        DependencyError: shapes differ, or a weight is not finite.

    Cost: O(64 W) for each node that has weight and is lost in some scenario of a word.
    """
    rows = np.asarray(plane)
    given = np.ascontiguousarray(weight, np.float64)
    as_plane("plane", rows, len(given))
    if not np.isfinite(given).all():
        wrong = int(np.flatnonzero(~np.isfinite(given))[0])
        raise DependencyError(f"weight of node {wrong} is {given[wrong]}")
    _check_count(rows, scenarios)
    node = np.flatnonzero(given).astype(np.int32)
    total = np.zeros(LANES * rows.shape[1])
    add_lost_weight(np.ascontiguousarray(rows), node, given[node], total)
    return total[:scenarios]


def lost_counts(plane: WordArray, scenarios: int) -> LongArray:
    """Count for each node the scenarios in which it does not stand.

    Args:
        plane: (n, W) who stands.
        scenarios: how many lanes to count.

    Returns:
        (n,) 0 … scenarios.

    Raises:
        DependencyError: the plane has fewer lanes.

    Cost: O(n W), 1 byte a word beside.
    """
    _check_count(plane, scenarios)
    whole, rest = divmod(scenarios, LANES)
    stands: LongArray = np.bitwise_count(plane[:, :whole]).sum(axis=1, dtype=np.int64)
    if rest:
        stands += np.bitwise_count(plane[:, whole] & np.uint64((1 << rest) - 1))
    lost: LongArray = scenarios - stands
    return lost


def _check_count(plane: WordArray, scenarios: int) -> None:
    if not 0 <= scenarios <= scenario_count(plane):
        raise DependencyError(f"{scenarios} scenarios of a plane of {scenario_count(plane)} lanes")


def _pairs_of(nodes: IntArray) -> IntArray:
    first, second = np.triu_indices(len(nodes), 1)
    return np.stack([nodes[first], nodes[second]], axis=1)
