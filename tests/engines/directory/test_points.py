"""Is every control point decided right: when it holds, when it fails, when it cannot be told?"""

from dataclasses import replace

import numpy as np
import pytest

from hygie.engines.directory.catalogue import Nature
from hygie.engines.directory.facts import DirectoryFacts, EdgeTable
from hygie.engines.directory.level import level_of
from hygie.engines.directory.points.rules import Field, name_of
from hygie.engines.directory.points.table import RULES
from hygie.engines.directory.verdicts import PointState
from tests.engines.directory.faults import FAULTS
from tests.engines.directory.hospital import Hospital, identifier_of
from tests.engines.directory.judging import CATALOGUE, verdict_of, verdicts, without
from tests.engines.directory.planting import Fault

_FAILING = (PointState.FAILED, PointState.PARTIAL)
_SOUND = Hospital().build()
_ON_SOUND = verdicts(_SOUND)
_CASES = [
    pytest.param(point, fault, id=f"{point}-{place}")
    for point, faults in FAULTS.items()
    for place, fault in enumerate(faults)
]
_REMOVALS = [
    pytest.param(point, field, id=f"{point}-{name_of(field)}")
    for point, rule in RULES.items()
    for field in rule.fields
]


def spoiled(fault: Fault) -> DirectoryFacts:
    """The sound forest with one fault planted."""
    forest = Hospital()
    fault.spoil(forest)
    facts = forest.build()
    for source, kind, target in getattr(forest, "dropped", ()):
        edges = facts.edges
        kept = ~((edges.source == source) & (edges.kind == kind) & (edges.target == target))
        assert not kept.all()
        columns = (edges.source, edges.target, edges.kind, edges.flags)
        facts = replace(facts, edges=EdgeTable(*(column[kept] for column in columns)))
    return facts


def test_a_sound_forest_passes_every_point_and_holds_level_five() -> None:
    assert {verdict.state for verdict in _ON_SOUND.values()} == {PointState.PASSED}
    answer = level_of(_ON_SOUND.values(), CATALOGUE)
    assert (answer.at_best, answer.at_worst, answer.undecided) == (5, 5, ())


def test_every_point_of_the_catalogue_has_a_rule_a_fault_and_fields_to_take_away() -> None:
    points = {point.id for point in CATALOGUE.points}
    assert points == set(RULES) == set(FAULTS)
    assert {param.values[0] for param in _REMOVALS} == points


@pytest.mark.parametrize(("point", "fault"), _CASES)
def test_a_planted_fault_fails_its_point_at_its_levels(point: str, fault: Fault) -> None:
    facts = spoiled(fault)
    verdict = verdict_of(point, facts)
    assert verdict.failed_levels == fault.levels
    assert verdict.state in _FAILING
    assert not verdict.undecided_levels
    assert verdict.missing == ()
    guilty = {facts.identifiers[place] for place in verdict.objects}
    assert guilty.issuperset(map(identifier_of, fault.guilty))
    assert guilty
    assert verdict.sources == (0,)


@pytest.mark.parametrize(("point", "field"), _REMOVALS)
def test_a_fact_taken_away_leaves_its_point_open_and_never_passes_a_fault(
    point: str, field: Field
) -> None:
    """Taken from a sound forest or a faulty one, whichever it decides; never for the better.

    Of "enabled and without pre-authentication", the second alone settles that nobody is at fault,
    and both are needed to say that somebody is.
    """
    on_sound = verdict_of(point, without(_SOUND, field))
    on_faulty = verdict_of(point, without(spoiled(FAULTS[point][0]), field))
    assert PointState.CANNOT_TELL in (on_sound.state, on_faulty.state)
    assert on_sound.state in (PointState.PASSED, PointState.CANNOT_TELL)
    assert on_faulty.state in (*_FAILING, PointState.CANNOT_TELL)
    for verdict in (on_sound, on_faulty):
        assert bool(verdict.undecided_levels) == bool(verdict.missing)


@pytest.mark.parametrize("point", sorted(RULES))
def test_a_point_cannot_be_told_on_a_sound_forest_without_its_facts(point: str) -> None:
    facts = _SOUND
    for field in RULES[point].fields:
        facts = without(facts, field)
    verdict = verdict_of(point, facts)
    assert verdict.state is PointState.CANNOT_TELL
    assert verdict.undecided_levels
    assert set(verdict.missing)


@pytest.mark.parametrize("point", [point for point, rule in RULES.items() if rule.is_privileged])
def test_a_privileged_group_that_was_not_read_leaves_its_points_open(point: str) -> None:
    forest = Hospital()
    forest.flag(forest.builtin(548), _MEMBERS, value=False)
    assert verdict_of(point, forest.build()).state in (PointState.CANNOT_TELL, *_FAILING)


def test_no_fact_at_all_passes_no_point() -> None:
    empty = verdicts(_nothing())
    assert {verdict.state for verdict in empty.values()} == {PointState.CANNOT_TELL}
    answer = level_of(empty.values(), CATALOGUE)
    assert (answer.at_best, answer.at_worst) == (5, 1)
    assert set(answer.undecided) == {point.id for point in CATALOGUE.controls}


def test_names_decide_nothing() -> None:
    other = verdicts(Hospital(language="en").build())
    nameless = verdicts(replace(_SOUND, names=[""] * len(_SOUND)))
    for found in (other, nameless):
        assert {point: verdict.state for point, verdict in found.items()} == {
            point: verdict.state for point, verdict in _ON_SOUND.items()
        }


def test_warnings_and_informations_never_change_the_level() -> None:
    advisories = {point.id for point in CATALOGUE.points if point.nature is not Nature.CONTROL}
    assert len(advisories) >= 12
    failing = [
        replace(verdict, state=PointState.FAILED, failed_levels=(1,))
        if point in advisories
        else verdict
        for point, verdict in _ON_SOUND.items()
    ]
    assert level_of(failing, CATALOGUE).at_best == 5


_MEMBERS = next(field for field in RULES["group_loop"].fields)


def _nothing() -> DirectoryFacts:
    facts = replace(_SOUND, known=np.zeros_like(_SOUND.known), value=np.zeros_like(_SOUND.value))
    return replace(facts, trusts=(), numbers={}, texts={})
