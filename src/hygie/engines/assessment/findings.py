"""What does one part of a rule find, and how will it change if nothing new is recorded?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from hygie.engines.assessment.types import Knowledge, Line, State

Phase: TypeAlias = tuple[date, State, bool]
"""From this day on: the state, and whether a fact was looked at."""

Decide: TypeAlias = Callable[[Sequence[State], bool], State]


@dataclass(slots=True)
class Finding:
    """State of one node of a rule for one organisation, before it becomes a verdict.

    Attributes:
        touched: at least one recorded fact was looked at, whatever it is worth.
        later: what comes next if nothing new is recorded, by increasing date.
        has, lacks: fact codes that hold, and that do not.
    """

    state: State
    touched: bool
    later: tuple[Phase, ...] = ()
    known_as: Knowledge | None = None
    missing: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    coverage: Decimal | None = None
    threshold: Decimal | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def later_phases(parts: Sequence[Finding], decide: Decide) -> tuple[Phase, ...]:
    """Follow several findings day by day, from event to event.

    Args:
        parts: findings of the parts, today.
        decide: gives the state of the whole from the states of the parts, in order, and from
            whether any fact was looked at.

    Returns:
        The later phases of the whole, by increasing date.

    Cost: one `decide` per distinct day on which a part changes.
    """
    events = [
        (day, position, state, touched)
        for position, part in enumerate(parts)
        if part.later
        for day, state, touched in part.later
    ]
    if not events:
        return ()
    events.sort()
    states = [part.state for part in parts]
    touches = [part.touched for part in parts]
    previous = (decide(states, any(touches)), any(touches))
    phases: list[Phase] = []
    for number, (day, position, state, touched) in enumerate(events):
        states[position], touches[position] = state, touched
        if number + 1 < len(events) and events[number + 1][0] == day:
            continue
        now = (decide(states, any(touches)), any(touches))
        if now != previous:
            phases.append((day, *now))
            previous = now
    return tuple(phases)


def weakest(parts: Iterable[Finding]) -> Knowledge | None:
    """Give the weakest knowledge of several findings, None when none rests on a fact."""
    return min([part.known_as for part in parts if part.known_as is not None], default=None)


def strongest(parts: Iterable[Finding]) -> Knowledge | None:
    """Give the strongest knowledge of several findings, None when none rests on a fact."""
    return max([part.known_as for part in parts if part.known_as is not None], default=None)


def all_missing(parts: Iterable[Finding]) -> tuple[str, ...]:
    """Join the missing codes of several findings, each once, in the order met."""
    codes = [code for part in parts if part.missing for code in part.missing]
    return tuple(dict.fromkeys(codes)) if codes else ()


def joined(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Join several tuples of codes into one, repetitions kept."""
    return tuple(chain.from_iterable(groups))


def worst_margin(parts: Iterable[Finding]) -> tuple[Decimal | None, Decimal | None]:
    """Give the coverage and threshold of the coverage that is furthest from being reached.

    Returns:
        (coverage, threshold); an unknown coverage is the worst; (None, None) without coverage.
    """
    found = [
        (part.coverage is not None, (part.coverage or 0) - part.threshold, part)
        for part in parts
        if part.threshold is not None
    ]
    if not found:
        return None, None
    _, _, part = min(found, key=lambda entry: (entry[0], entry[1], entry[2].threshold))
    return part.coverage, part.threshold
