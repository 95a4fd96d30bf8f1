"""What must an instance hold before its first page: folders, tables, static files?"""

import hashlib
from enum import StrEnum
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from hygie.foundation.jobs.router import cache_table_lay

# Private to the account that runs Hygie: evidence, secret and rows lie there.
_FOLDER_MODE = 0o750
# Copied for browser tests only; no page asks for it.
_NOT_SERVED = ["axe-core"]


class Schema(StrEnum):
    """How the tables stand against the code."""

    EMPTY = "empty"
    CURRENT = "current"
    BEHIND = "behind"


def home_prepare() -> None:
    """Make the folders of HYGIE_HOME that do not exist yet."""
    for folder in (settings.HOME, settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR):
        Path(folder).mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)


def schema_state() -> Schema:
    """Have this database's migrations all been applied, some, or none?"""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if not executor.loader.applied_migrations:
        return Schema.EMPTY
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Schema.BEHIND if plan else Schema.CURRENT


def database_prepare(*, verbosity: int = 0) -> None:
    """Bring every table up to the code, the cache's included."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    cache_table_lay()


def static_collect() -> bool:
    """Copy and name the static files, unless nothing changed since the last time.

    Returns:
        Whether they were copied.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    wanted = _static_fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return False
    root.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    stamp.unlink(missing_ok=True)
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=_NOT_SERVED
    )
    stamp.write_text(wanted, encoding="ascii")
    return True


def _static_fingerprint() -> str:
    """Name, size and date of each file: reading them all would cost what the stamp saves."""
    digest = hashlib.sha256(django.get_version().encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(_NOT_SERVED), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
