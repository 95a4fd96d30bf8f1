"""From which random words is a run made, so that it is the same wherever and with whatever it runs?

SplitMix64, read by number instead of in order: output i of the stream of state s is
`mixed(s + (i + 1) GOLDEN)`. A state is the key of what is drawn: the seed, the purpose, and the
number of the run (or of the word of 64 runs). Two variants of a graph thus meet the same chance.
"""

from enum import IntEnum

import numpy as np

from hygie.engines.propagation.types import FloatArray, WordArray

GOLDEN = 0x9E3779B97F4A7C15
_FACTORS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_ALL = (1 << 64) - 1


class Purpose(IntEnum):
    """What is drawn: one stream each, for each run."""

    MASKS = 1  # of a word of 64 runs: in which of them an edge carries
    ENTRY = 2  # of a run: where it starts
    TRIAL = 3  # … which edges carry, four to a word
    DELAY = 4  # … the time an edge takes, and whether it leaks through containment
    NOTICE = 5  # … which nodes are noticed
    DURATION = 6  # … how long a node infects others


def mixed(state: int) -> int:
    """Give the output of SplitMix64 for a state.

    Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    for shift, factor in _FACTORS:
        state = (state ^ (state >> shift)) * factor & _ALL
    return state ^ (state >> 31)


def draw(key: int, number: int) -> int:
    """Give output `number` (0 …) of the stream of a key: 64 random bits."""
    return mixed((key + (number + 1) * GOLDEN) & _ALL)


def key(seed: int, purpose: Purpose, number: int) -> int:
    """Give the key of one run, or one word of runs, for one purpose.

    Args:
        seed: any whole number; its last 64 bits count.
        purpose: what is drawn.
        number: of the run or of the word, 0 or more.
    """
    return draw(draw(seed & _ALL, purpose), number)


def keys(seed: int, purpose: Purpose, first: int, count: int) -> WordArray:
    """Give the keys of consecutive runs, or words of runs: (count,)."""
    numbers = np.arange(first, first + count, dtype=np.uint64)
    return draws(np.full(count, draw(seed & _ALL, purpose), np.uint64), numbers)


def draws(key: WordArray, number: WordArray) -> WordArray:
    """Give what `draw` gives, for arrays: (k,) keys and numbers."""
    state = key + (number + np.uint64(1)) * np.uint64(GOLDEN)
    for shift, factor in _FACTORS:
        state = (state ^ (state >> np.uint64(shift))) * np.uint64(factor)
    outputs: WordArray = state ^ (state >> np.uint64(31))
    return outputs


def as_share(words: WordArray) -> FloatArray:
    """Turn random words into numbers of [0, 1): (k,), from their first 53 bits."""
    shares: FloatArray = (words >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return shares
