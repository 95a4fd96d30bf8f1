"""The door of the page servers: what granian (or any WSGI server) loads."""

import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application

from hygie.shell.processes import die_with_parent

if multiprocessing.parent_process() is not None:
    # A granian worker: its master, killed outright, would leave it holding the port.
    die_with_parent(signal.SIGKILL)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hygie.shell.settings")
application = get_wsgi_application()
