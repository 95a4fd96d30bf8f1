"""What would a slow and obvious reading of the rules answer? The oracle of the tests."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product

from hygie.engines.assessment.nodes import (
    AllOf,
    Anchor,
    AnyOf,
    Bound,
    Comparison,
    Coverage,
    Measure,
    Proof,
    Questionnaire,
    Rule,
    When,
    walk_rule,
)
from hygie.engines.assessment.types import Case, Dates, Fact, State

_TINY, _HUGE = Fraction(1, 10**60), Fraction(10**60)
_ALL_ORDER = ("failed", "cannot_tell", "stale", "not_tested", "partial", "passed")
_ANY_ORDER = ("passed", "partial", "stale", "not_tested", "cannot_tell", "failed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """State, and the first later day on which it differs if nothing new is recorded."""

    state: State
    changes_on: date | None


def reference_outcome(rule: Rule, case: Case, horizon_days: int) -> Outcome:
    """Judge today, then every following day one by one.

    Args:
        rule: a parsed rule.
        case: as for `evaluate`.
        horizon_days: how many days to look ahead.

    Returns:
        The state and the first day it changes within the horizon.

    Cost: one full reading per day.
    Source: docs/engines/assessment.md §5.
    """
    today = case.dates.as_of
    known = replace(case, facts=tuple(f for f in case.facts if f.effective_on <= today))
    if known.answers is not None and known.answers.effective_on > today:
        known = replace(known, answers=None)
    state = reference_state(rule, known)
    for ahead in range(1, horizon_days + 1):
        day = today + timedelta(days=ahead)
        if reference_state(rule, replace(known, dates=replace(known.dates, as_of=day))) != state:
            return Outcome(state, day)
    return Outcome(state, None)


def reference_state(rule: Rule, case: Case) -> State:
    """Judge one candidate on the day of the case.

    Args:
        rule: a parsed rule.
        case: as for `evaluate`.

    Returns:
        The state alone.

    Source: docs/engines/assessment.md §5.
    """
    return _state(rule, case, case.candidate, strict=False)


def reference_coverage(rule: Coverage, case: Case) -> Fraction | None:
    """Give the exact share of the weight that passes, None without known weights."""
    weights = [unit.weight for unit in case.units]
    known = [Fraction(weight) for weight in weights if weight is not None]
    if len(known) < len(weights) or not sum(known):
        return None
    states = [_state(rule.of, case, unit.id, strict=False) for unit in case.units]
    return _share(states, known, {State.PASSED})


def reference_addition(rule: Coverage, case: Case) -> int | None:
    """Count the fewest units that would reach the threshold by passing, None if none would.

    Cost: every subset of the units that do not pass.
    """
    weights = [Fraction(unit.weight or 0) for unit in case.units]
    states = [_state(rule.of, case, unit.id, strict=False) for unit in case.units]
    barred = (State.PASSED, State.NOT_APPLICABLE)
    free = [position for position, state in enumerate(states) if state not in barred]
    for count in range(len(free) + 1):
        for chosen in combinations(free, count):
            tried = [State.PASSED if i in chosen else state for i, state in enumerate(states)]
            if _share(tried, weights, {State.PASSED}) >= Fraction(rule.threshold):
                return count
    return None


def _state(rule: Rule, case: Case, subject: int, *, strict: bool) -> State:
    match rule:
        case Measure() | Proof():
            return _leaf(rule, case, subject)
        case Questionnaire():
            return _answers(case, strict=strict)
        case Coverage():
            states = [_state(rule.of, case, unit.id, strict=strict) for unit in case.units]
            return _coverage(rule, case, states)
        case AllOf():
            return _all([_state(r, case, subject, strict=strict) for r in rule.rules], strict)
        case AnyOf():
            return _first(_ANY_ORDER, [_state(r, case, subject, strict=strict) for r in rule.rules])
        case When():
            return _when(rule, case, subject, strict=strict)


def _when(rule: When, case: Case, subject: int, *, strict: bool) -> State:
    condition = _state(rule.condition, case, subject, strict=True)
    if condition == State.PASSED:
        return _state(rule.then, case, subject, strict=strict)
    if condition == State.FAILED:
        return State.NOT_APPLICABLE
    if condition == State.PARTIAL:
        return State.CANNOT_TELL
    return condition


def _first(order: tuple[str, ...], states: list[State]) -> State:
    for name in order:
        if any(state.value == name for state in states):
            return State(name)
    return State.NOT_APPLICABLE


def _all(states: list[State], strict: bool) -> State:
    something = any(state in (State.PASSED, State.PARTIAL) for state in states)
    failure = any(state == State.FAILED for state in states)
    if failure and something and not strict:
        return State.PARTIAL
    return _first(_ALL_ORDER, states)


def _recorded(rule: Measure | Proof, case: Case, subject: int) -> list[Fact]:
    return [
        fact
        for fact in case.facts
        if fact.unit == subject
        and fact.code == rule.fact_code
        and fact.effective_on <= case.dates.as_of
    ]


def _latest(facts: list[Fact]) -> Fact:
    best = facts[0]
    for fact in facts[1:]:
        if (fact.effective_on, fact.known_as) >= (best.effective_on, best.known_as):
            best = fact
    return best


def _leaf(rule: Measure | Proof, case: Case, subject: int) -> State:
    facts = _recorded(rule, case, subject)
    if not facts:
        return State.NOT_TESTED
    unopened = _unopened(rule, case.dates)
    if unopened is not None:
        return unopened
    inside = [fact for fact in facts if _inside(rule, fact, case.dates)]
    if not inside:
        return State.FAILED
    fact = _latest(inside)
    if fact.value is None or fact.value != fact.value:
        return State.CANNOT_TELL
    if not _holds(rule, fact.value):
        return State.FAILED
    expired = fact.expires_on is not None and fact.expires_on <= case.dates.as_of
    return State.STALE if expired else State.PASSED


def _unopened(rule: Measure | Proof, dates: Dates) -> State | None:
    """Not tested or cannot tell while the window cannot hold anything, None once it can."""
    if rule.window is None:
        return None
    bounds = (rule.window.opens, rule.window.closes)
    if Anchor.PHASE_START in bounds and dates.phase_start is None:
        return State.CANNOT_TELL
    if rule.window.opens in _filings(dates):
        return State.NOT_TESTED
    opens = _day(rule.window.opens, dates)
    return State.NOT_TESTED if opens is not None and opens > dates.as_of else None


def _filings(dates: Dates) -> list[Anchor]:
    """Anchors of the filings not made yet."""
    filings = {Anchor.APPLICATION: dates.application, Anchor.ATTAINMENT: dates.attainment}
    return [anchor for anchor, day in filings.items() if day is None]


def _inside(rule: Measure | Proof, fact: Fact, dates: Dates) -> bool:
    if rule.window is None:
        return True
    opens, closes = _day(rule.window.opens, dates), _day(rule.window.closes, dates)
    if opens is not None and fact.effective_on < opens:
        return False
    return closes is None or fact.effective_on <= closes


def _day(bound: Bound | None, dates: Dates) -> date | None:
    """The day a bound stands for; None when it bounds nothing beyond today."""
    if not isinstance(bound, Anchor):
        return bound
    return {
        Anchor.PHASE_START: dates.phase_start,
        Anchor.APPLICATION: dates.application,
        Anchor.ATTAINMENT: dates.attainment,
        Anchor.AS_OF: dates.as_of,
    }[bound]


def _holds(rule: Measure | Proof, value: float) -> bool:
    if isinstance(rule, Proof):
        return value >= 1
    return {
        Comparison.AT_LEAST: value >= rule.bound,
        Comparison.AT_MOST: value <= rule.bound,
        Comparison.EQUALS: value == rule.bound,
    }[rule.comparison]


def _answers(case: Case, *, strict: bool) -> State:
    answers = case.answers
    if answers is None or answers.effective_on > case.dates.as_of:
        return State.NOT_TESTED
    silent = answers.total - answers.answered
    states = (
        [State.PASSED] * answers.passed
        + [State.PARTIAL] * answers.partial
        + [State.FAILED] * answers.failed
        + [State.CANNOT_TELL] * answers.cannot_tell
        + [State.NOT_TESTED] * (silent if answers.total else 1)
    )
    state = _all(states, strict)
    expired = answers.expires_on is not None and answers.expires_on <= case.dates.as_of
    return State.STALE if expired and state in (State.PASSED, State.PARTIAL) else state


def _coverage(rule: Coverage, case: Case, states: list[State]) -> State:
    if not case.units:
        return State.CANNOT_TELL
    if not any(_looked_at(rule.of, case, unit.id) for unit in case.units):
        return State.NOT_TESTED
    if all(state == State.NOT_APPLICABLE for state in states):
        return State.NOT_APPLICABLE
    found = {
        _weighed(states, weights, Fraction(rule.threshold))
        for weights in _possible_weights(case)
        if sum(weights)
    }
    return found.pop() if len(found) == 1 else State.CANNOT_TELL


def _looked_at(rule: Rule, case: Case, subject: int) -> bool:
    """Whether any fact of the rule was looked at: one exists and its window is not closed yet."""
    return any(
        _recorded(leaf, case, subject) and _unopened(leaf, case.dates) is not State.NOT_TESTED
        for leaf in walk_rule(rule)
        if isinstance(leaf, Measure | Proof)
    )


def _possible_weights(case: Case) -> Iterator[tuple[Fraction, ...]]:
    """Every unknown weight tried at nothing, next to nothing and beyond anything."""
    choices = [
        (Fraction(0), _TINY, _HUGE) if unit.weight is None else (Fraction(unit.weight),)
        for unit in case.units
    ]
    return product(*choices)


def _weighed(states: list[State], weights: tuple[Fraction, ...], threshold: Fraction) -> State:
    counted = {State.PASSED}
    if _share(states, weights, counted) >= threshold:
        return State.PASSED
    counted.add(State.STALE)
    if _share(states, weights, counted) >= threshold:
        return State.STALE
    counted.add(State.CANNOT_TELL)
    return State.CANNOT_TELL if _share(states, weights, counted) >= threshold else State.FAILED


def _share(
    states: list[State], weights: list[Fraction] | tuple[Fraction, ...], counted: set[State]
) -> Fraction:
    total = sum(weights, Fraction(0))
    passing = sum(
        (w for state, w in zip(states, weights, strict=True) if state in counted), Fraction(0)
    )
    return passing / total
