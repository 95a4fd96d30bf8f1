"""Which files does an ORADAD capture hold, in a folder or in a ZIP archive?"""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from hygie.connectors.files.archive import opened_archive
from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal

TABLES = "tables.tsv"
_SEALED = (".mla", ".oradad")


@dataclass(frozen=True, slots=True)
class TreeFile:
    """One file: its path as shown (`/` between names), how to reach it, its size in bytes."""

    path: str
    size: int
    member: zipfile.ZipInfo | Path


@dataclass(slots=True)
class Tree:
    """The files of an export, by path in lower case; nothing outside them is ever opened."""

    name: str
    files: dict[str, TreeFile]
    archive: zipfile.ZipFile | None = None

    def find(self, path: str) -> TreeFile | None:
        """A file by its path, whatever its case and its separators."""
        return self.files.get(path.replace("\\", "/").strip("/").lower())

    def open(self, file: TreeFile) -> BinaryIO:
        """Open a file of the tree, decompressed."""
        if isinstance(file.member, Path):
            return file.member.open("rb")
        assert self.archive is not None  # noqa: S101 - members come from an archive
        return cast(BinaryIO, self.archive.open(file.member))

    def captures(self) -> list[str]:
        """Folders, as prefixes of paths, that hold one capture each.

        Raises:
            FileRefused: no list of tables anywhere; the archive sealed for ANSSI is told apart.
        """
        found = [
            file.path[: -len(TABLES)]
            for key, file in sorted(self.files.items())
            if key.rpartition("/")[2] == TABLES
        ]
        if found:
            return found
        sealed = next((f.path for key, f in self.files.items() if key.endswith(_SEALED)), "")
        if sealed:
            raise refusal(MessageCode.ORADAD_SEALED, file=self.name, part=sealed)
        raise refusal(MessageCode.ORADAD_NO_TABLES, file=self.name)


@contextmanager
def opened_tree(root: Path, limits: Limits, *, file_name: str = "") -> Iterator[Tree]:
    """Open an export for a `with` block.

    Links are not followed: a folder that was copied has none.

    Args:
        root: the folder, or a ZIP archive of it.
        limits: number of files, sizes.
        file_name: name shown to the user.

    Raises:
        FileRefused: missing, unsafe archive, or too many files.
    """
    name = file_name or root.name
    if root.is_dir():
        yield Tree(name, _folder_files(root, limits, name))
        return
    with root.open("rb") if root.is_file() else _missing(name) as stream:
        head = stream.read(8)
    if root.suffix.lower() in _SEALED or head.startswith(b"MLA"):
        raise refusal(MessageCode.ORADAD_SEALED, file=name, part=name)
    if not head.startswith(b"PK"):
        raise refusal(MessageCode.ORADAD_NO_TABLES, file=name)
    with opened_archive(root, limits, file_name=name) as archive:
        files = {
            member.filename.replace("\\", "/").lower(): TreeFile(
                member.filename.replace("\\", "/"), member.file_size, member
            )
            for member in archive.infolist()
            if not member.is_dir()
        }
        yield Tree(name, files, archive)


def _missing(name: str) -> BinaryIO:
    raise refusal(MessageCode.FILE_MISSING, file=name)


def _folder_files(root: Path, limits: Limits, name: str) -> dict[str, TreeFile]:
    files: dict[str, TreeFile] = {}
    total = 0
    for folder, _folders, names in os.walk(root, followlinks=False):
        for one in names:
            path = Path(folder, one)
            if path.is_symlink() or not path.is_file():
                continue
            shown, size = path.relative_to(root).as_posix(), path.stat().st_size
            files[shown.lower()] = TreeFile(shown, size, path)
            total += size
        if len(files) > limits.max_members:
            raise refusal(
                MessageCode.ARCHIVE_TOO_MANY_MEMBERS,
                file=name,
                count=len(files),
                limit=limits.max_members,
            )
    if total > limits.max_uncompressed_bytes:
        raise refusal(
            MessageCode.FILE_TOO_LARGE, file=name, size=total, limit=limits.max_uncompressed_bytes
        )
    return files
