"""How do the rows of an archive settle in the database that the environment names?

Run in a process of its own, so that a migration's code meets one database only: the fresh one.
"""

from collections.abc import Iterable
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import Actor, Via
from hygie.shell.backup import manifest as manifests
from hygie.shell.backup.manifest import Manifest, manifest_read
from hygie.shell.backup.postgresql import rows_load


def replay(folder: Path) -> None:
    """Bring the rows of an extracted archive up to this code's tables.

    Args:
        folder: staging folder, with its manifest.

    Raises:
        ValueError: the number of rows laid is not the one archived.
    """
    manifest = manifest_read(folder / manifests.NAME)
    if manifest.database == "postgresql":
        tables_lay(manifest.migrations)
        laid = rows_load(
            connections[DEFAULT_DB_ALIAS],
            folder / manifests.DATABASE,
            manifest.columns,
            manifest.sequences,
        )
        if laid != manifest.rows:
            raise ValueError(f"{laid} != {manifest.rows}")
    call_command("migrate", interactive=False, verbosity=0)
    told(manifest)


def tables_lay(applied: Iterable[list[str]]) -> None:
    """Make the tables as they were when the archive was written."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    graph = executor.loader.graph
    wanted = {(app, name) for app, name in applied} & set(graph.nodes)
    # The last of each chain: none of its children was applied.
    leaves = [node for node in sorted(wanted) if not set(graph.node_map[node].children) & wanted]
    executor.migrate(leaves)


def told(manifest: Manifest) -> None:
    """One line in the journal that came with the archive."""
    journal_write(
        actor=Actor(user_id=None, label="hygie restore", via=Via.CLI),
        action="instance.restored",
        object_type="instance",
        detail={"written_at": manifest.written_at, "hygie": manifest.hygie},
    )
