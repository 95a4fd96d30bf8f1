"""How is an instance saved whole, and brought back whole or not at all?"""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hygie.foundation.jobs.router import cache_table_lay
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import Actor, Via
from hygie.shell.backup import manifest as manifests
from hygie.shell.backup import schemas, sqlite
from hygie.shell.backup.archive import archive_extract, archive_writing
from hygie.shell.backup.errors import (
    ArchiveExists,
    ArchiveNameRefused,
    ArchiveOfOtherDatabase,
    ArchiveTooNew,
    ArchiveUnreadable,
    InstanceNotEmpty,
    ReplayFailed,
)
from hygie.shell.backup.manifest import Manifest
from hygie.shell.backup.postgresql import rows_dump, tables_here
from hygie.shell.backup.swap import STAGING_PREFIX, swapped, swaps_recover
from hygie.shell.supervisor import home_claimed

SECRET = "secret.key"  # noqa: S105  # the name of a file
DOCUMENTS = "documents"
# The command line word of the process that lays the rows; not meant for people.
REPLAY = "restore-replay"
# The line of a traceback that names the error.
_ERROR = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Violation|Refused)\w*: ")
OPERATOR = Actor(user_id=None, label="hygie backup", via=Via.CLI)


def backup_write(*, path: Path, replace: bool = False) -> Manifest:
    """Save the instance while it runs: rows of one instant, then the documents they name.

    Args:
        path: the archive to write, `.tar.gz`.
        replace: an archive of that name may be covered.

    Raises:
        ArchiveNameRefused, ArchiveExists: of the file.
        OSError: the disk is full, or the folder cannot be written.
    """
    if not path.name.endswith(".tar.gz"):
        raise ArchiveNameRefused(file=path)
    if path.exists() and not replace:
        raise ArchiveExists(file=path)
    connection = connections[DEFAULT_DB_ALIAS]
    home = Path(settings.HOME)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home) as folder:
        dumped = _rows_save(connection, Path(folder))
        with archive_writing(path) as archive:
            archive.add_folder(manifests.DATABASE, Path(folder))
            # After the rows: every document they name has been there since before.
            archive.add_folder(DOCUMENTS, Path(settings.MEDIA_ROOT))
            archive.add(SECRET, home / SECRET)
            manifest = Manifest(
                database=connection.vendor,
                hygie=metadata.version("hygie"),
                django=django.get_version(),
                server=".".join(map(str, connection.get_database_version())),
                written_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                migrations=_applied(connection),
                has_secret=SECRET in archive.members,
                members=archive.members,
                **dumped,
            )
            archive.close_with(manifest)
    journal_write(
        actor=OPERATOR,
        action="instance.backed_up",
        object_type="instance",
        detail={"rows": sum(manifest.rows.values()), "files": len(manifest.members)},
    )
    return manifest


def backup_restore(*, path: Path, replace: bool = False) -> Manifest:
    """Bring an archive back; the former state stands until the new one is whole.

    Args:
        path: the archive.
        replace: data already here may be replaced.

    Raises:
        AlreadyServed: the instance runs.
        InstanceNotEmpty: it holds data and `replace` was not given.
        ArchiveUnreadable, ArchiveAltered, ArchiveMemberRefused, ArchiveTooLarge: of the archive.
        ArchiveOfOtherDatabase, ArchiveTooNew, ReplayFailed: of its rows.
    """
    if not path.is_file():
        raise ArchiveUnreadable(file=path, reason=os.strerror(2))
    home = Path(settings.HOME)
    connection = connections[DEFAULT_DB_ALIAS]
    with home_claimed(home):
        swaps_recover(home)
        if not replace:
            _refuse_unless_empty(connection, home)
        staging = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=home))
        try:
            manifest = archive_extract(path, staging)
            _refuse_unfit(manifest, connection)
            if connection.vendor == "sqlite":
                _restore_sqlite(connection, manifest, home, staging)
            else:
                _restore_postgresql(connection, manifest, home, staging)
            # Not in the archive, and pages need it: without it nobody signs in.
            cache_table_lay()
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _rows_save(connection: BaseDatabaseWrapper, folder: Path) -> dict[str, Any]:
    if connection.vendor == "sqlite":
        copy = folder / sqlite.FILE
        sqlite.database_copy(connection, copy)
        return {"rows": sqlite.row_counts(copy)}
    return rows_dump(connection, folder)


