"""How is a SQLite file copied while others write, and looked at without trusting it?"""

import contextlib
import sqlite3
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FILE = "hygie.sqlite3"
# The copy is taken in steps of this many pages, so that writers are not held up.
_PAGES = 4096
# What stands beside a live file; a restored one starts without.
SIDE_FILES = (f"{FILE}-wal", f"{FILE}-shm")


class DamagedError(ValueError):
    """The file is not a sound SQLite database; the message is SQLite's own."""


def database_copy(connection: BaseDatabaseWrapper, target: Path) -> None:
    """One consistent copy of the live database, by SQLite's online backup.

    Args:
        connection: of the live database.
        target: a file that does not exist yet.
    """
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy, pages=_PAGES)
        # A copy has no writer: one plain file, without a journal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def row_counts(path: Path) -> dict[str, int]:
    """Table → number of rows."""
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        names = [row[0] for row in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )]  # fmt: skip
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  # names come from the database's own list


def integrity_check(path: Path) -> None:
    """Read the whole file.

    Raises:
        DamagedError: unreadable, damaged, or with rows that point nowhere.
    """
    try:
        with contextlib.closing(sqlite3.connect(path)) as db:
            verdict = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            orphans = db.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise DamagedError(str(error)) from error
    if verdict != "ok":
        raise DamagedError(str(verdict))
    if orphans:
        raise DamagedError(f"foreign key: {orphans[0]} → {orphans[2]}")
