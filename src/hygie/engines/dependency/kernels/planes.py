"""What stands, 64 scenarios to a word?

A plane (n, W) is walked flat: `w` counts words within a row, and a row starts at node * W. Places
are unsigned, since numba would look for negative ones in the innermost loop.
"""

import numpy as np

from hygie.engines.dependency.types import BoolArray, IntArray, LongArray, WordArray
from hygie.engines.graph.compiled import compiled, inlined


@inlined
def begin(
    out: WordArray, o: np.uint64, start: WordArray, s: np.uint64, flip: np.uint64, words: int
) -> None:
    """Copy a row, every bit turned when `flip` is all ones."""
    for w in range(words):
        out[o + np.uint64(w)] = start[s + np.uint64(w)] ^ flip


@inlined
def keep_if(out: WordArray, o: np.uint64, plane: WordArray, a: np.uint64, words: int) -> None:
    """Keep what stands in one row."""
    for w in range(words):
        out[o + np.uint64(w)] &= plane[a + np.uint64(w)]


@inlined
def keep_if_either(
    out: WordArray, o: np.uint64, plane: WordArray, a: np.uint64, b: np.uint64, words: int
) -> None:
    """Keep what stands in either of two rows."""
    for w in range(words):
        out[o + np.uint64(w)] &= plane[a + np.uint64(w)] | plane[b + np.uint64(w)]


@inlined
def keep_if_any_of_three(
    out: WordArray,
    o: np.uint64,
    plane: WordArray,
    a: np.uint64,
    b: np.uint64,
    c: np.uint64,
    words: int,
) -> None:
    """Keep what stands in one of three rows."""
    for w in range(words):
        out[o + np.uint64(w)] &= (
            plane[a + np.uint64(w)] | plane[b + np.uint64(w)] | plane[c + np.uint64(w)]
        )


@compiled
def add_row(
    counter: WordArray,
    bits: int,
    plane: WordArray,
    a: np.uint64,
    flip: np.uint64,
    words: int,
    width: int,
) -> None:
    """Add one row to counters of `bits` bits; what overflows stays told.

    Row 0 of `counter` tells what has overflowed, row 1 is the carry, then one row each bit.
    """
    for w in range(words):
        counter[np.uint64(width + w)] = plane[a + np.uint64(w)] ^ flip
    for j in range(2, bits + 2):
        row = j * width
        for w in range(words):
            carry = counter[np.uint64(width + w)]
            held = counter[np.uint64(row + w)]
            counter[np.uint64(row + w)] = held ^ carry
            counter[np.uint64(width + w)] = held & carry
    for w in range(words):
        counter[np.uint64(w)] |= counter[np.uint64(width + w)]


@compiled
def keep_if_enough(
    out: WordArray,
    o: np.uint64,
    plane: WordArray,
    member: IntArray,
    first: int,
    last: int,
    needed: int,
    row_words: int,
    w0: int,
    words: int,
    counter: WordArray,
    width: int,
) -> None:
    """Keep what stands in at least `needed` of the rows of `member[first:last]`.

    Whichever is fewer is counted: members that stand, or members whose loss is one too many. The
    counters start at 2^bits less the number looked for, so that the overflow is the answer.
    """
    limit = needed
    flip = np.uint64(0)
    if last - first - needed + 1 < needed:
        limit = last - first - needed + 1
        flip = ~np.uint64(0)
    bits = 0
    while (1 << bits) < limit:
        bits += 1
    for j in range(bits + 2):
        value = np.uint64(0)
        if j >= 2 and (((1 << bits) - limit) >> (j - 2)) & 1:
            value = ~np.uint64(0)
        for w in range(words):
            counter[np.uint64(j * width + w)] = value
    for p in range(first, last):
        a = np.uint64(np.int64(member[p]) * row_words + w0)
        add_row(counter, bits, plane, a, flip, words, width)
    for w in range(words):
        out[o + np.uint64(w)] &= counter[np.uint64(w)] ^ flip


