"""How do tests invent a hospital, put it through files, and ask for verdicts?"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from hygie.connectors.directory_exports.opening import open_export
from hygie.connectors.directory_exports.oradad_writer import write_oradad
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.invented.defects import DEFECTS
from hygie.engines.directory.invented.hospital import hospital_directory
from hygie.engines.directory.invented.types import Invented
from hygie.engines.directory.merge import merged
from hygie.engines.directory.points.decide import decide_all
from hygie.engines.directory.verdicts import PointState, PointVerdict
from tests.engines.directory.beside import export
from tests.engines.directory.days import AS_OF
from tests.engines.directory.judging import CATALOGUE

SEED = 20260930
SIZE = 5_000
FAILING = (PointState.FAILED, PointState.PARTIAL)
TOGETHER = tuple(key for key, defect in DEFECTS.items() if not defect.is_blinding)
"""Defects that touch objects of their own, hence can be planted in one forest."""
BLINDING = tuple(key for key, defect in DEFECTS.items() if defect.is_blinding)


def hospital(*defects: str, size: int = SIZE) -> Invented:
    """An invented hospital on the day of tests."""
    return hospital_directory(SEED, size, AS_OF, defects=defects)


def judged(facts: DirectoryFacts) -> dict[str, PointVerdict]:
    """Every verdict on facts."""
    nothing = np.zeros(len(facts), np.bool_)
    found = decide_all(merged([export(facts)]), CATALOGUE, AS_OF, nothing)
    return {verdict.point: verdict for verdict in found}


def through_oradad(facts: DirectoryFacts, folder: Path) -> DirectoryFacts:
    """The facts, written as tables and read."""
    write_oradad(facts, folder, collected_on=AS_OF)
    return _read(folder)


def through_sharphound(facts: DirectoryFacts, folder: Path) -> DirectoryFacts:
    """The facts, written as an archive of JSON files and read."""
    target = folder / "20260930000000_hospital.zip"
    write_sharphound(facts, target, collected_on=AS_OF)
    return _read(target)


def _read(path: Path) -> DirectoryFacts:
    (found,) = open_export(path).exports
    assert found.facts is not None
    return found.facts


def failed(verdicts: Mapping[str, PointVerdict]) -> dict[str, tuple[int, ...]]:
    """Levels that fail, by point that fails."""
    return {
        point: verdict.failed_levels for point, verdict in verdicts.items() if verdict.failed_levels
    }


def opened(verdicts: Mapping[str, PointVerdict]) -> set[str]:
    """Points that leave a level undecided."""
    return {point for point, verdict in verdicts.items() if verdict.undecided_levels}
