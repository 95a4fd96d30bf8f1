"""Settings of a real instance with one more address: a channel that anybody may tell on and hear."""

from pathlib import Path

from hygie.shell.settings import *
from hygie.shell.settings import TEMPLATES

HERE = Path(__file__).resolve().parent
ROOT_URLCONF = "tests.foundation.live.site_urls"
TEMPLATES[0]["DIRS"].append(str(HERE / "templates"))
