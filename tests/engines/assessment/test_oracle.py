"""The fast engine and its slow twin never disagree."""

import datetime as dt
import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie.engines.assessment.evaluate import evaluate, evaluate_all
from hygie.engines.assessment.lines import LINE_PARAMS, LineCode
from hygie.engines.assessment.nodes import AllOf, AnyOf, Coverage, Proof, Rule
from hygie.engines.assessment.reference import (
    reference_addition,
    reference_coverage,
    reference_outcome,
    reference_state,
)
from hygie.engines.assessment.types import Case, Fact, Knowledge, State, Verdict
from tests.engines.assessment.strategies import (
    HORIZON_DAYS,
    TODAY,
    cases,
    coverages,
    rules,
    thresholds,
    unit_rules,
)

slow = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HORIZON = TODAY + dt.timedelta(days=HORIZON_DAYS)


@slow
@given(st.one_of(rules, coverages, unit_rules), cases())
def test_the_state_is_the_one_of_the_slow_twin(rule: Rule, case: Case) -> None:
    assert evaluate(rule, case).state is reference_state(rule, case)


@slow
@given(st.one_of(rules, coverages), cases(max_units=3))
def test_the_day_of_change_is_the_one_found_by_trying_every_day(rule: Rule, case: Case) -> None:
    verdict = evaluate(rule, case)
    outcome = reference_outcome(rule, case, HORIZON_DAYS)
    within = verdict.changes_on is not None and verdict.changes_on <= HORIZON
    assert outcome.changes_on == (verdict.changes_on if within else None)
    held = verdict.state in (State.PASSED, State.PARTIAL)
    assert verdict.stale_on == (verdict.changes_on if held else None)


@slow
@given(st.one_of(rules, coverages), cases())
def test_the_state_holds_the_day_before_it_changes_and_not_on_the_day(
    rule: Rule, case: Case
) -> None:
    known = replace(case, facts=tuple(f for f in case.facts if f.effective_on <= TODAY))
    if known.answers is not None and known.answers.effective_on > TODAY:
        known = replace(known, answers=None)
    verdict = evaluate(rule, known)
    if verdict.changes_on is None:
        return
    eve = verdict.changes_on - dt.timedelta(days=1)
    assert evaluate(rule, _on(known, eve)).state is verdict.state
    assert evaluate(rule, _on(known, verdict.changes_on)).state is not verdict.state


def _on(case: Case, day: dt.date) -> Case:
    return replace(case, dates=replace(case.dates, as_of=day))


@slow
@given(coverages, cases())
def test_the_coverage_is_the_exact_share_rounded_down(rule: Coverage, case: Case) -> None:
    verdict, share = evaluate(rule, case), reference_coverage(rule, case)
    if verdict.coverage is None:
        assert share is None or verdict.state in (State.NOT_TESTED, State.NOT_APPLICABLE)
        return
    assert share is not None
    assert 0 <= share - Fraction(verdict.coverage) < Fraction(1, 10**12)
    assert (verdict.coverage >= rule.threshold) == (verdict.state is State.PASSED)


@slow
@given(coverages, cases())
def test_the_addition_proposed_suffices_and_none_has_fewer_units(
    rule: Coverage, case: Case
) -> None:
    verdict = evaluate(rule, case)
    proposed = [line for line in verdict.lines if line.code is LineCode.SMALLEST_ADDITION]
    if verdict.coverage is None or verdict.state is State.PASSED:
        assert not proposed
        return
    fewest = reference_addition(rule, case)
    assert [line.params["count"] for line in proposed] == ([] if fewest is None else [fewest])
    assert all(line.params["share"] >= rule.threshold for line in proposed)  # type: ignore[operator]


@slow
@given(st.one_of(rules, coverages), cases())
def test_every_line_carries_exactly_the_parameters_of_its_code(rule: Rule, case: Case) -> None:
    verdict = evaluate(rule, case)
    assert verdict.lines
    assert verdict.lines[0].depth == 0
    for line in verdict.lines:
        assert set(line.params) == LINE_PARAMS[line.code], line.code


@slow
@given(rules, cases(), st.randoms(use_true_random=False))
def test_the_order_of_facts_units_and_rules_does_not_matter(
    rule: Rule, case: Case, shuffler: random.Random
) -> None:
    distinct = {(f.unit, f.code, f.effective_on, f.known_as): f for f in case.facts}
    facts, units = list(distinct.values()), list(case.units)
    case = replace(case, facts=tuple(facts))
    shuffler.shuffle(facts)
    shuffler.shuffle(units)
    mixed = replace(case, facts=tuple(facts), units=tuple(units))
    assert _essence(evaluate(rule, case)) == _essence(evaluate(_mixed(rule, shuffler), mixed))


def _mixed(rule: Rule, shuffler: random.Random) -> Rule:
    if not isinstance(rule, AllOf | AnyOf):
        return rule
    children = [_mixed(child, shuffler) for child in rule.rules]
    shuffler.shuffle(children)
    return type(rule)(tuple(children))


def _essence(verdict: Verdict) -> tuple[object, ...]:
    return (
        verdict.state,
        verdict.stale_on,
        verdict.changes_on,
        verdict.coverage,
        verdict.threshold,
        verdict.known_as,
        sorted(verdict.missing),
    )


@slow
@given(thresholds, cases(), st.integers(1, 4), st.sampled_from(["bia", "pcra"]), st.booleans())
def test_a_passing_fact_more_never_lowers_a_coverage(
    threshold: object, case: Case, unit: int, document: str, both: bool
) -> None:
    pair = (Proof("bia"), Proof("pcra"))
    rule = Coverage(threshold, AllOf(pair) if both else AnyOf(pair))  # type: ignore[arg-type]
    fact = Fact(f"proof:{document}", unit, 1.0, Knowledge.VERIFIED, TODAY, None)
    before = evaluate(rule, case)
    after = evaluate(rule, replace(case, facts=(*case.facts, fact)))
    assert (after.coverage or 0) >= (before.coverage or 0)
    if before.state is State.PASSED:
        assert after.state is State.PASSED
        assert (
            before.stale_on is None or after.stale_on is None or (after.stale_on >= before.stale_on)
        )


@slow
@given(rules, cases())
def test_nothing_passes_without_a_fact_or_an_answer(rule: Rule, case: Case) -> None:
    bare = replace(case, facts=(), answers=None)
    verdict = evaluate(rule, bare)
    assert verdict.state in (State.NOT_TESTED, State.CANNOT_TELL)
    assert verdict.known_as is None
    assert verdict.stale_on is None


@given(st.dictionaries(st.text(max_size=3), rules, max_size=4), cases())
def test_many_rules_at_once_give_what_each_gives_alone(book: dict[str, Rule], case: Case) -> None:
    assert evaluate_all(book, case) == {key: evaluate(rule, case) for key, rule in book.items()}
