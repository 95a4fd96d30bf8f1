"""The figure of a group never flatters its members."""

import datetime as dt

import pytest

from hygie.engines.scoring.rollup import NEVER, Reading, RollUp, roll_up

OLD, NEW = dt.date(2025, 1, 1), dt.date(2026, 1, 1)
MEMBERS = [Reading(10, 3, OLD, NEW), Reading(20, 2, NEW, None), Reading(0, 4, NEW, None)]


@pytest.mark.parametrize(
    ("method", "lower_is_better", "value"),
    [
        (RollUp.SUM, False, 30),
        (RollUp.MEAN, False, 10),
        (RollUp.ACTIVITY_MEAN, False, 12.5),
        (RollUp.HEADCOUNT_MEAN, False, 12.5),
        (RollUp.WORST, False, 0),
        (RollUp.WORST, True, 20),
        (RollUp.SHARE, False, pytest.approx(200 / 3)),
    ],
)
def test_the_group_is_as_weakly_known_and_as_old_as_its_weakest_member(
    method: RollUp, lower_is_better: bool, value: float
) -> None:
    found = roll_up(method, MEMBERS, [1.0, 2.0, 1.0], lower_is_better=lower_is_better)
    assert found == Reading(value, 2, OLD, NEW)


@pytest.mark.parametrize("member", [NEVER, Reading(None, 3, OLD)])
def test_a_member_without_figure_leaves_the_group_undetermined(member: Reading) -> None:
    found = roll_up(RollUp.MEAN, [*MEMBERS, member], [1.0] * 4, lower_is_better=False)
    assert found.value is None
    assert found.is_recorded


@pytest.mark.parametrize("weights", [[1.0, None, 1.0], [0.0, 0.0, 0.0]])
def test_a_weighted_mean_without_weights_is_undetermined(weights: list[float | None]) -> None:
    found = roll_up(RollUp.ACTIVITY_MEAN, MEMBERS, weights, lower_is_better=False)
    assert found.value is None


def test_without_any_figure_or_method_the_group_was_never_measured() -> None:
    assert roll_up(RollUp.SUM, [NEVER, NEVER], [1.0, 1.0], lower_is_better=False) == NEVER
    assert roll_up(RollUp.SUM, [], [], lower_is_better=False) == NEVER
    assert roll_up(RollUp.NONE, MEMBERS, [1.0] * 3, lower_is_better=False) == NEVER
