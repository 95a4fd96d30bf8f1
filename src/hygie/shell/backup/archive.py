"""How do files go into one archive, and come out of it without trusting it?"""

import contextlib
import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from hygie.shell.backup import manifest as manifests
from hygie.shell.backup.errors import (
    ArchiveAltered,
    ArchiveMemberRefused,
    ArchiveTooLarge,
    ArchiveUnreadable,
)
from hygie.shell.backup.manifest import Manifest, ManifestError, manifest_read

_CHUNK = 1024 * 1024
# Left free on the disk whatever an archive announces.
_RESERVE_BYTES = 256 * 1024 * 1024
_FOLDERS = ("database", "documents")
_FILES = ("secret.key", manifests.NAME)
# Evidence is mostly compressed already: a higher level costs minutes and saves little.
_LEVEL = 5


class ArchiveWriter:
    """A backup being written: files, then the manifest that names them all."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, list[object]] = {}

    def add(self, name: str, source: Path) -> None:
        """Add one file under a name; a file that has just vanished is left out."""
        try:
            file = source.open("rb")
        except FileNotFoundError:
            return
        with file:
            status = os.fstat(file.fileno())
            reader = _Hashing(file)
            self._tar.addfile(_information(name, status.st_size, status.st_mtime), reader)
        self.members[name] = [reader.digest.hexdigest(), status.st_size]

    def add_folder(self, name: str, source: Path) -> None:
        """Add every ordinary file below a folder."""
        for path in sorted(source.rglob("*")) if source.is_dir() else []:
            if path.is_file() and not path.is_symlink():
                self.add(f"{name}/{path.relative_to(source).as_posix()}", path)

    def close_with(self, manifest: Manifest) -> None:
        """Write the manifest, last: an archive that was cut has none."""
        content = manifest.text().encode()
        self._tar.addfile(_information(manifests.NAME, len(content), 0.0), io.BytesIO(content))


class _Hashing(io.RawIOBase):
    """Reads through, and keeps the SHA-256 of what went by."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Next bytes."""
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


@contextlib.contextmanager
def archive_writing(path: Path) -> Iterator[ArchiveWriter]:
    """Write an archive readable by its owner alone (it holds the secret), in place only if whole.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            tarfile.open(
                fileobj=raw, mode="w:gz", compresslevel=_LEVEL, format=tarfile.PAX_FORMAT
            ) as tar,
        ):
            yield ArchiveWriter(tar)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def archive_extract(path: Path, staging: Path) -> Manifest:
    """Lay an archive in an empty folder and check every byte against its manifest.

    Args:
        path: the archive.
        staging: existing empty folder, on the disk where the instance lives.

    Raises:
        ArchiveUnreadable: not a gzip tar, cut, or without a manifest of ours.
        ArchiveMemberRefused: a link, a device, a path outside, a name twice, an unknown place.
        ArchiveTooLarge: it would fill the disk.
        ArchiveAltered: a member differs from the manifest, is missing, or is not in it.
    """
    found: dict[str, list[object]] = {}
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            for member in tar:
                _check_member(path, member, found)
                found[member.name] = _lay(path, tar, member, staging)
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise ArchiveUnreadable(file=path, reason=error) from error
    try:
        manifest = manifest_read(staging / manifests.NAME)
    except ManifestError as error:
        raise ArchiveUnreadable(file=path, reason=error) from error
    del found[manifests.NAME]
    for name in sorted(found.keys() | manifest.members.keys()):
        if found.get(name) != manifest.members.get(name):
            raise ArchiveAltered(file=path, member=name)
    return manifest


def _check_member(path: Path, member: tarfile.TarInfo, seen: dict[str, list[object]]) -> None:
    parts = PurePosixPath(member.name).parts
    is_ours = len(parts) > 1 and parts[0] in _FOLDERS if len(parts) != 1 else parts[0] in _FILES
    is_plain = "/".join(parts) == member.name and not {"..", "."} & set(parts)
    if not (member.isreg() and is_ours and is_plain and member.name not in seen):
        raise ArchiveMemberRefused(file=path, member=member.name[:200])


def _lay(path: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, staging: Path) -> list[object]:
    """Write one member; returns its SHA-256 and size as read."""
    target = staging / member.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    content = tar.extractfile(member)
    if content is None or member.size > shutil.disk_usage(staging).free - _RESERVE_BYTES:
        raise ArchiveTooLarge(file=path, home=staging.parent)
    digest = hashlib.sha256()
    written = 0
    mode = 0o600 if member.name in _FILES else 0o640
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            written += len(chunk)
            file.write(chunk)
    return [digest.hexdigest(), written]


def _information(name: str, size: int, modified: float) -> tarfile.TarInfo:
    information = tarfile.TarInfo(name)
    information.size = size
    information.mtime = int(modified)
    information.mode = 0o640
    return information
