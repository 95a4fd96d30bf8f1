"""An objective is as good as its elements allow to say, and no better."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.assessment.types import Knowledge, State
from hygie.engines.scoring.combine import Confidence, Element, combine, confidence

P, H, F, N, C, S, X = (
    State.PASSED,
    State.PARTIAL,
    State.FAILED,
    State.NOT_TESTED,
    State.CANNOT_TELL,
    State.STALE,
    State.NOT_APPLICABLE,
)
states = st.lists(st.sampled_from(list(State)), max_size=8)


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ([], N),
        ([X, X], X),
        ([P, P], P),
        ([P, X], P),
        ([F], F),
        ([F, X], F),
        ([F, P], H),
        ([F, H], H),
        ([F, S, C, N], F),
        ([F, S, P], H),
        ([S, P], S),
        ([S, C, N], S),
        ([C, P], C),
        ([C, N], C),
        ([N, P], H),
        ([N, H], H),
        ([N, N], N),
        ([N, X], N),
        ([H, P], H),
        ([H], H),
    ],
)
def test_the_table_of_objective_states(elements: list[State], expected: State) -> None:
    assert combine(elements) is expected


def test_only_passed_elements_make_a_passed_objective() -> None:
    for count in (1, 2, 3):
        for elements in product(State, repeat=count):
            passed = combine(elements) is P
            assert passed == (set(elements) <= {P, X} and P in elements)


@given(states, st.randoms(use_true_random=False))
def test_the_order_and_the_repetition_of_elements_do_not_matter(
    elements: list[State], shuffler: object
) -> None:
    shuffled = list(elements)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combine(shuffled) is combine(elements)
    assert combine(elements * 2) is combine(elements)


@given(states)
def test_an_element_without_object_changes_nothing(elements: list[State]) -> None:
    if elements:
        assert combine([*elements, X]) is combine(elements)


def test_confidence_counts_what_is_measured_and_never_what_is_not_known() -> None:
    elements = [
        Element(P, Knowledge.VERIFIED),
        Element(F, Knowledge.MEASURED),
        Element(P, Knowledge.DOCUMENTED),
        Element(P, Knowledge.DECLARED),
        Element(S, Knowledge.VERIFIED),
        Element(C, Knowledge.MEASURED),
        Element(N),
        Element(X, Knowledge.VERIFIED),
    ]
    assert confidence(elements) == Confidence(measured=2, total=7)
    assert confidence(elements[:4]).share == Decimal("0.5")


def test_without_any_element_that_applies_there_is_no_confidence_to_give() -> None:
    assert confidence([Element(X)]).share is None
    assert confidence([]) == Confidence(0, 0)
