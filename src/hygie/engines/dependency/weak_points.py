"""Which single losses, and which pairs, fail a node?"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.below import Below, below
from hygie.engines.dependency.checks import as_nodes
from hygie.engines.dependency.scenarios import loss_blocks
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    DependencyError,
    IntArray,
)

_PAIRS_AT_ONCE = 250_000


def weak_points(
    compiled: CompiledNeeds,
    node: int,
    candidates: NDArray[np.integer],
    order: int = 2,
    *,
    full: bool = False,
) -> list[tuple[int, ...]]:
    """Find every single loss, and every pair, that stops a node: its cut sets up to that order.

    Args:
        compiled: needs of n nodes.
        node: whom to stop.
        candidates: nodes that may be lost; the node itself counts when it is one of them.
        order: 1 = single losses alone, 2 = and pairs of which neither suffices.
        full: its full service, instead of service.

    Returns:
        Sets of one or two nodes, ascending, by size and then by nodes.

    Raises:
        DependencyError: a node is not there, or another order.

    Cost: the part of the map below the node, evaluated for each candidate in it, then for each two
        of those that take a member from a group that can spare it; 64 to a word, some 50 MB at a
        time.
    Source: docs/engines/dependency.md §5, which proves that other pairs need not be tried.
    """
    if order not in (1, 2):
        raise DependencyError(f"order {order}: 1 or 2 is possible")
    part = below(compiled, node, full=full)
    tried = part.numbers(as_nodes(compiled.needs.nodes, candidates))
    alone, weakens = alone_or_weakening(part, tried)
    found: list[tuple[int, ...]] = sorted((each,) for each in part.nodes[tried[alone]].tolist())
    if order == 1:
        return found
    pairs = failing_pairs(part, tried[weakens & ~alone])
    named = (sorted(part.nodes[list(pair)].tolist()) for pair in pairs)
    return [*found, *sorted((first, second) for first, second in named)]


def alone_or_weakening(part: Below, tried: IntArray) -> tuple[BoolArray, BoolArray]:
    """Tell what each node does when it is lost alone.

    Args:
        part: what the node in question leans on.
        tried: (k,) numbers of that map.

    Returns:
        (k,) whether the loss fails the node; (k,) whether it takes, straight or not, a member from
        a group that can spare one. Who does neither belongs to no minimal set of several losses.

    Cost: as `evaluate_up` of the part in k scenarios, then O(e) words more.
    """
    needs = part.compiled.needs
    alone, weakens = np.zeros(len(tried), np.bool_), np.zeros(len(tried), np.bool_)
    spare = np.flatnonzero(needs.needed < np.diff(needs.member_ptr))
    for block in loss_blocks(needs.nodes, np.arange(len(tried) + 1), tried):
        up = part.standing(block.failed)
        hurt = np.zeros(up.shape[1], np.uint64)
        for group in spare.tolist():
            members = needs.member[needs.member_ptr[group] : needs.member_ptr[group + 1]]
            hurt |= ~np.bitwise_and.reduce(up[members], axis=0)
        place = slice(block.first, block.first + block.count)
        alone[place] = lanes_of(~up[0])[: block.count]
        weakens[place] = lanes_of(hurt)[: block.count]
    return alone, weakens


def failing_pairs(part: Below, tried: IntArray) -> Iterator[tuple[int, int]]:
    """Find the pairs that fail the node.

    Args:
        part: what the node in question leans on.
        tried: (k,) numbers of that map, none of which fails it alone.

    Yields:
        Two numbers, in the order of `tried`.

    Cost: as `evaluate_up` of the part in k²/2 scenarios, some at a time.
    """
    rows = max(1, _PAIRS_AT_ONCE // max(len(tried), 1))
    for start in range(0, len(tried), rows):
        left = len(tried) - start
        first, second = np.triu_indices(min(rows, left), 1, left)
        both = np.stack([tried[start + first], tried[start + second]], axis=1)
        pointer = np.arange(0, both.size + 1, 2)
        for block in loss_blocks(part.compiled.needs.nodes, pointer, both.reshape(-1)):
            fails = lanes_of(~part.standing(block.failed)[0])[: block.count]
            yield from both[block.first + np.flatnonzero(fails)].tolist()


def lanes_of(row: NDArray[np.uint64]) -> BoolArray:
    """Give the bits of a row of words, (64 W,) booleans."""
    lanes: BoolArray = np.unpackbits(row.view(np.uint8), bitorder="little").astype(np.bool_)
    return lanes
