"""Which exercise does this file hold, whatever its format?"""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

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
from hygie.connectors.files.archive import ZIP_ERRORS
from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.sniff import FileType, sniff
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal

ACCEPTED = "Excel, OpenDocument, CSV, OpenAEV, CEXF"
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_HEAD = 400_000
_OPENAEV_WORDS = (b'"export_version"', b'"scenario_information"', b'"exercise_information"')


def likely_format(stream: BinaryIO) -> ExerciseFormat:
    """Tell which reader a file is for by its beginning alone, before it is stored.

    Args:
        stream: of bytes, seekable; left at its beginning.

    Returns:
        The format that its content looks like, whatever its name; a sheet when nothing tells.

    Cost: O(1).
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        head = _json_head(stream)
    stream.seek(0)
    if not head.lstrip(_BLANKS).startswith(b"{"):
        return ExerciseFormat.CHRONOGRAM
    is_openaev = any(word in head for word in _OPENAEV_WORDS)
    return ExerciseFormat.OPENAEV if is_openaev else ExerciseFormat.CEXF


def _json_head(stream: BinaryIO) -> bytes:
    """The beginning of the JSON texts of an archive; empty for a workbook and for none."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names or "mimetype" in names:
                return b""
            heads = []
            for name in [one for one in names if one.lower().endswith(".json")][:20]:
                with archive.open(name) as member:
                    heads.append(member.read(_HEAD))
    except (*ZIP_ERRORS, RuntimeError):
        # Damaged or locked: a reader of archives says so, one of sheets would not.
        return b'{"export_version"'
    told = [one for one in heads if any(word in one for word in _OPENAEV_WORDS)]
    return (told or heads or [b'{"export_version"'])[0]


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
        is_json = stream.read(64).lstrip(_BLANKS).startswith(b"{")
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
