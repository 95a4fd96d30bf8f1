"""The 66 % rule, to the last decimal and with what is missing."""

import datetime as dt
from decimal import Decimal

import pytest

from hygie.engines.assessment.evaluate import evaluate
from hygie.engines.assessment.lines import LineCode
from hygie.engines.assessment.rules import parse_rule
from hygie.engines.assessment.types import Case, Fact, Knowledge, Line, State, Unit, Verdict
from tests.engines.assessment.build import AS_OF, case, fact, planned

PLANNED = parse_rule(
    {
        "coverage": {
            "threshold": "0.66",
            "of": {"all": [{"proof": {"document": "bia"}}, {"proof": {"document": "pcra"}}]},
        }
    }
)
TESTED = parse_rule({"coverage": {"threshold": "0.66", "of": {"proof": {"document": "test"}}}})


def _tested(*units: int) -> list[Fact]:
    return [fact("proof:test", unit) for unit in units]


def _only(verdict: Verdict, code: LineCode) -> Line:
    (line,) = [line for line in verdict.lines if line.code is code]
    return line


@pytest.mark.parametrize(
    ("units", "state", "coverage"),
    [
        ((1, 3), State.FAILED, "0.6"),
        ((1, 3, 4), State.PASSED, "0.7"),
        ((1, 2), State.PASSED, "0.7"),
        ((2, 3, 4), State.FAILED, "0.6"),
        ((1, 2, 3, 4), State.PASSED, "1"),
    ],
)
def test_a_group_of_four_reaches_two_thirds_or_not(
    units: tuple[int, ...], state: State, coverage: str
) -> None:
    verdict = evaluate(PLANNED, case(planned(*units)))
    assert (verdict.state, verdict.coverage) == (state, Decimal(coverage))
    assert verdict.threshold == Decimal("0.66")


def test_sixty_per_cent_is_explained_unit_by_unit_with_the_smallest_addition() -> None:
    facts = [*planned(1, 3), fact("proof:bia", 2)]
    verdict = evaluate(PLANNED, case(facts))
    total = verdict.lines[0]
    assert total.code is LineCode.COVERAGE_NOT_REACHED
    assert total.params == {
        "weight": Decimal(60),
        "total": Decimal(100),
        "share": Decimal("0.6"),
        "threshold": Decimal("0.66"),
    }
    second = next(line for line in verdict.lines if line.params.get("unit") == "EJ 2")
    assert second.code is LineCode.UNIT_NOT_COUNTED
    assert (second.unit, second.depth, second.state) == (2, 1, State.NOT_TESTED)
    assert second.params == {
        "unit": "EJ 2",
        "weight": Decimal(30),
        "total": Decimal(100),
        "share": Decimal("0.3"),
        "has": ("proof:bia",),
        "lacks": ("proof:pcra",),
    }
    addition = _only(verdict, LineCode.SMALLEST_ADDITION)
    assert addition.params["units"] == ("EJ 4",)
    assert addition.params["share"] == Decimal("0.7")
    assert verdict.missing == ("proof:pcra", "proof:bia")


