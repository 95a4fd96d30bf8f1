"""In which state is a whole whose parts are in these states, and how surely is that known?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hygie.engines.assessment.types import Knowledge, State

# A state nobody may lean on is never a sure one, however it was once measured.
_SETTLED = frozenset({State.PASSED, State.PARTIAL, State.FAILED})


@dataclass(frozen=True, slots=True)
class Element:
    """One part of an objective: a requirement or an indicator.

    Attributes:
        known_as: weakest knowledge its state rests on; None = no fact.
        stale_on: first day its state no longer holds by itself; None = never, or not held.
    """

    state: State
    known_as: Knowledge | None = None
    stale_on: date | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How many parts are known by measurement or verification, out of those that apply."""

    measured: int
    total: int

    @property
    def share(self) -> Decimal | None:
        """Measured over total, 0..1; None when nothing applies."""
        return Decimal(self.measured) / Decimal(self.total) if self.total else None


def combine(states: Iterable[State]) -> State:
    """Give the state of an objective from the states of its elements.

    Args:
        states: one per element, in any order; those not applicable do not weigh.

    Returns:
        Failed, or partial when something else passed at least in part; else stale, cannot tell;
        else not tested, or partial when something passed at least in part; else partial or passed.
        Not applicable when no element applies, not tested when there is no element at all.

    Source: docs/engines/scoring.md §1.
    """
    found = set(states)
    if not found:
        return State.NOT_TESTED
    found.discard(State.NOT_APPLICABLE)
    if not found:
        return State.NOT_APPLICABLE
    something = State.PASSED in found or State.PARTIAL in found
    if State.FAILED in found:
        return State.PARTIAL if something else State.FAILED
    for state in (State.STALE, State.CANNOT_TELL):
        if state in found:
            return state
    if State.NOT_TESTED in found:
        return State.PARTIAL if something else State.NOT_TESTED
    return State.PARTIAL if State.PARTIAL in found else State.PASSED


def confidence(elements: Iterable[Element]) -> Confidence:
    """Count the elements whose state rests on a measurement or better.

    Args:
        elements: those not applicable are left out of both counts.

    Returns:
        `measured` counts passed, partial and failed elements known as measured or verified;
        stale, not tested and cannot tell are never in it, always in `total`.

    Source: docs/engines/scoring.md §2.
    """
    applicable = [each for each in elements if each.state is not State.NOT_APPLICABLE]
    measured = sum(
        each.state in _SETTLED and each.known_as is not None and each.known_as >= Knowledge.MEASURED
        for each in applicable
    )
    return Confidence(measured, len(applicable))
