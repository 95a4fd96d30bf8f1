"""A real instance served: pages answer, the dead come back, nothing stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from hygie.shell.serving import Address, answers
from tests.shell.instances import Instance

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

Served = tuple["subprocess.Popen[str]", int, Instance]


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def at(port: int) -> Address:
    return Address("127.0.0.1", port)


def descendants(pid: int) -> dict[int, str]:
    """Every process below one, with its command line; one that ends meanwhile is left out."""
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        for child in _children(waiting.pop()):
            with suppress(FileNotFoundError, ProcessLookupError):
                command = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
                found[child] = command.decode()
                waiting.append(child)
    return found


def _children(pid: int) -> list[int]:
    listed: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            listed += map(int, task.read_text().split())
    return listed


def until(condition, seconds: float = 30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.05)
    raise AssertionError("never happened")


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@contextmanager
def serving(instance: Instance) -> Iterator[Served]:
    """An instance that answers, until the end of the test."""
    port = free_port()
    process = subprocess.Popen(
        instance.command("serve", "--port", str(port)),
        env=instance.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        until(lambda: answers(at(port)) or process.poll() is not None, 90)
        assert process.poll() is None, process.communicate()[0]
        yield process, port, instance
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def served_first(instance: Instance) -> Iterator[Served]:
    with serving(instance) as served:
        yield served


@pytest.fixture
def served(laid_instance: Instance) -> Iterator[Served]:
    with serving(laid_instance) as served:
        yield served


def test_a_first_start_serves_and_the_fallen_come_back(
    served_first: Served,
) -> None:
    process, port, instance = served_first

    def child(word: str) -> int:
        return next((pid for pid, line in descendants(process.pid).items() if word in line), 0)

    for word in ("cli worker", "granian"):
        first = until(lambda word=word: child(word))
        os.kill(first, signal.SIGKILL)
        until(lambda word=word, first=first: child(word) not in {0, first})
    until(lambda: answers(at(port)))

    refused = instance.run("serve", "--port", str(free_port()))
    assert refused.returncode == 3
    assert f"processus {process.pid}" in refused.stderr

    everyone = descendants(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert all(is_gone(pid) for pid in everyone)


def test_killed_outright_it_leaves_no_process_and_starts_again(
    served: Served,
) -> None:
    process, port, _instance = served
    everyone = descendants(process.pid)
    assert len(everyone) >= 4
    process.kill()
    until(lambda: all(is_gone(pid) for pid in everyone), 15)
    assert not answers(at(port))


def test_older_tables_are_not_changed_by_serving(laid_instance: Instance) -> None:
    instance = laid_instance
    instance.succeed("manage", "migrate", "journal", "zero", "--fake")
    done = instance.run("serve", "--port", str(free_port()))
    assert done.returncode == 3
    assert "hygie backup" in done.stderr
