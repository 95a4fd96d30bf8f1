"""What does a file say of an exercise, before anybody decides what to do with it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.messages import Report
from hygie.engines.exercise.types import ScenarioRecord


class ExerciseFormat(StrEnum):
    """Kinds of files that hold a scenario."""

    CHRONOGRAM = "chronogram"
    OPENAEV = "openaev"
    CEXF = "cexf"


EXERCISE_FILES = Limits(
    max_bytes=50 * MEGABYTE, max_uncompressed_bytes=200 * MEGABYTE, max_rows=20_000
)


@dataclass(frozen=True, slots=True)
class ExerciseLimits:
    """Bounds on the file of a scenario; each is far above the longest known exercise.

    Attributes:
        files: bounds on the file or archive.
        most_rows: injects, cells, objectives, variables, each.
        most_named: names in one cell of a sheet.
        depth: brackets inside brackets of a JSON text.
    """

    files: Limits = EXERCISE_FILES
    most_rows: int = 10_000
    most_named: int = 100
    depth: int = 40


EXERCISE_LIMITS = ExerciseLimits()

# Longest texts that an exercise keeps, characters.
LONGEST: Mapping[str, int] = {
    "key": 60,
    "title": 300,
    "sender": 200,
    "deliverable": 300,
    "option": 200,
    "attachment": 200,
    "cell_key": 40,
    "cell_name": 120,
    "objective_key": 40,
    "objective_title": 300,
    "requirement": 200,
    "competence": 200,
    "plan": 60,
    "scenario_title": 200,
}
MOST_POINTS = 32_767


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario read from a file, and all that was said while it was read.

    Attributes:
        kind: which reader read it.
        scenario: what it says; rows in error are not in it.
        report: messages; with an error in it, the scenario is not whole.
        rows: key of an inject → its row or rank in the file, 1-based.
        statuses: key of an inject → how far its preparation is, as written; a scenario has none.
        is_start_needed: rows were refused because they give a clock time and nobody said when the
            exercise starts.
        remainder: what the format holds and a scenario does not, for who writes the file again.
    """

    kind: ExerciseFormat
    scenario: ScenarioRecord
    report: Report
    rows: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    is_start_needed: bool = False
    remainder: Mapping[str, object] = field(default_factory=dict)
