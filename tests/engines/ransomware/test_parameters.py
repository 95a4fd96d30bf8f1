"""Figures with their sources, and those that are refused."""

import pytest

from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import BY_KEY, parameters
from hygie.engines.ransomware.published import PARAMETERS


def test_each_published_figure_is_within_its_bounds_named_once_and_has_a_source() -> None:
    assert len(BY_KEY) == len(PARAMETERS)
    for each in PARAMETERS:
        assert each.low <= each.default <= each.high, each.key
        assert each.source and 2019 <= each.year <= 2026, each.key
        assert each.is_judgement or each.url.startswith("https://"), each.key
        assert each.sentence == f"ransomware.{each.key}"


def test_the_published_figures_stand_together_and_nothing_is_changed() -> None:
    assert not parameters().changed
    assert parameters({"notice_h": BY_KEY["notice_h"].default}).changed == frozenset()


def test_a_change_is_taken_and_told() -> None:
    found = parameters({"notice_h": 3})
    assert (found["notice_h"], found.changed) == (3.0, frozenset({"notice_h"}))


@pytest.mark.parametrize("changes, said", [
    ({"nonsense": 1}, "'nonsense'"),
    ({"leak": 1.5}, "leak is 1.5: 0 to 1"),
    ({"leak": float("nan")}, "leak is nan"),
    ({"launch_median_h": 500}, "launch_p90_h"),
    ({"return_offline_h": 600}, "return_backup_h"),
    ({"sensor_bare": 0.6}, "sensor_edr"),
])  # fmt: skip
def test_a_value_that_cannot_be_is_refused_by_name(changes: dict[str, float], said: str) -> None:
    with pytest.raises(RansomwareError, match=said):
        parameters(changes)


def test_all_faults_of_a_set_are_told_at_once() -> None:
    with pytest.raises(RansomwareError, match=r"leak.*touched"):
        parameters({"leak": 2, "touched": -1})
