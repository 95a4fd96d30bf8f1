"""Does what is no longer told stay untold, in a hospital of thousands, sound or spoiled?"""

import pytest

from hygie.engines.directory.points.rules import Field, name_of
from hygie.engines.directory.points.table import RULES
from hygie.engines.directory.verdicts import PointState
from tests.engines.directory.invented.audits import FAILING, TOGETHER, hospital, judged
from tests.engines.directory.judging import without

_SOUND, _SPOILED = hospital().facts, hospital(*TOGETHER).facts
_FIELDS = list(dict.fromkeys(field for rule in RULES.values() for field in rule.fields))


@pytest.mark.parametrize("field", _FIELDS, ids=name_of)
def test_a_fact_told_of_nobody_passes_no_defect_and_invents_none(field: Field) -> None:
    on_sound, on_spoiled = judged(without(_SOUND, field)), judged(without(_SPOILED, field))
    for point, rule in RULES.items():
        assert on_sound[point].state in (PointState.PASSED, PointState.CANNOT_TELL)
        if on_spoiled[point].state is PointState.PASSED:
            assert field not in rule.fields
    undecided = [
        point
        for point, rule in RULES.items()
        if field in rule.fields
        and PointState.CANNOT_TELL in (on_sound[point].state, on_spoiled[point].state)
    ]
    assert undecided


@pytest.mark.parametrize("point", sorted(RULES))
def test_a_point_without_any_of_its_facts_cannot_be_told(point: str) -> None:
    bare = {"sound": _SOUND, "spoiled": _SPOILED}
    for field in RULES[point].fields:
        bare = {name: without(facts, field) for name, facts in bare.items()}
    verdict = judged(bare["sound"])[point]
    assert verdict.state is PointState.CANNOT_TELL
    assert verdict.missing
    # A relation that is there counts, whatever the list it comes from was said to be.
    assert judged(bare["spoiled"])[point].state in (PointState.CANNOT_TELL, *FAILING)
