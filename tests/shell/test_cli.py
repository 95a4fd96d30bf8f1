"""The command line: exit codes, both languages, nothing that fails without a word."""

import argparse
import importlib
import json
import os
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.utils import translation

from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.shell import cli
from hygie.shell.cli import COMMANDS, Exit, main, parser_build
from hygie.shell.setup.speech import SetupRefused
from tests.shell.instances import Instance


class Nope(Refusal):
    code = "nope"
    template = "Ligne %(row)s refusée."


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """main() with one command, `try`, that does what the test says."""
    monkeypatch.setenv("HYGIE_HOME", str(tmp_path))
    monkeypatch.setenv("HYGIE_LANGUAGE", "fr")
    monkeypatch.setenv("LANGUAGE", "fr")

    def run(act, *words: str) -> int:
        def build(_word: str = "") -> argparse.ArgumentParser:
            parser = argparse.ArgumentParser(prog="hygie")
            trying = parser.add_subparsers(dest="command").add_parser("try")
            trying.add_argument("--json", action="store_true")
            trying.set_defaults(run=act)
            return parser

        monkeypatch.setattr(cli, "parser_build", build)
        monkeypatch.setattr(cli, "_tables_laid", lambda: False)
        return main(["try", *words])

    return run


def raising(error: BaseException):
    def act(_arguments: argparse.Namespace) -> int:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Nope(row=7), Exit.REFUSED),
        (NotFound(), Exit.NOT_FOUND),
        (NotAllowed(), Exit.NOT_FOUND),
        (ImproperlyConfigured("x"), Exit.USAGE),
        (SetupRefused("fr", "en"), Exit.INTERNAL),
        (OperationalError("locked"), Exit.INTERNAL),
        (OSError(28, "No space left on device", "/var/x"), Exit.INTERNAL),
        (RuntimeError("bug"), Exit.INTERNAL),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_end_has_its_exit_code(
    command, capsys: pytest.CaptureFixture[str], error: BaseException, code: Exit
) -> None:
    assert command(raising(error)) == code
    assert "Traceback" not in capsys.readouterr().out


def test_a_refusal_is_told_in_words_on_the_error_stream(
    command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(raising(Nope(row=7))) == Exit.REFUSED
    captured = capsys.readouterr()
    assert captured.err.endswith("hygie: Ligne 7 refusée.\n")
    assert captured.out == ""


def test_a_refusal_is_an_object_when_json_is_asked_for(
    command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(raising(Nope(row=7)), "--json") == Exit.REFUSED
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"error": "nope", "message": "Ligne 7 refusée.", "params": {"row": 7}}


def test_the_code_of_the_command_is_the_code_of_the_program(command) -> None:
    assert command(lambda _arguments: 1) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_each_module_of_the_table_adds_the_words_it_announces(name: str) -> None:
    subcommands = argparse.ArgumentParser().add_subparsers()
    importlib.import_module(name).register(subcommands)
    assert tuple(subcommands.choices) == COMMANDS[name]


def every_parser(parser: argparse.ArgumentParser):
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from every_parser(below)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_help_can_be_shown(language: str) -> None:
    with translation.override(language):
        for parser in every_parser(parser_build()):
            assert parser.format_help()


def test_every_command_that_ends_says_what_to_run() -> None:
    for parser in every_parser(parser_build()):
        has_verbs = any(isinstance(a, argparse._SubParsersAction) for a in parser._actions)
        assert has_verbs or callable(parser.get_default("run")), parser.prog


@pytest.mark.process
def test_real_runs_speak_both_languages_and_refuse_clearly(instance: Instance) -> None:
    french = instance.run("backup", "--help")
    assert french.stdout.startswith("usage : hygie backup")
    assert "afficher cette aide" in french.stdout
    english = instance.run("backup", "--help", LANG="en_GB.UTF-8")
    assert english.stdout.startswith("usage: hygie backup")
    assert "show this help message" in english.stdout

    for words, said in (
        (("nope",), "choix inconnu"),
        (("check", "--nope"), "--nope"),
        (("serve", "--port", "70000"), "de 1 à 65535"),
        (("serve", "--workers", "0"), "de 1 à 64"),
    ):
        done = instance.run(*words)
        assert done.returncode == 2
        assert said in done.stderr
    misspelt = instance.run("check", HYGIE_HOM="x")
    assert misspelt.returncode == 2
    assert "HYGIE_HOM" in misspelt.stderr


@pytest.mark.process
def test_help_and_tests_touch_no_instance(instance: Instance) -> None:
    instance.succeed("--help")
    instance.succeed("test", "--help")
    assert not instance.home.exists()


@pytest.mark.process
def test_an_unreadable_home_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = Instance(tmp_path / "file" / "home").run("check")
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.process
def test_a_reader_that_leaves_early_is_no_error(instance: Instance) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            instance.command("manage", "help", "--commands"),
            env=instance.environment,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 0
    assert done.stderr == ""
