"""What does this JSON file hold, alone or inside an archive?"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from hygie.connectors.exercise_formats.types import ExerciseLimits
from hygie.connectors.files.archive import check_archive, opened_archive
from hygie.connectors.files.opening import checked_size
from hygie.connectors.json_text.cursor import JsonCursor
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal

_ZIP = b"PK\x03\x04"


def json_objects(
    path: Path, *, file_name: str, limits: ExerciseLimits
) -> Iterator[tuple[str, dict[str, object]]]:
    """The JSON objects of a file: the file itself, or the members of an archive that are some.

    Args:
        path: JSON text, or a ZIP archive with JSON texts.
        file_name: name shown to the user.
        limits: bounds on the file.

    Returns:
        Name of the member, "" for a file alone, and its object; other JSON values are passed over.

    Raises:
        FileRefused: unreadable, dangerous, or no JSON.

    Cost: O(size).
    """
    checked_size(path, limits.files, file_name=file_name)
    with path.open("rb") as stream:
        if stream.read(4) != _ZIP:
            stream.seek(0)
            found = _object(stream, file_name, limits)
            if found is not None:
                yield "", found
            return
    # The copies of attachments in an archive of OpenAEV may be archives themselves.
    members = check_archive(path, limits.files, file_name=file_name, nested=True)
    for member in members:
        if member.lower().endswith(".json"):
            with opened_archive(path, limits.files, file_name=file_name) as archive:
                content = archive.read(member)
            found = _object(io.BytesIO(content), f"{file_name}/{member}", limits)
            if found is not None:
                yield member, found


def _object(stream: BinaryIO, file_name: str, limits: ExerciseLimits) -> dict[str, object] | None:
    cursor = JsonCursor(stream, file_name, limits.depth)
    content = cursor.value(limits.files.max_uncompressed_bytes)
    cursor.finish()
    try:
        decoded = msgspec.json.decode(content or b"null")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refusal(MessageCode.JSON_DAMAGED, file=file_name, offset=cursor.offset) from error
    return decoded if isinstance(decoded, dict) else None
