"""How do the tests run: same house, fast hasher, jobs at once, state in a temporary place?"""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("HYGIE_PROFILE", "test")
if "HYGIE_HOME" not in os.environ:
    os.environ["HYGIE_HOME"] = tempfile.mkdtemp(prefix="hygie-test-")
    atexit.register(shutil.rmtree, os.environ["HYGIE_HOME"], ignore_errors=True)

from hygie.shell.settings import *
from hygie.shell.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES, TASKS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS["default"]["BACKEND"] = "hygie.foundation.jobs.backends.immediate.ImmediateBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES.pop("cache")
DATABASE_ROUTERS = []
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = {}
UPLOADS_PER_MINUTE = 0
# Tests serve pages without streams: what is told is read, often.
LIVE_POLL_S = 0.2
# A page that is only read must not write: the innermost middleware refuses it.
MIDDLEWARE.append("hygie.foundation.http.readonly.ReadOnlyGetMiddleware")
WHITENOISE_AUTOREFRESH = True
INSTALLED_APPS = list(INSTALLED_APPS)
