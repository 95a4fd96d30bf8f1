"""Every requirement of domain 2 passes on what it asks, and on nothing less."""

import datetime as dt

import pytest
from django.db.models import Q

from hygie.engines.assessment.nodes import (
    AllOf,
    AnyOf,
    Comparison,
    Coverage,
    Measure,
    Proof,
    Questionnaire,
    When,
)
from hygie.engines.assessment.rules import parse_rule
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.services.answers import Said, answer_save
from hygie.governance.assessment.services.questionnaires import (
    questionnaire_assign,
    questionnaire_submit,
)
from hygie.programme.models import Requirement
from hygie.progress.models import Evidence, Measurement

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)
TOO_OLD = dt.date(2021, 1, 5)


def _wanted(rule):
    """The leaves that suffice: (leaf, value) pairs, the first branch of each alternative."""
    match rule:
        case Proof() | Questionnaire():
            return [(rule, 1)]
        case Measure():
            return [(rule, rule.bound)]
        case Coverage():
            return _wanted(rule.of)
        case AllOf():
            return [leaf for one in rule.rules for leaf in _wanted(one)]
        case AnyOf():
            return _wanted(rule.rules[0])
        case When():
            return [*_wanted(rule.condition), *_wanted(rule.then)]


def _record(leaf, value, on, *, place, requirement, prove, measure, operator):
    if isinstance(leaf, Proof):
        prove(place, leaf.document, on)
    elif isinstance(leaf, Measure):
        measure(place, leaf.indicator, value, on)
    else:
        row = questionnaire_assign(
            perimeter=operator, organisation_id=place.pk, framework=requirement.framework
        )
        choices = {
            question["code"]: [
                choice["code"] for choice in question["choices"] if choice["result"] == "passed"
            ][: 1 if question["kind"] == "unique_choice" else None]
            for question in requirement.questions
        }
        answer_save(
            perimeter=operator, questionnaire_id=row.pk, requirement_id=requirement.pk,
            said=Said(choices=choices),
        )  # fmt: skip
        questionnaire_submit(perimeter=operator, questionnaire_id=row.pk)


CODES = [
    "D2.P1", "D2.P2", "D2.O1.A", "D2.O1.B", "D2.O1.C", "D2.O1.D", "D2.O2.A", "D2.O2.B",
    "D2.O3.A", "D2.O3.B", "D2.O3.C", "D2.O3.D", "D2.O4",
]  # fmt: skip


def test_no_requirement_is_left_out(referential):
    found = referential.d2.requirements.filter(is_assessable=True)
    assert sorted(found.values_list("ref_id", flat=True)) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_it_passes_on_what_it_asks_and_on_nothing_less(
    code, territory, referential, prove, measure, operator, compute
):
    place, requirement = territory.alone, referential.requirement(code)
    rule = parse_rule(requirement.rule)
    leaves = _wanted(rule)

    def state() -> str:
        compute(place)
        return RequirementState.objects.get(organisation=place, requirement=requirement).state

    assert state() == "not_tested"
    tools = {"place": place, "requirement": requirement, "prove": prove, "measure": measure,
             "operator": operator}  # fmt: skip
    for index, (leaf, value) in enumerate(leaves):
        assert state() != "passed", f"passed with {index} of {len(leaves)}"
        _record(leaf, value, DAY, **tools)
    assert state() == "passed"

    proof = Evidence.objects.filter(organisation=place).first()
    if proof is not None:
        Evidence.objects.filter(pk=proof.pk).update(is_withdrawn=True)
        assert state() != "passed"
        Evidence.objects.filter(pk=proof.pk).update(is_withdrawn=False)
    for leaf, value in leaves:
        if isinstance(leaf, Measure):
            worse = value + 1 if leaf.comparison is Comparison.AT_MOST else value - 1
            rows = Measurement.objects.filter(organisation=place, indicator__code=leaf.indicator)
            if worse >= 0 and not _is_condition(rule, leaf):
                measure(place, leaf.indicator, worse, DAY + dt.timedelta(days=1))
                assert state() == "partial" if len(leaves) > 1 else "failed"
                assert rows.count() == 2
            break


@pytest.mark.parametrize("code", ["D2.P1", "D2.O1.D", "D2.O2.A", "D2.O4"])
def test_what_is_older_than_its_window_does_not_count(
    code, territory, referential, prove, measure, operator, compute
):
    place, requirement = territory.alone, referential.requirement(code)
    tools = {"place": place, "requirement": requirement, "prove": prove, "measure": measure,
             "operator": operator}  # fmt: skip
    for leaf, value in _wanted(parse_rule(requirement.rule)):
        window = getattr(leaf, "window", None)
        dated = window is not None and window.opens is not None
        _record(leaf, value, TOO_OLD if dated else DAY, **tools)
    Evidence.objects.filter(Q(expires_on__isnull=False)).update(expires_on=None)
    compute(place)
    row = RequirementState.objects.get(organisation=place, requirement=requirement)
    assert row.state != "passed"
    assert any(line["code"].endswith("too_old") for line in row.lines)
    assert Requirement.objects.get(pk=requirement.pk).rule == requirement.rule


def _is_condition(rule, leaf) -> bool:
    match rule:
        case When():
            return leaf in [one for one, _value in _wanted(rule.condition)]
        case AllOf() | AnyOf():
            return any(_is_condition(one, leaf) for one in rule.rules)
        case Coverage():
            return _is_condition(rule.of, leaf)
    return False
