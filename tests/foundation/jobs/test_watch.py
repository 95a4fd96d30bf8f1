"""Watches of the command line, and the connection of the cache."""

import io

import pytest

from hygie.foundation.jobs.router import CacheRouter
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch, Watch
from hygie.foundation.journal.models import JournalLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(watch: Watch) -> None:
    watch.stage("Lecture", total=3)
    for _step in range(3):
        watch.advance()
    watch.check()
    watch.stage("Écriture")
    watch.advance(5)


def test_a_silent_watch_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    work(SilentWatch())
    assert capsys.readouterr() == ("", "")


def test_a_log_gets_one_line_a_stage() -> None:
    stream = io.StringIO()
    watch = TerminalWatch(stream)
    work(watch)
    watch.close()
    assert stream.getvalue() == "Lecture 0/3 (0 %)\nÉcriture\n"


def test_a_terminal_gets_a_line_that_moves_and_ends_on_the_last_figure() -> None:
    stream = Terminal()
    watch = TerminalWatch(stream)
    work(watch)
    watch.close()
    lines = [line.rpartition("\x1b[K")[2] for line in stream.getvalue().split("\n")]
    assert lines == ["Lecture 3/3 (100 %)", "Écriture 5", ""]


def test_progress_goes_to_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    work(TerminalWatch())
    assert capsys.readouterr().out == ""


def test_only_the_cache_table_goes_to_its_own_connection() -> None:
    router = CacheRouter()
    cache_table = type("Table", (), {"_meta": type("M", (), {"app_label": "django_cache"})})
    assert router.db_for_read(cache_table) == router.db_for_write(cache_table) == "cache"
    assert router.db_for_read(JournalLine) is None
    assert router.allow_migrate("cache", "django_cache") is True
    assert router.allow_migrate("cache", "journal") is False
    assert router.allow_migrate("default", "journal") is True
    assert router.allow_migrate("default", "django_cache") is False
