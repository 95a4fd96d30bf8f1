"""Is the machine's trouble recognised behind whatever error carries it?"""

import errno
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, OperationalError

from hygie.foundation.hardships import SENTENCES, STATUS, Hardship, hardship_of


def raised_from(cause: BaseException) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Hardship.DISK_FULL),
        (OSError(errno.EROFS, "Read-only file system"), Hardship.READ_ONLY),
        (PermissionError(errno.EACCES, "Permission denied"), Hardship.READ_ONLY),
        (raised_from(psycopg.errors.DiskFull("x")), Hardship.DISK_FULL),
        (raised_from(psycopg.errors.ReadOnlySqlTransaction("x")), Hardship.READ_ONLY),
        (raised_from(psycopg.errors.LockNotAvailable("x")), Hardship.BUSY),
        (raised_from(psycopg.errors.DeadlockDetected("x")), Hardship.BUSY),
        (raised_from(psycopg.errors.AdminShutdown("x")), Hardship.DATABASE_AWAY),
        (raised_from(psycopg.OperationalError("connection refused")), Hardship.DATABASE_AWAY),
        (raised_from(psycopg.errors.UndefinedTable("x")), None),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (DatabaseError("ours"), None),
        (ValueError("ours"), None),
    ],
)
def test_an_error_tells_what_the_machine_lacks(
    error: BaseException, expected: Hardship | None
) -> None:
    assert hardship_of(error) is expected


def test_sqlite_s_own_errors_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite3"
    with sqlite3.connect(path, timeout=0) as holder, sqlite3.connect(path, timeout=0) as other:
        holder.execute("CREATE TABLE a (b)")
        holder.commit()
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            other.execute("BEGIN IMMEDIATE")
        holder.rollback()
        other.execute("PRAGMA max_page_count=2")
        with pytest.raises(sqlite3.OperationalError) as full:
            other.execute("INSERT INTO a VALUES (zeroblob(100000))")
    reader = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as readonly:
        reader.execute("CREATE TABLE c (d)")
    for connection in (holder, other, reader):
        connection.close()
    assert hardship_of(raised_from(locked.value)) is Hardship.BUSY
    assert hardship_of(raised_from(full.value)) is Hardship.DISK_FULL
    assert hardship_of(raised_from(readonly.value)) is Hardship.READ_ONLY


def test_no_room_for_the_shared_memory_is_a_full_disk() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert hardship_of(raised_from(error)) is Hardship.DISK_FULL
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    assert hardship_of(raised_from(error)) is None


def test_each_trouble_has_its_sentence_and_its_status() -> None:
    assert set(SENTENCES) == set(STATUS) == set(Hardship)
