"""A rule is refused with the place and the fault, or comes back equal."""

import datetime as dt
import json
from typing import Any

import pytest
import yaml
from hypothesis import given

from hygie.engines.assessment.nodes import Anchor, Proof, Rule, Window
from hygie.engines.assessment.rules import (
    RuleError,
    RuleFault,
    fact_codes,
    parse_rule,
    rule_as_data,
)
from tests.engines.assessment.strategies import coverages, rules

BIA = {"proof": {"document": "bia"}}


def _nested(depth: int) -> dict[str, Any]:
    return BIA if depth <= 1 else {"all": [_nested(depth - 1)]}


@given(rules)
def test_a_rule_written_as_data_comes_back_equal_through_json_and_yaml(rule: Rule) -> None:
    data = rule_as_data(rule)
    assert parse_rule(data) == rule
    assert parse_rule(json.loads(json.dumps(data))) == rule
    assert parse_rule(yaml.safe_load(yaml.safe_dump(data))) == rule
    assert rule_as_data(parse_rule(data)) == data


@given(coverages)
def test_a_threshold_survives_to_the_last_digit(rule: Any) -> None:
    assert rule_as_data(parse_rule(rule_as_data(rule)))["coverage"]["threshold"] == str(
        rule.threshold
    )


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ([], "rule", RuleFault.NOT_A_MAPPING),
        (None, "rule", RuleFault.NOT_A_MAPPING),
        ({}, "rule", RuleFault.ONE_KEY_EXPECTED),
        ({**BIA, "questionnaire": {}}, "rule", RuleFault.ONE_KEY_EXPECTED),
        ({"prooof": {}}, "rule", RuleFault.UNKNOWN_RULE),
        ({3: {}}, "rule", RuleFault.UNKNOWN_RULE),
        ({"proof": []}, "rule.proof", RuleFault.NOT_A_MAPPING),
        ({"proof": {}}, "rule.proof.document", RuleFault.MISSING_FIELD),
        ({"proof": {"document": "a b"}}, "rule.proof.document", RuleFault.BAD_CODE),
        ({"proof": {"document": "proof:bia"}}, "rule.proof.document", RuleFault.BAD_CODE),
        ({"proof": {"document": "bia\n"}}, "rule.proof.document", RuleFault.BAD_CODE),
        ({"proof": {"document": 3}}, "rule.proof.document", RuleFault.BAD_CODE),
        ({"proof": {"document": "x" * 121}}, "rule.proof.document", RuleFault.BAD_CODE),
        ({"proof": {"document": "a", "kind": 1}}, "rule.proof.kind", RuleFault.UNKNOWN_FIELD),
        (
            {"all": [BIA, {"measure": {"at_least": 1}}]},
            "rule.all[1].measure.indicator",
            RuleFault.MISSING_FIELD,
        ),
        (
            {"measure": {"indicator": "a"}},
            "rule.measure",
            RuleFault.ONE_COMPARISON_EXPECTED,
        ),
        (
            {"measure": {"indicator": "a", "at_least": 1, "at_most": 2}},
            "rule.measure",
            RuleFault.ONE_COMPARISON_EXPECTED,
        ),
        *[
            (
                {"measure": {"indicator": "a", "at_least": bound}},
                "rule.measure.at_least",
                RuleFault.BAD_NUMBER,
            )
            for bound in ("3", True, None, float("nan"), float("inf"), 10**400)
        ],
        *[
            (
                {"coverage": {"threshold": threshold, "of": BIA}},
                "rule.coverage.threshold",
                RuleFault.BAD_THRESHOLD,
            )
            for threshold in ("0", "1.01", "-1", "66 %", "NaN", True, None, "0.1234567890123")
        ],
        ({"coverage": {"threshold": "0.66"}}, "rule.coverage.of", RuleFault.MISSING_FIELD),
        (
            {"coverage": {"threshold": 1, "of": {"coverage": {"threshold": 1, "of": BIA}}}},
            "rule.coverage.of.coverage",
            RuleFault.COVERAGE_IN_COVERAGE,
        ),
        (
            {"coverage": {"threshold": 1, "of": {"any": [{"questionnaire": {}}]}}},
            "rule.coverage.of.any[0].questionnaire",
            RuleFault.QUESTIONNAIRE_IN_COVERAGE,
        ),
        ({"questionnaire": {"a": 1}}, "rule.questionnaire.a", RuleFault.UNKNOWN_FIELD),
        ({"all": {}}, "rule.all", RuleFault.NOT_A_LIST),
        ({"any": "bia"}, "rule.any", RuleFault.NOT_A_LIST),
        ({"any": []}, "rule.any", RuleFault.EMPTY_LIST),
        ({"when": {"if": BIA}}, "rule.when.then", RuleFault.MISSING_FIELD),
        ({"when": {"if": {"x": 1}, "then": BIA}}, "rule.when.if", RuleFault.UNKNOWN_RULE),
        (_nested(13), "rule" + ".all[0]" * 12, RuleFault.TOO_DEEP),
    ],
)
def test_a_wrong_rule_is_refused_where_it_is_wrong(data: Any, path: str, code: RuleFault) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(data)
    assert (caught.value.path, caught.value.code) == (path, code)
    assert str(caught.value).startswith(f"{path}: {code.value}")


