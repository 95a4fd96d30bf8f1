"""What do the verdicts of other tools change, and what do they not?"""

from dataclasses import replace

import numpy as np
import pytest

from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts, StatedVerdict
from hygie.engines.directory.merge import merged
from hygie.engines.directory.points.decide import decide_all
from hygie.engines.directory.verdicts import PointState, PointVerdict
from hygie.engines.directory.vocabulary import ExportKind, Number, Text
from tests.engines.directory.beside import export
from tests.engines.directory.days import AS_OF
from tests.engines.directory.hospital import Hospital
from tests.engines.directory.judging import CATALOGUE, without


def report(
    point: str, is_failed: bool | None, levels: tuple[int, ...] = (), collected_on: int = AS_OF
) -> DirectoryExport:
    """A report that states one verdict."""
    stated = StatedVerdict(point, is_failed, levels)
    return export(None, ExportKind.PINGCASTLE, collected_on, verdicts={point: stated})


def judged(point: str, *exports: DirectoryExport) -> PointVerdict:
    one = merged(exports)
    found = decide_all(one, CATALOGUE, AS_OF, np.zeros(len(one.facts), np.bool_))
    return next(verdict for verdict in found if verdict.point == point)


def quota(value: int | None) -> DirectoryFacts:
    forest = Hospital()
    if value is None:
        return without(forest.build(), Number.MACHINE_QUOTA)
    forest.number(forest.domain, Number.MACHINE_QUOTA, value)
    return forest.build()


POINT = "user_accounts_machineaccountquota"


def test_a_statement_decides_where_facts_cannot() -> None:
    verdict = judged(POINT, export(quota(None)), report(POINT, True))
    assert (verdict.state, verdict.failed_levels) == (PointState.FAILED, (4,))
    assert (verdict.stated_by, verdict.contradicted_by, verdict.missing) == ((1,), (), ())
    assert judged(POINT, export(quota(None)), report(POINT, False)).state is PointState.PASSED


def test_a_statement_alone_is_enough() -> None:
    verdict = judged("krbtgt", report("krbtgt", False))
    assert (verdict.state, verdict.stated_by, verdict.sources) == (PointState.PASSED, (0,), ())


@pytest.mark.parametrize(("value", "stated"), [(0, True), (10, False)])
def test_facts_win_over_a_statement_and_the_difference_shows(value: int, stated: bool) -> None:
    verdict = judged(POINT, export(quota(value)), report(POINT, stated))
    assert verdict.state is (PointState.FAILED if value else PointState.PASSED)
    assert (verdict.stated_by, verdict.contradicted_by) == ((), (1,))


def test_a_tool_that_could_not_tell_states_nothing() -> None:
    verdict = judged(POINT, export(quota(None)), report(POINT, None))
    assert (verdict.state, verdict.stated_by) == (PointState.CANNOT_TELL, ())


def test_the_most_recent_statement_is_taken_and_the_other_is_named() -> None:
    old, new = report(POINT, False, collected_on=AS_OF - 86_400), report(POINT, True)
    verdict = judged(POINT, new, old)
    assert (verdict.state, verdict.stated_by, verdict.contradicted_by) == (
        PointState.FAILED,
        (0,),
        (1,),
    )


def test_a_failure_without_a_level_fails_the_strictest_open_one_only() -> None:
    facts = without(Hospital().build(), Text.DS_HEURISTICS)
    verdict = judged("dsheuristics_bad", export(facts), report("dsheuristics_bad", True))
    assert (verdict.state, verdict.failed_levels) == (PointState.FAILED, (4,))
    assert verdict.undecided_levels == (1, 2)


def test_a_failure_at_a_named_level_closes_that_level() -> None:
    facts = without(Hospital().build(), Text.DS_HEURISTICS)
    verdict = judged("dsheuristics_bad", export(facts), report("dsheuristics_bad", True, (1,)))
    assert (verdict.failed_levels, verdict.undecided_levels) == ((1,), (2, 4))


def test_a_statement_never_raises_a_known_failure() -> None:
    forest = Hospital()
    facts = forest.build()
    numbers = dict(facts.numbers)
    level = numbers[Number.FUNCTIONAL_LEVEL].copy()
    level[forest.domain] = 3
    numbers[Number.FUNCTIONAL_LEVEL] = level
    verdict = judged(
        "functional_level",
        export(replace(facts, numbers=numbers)),
        report("functional_level", False),
    )
    assert verdict.failed_levels == (1, 3, 4)
    assert verdict.contradicted_by == (1,)
