"""Which exercise does this file hold, whatever its format?"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from hygie.connectors.exercise_formats.cexf import read_cexf
from hygie.connectors.exercise_formats.chronogram import read_chronogram
from hygie.connectors.exercise_formats.json_file import json_objects
from hygie.connectors.exercise_formats.openaev import read_openaev
from hygie.connectors.exercise_formats.types import (
    EXERCISE_LIMITS,
    ExerciseFormat,
    ExerciseLimits,
    ScenarioFile,
)
from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.sniff import FileType, sniff
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal

ACCEPTED = "Excel, OpenDocument, CSV, OpenAEV, CEXF"


def recognise_exercise(
    path: Path, *, file_name: str = "", limits: ExerciseLimits = EXERCISE_LIMITS
) -> ExerciseFormat:
    """Tell the format of a file by its content.

    Args:
        path: the file.
        file_name: name shown to the user.
        limits: bounds on the file.

    Returns:
        The format.

    Raises:
        FileRefused: unreadable, dangerous, or no exercise.
    """
    name = file_name or path.name
    checked_size(path, limits.files, file_name=name)
    with path.open("rb") as stream:
        # A damaged JSON text is still one: it must not be told that it has no titles.
        is_json = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    if not is_json and sniff(path) not in {FileType.JSON, FileType.ZIP}:
        return ExerciseFormat.CHRONOGRAM
    for _member, document in json_objects(path, file_name=name, limits=limits):
        if "scenario_information" in document or "exercise_information" in document:
            return ExerciseFormat.OPENAEV
        if "exercise" in document and "injects" in document:
            return ExerciseFormat.CEXF
    raise refusal(MessageCode.EXERCISE_NOT_KNOWN, file=name, accepted=ACCEPTED)


def read_exercise(
    path: Path,
    *,
    start: dt.datetime | None = None,
    file_name: str = "",
    limits: ExerciseLimits = EXERCISE_LIMITS,
) -> ScenarioFile:
    """Read a scenario in any known format; see each reader."""
    found = recognise_exercise(path, file_name=file_name, limits=limits)
    if found is ExerciseFormat.CHRONOGRAM:
        return read_chronogram(path, start=start, file_name=file_name, limits=limits)
    readers: dict[ExerciseFormat, Callable[..., ScenarioFile]] = {
        ExerciseFormat.OPENAEV: read_openaev,
        ExerciseFormat.CEXF: read_cexf,
    }
    return readers[found](path, file_name=file_name, limits=limits)
