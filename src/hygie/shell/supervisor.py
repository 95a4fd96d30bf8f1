"""Who keeps the page server and the worker alive, and lets neither outlive the other?"""

import contextlib
import fcntl
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from django.utils.translation import gettext as _

from hygie.shell.errors import AlreadyServed, PortRefused
from hygie.shell.processes import child_of

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
# A child that lived this long was well: its next fall starts again from the first pause.
WELL_AFTER_S = 60.0
# Time given to a request or a job to end; a job cut here is taken up again at the next start.
GRACE_S = 15.0


@dataclass(slots=True)
class Program:
    """One child to keep alive.

    Attributes:
        name: how the log calls it.
        command: argument vector.
        pause_s: how long to wait before the next start, doubled at each fall.
    """

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    pause_s: float = FIRST_PAUSE_S
    started_at: float = 0.0
    start_after: float = 0.0


@contextlib.contextmanager
def home_claimed(home: Path) -> Iterator[None]:
    """Hold `supervisor.lock` of a state folder: one supervisor a home.

    Raises:
        AlreadyServed: another one holds it; the message gives its process id.
    """
    path = home / "supervisor.lock"
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise AlreadyServed(home=home, pid=file.read().strip() or "?") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def port_refuse_if_taken(host: str, port: int) -> None:
    """Try the address before anything starts.

    Raises:
        PortRefused: taken, not ours to take, or not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        # As the page server does: a port that only lingers after a stop is free.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise PortRefused(host=host, port=port, reason=error.strerror) from error


@dataclass(slots=True)
class Supervisor:
    """Starts its programs, restarts the fallen, forwards the stop.

    Attributes:
        programs: what to keep alive.
        environment: environment of each child.
        log: receives one sentence an event.
        is_ready: asked now and then until it answers True; `on_ready` is then called once.
    """

    programs: Sequence[Program]
    environment: Mapping[str, str]
    log: Callable[[str], None]
    is_ready: Callable[[], bool] = lambda: True
    on_ready: Callable[[], None] = lambda: None
    _stop_signals: int = field(default=0, init=False)
    _was_ready: bool = field(default=False, init=False)

    def run(self) -> int:
        """Keep the programs alive until SIGTERM or SIGINT; returns 0 after a clean stop."""
        with self._signals() as wake:
            try:
                while not self._stop_signals:
                    self._start_due()
                    self._announce()
                    _wait(wake, self._next_pause())
                    self._reap()
                return 0
            finally:
                self._stop(wake)

    def _start_due(self) -> None:
        now = time.monotonic()
        for program in self.programs:
            if program.process is None and program.start_after <= now:
                program.process = subprocess.Popen(
                    program.command,
                    env=dict(self.environment),
                    # Its own group: Ctrl-C reaches the supervisor alone, which then stops all.
                    process_group=0,
                    preexec_fn=child_of(os.getpid()),  # safe: no other thread here
                )
                program.started_at = now

    def _reap(self) -> None:
        now = time.monotonic()
        for program in self.programs:
            if program.process is None or program.process.poll() is None:
                continue
            _kill_group(program.process, signal.SIGKILL)
            if now - program.started_at >= WELL_AFTER_S:
                program.pause_s = FIRST_PAUSE_S
            self.log(
                _("« %(name)s » arrêté (code %(code)s), redémarrage dans %(pause).1f s")
                % {
                    "name": program.name,
                    "code": program.process.returncode,
                    "pause": program.pause_s,
                }
            )
            program.start_after = now + program.pause_s
            program.pause_s = min(program.pause_s * 2, LONGEST_PAUSE_S)
            program.process = None

    def _announce(self) -> None:
        if not self._was_ready and self.is_ready():
            self._was_ready = True
            self.on_ready()

    def _next_pause(self) -> float:
        """Seconds until something is due, were no child to fall and no signal to come."""
        now = time.monotonic()
        due = [p.start_after - now for p in self.programs if p.process is None]
        return max(0.0, min([*due, 60.0 if self._was_ready else 0.2]))

    def _stop(self, wake: int) -> None:
        """SIGTERM to each group, SIGKILL to those that stay past the grace or a second signal."""
        alive = [p.process for p in self.programs if p.process is not None]
        for process in alive:
            _kill_group(process, signal.SIGTERM)
        asked = self._stop_signals
        deadline = time.monotonic() + GRACE_S
        while any(process.poll() is None for process in alive):
            left = deadline - time.monotonic()
            if left <= 0 or self._stop_signals > max(asked, 1):
                break
            _wait(wake, min(left, 1.0))
        for process in alive:
            _kill_group(process, signal.SIGKILL)
            process.wait()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[int]:
        """Turn signals into bytes on a pipe, so that waiting needs no polling."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self._stop_signals += 1

        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        handled = {
            signal.SIGTERM: stop,
            signal.SIGINT: stop,
            signal.SIGHUP: stop,
            signal.SIGCHLD: lambda _number, _frame: None,
        }
        if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
            del handled[signal.SIGHUP]  # started by nohup: a closed terminal is no reason to stop
        previous = {number: signal.signal(number, handler) for number, handler in handled.items()}
        try:
            yield reading
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)
            os.close(reading)
            os.close(writing)


def _wait(wake: int, seconds: float) -> None:
    """Sleep until a signal comes or the time is over."""
    if select.select([wake], [], [], seconds)[0]:
        with contextlib.suppress(BlockingIOError):
            os.read(wake, 4096)


def _kill_group(process: subprocess.Popen[bytes], signum: signal.Signals) -> None:
    """Signal the child and all it started; nothing to do when they are gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signum)
