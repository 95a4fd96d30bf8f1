"""A whole audit: the same twice, on the public export as its twin says, and before and after."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest

from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.messages import Report
from hygie.engines.directory.audit import AuditResult, AuditSettings, Stage, audit, what_if
from hygie.engines.directory.compare import compared
from hygie.engines.directory.cuts import CutLimits
from hygie.engines.directory.exposure import exposed_accounts
from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts
from hygie.engines.directory.published import published_catalogue
from hygie.engines.directory.reference_paths import reference_answer
from hygie.engines.directory.vocabulary import EdgeKind, ExportKind
from hygie.engines.directory.what_if import changed_facts
from tests.engines.directory.forests import forest

DAY = published_catalogue().at(date(2026, 9, 1))
AS_OF = 1_709_668_800
FAST = AuditSettings(advice=CutLimits(steps=6))


def export_of(facts: DirectoryFacts) -> DirectoryExport:
    return DirectoryExport(ExportKind.SHARPHOUND, "drawn", "0" * 64, "", AS_OF, facts)


def drawn(seed: int) -> DirectoryFacts:
    return forest(Random(seed), relations=300)  # noqa: S311 - a game of dice


def audited(facts: DirectoryFacts, settings: AuditSettings = FAST) -> AuditResult:
    return audit([export_of(facts)], as_of=AS_OF, catalogue=DAY, settings=settings)


def said(result: AuditResult) -> dict[str, object]:
    return {
        "level": result.level,
        "states": [(verdict.point, verdict.state) for verdict in result.verdicts],
        "distance": result.exposure.distance.tolist(),
        "step": result.exposure.step.tolist(),
        "steps": [(step.change.key, step.exposed_users) for step in result.plan.steps],
        "minimum": [change.key for change in result.plan.minimum],
        "unknowns": dict(result.unknowns.counts),
        "counts": dict(result.counts),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_audit_says_the_same_twice_and_tells_its_stages_in_order(seed: int) -> None:
    stages: list[Stage] = []
    first = audit(
        [export_of(drawn(seed))], as_of=AS_OF, catalogue=DAY, settings=FAST, progress=stages.append
    )
    assert said(first) == said(audited(drawn(seed)))
    assert stages == list(Stage)


@pytest.mark.parametrize("seed", range(10, 20))
def test_what_if_says_what_an_audit_of_the_changed_facts_says(seed: int) -> None:
    facts = drawn(seed)
    before = audited(facts)
    keys = [step.change.key for step in before.plan.steps[:3]]
    answer = what_if(before, [*keys, "leave:nobody:nothing"], as_of=AS_OF, catalogue=DAY)
    assert answer.unknown == ("leave:nobody:nothing",)
    assert answer.made == tuple(keys)
    inside = before.tier_zero.inside[: before.objects]
    again = audited(changed_facts(before.merged.facts, keys, inside).facts)
    assert answer.after.level == again.level
    assert [v.state for v in answer.after.verdicts] == [v.state for v in again.verdicts]
    np.testing.assert_array_equal(answer.after.exposure.distance, again.exposure.distance)
    assert answer.after.exposure.exposed_users == again.exposure.exposed_users
    assert answer.before.level == before.level


def test_two_audits_are_compared_by_identifier() -> None:
    facts = next(facts for facts in map(drawn, range(50)) if audited(facts).plan.minimum)
    before = audited(facts)
    keys = [change.key for change in before.plan.minimum]
    inside = before.tier_zero.inside[: before.objects]
    later = audited(changed_facts(before.merged.facts, keys, inside).facts)
    answer = compared(before, later)
    assert answer.exposed.new == answer.exposed.persistent == ()
    names = before.facts.identifiers
    exposed = exposed_accounts(before.exposure, before.facts).nonzero()[0]
    assert answer.exposed.fixed == tuple(sorted(names[index] for index in exposed))
    back = compared(later, before)
    assert back.exposed.new == answer.exposed.fixed
    same = compared(before, before)
    assert same.points.new == same.points.fixed == same.exposed.new == same.undecided == ()


def test_a_point_that_is_no_longer_decided_is_not_fixed() -> None:
    before = audited(drawn(4))
    nothing = DirectoryExport(ExportKind.SHARPHOUND, "empty", "1" * 64, "", AS_OF, None)
    after = audit([nothing], as_of=AS_OF, catalogue=DAY, settings=FAST)
    failing = {verdict.point for verdict in before.verdicts if verdict.failed_levels}
    answer = compared(before, after)
    assert answer.points.fixed == ()
    assert failing <= set(answer.undecided)


def test_an_audit_of_nothing_answers() -> None:
    result = audit([], as_of=AS_OF, catalogue=DAY)
    assert result.objects == result.exposure.users == 0
    assert result.plan.steps == ()
    assert not result.level.is_decided


@pytest.mark.real_data
def test_the_public_export_is_audited_as_the_obvious_twin_says(real_data: Path) -> None:
    path = real_data / "directory" / "phantom_sharphound_v6.zip"
    export = read_sharphound(path, Report())
    settings = replace(FAST, advice=CutLimits(steps=3))
    result = audit([export], as_of=AS_OF, catalogue=DAY, settings=settings)
    expected = reference_answer(result.merged.facts)
    names, edges = result.facts.identifiers, result.exposure.edges
    found = {
        (names[s], EdgeKind(k), names[t])
        for s, t, k in zip(
            edges.source.tolist(), edges.target.tolist(), edges.kind.tolist(), strict=True
        )
    }
    claimed = {
        edge for edge in found - expected.edges if edge[1] == EdgeKind.CLAIM_SPECIAL_IDENTITY
    }
    assert found - claimed == expected.edges
    inside = result.tier_zero.inside[: result.objects].nonzero()[0]
    assert {names[index] for index in inside} == expected.tier_zero
    exposed = exposed_accounts(result.exposure, result.facts).nonzero()[0]
    assert {names[i] for i in exposed} == expected.exposed_users | expected.exposed_computers
    assert len(expected.tier_zero) == 141
    assert (result.exposure.users, len(expected.exposed_users)) == (45, 27)
    assert (result.exposure.computers, len(expected.exposed_computers)) == (26, 20)
    assert result.exposure.any_user_exposed
    assert result.plan.is_proven
    assert result.level.at_best == 1
