"""How are facts written as the clear-text tree that ORADAD would have left?

For generated directories and tests: reading the tree gives back the facts that this format can
carry. It cannot say "not told" of one object in a column that it has for others: an attribute that
no object tells is left out of its table, which is how a collector that does not ask for it writes.
Sessions, local groups and registry settings are not part of the format.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from hygie.connectors.directory_exports.oradad_layout import cells_of, columns_of
from hygie.connectors.directory_exports.oradad_written_accounts import account_tables
from hygie.connectors.directory_exports.oradad_written_objects import object_tables
from hygie.connectors.directory_exports.oradad_written_pki import pki_tables
from hygie.connectors.directory_exports.oradad_written_rows import TableRows
from hygie.connectors.directory_exports.oradad_written_services import service_tables
from hygie.connectors.directory_exports.oradad_written_tree import base_of, written_of
from hygie.engines.directory.facts import DirectoryFacts

_CLEAN = str.maketrans("\t\r\n\0", "    ")
_TOOL = "3.0 (written by Hygie)"


@dataclass(slots=True)
class _Folder:
    """The folder being written: every table is listed as it is opened."""

    root: Path
    lines: list[str] = field(default_factory=list)

    def write(self, table: TableRows) -> None:
        parts = [part for part in (table.area, table.dns) if part]
        path = self.root.joinpath(*parts, f"{table.request}.tsv")
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = columns_of(table.request, table.left_out)
        self._list([*parts, table.request], columns)
        with _opened(path) as stream:
            for dn, values in table.rows:
                _write_row(stream, [dn, *cells_of(table.request, values, table.left_out)])

    def write_plain(
        self, name: str, columns: list[tuple[str, str]], rows: Iterable[list[str]]
    ) -> None:
        self._list([name], columns)
        with _opened(self.root / f"{name}.tsv") as stream:
            for row in rows:
                _write_row(stream, row)

    def _list(self, parts: list[str], columns: list[tuple[str, str]]) -> None:
        short = "_".join((parts[0], *parts[2:])) if len(parts) > 2 else "_".join(parts)
        fields = ["\\".join(parts) + ".tsv", "_".join(parts), short, str(len(columns))]
        for name, kind in columns:
            fields += [name, kind]
        self.lines.append("\t".join(fields))


def _opened(path: Path) -> IO[str]:
    stream = path.open("w", encoding="utf-16-le", errors="replace", newline="")
    stream.write("\ufeff")
    return stream


def _write_row(stream: IO[str], cells: list[str]) -> None:
    line = "\t".join(cells)
    if line.count("\t") != len(cells) - 1 or "\n" in line or "\r" in line or "\0" in line:
        line = "\t".join(cell.translate(_CLEAN) for cell in cells)
    stream.write(f"{line}\r\n")


def write_oradad(facts: DirectoryFacts, target_folder: Path, *, collected_on: int) -> Path:
    """Write the tree of one capture.

    Args:
        facts: of one forest. target_folder: receives `<root domain>/<time>/`.
        collected_on: seconds since 1970 UTC.

    Returns:
        The folder of the capture.

    Raises:
        ValueError: no domain was collected in these facts.

    Cost: O(objects + relations), in memory the facts and a name for each object.
    """
    written = written_of(facts)
    moment = time.gmtime(collected_on)
    stamp = time.strftime("%Y%m%d-%H%M%S", moment)
    folder = _Folder(target_folder / written.forest / stamp)
    folder.root.mkdir(parents=True, exist_ok=True)
    folder.write_plain(
        "metadata",
        [("key", "nvarchar(255)"), ("value", "nvarchar(1024)")],
        [["oradad_version", _TOOL], ["oradad_level", "4"]],
    )
    now = time.strftime("%Y-%m-%d %H:%M:%S", moment)
    folder.write_plain(
        "rootDSE",
        [
            ("server", "nvarchar(256)"),
            ("currentTime", "datetime2"),
            ("rootDomainNamingContext", "nvarchar(256)"),
        ],
        [["", now, base_of(written.forest)]],
    )
    for tables_of in (account_tables, service_tables, pki_tables, object_tables):
        for table in tables_of(written):
            folder.write(table)
    lines = [f"{written.forest}_{stamp}", *folder.lines]
    text = "".join(f"{line}\n" for line in lines)
    (folder.root / "tables.tsv").write_text(text, encoding="utf-8", newline="")
    return folder.root
