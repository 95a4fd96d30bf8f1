"""The launcher, with a stand-in for uv: what it asks for, when, and what it says when it cannot."""

import ast
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.process

# Makes an environment whose python tells how it was called, and keeps a line a call.
STAND_IN = """#!/bin/sh
if [ "$1" = "--version" ]; then echo "uv 0.9.1"; exit 0; fi
echo "$@" >> "{log}"
sleep {pause}
[ -n "$STAND_IN_FAILS" ] && exit 1
mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"
printf '#!/bin/sh\\necho "started: $@ in $(pwd)"\\n' > "$UV_PROJECT_ENVIRONMENT/bin/python"
chmod +x "$UV_PROJECT_ENVIRONMENT/bin/python"
"""


@dataclass
class Checkout:
    """A copy of the launcher with the two locks it reads."""

    root: Path
    uv_log: Path
    environment: dict[str, str]

    def launch(self, *words: str, cwd: Path | None = None, **variables: str) -> str:
        done = self.start(*words, cwd=cwd, **variables)
        output, errors = done.communicate(timeout=60)
        assert done.returncode == 0, errors
        return output

    def refused(self, *words: str, **variables: str) -> str:
        done = self.start(*words, **variables)
        _output, errors = done.communicate(timeout=60)
        assert done.returncode == 5
        return errors

    def start(
        self, *words: str, cwd: Path | None = None, **variables: str
    ) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(self.root / "hygie"), *words],
            cwd=cwd,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def uv_calls(self) -> list[str]:
        return self.uv_log.read_text().splitlines() if self.uv_log.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "a checkout"
    root.mkdir()
    for name in ("hygie", "uv.lock", "package-lock.json"):
        shutil.copy(REPOSITORY / name, root / name)
    uv = tmp_path / "uv"
    log = tmp_path / "uv.log"
    uv.write_text(STAND_IN.format(log=log, pause=0.3))
    uv.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HYGIE_")}
    return Checkout(root, log, {**kept, "HYGIE_UV": str(uv), "HYGIE_LANGUAGE": "en"})


def test_the_first_launch_makes_the_environment_and_the_second_asks_for_nothing(
    checkout: Checkout,
) -> None:
    assert "hygie.shell.cli demo --port 1" in checkout.launch("demo", "--port", "1")
    assert "hygie.shell.cli demo" in checkout.launch("demo")
    (call,) = checkout.uv_calls()
    assert "--frozen --no-python-downloads" in call
    assert "--no-dev" in call


def test_without_network_the_second_launch_still_starts(checkout: Checkout) -> None:
    checkout.launch("check")
    assert "started" in checkout.launch("check", HYGIE_UV="", PATH="/nonexistent")


def test_it_starts_from_any_folder_and_stays_there(checkout: Checkout, tmp_path: Path) -> None:
    assert checkout.launch("check", cwd=tmp_path).rstrip().endswith(f"in {tmp_path}")


def test_two_launches_at_once_make_one_environment(checkout: Checkout) -> None:
    both = [checkout.start("check"), checkout.start("check")]
    for process in both:
        process.communicate(timeout=60)
    assert [process.returncode for process in both] == [0, 0]
    assert len(checkout.uv_calls()) == 1


def test_a_changed_lock_brings_the_environment_up_to_date(checkout: Checkout) -> None:
    checkout.launch("check")
    with (checkout.root / "uv.lock").open("a") as file:
        file.write("\n# changed\n")
    checkout.launch("check")
    assert len(checkout.uv_calls()) == 2


def test_a_moved_checkout_makes_its_environment_again(checkout: Checkout) -> None:
    checkout.launch("check")
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    checkout.launch("check")
    assert len(checkout.uv_calls()) == 2


def test_the_tests_ask_for_more_once_and_a_demo_afterwards_keeps_it(checkout: Checkout) -> None:
    checkout.launch("demo")
    checkout.launch("test")
    checkout.launch("demo")
    assert ["--no-dev" in call for call in checkout.uv_calls()] == [True, False]


def test_an_environment_that_already_holds_the_tests_keeps_them(checkout: Checkout) -> None:
    (checkout.root / ".venv" / "bin").mkdir(parents=True)
    (checkout.root / ".venv" / "bin" / "pytest").touch()
    checkout.launch("demo")
    assert "--no-dev" not in checkout.uv_calls()[0]


def test_an_interrupted_set_up_starts_again(checkout: Checkout) -> None:
    assert "could not be made" in checkout.refused("check", STAND_IN_FAILS="1")
    assert not (checkout.root / ".venv" / ".hygie-stamp.json").exists()
    checkout.launch("check")


def test_a_damaged_stamp_counts_as_none(checkout: Checkout) -> None:
    checkout.launch("check")
    for content in ("{", "[]", json.dumps({"fingerprint": "x"})):
        (checkout.root / ".venv" / ".hygie-stamp.json").write_text(content)
        checkout.launch("check")
    assert len(checkout.uv_calls()) == 4


def test_hygie_venv_puts_everything_elsewhere(checkout: Checkout, tmp_path: Path) -> None:
    checkout.launch("check", HYGIE_VENV=str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / ".hygie-stamp.json").exists()
    assert sorted(p.name for p in checkout.root.iterdir()) == [
        "hygie",
        "package-lock.json",
        "uv.lock",
    ]


def test_a_folder_that_cannot_be_written_is_explained(checkout: Checkout) -> None:
    (checkout.root / ".hygie").write_text("a file where the folder should be")
    errors = checkout.refused("check")
    assert "cannot write" in errors
    assert "HYGIE_VENV" in errors
    assert "Traceback" not in errors


def test_a_missing_lock_is_named(checkout: Checkout) -> None:
    (checkout.root / "uv.lock").unlink()
    assert "cannot read uv.lock" in checkout.refused("check")


def test_offline_reaches_uv_and_forbids_to_install_it(checkout: Checkout) -> None:
    checkout.launch("check", HYGIE_OFFLINE="1")
    assert "--offline" in checkout.uv_calls()[0]
    shutil.rmtree(checkout.root / ".venv")
    errors = checkout.refused("check", HYGIE_OFFLINE="1", HYGIE_UV="", PATH="/nonexistent")
    assert "uv is not found" in errors


def test_an_old_python_is_told_what_is_needed(checkout: Checkout) -> None:
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 2); "
        f"sys.argv = ['hygie']; runpy.run_path({str(checkout.root / 'hygie')!r}, "
        "run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**checkout.environment, "PATH": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert "Python 3.11 or newer is needed; python3 is 3.9 here" in done.stderr


def test_an_old_python_can_at_least_read_the_launcher() -> None:
    source = (REPOSITORY / "hygie").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def test_it_speaks_french_first(checkout: Checkout) -> None:
    errors = checkout.refused("check", HYGIE_LANGUAGE="", LC_ALL="C", STAND_IN_FAILS="1")
    assert "l'environnement n'a pas pu être fait" in errors
