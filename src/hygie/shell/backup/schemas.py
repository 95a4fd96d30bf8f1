"""How does a whole set of PostgreSQL tables take the place of another at once?"""

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# Someone connected elsewhere holds the tables: say so instead of waiting for ever.
_LOCK_WAIT = "10s"
# What an extension brought is not ours to drop or move.
_NOT_OF_EXTENSION = (
    "NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = o.oid AND e.deptype = 'e')"
)
_OBJECTS = {
    "VIEW": "SELECT oid::regclass::text FROM pg_class o "
    "WHERE relnamespace = %s::regnamespace AND relkind = 'v' AND {kept}",
    "TABLE": "SELECT oid::regclass::text FROM pg_class o "
    "WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p') AND {kept}",
    # A sequence that a column owns goes with its table.
    "SEQUENCE": "SELECT oid::regclass::text FROM pg_class o "
    "WHERE relnamespace = %s::regnamespace AND relkind = 'S' AND {kept} AND NOT EXISTS "
    "(SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype IN ('a', 'i'))",
    "ROUTINE": "SELECT oid::regprocedure::text FROM pg_proc o "
    "WHERE pronamespace = %s::regnamespace AND {kept}",
    "TYPE": "SELECT oid::regtype::text FROM pg_type o "
    "WHERE typnamespace = %s::regnamespace AND {kept} AND (typtype IN ('e', 'd') OR typtype = 'c' "
    "AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = o.typrelid AND c.relkind = 'c'))",
}


def schema_current(connection: BaseDatabaseWrapper) -> str:
    """Name of the schema in which the instance's tables lie."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def schema_create(connection: BaseDatabaseWrapper, name: str) -> None:
    """An empty schema, to lay tables in apart."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))


def schema_drop(connection: BaseDatabaseWrapper, name: str) -> None:
    """Remove a schema and all it holds; nothing when it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))


def schema_replace(connection: BaseDatabaseWrapper, name: str, place: str) -> None:
    """Drop what stands in `place` and move there what stands in `name`: all, or nothing.

    Raises:
        django.db.OperationalError: another program holds the tables.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
        # Names come back qualified only for schemas out of the path.
        cursor.execute("SET LOCAL search_path = pg_catalog")
        for kind in ("VIEW", "TABLE", "SEQUENCE", "ROUTINE", "TYPE"):
            for thing in _things(cursor, kind, place):
                cursor.execute(f"DROP {kind} IF EXISTS {thing} CASCADE")
        target = sql.Identifier(place)
        for kind in ("TYPE", "TABLE", "SEQUENCE", "ROUTINE", "VIEW"):
            for thing in _things(cursor, kind, name):
                statement = sql.SQL(f"ALTER {kind} {thing} SET SCHEMA {{}}")
                cursor.execute(statement.format(target))
        cursor.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(name)))


def _things(cursor: Any, kind: str, schema: str) -> list[str]:
    """Names of that kind, as PostgreSQL itself writes and quotes them."""
    query = _OBJECTS[kind].format(kept=_NOT_OF_EXTENSION)
    cursor.execute(query, [f'"{schema}"'])
    return [row[0] for row in cursor.fetchall()]
