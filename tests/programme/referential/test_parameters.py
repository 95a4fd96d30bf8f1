"""A value nobody has sourced keeps its rule out of the engine until somebody sets it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.assessment.rules import parse_rule
from hygie.programme.referential.content import Referential
from hygie.programme.referential.parameters import references_of, resolve_rule

RULE = {
    "all": [
        {"measure": {"indicator": "a", "at_least": {"parameter": "low"}}},
        {"coverage": {"threshold": {"parameter": "share"}, "of": {"proof": {"document": "d"}}}},
    ]
}


def test_the_names_still_to_set_are_listed_once_each() -> None:
    twice = {"any": [RULE, RULE]}
    assert resolve_rule(twice, {"share": 0.66}).missing == ("low",)
    assert resolve_rule(twice, {}).missing == ("low", "share")
    assert resolve_rule(twice, {}).rule is None


def test_a_resolved_rule_is_one_the_engine_reads() -> None:
    resolved = resolve_rule(RULE, {"low": 3, "share": 0.66})
    assert resolved.rule is not None
    parse_rule(resolved.rule)


def test_the_written_rule_is_left_as_it_was() -> None:
    before = json.dumps(RULE)
    resolve_rule(RULE, {"low": 3, "share": 0.66})
    assert json.dumps(RULE) == before


def test_zero_is_a_value() -> None:
    rule = {"measure": {"indicator": "a", "at_most": {"parameter": "low"}}}
    resolved = resolve_rule(rule, {"low": 0})
    assert resolved.rule == {"measure": {"indicator": "a", "at_most": 0}}


def test_setting_the_directory_level_opens_its_requirement(care: Referential) -> None:
    written = care.requirement("D1.O2.B").row.rule
    assert written is not None
    resolved = resolve_rule(written, {"ads_minimum_level": 3})
    assert resolved.rule is not None and resolved.missing == ()
    assert parse_rule(resolved.rule)


def test_references_say_where_they_are() -> None:
    found = {(ref.kind, ref.name): ref.where for ref in references_of(RULE)}
    assert found["indicator", "a"] == ("all", 0, "measure", "indicator")
    assert found["parameter", "share"] == ("all", 1, "coverage", "threshold")
    assert found["document", "d"] == ("all", 1, "coverage", "of", "proof", "document")


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(min_size=1), _PLAIN, max_size=4))
def test_without_parameters_a_rule_comes_back_unchanged(rule: dict[str, object]) -> None:
    if "parameter" in json.dumps(rule):
        return
    assert resolve_rule(rule, {}).rule == rule  # type: ignore[arg-type]
