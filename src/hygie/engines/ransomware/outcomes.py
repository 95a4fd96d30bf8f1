"""In which figures is a rehearsal told, each with how sure it is?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.types import FloatArray, IntArray, LongArray
from hygie.engines.propagation.summary import Estimate, wilson


@dataclass(frozen=True)
class Shares:
    """Shares of runs, with their Wilson intervals at 95 %; arrays of one length."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class Times:
    """When something happens in the runs in which it does, hours; nan where it never did.

    Times are told by bins that grow with time, 8 % wide at most beyond the first day; each figure
    is the end of its bin.
    """

    p10_h: FloatArray
    median_h: FloatArray
    p90_h: FloatArray


@dataclass(frozen=True)
class CareOutcome:
    """What happens to each care activity, (c,).

    Attributes:
        node: the activity.
        stopped: share of runs in which it stops; stops_at: when.
        degraded: share of runs in which it is degraded and does not stop.
        hours, hours_low, hours_high: hours lost within the horizon, on average over all runs.
    """

    node: IntArray
    stopped: Shares
    stops_at: Times
    degraded: Shares
    hours: FloatArray
    hours_low: FloatArray
    hours_high: FloatArray


@dataclass(frozen=True)
class Rehearsal:
    """An attack played many times.

    Attributes:
        runs, seed, horizon_h: as asked.
        taken, taken_at: (n,) for each asset, how often and when it is taken.
        lost: (n,) how often it is lost to care.
        care: for each care activity.
        histogram: (c+1,) runs in which 0, 1, … care activities stop.
        quantiles: level → care activities stopped, at 5, 25, 50, 75 and 95 %.
        care_hours: hours of care lost, all activities together.
        weighted_hours: the same, each by its worth. weight: worth of what stops.
        launched, alerted: shares of runs in which the attacker encrypts, in which he is seen.
        alerted_first: share of runs in which he is seen before he encrypts, or never does.
        curve_h, curve: (b,) assets taken by each hour, on average.
        convergence: (runs, care-hours as told by the first of them), at more and more runs.
        by_run: (r,) care-hours of each run; stopped_by_run: (r,) activities stopped.
    """

    runs: int
    seed: int
    horizon_h: float
    taken: Shares
    taken_at: Times
    lost: Shares
    care: CareOutcome
    histogram: LongArray
    quantiles: dict[int, int]
    care_hours: Estimate
    weighted_hours: Estimate
    weight: Estimate
    launched: Estimate
    alerted: Estimate
    alerted_first: Estimate
    curve_h: FloatArray
    curve: FloatArray
    convergence: tuple[tuple[int, Estimate], ...]
    by_run: FloatArray
    stopped_by_run: IntArray


def shares_of(counts: LongArray, runs: int) -> Shares:
    """Shares of runs, (k,) from (k,) counts."""
    low, high = wilson(counts, runs)
    return Shares(counts / max(runs, 1), low, high)


def share_of(count: int, runs: int) -> Estimate:
    """One share of runs."""
    found = shares_of(np.array([count]), runs)
    return Estimate(float(found.value[0]), float(found.low[0]), float(found.high[0]))


def times_of(bins: IntArray | LongArray, bin_h: FloatArray) -> Times:
    """Quantiles of times told by bins.

    Args:
        bins: (k, b) how often in each bin. bin_h: (b,) hours at the end of each.
    """
    cumulated = np.cumsum(bins, axis=1, dtype=np.int64)
    total = cumulated[:, -1]
    found = []
    for level in (0.1, 0.5, 0.9):
        asked = np.maximum(np.ceil(level * total), 1)
        place = (cumulated < asked[:, None]).sum(axis=1)
        hours = bin_h[np.minimum(place, len(bin_h) - 1)]
        found.append(np.where(total > 0, hours, np.nan))
    return Times(*found)
