"""How fast are requirement states computed, against the slow twin and the loop anyone writes first?

Run: python benchmarks/assessment.py [--candidates 3000] [--runs 5]

Peers, side by side on the same cases:
- engine: evaluate_all, everything (state, lines, coverage, knowledge, day of change);
- twin: the obvious reading used as test oracle, for the state only, then also for the day of
  change, which it finds by trying every day;
- naive: one dictionary of latest facts and plain Python per rule, the state only, no window on
  unknown dates, no unknown weights, no explanation, no future. What the answers cost.
"""

import argparse
import datetime as dt
import platform
import random
import statistics
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from hygie.engines.assessment.evaluate import evaluate_all
from hygie.engines.assessment.reference import reference_outcome, reference_state
from hygie.engines.assessment.rules import Rule, parse_rule, rule_as_data
from hygie.engines.assessment.types import Case, Dates, Fact, Knowledge, State, Unit

AS_OF = dt.date(2026, 9, 1)
FLOOR = dt.date(2022, 7, 16)
_THRESHOLD = Decimal("0.66")
_TWIN_SAMPLE = 100
_STEPPED_SAMPLE = 20
_HORIZON_DAYS = 30

Book: TypeAlias = Mapping[int, Rule]
Run: TypeAlias = Callable[[], list[list[State]]]


def book(count: int) -> dict[int, Rule]:
    """Rules in the proportions of the CaRE referential: proofs, levels, coverages, conditions."""
    window = {"from": FLOOR.isoformat(), "until": "attainment"}
    shapes: list[Callable[[int], dict[str, Any]]] = [
        lambda n: {"proof": {"document": f"doc-{n}", "window": window}},
        lambda n: {"measure": {"indicator": f"ind-{n}", "at_least": 3}},
        lambda n: {
            "coverage": {
                "threshold": "0.66",
                "of": {
                    "all": [
                        {"proof": {"document": f"doc-{n}", "window": window}},
                        {"proof": {"document": f"doc-{n + 1}"}},
                    ]
                },
            }
        },
        lambda n: {
            "when": {
                "if": {"measure": {"indicator": f"ind-{n}", "at_least": 1}},
                "then": {"any": [{"proof": {"document": f"doc-{n}"}}, _level(n + 1)]},
            }
        },
    ]
    return {number: parse_rule(shapes[number % 4](number)) for number in range(count)}


def _level(number: int) -> dict[str, Any]:
    return {"measure": {"indicator": f"ind-{number}", "at_least": 2}}


def cases(count: int, rules: int, seed: int) -> list[Case]:
    """One GHT of 3 to 20 units in twenty candidates, the others of 1 to 4 sites.

    Facts are dated, and two thirds of the possible ones are present.
    """
    chance = random.Random(seed)  # noqa: S311
    made = []
    for _ in range(count):
        size = chance.randint(3, 20) if chance.random() < 1 / 20 else chance.randint(1, 4)
        ids = range(1, size + 1)
        units = tuple(Unit(i, f"EJ {i}", Decimal(chance.randint(1, 900))) for i in ids)
        facts = [
            _fact(chance, f"{kind}-{number}", unit)
            for unit in (0, *ids)
            for number in range(rules)
            for kind in _kinds(number, candidate_level=unit == 0)
            if chance.random() < 2 / 3
        ]
        made.append(Case(0, units, tuple(facts), None, Dates(AS_OF, dt.date(2025, 7, 16))))
    return made


def _kinds(number: int, *, candidate_level: bool) -> list[str]:
    if candidate_level:
        return ["proof:doc", "ind"]
    return ["proof:doc"] if number % 4 in (2, 3) else []


def _fact(chance: random.Random, code: str, unit: int) -> Fact:
    on = AS_OF - dt.timedelta(days=chance.randint(0, 1700))
    value = 1.0 if code.startswith("proof:") else float(chance.randint(0, 5))
    return Fact(code, unit, value, Knowledge.MEASURED, on, on + dt.timedelta(days=900))


def engine(rules: Book, given: list[Case]) -> list[list[State]]:
    return [[verdict.state for verdict in evaluate_all(rules, case).values()] for case in given]


def twin(rules: Book, given: list[Case]) -> list[list[State]]:
    return [[reference_state(rule, case) for rule in rules.values()] for case in given]


def stepped(rules: Book, given: list[Case]) -> list[list[State]]:
    return [
        [reference_outcome(rule, case, _HORIZON_DAYS).state for rule in rules.values()]
        for case in given
    ]


