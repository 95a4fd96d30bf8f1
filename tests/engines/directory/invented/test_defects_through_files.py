"""Do verdicts on an invented hospital survive the files that collectors would have left?"""

from pathlib import Path

import pytest

from hygie.engines.directory.verdicts import PointState
from tests.engines.directory.invented.audits import (
    BLINDING,
    TOGETHER,
    failed,
    hospital,
    judged,
    opened,
    through_oradad,
    through_sharphound,
)
from tests.engines.directory.judging import CATALOGUE

_BY_SHARPHOUND = {point.id for point in CATALOGUE.points if "sharphound" in point.point.exports}
_CASES = [
    pytest.param((), id="sound"),
    pytest.param(TOGETHER, id="together"),
    *(pytest.param((key,), id=key) for key in BLINDING),
]


@pytest.mark.parametrize("defects", _CASES)
def test_oradad_tables_decide_every_point_as_the_facts_do(
    defects: tuple[str, ...], tmp_path: Path
) -> None:
    found = hospital(*defects)
    verdicts = judged(through_oradad(found.facts, tmp_path))
    assert failed(verdicts) == found.expected
    assert opened(verdicts) == opened(judged(found.facts))


@pytest.mark.parametrize("defects", _CASES)
def test_a_sharphound_archive_decides_what_it_can_and_leaves_the_rest_open(
    defects: tuple[str, ...], tmp_path: Path
) -> None:
    found = hospital(*defects)
    verdicts = judged(through_sharphound(found.facts, tmp_path))
    told = failed(verdicts)
    assert {point: levels for point, levels in told.items() if point in _BY_SHARPHOUND} == {
        point: levels for point, levels in found.expected.items() if point in _BY_SHARPHOUND
    }
    assert opened(verdicts) & _BY_SHARPHOUND == opened(judged(found.facts)) & _BY_SHARPHOUND
    for point in verdicts.keys() - _BY_SHARPHOUND:
        expected = found.expected.get(point, ())
        assert set(told.get(point, ())) <= set(expected)
        if expected and not told.get(point):
            assert verdicts[point].state is PointState.CANNOT_TELL
