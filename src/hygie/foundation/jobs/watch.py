"""How does long work tell how far it is, and learn that it must stop?"""

import sys
import time
from typing import Protocol, TextIO

from django.utils.translation import gettext

# Seen as continuous by a reader, and too rare to cost the work anything.
BEAT_S = 0.3


class Watch(Protocol):
    """What a service is given to tell its progress; all methods are cheap enough for a loop."""

    def stage(self, text: str, total: int = 0) -> None:
        """A new stage begins.

        Args:
            text: French source sentence, marked with `gettext_noop` where it is written.
            total: how many steps it has; 0 when nobody can tell.

        Raises:
            JobCancelled, JobInterrupted: the work must stop here.
        """

    def advance(self, n: int = 1) -> None:
        """`n` more steps of the stage are done; raises as `stage`."""

    def check(self) -> None:
        """Nothing new, but is the work still wanted? Raises as `stage`."""


class SilentWatch:
    """Nobody looks: tests, and command lines whose output is read by a program."""

    def stage(self, text: str, total: int = 0) -> None:
        """Nothing to tell."""

    def advance(self, n: int = 1) -> None:
        """Nothing to tell."""

    def check(self) -> None:
        """Never asked to stop."""


class TerminalWatch:
    """Progress on the error stream: a line that moves on a terminal, a line a stage in a log."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._moves = self._stream.isatty()
        self._text = ""
        self._done = 0
        self._total = 0
        self._beat_at = 0.0

    def stage(self, text: str, total: int = 0) -> None:
        """End the line of the stage before, begin this one's."""
        self.close()
        self._text, self._done, self._total = gettext(text), 0, total
        self._draw(end="" if self._moves else "\n")

    def advance(self, n: int = 1) -> None:
        """Move the line, a few times a second at most."""
        self._done += n
        now = time.monotonic()
        if self._moves and now - self._beat_at >= BEAT_S:
            self._beat_at = now
            self._draw()

    def check(self) -> None:
        """Ctrl-C already stops a command line."""

    def close(self) -> None:
        """Leave the last line as it stands."""
        if self._text and self._moves:
            self._draw(end="\n")
        self._text = ""

    def _draw(self, end: str = "") -> None:
        start = "\r\x1b[K" if self._moves else ""
        count = ""
        if self._total:
            count = f" {self._done}/{self._total} ({min(100, 100 * self._done // self._total)} %)"
        elif self._done:
            count = f" {self._done}"
        self._stream.write(f"{start}{self._text}{count}{end}")
        self._stream.flush()
