"""When does each run infect which node, and when is it seen and stopped?

Times are whole steps. A calendar holds, for each step, the chain of attempts that land on it; steps
are taken in order, so what an attempt finds when it lands is settled: what is infected, and whether
the outbreak is contained.

Whether edges carry is drawn for 32 at once, as vectors of LLVM: most do not, and no branch has to
be guessed for those. Random words are those of SplitMix64: a quarter of
output s + i / 4 for edge i of a row that starts at edge s.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

from hygie.engines.graph.compiled import compiled
from hygie.engines.propagation.types import (
    FloatArray,
    IntArray,
    LongArray,
    ShortArray,
    ThresholdArray,
    WordArray,
)

Whole: TypeAlias = int | np.integer

BLOCK = 32
"""Edges whose trials are drawn at once."""

AHEAD = 4
"""Nodes by which the next rows are called into the cache."""

_CERTAIN = 65_535
_QUANTILES = np.uint64(4_095)
_CLASS = np.uint64(0xFF)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_NEVER = 1 << 40
_SHARE = 2.0**-53

# Unsigned, so that no place is looked at for being counted from the end of its array.
_NONE, _ONE, _ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_BLOCK = np.uint64(BLOCK)

_LANES = BLOCK // 4
_WORD = ir.IntType(64)
_WORDS = ir.VectorType(_WORD, _LANES)
_DIGITS = ir.VectorType(ir.IntType(16), BLOCK)

# llvmlite and these parts of numba carry no types: they are met here alone.
_intrinsic: Callable[[Callable[..., Any]], Any] = intrinsic
_array_at: Any = make_array


def _words(*values: int) -> Any:
    row = values * (_LANES // len(values))
    return ir.Constant(_WORDS, [ir.Constant(_WORD, value & (1 << 64) - 1) for value in row])


@_intrinsic
def carrying(_context: Any, key: Any, number: Any, base: Any, threshold: Any) -> Any:
    """Draw which of the 32 edges from `base` on carry, from output `number` on: their bits."""
    signature = numba.types.uint64(key, number, base, threshold)

    def generate(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        key, number, base, thresholds = arguments
        first = builder.mul(number, ir.Constant(_WORD, int(_GOLDEN)))
        start = builder.insert_element(
            ir.Constant(_WORDS, ir.Undefined), builder.add(key, first), ir.Constant(_WORD, 0)
        )
        nowhere = ir.Constant(ir.VectorType(ir.IntType(32), _LANES), [0] * _LANES)
        state = builder.shuffle_vector(start, ir.Constant(_WORDS, ir.Undefined), nowhere)
        state = builder.add(state, _words(*(int(_GOLDEN) * (1 + lane) for lane in range(_LANES))))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            state = builder.xor(state, builder.lshr(state, _words(shift)))
            state = builder.mul(state, _words(factor))
        state = builder.xor(state, builder.lshr(state, _words(31)))
        data = _array_at(signed.args[3])(context, builder, thresholds).data
        place = builder.gep(data, [base])
        threshold = builder.load(builder.bitcast(place, _DIGITS.as_pointer()))
        threshold.align = 2
        carries = builder.or_(
            builder.icmp_unsigned("<", builder.bitcast(state, _DIGITS), threshold),
            builder.icmp_unsigned("==", threshold, ir.Constant(_DIGITS, [_CERTAIN] * BLOCK)),
        )
        return builder.zext(builder.bitcast(carries, ir.IntType(BLOCK)), _WORD)

    return signature, generate


@_intrinsic
def lowest(_context: Any, bits: Any) -> Any:
    """Number of the lowest bit set."""

    def generate(_: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return numba.types.uint64(numba.types.uint64), generate


@_intrinsic
def call_in(_context: Any, array: Any, place: Any) -> Any:
    """Ask the memory for an element that will soon be read."""

    def generate(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        data = _array_at(signed.args[0])(context, builder, arguments[0]).data
        wanted = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [wanted.type, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [wanted.type], kind)
        builder.call(prefetch, [wanted, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return numba.types.void(array, place), generate


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
    step: Whole,
    contained: int,
    trial_key: np.uint64,
    delay_key: np.uint64,
    leak: np.uint64,
    indptr: LongArray,
    threshold: ThresholdArray,
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

    Edges that carry draw another word, for their time (12 bits) and for whether they leak through
    containment (32 bits).
    """
    start, stop = np.uint64(indptr[node]), np.uint64(indptr[np.uint64(node) + _ONE])
    base, number = start, start
    while base < stop:
        carry = carrying(trial_key, number, base, threshold)
        if stop - base < _BLOCK:
            carry &= ~(_ALL << (stop - base))
        while carry != _NONE:
            e = base + lowest(carry)
            carry &= carry - _ONE
            v = edge[e] >> np.uint64(32)
            if infected[v] == mark:
                continue
            second = output(delay_key, e)
            landed = step + delays[edge[e] & _CLASS, second & _QUANTILES]
            leaks = (second >> np.uint64(32)) < leak
            if landed >= len(heads) or (landed > contained and not leaks):
                continue
            slot, bucket = np.uint64(count), np.uint64(landed)
            landing[slot] = (v << _ONE) | np.uint64(leaks)
            after[slot] = heads[bucket]
            heads[bucket] = count
            count += 1
        base += _BLOCK
        number += _BLOCK >> np.uint64(2)
    return count


@compiled
def spread(
    first: int,
    entry: IntArray,
    keys: WordArray,
    indptr: LongArray,
    threshold: ThresholdArray,
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
        indptr: (n+1,) rows by source.
        threshold: probability of each edge times 65,536, and a block more.
        edge: (m,) target << 32 | class of the time.
        delays: (c, 4096) steps.
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
    nodes, watched = len(indptr) - 1, len(sensor) > 0
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
                i, fresh = np.int64(heads[now]), size
                heads[now] = -1
                while i >= 0:
                    handled += 1
                    landed = landing[np.uint64(i)]
                    i = np.int64(after[np.uint64(i)])
                    v = landed >> _ONE
                    if infected[v] == mark or (now > contained and landed & _ONE == _NONE):
                        continue
                    infected[v] = mark
                    call_in(indptr, v)
                    node[size], step[size] = v, now
                    size += 1
                    if watched and alert < 0 and is_noticed(keys[2, run], v, sensor):
                        alert = now + notice
                        contained = alert + contain
                for k in range(fresh, size):
                    if k + AHEAD < size:
                        ahead = np.uint64(indptr[np.uint64(node[k + AHEAD])])
                        call_in(threshold, ahead)
                        call_in(edge, ahead)
                    count = attempt(
                        np.uint64(node[k]), now, contained, keys[0, run], keys[1, run], leak,
                        indptr, threshold, edge, delays, infected, mark, count, heads, after,
                        landing,
                    )  # fmt: skip
            now += 1
        ends[run] = size
        alert_step[run] = alert if alert < len(heads) else -1
    return len(entry)
