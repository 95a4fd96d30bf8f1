"""A served instance of its own, started, stopped and killed at will, on the database under test."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from hygie.foundation.live.models import LiveEvent
from hygie.shell.processes import child_of
from hygie.shell.serving import Address, answers, programs

REPOSITORY = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def told(audience: str, kind: str, **payload: Any) -> dict[str, Any]:
    return {"audience": audience, "kind": kind, "payload": payload}


@dataclass
class Site:
    """One page server on a fixed port, without a worker."""

    home: Path
    database_url: str
    workers: int = 2
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        address = Address("127.0.0.1", self.port)
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HYGIE_", "DJANGO_", "DATABASE_URL", "PYTEST_", "COV_"))
        }
        self.process = subprocess.Popen(
            programs(address, workers=self.workers, with_worker=False)[0].command,
            cwd=REPOSITORY,
            env={
                **kept,
                "HYGIE_HOME": str(self.home),
                "DATABASE_URL": self.database_url,
                "DJANGO_SETTINGS_MODULE": "tests.foundation.live.site_settings",
                "PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'src'}",
            },
            process_group=0,
            preexec_fn=child_of(os.getpid()),
        )
        deadline = time.monotonic() + 60
        while not answers(address):
            assert self.process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def end(self, signum: signal.Signals = signal.SIGTERM) -> float:
        """End the server and all its processes; seconds that it took."""
        if self.process is None:
            return 0.0
        began = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signum)
        self.process.wait(timeout=20)
        self.process = None
        return time.monotonic() - began

    def tell(
        self, channel: str, words: Sequence[Mapping[str, Any]], slow_s: float = 0
    ) -> list[int]:
        """Tell in one transaction; the ids."""
        ids: list[int] = json.loads(self.post(f"/dire/{channel}/?slow_s={slow_s}", list(words)))
        return ids

    def post(self, path: str, body: Any = None) -> bytes:
        request = urllib.request.Request(self.url + path, json.dumps(body).encode())  # noqa: S310  # ours
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.read()  # type: ignore[no-any-return]

    def read(self, channel: str, after: int, heard_as: str = "all") -> dict[str, Any]:
        """The JSON of a page that reads."""
        address = f"{self.url}/direct/{channel}/?as={heard_as}&after={after}"
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
            said: dict[str, Any] = json.loads(answer.read())
            return said


@contextlib.contextmanager
def served_site(home: Path, *, workers: int = 2) -> Iterator[Site]:
    """A site on a copy of the tests' SQLite tables, or on the tests' own PostgreSQL database.

    Call it with the database unblocked.
    """
    home.mkdir(parents=True)
    url = ""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        target = sqlite3.connect(home / "hygie.sqlite3")
        connection.connection.backup(target)
        target.close()
    else:
        said = connection.settings_dict
        account = f"{said['USER']}:{said['PASSWORD']}" if said["PASSWORD"] else said["USER"]
        place = f"{said['HOST'] or '127.0.0.1'}:{said['PORT'] or 5432}"
        url = f"postgresql://{account}@{place}/{said['NAME']}"
    site = Site(home, url, workers)
    try:
        yield site
    finally:
        site.end(signal.SIGKILL)
        if url:
            LiveEvent.objects.all().delete()
            sessions_end()


def sessions_end() -> None:
    """Wait until PostgreSQL has seen the killed server leave: its database is dropped next."""
    deadline = time.monotonic() + 5
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(asked)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


@dataclass
class Listener:
    """A program that reads a stream line by line, as a browser's EventSource does."""

    site: Site
    channel: str
    after: int = 0
    heard_as: str = "all"
    last_event_id: str = ""
    connection: "socket.socket | None" = None
    buffer: bytes = b""

    def open(self, timeout_s: float = 20) -> "Listener":
        self.connection = socket.create_connection(("127.0.0.1", self.site.port), timeout_s)
        last = f"Last-Event-ID: {self.last_event_id}\r\n" if self.last_event_id else ""
        self.connection.sendall(
            f"GET /direct/{self.channel}/?as={self.heard_as}&after={self.after} HTTP/1.1\r\n"
            f"Host: 127.0.0.1\r\nConnection: close\r\n"
            f"Accept: text/event-stream\r\n{last}\r\n".encode()
        )
        return self

    def close(self) -> None:
        if self.connection:
            self.connection.close()

    def frames(self) -> Iterator[dict[str, str]]:
        """Each event as its fields; ends with the stream. Chunk marks are lines of their own."""
        fields: dict[str, str] = {}
        for line in self._lines():
            name, colon, value = line.partition(": ")
            if colon and name in {"id", "event", "data", "retry", ""}:
                fields[name] = value
            elif not line and fields.keys() & {"data"}:
                yield fields
                fields = {}

    def told(self, count: int) -> list[dict[str, Any]]:
        """The next events told."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + 25
        for frame in self.frames():
            # What was lost never comes; the stream goes on beating.
            assert time.monotonic() < deadline, f"heard {len(found)} of {count}"
            if "event" not in frame:
                found.append(json.loads(frame["data"]))
                assert frame["id"] == str(found[-1]["id"])
            if len(found) == count:
                return found
        raise AssertionError(f"the stream ended after {len(found)} of {count}")

    def _lines(self) -> Iterator[str]:
        assert self.connection
        while True:
            while b"\n" not in self.buffer:
                more = self.connection.recv(65536)
                if not more:
                    return
                self.buffer += more
            line, _lf, self.buffer = self.buffer.partition(b"\n")
            yield line.rstrip(b"\r").decode()
