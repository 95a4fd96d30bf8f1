"""How late do two hundred listeners hear what is told, and what do short pages pay for it?

Starts a real page server (two processes, as `hygie serve` does) on a temporary SQLite instance, or
on the empty database that DATABASE_URL names, opens listeners, tells events from several clients at
once, and checks that each listener heard every event once and in order. Latency runs from just
before the event is written, in its transaction, to its bytes at the listener; all of it on one
machine, clients included. Short pages are measured without listeners, with sleeping ones, and while
events fly; and on the same application under two other servers: WSGI as it was before live streams,
and ASGI.

    python -m benchmarks.live
    DATABASE_URL=postgresql://postgres@127.0.0.1:5432/hygie_bench python -m benchmarks.live
"""

import argparse
import asyncio
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
CHANNEL = "bench"
PAGES = ("/healthz", "/robots.txt", "/compte/connexion/", "/direct/quiet/?after=0")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=200)
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--pause-ms", type=float, default=50, help="between two of a writer")
    parser.add_argument("--requests", type=int, default=150, help="of each page")
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hygie-bench-") as home:
        environment = _environment(home)
        subprocess.run(
            [sys.executable, "-P", "-m", "hygie.shell.cli", "migrate", "--quiet"],
            env=environment, check=True,
        )  # fmt: skip
        print(f"database: {'PostgreSQL' if os.environ.get('DATABASE_URL') else 'SQLite'}")
        with serving(environment, OURS) as server:
            measure(server, asked)
        if not asked.no_peers:
            compare(environment, asked.requests)


def measure(server: "Server", asked: argparse.Namespace) -> None:
    alone = pages_time(server.port, asked.requests)
    print(f"memory, no listener: {server.memory_mb():.0f} MB in {server.processes()} processes")
    crowd = Crowd(server.port, asked.listeners)
    crowd.start()
    asleep = pages_time(server.port, asked.requests)
    print(f"memory, {asked.listeners} listeners: {server.memory_mb():.0f} MB")
    during: dict[str, list[float]] = {}
    beside = threading.Thread(
        target=lambda: during.update(pages_time(server.port, asked.requests)), daemon=True
    )
    beside.start()
    began = time.perf_counter()
    ids = tell(server.port, asked.events, asked.writers, asked.pause_ms / 1000)
    told_s = time.perf_counter() - began
    beside.join()
    crowd.stop(expected=len(ids))
    print(f"memory, after: {server.memory_mb():.0f} MB")
    crowd.judge(sorted(ids), told_s)
    print(f"{'short pages, ms (p50 / p95)':32}{'alone':>16}{'+ listeners':>16}{'+ events':>16}")
    for path in PAGES:
        cells = "".join(f"{shown(times[path]):>16}" for times in (alone, asleep, during))
        print(f"{path:32}{cells}")


def compare(environment: dict[str, str], requests: int) -> None:
    """The same pages under other servers, in turns so that the machine's mood is shared."""
    names = {"ours": OURS, "WSGI as before": BEFORE, "ASGI": ASGI}
    found: dict[str, dict[str, list[float]]] = {name: {} for name in names}
    for _turn in range(3):
        for name, words in names.items():
            with serving(environment, words) as server:
                for path, times in pages_time(server.port, requests).items():
                    found[name].setdefault(path, []).extend(times)
    print(f"{'short pages, ms (p50 / p95)':32}" + "".join(f"{name:>18}" for name in names))
    for path in PAGES:
        print(f"{path:32}" + "".join(f"{shown(found[name][path]):>18}" for name in names))


# --- servers -------------------------------------------------------------------------------------

_COMMON = ("--http", "1", "--no-ws", "--workers", "2", "--log-level", "error")
OURS = (
    *(*_COMMON, "--interface", "wsgi", "--blocking-threads", "468", "--backpressure", "2048"),
    "hygie.shell.wsgi:application",
)
BEFORE = (
    *(*_COMMON, "--interface", "wsgi", "--blocking-threads", "4", "--factory"),
    "django.core.wsgi:get_wsgi_application",
)
ASGI = (*_COMMON, "--interface", "asginl", "--factory", "django.core.asgi:get_asgi_application")


