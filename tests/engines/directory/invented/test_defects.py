"""Does each planted defect fail its points, at its levels, and nothing else?"""

import pytest

from hygie.engines.directory.invented.defects import DEFECTS
from hygie.engines.directory.points.table import RULES
from hygie.engines.directory.verdicts import PointState
from tests.engines.directory.invented.audits import (
    BLINDING,
    FAILING,
    TOGETHER,
    failed,
    hospital,
    judged,
    opened,
)
from tests.engines.directory.judging import CATALOGUE


def test_every_point_has_a_defect_of_its_name_that_fails_it() -> None:
    assert set(RULES) == {point.id for point in CATALOGUE.points}
    assert set(RULES) == {key for key in DEFECTS if not key.startswith("path_")}
    for key, defect in DEFECTS.items():
        assert key in defect.levels or key.startswith("path_")
        assert defect.levels.keys() <= RULES.keys()


@pytest.mark.parametrize("key", DEFECTS)
def test_a_defect_fails_what_it_says_and_nothing_else(key: str) -> None:
    found = hospital(key)
    verdicts = judged(found.facts)
    assert failed(verdicts) == found.expected == DEFECTS[key].levels
    if not DEFECTS[key].is_blinding:
        assert not opened(verdicts)
        states = {verdict.state for point, verdict in verdicts.items()
                  if point not in found.expected}  # fmt: skip
        assert states == {PointState.PASSED}
    if key in RULES:
        assert verdicts[key].state in FAILING
        names = found.facts.identifiers
        objects = {names[index] for index in verdicts[key].objects.tolist()}
        assert objects.issuperset(found.guilty[key])
        assert found.guilty[key]


def test_defects_planted_together_fail_what_each_of_them_fails() -> None:
    found = hospital(*TOGETHER)
    verdicts = judged(found.facts)
    assert failed(verdicts) == found.expected
    assert not opened(verdicts)
    assert len(found.expected) == len(RULES) - len(BLINDING)


def test_what_cannot_be_read_leaves_points_open_and_passes_none_of_them() -> None:
    for key in BLINDING:
        assert opened(judged(hospital(key).facts))


def test_an_unknown_defect_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such"):
        hospital("no_such")


def test_a_forest_too_small_for_its_defects_is_refused() -> None:
    with pytest.raises(ValueError, match="too small for so many defects: admins"):
        hospital(*["silo_priv"] * 30, size=1_000)
