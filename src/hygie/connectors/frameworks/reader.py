"""Which frameworks and correspondences does this public library file bring?"""

from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.files.limits import MEGABYTE, Limits
from hygie.connectors.files.sniff import FileType, check_type
from hygie.connectors.frameworks.build import build_library
from hygie.connectors.frameworks.excel_tree import load_workbook_tree
from hygie.connectors.frameworks.tree_load import TreeLimits, load_tree
from hygie.connectors.frameworks.types import Library
from hygie.connectors.messages import Report

# The largest public library weighs 3.4 MB.
LIBRARY_LIMITS = Limits(max_bytes=20 * MEGABYTE, max_uncompressed_bytes=100 * MEGABYTE)
_TYPES = frozenset({FileType.YAML, FileType.JSON, FileType.TEXT, FileType.CSV, FileType.XLSX})


@dataclass(frozen=True, slots=True)
class LibraryReading:
    """What reading a library file gave: the library, unless an error is in the report."""

    library: Library | None
    report: Report


def read_library(
    path: Path,
    *,
    limits: Limits = LIBRARY_LIMITS,
    tree_limits: TreeLimits | None = None,
    file_name: str = "",
) -> LibraryReading:
    """Read a framework library: YAML (present and older forms), or Excel (v2 and v1 forms).

    Args:
        path: the file; its type is read from its content.
        limits: bounds on the file.
        tree_limits: bounds on a YAML tree.
        file_name: name shown to the user.

    Returns:
        The library and the messages; no library when there is at least one error.

    Raises:
        FileRefused: unreadable, dangerous, or not a library.

    Cost: linear; a 3.4 MB file in about a second.
    Source: docs/engines/connectors.md, framework libraries.
    """
    name = file_name or path.name
    report = Report(name)
    kind, messages = check_type(path, _TYPES, file_name=name, limits=limits)
    for message in messages:
        report.append(message)
    if kind is FileType.XLSX:
        tree, form = load_workbook_tree(path, report, limits, file_name=name)
    else:
        tree, form = load_tree(path, report, tree_limits), "yaml"
    return LibraryReading(build_library(tree, form, report), report)
