"""Settings of the real workers that the tests start: the house's own, with another clock."""

import json
import os

from hygie.shell.settings import *
from hygie.shell.settings import DATABASES, IS_POSTGRESQL, PROCRASTINATE_WORKER_DEFAULTS

SCHEDULES = json.loads(os.environ.get("TEST_SCHEDULES", "{}"))
if not IS_POSTGRESQL:
    DATABASES["default"]["OPTIONS"]["timeout"] = float(os.environ.get("TEST_PATIENCE_S", "20"))
PROCRASTINATE_WORKER_DEFAULTS |= json.loads(os.environ.get("TEST_WORKER_DEFAULTS", "{}"))
