"""All settings, one file a topic. An unknown HYGIE_ variable stops the start."""

from hygie.foundation import environment
from hygie.shell.settings.base import *
from hygie.shell.settings.database import *
from hygie.shell.settings.jobs import *
from hygie.shell.settings.logging import *
from hygie.shell.settings.security import *
from hygie.shell.settings.serving import *
from hygie.shell.settings.signin import *
from hygie.shell.settings.simulation import *
from hygie.shell.settings.storage import *

# Read by the launcher, the supervisor or the tests, not by Django.
_LAUNCHER = ("HYGIE_REAL_DATA", "HYGIE_VENV", "HYGIE_PORT", "HYGIE_HOST", "HYGIE_WEB_WORKERS",
             "HYGIE_UV", "HYGIE_OFFLINE", "HYGIE_CHROMIUM", "HYGIE_LANGUAGE",
             "HYGIE_WORKER_CONCURRENCY")  # fmt: skip
_misspelt = list(environment.unknown_variables(also_known=_LAUNCHER))
if _misspelt:
    raise environment.EnvironmentRefused(
        f"unknown variable(s) {', '.join(_misspelt)}: see docs/operations/settings.md"
    )