@pytest.mark.parametrize(
    ("window", "path", "code"),
    [
        ({}, "", RuleFault.EMPTY_WINDOW),
        ([], "", RuleFault.NOT_A_MAPPING),
        ({"since": "2022-07-16"}, ".since", RuleFault.UNKNOWN_FIELD),
        ({"from": "20220716"}, ".from", RuleFault.BAD_DATE),
        ({"from": "2022-13-01"}, ".from", RuleFault.BAD_DATE),
        ({"from": "filing"}, ".from", RuleFault.BAD_DATE),
        ({"from": dt.datetime(2022, 7, 16, tzinfo=dt.UTC)}, ".from", RuleFault.BAD_DATE),
        ({"until": 2022}, ".until", RuleFault.BAD_DATE),
        ({"until": None}, ".until", RuleFault.BAD_DATE),
        ({"from": "as_of"}, ".from", RuleFault.OPENS_TODAY),
        ({"from": "2023-01-01", "until": "2022-01-01"}, "", RuleFault.WINDOW_REVERSED),
    ],
)
def test_a_wrong_window_is_refused_where_it_is_wrong(
    window: Any, path: str, code: RuleFault
) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule({"proof": {"document": "bia", "window": window}})
    assert (caught.value.path, caught.value.code) == (f"rule.proof.window{path}", code)


def test_the_deepest_rule_allowed_is_read() -> None:
    assert fact_codes(parse_rule(_nested(12))) == {"proof:bia"}


def test_a_date_may_come_from_yaml_or_from_json() -> None:
    expected = Proof("bia", Window(dt.date(2022, 7, 16), Anchor.APPLICATION))
    for opens in ("2022-07-16", dt.date(2022, 7, 16)):
        window = {"from": opens, "until": "application"}
        assert parse_rule({"proof": {"document": "bia", "window": window}}) == expected


def test_the_facts_a_rule_reads_are_known_beforehand() -> None:
    rule = parse_rule(
        {
            "when": {
                "if": {"measure": {"indicator": "backup.own_ad", "equals": 1}},
                "then": {"any": [{"coverage": {"threshold": "0.66", "of": BIA}}]},
            }
        }
    )
    assert fact_codes(rule) == {"backup.own_ad", "proof:bia"}


def test_an_error_can_name_the_file_it_comes_from() -> None:
    with pytest.raises(RuleError, match=r"^d2\.yaml:D2\.O1\.C: one_key_expected"):
        parse_rule({}, path="d2.yaml:D2.O1.C")
