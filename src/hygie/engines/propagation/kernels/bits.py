"""Which nodes do 512 runs infect at once, when each edge carries or not, drawn once a run?

A row of 8 words holds one bit a run. numba turns no loop of 8 turns into one instruction, so the
three things done to a row are written as vectors of LLVM, which fits them to any processor: one
instruction where registers have 512 bits, two or four elsewhere.

Random words are those of SplitMix64: bit b of the draw of edge e in word w is output number
16 e + b of the stream whose state is the key of w. Nothing else decides a draw, so neither blocks,
nor the order of visits, nor threads can change an answer.
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
    ByteArray,
    IntArray,
    LongArray,
    ThresholdArray,
    WordArray,
)

WORDS = 8
"""Words in a row."""

BITS = 16
"""Bits of a probability, hence random words drawn for an edge in a word of runs."""

CERTAIN = 65_535
"""The probability that stands for 1."""

AHEAD = 16
"""Edges by which the next rows are called into the cache: what memory needs to answer."""

GOLDEN = 0x9E3779B97F4A7C15

_WORD = ir.IntType(64)
_ROW = ir.VectorType(_WORD, WORDS)
_PLACE = ir.VectorType(ir.IntType(32), WORDS)

# llvmlite and these parts of numba carry no types: they are met here alone.
_intrinsic: Callable[[Callable[..., Any]], Any] = intrinsic
_array_at: Any = make_array
_Builder: TypeAlias = Any


def _all(value: int) -> Any:
    return ir.Constant(_ROW, [ir.Constant(_WORD, value & (1 << 64) - 1)] * WORDS)


def _spread(builder: _Builder, word: Any) -> Any:
    nothing = ir.Constant(_ROW, ir.Undefined)
    first = builder.insert_element(nothing, word, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, nothing, ir.Constant(_PLACE, [0] * WORDS))


def _row_at(context: Any, builder: _Builder, kind: Any, array: Any, row: Any) -> Any:
    data = _array_at(kind)(context, builder, array).data
    first = builder.gep(data, [builder.mul(row, ir.Constant(_WORD, WORDS))])
    return builder.bitcast(first, _ROW.as_pointer())


def _load(builder: _Builder, pointer: Any) -> Any:
    loaded = builder.load(pointer)
    loaded.align = 8
    return loaded


def _store(builder: _Builder, row: Any, pointer: Any) -> None:
    builder.store(row, pointer).align = 8


def _mixed_row(builder: _Builder, state: Any) -> Any:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = builder.mul(builder.xor(state, builder.lshr(state, _all(shift))), _all(factor))
    return builder.xor(state, builder.lshr(state, _all(31)))


@_intrinsic
def draw_masks(_context: Any, keys: Any, edge: Any, threshold: Any, live: Any) -> Any:
    """Draw in which runs one edge carries, into its row of `live`.

    The probability is compared bit by bit, lowest first, with 16 random words: after bit b, a lane
    is 1 if its last b + 1 random bits, turned over, make a smaller number than those of the
    probability. A larger probability thus only adds lanes.
    """
    signature = numba.types.void(keys, numba.types.int64, numba.types.uint64, live)

    def generate(context: Any, builder: _Builder, signed: Any, arguments: Any) -> Any:
        key, edge, threshold, masks = arguments
        kinds, one = signed.args, ir.Constant(_WORD, 1)
        start = _load(builder, _row_at(context, builder, kinds[0], key, ir.Constant(_WORD, 0)))
        skipped = builder.mul(edge, ir.Constant(_WORD, BITS * GOLDEN & (1 << 64) - 1))
        state = builder.add(start, _spread(builder, skipped))
        lanes = _all(0)
        for bit in range(BITS):
            random = _mixed_row(builder, builder.add(state, _all(GOLDEN * (bit + 1))))
            digit = builder.and_(builder.lshr(threshold, ir.Constant(_WORD, bit)), one)
            digits = _spread(builder, builder.neg(digit))
            both = builder.and_(lanes, random)
            lanes = builder.or_(both, builder.and_(digits, builder.or_(lanes, random)))
        certain = builder.icmp_unsigned("==", threshold, ir.Constant(_WORD, CERTAIN))
        lanes = builder.or_(lanes, _spread(builder, builder.sext(certain, _WORD)))
        _store(builder, lanes, _row_at(context, builder, kinds[3], masks, edge))
        return context.get_dummy_value()

    return signature, generate


@_intrinsic
def pass_on(_context: Any, act: Any, source: Any, target: Any, live: Any, edge: Any) -> Any:
    """Infect the target in the runs where its source is and the edge carries; 1 if in a new one.

    The row is written back whether it changed or not: a branch that cannot be foreseen costs more.
    """
    signature = numba.types.uint8(act, source, target, live, edge)

    def generate(context: Any, builder: _Builder, signed: Any, arguments: Any) -> Any:
        infected, source, target, masks, edge = arguments
        kind, place = signed.args[0], _row_at(context, builder, signed.args[0], infected, target)
        from_row = _load(builder, _row_at(context, builder, kind, infected, source))
        carried = _load(builder, _row_at(context, builder, signed.args[3], masks, edge))
        before = _load(builder, place)
        after = builder.or_(before, builder.and_(from_row, carried))
        _store(builder, after, place)
        differs = builder.bitcast(builder.icmp_unsigned("!=", after, before), ir.IntType(WORDS))
        nothing = ir.Constant(ir.IntType(WORDS), 0)
        return builder.zext(builder.icmp_unsigned("!=", differs, nothing), ir.IntType(8))

    return signature, generate


@_intrinsic
def call_in(_context: Any, act: Any, row: Any) -> Any:
    """Ask the memory for a row that will soon be written."""
    signature = numba.types.void(act, row)

    def generate(context: Any, builder: _Builder, signed: Any, arguments: Any) -> Any:
        place = _row_at(context, builder, signed.args[0], *arguments)
        place = builder.bitcast(place, ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        builder.call(prefetch, [place, number(1), number(3), number(1)])
        return context.get_dummy_value()

    return signature, generate


@compiled
def infect(
    indptr: LongArray,
    target: IntArray,
    probability: ThresholdArray,
    keys: WordArray,
    act: WordArray,
    waiting: ByteArray,
    drawn: ByteArray,
    live: WordArray,
) -> int:
    """Pass infections on until nothing changes.

    Args:
        indptr, target, probability: (n+1,), (m,), (m,) rows by source.
        keys: (8,) key of each word.
        act: (n x 8,) entries of each run; the nodes each run infects, on return.
        waiting: (n,) 1 at the entries; 0 on return. Nodes infected in more runs than their
            targets have been told of.
        drawn: (n,) 0; 1 on return where the masks of the row were drawn, and where alone they are.
        live: (m x 8,) room for masks.

    Returns:
        How many times an edge was visited.
    """
    nodes, last = len(indptr) - 1, len(target) - 1
    visits = 0
    is_settled = False
    while not is_settled:
        is_settled = True
        for u in range(nodes):
            if waiting[u] == 0:
                continue
            waiting[u] = 0
            is_settled = False
            start, stop = indptr[u], indptr[u + 1]
            if drawn[u] == 0:
                drawn[u] = 1
                for e in range(start, stop):
                    draw_masks(keys, e, np.uint64(probability[e]), live)
            visits += stop - start
            for e in range(start, stop):
                call_in(act, np.int64(target[min(e + AHEAD, last)]))
                v = np.int64(target[e])
                waiting[v] |= pass_on(act, np.int64(u), v, live, e)
    return visits
