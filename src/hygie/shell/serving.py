"""Which processes make a running instance, and when is it ready?"""

import http.client
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from hygie.foundation import environment
from hygie.shell.supervisor import Program

_PYTHON = (sys.executable, "-P", "-m")
_PROBE_S = 1.0
# Threads of the page server beyond those of pages and streams: downloads, and requests that queue.
_MORE_THREADS = 64
# Connections of one page process; the idle ones that browsers keep open count.
_CONNECTIONS = 2048


@dataclass(frozen=True, slots=True)
class Address:
    """Where pages are served."""

    host: str
    port: int

    def __str__(self) -> str:
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104  # compared, not bound
        return f"http://{shown}:{self.port}"

    @classmethod
    def chosen(cls, host: str | None, port: int | None) -> "Address":
        """From the command line, else HYGIE_HOST and HYGIE_PORT, else 127.0.0.1:8000."""
        return cls(
            host or environment.text("HYGIE_HOST") or "127.0.0.1",
            environment.integer("HYGIE_PORT", 8000, minimum=1, maximum=65535)
            if port is None
            else port,
        )


def programs(address: Address, *, workers: int | None, with_worker: bool) -> list[Program]:
    """The page server, and the worker unless it runs elsewhere.

    The page server's threads only wait: pages are made by HYGIE_WEB_THREADS of ours in each process
    (`hygie.shell.door`), live streams and downloads sleep in the others.
    """
    count = workers or environment.integer("HYGIE_WEB_WORKERS", 2, minimum=1, maximum=64)
    threads = settings.WEB_THREADS + settings.LIVE_STREAMS + _MORE_THREADS
    web = (
        *(*_PYTHON, "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", str(count), "--blocking-threads", str(threads)),
        *("--backpressure", str(max(_CONNECTIONS, threads))),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        # Not "warning": it would warn of so many threads at each start.
        *("--log-level", "error"),
        "hygie.shell.wsgi:application",
    )
    children = [Program(_("serveur de pages"), web)]
    if with_worker:
        children.append(Program(_("travaux"), (*_PYTHON, "hygie.shell.cli", "worker")))
    return children


def child_environment(address: Address) -> Mapping[str, str]:
    """The supervisor's own, with the address that links in messages will carry."""
    return {"HYGIE_PUBLIC_URL": str(address), **os.environ}


def answers(address: Address) -> bool:
    """Does /healthz answer?"""
    host = str(address).removeprefix("http://").rpartition(":")[0].strip("[]")
    connection = http.client.HTTPConnection(host, address.port, timeout=_PROBE_S)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{address.port}"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
