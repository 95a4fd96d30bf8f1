"""What stands in each of many scenarios of loss?"""

from itertools import pairwise

import numpy as np

from hygie.engines.dependency.checks import as_plane
from hygie.engines.dependency.kernels.compile import mark_differing
from hygie.engines.dependency.kernels.planes import settle
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    Evaluation,
    WordArray,
)

_AS_GIVEN, _TURNED = np.uint64(0), ~np.uint64(0)

# Words of a row taken at a time. Narrower is slower, even where planes are larger than any cache: a
# row is read in one go. This one keeps the row that is written in the processor's nearest cache.
_WIDTH = 2_048


def evaluate(compiled: CompiledNeeds, failed: WordArray) -> Evaluation:
    """Decide every node in every scenario at once.

    Args:
        compiled: needs of n nodes.
        failed: (n, W) bit s of word w: the node is lost in scenario 64 w + s.

    Returns:
        Both planes. They are one and the same array when no need is of the kind that only degrades:
        then there is nothing else to tell. Scenarios past those that the caller asked for, in the
        last word, are answered too: leave their bits at 0 and everything stands in them.

    Raises:
        DependencyError: `failed` is not a row of words for each node.

    Cost: one pass, O(e W) word operations for a plane, and again for what can be degraded; knots
        are gone over until they are still. 16 n W bytes at most.
    Source: docs/engines/dependency.md §2, §3.
    """
    up = evaluate_up(compiled, failed)
    differs = differing(compiled)
    if not differs.any():
        return Evaluation(up, up)
    return Evaluation(up, _settled(compiled, groups_of_full(compiled, differs), up, _AS_GIVEN))


def evaluate_up(compiled: CompiledNeeds, failed: WordArray) -> WordArray:
    """Decide service alone, for whom full service does not matter.

    Args:
        compiled, failed: as `evaluate`.

    Returns:
        (n, W) the plane `up` of `evaluate`.

    Raises:
        DependencyError: as `evaluate`.

    Cost: as `evaluate`, one plane.
    """
    lost = as_plane("failed", failed, compiled.needs.nodes)
    return _settled(compiled, ~compiled.needs.stops, lost, _TURNED)


def evaluate_rows(compiled: CompiledNeeds, failed: WordArray) -> Evaluation:
    """Answer as `evaluate`, with numpy alone: a second opinion, and where nothing can be compiled.

    Cost: O(e) calls of numpy for each plane, some ten microseconds each.
    """
    lost = as_plane("failed", failed, compiled.needs.nodes)
    up = _settled_rows(compiled, compiled.needs.stops, ~lost)
    if compiled.needs.stops.all():
        return Evaluation(up, up)
    return Evaluation(up, _settled_rows(compiled, np.ones_like(compiled.needs.stops), up))


def differing(compiled: CompiledNeeds) -> BoolArray:
    """Tell which nodes can give service without giving full service.

    Returns:
        (n,) True for who has a need that only degrades, or leans on somebody who has.

    Cost: O(n + e).
    """
    needs = compiled.needs
    differs = np.zeros(needs.nodes, np.bool_)
    if not needs.stops.all():
        mark_differing(
            needs.group_ptr, needs.member_ptr, needs.member, needs.stops, compiled.order,
            compiled.knot_ptr, differs,
        )  # fmt: skip
    return differs


def groups_of_full(compiled: CompiledNeeds, differs: BoolArray) -> BoolArray:
    """Tell which groups full service does not need to look at once service is known.

    Returns:
        (g,) True for a group that stops and whose members are whole whenever they are up.

    Cost: O(e).
    """
    needs = compiled.needs
    told = np.zeros(len(needs.stops), np.bool_)
    if len(told):
        told = np.logical_or.reduceat(differs[needs.member], needs.member_ptr[:-1])
    return needs.stops & ~told


def _settled(
    compiled: CompiledNeeds, skip: BoolArray, start: WordArray, flip: np.uint64
) -> WordArray:
    needs, words = compiled.needs, start.shape[1]
    plane = np.empty_like(start)
    if not plane.size:
        return plane
    width = min(words, _WIDTH)
    spare = np.diff(needs.member_ptr) - needs.needed + 1
    counted = int(np.minimum(needs.needed, spare).max(initial=1))
    counter = np.empty(((counted - 1).bit_length() + 2) * width, np.uint64)
    settle(
        needs.group_ptr, needs.member_ptr, needs.member, needs.needed, skip, compiled.order,
        compiled.knot_ptr, compiled.user_ptr, compiled.user_group, compiled.group_node,
        start.reshape(-1), flip, words, width, counter, plane.reshape(-1),
    )  # fmt: skip
    return plane


def _settled_rows(compiled: CompiledNeeds, taken: BoolArray, start: WordArray) -> WordArray:
    plane = start.copy()
    for first, last in pairwise(compiled.knot_ptr.tolist()):
        knot = compiled.order[first:last].tolist()
        again = True
        while again:
            again = False
            for node in knot:
                row = _narrowed(compiled, taken, plane, node)
                again |= len(knot) > 1 and bool((row != plane[node]).any())
                plane[node] = row
    return plane


def _narrowed(compiled: CompiledNeeds, taken: BoolArray, plane: WordArray, node: int) -> WordArray:
    needs = compiled.needs
    row: WordArray = plane[node]
    for group in range(needs.group_ptr[node], needs.group_ptr[node + 1]):
        if not taken[group]:
            continue
        members = needs.member[needs.member_ptr[group] : needs.member_ptr[group + 1]]
        needed = int(needs.needed[group])
        if needed == 1:
            row = row & np.bitwise_or.reduce(plane[members], axis=0)
        elif needed == len(members):
            row = row & np.bitwise_and.reduce(plane[members], axis=0)
        else:
            # at_least[j]: the scenarios in which more than j of the members seen so far stand.
            at_least = np.zeros((needed, plane.shape[1]), np.uint64)
            for member in members:
                at_least[1:] |= at_least[:-1] & plane[member]
                at_least[0] |= plane[member]
            row = row & at_least[-1]
    return row
