"""When does care come back, given what was lost and which backups are left?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.types import CompiledNeeds, FloatArray, IntArray, LongArray
from hygie.engines.estate.types import EstateMap
from hygie.engines.ransomware.backups import Copies, copies_of
from hygie.engines.ransomware.defences import Shield
from hygie.engines.ransomware.kernels.returns import worst_states
from hygie.engines.ransomware.nodes import Numbering
from hygie.engines.ransomware.parameters import Parameters


@dataclass(frozen=True)
class Recovery:
    """How care comes back on one map, with given defences.

    Attributes:
        copies: from what each asset comes back.
        user_ptr, user: (n+1,), care activities that stop by each asset, as positions among them.
        return_h: (5,) hours by state: nothing lost, reinstalled, restored from a copy out of
            reach, from one that was spared, rebuilt without any.
    """

    copies: Copies
    user_ptr: LongArray
    user: IntArray
    return_h: FloatArray


def recovery_of(
    estate: EstateMap,
    numbers: Numbering,
    compiled: CompiledNeeds,
    values: Parameters,
    shield: Shield,
) -> Recovery:
    """Tell from what each asset comes back, and who waits for it.

    Args:
        estate: the map. numbers: of its assets. compiled: its needs.
        values: of the parameters. shield: the defences tried.

    Cost: O(care activities × assets / 64) words, some passes.
    """
    user_ptr, user = _care_above(compiled, numbers.care, numbers.nodes)
    return_h = np.array(
        [0.0, *(values[f"return_{name}_h"] for name in
                ("reinstalled", "offline", "backup", "rebuilt"))]
    )  # fmt: skip
    return Recovery(copies_of(estate, numbers, shield), user_ptr, user, return_h)


def waiting_hours(
    recovery: Recovery,
    run_ptr: LongArray,
    node: IntArray,
    is_encrypted: NDArray[np.bool_],
    care: int,
) -> FloatArray:
    """Hours that each care activity waits from the day on which rebuilding starts.

    It waits for the worst of the lost assets that it leans on: teams work side by side, and the
    slowest of them decides.

    Args:
        recovery: of the map.
        run_ptr, node: what each run loses, rows by run.
        is_encrypted: (r,) whether the attacker got to encrypt; else all is only reinstalled.
        care: how many care activities there are, c.

    Returns:
        (r, c) hours, 0 where nothing that the activity leans on was lost.

    Cost: O(what is lost × who leans on it).
    """
    worst = np.zeros((len(run_ptr) - 1, care), np.uint8)
    copies = recovery.copies
    worst_states(
        run_ptr, node, is_encrypted, copies.is_reinstalled, copies.is_safe, copies.indptr,
        copies.backup, recovery.user_ptr, recovery.user, worst,
    )  # fmt: skip
    hours: FloatArray = recovery.return_h[worst]
    return hours


def _care_above(compiled: CompiledNeeds, care: IntArray, nodes: int) -> tuple[LongArray, IntArray]:
    """Care activities that lean on each node by needs that stop, as sets of bits handed down."""
    needs = compiled.needs
    above = [0] * needs.nodes
    for place, node in enumerate(care.tolist()):
        above[node] |= 1 << place
    group_ptr, member_ptr = needs.group_ptr.tolist(), needs.member_ptr.tolist()
    member, stops = needs.member.tolist(), needs.stops.tolist()
    downward = compiled.order[::-1].tolist()
    again = True
    while again:  # a second pass only where needs go round
        again = False
        seen = set[int]()
        for node in downward:
            seen.add(node)
            bits = above[node]
            if not bits:
                continue
            for group in range(group_ptr[node], group_ptr[node + 1]):
                if not stops[group]:
                    continue
                for at in range(member_ptr[group], member_ptr[group + 1]):
                    other = member[at]
                    if above[other] | bits != above[other]:
                        above[other] |= bits
                        again |= other in seen
    sizes = np.array([bits.bit_count() for bits in above[:nodes]], np.int64)
    user_ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    user = [
        place for bits in above[:nodes] for place in range(bits.bit_length()) if bits >> place & 1
    ]
    return user_ptr, np.array(user, np.int32)
