"""Which nodes does an outbreak infect in the end, in as many runs as one likes?"""

import numpy as np

from hygie.engines.propagation.draws import Purpose, keys
from hygie.engines.propagation.entries import Entries, entry_of_runs
from hygie.engines.propagation.kernels.bits import WORDS, infect
from hygie.engines.propagation.types import (
    ByteArray,
    IntArray,
    PropagationError,
    SpreadGraph,
    WordArray,
)

RUNS_A_WORD = 64
_LINE = 64


def cascade_bits(
    graph: SpreadGraph, entries: Entries, words: int, seed: int, first_word: int = 0
) -> WordArray:
    """Tell which nodes each run infects, whenever it does: independent cascade, 64 runs a word.

    Each edge carries or does not, once a run, drawn from the seed, the number of the run and the
    position of the edge: blocks, threads and machines change nothing, and a variant of the graph
    meets the same chance. Raising a probability only ever adds infections.

    Args:
        graph: who can infect whom.
        entries: where runs start; (64 x words,) when given one a run.
        words: W, words of 64 runs.
        seed: of the draws, any whole number.
        first_word: number of the first word: runs are 64 first_word … 64 (first_word + W) - 1.

    Returns:
        (n, W) words; bit b of word w is run 64 (first_word + w) + b, 1 where it infects the node.

    Raises:
        PropagationError: entries that do not fit, a number of words below 0.

    Cost: O(W (n + m) depth / 8) steps on 512 bits, 64 bytes an edge and 74 a node beyond the
    answer, untouched where no run comes.
    Source: live-edge form of the independent cascade, Kempe, Kleinberg, Tardos 2003;
        docs/engines/propagation.md §2.
    """
    if words < 0 or first_word < 0:
        raise PropagationError(f"{words} words from word {first_word}: neither may be below 0")
    runs = RUNS_A_WORD * words
    first_run = RUNS_A_WORD * first_word
    entry = entry_of_runs(entries, graph.nodes, seed=seed, first=first_run, runs=runs)
    answer = np.zeros((graph.nodes, words), np.uint64)
    live = row_room(len(graph.target))
    rows = row_room(graph.nodes)
    waiting, drawn = np.zeros(graph.nodes, np.uint8), np.empty(graph.nodes, np.uint8)
    for start in range(0, words, WORDS):
        mask_keys = keys(seed, Purpose.MASKS, first_word + start, WORDS)
        held = min(WORDS, words - start)
        here = entry[RUNS_A_WORD * start : RUNS_A_WORD * (start + held)]
        rows.fill(0)
        _enter(here, rows, waiting)
        drawn.fill(0)
        infect(graph.indptr, graph.target, graph.probability, mask_keys, rows, waiting, drawn, live)
        answer[:, start : start + held] = rows.reshape(graph.nodes, WORDS)[:, :held]
    return answer


def _enter(entry: IntArray, rows: WordArray, waiting: ByteArray) -> None:
    run = np.arange(len(entry))
    bit = np.uint64(1) << (run % RUNS_A_WORD).astype(np.uint64)
    np.bitwise_or.at(rows, entry.astype(np.int64) * WORDS + run // RUNS_A_WORD, bit)
    waiting[entry] = 1


def row_room(rows: int) -> WordArray:
    """Room for rows of 512 runs, (8 rows,), so placed that none lies on two lines of the cache."""
    room = np.empty(rows * WORDS + _LINE // 8, np.uint64)
    start = -room.ctypes.data % _LINE // 8
    return room[start : start + rows * WORDS]
