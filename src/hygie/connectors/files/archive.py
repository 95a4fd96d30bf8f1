"""Can this ZIP archive be opened without danger?"""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hygie.connectors.files.limits import DEFAULT_LIMITS, Limits
from hygie.connectors.files.opening import checked_size
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, refusal

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR64 = b"PK\x06\x07"
_LOCATOR64_SIZE = 20
_LONGEST_COMMENT = 65_535
_ENTRY_FIXED = 46
_ENTRY_EXTRA = 512
_CHUNK = 64 * 1024
_DRIVE = re.compile(r"^[A-Za-z]:")
_XML_PARTS = (".xml", ".rels", ".rdf")
# A document type stands before the first element; it may be written on two bytes a letter.
_DOCTYPE = re.compile(
    rb"<!DOCTYPE|<\x00!\x00D\x00O\x00C\x00T\x00|\x00<\x00!\x00D\x00O\x00C\x00T", re.IGNORECASE
)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ARCHIVE_STARTS = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ",
)
# What zipfile and zlib let out on damaged or hostile archives.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    UnicodeError,
)


def check_archive(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, file_name: str = "", nested: bool = False
) -> tuple[str, ...]:
    """Check a ZIP archive by its directory, then by decompressing all of it, piece by piece.

    Args:
        path: the archive.
        limits: sizes, ratio, number and names of members.
        file_name: name shown to the user.
        nested: whether archives are allowed inside (office files: embedded objects).

    Returns:
        Paths of the members that are files, in the order of the directory.

    Raises:
        FileRefused: the first danger met. Nothing is ever written on disk.

    Cost: O(decompressed size), 64 KiB of memory beside the directory.
    """
    name = file_name or path.name
    with opened_archive(path, limits, file_name=name) as archive:
        total = 0
        for member in archive.infolist():
            if member.is_dir():
                continue
            total += _decompressed_size(archive, member, limits, name, total, nested)
        return tuple(member.filename for member in archive.infolist() if not member.is_dir())


