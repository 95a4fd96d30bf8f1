"""The door of the page servers: what granian (or any WSGI server) loads."""

import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from hygie.shell.processes import die_with_parent
from hygie.shell.warming import warming_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hygie.shell.settings")
application = get_wsgi_application()

if multiprocessing.parent_process() is not None:
    # A granian worker: its master, killed outright, would leave it holding the port.
    die_with_parent(signal.SIGKILL)
    # It holds live streams; under another server pages read instead. Named, because it knows
    # models, which can be imported only now.
    application = import_string("hygie.shell.door.door_open")(application)
    warming_start()
