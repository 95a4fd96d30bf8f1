"""When does each run infect which node, and when is it seen and stopped?

Times are whole steps. A calendar holds, for each step, the chain of attempts that land on it; steps
are taken in order, so what an attempt finds when it lands is settled: what is infected, and whether
the outbreak is contained.
"""

from typing import TypeAlias

import numpy as np

from hygie.engines.graph.compiled import compiled
from hygie.engines.propagation.types import (
    FloatArray,
    IntArray,
    LongArray,
    ShortArray,
    WordArray,
)

Whole: TypeAlias = int | np.int64

_CERTAIN = np.uint64(65_535)
_CLASS = np.uint64(0xFF)
_QUANTILES = np.uint64(4_095)
_DIGITS = np.uint64(0xFFFF)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_NEVER = 1 << 40
_SHARE = 2.0**-53


@compiled
def output(key: np.uint64, number: Whole) -> np.uint64:
    """Random word `number` of the stream of a key (SplitMix64)."""
    z = key + (np.uint64(number) + np.uint64(1)) * _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def is_noticed(key: np.uint64, node: Whole, sensor: FloatArray) -> bool:
    """Whether the infection of this node is seen in this run."""
    return bool(np.float64(output(key, node) >> np.uint64(11)) * _SHARE < sensor[node])


@compiled
def attempt(
    node: Whole,
    step: int,
    contained: int,
    horizon: int,
    trial_key: np.uint64,
    delay_key: np.uint64,
    leak: np.uint64,
    indptr: LongArray,
    edge: WordArray,
    delays: ShortArray,
    infected: IntArray,
    mark: int,
    count: int,
    heads: IntArray,
    after: IntArray,
    landing: WordArray,
) -> int:
    """Put the attempts of a node just infected into the calendar; returns how many it holds.

    Four edges share one random word for their trials; only those that carry draw another, for
    their time (12 bits) and for whether they leak through containment (32 bits).
    """
    block = -1
    word = np.uint64(0)
    for e in range(indptr[node], indptr[node + 1]):
        if e >> 2 != block:
            block = e >> 2
            word = output(trial_key, block)
        way = edge[e]
        chance = (way >> np.uint64(16)) & _DIGITS
        drawn = (word >> np.uint64((e & 3) << 4)) & _DIGITS
        if drawn >= chance and chance != _CERTAIN:
            continue
        v = np.int64(way >> np.uint64(32))
        if infected[v] == mark:
            continue
        second = output(delay_key, e)
        landed = step + delays[np.int64(way & _CLASS), np.int64(second & _QUANTILES)]
        leaks = (second >> np.uint64(32)) < leak
        if landed > horizon or (landed > contained and not leaks):
            continue
        landing[count] = (np.uint64(v) << np.uint64(1)) | np.uint64(leaks)
        after[count] = heads[landed]
        heads[landed] = count
        count += 1
    return count


@compiled
def spread(
    first: int,
    entry: IntArray,
    keys: WordArray,
    indptr: LongArray,
    edge: WordArray,
    delays: ShortArray,
    sensor: FloatArray,
    notice: int,
    contain: int,
    leak: np.uint64,
    infected: IntArray,
    heads: IntArray,
    after: IntArray,
    landing: WordArray,
    node: IntArray,
    step: ShortArray,
    ends: LongArray,
    alert_step: IntArray,
) -> int:
    """Make runs one after the other, as long as the answer has room for another.

    Args:
        first: position of the run to begin with.
        entry: (r,) where each run starts.
        keys: (3, r) of its trials, its times, and what is noticed.
        indptr, edge, delays: the graph, an edge being (target << 32) | (probability << 16) | class.
        sensor: (n,) chance that the infection of a node is noticed; empty when nobody watches.
        notice, contain: steps to the alert, and from there to containment.
        leak: share of the attempts that containment lets through, times 2³².
        infected: (n,) 0 before the first run; kept between calls.
        heads: (horizon + 1,) -1, as it is left.
        after, landing: (m + 1,) room for the calendar.
        node, step: (room,) what is infected. ends: (r,) where each run ends there.
        alert_step: (r,) step of the alert, -1 without one.

    Returns:
        Position of the run that comes next; r when all are done.
    """
    horizon, nodes, watched = len(heads) - 1, len(indptr) - 1, len(sensor) > 0
    size = 0
    for run in range(first, len(entry)):
        if len(node) - size < nodes:
            return run
        mark = run + 1
        alert, contained = -1, _NEVER
        landing[0] = (np.uint64(entry[run]) << np.uint64(1)) | np.uint64(1)
        after[0] = -1
        heads[0] = 0
        count, handled = 1, 0
        now = 0
        while handled < count:
            while heads[now] >= 0:
                i = heads[now]
                heads[now] = after[i]
                handled += 1
                v = np.int64(landing[i] >> np.uint64(1))
                leaks = landing[i] & np.uint64(1) != np.uint64(0)
                if infected[v] == mark or (now > contained and not leaks):
                    continue
                infected[v] = mark
                node[size], step[size] = v, now
                size += 1
                if watched and alert < 0 and is_noticed(keys[2, run], v, sensor):
                    alert = now + notice
                    contained = alert + contain
                count = attempt(
                    v, now, contained, horizon, keys[0, run], keys[1, run], leak, indptr,
                    edge, delays, infected, mark, count, heads, after, landing,
                )  # fmt: skip
            now += 1
        ends[run] = size
        alert_step[run] = alert if alert <= horizon else -1
    return len(entry)
