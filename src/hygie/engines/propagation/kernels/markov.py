"""When does each run infect which node, where infecting and recovering happen at constant rates?

Times are not rounded: only the calendar is cut into steps. Within one, an attempt may find its
target infected by a later one; the target is then told the earlier time and tries again from
there, with the same draws. Hence no order within a step is needed.
"""

from math import log
from typing import TypeAlias

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.propagation.types import FloatArray, IntArray, LongArray, ShortArray, WordArray

Whole: TypeAlias = int | np.int64

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(0xFFFFFFFF)


@compiled
def output(key: np.uint64, number: Whole) -> np.uint64:
    """Random word `number` of the stream of a key (SplitMix64)."""
    z = key + (np.uint64(number) + np.uint64(1)) * _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def attempt(
    node: Whole,
    now: float,
    until: float,
    step: float,
    delay_key: np.uint64,
    indptr: LongArray,
    target: IntArray,
    rate: FloatArray,
    infected: IntArray,
    time: FloatArray,
    mark: int,
    count: int,
    heads: IntArray,
    after: IntArray,
    landing: IntArray,
    instant: FloatArray,
) -> int:
    """Put what a node infects before it recovers into the calendar; returns how many it holds.

    An edge carries when its time, -log(1 - u) / rate, is shorter than that to the recovery. As it
    is more than u / rate, most edges need no logarithm.
    """
    block = -1
    word = np.uint64(0)
    for e in range(indptr[node], indptr[node + 1]):
        if e >> 1 != block:
            block = e >> 1
            word = output(delay_key, block)
        u = (np.float64((word >> np.uint64((e & 1) << 5)) & _HALF) + 0.5) * 2.0**-32
        if u >= rate[e] * until:
            continue
        taken = -log(1.0 - u) / rate[e]
        landed = now + taken
        v = target[e]
        if taken >= until or (infected[v] == mark and time[v] <= landed):
            continue
        place = landed / step
        if place >= len(heads):
            continue
        if count == len(landing):
            return -1
        landing[count], instant[count] = v, landed
        after[count] = heads[np.int64(place)]
        heads[np.int64(place)] = count
        count += 1
    return count


@compiled
def spread(
    first: int,
    entry: IntArray,
    keys: WordArray,
    indptr: LongArray,
    target: IntArray,
    rate: FloatArray,
    recovery: FloatArray,
    step: float,
    infected: IntArray,
    time: FloatArray,
    heads: IntArray,
    after: IntArray,
    landing: IntArray,
    instant: FloatArray,
    node: IntArray,
    told_step: ShortArray,
    ends: LongArray,
) -> int:
    """Make runs one after the other, as long as the answer has room for another.

    Args:
        first: position of the run to begin with.
        entry: (r,) where each run starts. keys: (2, r) of its times, and of its recoveries.
        indptr, target: the graph. rate: (m,) of each edge; recovery: (n,) of each node.
        step: width of the calendar's steps, in the unit of the rates.
        infected: (n,) 0 before the first run; kept between calls. time: (n,) room.
        heads: (horizon + 1,) -1, as it is left.
        after, landing, instant: (c,) room for the calendar.
        node, told_step: (room,) what is infected. ends: (r,) where each run ends there.

    Returns:
        Position of the run that comes next, r when all are done; -1 less it where the calendar
        has no room for the run at that position.
    """
    size = 0
    for run in range(first, len(entry)):
        if len(node) - size < len(indptr) - 1:
            return run
        mark, start = run + 1, size
        landing[0], instant[0], after[0], heads[0] = entry[run], 0.0, -1, 0
        count, handled, now = 1, 0, 0
        while handled < count:
            while heads[now] >= 0:
                i = heads[now]
                heads[now] = after[i]
                handled += 1
                v = np.int64(landing[i])
                if infected[v] != mark:
                    node[size], told_step[size] = v, now
                    size += 1
                elif time[v] <= instant[i]:
                    continue
                infected[v], time[v] = mark, instant[i]
                u = (np.float64(output(keys[1, run], v) >> np.uint64(11)) + 0.5) * 2.0**-53
                count = attempt(
                    v, instant[i], -log(u) / recovery[v], step, keys[0, run], indptr, target, rate,
                    infected, time, mark, count, heads, after, landing, instant,
                )  # fmt: skip
                if count < 0:
                    heads[:] = -1
                    infected[node[start:size]] = 0
                    return -1 - run
            now += 1
        ends[run] = size
    return len(entry)
