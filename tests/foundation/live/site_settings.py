"""A real instance with one more address: a channel that anybody may tell on and hear."""

from pathlib import Path

from hygie.shell.settings import *
from hygie.shell.settings import DATABASES, TEMPLATES

ROOT_URLCONF = "tests.foundation.live.site_urls"
TEMPLATES[0]["DIRS"].append(str(Path(__file__).resolve().parent / "templates"))
# Straight from the sources: nothing is collected first.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# The tables are those of the tests, where nobody lays a cache.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES.pop("cache")
DATABASE_ROUTERS = []
