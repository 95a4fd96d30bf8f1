"""The supervisor with small programs: restarts, stops, leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hygie.shell.errors import AlreadyServed, PortRefused
from hygie.shell.supervisor import home_claimed, port_refuse_if_taken

pytestmark = pytest.mark.process

# A supervisor of two programs: one writes its pid and sleeps, one falls at once.
SUPERVISOR = """
import os, sys
import django
from django.conf import settings
settings.configure(USE_I18N=False)
from hygie.shell.supervisor import Program, Supervisor
folder = sys.argv[1]
write = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n')"
sleeper = write + "; time.sleep(600)"
stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + sleeper
body = stubborn if "stubborn" in sys.argv else sleeper
programs = [Program("sleeper", (sys.executable, "-c", body, folder + "/sleeper"))]
if "falls" in sys.argv:
    once = "import sys; open(sys.argv[1], 'a').write('x\\\\n'); sys.exit(3)"
    programs.append(Program("falls", (sys.executable, "-c", once, folder + "/falls")))
import hygie.shell.supervisor as module
module.GRACE_S = 1.0
print("up", flush=True)
sys.exit(Supervisor(programs, dict(os.environ), lambda s: print(s, flush=True)).run())
"""


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(tmp_path), *words],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def lines(path: Path, count: int, seconds: float = 10) -> list[str]:
    """Wait until a file has that many lines."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = path.read_text().split() if path.exists() else []
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{path.name} never had {count} lines")


def wait_gone(pid: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            # A zombie waiting for its reaper is gone as far as ports and files go.
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def test_a_killed_program_is_started_again(
    supervise: Callable[..., object], tmp_path: Path
) -> None:
    supervise()
    (first,) = lines(tmp_path / "sleeper", 1)
    os.kill(int(first), signal.SIGKILL)
    assert lines(tmp_path / "sleeper", 2)[1] != first


def test_a_program_that_always_falls_is_retried_ever_more_slowly(
    supervise: Callable[..., "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    supervise("falls")
    lines(tmp_path / "falls", 1)
    time.sleep(3)
    # At 0, 0.5, 1.5 and 3.5 seconds.
    assert 2 <= len(lines(tmp_path / "falls", 2)) <= 3


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_reaches_every_program(
    supervise: Callable[..., "subprocess.Popen[str]"], tmp_path: Path, signum: signal.Signals
) -> None:
    supervisor = supervise()
    (child,) = lines(tmp_path / "sleeper", 1)
    supervisor.send_signal(signum)
    assert supervisor.wait(timeout=5) == 0
    assert wait_gone(int(child))


def test_a_program_that_ignores_the_stop_is_ended_after_the_grace(
    supervise: Callable[..., "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    supervisor = supervise("stubborn")
    (child,) = lines(tmp_path / "sleeper", 1)
    supervisor.terminate()
    assert supervisor.wait(timeout=6) == 0
    assert wait_gone(int(child))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_supervisor_killed_outright_leaves_no_orphan(
    supervise: Callable[..., "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    supervisor = supervise()
    (child,) = lines(tmp_path / "sleeper", 1)
    supervisor.kill()
    assert wait_gone(int(child))


def test_a_second_supervisor_of_the_same_home_is_refused_with_the_pid_of_the_first(
    tmp_path: Path,
) -> None:
    with home_claimed(tmp_path):
        with pytest.raises(AlreadyServed) as refusal, home_claimed(tmp_path):
            pass
        assert refusal.value.params == {"home": tmp_path, "pid": str(os.getpid())}
    with home_claimed(tmp_path):
        pass


def test_a_taken_port_is_told_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortRefused) as refusal:
            port_refuse_if_taken("127.0.0.1", port)
    assert refusal.value.params["port"] == port
    port_refuse_if_taken("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(PortRefused):
        port_refuse_if_taken("192.0.2.1", 8000)
