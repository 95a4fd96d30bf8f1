"""Which exercise does a file in the Common Exercise Format (CEXF) hold?"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import msgspec

from hygie.connectors.exercise_formats.cexf_injects import CexfReader
from hygie.connectors.exercise_formats.chronogram import language_of
from hygie.connectors.exercise_formats.durations import FARTHEST
from hygie.connectors.exercise_formats.json_file import json_objects
from hygie.connectors.exercise_formats.types import (
    EXERCISE_LIMITS,
    LONGEST,
    ExerciseFormat,
    ExerciseLimits,
    ScenarioFile,
)
from hygie.connectors.exercise_formats.words import LEVEL_WORDS, value_of
from hygie.connectors.inventories.loose import Record, number_at, record_of, records_of, text_at
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.engines.exercise.types import CellRecord, InjectRecord, ObjectiveRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import Level, Play

PARTS = ("exercise", "inject_flow", "inject_payloads", "injects")
# Where our fields that the format has no place for travel: its meta-data are free.
OURS = "hygie"


_Title = Annotated[str, msgspec.Meta(max_length=LONGEST["scenario_title"])]
_Language = Annotated[str, msgspec.Meta(max_length=2)]
_Duration = Annotated[int, msgspec.Meta(ge=0, le=FARTHEST)]
_Instant = Annotated[str, msgspec.Meta(max_length=40)]


class ScenarioFields(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Fields of a scenario that differ from what the format says."""

    title: _Title | msgspec.UnsetType = msgspec.UNSET
    summary: str | msgspec.UnsetType = msgspec.UNSET
    language: _Language | msgspec.UnsetType = msgspec.UNSET
    level: Level | msgspec.UnsetType = msgspec.UNSET
    play: Play | msgspec.UnsetType = msgspec.UNSET
    duration_s: _Duration | msgspec.UnsetType = msgspec.UNSET
    simulated_start: _Instant | msgspec.UnsetType = msgspec.UNSET
    cells: tuple[CellRecord, ...] | msgspec.UnsetType = msgspec.UNSET
    objectives: tuple[ObjectiveRecord, ...] | msgspec.UnsetType = msgspec.UNSET
    variables: dict[str, str] | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        """Refuse names longer than what an exercise keeps."""
        cells = () if isinstance(self.cells, msgspec.UnsetType) else self.cells
        objectives = () if isinstance(self.objectives, msgspec.UnsetType) else self.objectives
        texts = [
            *((cell.key, "cell_key") for cell in cells),
            *((cell.name, "cell_name") for cell in cells),
            *((one.key, "objective_key") for one in objectives),
            *((one.title, "objective_title") for one in objectives),
            *((one.requirement, "requirement") for one in objectives),
            *((one.competence, "competence") for one in objectives),
            *((one.plan, "plan") for one in objectives),
        ]
        for text, what in texts:
            if len(text) > LONGEST[what]:
                raise ValueError(f"{what}: more than {LONGEST[what]} characters")


def read_cexf(
    path: Path, *, file_name: str = "", limits: ExerciseLimits = EXERCISE_LIMITS
) -> ScenarioFile:
    """Read an exercise in the Common Exercise Format.

    Args:
        path: its JSON text, or a ZIP archive that holds it.
        file_name: name shown to the user.
        limits: bounds on the file.

    Returns:
        The scenario: evaluations as expected reaction and points, requirements and sequence as
        conditions. `remainder` holds the document, for `write_cexf` to give back all that a
        scenario has no place for.

    Raises:
        FileRefused: unreadable, dangerous, or not in this format.

    Cost: O(size).
    Source: https://github.com/MISP/cexf/blob/main/format-description.md
    """
    name = file_name or path.name
    report = Report(name)
    for _member, document in json_objects(path, file_name=name, limits=limits):
        if isinstance(document.get("exercise"), dict) and isinstance(document.get("injects"), list):
            break
    else:
        raise refusal(MessageCode.EXERCISE_NOT_KNOWN, file=name, accepted="CEXF")
    if len(list(records_of(document["injects"]))) > limits.most_rows:
        raise refusal(MessageCode.EXERCISE_TOO_LARGE, file=name, limit=limits.most_rows)
    scenario, rows = scenario_of(document, report)
    if not scenario.injects:
        report.error(MessageCode.EXERCISE_NO_INJECT)
    if "name" not in record_of(document["exercise"]):
        scenario = replace(scenario, title=Path(name).stem[: LONGEST["scenario_title"]])
    report.info(
        MessageCode.EXERCISE_KEPT_ASIDE,
        parts=", ".join(part for part in PARTS if document.get(part)),
    )
    return ScenarioFile(
        ExerciseFormat.CEXF, scenario, report, rows=rows, remainder={"cexf": document}
    )


def scenario_of(
    document: Record, report: Report, *, native_only: bool = False
) -> tuple[ScenarioRecord, dict[str, int]]:
    """The scenario that a document says.

    Args:
        document: decoded, with an "exercise" and "injects".
        report: gets the messages.
        native_only: leave aside the fields that we added to it ourselves, but keys.

    Returns:
        The scenario, and key → rank of each inject.
    """
    about = record_of(document.get("exercise"))
    meta = record_of(about.get("meta"))
    ours = record_of(meta.get(OURS))
    reader = CexfReader(document, report, record_of(ours.get("injects")))
    injects = reader.injects(native_only=native_only)
    said = text_at(about, "description") or text_at(about, "expanded")
    scenario = ScenarioRecord(
        title=text_at(about, "name")[: LONGEST["scenario_title"]],
        summary=said,
        language=language_of(injects),
        level=value_of(text_at(meta, "level"), LEVEL_WORDS) or Level.BEGINNER,
        duration_s=_duration(about, injects),
        injects=tuple(injects),
    )
    told = None if native_only else _fields(ours.get("scenario"), report)
    return _with(scenario, told), reader.rows


def _duration(about: Record, injects: list[InjectRecord]) -> int:
    told = number_at(about, "total_duration")
    if told is not None and 0 <= told <= FARTHEST:
        return told
    return max((inject.offset_s for inject in injects), default=0)


def _fields(told: object, report: Report) -> ScenarioFields | None:
    if told is None:
        return None
    try:
        return msgspec.convert(told, ScenarioFields)
    except msgspec.ValidationError as error:
        report.warning(
            MessageCode.EXERCISE_VALUE_IGNORED, field=f"exercise.meta.{OURS}", value=str(error)
        )
        return None


def _with(scenario: ScenarioRecord, told: ScenarioFields | None) -> ScenarioRecord:
    if told is None:
        return scenario
    changed: Mapping[str, object] = {
        name: value
        for name in ScenarioFields.__struct_fields__
        if (value := getattr(told, name)) is not msgspec.UNSET
    }
    return replace(scenario, **changed)  # type: ignore[arg-type]  # the same names and types