@contextmanager
def opened_archive(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, file_name: str = ""
) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive whose directory has been checked; its data have not been read yet.

    Args:
        path: the archive.
        limits: sizes, ratio, number and names of members.
        file_name: name shown to the user.

    Returns:
        The archive, for a `with` block; errors of zipfile inside the block become a refusal.

    Raises:
        FileRefused: unsafe directory, or unreadable archive.
    """
    name = file_name or path.name
    size = checked_size(path, limits, file_name=name)
    try:
        with path.open("rb") as stream:
            check_directory_size(stream, size, limits, file_name=name)
            with zipfile.ZipFile(stream) as archive:
                _check_members(archive, limits, name)
                yield archive
    except FileRefused:
        raise
    except ZIP_ERRORS as error:
        raise refusal(MessageCode.FILE_DAMAGED, file=name, part="") from error


def check_directory_size(
    stream: BinaryIO, size: int, limits: Limits, *, file_name: str = ""
) -> None:
    """Bound the directory of an archive before zipfile loads it whole, whatever it claims.

    Args:
        stream: the archive, seekable; left at its beginning.
        size: length of the stream, bytes.
        limits: number of members and length of their names.
        file_name: name shown to the user.

    Raises:
        FileRefused: no end of directory, or a directory too long for the members allowed.

    Source: PKWARE APPNOTE 6.3.10, §4.3.14 to §4.3.16.
    """
    tail_size = min(size, _END_SIZE + _LONGEST_COMMENT + _LOCATOR64_SIZE)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise refusal(MessageCode.FILE_DAMAGED, file=file_name, part="")
    count, directory = struct.unpack("<HL", tail[end + 10 : end + 16])
    locator = tail[max(0, end - _LOCATOR64_SIZE) : end]
    if locator.startswith(_LOCATOR64):
        stream.seek(struct.unpack("<Q", locator[8:16])[0])
        record = stream.read(56)
        count, directory = struct.unpack("<QQ", record[32:48])
    largest = limits.max_members * (_ENTRY_FIXED + 4 * limits.max_member_name + _ENTRY_EXTRA)
    if count > limits.max_members or directory > largest:
        seen = max(count, limits.max_members + 1)
        raise refusal(
            MessageCode.ARCHIVE_TOO_MANY_MEMBERS,
            file=file_name,
            count=seen,
            limit=limits.max_members,
        )
    stream.seek(0)


def _check_members(archive: zipfile.ZipFile, limits: Limits, name: str) -> None:
    members = archive.infolist()
    if len(members) > limits.max_members:
        raise refusal(
            MessageCode.ARCHIVE_TOO_MANY_MEMBERS,
            file=name,
            count=len(members),
            limit=limits.max_members,
        )
    seen: set[str] = set()
    for member in members:
        _check_name(member, limits, name)
        key = unicodedata.normalize("NFKC", member.filename).casefold()
        if key in seen:
            raise refusal(MessageCode.ARCHIVE_DUPLICATE, file=name, member=member.filename)
        seen.add(key)
        _check_kind(member, limits, name)
    declared = sum(member.file_size for member in members)
    if declared > limits.max_uncompressed_bytes:
        raise refusal(
            MessageCode.ARCHIVE_TOO_LARGE,
            file=name,
            size=declared,
            limit=limits.max_uncompressed_bytes,
        )
    _check_overlaps(members, name)


def _check_name(member: zipfile.ZipInfo, limits: Limits, name: str) -> None:
    path = member.orig_filename
    if len(path) > limits.max_member_name:
        raise refusal(
            MessageCode.ARCHIVE_NAME_TOO_LONG,
            file=name,
            length=len(path),
            limit=limits.max_member_name,
        )
    parts = path.replace("\\", "/").split("/")
    unsafe = path.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(path)
    if unsafe or not path or any(ord(letter) < 32 for letter in path):
        raise refusal(MessageCode.ARCHIVE_UNSAFE_PATH, file=name, member=path)


def _check_kind(member: zipfile.ZipInfo, limits: Limits, name: str) -> None:
    path = member.filename
    if member.flag_bits & 0x1:
        raise refusal(MessageCode.ARCHIVE_ENCRYPTED, file=name, member=path)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise refusal(MessageCode.ARCHIVE_SYMLINK, file=name, member=path)
    if member.compress_type not in _METHODS:
        raise refusal(MessageCode.ARCHIVE_METHOD, file=name, member=path)
    _check_ratio(path, member.file_size, member.compress_size, limits, name)


def _check_ratio(path: str, size: int, compressed: int, limits: Limits, name: str) -> None:
    if size <= limits.ratio_floor_bytes or size <= compressed * limits.max_ratio:
        return
    ratio = size // max(1, compressed)
    raise refusal(
        MessageCode.ARCHIVE_RATIO, file=name, member=path, ratio=ratio, limit=limits.max_ratio
    )


def _check_overlaps(members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse members that share their bytes: the trick of the densest known bombs."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise refusal(MessageCode.ARCHIVE_OVERLAP, file=name, member=member.filename)
        end = member.header_offset + 30 + member.compress_size


def _decompressed_size(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    limits: Limits,
    name: str,
    before: int,
    nested: bool,
) -> int:
    """Decompress one member without keeping it: the directory may lie about its size."""
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if not size and not nested and chunk.startswith(_ARCHIVE_STARTS):
                raise refusal(MessageCode.ARCHIVE_NESTED, file=name, member=member.filename)
            if not size and nested and _declares_a_type(member.filename, chunk):
                raise refusal(MessageCode.FILE_DOCTYPE, file=name, part=member.filename)
            size += len(chunk)
            if before + size > limits.max_uncompressed_bytes:
                raise refusal(
                    MessageCode.ARCHIVE_TOO_LARGE,
                    file=name,
                    size=before + size,
                    limit=limits.max_uncompressed_bytes,
                )
    _check_ratio(member.filename, size, member.compress_size, limits, name)
    return size


def _declares_a_type(path: str, beginning: bytes) -> bool:
    """Whether a part of an office file may declare entities: no office program writes any."""
    return path.lower().endswith(_XML_PARTS) and bool(_DOCTYPE.search(beginning))