def _applied(connection: BaseDatabaseWrapper) -> list[list[str]]:
    rows = MigrationRecorder(connection).migration_qs.order_by("id").values_list("app", "name")
    return [list(row) for row in rows]


def _refuse_unless_empty(connection: BaseDatabaseWrapper, home: Path) -> None:
    documents = home / DOCUMENTS
    if documents.is_dir() and any(documents.iterdir()):
        raise InstanceNotEmpty(what=documents)
    if connection.vendor == "sqlite":
        has_tables = bool(connection.introspection.table_names())
    else:
        has_tables = bool(tables_here(connection))
    if has_tables:
        raise InstanceNotEmpty(what=connection.settings_dict["NAME"])


def _refuse_unfit(manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    if manifest.database != connection.vendor:
        raise ArchiveOfOtherDatabase(archived=manifest.database, here=connection.vendor)
    known = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {node for m in known.disk_migrations.values() for node in m.replaces}
    ours = {app for app, _name in known.disk_migrations}
    for app, name in manifest.migrations:
        if app in ours and (app, name) not in known.disk_migrations and (app, name) not in replaced:
            raise ArchiveTooNew(
                archived=manifest.hygie, here=metadata.version("hygie"), migration=f"{app}.{name}"
            )


def _restore_sqlite(
    connection: BaseDatabaseWrapper, manifest: Manifest, home: Path, staging: Path
) -> None:
    fresh = staging / sqlite.FILE
    archived = staging / manifests.DATABASE / sqlite.FILE
    try:
        archived.rename(fresh)
        sqlite.integrity_check(fresh)
    except (OSError, sqlite.DamagedError) as error:
        raise ReplayFailed(reason=error) from error
    _replay(staging, {"DATABASE_URL": ""})
    connection.close()
    names = (sqlite.FILE, *sqlite.SIDE_FILES, *_files(manifest))
    with swapped(home, staging, names):
        pass


def _restore_postgresql(
    connection: BaseDatabaseWrapper, manifest: Manifest, home: Path, staging: Path
) -> None:
    place = schemas.schema_current(connection)
    fresh = f"hygie_restore_{os.getpid()}"
    schemas.schema_drop(connection, fresh)
    schemas.schema_create(connection, fresh)
    try:
        _replay(staging, {"DATABASE_URL": _url_within(settings.DATABASE_URL, fresh)})
        with swapped(home, staging, _files(manifest)):
            schemas.schema_replace(connection, fresh, place)
    except OperationalError as error:
        raise ReplayFailed(reason=error) from error
    finally:
        schemas.schema_drop(connection, fresh)


def _files(manifest: Manifest) -> tuple[str, ...]:
    return (DOCUMENTS, SECRET) if manifest.has_secret else (DOCUMENTS,)


def _url_within(url: str, schema: str) -> str:
    """The same database, with tables made and looked for in one schema."""
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}options=-csearch_path%3D{schema}"


def _replay(staging: Path, variables: dict[str, str]) -> None:
    told = {**variables, "HYGIE_HOME": str(staging)}
    # A variable given by file would win over the one told here.
    kept = {k: v for k, v in os.environ.items() if k.removesuffix("_FILE") not in told}
    environment = {**kept, **told}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hygie.shell.cli", REPLAY, str(staging)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ReplayFailed(reason=_last_words(done.stderr))


def _last_words(said: str) -> str:
    """What went wrong, of all that a process said: its error, else its last line."""
    lines = said.strip().splitlines() or ["?"]
    errors = [line for line in lines if _ERROR.match(line)]
    return (errors or lines)[-1].removeprefix("hygie: ")
