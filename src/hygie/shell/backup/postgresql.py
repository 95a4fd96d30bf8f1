"""How are PostgreSQL rows copied out of one snapshot, and into tables of the same shape?

COPY through the driver works whatever the versions of pg_dump and of the server.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

_CHUNK = 1024 * 1024
# Laid by the migrations themselves, or worth nothing elsewhere.
_NOT_COPIED = frozenset({"django_migrations"})


def tables_here(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables of our applications that exist, in alphabetical order."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        there = {row[0] for row in cursor.fetchall()}
    return sorted((ours & there) - _NOT_COPIED)


def rows_dump(connection: BaseDatabaseWrapper, folder: Path) -> dict[str, Any]:
    """Write `TABLE.copy` files of one instant.

    Args:
        connection: of the live database.
        folder: existing, empty.

    Returns:
        `rows`, `columns` and `sequences` of the manifest.
    """
    rows: dict[str, int] = {}
    columns: dict[str, list[str]] = {}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in tables_here(connection):
            columns[table] = _columns(cursor, table)
            with (
                (folder / f"{table}.copy").open("wb") as file,
                cursor.copy(_copy(table, columns[table], sql.SQL("TO STDOUT"))) as copy,
            ):
                for chunk in copy:
                    file.write(chunk)
            rows[table] = cursor.rowcount
        sequences = _sequences(cursor, list(columns))
    return {"rows": rows, "columns": columns, "sequences": sequences}


def rows_load(
    connection: BaseDatabaseWrapper,
    folder: Path,
    columns: dict[str, list[str]],
    sequences: Iterable[list[Any]],
) -> dict[str, int]:
    """Fill freshly made tables from `TABLE.copy` files, in one transaction.

    Args:
        connection: its tables have been made by the migrations of the archive.
        folder: of the files.
        columns, sequences: from the manifest.

    Returns:
        Table → number of rows laid.

    Raises:
        psycopg.Error: a table, a column or a value does not fit.
    """
    rows: dict[str, int] = {}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # Migrations put first rows in some tables; the archive holds them too.
        everything = sql.SQL(", ").join(map(sql.Identifier, sorted(columns)))
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(everything))
        # Those of the job queue write rows of their own, which the archive holds already.
        _triggers(cursor, columns, "DISABLE")
        for table in _parents_first(cursor, sorted(columns)):
            with (
                (folder / f"{table}.copy").open("rb") as file,
                cursor.copy(_copy(table, columns[table], sql.SQL("FROM STDIN"))) as copy,
            ):
                while chunk := file.read(_CHUNK):
                    copy.write(chunk)
            rows[table] = cursor.rowcount
        # Foreign keys are judged here: a table that waits for it cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(cursor, columns, "ENABLE")
        for table, column, value, is_given in sequences:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s, %s)",
                [table, column, value, is_given],
            )
    return rows


def _copy(table: str, columns: list[str], direction: sql.SQL) -> sql.Composed:
    return sql.SQL("COPY {} ({}) {}").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), direction
    )


def _triggers(cursor: Any, tables: Iterable[str], act: str) -> None:
    """Silence the tables' own triggers, or let them speak again; foreign keys stay checked."""
    for table in sorted(tables):
        statement = sql.SQL(f"ALTER TABLE {{}} {act} TRIGGER USER").format(sql.Identifier(table))
        cursor.execute(statement)


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = quote_ident(%s)::regclass "
        "AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def _sequences(cursor: Any, tables: list[str]) -> list[list[Any]]:
    """[table, column, last value, given out?] of each counter that a column owns."""
    cursor.execute(
        "SELECT t.relname, a.attname, s.oid::regclass::text FROM pg_class s "
        "JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
        "JOIN pg_class t ON t.oid = d.refobjid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid "
        "JOIN pg_namespace n ON n.oid = t.relnamespace "
        "WHERE s.relkind = 'S' AND n.nspname = current_schema() AND t.relname = ANY(%s) "
        "ORDER BY 1, 2",
        [tables],
    )
    found = []
    for table, column, sequence in cursor.fetchall():
        # regclass has quoted the name already, schema included where it is needed.
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
        value, is_given = cursor.fetchone()
        found.append([table, column, value, is_given])
    return found


def _parents_first(cursor: Any, tables: list[str]) -> list[str]:
    """Order for foreign keys that are checked at once (ours are checked at commit)."""
    cursor.execute(
        "SELECT c.relname, p.relname FROM pg_constraint k "
        "JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE k.contype = 'f' AND NOT k.condeferrable AND n.nspname = current_schema()"
    )
    parents: dict[str, set[str]] = {table: set() for table in tables}
    for child, parent in cursor.fetchall():
        if child != parent and child in parents and parent in parents:
            parents[child].add(parent)
    ordered: list[str] = []
    while parents:
        ready = sorted(t for t, above in parents.items() if above <= set(ordered))
        # A cycle of such keys cannot be filled at all: let the database say which row fails.
        ordered += ready or sorted(parents)
        parents = {t: above for t, above in parents.items() if t not in set(ordered)}
    return ordered
