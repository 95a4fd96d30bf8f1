"""One fact, one window, one questionnaire: which state, and which line says so."""

import datetime as dt
from typing import Any

import pytest

from hygie.engines.assessment.evaluate import evaluate
from hygie.engines.assessment.lines import LineCode
from hygie.engines.assessment.rules import parse_rule
from hygie.engines.assessment.types import AnswerSummary, Dates, Fact, Knowledge, State
from tests.engines.assessment.build import AS_OF, FLOOR, PHASE_START, case, fact

DAY = dt.timedelta(days=1)
FILED = dt.date(2026, 5, 1)


def _level(**bound: Any) -> Any:
    return parse_rule({"measure": {"indicator": "ads.level", **bound}})


def _bia(**window: str) -> Any:
    return parse_rule({"proof": {"document": "bia", **({"window": window} if window else {})}})


@pytest.mark.parametrize(
    ("bound", "value", "state"),
    [
        ({"at_least": 3}, 3.0, State.PASSED),
        ({"at_least": 3}, 2.999, State.FAILED),
        ({"at_most": 3}, 3.0, State.PASSED),
        ({"at_most": 3}, 3.001, State.FAILED),
        ({"equals": 0}, 0.0, State.PASSED),
        ({"equals": 0}, 1.0, State.FAILED),
        ({"at_least": 3}, None, State.CANNOT_TELL),
        ({"at_least": 3}, float("nan"), State.CANNOT_TELL),
    ],
)
def test_a_measure_is_held_against_its_bound_inclusive(
    bound: dict[str, int], value: float | None, state: State
) -> None:
    verdict = evaluate(_level(**bound), case([fact("ads.level", value=value)]))
    assert verdict.state is state
    assert verdict.known_as is Knowledge.DOCUMENTED


def test_a_line_says_value_bound_date_and_how_it_is_known() -> None:
    verdict = evaluate(_level(at_least=3), case([fact("ads.level", value=2.0, ref="m/7")]))
    (line,) = verdict.lines
    assert line.code is LineCode.MEASURE_NOT_REACHED
    assert line.refs == ("m/7",)
    assert line.params == {
        "indicator": "ads.level",
        "value": 2.0,
        "comparison": "at_least",
        "bound": 3,
        "date": dt.date(2026, 3, 12),
        "known_as": Knowledge.DOCUMENTED,
    }


def test_nothing_recorded_is_not_tested_and_missing() -> None:
    verdict = evaluate(_level(at_least=3), case())
    assert (verdict.state, verdict.missing) == (State.NOT_TESTED, ("ads.level",))
    assert verdict.lines[0].code is LineCode.MEASURE_MISSING


def test_a_plan_is_not_a_proof() -> None:
    verdict = evaluate(_bia(), case([fact("proof:bia", on=AS_OF + DAY)]))
    assert verdict.state is State.NOT_TESTED
    assert verdict.lines[0].code is LineCode.PROOF_PLANNED
    assert evaluate(_bia(), case([fact("proof:bia", on=AS_OF)])).state is State.PASSED


def test_a_rejected_proof_fails_and_an_undetermined_one_cannot_tell() -> None:
    assert evaluate(_bia(), case([fact("proof:bia", value=0.0)])).state is State.FAILED
    assert evaluate(_bia(), case([fact("proof:bia", value=None)])).state is State.CANNOT_TELL


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([(1, 4.0, Knowledge.VERIFIED), (2, 2.0, Knowledge.DECLARED)], 2.0),
        ([(2, 2.0, Knowledge.DECLARED), (1, 4.0, Knowledge.VERIFIED)], 2.0),
        ([(1, 4.0, Knowledge.VERIFIED), (1, 2.0, Knowledge.DECLARED)], 4.0),
        ([(1, 4.0, Knowledge.MEASURED), (1, 2.0, Knowledge.MEASURED)], 2.0),
    ],
)
def test_the_latest_fact_decides_then_the_best_known_then_the_last_recorded(
    facts: list[tuple[int, float, Knowledge]], value: float
) -> None:
    recorded = [
        fact("ads.level", on=dt.date(2026, 1, day), value=figure, known_as=known_as)
        for day, figure, known_as in facts
    ]
    verdict = evaluate(_level(at_least=3), case(recorded))
    assert verdict.lines[0].params["value"] == value


