"""How are a hundred thousand structures written without a hundred thousand objects?

One prepared statement, run by the driver for each row: five times less processor time than building
model instances, measured by benchmarks/territory_import.py. The same SQL on SQLite and PostgreSQL.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from hygie.territory.organisations.models import Organisation

_KEY = ("kind", "code")
# Set at creation, then left to people.
_INSERTED_ONLY = frozenset({*_KEY, "is_followed", "created_at"})
_FIELDS = tuple(field for field in Organisation._meta.concrete_fields if not field.primary_key)
_DEFAULTS: Mapping[str, Any] = {
    field.attname: field.get_default() for field in _FIELDS if not field.is_relation
}


def organisations_upsert(rows: Iterable[Mapping[str, Any]]) -> None:
    """Create these structures, or overwrite what an extract says of those that exist.

    Args:
        rows: by attribute name (`parent_id`, not `parent`); `kind` and `code` at least. A column
            left out takes its default, also over a known value. Texts fit their column.

    Cost: one execution of a prepared statement a row; call it inside a transaction.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    stamps = {"created_at": now, "updated_at": now}
    values = (
        tuple(_adapted((row | stamps).get(f.attname, _DEFAULTS.get(f.attname))) for f in _FIELDS)
        for row in map(dict, rows)
    )
    with connection.cursor() as cursor:
        cursor.executemany(_statement(), list(values))


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _statement() -> str:
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in _FIELDS]
    key = ", ".join(quote(name) for name in _KEY)
    written = ", ".join(
        f"{column} = EXCLUDED.{column}"
        for field, column in zip(_FIELDS, columns, strict=True)
        if field.attname not in _INSERTED_ONLY
    )
    return (
        f"INSERT INTO {quote(Organisation._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(columns))}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {written}"
    )