def naive(rules: list[dict[str, Any]], given: list[Case]) -> list[list[State]]:
    answers = []
    for case in given:
        latest: dict[tuple[int, str], Fact] = {}
        for fact in case.facts:
            key = (fact.unit, fact.code)
            if key not in latest or fact.effective_on >= latest[key].effective_on:
                latest[key] = fact
        answers.append([_naive(rule, case, latest, 0) for rule in rules])
    return answers


def _naive(
    rule: dict[str, Any], case: Case, latest: dict[tuple[int, str], Fact], unit: int
) -> State:
    ((kind, body),) = rule.items()
    if kind == "all":
        states = [_naive(child, case, latest, unit) for child in body]
        return next((s for s in (State.FAILED, State.STALE, State.NOT_TESTED) if s in states),
                    State.PASSED)  # fmt: skip
    if kind == "any":
        states = [_naive(child, case, latest, unit) for child in body]
        order = (State.PASSED, State.STALE, State.NOT_TESTED, State.FAILED)
        return next(s for s in order if s in states)
    if kind == "when":
        condition = _naive(body["if"], case, latest, unit)
        if condition is State.PASSED:
            return _naive(body["then"], case, latest, unit)
        return State.NOT_APPLICABLE if condition is State.FAILED else condition
    if kind == "coverage":
        return _naive_coverage(body["of"], case, latest)
    return _naive_leaf(kind, body, case, latest, unit)


def _naive_coverage(rule: dict[str, Any], case: Case, latest: dict[tuple[int, str], Fact]) -> State:
    states = [_naive(rule, case, latest, unit.id) for unit in case.units]
    weights = [unit.weight or Decimal(0) for unit in case.units]
    documents = [child["proof"]["document"] for child in rule["all"]]
    if not any((u.id, f"proof:{d}") in latest for u in case.units for d in documents):
        return State.NOT_TESTED
    total = sum(weights)
    for counted, state in (
        ({State.PASSED}, State.PASSED),
        ({State.PASSED, State.STALE}, State.STALE),
    ):
        share = sum(w for s, w in zip(states, weights, strict=True) if s in counted)
        if share >= total * _THRESHOLD:
            return state
    return State.FAILED


def _naive_leaf(
    kind: str,
    body: dict[str, Any],
    case: Case,
    latest: dict[tuple[int, str], Fact],
    unit: int,
) -> State:
    code = f"proof:{body['document']}" if kind == "proof" else body["indicator"]
    fact = latest.get((unit, code))
    if fact is None:
        return State.NOT_TESTED
    if "window" in body and not FLOOR <= fact.effective_on <= AS_OF:
        return State.FAILED
    if fact.value is None or fact.value < body.get("at_least", 1):
        return State.FAILED
    expired = fact.expires_on is not None and fact.expires_on <= case.dates.as_of
    return State.STALE if expired else State.PASSED


def median_s(run: Callable[[], object], runs: int) -> float:
    """Median processor time in seconds over some runs, after one to warm up.

    Processor and not wall time: one thread, and the machine may be shared.
    """
    run()
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--candidates", type=int, default=3000)
    parser.add_argument("--requirements", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=20260901)
    asked = parser.parse_args()
    rules = book(asked.requirements)
    plain = [rule_as_data(rule) for rule in rules.values()]
    given = cases(asked.candidates, asked.requirements, asked.seed)
    sample = given[:_TWIN_SAMPLE]
    # The three must agree before their times mean anything.
    expected = engine(rules, sample)
    assert twin(rules, sample) == expected
    assert naive(plain, given) == engine(rules, given)
    facts = sum(len(case.facts) for case in given)
    print(f"{platform.python_implementation()} {platform.python_version()}, seed {asked.seed}")
    print(f"{len(given)} candidates x {len(rules)} requirements, {facts} facts")
    judged = len(given) * len(rules)
    fast = median_s(lambda: engine(rules, given), asked.runs)
    loop = median_s(lambda: naive(plain, given), asked.runs)
    slow = median_s(lambda: twin(rules, sample), min(asked.runs, 3)) * len(given) / len(sample)
    few = given[:_STEPPED_SAMPLE]
    steps = median_s(lambda: stepped(rules, few), 1) * len(given) / len(few)
    rows = [
        ("engine (state, lines, day of change)", fast, ""),
        ("naive (state only)", loop, ""),
        (f"twin (state only, from {len(sample)} candidates)", slow, "extrapolated"),
        (f"twin (and day of change within {_HORIZON_DAYS} days)", steps, "extrapolated"),
    ]
    for name, seconds, note in rows:
        micro = seconds / judged * 1e6
        speed = f"{seconds:8.2f} s CPU {micro:8.1f} us/verdict  x{seconds / fast:6.2f}"
        print(f"{name:<46} {speed} {note}")


if __name__ == "__main__":
    main()
