"""How are whole rows kept aside as JSON, and written back to the letter?"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from hygie.foundation.batches import batches

Kept: TypeAlias = dict[str, Any]
"""A row as JSON: name of the field → value; a relation by its key."""

_BATCH = 2_000
_NOT_SAVED = frozenset({"id", "created_at"})


def row_kept(row: Model) -> Kept:
    """A row as JSON."""
    return {field.name: _json(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def rows_restore(model: type[Model], kept: Iterable[Kept]) -> int:
    """Insert rows as they were kept, keys and dates of creation included."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return rows_insert(
        model,
        (
            {
                name: value if fields[name].is_relation else fields[name].to_python(value)
                for name, value in row.items()
            }
            for row in kept
        ),
    )


def rows_insert(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows by one prepared statement: five times less work than instances.

    Args:
        model: where. rows: field name → value, the same names in each; a relation takes a primary
            key.

    Returns:
        How many.
    """
    found = list(rows)
    if not found:
        return 0
    fields = {field.name: field for field in model._meta.concrete_fields}
    names = list(found[0])
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(fields[name].column)) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
    values = (
        [fields[name].get_db_prep_save(row[name], connection) for name in names] for row in found
    )
    with connection.cursor() as cursor:
        for batch in batches(values, _BATCH):
            cursor.executemany(statement, batch)
    return len(found)


def rows_save(rows: Sequence[Model]) -> None:
    """Save whole rows of one model by one prepared statement."""
    if not rows:
        return
    meta = rows[0]._meta
    quote = connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if field.name not in _NOT_SAVED]
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = quote(str(meta.pk.column))
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {key} = %s"  # noqa: S608
    now = timezone.now()

    def values(row: Model) -> list[Any]:
        found = [
            now if field.name == "updated_at" else getattr(row, field.attname) for field in fields
        ]
        pairs = zip(fields, found, strict=True)
        return [*(field.get_db_prep_save(value, connection) for field, value in pairs), row.pk]

    with connection.cursor() as cursor:
        for batch in batches(map(values, rows), _BATCH):
            cursor.executemany(statement, batch)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
