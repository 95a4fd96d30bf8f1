"""When does each run infect which node, where infecting and recovering happen at constant rates?

Times are not rounded: only the calendar is cut into steps. Within one, an attempt may find its
target infected by a later one; the target is then told the earlier time and tries again from
there, with the same draws. Hence no order within a step is needed.

Sixteen edges are drawn at once, as vectors of LLVM. Random words are those of SplitMix64: a half of
output s + i / 2 for edge i of a row that starts at edge s.
"""

from collections.abc import Callable
from math import log
from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic
from numba.np.arrayobj import make_array
from numpy.typing import NDArray

from hygie.engines.graph.compiled import compiled
from hygie.engines.propagation.types import FloatArray, IntArray, LongArray, ShortArray, WordArray

Whole: TypeAlias = int | np.integer
SingleArray: TypeAlias = NDArray[np.float32]

BLOCK = 16
"""Edges drawn at once."""

AHEAD = 4
"""Nodes by which the next rows are called into the cache."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(0xFFFFFFFF)
_SHARE = 2.0**-32

# Unsigned, so that no place is looked at for being counted from the end of its array.
_NONE, _ONE, _ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_BLOCK = np.uint64(BLOCK)

_LANES = BLOCK // 2
_WORD = ir.IntType(64)
_WORDS = ir.VectorType(_WORD, _LANES)
_HALVES = ir.VectorType(ir.IntType(32), BLOCK)
_SINGLES = ir.VectorType(ir.FloatType(), BLOCK)
_FLOATS = ir.VectorType(ir.DoubleType(), BLOCK)

# llvmlite and these parts of numba carry no types: they are met here alone.
_intrinsic: Callable[[Callable[..., Any]], Any] = intrinsic
_array_at: Any = make_array


def _words(*values: int) -> Any:
    row = values * (_LANES // len(values))
    return ir.Constant(_WORDS, [ir.Constant(_WORD, value & (1 << 64) - 1) for value in row])


def _floats(value: float) -> Any:
    return ir.Constant(_FLOATS, [ir.Constant(ir.DoubleType(), value)] * BLOCK)


def _same(builder: Any, value: Any, lanes: int) -> Any:
    nothing = ir.Constant(ir.VectorType(value.type, lanes), ir.Undefined)
    first = builder.insert_element(nothing, value, ir.Constant(_WORD, 0))
    nowhere = ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes)
    return builder.shuffle_vector(first, nothing, nowhere)


@_intrinsic
def hopeful(_context: Any, key: Any, number: Any, base: Any, rate: Any, until: Any) -> Any:
    """Draw the 16 edges from `base` on, tell which may carry before the recovery by their bits.

    The time of an edge, -log(1 - u) / rate, is more than u / rate: where that is too long already,
    no logarithm is needed.
    """
    signature = numba.types.uint64(key, number, base, rate, numba.types.float64)

    def generate(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        key, number, base, rates, until = arguments
        first = builder.mul(number, ir.Constant(_WORD, int(_GOLDEN)))
        state = _same(builder, builder.add(key, first), _LANES)
        state = builder.add(state, _words(*(int(_GOLDEN) * (1 + lane) for lane in range(_LANES))))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            state = builder.xor(state, builder.lshr(state, _words(shift)))
            state = builder.mul(state, _words(factor))
        state = builder.xor(state, builder.lshr(state, _words(31)))
        share = builder.uitofp(builder.bitcast(state, _HALVES), _FLOATS)
        share = builder.fmul(builder.fadd(share, _floats(0.5)), _floats(_SHARE))
        data = _array_at(signed.args[3])(context, builder, rates).data
        place = builder.gep(data, [base])
        rate = builder.load(builder.bitcast(place, _SINGLES.as_pointer()))
        rate.align = 4
        most = builder.fmul(builder.fpext(rate, _FLOATS), _same(builder, until, BLOCK))
        may = builder.fcmp_ordered("<", share, most)
        return builder.zext(builder.bitcast(may, ir.IntType(BLOCK)), _WORD)

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
def attempt(
    node: Whole,
    now: float,
    until: float,
    steps: float,
    delay_key: np.uint64,
    indptr: LongArray,
    target: IntArray,
    rate: SingleArray,
    infected: IntArray,
    time: FloatArray,
    mark: int,
    count: int,
    heads: IntArray,
    after: IntArray,
    landing: IntArray,
    instant: FloatArray,
) -> int:
    """Put what a node infects before it recovers into the calendar.

    Returns:
        How many attempts the calendar holds; -1 when it has no room.
    """
    start, stop = np.uint64(indptr[node]), np.uint64(indptr[np.uint64(node) + _ONE])
    base, number = start, start
    while base < stop:
        may = hopeful(delay_key, number, base, rate, until)
        if stop - base < _BLOCK:
            may &= ~(_ALL << (stop - base))
        while may != _NONE:
            e = base + lowest(may)
            may &= may - _ONE
            v = np.uint64(target[e])
            if infected[v] == mark and time[v] <= now:
                continue
            lane = e - base
            word = output(delay_key, number + (lane >> _ONE))
            half = word >> ((lane & _ONE) << np.uint64(5)) & _HALF
            taken = -log(1.0 - (np.float64(half) + 0.5) * _SHARE) / np.float64(rate[e])
            landed = now + taken
            place = landed * steps
            if taken >= until or place >= len(heads):
                continue
            if infected[v] == mark and time[v] <= landed:
                continue
            if count == len(landing):
                return -1
            slot, bucket = np.uint64(count), np.uint64(place)
            landing[slot], instant[slot] = v, landed
            after[slot] = heads[bucket]
            heads[bucket] = count
            count += 1
        base += _BLOCK
        number += _BLOCK >> _ONE
    return count


@compiled
def land(
    first: Whole,
    mark: int,
    duration_key: np.uint64,
    recovery: FloatArray,
    indptr: LongArray,
    infected: IntArray,
    time: FloatArray,
    after: IntArray,
    landing: IntArray,
    instant: FloatArray,
    fresh: IntArray,
    until: FloatArray,
    node: IntArray,
    size: int,
) -> tuple[int, int, int]:
    """Infect what the attempts of one step land on, and draw until when each infects others.

    Returns:
        How many attempts landed, how many of them (listed in `fresh`) infected a node, or told it
        an earlier time, and where the list of nodes of the run ends.
    """
    landed, told = 0, 0
    i = np.int64(first)
    while i >= 0:
        landed += 1
        place = np.uint64(i)
        v = np.uint64(landing[place])
        is_new = infected[v] != mark
        if is_new or instant[place] < time[v]:
            if is_new:
                node[size] = v
                size += 1
            infected[v], time[v] = mark, instant[place]
            call_in(indptr, v)
            fresh[told] = i
            told += 1
        i = np.int64(after[place])
    # Apart from what follows, whose branches would wait for the logarithm.
    for k in range(told):
        v = np.uint64(landing[np.uint64(fresh[k])])
        u = (np.float64(output(duration_key, v) >> np.uint64(11)) + 0.5) * 2.0**-53
        until[k] = -log(u) / recovery[v]
    return landed, told, size


@compiled
def spread(
    first: int,
    entry: IntArray,
    keys: WordArray,
    indptr: LongArray,
    target: IntArray,
    rate: SingleArray,
    recovery: FloatArray,
    steps: float,
    infected: IntArray,
    time: FloatArray,
    heads: IntArray,
    after: IntArray,
    landing: IntArray,
    instant: FloatArray,
    fresh: IntArray,
    until: FloatArray,
    node: IntArray,
    told_step: ShortArray,
    ends: LongArray,
) -> int:
    """Make runs one after the other, as long as the answer has room for another.

    Args:
        first: position of the run to begin with.
        entry: (r,) where each run starts. keys: (2, r) of its times, and of its recoveries.
        indptr, target: the graph.
        rate: of each edge, and a block more. recovery: (n,) of each node.
        steps: of the calendar, in the unit of time of the rates.
        infected: (n,) 0 before the first run; kept between calls. time: (n,) room.
        heads: (horizon + 1,) -1, as it is left.
        after, landing, instant, fresh, until: (c,) room for the calendar.
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
                begun, before = heads[now], size
                heads[now] = -1
                landed, told, size = land(
                    begun, mark, keys[1, run], recovery, indptr, infected, time, after, landing,
                    instant, fresh, until, node, size,
                )  # fmt: skip
                handled += landed
                told_step[before:size] = now
                for k in range(told):
                    if k + AHEAD < told:
                        ahead = np.uint64(indptr[np.uint64(landing[np.uint64(fresh[k + AHEAD])])])
                        call_in(rate, ahead)
                        call_in(target, ahead)
                    at = instant[np.uint64(fresh[k])]
                    v = np.uint64(landing[np.uint64(fresh[k])])
                    if time[v] < at:
                        continue
                    count = attempt(
                        v, at, until[k], steps, keys[0, run], indptr, target, rate, infected, time,
                        mark, count, heads, after, landing, instant,
                    )  # fmt: skip
                    if count < 0:
                        heads[:] = -1
                        infected[node[start:size]] = 0
                        return -1 - run
            now += 1
        ends[run] = size
    return len(entry)
