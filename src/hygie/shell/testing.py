"""How are the tests run as one command, without touching an instance?"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

from hygie.shell.errors import TestsAbsent
from hygie.shell.setup.checkout import checkout_find
from hygie.shell.setup.frontend import frontend_prepare
from hygie.shell.setup.speech import tell

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/hygie"
# Settings of the operator's instance must not colour a test; these concern the tests themselves.
_KEPT = frozenset({"HYGIE_REAL_DATA", "HYGIE_CHROMIUM", "HYGIE_VENV", "HYGIE_OFFLINE", "HYGIE_UV"})
# Tests start hundreds of programs: half of each start would go into compiling the same sources.
_LEFT = ("HYGIE_", "DJANGO_SETTINGS", "PYTHONDONTWRITEBYTECODE")
# Folders long enough to be worth several processes; each has its own server, browser and tables.
_WHOLE = frozenset({"tests", "tests/pages"})


def tests_run(words: Sequence[str], *, postgres: bool, pages: bool) -> int:
    """Run pytest.

    Args:
        words: passed on to pytest as they are.
        postgres: on the server of DATABASE_URL, or of this machine.
        pages: browser tests are required; else they run only where a Chromium is.

    Returns:
        pytest's exit code.

    Raises:
        TestsAbsent: not a source checkout, or pytest is not installed.
    """
    checkout = checkout_find()
    if checkout is None or importlib.util.find_spec("pytest") is None:
        raise TestsAbsent
    frontend_prepare(with_tests=True)
    chosen = [*_pages_left_out(words, pages=pages), *_in_parallel(words), *words]
    command = [sys.executable, "-m", "pytest", *chosen]
    return subprocess.call(command, cwd=checkout.root, env=_environment(postgres=postgres))


def has_chromium() -> bool:
    """Is there a browser for the page tests?"""
    return bool(os.environ.get("HYGIE_CHROMIUM") or shutil.which("chromium"))


def _in_parallel(words: Sequence[str]) -> list[str]:
    """The whole suite uses every processor; a few chosen tests start faster in one process."""
    is_whole = all(word.startswith("-") or word.rstrip("/") in _WHOLE for word in words)
    return ["-n", "auto"] if is_whole and not any(w.startswith("-n") for w in words) else []


def _pages_left_out(words: Sequence[str], *, pages: bool) -> list[str]:
    if pages or has_chromium() or any("tests/pages" in word for word in words):
        return []
    tell(
        "Chromium absent : les tests de pages sont sautés (Debian : apt install chromium)",
        "no Chromium: page tests are skipped (Debian: apt install chromium)",
    )
    return ["--ignore=tests/pages"]


def _environment(*, postgres: bool) -> Mapping[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_LEFT) or name in _KEPT
    }
    url = kept.pop("DATABASE_URL", POSTGRESQL)
    return {**kept, "DATABASE_URL": url} if postgres else kept
