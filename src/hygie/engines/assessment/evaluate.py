"""In which state is this requirement for this candidate, why, and until when?"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, TypeVar

from hygie.engines.assessment.coverage import coverage_finding
from hygie.engines.assessment.findings import (
    Finding,
    all_missing,
    joined,
    later_phases,
    strongest,
    weakest,
    worst_margin,
)
from hygie.engines.assessment.leaves import Place, answers_finding, leaf_finding
from hygie.engines.assessment.ledger import Ledger
from hygie.engines.assessment.lines import LineCode
from hygie.engines.assessment.nodes import (
    AllOf,
    AnyOf,
    Coverage,
    Measure,
    Proof,
    Questionnaire,
    Rule,
    When,
)
from hygie.engines.assessment.types import Case, Line, State, Verdict

Key = TypeVar("Key", bound=Hashable)

_WORST_FIRST: Final = (
    State.FAILED,
    State.CANNOT_TELL,
    State.STALE,
    State.NOT_TESTED,
    State.PARTIAL,
    State.PASSED,
)
# An expired alternative comes before one never tried, or a lapse would not show as a lapse.
_BEST_FIRST: Final = (
    State.PASSED,
    State.PARTIAL,
    State.STALE,
    State.NOT_TESTED,
    State.CANNOT_TELL,
    State.FAILED,
)


def evaluate(rule: Rule, case: Case) -> Verdict:
    """Judge one candidate by one rule.

    Args:
        rule: a parsed rule.
        case: units with their weights, facts of any of them, answers and dates.

    Returns:
        The state with its lines, coverage, weakest knowledge and the day it will change.

    Cost: linear in the rule times the units it covers, plus the filing of the facts;
        `evaluate_all` files them once for many rules.
    Source: docs/engines/assessment.md.
    """
    return _verdict(rule, Ledger(case))


def evaluate_all(rules: Mapping[Key, Rule], case: Case) -> dict[Key, Verdict]:
    """Judge one candidate by many rules, filing its facts only once.

    Args:
        rules: parsed rules by whatever key the caller uses.
        case: as for `evaluate`.

    Returns:
        One verdict per key, in the same order.

    Source: docs/engines/assessment.md.
    """
    ledger = Ledger(case)
    return {key: _verdict(rule, ledger) for key, rule in rules.items()}


def _verdict(rule: Rule, ledger: Ledger) -> Verdict:
    place = Place(subject=ledger.candidate, unit=None, depth=0, strict=False)
    finding = _finding(rule, ledger, place)
    changes_on = next((day for day, state, _ in finding.later if state is not finding.state), None)
    held = finding.state in (State.PASSED, State.PARTIAL)
    return Verdict(
        state=finding.state,
        stale_on=changes_on if held else None,
        changes_on=changes_on,
        coverage=finding.coverage,
        threshold=finding.threshold,
        known_as=finding.known_as,
        lines=tuple(finding.lines),
        missing=finding.missing,
    )


def _finding(rule: Rule, ledger: Ledger, place: Place) -> Finding:
    match rule:
        case Measure() | Proof():
            return leaf_finding(rule, ledger, place)
        case Coverage():
            depth = place.depth + 2
            return coverage_finding(
                rule,
                ledger,
                [
                    _finding(rule.of, ledger, Place(unit.id, unit.id, depth, place.strict))
                    for unit in ledger.units
                ],
                place,
            )
        case AllOf():
            return _all_finding(rule, ledger, place)
        case AnyOf():
            return _any_finding(rule, ledger, place)
        case When():
            return _when_finding(rule, ledger, place)
        case Questionnaire():
            return answers_finding(ledger.answers, ledger.dates.as_of, place)


def _parts(rules: Sequence[Rule], ledger: Ledger, place: Place) -> list[Finding]:
    inner = Place(place.subject, place.unit, place.depth + 1, place.strict)
    return [_finding(rule, ledger, inner) for rule in rules]


def _all_finding(rule: AllOf, ledger: Ledger, place: Place) -> Finding:
    parts = _parts(rule.rules, ledger, place)
    states = [part.state for part in parts]
    decide = _all_strictly if place.strict else _all_state
    state = decide(states, True)
    coverage, threshold = worst_margin(parts)
    return Finding(
        state,
        touched=any(part.touched for part in parts),
        later=later_phases(parts, decide),
        known_as=weakest(parts),
        missing=all_missing(parts),
        lines=_headed(LineCode.ALL_OF, parts, states, state, place),
        coverage=coverage,
        threshold=threshold,
        has=joined([part.has for part in parts]),
        lacks=joined([part.lacks for part in parts]),
    )


def _any_finding(rule: AnyOf, ledger: Ledger, place: Place) -> Finding:
    parts = _parts(rule.rules, ledger, place)
    states = [part.state for part in parts]
    state = _any_state(states, True)
    deciding = [part for part in parts if part.state is state]
    passed = state is State.PASSED
    coverage, threshold = worst_margin(deciding)
    return Finding(
        state,
        touched=any(part.touched for part in parts),
        later=later_phases(parts, _any_state),
        known_as=strongest(deciding) if passed else weakest(parts),
        missing=() if passed else all_missing(parts),
        lines=_headed(LineCode.ANY_OF, parts, states, state, place),
        coverage=coverage,
        threshold=threshold,
        has=joined([part.has for part in parts]),
        lacks=() if passed else _nearest(parts).lacks,
    )


def _nearest(parts: Sequence[Finding]) -> Finding:
    """The alternative to name as lacking: one begun, then the one that lacks least, then first."""
    open_ones = [part for part in parts if part.lacks] or parts
    return min(open_ones, key=lambda part: (not part.has, len(part.lacks)))


def _headed(
    code: LineCode, parts: Sequence[Finding], states: list[State], state: State, place: Place
) -> list[Line]:
    """Put "n of m hold" before the lines of the parts; a part without object is in neither."""
    total = len(states) - states.count(State.NOT_APPLICABLE)
    params = {"met": states.count(State.PASSED), "total": total}
    lines = [Line(code, params, state, place.unit, (), place.depth)]
    for part in parts:
        lines += part.lines
    return lines


def _when_finding(rule: When, ledger: Ledger, place: Place) -> Finding:
    inner = Place(place.subject, place.unit, place.depth + 1, place.strict)
    asked = Place(place.subject, place.unit, place.depth + 1, strict=True)
    condition = _finding(rule.condition, ledger, asked)
    then = _finding(rule.then, ledger, inner)
    parts = (condition, then)
    state = _when_state((condition.state, then.state), True)
    applies = condition.state is State.PASSED
    code = LineCode.CONDITION_MET if applies else LineCode.CONDITION_OPEN
    if state is State.NOT_APPLICABLE and not applies:
        code = LineCode.CONDITION_NOT_MET
    lines = [Line(code, {}, condition.state, place.unit, (), place.depth), *condition.lines]
    return Finding(
        state,
        touched=condition.touched or then.touched,
        later=later_phases(parts, _when_state),
        known_as=weakest(parts) if applies else condition.known_as,
        missing=then.missing if applies else condition.missing,
        lines=[*lines, *then.lines] if applies else lines,
        coverage=then.coverage if applies else None,
        threshold=then.threshold if applies else None,
        has=then.has if applies else condition.has,
        lacks=then.lacks if applies else condition.lacks,
    )


def _all_state(states: Sequence[State], touched: bool) -> State:
    if State.FAILED in states and (State.PASSED in states or State.PARTIAL in states):
        return State.PARTIAL
    return _all_strictly(states, touched)


def _all_strictly(states: Sequence[State], touched: bool) -> State:
    for state in _WORST_FIRST:
        if state in states:
            return state
    return State.NOT_APPLICABLE


def _any_state(states: Sequence[State], touched: bool) -> State:
    for state in _BEST_FIRST:
        if state in states:
            return state
    return State.NOT_APPLICABLE


def _when_state(states: Sequence[State], touched: bool) -> State:
    condition, then = states
    if condition is State.PASSED:
        return then
    if condition in (State.FAILED, State.NOT_APPLICABLE):
        return State.NOT_APPLICABLE
    return State.CANNOT_TELL if condition is State.PARTIAL else condition
