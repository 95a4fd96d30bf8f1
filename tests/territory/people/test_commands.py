"""Command line of people: what a machine's operator may do, and what it answers."""

import argparse
import io
import json
from types import SimpleNamespace

import pytest

from hygie.foundation.errors import NotFound
from hygie.territory.people.commands import register
from hygie.territory.people.errors import EmailRefused, PasswordRefused, RoleDoesNotFit
from hygie.territory.people.models import User


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["user", *words])
    code: int = arguments.run(arguments)
    return code


def test_adding_someone_prints_a_link_to_hand_over(
    territory: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    code = _run("add", "rssi@ch.test", "--role", "rssi", "--at", "HF-01", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    assert answer["organisation"] == "GHT des Trois Rivières"
    assert "/compte/acces/" in answer["link"]


def test_adding_someone_with_a_password_from_the_input_opens_the_account_at_once(
    territory: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("cheval batterie agrafe 42\n"))
    assert _run("add", "chef@ch.test", "--role", "administrator", "--at", "FR", "--stdin") == 0
    assert User.objects.get(email="chef@ch.test").check_password("cheval batterie agrafe 42")


def test_a_refused_password_leaves_no_account(
    territory: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("court\n"))
    with pytest.raises(PasswordRefused):
        _run("add", "chef@ch.test", "--role", "administrator", "--at", "FR", "--stdin")
    assert not User.objects.filter(email="chef@ch.test").exists()


def test_what_cannot_be_is_refused_with_its_reason(territory: SimpleNamespace) -> None:
    with pytest.raises(RoleDoesNotFit):
        _run("add", "x@ch.test", "--role", "national", "--at", "HF-01")
    with pytest.raises(NotFound):
        _run("add", "x@ch.test", "--role", "rssi", "--at", "ZZ-99")
    with pytest.raises(EmailRefused):
        _run("add", "pas-une-adresse", "--role", "rssi", "--at", "HF-01")


def test_a_password_is_changed_or_a_link_given(
    characters: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("cheval batterie agrafe 42\n"))
    assert _run("password", "alice@hygie.test", "--stdin") == 0
    characters.alice.refresh_from_db()
    assert characters.alice.check_password("cheval batterie agrafe 42")
    assert _run("password", "alice@hygie.test", "--link") == 0
    assert "/compte/acces/" in capsys.readouterr().out
    with pytest.raises(NotFound):
        _run("password", "personne@hygie.test", "--link")


def test_the_list_names_everyone_and_an_account_closes_and_opens(
    characters: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("list", "--json") == 0
    assert {row["email"] for row in json.loads(capsys.readouterr().out)} >= {"alice@hygie.test"}
    assert _run("close", "alice@hygie.test") == 0
    characters.alice.refresh_from_db()
    assert not characters.alice.is_active
    assert _run("close", "alice@hygie.test", "--again") == 0
    assert "alice@hygie.test" in capsys.readouterr().out