@inlined
def narrow(
    v: int,
    group_ptr: LongArray,
    member_ptr: LongArray,
    member: IntArray,
    needed: IntArray,
    skip: BoolArray,
    plane: WordArray,
    row_words: int,
    w0: int,
    words: int,
    out: WordArray,
    o: np.uint64,
    counter: WordArray,
    width: int,
) -> None:
    """Keep in one row the scenarios in which every group of the node holds."""
    for g in range(group_ptr[v], group_ptr[v + 1]):
        if skip[g]:
            continue
        first = member_ptr[g]
        last = member_ptr[g + 1]
        a = np.uint64(np.int64(member[first]) * row_words + w0)
        if last - first == needed[g]:
            keep_if(out, o, plane, a, words)
            for p in range(first + 1, last):
                a = np.uint64(np.int64(member[p]) * row_words + w0)
                keep_if(out, o, plane, a, words)
        elif needed[g] == 1 and last - first == 2:
            b = np.uint64(np.int64(member[first + 1]) * row_words + w0)
            keep_if_either(out, o, plane, a, b, words)
        elif needed[g] == 1 and last - first == 3:
            b = np.uint64(np.int64(member[first + 1]) * row_words + w0)
            c = np.uint64(np.int64(member[first + 2]) * row_words + w0)
            keep_if_any_of_three(out, o, plane, a, b, c, words)
        else:
            keep_if_enough(
                out, o, plane, member, first, last, needed[g], row_words, w0, words, counter, width
            )


@compiled
def replace(plane: WordArray, o: np.uint64, row: WordArray, words: int) -> bool:
    """Write a row; tells whether anything changed."""
    changed = np.uint64(0)
    for w in range(words):
        changed |= row[w] ^ plane[o + np.uint64(w)]
        plane[o + np.uint64(w)] = row[w]
    return bool(changed != np.uint64(0))


@compiled
def settle(
    group_ptr: LongArray,
    member_ptr: LongArray,
    member: IntArray,
    needed: IntArray,
    skip: BoolArray,
    order: IntArray,
    knot_ptr: LongArray,
    user_ptr: LongArray,
    user_group: IntArray,
    group_node: IntArray,
    start: WordArray,
    flip: np.uint64,
    row_words: int,
    width: int,
    counter: WordArray,
    plane: WordArray,
) -> None:
    """Fill `plane` (n * row_words,) with the greatest fixpoint below `start` turned by `flip`.

    Nodes outside `order` are not touched. Words are taken `width` at a time; `counter` has room for
    two rows of `width` and one for each bit of the largest count. Within a knot, a node is looked
    at again only when something that it leans on has changed.
    """
    stale = np.zeros(len(group_ptr) - 1, np.bool_)
    row = np.empty(width, np.uint64)
    for w0 in range(0, row_words, width):
        words = min(width, row_words - w0)
        for k in range(len(knot_ptr) - 1):
            first = knot_ptr[k]
            last = knot_ptr[k + 1]
            for i in range(first, last):
                o = np.uint64(np.int64(order[i]) * row_words + w0)
                begin(plane, o, start, o, flip, words)
                stale[order[i]] = True
            if last - first == 1:
                o = np.uint64(np.int64(order[first]) * row_words + w0)
                narrow(
                    order[first], group_ptr, member_ptr, member, needed, skip, plane, row_words,
                    w0, words, plane, o, counter, width,
                )  # fmt: skip
                continue
            again = True
            while again:
                again = False
                for i in range(first, last):
                    v = order[i]
                    if not stale[v]:
                        continue
                    stale[v] = False
                    o = np.uint64(np.int64(v) * row_words + w0)
                    begin(row, np.uint64(0), plane, o, np.uint64(0), words)
                    narrow(
                        v, group_ptr, member_ptr, member, needed, skip, plane, row_words,
                        w0, words, row, np.uint64(0), counter, width,
                    )  # fmt: skip
                    if replace(plane, o, row, words):
                        again = True
                        for u in range(user_ptr[v], user_ptr[v + 1]):
                            stale[group_node[user_group[u]]] = True
