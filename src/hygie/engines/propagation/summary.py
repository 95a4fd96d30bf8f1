"""What do thousands of runs say: how likely, how large, how soon, and how sure is that?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, sqrt
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.propagation.kernels.counting import count_lanes, set_lanes, steps_by_node
from hygie.engines.propagation.types import (
    FloatArray,
    IntArray,
    LongArray,
    PropagationError,
    TimedRuns,
    WordArray,
)

Numbers: TypeAlias = NDArray[np.floating] | NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over runs, and between what the true one lies.

    Attributes:
        mean: of the runs made; nan without any.
        low, high: bounds of the confidence interval; infinite where there are fewer than two runs.
    """

    mean: float
    low: float
    high: float


def counts_of_nodes(act: WordArray, runs: int | None = None) -> LongArray:
    """Count the runs that infect each node.

    Args:
        act: (n, W) words, as `cascade_bits` gives them.
        runs: how many lanes count, the first ones; all when None.

    Returns:
        (n,) counts.
    """
    lanes = act if runs is None else _first_lanes(act, runs)
    counts: LongArray = np.bitwise_count(lanes).sum(axis=1, dtype=np.int64)
    return counts


def sizes_of_lanes(act: WordArray) -> IntArray:
    """Count the nodes that each run infects.

    Returns:
        (64 W,) counts; give it some rows of `act` only, and it counts those nodes.

    Cost: O(n W), two vector additions a row.
    Source: carry-save counting, Harley and Seal, in Warren, "Hacker's Delight", §5-1.
    """
    nodes, words = act.shape
    planes = nodes.bit_length() + 1
    size = np.zeros(64 * words, np.int32)
    plane, held = np.zeros((planes, words), np.uint64), np.zeros((planes, words), np.uint64)
    count_lanes(np.ascontiguousarray(act), plane, held, np.zeros(planes, np.int64), size)
    return size


def counts_in_time(told: TimedRuns, nodes: int) -> LongArray:
    """Count the runs that infect each of n nodes: (n,)."""
    counts: LongArray = np.bincount(told.node, minlength=nodes).astype(np.int64)
    return counts


def sizes_in_time(told: TimedRuns) -> LongArray:
    """Count the nodes that each run infects: (r,)."""
    return np.diff(told.indptr)


