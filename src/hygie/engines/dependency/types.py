"""In which arrays are needs told, and what does a loss do to those who have them?

n = nodes, g = groups of needs, e = members of groups, W = words of 64 scenarios.

A node gives service (`up`) when it is not lost and each of its groups that stops keeps at least
`needed` members up. It gives its full service when it is not lost and *each* group keeps `needed`
members in full service. Both are greatest fixpoints: a circle of mutual needs stays up unless
something in it, or below it, is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int32]
LongArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
WordArray: TypeAlias = NDArray[np.uint64]
BoolArray: TypeAlias = NDArray[np.bool_]

NEVER = np.inf
"""Minute of what does not happen."""


class DependencyError(ValueError):
    """Needs or a question that cannot be answered: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What each node needs.

    Attributes:
        group_ptr: (n+1,) groups of node v are group_ptr[v] … group_ptr[v+1] - 1.
        member_ptr: (g+1,) members of group j are member[member_ptr[j] … member_ptr[j+1] - 1].
        member: (e,) nodes.
        needed: (g,) how many members must hold, 1 … size of the group.
        stops: (g,) True when the node stops once the group fails, False when it is only degraded.
        delay_min: (g,) minutes that the node holds once the group has failed, 0 or more.
    """

    group_ptr: LongArray
    member_ptr: LongArray
    member: IntArray
    needed: IntArray
    stops: BoolArray
    delay_min: FloatArray

    @property
    def nodes(self) -> int:
        """Number of nodes, n."""
        return len(self.group_ptr) - 1


@dataclass(frozen=True, slots=True)
class CompiledNeeds:
    """Needs, with the order in which one pass decides them: made once per map.

    Attributes:
        needs: as given.
        order: (n,) nodes, what is needed first; knots of mutual needs stand together.
        knot_ptr: (k+1,) where each knot starts in `order`; most hold one node.
        user_ptr, user_group: (n+1,), (e,) groups in which each node is a member.
        group_node: (g,) the node that has the group.
    """

    needs: Needs
    order: IntArray
    knot_ptr: LongArray
    user_ptr: LongArray
    user_group: IntArray
    group_node: IntArray


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What stands in each scenario.

    Attributes:
        up: (n, W) bit s of word w: the node gives some service in scenario 64 w + s.
        full: (n, W) likewise, its full service; a subset of `up`.
    """

    up: WordArray
    full: WordArray


@dataclass(frozen=True, slots=True)
class Times:
    """When each node stops and when it is no longer whole, minutes after the loss; inf = never.

    Attributes:
        stops_at: (n,) first minute without service.
        degrades_at: (n,) first minute without full service, at most `stops_at`.
    """

    stops_at: FloatArray
    degrades_at: FloatArray


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: why a node fails.

    Attributes:
        node: who fails.
        minute: when; 0 for what is lost.
        group: position of the group that fails it, -1 for what is lost itself.
        lost: members of that group that have failed by then.
    """

    node: int
    minute: float
    group: int
    lost: Sequence[int]
