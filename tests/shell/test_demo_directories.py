"""Do the directories of the demonstration show a level that rises, paths cut, and one all told?"""

import datetime as dt
from pathlib import Path

import pytest

from hygie.connectors.directory_exports.opening import open_export
from hygie.engines.directory.audit import AuditResult, audit
from hygie.engines.directory.compare import compared
from hygie.engines.directory.published import published_catalogue
from hygie.engines.directory.vocabulary import ExportKind
from hygie.shell.demo.directories import DirectoryFile, directories_write

TODAY = dt.date(2026, 9, 30)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[DirectoryFile, ...]:
    return directories_write(tmp_path_factory.mktemp("demo"), TODAY, 2026)


def audited(path: Path) -> AuditResult:
    exports = open_export(path).exports
    day = dt.datetime.fromtimestamp(exports[0].collected_on, dt.UTC).date()
    return audit(exports, as_of=exports[0].collected_on, catalogue=published_catalogue().at(day))


def test_a_forest_seen_twice_has_mended_most_of_its_paths(files: tuple[DirectoryFile, ...]) -> None:
    before, after = audited(files[0].path), audited(files[1].path)
    assert [one.entity for one in files] == [0, 0, 1]
    assert (before.level.at_best, after.level.at_best) == (1, 2)
    assert before.level.holding != after.level.holding
    assert before.exposure.any_user_exposed
    assert not after.exposure.any_user_exposed
    assert 0 < after.exposure.exposed_users < before.exposure.exposed_users / 10
    assert after.plan.is_proven
    change = compared(before, after)
    assert change.points.fixed
    assert change.points.new
    assert change.points.persistent


def test_the_directory_of_a_member_is_told_to_the_last_point(
    files: tuple[DirectoryFile, ...],
) -> None:
    (export,) = open_export(files[2].path).exports
    assert export.kind is ExportKind.ORADAD
    result = audited(files[2].path)
    assert result.level.is_decided
    assert result.level.at_best == 3
    # Tables of ORADAD tell nothing of sessions: paths through hosts are not known.
    assert result.exposure.unknown_hosts == result.exposure.hosts > 0
