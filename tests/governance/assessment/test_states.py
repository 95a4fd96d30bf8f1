"""States follow dated facts: coverage, windows, groups, sites, expiry."""

import datetime as dt
from decimal import Decimal

import pytest

from hygie.governance.assessment.models import (
    Filing,
    ObjectiveState,
    RequirementState,
    RequirementStateChange,
)
from hygie.governance.assessment.selectors.requirements import requirement_explain
from hygie.programme.models import Domain, Framework, Requirement
from hygie.territory.organisations.models import ActivityFigure
from tests.governance.assessment.conftest import TODAY

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 5, 4)
AUTUMN = dt.date(2026, 11, 2)


def _plan(prove, *entities):
    for entity in entities:
        prove(entity, "bia", SPRING)
        prove(entity, "pcra", SPRING)


def test_sixty_percent_is_not_reached_and_adding_the_ten_reaches_seventy(
    territory, referential, prove, compute, state_of, operator
):
    rule = referential.requirement("D2.O1.C")
    _plan(prove, territory.entities[0], territory.entities[2])
    compute(territory.entities[0], territory.entities[2])
    row = state_of(territory.ght, rule)
    assert (row.state, row.coverage, row.threshold) == ("failed", Decimal("0.6"), Decimal("0.66"))
    said = [
        line.text for line in requirement_explain(operator, territory.ght, rule.pk, TODAY).lines
    ]
    assert any("CH n° 2" in text and "30/100" in text and "non compté" in text for text in said)
    assert any("60 %" in text and "66 %" in text and "non atteint" in text for text in said)
    assert any("CH n° 4" in text and "70 %" in text for text in said)

    _plan(prove, territory.entities[3])
    compute(territory.entities[3])
    row = state_of(territory.ght, rule)
    assert (row.state, row.coverage) == ("passed", Decimal("0.7"))


def test_an_entity_with_an_analysis_and_no_plan_does_not_count_and_the_line_says_so(
    territory, referential, prove, compute, operator
):
    rule = referential.requirement("D2.O1.C")
    prove(territory.entities[0], "bia", SPRING)
    compute(territory.entities[0])
    found = requirement_explain(operator, territory.ght, rule.pk, TODAY)
    line = next(line.text for line in found.lines if "CH n° 1" in line.text)
    assert "40/100" in line
    assert "non compté" in line
    assert found.state == "failed"


@pytest.mark.parametrize(
    ("weight", "state"), [("66", "passed"), ("65.99", "failed"), ("66.01", "passed")]
)
def test_exactly_sixty_six_percent_passes(
    territory, referential, prove, compute, state_of, weight, state
):
    first, *others = territory.entities
    shares = [Decimal(weight), Decimal(100) - Decimal(weight), Decimal(0), Decimal(0)]
    for entity, share in zip([first, *others], shares, strict=True):
        ActivityFigure.objects.filter(organisation=entity).update(combined_activity=share)
    _plan(prove, first)
    compute(first)
    assert state_of(territory.ght, referential.requirement("D2.O1.C")).state == state


def test_without_activity_the_share_cannot_be_told(
    territory, referential, prove, compute, state_of
):
    ActivityFigure.objects.filter(organisation=territory.entities[1]).delete()
    _plan(prove, territory.entities[0], territory.entities[2])
    compute(territory.entities[0])
    row = state_of(territory.ght, referential.requirement("D2.O1.C"))
    assert row.state == "cannot_tell"


def test_nothing_recorded_is_not_tested(territory, referential, compute, state_of):
    compute(territory.entities[0])
    row = state_of(territory.ght, referential.requirement("D2.O1.C"))
    assert row.state == "not_tested"
    assert set(row.missing) >= {"proof:bia", "proof:pcra"}


def test_the_only_site_of_an_entity_speaks_for_it(territory, referential, prove, compute, state_of):
    for site in (territory.sites[0], territory.sites[1]):
        _plan(prove, site)
    compute(territory.sites[0], territory.sites[1])
    row = state_of(territory.ght, referential.requirement("D2.O1.C"))
    assert (row.state, row.coverage) == ("passed", Decimal("0.7"))


def test_a_policy_of_the_group_serves_its_members_and_not_the_reverse(
    territory, referential, prove, compute, state_of
):
    rule = referential.requirement("D2.O1.A")
    prove(territory.ght, "pcra-governance", SPRING)
    compute(territory.ght)
    assert state_of(territory.ght, rule).state == "passed"
    assert state_of(territory.entities[1], rule).state == "passed"
    prove(territory.far, "pcra-governance", SPRING)
    compute(territory.far)
    assert state_of(territory.far_ght, rule).state == "not_tested"


