"""Is each planted way to tier 0 found, by its shortest way, and closed by the advice given?"""

from pathlib import Path

import pytest

from hygie.engines.directory.audit import AuditResult, audit
from hygie.engines.directory.exposure import path_of
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.invented.planted_paths import PATHS
from hygie.engines.directory.invented.types import Invented
from tests.engines.directory.beside import export
from tests.engines.directory.days import AS_OF
from tests.engines.directory.invented.audits import hospital, through_sharphound
from tests.engines.directory.judging import CATALOGUE


def audited(facts: DirectoryFacts) -> AuditResult:
    return audit([export(facts)], as_of=AS_OF, catalogue=CATALOGUE)


def assert_found(found: Invented, result: AuditResult) -> None:
    at = {identifier: index for index, identifier in enumerate(result.facts.identifiers)}
    for key, path in found.paths.items():
        steps = path_of(result.exposure, at[path.source])
        assert tuple(step.kind for step in steps) == path.kinds, key
        assert all(result.exposure.distance[at[member]] > 0 for member in path.members), key
    assert result.exposure.exposed_users + result.exposure.exposed_computers > 0


@pytest.mark.parametrize("key", PATHS)
def test_a_planted_path_is_found_and_its_cut_is_proven(key: str) -> None:
    found = hospital(key)
    result = audited(found.facts)
    assert list(found.paths) == [key]
    assert_found(found, result)
    assert result.plan.is_proven
    assert result.plan.minimum


def test_all_paths_together_are_found_in_an_archive_too(tmp_path: Path) -> None:
    found = hospital(*PATHS)
    assert_found(found, audited(found.facts))
    assert_found(found, audited(through_sharphound(found.facts, tmp_path)))
