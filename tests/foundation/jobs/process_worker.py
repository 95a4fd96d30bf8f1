"""A real worker process."""

import sys

import django

from hygie.foundation.errors import Refusal

django.setup()

from hygie.foundation.jobs.worker import run_worker  # noqa: E402

if __name__ == "__main__":
    try:
        sys.exit(run_worker())
    except Refusal as refusal:
        sys.exit(str(refusal))
