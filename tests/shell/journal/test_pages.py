"""The journal's page: whose lines, how much of each, as a page and as a file."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM, Actor
from hygie.shell.journal.words import WORDS
from hygie.territory.people.models import User

SignedIn = Callable[[User], Client]
SOURCE = Path(__file__).resolve().parents[3] / "src" / "hygie"
MARK = "cle-usb-oubliee"


@pytest.fixture
def lines(territory: SimpleNamespace) -> None:
    for node in (territory.entities[0], territory.entities[1], territory.far):
        journal_write(
            actor=SYSTEM,
            action="action.added",
            object_type="action",
            object_id=f"chez-{node.code}",
            organisation_id=node.pk,
            detail={"title": f"{MARK}-{node.code}"},
        )
    journal_write(actor=Actor(None, "plate-forme"), action="referential.loaded")


def _page(client: Client, **query: str) -> str:
    return client.get(reverse("journal:line_list"), query).getvalue().decode()


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("form", ["", "csv"])
def test_one_reads_the_lines_of_one_s_structures_only(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: SignedIn, form: str
) -> None:
    query = {"format": form} if form else {}
    alice = _page(signed_in(characters.alice), **query)
    assert f"{MARK}-{territory.entities[0].code}" in alice
    assert territory.entities[1].code not in alice and territory.far.code not in alice
    assert "plate-forme" not in alice
    bob = _page(signed_in(characters.bob), **query)
    assert f"{MARK}-{territory.entities[1].code}" in bob and territory.far.code not in bob


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("form", ["", "csv"])
def test_an_administrator_reads_who_and_when_but_no_establishment_s_detail(
    characters: SimpleNamespace, signed_in: SignedIn, form: str
) -> None:
    query = {"format": form} if form else {}
    page = _page(signed_in(characters.ada), **query)
    assert "plate-forme" in page and "CH du Soleil" in page
    assert MARK not in page and "chez-" not in page


@pytest.mark.parametrize("reader", ["diane", "remi"])
def test_who_reads_no_journal_is_not_allowed(
    characters: SimpleNamespace, signed_in: SignedIn, reader: str
) -> None:
    client = signed_in(getattr(characters, reader))
    assert client.get(reverse("journal:line_list")).status_code == 403


@pytest.mark.usefixtures("lines")
def test_the_filters_narrow_the_list_and_an_invented_one_is_ignored(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.ada)
    assert "plate-forme" in _page(client, q="plate")
    assert "CH du Soleil" not in _page(client, q="plate")
    assert "CH du Soleil" in _page(client, family="action.")
    assert "CH du Soleil" not in _page(client, family="session.")
    assert "CH du Soleil" in _page(client, period="7", via="job")
    assert (
        client.get(reverse("journal:line_list"), {"period": "x'", "page": "-9"}).status_code == 200
    )


@pytest.mark.usefixtures("lines")
def test_the_page_takes_as_many_queries_for_ten_times_as_many_lines(
    characters: SimpleNamespace,
    territory: SimpleNamespace,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(characters.bob)
    with django_assert_num_queries(5):  # session, account, perimeter, place, lines
        _page(client)
    for _turn in range(20):
        journal_write(actor=SYSTEM, action="action.added", organisation_id=territory.entities[3].pk)
    with django_assert_num_queries(5):
        _page(client)


# Files, indicators and columns of a pack that services name.
NOT_ACTIONS = (
    "secret.", "backup.", "manifest.", "ads.", "ad.", "impact.", "tier_zero.", "exercice.",
)  # fmt: skip


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _actions_written() -> Iterator[tuple[str, str]]:
    """Every literal `domain.verb` of the modules that write to the journal, with its file."""
    for file in SOURCE.rglob("*.py"):
        if "services" not in (*file.parts, file.stem):
            continue
        for text in _texts(ast.parse(file.read_text(encoding="utf-8"))):
            if re.fullmatch(r"[a-z_]+\.[a-z_]+", text) and not text.startswith(NOT_ACTIONS):
                yield text, file.name


def test_every_action_of_the_house_has_its_words() -> None:
    missing = sorted({pair for pair in _actions_written() if pair[0] not in WORDS})
    assert not missing