class Server:
    """One page server and its processes."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process = process
        self.port = port

    def _pids(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for path in children for pid in path.read_text().split()]

    def processes(self) -> int:
        return len(self._pids())

    def memory_mb(self) -> float:
        """Resident memory of the page processes, what they share counted once each time."""
        total = 0
        for pid in self._pids():
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            total += int(status.split("VmRSS:")[1].split()[0])
        return total / 1024


@contextlib.contextmanager
def serving(environment: dict[str, str], words: Sequence[str]) -> Iterator[Server]:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = int(chosen.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603  # our own server
        [sys.executable, "-P", "-m", "granian", "--port", str(port), *words],
        env=environment, cwd=REPOSITORY, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                get(port, "/healthz")
                break
            time.sleep(0.1)
        time.sleep(1)  # the other process too
        yield Server(process, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


def _environment(home: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HYGIE_", "DJANGO_"))}
    return {
        **kept,
        "HYGIE_HOME": home,
        "DJANGO_SETTINGS_MODULE": "tests.foundation.live.site_settings",
        "PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'src'}",
    }


# --- pages and telling ---------------------------------------------------------------------------


class Client:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str, body: bytes = b"") -> bytes:
        method = "POST" if body else "GET"
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        headers, _gap, content = got.partition(b"\r\n\r\n")
        if b"content-length: " in headers.lower():
            length = int(headers.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            while len(content) < length:
                content += self._more()
        else:
            while not content.endswith(b"0\r\n\r\n"):
                content += self._more()
        return content

    def _more(self) -> bytes:
        got = self._socket.recv(1 << 16)
        if not got:
            raise ConnectionError
        return got


def get(port: int, path: str) -> bytes:
    return Client(port).ask(path)


def pages_time(port: int, requests: int) -> dict[str, list[float]]:
    """Milliseconds of each request, one after the other, pages in turns."""
    client = Client(port)
    found: dict[str, list[float]] = {path: [] for path in PAGES}
    for _warm in range(10):
        for path in PAGES:
            client.ask(path)
    for _one in range(requests):
        for path in PAGES:
            began = time.perf_counter()
            client.ask(path)
            found[path].append((time.perf_counter() - began) * 1000)
    return found


def tell(port: int, events: int, writers: int, pause_s: float) -> list[int]:
    """Tell from several clients at once; the ids."""
    ids: list[int] = []

    def write(count: int) -> None:
        client = Client(port)
        for _one in range(count):
            payload = {"told_at": time.time(), "words": "x" * 120}
            words = [{"audience": "all", "kind": "note", "payload": payload}]
            ids.extend(json.loads(client.ask(f"/dire/{CHANNEL}/", json.dumps(words).encode())))
            time.sleep(pause_s)

    threads = [threading.Thread(target=write, args=(events // writers,)) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ids


def shown(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f} / {percentile(times, 95):.2f}"


def percentile(values: Sequence[float], share: float) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[round(share) - 1]


# --- listeners -----------------------------------------------------------------------------------


class Crowd:
    """Listeners in one event loop of a thread of their own."""

    def __init__(self, port: int, count: int) -> None:
        self._port = port
        self._heard: list[list[int]] = [[] for _ in range(count)]
        self._late: list[float] = []
        self._ready = threading.Barrier(2)
        self._greeted = 0
        self._expected: int | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait(60)

    def stop(self, *, expected: int) -> None:
        """Wait until everybody heard everything, twenty seconds at most."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and min(map(len, self._heard)) < expected:
            time.sleep(0.1)
        self._expected = expected
        self._thread.join(20)

    def judge(self, ids: list[int], told_s: float) -> None:
        lost = sum(len(set(ids) - set(heard)) for heard in self._heard)
        untidy = sum(heard != sorted(set(heard)) for heard in self._heard)
        print(
            f"{len(ids)} events told in {told_s:.1f} s to {len(self._heard)} listeners: "
            f"{len(self._late)} heard, {lost} lost, {untidy} listeners out of order"
        )
        ms = [one * 1000 for one in self._late]
        print(
            f"latency, ms: p50 {statistics.median(ms):.0f}, p95 {percentile(ms, 95):.0f}, "
            f"p99 {percentile(ms, 99):.0f}, most {max(ms):.0f}"
        )
        if lost or untidy:
            sys.exit(1)

    async def _run(self) -> None:
        tasks = [asyncio.create_task(self._listen(heard)) for heard in self._heard]
        while self._greeted < len(tasks):
            await asyncio.sleep(0.05)
        self._ready.wait()
        while self._expected is None:
            await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self, heard: list[int]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(
            f"GET /direct/{CHANNEL}/?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Accept: text/event-stream\r\n\r\n".encode()
        )
        with contextlib.closing(writer):
            async for line in reader:
                if line.startswith(b"event: live.hello"):
                    self._greeted += 1
                elif line.startswith(b'data: {"id"'):
                    said = json.loads(line[6:])
                    heard.append(said["id"])
                    self._late.append(time.time() - said["data"]["told_at"])


if __name__ == "__main__":
    main()