def lanes_at(told: TimedRuns, nodes: int, step: int) -> WordArray:
    """Give what each run has infected by a step, 64 runs a word, as `cascade_bits` does.

    Args:
        told: r runs.
        nodes: n, number of nodes of the graph.
        step: the last step that counts.

    Returns:
        (n, ceil(r / 64)) words; lanes past the last run are 0.

    Cost: O(infections).
    """
    act = np.zeros((nodes, -(-told.runs // 64)), np.uint64)
    set_lanes(told.indptr, told.node, told.step, step, act)
    return act


def growth(told: TimedRuns, steps: int) -> FloatArray:
    """Give the mean number of nodes infected by each step 0 … steps - 1; nan without a run."""
    by_step = np.bincount(told.step, minlength=steps)[:steps]
    if not told.runs:
        return np.full(steps, np.nan)
    mean: FloatArray = np.cumsum(by_step) / told.runs
    return mean


def time_quantiles(
    told: TimedRuns, nodes: int, shares: Sequence[float], step_h: float, *, of_all: bool = False
) -> FloatArray:
    """Give the times by which shares of the runs have infected each node.

    Args:
        told: r runs. nodes: n.
        shares: (q,) more than 0, up to 1: 0.5 is the median.
        step_h: hours of a step.
        of_all: shares of all runs, a run that does not infect the node never doing so; else of
            the runs that do.

    Returns:
        (n, q) hours. Of all: inf where fewer runs than the share infect the node. Of those that
        do: nan where none does. No time is told between two that happened.

    Raises:
        PropagationError: a share out of range.

    Cost: O(infections + n q), 6 bytes an infection.
    """
    if not all(0 < share <= 1 for share in shares):
        raise PropagationError(f"shares: {list(shares)} are not all more than 0 and up to 1")
    starts = np.zeros(nodes + 1, np.int64)
    ordered = np.empty_like(told.step)
    steps_by_node(told.node, told.step, starts, np.empty_like(told.node), ordered)
    counts = np.diff(starts)
    answer = np.full((nodes, len(shares)), inf if of_all else np.nan)
    for column, share in enumerate(shares):
        whole = np.full(nodes, told.runs) if of_all else counts
        # 0.1 of 30 runs is the third one, whatever binary fractions make of 0.1.
        rank = np.maximum(np.ceil(share * whole - 1e-9).astype(np.int64), 1)
        known = np.flatnonzero(rank <= counts)
        answer[known, column] = ordered[starts[known] + rank[known] - 1] * step_h
    return answer


def wilson(counts: LongArray, runs: int, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Give the confidence interval of probabilities estimated by counting.

    Args:
        counts: (k,) runs in which each thing happened, 0 … runs.
        runs: how many were made.
        confidence: share of such intervals that hold the truth.

    Returns:
        (k,) lower and (k,) upper bounds; 0 and 1 when no run was made. Never a certainty: with
        10,000 runs, what never happened has up to 0.04 %.

    Raises:
        PropagationError: counts out of range, a confidence that is none.

    Source: Wilson 1927; Brown, Cai, DasGupta 2001 on why not the usual one.
    """
    z = _normal_quantile(confidence)
    happened = np.asarray(counts, np.float64)
    if len(happened) and not (happened.min() >= 0 and happened.max() <= runs):
        raise PropagationError(f"counts: some are not 0 to {runs}")
    if runs == 0:
        return np.zeros(len(happened)), np.ones(len(happened))
    share = happened / runs
    middle = share + z * z / (2 * runs)
    reach = z * np.sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    low, high = (middle - reach) / (1 + z * z / runs), (middle + reach) / (1 + z * z / runs)
    # At the ends the bound is exact, and rounding must not say otherwise.
    return np.where(happened == 0, 0.0, low), np.where(happened == runs, 1.0, high)


def mean_interval(values: Numbers, confidence: float = 0.95) -> Estimate:
    """Give the mean of a figure over runs, with its confidence interval.

    For the difference between two variants, give the differences run by run: they share their
    draws, and the interval is then much narrower than those of the two means tell.

    Args:
        values: (r,) figure of each run.
        confidence: share of such intervals that hold the truth.

    Source: Student's t, quantile by Cornish and Fisher's expansion (Abramowitz, Stegun 26.7.5).
    """
    z = _normal_quantile(confidence)
    figures = np.asarray(values, np.float64)
    runs = len(figures)
    if runs < 2:
        return Estimate(float(figures[0]) if runs else np.nan, -inf, inf)
    mean, spread = float(figures.mean()), float(figures.std(ddof=1))
    reach = _student_quantile(z, runs - 1) * spread / sqrt(runs)
    return Estimate(mean, mean - reach, mean + reach)


def quantiles(values: Numbers, shares: Sequence[float]) -> FloatArray:
    """Give figures that shares of the runs do not pass: (q,), each one of `values`; nan without."""
    if not len(values):
        return np.full(len(shares), np.nan)
    ordered = np.sort(np.asarray(values, np.float64))
    ranks = [max(ceil(share * len(ordered) - 1e-9), 1) for share in shares]
    told: FloatArray = ordered[np.minimum(ranks, len(ordered)) - 1]
    return told


def _first_lanes(act: WordArray, runs: int) -> WordArray:
    if not 0 <= runs <= 64 * act.shape[1]:
        raise PropagationError(f"runs: {runs}, of {64 * act.shape[1]} lanes")
    whole, rest = divmod(runs, 64)
    lanes = act[:, : whole + (rest > 0)].copy()
    if rest:
        lanes[:, whole] &= np.uint64((1 << rest) - 1)
    return lanes


def _normal_quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise PropagationError(f"confidence: {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _student_quantile(z: float, freedom: int) -> float:
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