def test_a_group_has_the_figure_of_its_members_when_all_are_known(
    territory, referential, measure, compute, state_of
):
    rule = referential.requirement("D2.O2.B")
    for entity in territory.entities[:3]:
        measure(entity, "d2.backup_plan_share", 100, AUTUMN)
    compute(*territory.entities)
    lines = {line["code"]: line for line in state_of(territory.ght, rule).lines}
    assert "measure_undetermined" in lines
    measure(territory.entities[3], "d2.backup_plan_share", 100, AUTUMN)
    compute(territory.entities[3])
    lines = {line["code"]: line for line in state_of(territory.ght, rule).lines}
    assert lines["measure_reached"]["refs"][0].startswith("members:")


def test_the_latest_filing_bounds_the_window(territory, referential, prove, compute, state_of):
    rule = referential.requirement("D2.P2")
    prove(territory.ght, "pcra-organisation", dt.date(2026, 6, 1))
    Filing.objects.create(
        organisation=territory.ght,
        domain=Domain.objects.get(code="d2"),
        applied_on=dt.date(2026, 5, 1),
    )
    compute(territory.ght)
    assert state_of(territory.ght, rule).state == "failed"
    assert state_of(territory.entities[0], rule).state == "failed"
    Filing.objects.update(applied_on=dt.date(2026, 7, 1))
    compute(territory.ght)
    assert state_of(territory.ght, rule).state == "passed"
    assert state_of(territory.entities[0], rule).state == "passed"


def test_a_state_goes_stale_by_itself_and_is_told_from_that_day(
    territory, referential, prove, compute, state_of, operator
):
    rule = referential.requirement("D2.O1.A")
    prove(territory.alone, "pcra-governance", SPRING, expires_on=dt.date(2027, 1, 10))
    compute(territory.alone)
    row = state_of(territory.alone, rule)
    assert (row.state, row.stale_on) == ("passed", dt.date(2027, 1, 10))
    for day, expected in ((dt.date(2027, 1, 9), "passed"), (dt.date(2027, 1, 10), "stale")):
        assert requirement_explain(operator, territory.alone, rule.pk, day).state == expected

    compute(territory.alone, today=dt.date(2027, 2, 1))
    row = state_of(territory.alone, rule)
    assert (row.state, row.since_on) == ("stale", dt.date(2027, 1, 10))
    change = RequirementStateChange.objects.filter(
        organisation=territory.alone, requirement=rule
    ).first()
    assert (change.previous, change.state, change.on) == (
        "passed", "stale", dt.date(2027, 1, 10),
    )  # fmt: skip


def test_computing_again_writes_nothing(territory, referential, prove, compute):
    _plan(prove, territory.entities[0], territory.entities[2])
    prove(territory.ght, "pssi", SPRING)
    compute(*territory.entities, territory.alone)
    report = compute(*territory.entities, territory.alone)
    assert (report.states_written, report.states_changed, report.objectives_changed) == (0, 0, 0)


def test_a_parameter_nobody_set_can_tell_nothing(territory, referential, compute, operator):
    compute(territory.alone)
    rows = RequirementState.objects.filter(
        organisation=territory.alone, lines__0__code="parameter_unset"
    )
    assert rows
    for row in rows:
        assert row.state == "cannot_tell"
        said = requirement_explain(operator, territory.alone, row.requirement_id, TODAY).lines
        assert "Seuil non fixé par l'administrateur" in said[0].text


def test_a_rule_broken_here_stops_nothing_else(territory, referential, compute, state_of):
    rule = referential.requirement("D2.O1.A")
    Requirement.objects.filter(pk=rule.pk).update(rule={"proof": {"documentt": "x"}})
    compute(territory.alone)
    assert state_of(territory.alone, rule).state == "cannot_tell"
    assert state_of(territory.alone, referential.requirement("D2.P2")).state == "not_tested"


def test_a_framework_no_longer_current_loses_its_states(territory, referential, compute):
    compute(territory.alone)
    Framework.objects.filter(pk=referential.d2.pk).update(is_current=False)
    compute(territory.alone)
    assert not RequirementState.objects.filter(requirement__framework=referential.d2).exists()


def test_an_objective_counts_its_elements(territory, referential, prove, compute):
    _plan(prove, *territory.entities)
    compute(*territory.entities)
    rows = ObjectiveState.objects.filter(organisation=territory.ght)
    assert rows.count() == 20
    five = rows.get(objective__number=5)
    assert five.state == "partial"
    assert five.passed >= 1
    assert five.missing >= 1


def test_many_organisations_cost_the_same_statements(
    territory, referential, compute, django_assert_max_num_queries
):
    compute(*territory.entities, territory.alone, territory.far)
    with django_assert_max_num_queries(60):
        compute(*territory.entities, territory.alone, territory.far)
