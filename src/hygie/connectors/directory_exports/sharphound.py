"""What does an export of SharpHound, or of a tool that writes like it, tell of a directory?

SharpHound v5 and v6 (BloodHound CE), RustHound-CE, BloodHound.py. Every file is followed to its end
once before anything is kept: a truncated one refuses the whole export.
"""

from collections.abc import Callable
from pathlib import Path

from hygie.connectors.directory_exports.limits import EXPORT_LIMITS, ExportLimits
from hygie.connectors.directory_exports.sharphound_files import opened_members
from hygie.connectors.directory_exports.sharphound_reading import ExportFile, Reading, Watch
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.engines.directory.facts import DirectoryExport
from hygie.engines.directory.vocabulary import ExportKind

ACCEPTED = "SharpHound, RustHound-CE, BloodHound.py (zip, dossier, json)"
_RUSTHOUND = "rusthound"


def _no_progress(_done: int, _total: int) -> None:
    return None


def _never() -> bool:
    return False


def read_sharphound(
    path: Path,
    report: Report,
    *,
    file_name: str = "",
    limits: ExportLimits = EXPORT_LIMITS,
    progress: Callable[[int, int], None] = _no_progress,
    cancelled: Callable[[], bool] = _never,
) -> DirectoryExport:
    """Read one export: a zip, a folder of JSON files, or a single JSON file.

    Args:
        path: where it lies; a domain may be in several files of each type.
        report: gets the messages, each naming its file and the rank of its record.
        file_name: name shown to the user.
        limits: bounds on the export.
        progress: told (bytes done, bytes in all); each byte counts twice, once for each pass.
        cancelled: asked at every mebibyte.

    Returns:
        The export with its facts. Refused records are errors of the report; the rest is there.

    Raises:
        FileRefused: unsafe archive, truncated or damaged file, nothing that can be read.
        ReadingCancelled: asked to.

    Cost: about 4 s per 100 MB and memory near that of the facts; measured in
        benchmarks/directory_reading.py.
    Source: docs/engines/directory-exports.md.
    """
    name = file_name or path.name
    with opened_members(path, name, limits) as opened:
        reading = Reading(report, limits, name)
        total = 2 * sum(member.size for member in opened.members)
        watch = Watch(total, progress, cancelled)
        files = list(reading.survey(opened.members, watch))
        if not files:
            raise refusal(MessageCode.DIRECTORY_NOT_EXPORT, file=name, accepted=ACCEPTED)
        for file in files:
            reading.read(file, watch)
        report.file = name
        reading.builder.collected_on = opened.collected_on
        facts = reading.settled()
        progress(total, total)
        return DirectoryExport(
            kind=_tool(files),
            name=name,
            digest=opened.digest,
            tool=next((file.collector for file in files if file.collector), "")
            or f"JSON v{max(file.version for file in files)}",
            collected_on=opened.collected_on,
            facts=facts,
            counts={
                **reading.notes.counts(),
                "files": len(files),
                "objects": reading.notes.records - reading.notes.repeated,
                "edges": len(facts.edges),
            },
        )


def _tool(files: list[ExportFile]) -> ExportKind:
    if any(_RUSTHOUND in file.collector.lower() for file in files):
        return ExportKind.RUSTHOUND
    if any(file.methods for file in files):
        return ExportKind.SHARPHOUND
    return ExportKind.BLOODHOUND_PY
