"""One's place among peers, and silence when a peer could be recognised."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.scoring.peers import Quantiles, Rank, TooFew, percentile_rank, quantiles

figures = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("own", "percentile"), [(0, 0.0), (10, 10.0), (25, 40.0), (30, 50.0), (50, 90.0), (60, 100.0)]
)
def test_the_rank_is_the_share_below_and_half_of_the_equals(own: float, percentile: float) -> None:
    assert percentile_rank([10, 20, 30, 40, 50], own) == Rank(percentile, peers=5)


def test_below_the_minimum_there_is_no_rank_and_not_even_the_number_of_peers() -> None:
    assert percentile_rank([1, 2, 3, 4], 2) == TooFew(5)
    assert percentile_rank([1, 2, 3, 4], 2, minimum_group=4) == Rank(37.5, peers=4)


def test_a_peer_without_known_figure_hides_nobody() -> None:
    assert percentile_rank([1, 2, 3, 4, None], 2) == TooFew(5)
    assert percentile_rank([1, 2, 3, 4, float("nan")], 2) == TooFew(5)
    assert quantiles([1, 2, 3, 4, None, float("inf")]) == TooFew(5)


def test_a_minimum_that_hides_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="hides nobody"):
        percentile_rank([1, 2], 1, minimum_group=1)
    with pytest.raises(ValueError, match="hides nobody"):
        quantiles([1, 2], minimum_group=0)


def test_one_cannot_be_placed_without_a_figure() -> None:
    with pytest.raises(ValueError, match="not finite"):
        percentile_rank([1, 2, 3, 4, 5], float("nan"))


def test_quartiles_of_a_group_large_enough() -> None:
    found = quantiles([50, 10, 40, 20, 30])
    assert found == Quantiles((0.25, 0.5, 0.75), (20, 30, 40), members=5)


@given(st.lists(figures, min_size=5, max_size=30))
def test_quartiles_are_those_of_the_standard_library(values: list[float]) -> None:
    found = quantiles(values)
    assert isinstance(found, Quantiles)
    expected = statistics.quantiles(values, n=4, method="inclusive")
    assert found.values == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(("left_out", "given"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_group_whose_complement_would_be_exposed_by_subtraction_is_refused(
    left_out: int, given: bool
) -> None:
    found = quantiles([1, 2, 3, 4, 5, 6], left_out=left_out)
    assert isinstance(found, Quantiles) is given
    assert given or found == TooFew(5)


def test_a_grain_hides_the_exact_figure_of_the_member_in_the_middle() -> None:
    found = quantiles([11, 12, 63, 84, 95], shares=(0.5,), grain=5)
    assert isinstance(found, Quantiles)
    assert found.values == (65,)


@pytest.mark.parametrize("shares", [(0.0,), (1.0,), (-0.5,), (1.5,), (float("nan"),)])
def test_the_extremes_are_never_given(shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="strictly between"):
        quantiles([1, 2, 3, 4, 5], shares=shares)


@pytest.mark.parametrize("options", [{"left_out": -1}, {"grain": 0.0}, {"grain": float("nan")}])
def test_options_without_meaning_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="left_out"):
        quantiles([1, 2, 3, 4, 5], **options)  # type: ignore[arg-type]


@given(st.lists(figures, min_size=5, max_size=20), figures, figures)
def test_a_higher_figure_never_ranks_lower(values: list[float], one: float, two: float) -> None:
    low, high = sorted((one, two))
    below, above = percentile_rank(values, low), percentile_rank(values, high)
    assert isinstance(below, Rank)
    assert isinstance(above, Rank)
    assert 0 <= below.percentile <= above.percentile <= 100
