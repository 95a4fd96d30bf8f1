"""Random rules and cases, small enough for the slow twin and rich enough to disagree."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from hygie.engines.assessment.nodes import (
    AllOf,
    Anchor,
    AnyOf,
    Comparison,
    Coverage,
    Measure,
    Proof,
    Questionnaire,
    Rule,
    When,
    Window,
)
from hygie.engines.assessment.types import AnswerSummary, Case, Dates, Fact, Knowledge, Unit

TODAY = dt.date(2026, 3, 1)
CANDIDATE = 100
HORIZON_DAYS = 32
CODES = ("proof:bia", "proof:pcra", "ads.level")

days = st.integers(-30, 30).map(lambda ahead: TODAY + dt.timedelta(days=ahead))
past_days = st.integers(-30, 0).map(lambda ahead: TODAY + dt.timedelta(days=ahead))
thresholds = st.one_of(
    st.sampled_from([Decimal("0.66"), Decimal("0.5"), Decimal(1)]),
    st.decimals("0.01", 1, places=3, allow_nan=False),
)
weights = st.one_of(
    st.sampled_from([Decimal(40), Decimal(30), Decimal(20), Decimal(10)]),
    st.decimals(0, 1000, places=3, allow_nan=False),
    st.sampled_from([None, Decimal(0), Decimal(33), Decimal(34)]),
)


@st.composite
def windows(draw: st.DrawFn) -> Window | None:
    filings = [Anchor.PHASE_START, Anchor.APPLICATION, Anchor.ATTAINMENT]
    opens = draw(st.one_of(st.none(), days, st.sampled_from(filings)))
    closes = draw(st.one_of(st.none(), days, st.sampled_from([*filings, Anchor.AS_OF])))
    if opens is None and closes is None:
        return None
    if type(opens) is dt.date and type(closes) is dt.date and opens > closes:
        opens, closes = closes, opens
    return Window(opens, closes)


maybe_windows = st.one_of(st.none(), st.none(), windows())
proofs = st.builds(Proof, st.sampled_from(["bia", "pcra"]), maybe_windows)
measures = st.builds(
    Measure,
    st.just("ads.level"),
    st.sampled_from(list(Comparison)),
    st.sampled_from([1, 2.0, 3]),
    maybe_windows,
)


def _nested(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    lists = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, lists), st.builds(AnyOf, lists), st.builds(When, inner, inner)
    )


unit_rules: st.SearchStrategy[Rule] = st.recursive(
    st.one_of(proofs, proofs, measures), _nested, max_leaves=4
)
coverages = st.builds(Coverage, thresholds, unit_rules)
rules: st.SearchStrategy[Rule] = st.recursive(
    st.one_of(coverages, coverages, proofs, measures, st.just(Questionnaire())),
    _nested,
    max_leaves=5,
)


@st.composite
def facts(draw: st.DrawFn, unit: int, code: str) -> Fact:
    effective_on = draw(st.one_of(past_days, past_days, past_days, days))
    validity = draw(st.one_of(st.none(), st.integers(1, 60)))
    figures = [2.0, 1.0, 3.0, 0.0, 4.0] if code == "ads.level" else [1.0, 1.0, 1.0, 0.0]
    return Fact(
        code=code,
        unit=unit,
        value=draw(st.sampled_from([*figures, None])),
        known_as=draw(st.sampled_from(list(Knowledge))),
        effective_on=effective_on,
        expires_on=None if validity is None else effective_on + dt.timedelta(days=validity),
        ref=draw(st.sampled_from(["", "proof/1"])),
    )


@st.composite
def answers(draw: st.DrawFn) -> AnswerSummary:
    counts = draw(st.tuples(*[st.integers(0, 2)] * 5))
    return AnswerSummary(
        sum(counts) + draw(st.integers(0, 1)),
        *counts,
        effective_on=draw(days),
        expires_on=draw(st.one_of(st.none(), days)),
    )


@st.composite
def cases(draw: st.DrawFn, max_units: int = 4) -> Case:
    count = draw(st.sampled_from([*range(max_units, -1, -1)]))
    units = tuple(Unit(number, f"EJ {number}", draw(weights)) for number in range(1, count + 1))
    known: list[Fact] = []
    for unit_id in (CANDIDATE, *(unit.id for unit in units)):
        for code in CODES:
            for _ in range(draw(st.sampled_from([1, 1, 0, 2]))):
                known.append(draw(facts(unit_id, code)))
    return Case(
        candidate=CANDIDATE,
        units=units,
        facts=tuple(draw(st.permutations(known))),
        answers=draw(st.one_of(st.none(), answers())),
        dates=Dates(TODAY, *(draw(st.one_of(st.none(), past_days, days)) for _ in range(3))),
    )
