"""Does the latest figure of an indicator reach its target?"""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hygie.engines.assessment.types import Knowledge, State
from hygie.engines.scoring.combine import Element
from hygie.engines.scoring.rollup import Reading


class Reason(StrEnum):
    """Why an indicator is in its state; closed list, translated by the caller."""

    TARGET_REACHED = "target_reached"
    INTERMEDIATE_REACHED = "intermediate_reached"
    TARGET_NOT_REACHED = "target_not_reached"
    EXPIRED = "expired"
    UNDETERMINED = "undetermined"
    NEVER_MEASURED = "never_measured"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is held against, bounds inclusive, in the unit of the indicator.

    Attributes:
        at_least, at_most: one of them, or both for a range.
        intermediate: declared half-way bound, on the wrong side of the single bound.
    """

    at_least: float | None = None
    at_most: float | None = None
    intermediate: float | None = None

    def __post_init__(self) -> None:
        low, high, between = self.at_least, self.at_most, self.intermediate
        if any(bound is not None and not math.isfinite(bound) for bound in (low, high, between)):
            raise ValueError("a bound of a target is not finite")
        if low is not None and high is not None and low > high:
            raise ValueError(f"target reversed: at least {low} and at most {high}")
        if between is None:
            return
        if (low is None) == (high is None):
            raise ValueError("an intermediate bound needs exactly one target bound")
        if (low is not None and between >= low) or (high is not None and between <= high):
            raise ValueError(f"intermediate bound {between} is not short of the target")

    @property
    def is_set(self) -> bool:
        """Whether there is anything to reach."""
        return self.at_least is not None or self.at_most is not None

    def reached_by(self, value: float) -> bool:
        """Whether the figure is within the bounds."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)

    def half_reached_by(self, value: float) -> bool:
        """Whether the figure is at least at the intermediate bound."""
        if self.intermediate is None:
            return False
        return value >= self.intermediate if self.at_most is None else value <= self.intermediate


@dataclass(frozen=True, slots=True)
class IndicatorElement(Element):
    """The state of one indicator, with its reason."""

    reason: Reason = Reason.NEVER_MEASURED


def indicator_state(reading: Reading, target: Target | None, *, as_of: date) -> IndicatorElement:
    """Judge the latest figure of one organisation against the target in force.

    Args:
        reading: latest figure; `rollup.NEVER` when none was recorded. A figure dated later than
            `as_of` is not one yet.
        target: None or without bound = no target: the figure can be shown, not judged.
        as_of: day of the judgement; on `reading.expires_on` the figure no longer counts.

    Returns:
        Not tested without figure; cannot tell without target or with an undetermined figure;
        passed, partial (declared intermediate bound) or failed; stale instead of passed or partial
        once expired, while an expired failure stays a failure.

    Source: docs/engines/scoring.md §3.
    """
    early = reading.effective_on is not None and reading.effective_on > as_of
    if not reading.is_recorded or early:
        return IndicatorElement(State.NOT_TESTED, reason=Reason.NEVER_MEASURED)
    known_as = Knowledge(reading.known_as)
    if target is None or not target.is_set:
        return IndicatorElement(State.CANNOT_TELL, known_as, reason=Reason.NO_TARGET)
    value = reading.value
    if value is None or math.isnan(value):
        return IndicatorElement(State.CANNOT_TELL, known_as, reason=Reason.UNDETERMINED)
    state, reason = _against(value, target)
    if state is State.FAILED:
        return IndicatorElement(state, known_as, reason=reason)
    if reading.expires_on is not None and reading.expires_on <= as_of:
        return IndicatorElement(State.STALE, known_as, reason=Reason.EXPIRED)
    return IndicatorElement(state, known_as, reading.expires_on, reason)


def _against(value: float, target: Target) -> tuple[State, Reason]:
    if target.reached_by(value):
        return State.PASSED, Reason.TARGET_REACHED
    if target.half_reached_by(value):
        return State.PARTIAL, Reason.INTERMEDIATE_REACHED
    return State.FAILED, Reason.TARGET_NOT_REACHED