@pytest.mark.parametrize(
    ("value", "until", "state"),
    [
        (3.0, AS_OF + DAY, State.PASSED),
        (3.0, AS_OF, State.STALE),
        (3.0, AS_OF - DAY, State.STALE),
        (2.0, AS_OF - DAY, State.FAILED),
        (None, AS_OF - DAY, State.CANNOT_TELL),
    ],
)
def test_what_expired_is_stale_only_if_it_would_have_passed(
    value: float | None, until: dt.date, state: State
) -> None:
    verdict = evaluate(_level(at_least=3), case([fact("ads.level", value=value, until=until)]))
    assert verdict.state is state
    assert verdict.stale_on == (until if state is State.PASSED else None)


@pytest.mark.parametrize(
    ("on", "state", "code"),
    [
        (FLOOR, State.PASSED, LineCode.PROOF_FOUND),
        (FLOOR - DAY, State.FAILED, LineCode.PROOF_TOO_OLD),
        (FILED, State.PASSED, LineCode.PROOF_FOUND),
        (FILED + DAY, State.FAILED, LineCode.PROOF_TOO_LATE),
    ],
)
def test_both_edges_of_a_window_count_and_nothing_beyond(
    on: dt.date, state: State, code: LineCode
) -> None:
    rule = _bia(**{"from": "2022-07-16", "until": "application"})
    dates = Dates(AS_OF, PHASE_START, application=FILED)
    verdict = evaluate(rule, case([fact("proof:bia", on=on)], dates=dates))
    assert (verdict.state, verdict.lines[0].code) == (state, code)


def test_a_line_names_the_date_and_the_window_it_falls_outside_of() -> None:
    rule = _bia(**{"from": "2022-07-16", "until": "application"})
    verdict = evaluate(rule, case([fact("proof:bia", on=dt.date(2021, 1, 3))]))
    assert verdict.lines[0].params == {
        "document": "bia",
        "date": dt.date(2021, 1, 3),
        "opens_on": FLOOR,
        "closes_on": AS_OF,
    }
    assert verdict.missing == ()


def test_a_newer_fact_outside_the_window_does_not_hide_one_inside() -> None:
    rule = _bia(until="application")
    dates = Dates(AS_OF, PHASE_START, application=FILED)
    facts = [fact("proof:bia", on=FILED), fact("proof:bia", on=FILED + DAY, value=0.0)]
    assert evaluate(rule, case(facts, dates=dates)).state is State.PASSED


@pytest.mark.parametrize(
    ("opens", "dates", "state", "code"),
    [
        ("phase_start", Dates(AS_OF), State.CANNOT_TELL, LineCode.PROOF_WINDOW_UNKNOWN),
        ("application", Dates(AS_OF), State.NOT_TESTED, LineCode.PROOF_WINDOW_UNKNOWN),
        ("2027-01-01", Dates(AS_OF), State.NOT_TESTED, LineCode.PROOF_WINDOW_NOT_OPEN),
        ("phase_start", Dates(AS_OF, AS_OF), State.FAILED, LineCode.PROOF_TOO_OLD),
        ("phase_start", Dates(AS_OF, AS_OF + DAY), State.NOT_TESTED, None),
    ],
)
def test_a_window_that_is_not_open_yet_fails_nobody(
    opens: str, dates: Dates, state: State, code: LineCode | None
) -> None:
    verdict = evaluate(_bia(**{"from": opens}), case([fact("proof:bia")], dates=dates))
    assert verdict.state is state
    assert code is None or verdict.lines[0].code is code


def test_the_day_a_window_opens_is_the_day_an_old_proof_starts_to_fail() -> None:
    rule = _bia(**{"from": "2027-01-01"})
    verdict = evaluate(rule, case([fact("proof:bia")]))
    assert (verdict.stale_on, verdict.changes_on) == (None, dt.date(2027, 1, 1))


def _answers(**counts: int) -> AnswerSummary:
    base = {"passed": 0, "partial": 0, "failed": 0, "cannot_tell": 0, "not_applicable": 0}
    return AnswerSummary(**{"total": 3, **base, **counts}, effective_on=AS_OF)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"passed": 3}, State.PASSED),
        ({"passed": 2, "not_applicable": 1}, State.PASSED),
        ({"not_applicable": 3}, State.NOT_APPLICABLE),
        ({"passed": 2, "failed": 1}, State.PARTIAL),
        ({"partial": 1, "failed": 2}, State.PARTIAL),
        ({"failed": 3}, State.FAILED),
        ({"failed": 1}, State.FAILED),
        ({"passed": 2, "partial": 1}, State.PARTIAL),
        ({"passed": 2, "cannot_tell": 1}, State.CANNOT_TELL),
        ({"passed": 2}, State.NOT_TESTED),
        ({"total": 0}, State.NOT_TESTED),
    ],
)
def test_a_questionnaire_is_only_as_good_as_all_its_answers(
    counts: dict[str, int], state: State
) -> None:
    verdict = evaluate(parse_rule({"questionnaire": {}}), case(answers=_answers(**counts)))
    assert verdict.state is state


