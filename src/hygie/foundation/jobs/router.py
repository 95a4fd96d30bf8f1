"""Which connection carries the cache table?"""

from typing import Any

from django.core.management import call_command
from django.db import connections, models

ALIAS = "cache"
_APP = "django_cache"


class CacheRouter:
    """Sends the cache table to its own connection, and nothing else there.

    On SQLite that is a file of its own: progress is written while a long transaction holds the
    other. On PostgreSQL it is a second session on the same database.
    """

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        """The alias that reads this model, None for the usual one."""
        return ALIAS if model._meta.app_label == _APP else None

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        """The alias that writes this model, None for the usual one."""
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Whether a table of this application may be made there."""
        return (db == ALIAS) == (app_label == _APP)


def cache_table_lay() -> None:
    """Make the cache table where there is none; `migrate` does not know it."""
    if ALIAS in connections:
        call_command("createcachetable", database=ALIAS, verbosity=0)
