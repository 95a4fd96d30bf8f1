"""What do losses do, told in the slow and obvious way? The oracle of the tests."""

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from hygie.engines.dependency.types import Needs


def reference_groups(needs: Needs, node: int) -> Iterator[tuple[int, list[int]]]:
    """Each group of a node: its position and its members."""
    for group in range(int(needs.group_ptr[node]), int(needs.group_ptr[node + 1])):
        start, end = int(needs.member_ptr[group]), int(needs.member_ptr[group + 1])
        yield group, [int(member) for member in needs.member[start:end]]


def reference_standing(needs: Needs, lost: Collection[int], *, full: bool = False) -> list[bool]:
    """Say who stands once some nodes are lost: take down who cannot hold until nobody falls.

    Args:
        needs: of n nodes.
        lost: nodes.
        full: full service instead of service.

    Returns:
        n booleans.

    Cost: O(n e).
    """
    standing = [node not in lost for node in range(needs.nodes)]
    falling = True
    while falling:
        falling = False
        for node in range(needs.nodes):
            if standing[node] and not _holds(needs, node, standing, full=full):
                standing[node], falling = False, True
    return standing


def _holds(needs: Needs, node: int, standing: Sequence[bool], *, full: bool) -> bool:
    return all(
        sum(standing[member] for member in members) >= needs.needed[group]
        for group, members in reference_groups(needs, node)
        if full or needs.stops[group]
    )


def reference_times(needs: Needs, failed_at: Sequence[float], *, full: bool = False) -> list[float]:
    """Say when each node stops: bring minutes forward until nothing comes earlier.

    Args:
        needs: of n nodes.
        failed_at: n minutes, inf = not lost.
        full: when it no longer gives full service instead.

    Returns:
        n minutes, inf = never.

    Cost: O(n e log e).
    """
    minute = [float(each) for each in failed_at]
    earlier = True
    while earlier:
        earlier = False
        for node in range(needs.nodes):
            for group, members in reference_groups(needs, node):
                if not (full or needs.stops[group]):
                    continue
                order = sorted(minute[member] for member in members)
                fails = order[len(members) - int(needs.needed[group])]
                if fails + float(needs.delay_min[group]) < minute[node]:
                    minute[node] = fails + float(needs.delay_min[group])
                    earlier = True
    return minute


def reference_minimal_sets(
    needs: Needs,
    lost: Collection[int],
    node: int,
    *,
    full: bool = False,
    largest: int | None = None,
) -> list[tuple[int, ...]]:
    """Try every subset of the lost nodes, small ones first; keep those that contain no other.

    Returns:
        All minimal subsets that suffice to fail the node, by size and then by nodes.

    Cost: O(2^lost n e).
    """
    found: list[tuple[int, ...]] = []
    for size in range(min(len(lost), len(lost) if largest is None else largest) + 1):
        for each in combinations(sorted(lost), size):
            if any(set(smaller) <= set(each) for smaller in found):
                continue
            if not reference_standing(needs, each, full=full)[node]:
                found.append(each)
    return found


def reference_lost_weight(standing: Sequence[bool], weight: Sequence[float]) -> float:
    """Add up the weights of those who do not stand."""
    return math.fsum(each for each, stands in zip(weight, standing, strict=True) if not stands)