def test_a_questionnaire_not_submitted_or_submitted_later_is_not_tested() -> None:
    rule = parse_rule({"questionnaire": {}})
    verdict = evaluate(rule, case())
    assert (verdict.state, verdict.missing) == (State.NOT_TESTED, ("questionnaire",))
    later = Dates(AS_OF - DAY)
    assert evaluate(rule, case(answers=_answers(passed=3), dates=later)).state is State.NOT_TESTED


def test_answers_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        _answers(passed=4)


def _proofs(*documents: str, value: float | None = 1.0) -> list[Fact]:
    return [fact(f"proof:{document}", value=value) for document in documents]


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        (1.0, State.FAILED),
        (0.0, State.NOT_APPLICABLE),
        (None, State.CANNOT_TELL),
    ],
)
def test_a_requirement_is_waived_only_when_its_condition_is_known_to_be_false(
    condition: float | None, state: State
) -> None:
    rule = parse_rule(
        {
            "when": {
                "if": {"measure": {"indicator": "backup.own_ad", "equals": 1}},
                "then": {"measure": {"indicator": "ads.level", "at_least": 3}},
            }
        }
    )
    facts = [fact("backup.own_ad", value=condition), fact("ads.level", value=2.0)]
    assert evaluate(rule, case(facts)).state is state
    assert evaluate(rule, case(facts[1:])).state is State.NOT_TESTED
    stale = [fact("backup.own_ad", until=AS_OF), facts[1]]
    assert evaluate(rule, case(stale)).state is State.STALE


def test_a_condition_half_met_is_not_met() -> None:
    rule = parse_rule(
        {
            "when": {
                "if": {"all": [{"proof": {"document": "a"}}, {"proof": {"document": "b"}}]},
                "then": {"proof": {"document": "c"}},
            }
        }
    )
    facts = [*_proofs("a"), *_proofs("b", value=0.0)]
    assert evaluate(rule, case(facts)).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("kind", "a", "b", "state"),
    [
        ("all", 1.0, 1.0, State.PASSED),
        ("all", 1.0, 0.0, State.PARTIAL),
        ("all", 0.0, 0.0, State.FAILED),
        ("all", 0.0, None, State.FAILED),
        ("all", 1.0, None, State.CANNOT_TELL),
        ("any", 1.0, 0.0, State.PASSED),
        ("any", 0.0, 0.0, State.FAILED),
        ("any", 0.0, None, State.CANNOT_TELL),
    ],
)
def test_all_takes_the_worst_and_any_the_best(
    kind: str, a: float | None, b: float | None, state: State
) -> None:
    rule = parse_rule({kind: [{"proof": {"document": "a"}}, {"proof": {"document": "b"}}]})
    facts = [*_proofs("a", value=a), *_proofs("b", value=b)]
    assert evaluate(rule, case(facts)).state is state


def test_an_alternative_that_lapsed_shows_as_lapsed_even_beside_one_never_tried() -> None:
    rule = parse_rule({"any": [{"proof": {"document": "a"}}, {"proof": {"document": "b"}}]})
    assert evaluate(rule, case([fact("proof:a", until=AS_OF)])).state is State.STALE
    verdict = evaluate(rule, case([fact("proof:a", until=AS_OF + DAY)]))
    assert (verdict.state, verdict.missing) == (State.PASSED, ())


def test_an_alternative_holds_until_its_last_passing_branch_expires() -> None:
    pair = [{"proof": {"document": "a"}}, {"proof": {"document": "b"}}]
    facts = [fact("proof:a", until=AS_OF + DAY), fact("proof:b", until=AS_OF + 9 * DAY)]
    assert evaluate(parse_rule({"any": pair}), case(facts)).stale_on == AS_OF + 9 * DAY
    assert evaluate(parse_rule({"all": pair}), case(facts)).stale_on == AS_OF + DAY
