"""Which figure has a group, given those of its members?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class RollUp(StrEnum):
    """How a group's figure is made."""

    SUM = "sum"
    MEAN = "mean"
    ACTIVITY_MEAN = "activity_mean"
    HEADCOUNT_MEAN = "headcount_mean"
    WORST = "worst"
    SHARE = "share"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """One organisation's latest figure.

    Attributes:
        value: in the indicator's unit; None when measured without conclusion.
        known_as: 1 declared … 4 verified; 0 when nothing was ever recorded.
        effective_on, expires_on: validity; expires_on None never.
    """

    value: float | None
    known_as: int
    effective_on: dt.date | None = None
    expires_on: dt.date | None = None

    @property
    def is_recorded(self) -> bool:
        """Whether anything was ever recorded."""
        return self.known_as > 0


NEVER = Reading(value=None, known_as=0)


def roll_up(
    method: RollUp,
    readings: Sequence[Reading],
    weights: Sequence[float | None],
    *,
    lower_is_better: bool,
) -> Reading:
    """The group's figure, as weakly known as its weakest member and as old as its oldest.

    A member without figure or without weight leaves the group undetermined: a sum or a mean over
    some of the members would flatter it. With no figure at all the group was never measured.

    Args:
        method: how to combine.
        readings: one per member, in the same order as `weights`.
        weights: activity or headcount, used by the weighted means; None unknown.
        lower_is_better: for WORST.

    Returns:
        A reading; its value is None when it cannot be told. SHARE answers the percentage of members
        whose figure is not zero.
    """
    recorded = [reading for reading in readings if reading.is_recorded]
    if not recorded or method is RollUp.NONE:
        return NEVER
    known_as = min(reading.known_as for reading in recorded)
    days = [reading.effective_on for reading in recorded if reading.effective_on]
    ends = [reading.expires_on for reading in recorded if reading.expires_on]
    values = [reading.value for reading in readings]
    complete = len(recorded) == len(readings) and all(value is not None for value in values)
    figure = (
        _figure(method, [v for v in values if v is not None], weights, lower_is_better)
        if complete
        else None
    )
    return Reading(figure, known_as, min(days, default=None), min(ends, default=None))


def _figure(
    method: RollUp, values: Sequence[float], weights: Sequence[float | None], lower_is_better: bool
) -> float | None:
    match method:
        case RollUp.SUM:
            return sum(values)
        case RollUp.MEAN:
            return sum(values) / len(values)
        case RollUp.WORST:
            return max(values) if lower_is_better else min(values)
        case RollUp.SHARE:
            return 100 * sum(1 for value in values if value) / len(values)
        case _:
            return _weighted(values, weights)


def _weighted(values: Sequence[float], weights: Sequence[float | None]) -> float | None:
    known = [weight for weight in weights if weight is not None]
    total = sum(known)
    if len(known) < len(values) or total <= 0:
        return None
    return sum(value * weight for value, weight in zip(values, known, strict=True)) / total
