"""The rules of domain 2, read by the assessment engine, give the ministry's answers."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import pytest

from hygie.engines.assessment.evaluate import evaluate
from hygie.engines.assessment.rules import parse_rule, rule_as_data
from hygie.engines.assessment.types import AnswerSummary, Case, Dates, Fact, Knowledge, State, Unit
from hygie.programme.referential.content import Referential

GHT = 100
DATES = Dates(
    as_of=dt.date(2026, 10, 1),
    phase_start=dt.date(2025, 7, 16),
    application=dt.date(2025, 10, 1),
    attainment=None,
)
IN_PHASE = dt.date(2026, 3, 1)


def _fact(code: str, unit: int = GHT, value: float = 1.0, on: dt.date = IN_PHASE) -> Fact:
    return Fact(code, unit, value, Knowledge.DOCUMENTED, on, None)


def _state(
    care: Referential,
    requirement: str,
    facts: Iterable[Fact],
    weights: Iterable[str] = ("40", "30", "20", "10"),
    answers: AnswerSummary | None = None,
) -> State:
    rule = care.requirement(requirement).rule
    assert rule is not None
    units = tuple(Unit(i, f"EJ {i}", Decimal(w)) for i, w in enumerate(weights, start=1))
    return evaluate(parse_rule(rule), Case(GHT, units, tuple(facts), answers, DATES)).state


def _planned(units: Iterable[int]) -> list[Fact]:
    return [_fact(f"proof:{kind}", unit) for unit in units for kind in ("bia", "pcra")]


def _answers(passed: int = 1, failed: int = 0) -> AnswerSummary:
    total = passed + failed
    return AnswerSummary(total, passed, 0, failed, 0, 0, IN_PHASE)


def test_every_rule_of_every_framework_parses_and_comes_back_equal(care: Referential) -> None:
    rules = [node.rule for node in care.requirements() if node.rule is not None]
    assert len(rules) >= 40
    for rule in rules:
        parsed = parse_rule(rule)
        assert parse_rule(rule_as_data(parsed)) == parsed


@pytest.mark.parametrize(
    ("units", "expected"), [((1, 3), State.FAILED), ((1, 3, 4), State.PASSED), ((), "not_tested")]
)
def test_sixty_per_cent_is_not_reached_and_seventy_is(
    care: Referential, units: tuple[int, ...], expected: State
) -> None:
    assert _state(care, "D2.O1.C", _planned(units)) == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [(("66", "34"), State.PASSED), (("65.999", "34.001"), State.FAILED)],
)
def test_exactly_sixty_six_per_cent_passes(
    care: Referential, weights: tuple[str, ...], expected: State
) -> None:
    assert _state(care, "D2.O1.C", _planned([1]), weights) == expected


def test_a_continuity_plan_and_a_recovery_plan_replace_the_joint_one(care: Referential) -> None:
    kinds = ("bia", "pca", "pra")
    facts = [_fact(f"proof:{kind}", unit) for unit in (1, 2) for kind in kinds]
    assert _state(care, "D2.O1.C", facts) is State.PASSED
    only_pca = [fact for fact in facts if fact.code != "proof:pra"]
    assert _state(care, "D2.O1.C", only_pca) is not State.PASSED


def test_a_measured_analysis_counts_like_a_filed_one(care: Referential) -> None:
    facts = [_fact(code, unit) for unit in (1, 2) for code in ("d2.bia", "d2.pcra")]
    assert _state(care, "D2.O1.C", facts) is State.PASSED


def test_a_policy_reviewed_before_the_window_fails(care: Referential) -> None:
    old = [_fact("proof:pssi", on=dt.date(2022, 7, 15))]
    first_day = [_fact("proof:pssi", on=dt.date(2022, 7, 16))]
    after_filing = [_fact("proof:pssi", on=dt.date(2025, 10, 2))]
    assert _state(care, "D2.P1", first_day, answers=_answers()) is State.PASSED
    assert _state(care, "D2.P1", old, answers=_answers()) is not State.PASSED
    assert _state(care, "D2.P1", after_filing, answers=_answers()) is not State.PASSED
    assert _state(care, "D2.P1", first_day) is State.NOT_TESTED


def test_a_test_made_before_the_phase_does_not_count(care: Referential) -> None:
    planning = [_fact("proof:pca-test-planning")]
    before = [_fact("proof:pca-test-report", u, on=dt.date(2025, 7, 15)) for u in (1, 2)]
    within = [_fact("proof:pca-test-report", u, on=dt.date(2025, 7, 16)) for u in (1, 2)]
    assert _state(care, "D2.O1.D", [*before, *planning]) is not State.PASSED
    assert _state(care, "D2.O1.D", [*within, *planning]) is State.PASSED


def _backup(**values: float) -> list[Fact]:
    known = {
        "d2.backup_separate_auth": 1.0,
        "d2.backup_least_privilege": 1.0,
        "d2.backup_mfa_supported": 0.0,
        "d2.backup_dedicated_ad": 0.0,
        **{f"d2.{name}": value for name, value in values.items()},
    }
    return [_fact(code, value=value) for code, value in known.items()]


def test_local_accounts_need_no_directory_audit(care: Referential) -> None:
    assert _state(care, "D2.O3.A", _backup()) is State.PASSED


def test_a_dedicated_directory_needs_level_three_in_the_phase(care: Referential) -> None:
    report = _fact("proof:ads-report")
    three = [*_backup(backup_dedicated_ad=1, backup_ads_level=3), report]
    two = [*_backup(backup_dedicated_ad=1, backup_ads_level=2), report]
    unknown = _backup(backup_dedicated_ad=1)
    assert _state(care, "D2.O3.A", three) is State.PASSED
    assert _state(care, "D2.O3.A", two) is not State.PASSED
    assert _state(care, "D2.O3.A", unknown) is State.NOT_TESTED


def test_not_knowing_whether_a_directory_is_used_does_not_waive_its_audit(
    care: Referential,
) -> None:
    silent = [fact for fact in _backup() if fact.code != "d2.backup_dedicated_ad"]
    assert _state(care, "D2.O3.A", silent) is State.NOT_TESTED


def test_a_second_factor_is_needed_only_where_the_product_has_one(care: Referential) -> None:
    without = _backup(backup_mfa_supported=1, backup_mfa=0)
    with_it = _backup(backup_mfa_supported=1, backup_mfa=1)
    assert _state(care, "D2.O3.A", without) is not State.PASSED
    assert _state(care, "D2.O3.A", with_it) is State.PASSED


def test_a_restore_test_and_a_correspondent_are_both_needed(care: Referential) -> None:
    test, person = _fact("d2.restore_tests"), _fact("d2.functional_correspondents")
    assert _state(care, "D2.O4", [test, person]) is State.PASSED
    assert _state(care, "D2.O4", [test]) is not State.PASSED
    old = _fact("d2.restore_tests", on=dt.date(2025, 7, 1))
    assert _state(care, "D2.O4", [old, person]) is not State.PASSED
