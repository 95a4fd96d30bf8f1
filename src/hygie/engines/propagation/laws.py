"""How long does a step of an attack take, as a table from which a time is drawn in one read?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log
from statistics import NormalDist
from typing import TypeAlias

import numpy as np

from hygie.engines.propagation.types import QUANTILES, FloatArray, PropagationError, ShortArray

_SHARES: FloatArray = (np.arange(QUANTILES) + 0.5) / QUANTILES
_P90 = NormalDist().inv_cdf(0.9)
_LONGEST = np.iinfo(np.int16).max


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same time; 0 is at once, within the same step.

    Attributes:
        hours: the time, 0 or more.
    """

    hours: float


@dataclass(frozen=True, slots=True)
class Exponential:
    """As likely to happen in the next hour, however long it has been tried.

    Attributes:
        mean_h: hours on average, more than 0.
    """

    mean_h: float


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Often short, sometimes very long: what times of attackers look like.

    Attributes:
        median_h: hours that half of the attempts take at most, more than 0.
        p90_h: hours that nine in ten take at most, no less than the median.
    """

    median_h: float
    p90_h: float


Law: TypeAlias = Constant | Exponential | Lognormal


def delay_table(laws: Sequence[Law], step_h: float) -> ShortArray:
    """Cut laws of time into quantiles of equal chance, in steps.

    A time is rounded to the nearest step, and takes one at least unless it is always nothing. What
    is beyond 32,767 steps is cut there, past any horizon.

    Args:
        laws: c laws; `delay_class` names them by position, hence 256 at most.
        step_h: hours of one step.

    Returns:
        (c, QUANTILES) steps, ascending: entry i is the quantile (i + 0.5) / QUANTILES.

    Raises:
        PropagationError: a time that is none, with the position of its law.
    """
    if not (isfinite(step_h) and step_h > 0):
        raise PropagationError(f"step_h: {step_h} hours are no step")
    if len(laws) > 256:
        raise PropagationError(f"laws: {len(laws)}, 256 are possible")
    table = np.empty((len(laws), QUANTILES), np.int16)
    for position, law in enumerate(laws):
        hours = _quantiles(law)
        if hours is None:
            raise PropagationError(f"law {position}: {law} is no time")
        shortest = 0 if hours[-1] == 0 else 1
        table[position] = np.clip(np.rint(hours / step_h), shortest, _LONGEST)
    return table


def _quantiles(law: Law) -> FloatArray | None:
    """Hours at each share, None when the law makes no sense."""
    match law:
        case Constant(hours) if isfinite(hours) and hours >= 0:
            return np.full(QUANTILES, hours)
        case Exponential(mean_h) if isfinite(mean_h) and mean_h > 0:
            return -mean_h * np.log1p(-_SHARES)
        case Lognormal(median_h, p90_h) if 0 < median_h <= p90_h and isfinite(p90_h):
            spread = log(p90_h / median_h) / _P90
            normal = NormalDist()
            return median_h * np.exp(
                spread * np.array([normal.inv_cdf(share) for share in _SHARES])
            )
    return None
