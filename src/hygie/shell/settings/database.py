"""Where do rows live: one SQLite file, or PostgreSQL when DATABASE_URL says so?"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hygie.foundation import environment
from hygie.shell.settings.base import HOME, INSTALLED_APPS

DATABASE_URL = environment.text("DATABASE_URL", "")


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(HOME / name),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
                "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;"
                "PRAGMA journal_size_limit=67108864;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _databases(url: str) -> dict[str, dict[str, Any]]:
    """`default` holds the rows; `cache` holds what must be seen at once, outside transactions."""
    if not url:
        return {"default": _sqlite("hygie.sqlite3"), "cache": _sqlite("cache.sqlite3")}
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise environment.EnvironmentRefused(
            "DATABASE_URL: expected postgresql://user:password@host:port/name, or nothing (SQLite)"
        )
    return {"default": _postgresql(url), "cache": _postgresql(url)}


DATABASES = _databases(DATABASE_URL)
IS_POSTGRESQL = DATABASES["default"]["ENGINE"].endswith("postgresql")
DATABASE_ROUTERS = ["hygie.foundation.jobs.router.CacheRouter"]

if IS_POSTGRESQL:
    # Its migrations are PostgreSQL only: on SQLite the application must stay out.
    INSTALLED_APPS.append("procrastinate.contrib.django")

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hygie_cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}
