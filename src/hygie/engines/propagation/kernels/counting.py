"""How many nodes does each run infect, which runs infect a node by a step, and at what times?"""

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.propagation.types import IntArray, LongArray, ShortArray, WordArray


@compiled
def add_row(
    level: int, row: WordArray, plane: WordArray, held: WordArray, is_held: LongArray
) -> None:
    """Add a row of bits, each worth 2^level, to counters that lie across the planes.

    Two rows of a level make with its plane a sum and a carry; the first of them waits. A row thus
    costs two additions on average, however high the counters.
    """
    while is_held[level] == 1:
        waiting, total = held[level], plane[level]
        for w in range(len(row)):
            differ = total[w] ^ waiting[w]
            carry = (total[w] & waiting[w]) | (differ & row[w])
            total[w] = differ ^ row[w]
            row[w] = carry
        is_held[level] = 0
        level += 1
    is_held[level] = 1
    held[level] = row


@compiled
def count_lanes(
    act: WordArray, plane: WordArray, held: WordArray, is_held: LongArray, size: IntArray
) -> None:
    """Count the ones of each lane.

    Args:
        act: (n, W). size: (64 W,) the answer.
        plane, held, is_held: (k, W), (k, W), (k,) zeros, where 2^(k - 1) > n.
    """
    row = np.empty(act.shape[1], np.uint64)
    for node in range(act.shape[0]):
        row[:] = act[node]
        add_row(0, row, plane, held, is_held)
    # What still waits is counted for itself.
    for level in range(len(is_held)):
        for w in range(act.shape[1]):
            total = plane[level, w]
            rest = held[level, w] if is_held[level] == 1 else np.uint64(0)
            if total | rest == np.uint64(0):
                continue
            for b in range(64):
                bits = (total >> np.uint64(b) & np.uint64(1)) + (
                    rest >> np.uint64(b) & np.uint64(1)
                )
                size[64 * w + b] += np.int32(bits << np.uint64(level))


@compiled
def set_lanes(
    indptr: LongArray, node: IntArray, step: ShortArray, last: int, act: WordArray
) -> None:
    """Set in `act` (n, W), zeros before, the bits of what each run infects by a step."""
    for run in range(len(indptr) - 1):
        bit = np.uint64(1) << np.uint64(run & 63)
        for i in range(indptr[run], indptr[run + 1]):
            if step[i] > last:
                break
            act[node[i], run >> 6] |= bit


@compiled
def steps_by_node(
    node: IntArray, step: ShortArray, starts: LongArray, by_step: IntArray, ordered: ShortArray
) -> None:
    """Put the steps at which each node was infected side by side, ascending.

    Args:
        node, step: (k,) infections.
        starts: (n+1,) 0, then where each node's steps begin.
        by_step: (k,) room. ordered: (k,) the answer.
    """
    longest = -1
    for s in step:
        if s > longest:
            longest = int(s)
    place = np.zeros(longest + 2, np.int64)
    for s in step:
        place[s + 1] += 1
    for s in range(longest + 1):
        place[s + 1] += place[s]
    for i in range(len(step)):
        by_step[place[step[i]]] = i
        place[step[i]] += 1
    for v in node:
        starts[v + 1] += 1
    for v in range(len(starts) - 1):
        starts[v + 1] += starts[v]
    cursor = starts[:-1].copy()
    for i in by_step:
        ordered[cursor[node[i]]] = step[i]
        cursor[node[i]] += 1