@pytest.mark.parametrize(
    ("facts", "has", "lacks"),
    [
        (("bia",), ("proof:bia",), ("proof:pcra",)),
        (("bia", "pca"), ("proof:bia", "proof:pca"), ("proof:pra",)),
        (("pcra",), ("proof:pcra",), ("proof:bia",)),
    ],
)
def test_of_several_ways_only_the_nearest_is_said_to_be_lacking(
    facts: tuple[str, ...], has: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    proofs = {name: {"proof": {"document": name}} for name in ("bia", "pcra", "pca", "pra")}
    rule = parse_rule(
        {"coverage": {"threshold": "0.66", "of": {"all": [
            {"any": [proofs["bia"], {"measure": {"indicator": "d2.bia", "equals": 1}}]},
            {"any": [proofs["pcra"], {"all": [proofs["pca"], proofs["pra"]]}]},
        ]}}}
    )  # fmt: skip
    verdict = evaluate(rule, case([fact(f"proof:{name}", 2) for name in facts]))
    line = next(line for line in verdict.lines if line.params.get("unit") == "EJ 2")
    assert (line.params["has"], line.params["lacks"]) == (has, lacks)


@pytest.mark.parametrize(
    ("passing", "rest", "state"),
    [
        ("66", "34", State.PASSED),
        ("65.999", "34.001", State.FAILED),
        ("65.999999999999", "34.000000000001", State.FAILED),
        ("0.66", "0.34", State.PASSED),
        ("33", "17", State.PASSED),
        ("659999999999999999", "340000000000000001", State.FAILED),
        ("660000000000000000", "340000000000000000", State.PASSED),
    ],
)
def test_exactly_two_thirds_passes_and_the_least_bit_below_does_not(
    passing: str, rest: str, state: State
) -> None:
    verdict = evaluate(TESTED, case(_tested(1), (passing, rest)))
    assert verdict.state is state
    assert verdict.coverage is not None
    assert (verdict.coverage >= Decimal("0.66")) is (state is State.PASSED)


@pytest.mark.parametrize(
    ("weights", "units", "state", "code"),
    [
        # The unknown units all pass: whatever they are worth, the share only grows.
        (("70", "30", None), (1, 3), State.PASSED, LineCode.COVERAGE_DECIDED_ANYWAY),
        ((None,), (1,), State.PASSED, LineCode.COVERAGE_DECIDED_ANYWAY),
        ((None, None), (1, 2), State.PASSED, LineCode.COVERAGE_DECIDED_ANYWAY),
        # A unit left out could outweigh the others.
        (("70", None), (1,), State.CANNOT_TELL, LineCode.COVERAGE_WEIGHTS_UNKNOWN),
        ((None, "30"), (1,), State.CANNOT_TELL, LineCode.COVERAGE_WEIGHTS_UNKNOWN),
        ((None, None), (1,), State.CANNOT_TELL, LineCode.COVERAGE_WEIGHTS_UNKNOWN),
        # At best the units left out are worth nothing, and it still is not enough.
        (("60", "40", None), (1,), State.FAILED, LineCode.COVERAGE_DECIDED_ANYWAY),
        (("0", None), (1,), State.FAILED, LineCode.COVERAGE_DECIDED_ANYWAY),
    ],
)
def test_unknown_weights_decide_nothing_unless_they_cannot_change_the_answer(
    weights: tuple[str | None, ...], units: tuple[int, ...], state: State, code: LineCode
) -> None:
    verdict = evaluate(TESTED, case(_tested(*units), weights))
    assert (verdict.state, verdict.lines[0].code) == (state, code)
    assert verdict.coverage is None


def test_weights_that_are_all_zero_cannot_tell() -> None:
    verdict = evaluate(TESTED, case(_tested(1, 2), ("0", "0")))
    assert verdict.state is State.CANNOT_TELL
    assert verdict.lines[0].code is LineCode.COVERAGE_TOTAL_ZERO


def test_a_unit_without_activity_is_shown_and_weighs_nothing() -> None:
    verdict = evaluate(TESTED, case(_tested(1), ("10", "0")))
    assert (verdict.state, verdict.coverage) == (State.PASSED, Decimal(1))


@pytest.mark.parametrize(("facts", "state"), [([1], State.PASSED), ([], State.NOT_TESTED)])
def test_one_unit_alone_decides_for_itself(facts: list[int], state: State) -> None:
    assert evaluate(TESTED, case(_tested(*facts), ("12.5",))).state is state


def test_no_unit_cannot_tell() -> None:
    verdict = evaluate(TESTED, case(weights=()))
    assert verdict.state is State.CANNOT_TELL
    assert verdict.lines[0].code is LineCode.COVERAGE_NO_UNIT


def test_no_fact_anywhere_is_not_tested_rather_than_zero_per_cent() -> None:
    verdict = evaluate(PLANNED, case())
    assert (verdict.state, verdict.coverage) == (State.NOT_TESTED, None)
    assert verdict.lines[0].code is LineCode.COVERAGE_NO_FACT
    assert verdict.missing == ("proof:bia", "proof:pcra")


def test_a_proof_of_the_group_itself_does_not_count_for_its_units() -> None:
    assert evaluate(TESTED, case([fact("proof:test")])).state is State.NOT_TESTED


def test_a_share_that_expired_is_stale_and_says_what_renewing_gives() -> None:
    facts = [*_tested(3, 4), fact("proof:test", 1, until=AS_OF)]
    verdict = evaluate(TESTED, case(facts))
    assert (verdict.state, verdict.coverage) == (State.STALE, Decimal("0.3"))
    assert verdict.lines[0].params["share_once_renewed"] == Decimal("0.7")
    assert _only(verdict, LineCode.SMALLEST_ADDITION).params["units"] == ("EJ 1",)


def test_an_undetermined_share_that_could_suffice_cannot_tell() -> None:
    facts = [*_tested(3, 4), fact("proof:test", 1, value=None)]
    verdict = evaluate(TESTED, case(facts))
    assert verdict.state is State.CANNOT_TELL
    assert verdict.lines[0].params["share_at_best"] == Decimal("0.7")


def test_an_undetermined_share_that_could_not_suffice_is_a_failure() -> None:
    facts = [*_tested(3), fact("proof:test", 4, value=None)]
    assert evaluate(TESTED, case(facts)).state is State.FAILED


def test_it_goes_stale_the_day_the_remaining_units_fall_below() -> None:
    first, second = dt.date(2026, 10, 1), dt.date(2026, 12, 1)
    facts = [
        fact("proof:test", 1),
        fact("proof:test", 2, until=second),
        fact("proof:test", 4, until=first),
    ]
    verdict = evaluate(TESTED, case(facts))
    assert (verdict.state, verdict.stale_on) == (State.PASSED, second)


def test_the_weakest_passing_unit_says_how_the_whole_is_known() -> None:
    facts = [
        fact("proof:test", 1, known_as=Knowledge.VERIFIED),
        fact("proof:test", 2, known_as=Knowledge.DOCUMENTED),
        fact("proof:test", 3, known_as=Knowledge.DECLARED, value=0.0),
    ]
    assert evaluate(TESTED, case(facts)).known_as is Knowledge.DOCUMENTED


@pytest.mark.parametrize(
    ("weights", "passing", "chosen"),
    [
        (("40", "30", "20", "10"), (1,), ("EJ 2",)),
        (("40", "26", "24", "10"), (1,), ("EJ 2",)),
        (("10", "30", "30", "30"), (1,), ("EJ 2", "EJ 3")),
        (("50", "20", "20", "10"), (1,), ("EJ 2",)),
        (("100", "1"), (2,), ("EJ 1",)),
    ],
)
def test_the_addition_takes_the_fewest_units_then_the_lightest(
    weights: tuple[str, ...], passing: tuple[int, ...], chosen: tuple[str, ...]
) -> None:
    verdict = evaluate(TESTED, case(_tested(*passing), weights))
    assert _only(verdict, LineCode.SMALLEST_ADDITION).params["units"] == chosen


def test_a_condition_without_object_everywhere_has_no_object() -> None:
    rule = parse_rule(
        {
            "coverage": {
                "threshold": "0.66",
                "of": {
                    "when": {
                        "if": {"measure": {"indicator": "backup.own_ad", "equals": 1}},
                        "then": {"measure": {"indicator": "ads.level", "at_least": 3}},
                    }
                },
            }
        }
    )
    none = [fact("backup.own_ad", unit, value=0.0) for unit in (1, 2, 3, 4)]
    assert evaluate(rule, case(none)).state is State.NOT_APPLICABLE
    one = [*none[:3], fact("backup.own_ad", 4), fact("ads.level", 4, value=3.0)]
    # The ministry divides by the whole activity of the candidate, without exception.
    assert evaluate(rule, case(one)).coverage == Decimal("0.1")


@pytest.mark.parametrize("weight", ["-1", "NaN", "Infinity", "1e18", "0.0000000000001"])
def test_a_weight_that_is_no_activity_is_refused(weight: str) -> None:
    with pytest.raises(ValueError, match="weight of unit 7"):
        Unit(7, "EJ 7", Decimal(weight))


def test_a_unit_listed_twice_is_refused_since_it_would_count_twice() -> None:
    unit = Unit(1, "EJ 1", Decimal(1))
    with pytest.raises(ValueError, match="twice"):
        Case(100, (unit, unit), (), None, case().dates)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_coverages_the_one_furthest_from_its_threshold_is_shown(
    order: tuple[int, int],
) -> None:
    coverages = [
        {"coverage": {"threshold": "0.5", "of": {"proof": {"document": "bia"}}}},
        {"coverage": {"threshold": "0.9", "of": {"proof": {"document": "test"}}}},
    ]
    rule = parse_rule({"all": [coverages[position] for position in order]})
    # 60 % against 50 % is ahead; 70 % against 90 % is behind, although 70 is more than 60.
    facts = [*_tested(1, 2), fact("proof:bia", 1), fact("proof:bia", 3)]
    verdict = evaluate(rule, case(facts))
    assert (verdict.state, verdict.coverage) == (State.PARTIAL, Decimal("0.7"))
    assert verdict.threshold == Decimal("0.9")
