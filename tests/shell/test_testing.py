"""The one command of the tests: on how many processes, and with which variables."""

import pytest

from hygie.shell import testing


class Run:
    """What pytest would have been started with."""

    def __init__(self) -> None:
        self.command: list[str] = []
        self.environment: dict[str, str] = {}

    def __call__(self, command: list[str], *, cwd: object, env: dict[str, str]) -> int:
        self.command, self.environment = command, env
        return 0


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    made = Run()
    monkeypatch.setattr(testing.subprocess, "call", made)
    monkeypatch.setattr(testing, "frontend_prepare", lambda *, with_tests: None)
    monkeypatch.setenv("HYGIE_CHROMIUM", "/nowhere/chromium")
    return made


@pytest.mark.parametrize(
    "words", [[], ["-q"], ["tests/"], ["-q", "--ignore=tests/pages"], ["-q", "tests/pages"]]
)
def test_the_suite_and_its_pages_use_every_processor(run: Run, words: list[str]) -> None:
    assert testing.tests_run(words, postgres=False, pages="tests/pages" in words) == 0
    assert run.command[3:] == ["-n", "auto", *words]


@pytest.mark.parametrize(
    "words", [["tests/shell/test_door.py"], ["-k", "door"], ["-n0"], ["tests/pages/test_live.py"]]
)
def test_a_few_chosen_tests_start_in_one_process(run: Run, words: list[str]) -> None:
    testing.tests_run(words, postgres=False, pages=False)
    assert run.command[3:] == words


def test_what_belongs_to_an_instance_or_slows_each_start_is_left_out(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYGIE_HOME", "/srv/hygie")
    monkeypatch.setenv("HYGIE_REAL_DATA", "required")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/rows")
    testing.tests_run([], postgres=False, pages=False)
    assert run.environment["HYGIE_REAL_DATA"] == "required"
    assert not {"HYGIE_HOME", "PYTHONDONTWRITEBYTECODE", "DATABASE_URL"} & set(run.environment)
    testing.tests_run([], postgres=True, pages=False)
    assert run.environment["DATABASE_URL"] == "postgresql://somewhere/rows"
