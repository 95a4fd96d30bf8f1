"""What does a clear-text ORADAD capture tell of a directory?

The tables are read several times rather than kept: memory is that of the facts. The order matters:
domains, then accounts (known by their SID), then every object (known by its GUID), then what names
other objects.

Source: ANSSI-FR/ORADAD (oradad-schema.xml, Engine.cpp, LDAP.cpp, Buffer.cpp), read for the names,
the order and the form of what it writes.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from hygie.connectors.directory_exports.descriptors import DescriptorReader
from hygie.connectors.directory_exports.limits import EXPORT_FILES
from hygie.connectors.directory_exports.oradad_accounts import read_accounts, read_silos
from hygie.connectors.directory_exports.oradad_capture import Capture
from hygie.connectors.directory_exports.oradad_domains import (
    read_domains,
    read_links,
    read_password_policies,
    read_trusts,
)
from hygie.connectors.directory_exports.oradad_members import read_delegations, read_members
from hygie.connectors.directory_exports.oradad_objects import read_laps_attributes, read_objects
from hygie.connectors.directory_exports.oradad_pki import (
    read_authorities,
    read_issuance_policies,
    read_templates,
)
from hygie.connectors.directory_exports.oradad_services import (
    read_controllers,
    read_forest_settings,
    read_replication,
    read_zones,
)
from hygie.connectors.directory_exports.oradad_source import Tree, opened_tree
from hygie.connectors.directory_exports.oradad_tables import Progress, Tables, read_tables
from hygie.connectors.directory_exports.oradad_values import dns_of, instant_of
from hygie.connectors.files.digest import sha256_of, sha256_of_stream
from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import UNKNOWN, DirectoryExport
from hygie.engines.directory.vocabulary import ExportKind

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$", re.ASCII)
# How often each table is read: accounts and objects make the bulk.
_PASSES = 3


def read_oradad(
    root: Path,
    report: Report,
    *,
    limits: Limits = EXPORT_FILES,
    file_name: str = "",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[DirectoryExport]:
    """Read the captures of a folder, or of a ZIP archive of it.

    Args:
        root: the folder that the tool wrote, or one above it, or the archive.
        report: receives what is refused or deserves a look, with its table and line.
        limits: number and sizes of files.
        file_name: name shown to the user.
        progress: told (bytes done, bytes in all); several passes are counted.
        cancelled: asked every mebibyte.

    Returns:
        One export for each capture (a forest at one time), in the order of their paths.

    Raises:
        FileRefused: sealed archive, no list of tables, unsafe archive.
        ReadingCancelled: `cancelled` said so.

    Cost: memory of the facts, plus 50 bytes an object; time, docs/engines/directory-tables.md §7.
    """
    name = file_name or root.name
    report.file = report.file or name
    exports = []
    with opened_tree(root, limits, file_name=name) as tree:
        folders = tree.captures()
        total = sum(file.size for file in tree.files.values()) * _PASSES
        watch = Progress(total, progress, cancelled)
        digest = sha256_of(root) if root.is_file() else ""
        for folder in folders:
            tables = read_tables(tree, folder, report, watch)
            shown = f"{name} ({folder.strip('/')})" if len(folders) > 1 else name
            exports.append(_export(tables, shown, digest or _digest(tree, tables)))
    if progress is not None:
        progress(total, total)
    return exports


def _digest(tree: Tree, tables: Tables) -> str:
    """One digest for the tables of a folder: of their paths and of what they hold."""
    digest = hashlib.sha256()
    for table in sorted(tables.listed, key=lambda one: one.file.path):
        digest.update(f"{table.file.path}\n".encode())
        with tree.open(table.file) as stream:
            digest.update(sha256_of_stream(stream).encode())
    return digest.hexdigest()


def _export(tables: Tables, name: str, digest: str) -> DirectoryExport:
    builder = FactsBuilder()
    forest, collected_on = _identity(tables)
    builder.collected_on = collected_on
    capture = Capture(tables, builder, DescriptorReader(builder), forest)
    read_laps_attributes(capture)
    read_domains(capture)
    read_silos(capture)
    read_accounts(capture)
    read_objects(capture)
    read_members(capture)
    read_delegations(capture)
    read_links(capture)
    read_password_policies(capture)
    read_trusts(capture)
    templates = read_templates(capture)
    read_authorities(capture, templates)
    read_issuance_policies(capture)
    read_forest_settings(capture)
    read_zones(capture)
    read_replication(capture)
    read_controllers(capture)
    _tell_unknown(capture)
    return DirectoryExport(
        kind=ExportKind.ORADAD,
        name=name,
        digest=digest,
        tool=_metadata(tables).get("oradad_version", ""),
        collected_on=collected_on,
        facts=builder.build(),
        counts=dict(sorted(capture.counts.items())),
    )


def _identity(tables: Tables) -> tuple[str, int]:
    """Name of the root domain and date, from rootDSE, else from the name of the capture."""
    name, _, stamp = tables.base.rpartition("_")
    collected_on = UNKNOWN
    found = _TIME.search(stamp)
    if found is not None:
        year, month, day, hour, minute, second = found.groups()
        collected_on = instant_of(f"{year}-{month}-{day} {hour}:{minute}:{second}") or UNKNOWN
    forest = name or tables.base
    for table in tables.named("rootdse"):
        for row in tables.rows(table):
            told = dns_of(row["rootdomainnamingcontext"])
            forest = told or forest
            seconds = instant_of(row["currenttime"]) if row["currenttime"] else None
            collected_on = seconds or collected_on
    return forest.lower(), collected_on


def _metadata(tables: Tables) -> dict[str, str]:
    return {
        row["key"]: row["value"] for table in tables.named("metadata") for row in tables.rows(table)
    }


def _tell_unknown(capture: Capture) -> None:
    """What was named and is nowhere: told once, with how many."""
    report, counts = capture.tables.report, capture.counts
    for count, code in (
        (counts["unknown_names"], MessageCode.ORADAD_NAMES_UNKNOWN),
        (counts["unknown_services"], MessageCode.ORADAD_SERVICES_UNKNOWN),
        (capture.descriptors.skipped, MessageCode.DESCRIPTOR_ENTRIES_SKIPPED),
    ):
        if count:
            report.info(code, count=count)
    if counts["without_descriptor"]:
        report.warning(MessageCode.DESCRIPTOR_MISSING, count=counts["without_descriptor"])
    counts["rows"] = capture.tables.seen_rows
    counts["rows_refused"] = capture.tables.refused
