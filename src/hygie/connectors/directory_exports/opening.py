"""Which kind of directory export is this, going by its content, and what does it tell?"""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.directory_exports.ads import looks_like_ads, read_ads
from hygie.connectors.directory_exports.limits import EXPORT_LIMITS, ExportLimits
from hygie.connectors.directory_exports.oradad import read_oradad
from hygie.connectors.directory_exports.pingcastle import read_pingcastle
from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.directory_exports.sharphound_files import files_under
from hygie.connectors.files.archive import opened_archive
from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.text_kind import decoded_head
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.engines.directory.facts import DirectoryExport

ACCEPTED = "SharpHound, BloodHound CE, RustHound-CE, BloodHound.py, ORADAD, PingCastle, ADS"
_TABLES = "tables.tsv"
_SEALED = (".mla", ".oradad")
_HEAD = 4_096


@dataclass(frozen=True, slots=True)
class DirectoryReading:
    """The exports found, and everything that was said while they were read."""

    exports: tuple[DirectoryExport, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing to read: by whom, where, and its weight in the progress, bytes."""

    kind: str
    path: Path
    name: str
    weight: int


def open_export(
    path: Path,
    *,
    file_name: str = "",
    limits: ExportLimits = EXPORT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DirectoryReading:
    """Read a directory export of any kind that is known.

    A folder may hold the files of one export, or several exports: archives, reports. An archive
    holds one export: archives inside it are refused.

    Args:
        path: file or folder.
        file_name: name shown to the user.
        limits: bounds on files and contents.
        progress: told (done, in all) in bytes of what was given.
        cancelled: asked at every mebibyte.

    Returns:
        At least one export, and the report.

    Raises:
        FileRefused: nothing that is known, or an export that has to be refused whole.
        ReadingCancelled: asked to.
    """
    name = file_name or path.name
    report = Report(name)
    found = list(_folder(path, name, limits) if path.is_dir() else _file(path, name, limits))
    if not found:
        raise refusal(MessageCode.DIRECTORY_NOT_EXPORT, file=name, accepted=ACCEPTED)
    total = sum(one.weight for one in found)
    exports: list[DirectoryExport] = []
    done = 0
    for one in found:
        told = _share(progress or _no_progress, done, one.weight, total)
        exports += _read(one, report, limits, told, cancelled or _never)
        report.file = name
        done += one.weight
        (progress or _no_progress)(done, total)
    return DirectoryReading(tuple(exports), report)


def _read(
    one: _Found,
    report: Report,
    limits: ExportLimits,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> list[DirectoryExport]:
    if one.kind == "oradad":
        return read_oradad(
            one.path,
            report,
            limits=limits.files,
            file_name=one.name,
            progress=progress,
            cancelled=cancelled,
        )
    if one.kind == "ads":
        return [read_ads(one.path, report, file_name=one.name)]
    if one.kind == "pingcastle":
        return [read_pingcastle(one.path, report, file_name=one.name)]
    return [
        read_sharphound(
            one.path,
            report,
            file_name=one.name,
            limits=limits,
            progress=progress,
            cancelled=cancelled,
        )
    ]


def _folder(path: Path, name: str, limits: ExportLimits) -> Iterator[_Found]:
    """What a folder holds. The files of an ORADAD tree are its own, whatever their suffix."""
    tables = [one for one in files_under(path, ".tsv", limits, name) if one.name.lower() == _TABLES]
    if tables or any(files_under(path, suffix, limits, name) for suffix in _SEALED):
        yield _Found("oradad", path, name, _weight(path))
        return
    records = files_under(path, ".json", limits, name)
    if records:
        yield _Found("sharphound", path, name, sum(one.stat().st_size for one in records))
    for suffix in (".zip", ".xml", ".yaml", ".yml"):
        for file in files_under(path, suffix, limits, name):
            shown = f"{name}/{file.relative_to(path).as_posix()}"
            yield from _file(file, shown, limits)


def _file(path: Path, name: str, limits: ExportLimits) -> Iterator[_Found]:
    size = checked_size(path, limits.files, file_name=name)
    kind = _kind(path, name, limits)
    if kind:
        yield _Found(kind, path, name, size)


def _kind(path: Path, name: str, limits: ExportLimits) -> str:
    """By whom a file is read, "" when by nobody."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"MLA") or path.suffix.lower() in _SEALED:
        return "oradad"
    if head.startswith(b"PK"):
        return _kind_of_archive(path, name, limits)
    text = (decoded_head(head, whole=len(head) < _HEAD) or "").lstrip("\ufeff \t\r\n")
    if looks_like_ads(text):
        return "ads"
    if text.startswith("{"):
        return "sharphound"
    return "pingcastle" if text.startswith("<") else ""


def _kind_of_archive(path: Path, name: str, limits: ExportLimits) -> str:
    if not zipfile.is_zipfile(path):
        raise refusal(MessageCode.FILE_DAMAGED, file=name, part="")
    with opened_archive(path, limits.files, file_name=name) as archive:
        for member in archive.infolist():
            last = member.filename.replace("\\", "/").rpartition("/")[2].lower()
            if last == _TABLES or last.endswith(_SEALED):
                return "oradad"
    return "sharphound"


def _weight(folder: Path) -> int:
    return sum(
        one.stat().st_size for one in folder.rglob("*") if one.is_file() and not one.is_symlink()
    )


def _share(
    progress: Callable[[int, int], None], before: int, weight: int, total: int
) -> Callable[[int, int], None]:
    """The progress of one export as a part of that of all."""
    return lambda done, of: progress(before + weight * done // max(1, of), total)


def _no_progress(_done: int, _total: int) -> None:
    return None


def _never() -> bool:
    return False
