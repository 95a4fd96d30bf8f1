"""What does one measurement, one proof or one questionnaire say by itself?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hygie.engines.assessment.findings import Finding
from hygie.engines.assessment.ledger import Ledger, Span
from hygie.engines.assessment.lines import LineCode
from hygie.engines.assessment.nodes import Anchor, Comparison, Measure, Proof
from hygie.engines.assessment.types import AnswerSummary, Fact, Line, ParamValue, State

ANSWERS_CODE = "questionnaire"


@dataclass(frozen=True, slots=True)
class _Words:
    """The line codes of one kind of leaf."""

    subject: str
    reached: LineCode
    not_reached: LineCode
    expired: LineCode
    undetermined: LineCode
    missing: LineCode
    planned: LineCode
    too_old: LineCode
    too_late: LineCode
    not_open: LineCode
    unknown: LineCode


_MEASURE = _Words(
    "indicator",
    LineCode.MEASURE_REACHED,
    LineCode.MEASURE_NOT_REACHED,
    LineCode.MEASURE_EXPIRED,
    LineCode.MEASURE_UNDETERMINED,
    LineCode.MEASURE_MISSING,
    LineCode.MEASURE_PLANNED,
    LineCode.MEASURE_TOO_OLD,
    LineCode.MEASURE_TOO_LATE,
    LineCode.MEASURE_WINDOW_NOT_OPEN,
    LineCode.MEASURE_WINDOW_UNKNOWN,
)
_PROOF = _Words(
    "document",
    LineCode.PROOF_FOUND,
    LineCode.PROOF_REJECTED,
    LineCode.PROOF_EXPIRED,
    LineCode.PROOF_UNDETERMINED,
    LineCode.PROOF_MISSING,
    LineCode.PROOF_PLANNED,
    LineCode.PROOF_TOO_OLD,
    LineCode.PROOF_TOO_LATE,
    LineCode.PROOF_WINDOW_NOT_OPEN,
    LineCode.PROOF_WINDOW_UNKNOWN,
)


class Place(NamedTuple):
    """Where in the explanation a finding is written.

    Attributes:
        subject: organisation whose facts are read.
        unit: id shown on the lines; None = the candidate.
        strict: inside a condition, where "partly" is not "yes": one failure fails the whole.
    """

    subject: int
    unit: int | None
    depth: int
    strict: bool


def leaf_finding(rule: Measure | Proof, ledger: Ledger, place: Place) -> Finding:
    """Judge the latest fact of one organisation for one code.

    Args:
        rule: a measure or a proof rule.
        ledger: the case, laid out.
        place: which organisation, and where the line goes.

    Returns:
        One finding with exactly one line.

    Source: docs/engines/assessment.md §2.
    """
    words = _MEASURE if isinstance(rule, Measure) else _PROOF
    name = rule.indicator if isinstance(rule, Measure) else rule.document
    code = rule.fact_code
    params: dict[str, ParamValue] = {words.subject: name}
    facts = ledger.facts(place.subject, code)
    if not facts:
        planned = ledger.planned(place.subject, code)
        if planned is not None:
            params["date"] = planned
        line = words.missing if planned is None else words.planned
        return Finding(
            State.NOT_TESTED,
            touched=False,
            missing=(code,),
            lines=[Line(line, params, State.NOT_TESTED, place.unit, (), place.depth)],
            lacks=(code,),
        )
    if rule.window is None:
        return _judged(rule, facts[-1], params, words, ledger.dates.as_of, place)
    span = ledger.span(rule.window)
    if span.unknown is not None or (span.opens_on or date.min) > ledger.dates.as_of:
        return _closed(code, span, params, words, place)
    fact = next((fact for fact in reversed(facts) if fact.effective_on <= span.closes_on), None)
    if fact is None or (span.opens_on is not None and fact.effective_on < span.opens_on):
        return _outside(code, facts, span, params, words, place)
    return _judged(rule, fact, params, words, ledger.dates.as_of, place)


def _judged(
    rule: Measure | Proof,
    fact: Fact,
    params: dict[str, ParamValue],
    words: _Words,
    as_of: date,
    place: Place,
) -> Finding:
    value = fact.value
    params["date"], params["known_as"] = fact.effective_on, fact.known_as
    later: tuple[tuple[date, State, bool], ...] = ()
    if value is None or value != value:
        state, line = State.CANNOT_TELL, words.undetermined
    else:
        if isinstance(rule, Measure):
            params["value"] = value
            params["comparison"], params["bound"] = rule.comparison, rule.bound
        if not _holds(rule, value):
            state, line = State.FAILED, words.not_reached
        elif fact.expires_on is not None and fact.expires_on <= as_of:
            state, line = State.STALE, words.expired
            params["expired_on"] = fact.expires_on
        else:
            state, line = State.PASSED, words.reached
            if fact.expires_on is not None:
                later = ((fact.expires_on, State.STALE, True),)
    passed = state is State.PASSED
    return Finding(
        state,
        touched=True,
        later=later,
        known_as=fact.known_as,
        lines=[Line(line, params, state, place.unit, _refs(fact.ref), place.depth)],
        has=(rule.fact_code,) if passed else (),
        lacks=() if passed else (rule.fact_code,),
    )


def _holds(rule: Measure | Proof, value: float) -> bool:
    if isinstance(rule, Proof):
        return value >= 1
    match rule.comparison:
        case Comparison.AT_LEAST:
            return value >= rule.bound
        case Comparison.AT_MOST:
            return value <= rule.bound
        case Comparison.EQUALS:
            return value == rule.bound


def _closed(
    code: str, span: Span, params: dict[str, ParamValue], words: _Words, place: Place
) -> Finding:
    """Facts exist, and the window is not open yet or hangs on a day nobody gave."""
    later: tuple[tuple[date, State, bool], ...] = ()
    state, line, touched = State.NOT_TESTED, words.unknown, False
    if span.unknown is not None:
        params["anchor"] = span.unknown
        if span.unknown is Anchor.PHASE_START:
            state, touched = State.CANNOT_TELL, True
    elif span.opens_on is not None:
        line = words.not_open
        params["opens_on"] = span.opens_on
        # On that day everything known today is too old.
        later = ((span.opens_on, State.FAILED, True),)
    return Finding(
        state,
        touched=touched,
        later=later,
        lines=[Line(line, params, state, place.unit, (), place.depth)],
        lacks=(code,),
    )


def _outside(
    code: str,
    facts: Sequence[Fact],
    span: Span,
    params: dict[str, ParamValue],
    words: _Words,
    place: Place,
) -> Finding:
    """Facts exist, all of them outside the window: the latest one is named."""
    fact = facts[-1]
    params["date"], params["closes_on"] = fact.effective_on, span.closes_on
    line = words.too_late
    if span.opens_on is not None and fact.effective_on < span.opens_on:
        line = words.too_old
        params["opens_on"] = span.opens_on
    return Finding(
        State.FAILED,
        touched=True,
        known_as=fact.known_as,
        lines=[Line(line, params, State.FAILED, place.unit, _refs(fact.ref), place.depth)],
        lacks=(code,),
    )


def answers_finding(answers: AnswerSummary | None, as_of: date, place: Place) -> Finding:
    """Judge the submitted answers of the candidate.

    Args:
        answers: None = nothing submitted.
        as_of: day of the assessment; answers submitted later are ignored.
        place: where the line goes.

    Returns:
        One finding with exactly one line.

    Source: docs/engines/assessment.md §2.
    """
    if answers is None or answers.effective_on > as_of:
        line = Line(LineCode.ANSWERS_MISSING, {}, State.NOT_TESTED, place.unit, (), place.depth)
        return Finding(State.NOT_TESTED, False, missing=(ANSWERS_CODE,), lines=[line])
    params: dict[str, ParamValue] = {
        "answered": answers.answered,
        "total": answers.total,
        "passed": answers.passed,
        "partial": answers.partial,
        "failed": answers.failed,
        "date": answers.effective_on,
    }
    state, code = _answers_state(answers, strict=place.strict), LineCode.ANSWERS_SUMMED
    later: tuple[tuple[date, State, bool], ...] = ()
    if answers.expires_on is not None and state in (State.PASSED, State.PARTIAL):
        if answers.expires_on <= as_of:
            state, code = State.STALE, LineCode.ANSWERS_EXPIRED
            params["expired_on"] = answers.expires_on
        else:
            later = ((answers.expires_on, State.STALE, True),)
    line = Line(code, params, state, place.unit, _refs(answers.ref), place.depth)
    return Finding(state, True, later=later, known_as=answers.known_as, lines=[line])


def _answers_state(answers: AnswerSummary, *, strict: bool) -> State:
    if answers.failed:
        mixed = answers.passed or answers.partial
        return State.PARTIAL if mixed and not strict else State.FAILED
    if answers.cannot_tell:
        return State.CANNOT_TELL
    if answers.answered < answers.total or not answers.total:
        return State.NOT_TESTED
    if answers.partial:
        return State.PARTIAL
    return State.PASSED if answers.passed else State.NOT_APPLICABLE


def _refs(ref: str) -> tuple[str, ...]:
    return (ref,) if ref else ()
