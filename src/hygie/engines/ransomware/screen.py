"""If nobody sees anything: which care is lost in ten thousand attacks, at once?

Bits instead of times: who is taken in the end, 64 runs a word, and straight on to the needs. It is
the worst case of the same attack, in a hundredth of the time: good for first looks and rankings.
"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.evaluate import evaluate_up
from hygie.engines.dependency.scenarios import lost_counts, lost_weight, unpack_scenarios
from hygie.engines.dependency.types import FloatArray, IntArray, LongArray, WordArray
from hygie.engines.propagation.cascade import RUNS_A_WORD, cascade_bits
from hygie.engines.propagation.summary import Estimate, mean_interval
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.outcomes import Shares, shares_of
from hygie.engines.ransomware.scene import Scene

_BLOCK_BYTES = 1 << 26


@dataclass(frozen=True)
class Screening:
    """What attacks come to when they are left to run.

    Attributes:
        runs, seed: as asked.
        taken: (n,) how often each asset is taken; lost: (n,) how often it is lost to care.
        stopped: (c,) how often each care activity stops.
        histogram: (c+1,) runs in which 0, 1, … care activities stop.
        weight: worth of what stops.
        stopped_by_run: (r,), weight_by_run: (r,) of each run.
    """

    runs: int
    seed: int
    taken: Shares
    lost: Shares
    stopped: Shares
    histogram: LongArray
    weight: Estimate
    stopped_by_run: IntArray
    weight_by_run: FloatArray


def screen(scene: Scene, runs: int, seed: int) -> Screening:
    """Let attacks run to their end, unseen, and count the care that stops.

    Args:
        scene: the map and the attack; who watches, and times, play no part.
        runs: how many, 1 or more. seed: of the draws, any whole number.

    Returns:
        The screening; the same for any split of the runs.

    Raises:
        RansomwareError: no run is asked for.

    Cost: one cascade and one evaluation of 64 runs a word; 10,000 attacks on 10,000 assets take
    less than a second, 64 MB a plane whatever the runs.
    Source: docs/engines/ransomware.md §4.
    """
    if runs < 1:
        raise RansomwareError(f"{runs} runs: 1 at least is wanted")
    words = -(-runs // RUNS_A_WORD)
    width = max(1, _BLOCK_BYTES // (8 * scene.spread.nodes))
    care = len(scene.care)
    taken, lost = np.zeros(scene.assets, np.int64), np.zeros(scene.assets, np.int64)
    stopped = np.zeros(care, np.int64)
    weights, counts = [], []
    for first in range(0, words, width):
        count = min(width, words - first)
        lanes = min(runs - RUNS_A_WORD * first, RUNS_A_WORD * count)
        act = cascade_bits(scene.spread, scene.entries, count, seed, first)
        failed = failed_of(scene, act)
        stands = evaluate_up(scene.compiled, failed)[scene.care]
        taken += lanes - lost_counts(act[: scene.assets], lanes)
        lost += lanes - lost_counts(failed, lanes)
        stopped += lost_counts(stands, lanes)
        weights.append(lost_weight(stands, scene.weight, lanes))
        counts.append((~unpack_scenarios(stands, lanes)).sum(axis=0, dtype=np.int32))
    by_run, worth = np.concatenate(counts), np.concatenate(weights)
    return Screening(
        runs, seed, shares_of(taken, runs), shares_of(lost, runs), shares_of(stopped, runs),
        np.bincount(by_run, minlength=care + 1).astype(np.int64), mean_interval(worth), by_run,
        worth,
    )  # fmt: skip


def failed_of(scene: Scene, act: WordArray) -> WordArray:
    """What is lost in each run: what is taken and no longer serves, where there was a launch.

    Args:
        scene: the map. act: (N, W) who is taken.

    Returns:
        (n, W) words, as the needs read them.
    """
    launched = np.bitwise_or.reduce(act[scene.is_launch], axis=0)
    answer: WordArray = act[: scene.assets] & launched
    answer[~scene.is_lost] = 0
    return answer
