"""Which JSON files make this export, and when was it collected?"""

import datetime as dt
import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.files.archive import ZIP_ERRORS, opened_archive
from hygie.connectors.files.digest import sha256_of
from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.text_kind import decoded_head
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, ReadingCancelled, refusal
from hygie.engines.directory.facts import UNKNOWN

_HEAD = 4_096
_STAMP = re.compile(r"(?<!\d)(20\d{12})(?!\d)")
_ARCHIVE_STARTS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
_FIRST_YEAR = 2010


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an export: its name, as shown; its size, bytes; how to open it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Members:
    """The files of one export.

    Attributes:
        members: in the order of their names.
        digest: SHA-256 of the file; of the names and digests of the files for a folder.
        collected_on: seconds since 1970 as the names of the files say it, else as the archive
            does; `UNKNOWN`.
    """

    members: tuple[Member, ...]
    digest: str
    collected_on: int


class Watched:
    """A stream that tells how far it is, and stops when asked to."""

    def __init__(
        self, stream: BinaryIO, told: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> None:
        self._stream = stream
        self._told = told
        self._cancelled = cancelled

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        if self._cancelled():
            raise ReadingCancelled
        piece = self._stream.read(size)
        self._told(len(piece))
        return piece


@contextmanager
def opened_members(path: Path, name: str, limits: ExportLimits) -> Iterator[Members]:
    """Open an export: an archive, a folder, or a single file.

    Args:
        path: where it lies. name: as shown to the user.
        limits: bounds on files and archives.

    Returns:
        Its members, for a `with` block.

    Raises:
        FileRefused: missing, too large, or an unsafe archive; archives inside are refused.
    """
    if path.is_dir():
        yield _folder(path, name, limits)
    elif zipfile.is_zipfile(path):
        with opened_archive(path, limits.files, file_name=name) as archive:
            yield _archive(archive, path, name)
    else:
        size = checked_size(path, limits.files, file_name=name)
        with path.open("rb") as stream:
            if stream.read(2) == b"PK":
                raise refusal(MessageCode.FILE_DAMAGED, file=name, part="")
        member = Member(name, size, lambda: path.open("rb"))
        yield Members((member,), sha256_of(path), _stamp_of([name]))


def is_json_object(member: Member) -> bool:
    """Whether a member begins like a JSON object.

    Raises:
        FileRefused: it is an archive.
    """
    try:
        with member.open() as stream:
            head = stream.read(_HEAD)
    except FileRefused:
        raise
    except ZIP_ERRORS as error:
        raise refusal(MessageCode.FILE_DAMAGED, file=member.name, part="") from error
    if head.startswith(_ARCHIVE_STARTS):
        raise refusal(MessageCode.ARCHIVE_NESTED, file=member.name, member=member.name)
    text = decoded_head(head, whole=len(head) < _HEAD) or ""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def files_under(folder: Path, suffix: str, limits: ExportLimits, name: str) -> list[Path]:
    """The files of a folder with this suffix, links aside, sorted by their names.

    Raises:
        FileRefused: more files than allowed.
    """
    found: list[Path] = []
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in files:
            path = Path(here, file)
            if path.suffix.lower() == suffix and path.is_file() and not path.is_symlink():
                found.append(path)
        if len(found) > limits.files.max_members:
            raise refusal(
                MessageCode.ARCHIVE_TOO_MANY_MEMBERS,
                file=name,
                count=len(found),
                limit=limits.files.max_members,
            )
    return sorted(found)


def _folder(path: Path, name: str, limits: ExportLimits) -> Members:
    members: list[Member] = []
    digest = hashlib.sha256()
    total = 0
    for file in files_under(path, ".json", limits, name):
        shown = file.relative_to(path).as_posix()
        size = checked_size(file, limits.files, file_name=f"{name}/{shown}")
        total += size
        digest.update(f"{shown}\0{sha256_of(file)}\0".encode())
        members.append(Member(f"{name}/{shown}", size, _opener(file)))
    if total > limits.files.max_uncompressed_bytes:
        limit = limits.files.max_uncompressed_bytes
        raise refusal(MessageCode.ARCHIVE_TOO_LARGE, file=name, size=total, limit=limit)
    return Members(
        tuple(members), digest.hexdigest(), _stamp_of([name, *(one.name for one in members)])
    )


def _opener(file: Path) -> Callable[[], BinaryIO]:
    return lambda: file.open("rb")


def _archive(archive: zipfile.ZipFile, path: Path, name: str) -> Members:
    infos = sorted(
        (info for info in archive.infolist() if not info.is_dir()), key=lambda one: one.filename
    )
    members = tuple(
        Member(f"{name}/{info.filename}", info.file_size, _member_opener(archive, info))
        for info in infos
    )
    stamp = _stamp_of([name, *(info.filename for info in infos)])
    if stamp == UNKNOWN:
        stamp = max((_seconds(info.date_time) for info in infos), default=UNKNOWN)
    return Members(members, sha256_of(path), stamp)


def _member_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(info)  # type: ignore[return-value] # the same, without fileno


def _stamp_of(names: list[str]) -> int:
    """The latest instant written in names (`20240305110018_users.json`), taken as UTC."""
    latest = UNKNOWN
    for name in names:
        for digits in _STAMP.findall(name):
            pairs = [int(digits[at : at + 2]) for at in range(4, 14, 2)]
            latest = max(latest, _seconds((int(digits[:4]), *pairs)))
    return latest


def _seconds(parts: tuple[int, ...]) -> int:
    if parts[0] < _FIRST_YEAR:
        return UNKNOWN
    try:
        return int(dt.datetime(*parts, tzinfo=dt.UTC).timestamp())  # type: ignore[arg-type,misc]
    except ValueError:
        return UNKNOWN
