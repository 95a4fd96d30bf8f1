"""Around each page: the menu one may use, the place one works at, a constant number of queries."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from hygie.foundation.http.health import worker_beat
from hygie.shell.menu import MENU, Entry, menu_for
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.people.place import place_choose, place_of
from hygie.territory.perimeter import NOBODY, Perimeter

SignedIn = Callable[[User], Client]


def _labels(perimeter: Perimeter, place: Organisation | None, parent: str = "") -> set[str]:
    lines = menu_for(perimeter, place, "")
    if parent:
        lines = next(line["children"] for line in lines if line["label"] == parent)
    return {str(line["label"]) for line in lines}


def _entries(entries: tuple[Entry, ...] = MENU) -> list[Entry]:
    return [one for entry in entries for one in (entry, *_entries(entry.children))]


@pytest.mark.parametrize("entry", _entries(), ids=lambda entry: entry.view)
def test_every_entry_of_the_menu_leads_somewhere(entry: Entry) -> None:
    assert reverse(entry.view, args=[1] if entry.at_place else [])


def test_the_menu_hides_what_one_may_not_do(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    here, nation = territory.entities[0], territory.nation
    assert {"Journal", "Imports"} <= _labels(perimeters.alice, here, "Plateforme")
    assert not {"Journal", "Imports"} & _labels(perimeters.diane, nation, "Plateforme")
    assert "Carte du SI" in _labels(perimeters.alice, here)
    assert "Carte du SI" not in _labels(perimeters.diane, nation)
    assert "Annuaires" in _labels(perimeters.alice, here, "Sécurité opérationnelle")
    assert "Sécurité opérationnelle" not in _labels(perimeters.diane, nation)
    assert "Preuves" in _labels(perimeters.alice, here, "Suivi")
    assert not {"Preuves", "Actions"} & _labels(perimeters.diane, nation, "Suivi")
    assert _labels(NOBODY, None) == set()


def test_a_level_of_the_menu_has_seven_entries_at_most() -> None:
    assert len(MENU) <= 7
    assert all(len(entry.children) <= 7 for entry in MENU)


def test_the_page_one_is_on_is_lit(perimeters: SimpleNamespace, territory: SimpleNamespace) -> None:
    menu = menu_for(perimeters.alice, territory.entities[0], "people:person_detail")
    assert [str(line["label"]) for line in menu if line["is_current"]] == ["Plateforme"]


def test_one_starts_at_one_s_own_node(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    assert place_of(perimeters.alice, SessionStore()) == territory.entities[0]
    assert place_of(perimeters.diane, SessionStore()) == territory.nation
    assert place_of(NOBODY, SessionStore()) is None


def test_a_chosen_place_is_kept_as_long_as_the_perimeter_holds_it(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    session = SessionStore()
    place_choose(session, territory.entities[2])
    assert place_of(perimeters.bob, session) == territory.entities[2]
    assert place_of(perimeters.alice, session) == territory.entities[0]


def test_the_node_that_a_page_shows_is_the_place_unless_it_is_elsewhere(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    session = SessionStore()
    place_choose(session, territory.entities[2])
    shown, far = territory.entities[1], territory.far
    assert place_of(perimeters.bob, session, shown.pk) == shown
    assert place_of(perimeters.bob, session, far.pk) == territory.entities[2]


def test_the_page_says_where_one_is_from_the_region_down(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    page = signed_in(characters.alice).get(reverse("people:role_table")).content.decode()
    trail = page[page.find("Où suis-je") :]
    steps = ("France", "Hauts-de-France", "GHT des Trois Rivières", "CH n° 1")
    positions = [trail.find(step) for step in steps]
    assert all(position > 0 for position in positions)
    assert positions == sorted(positions)


def test_the_steps_above_one_s_perimeter_are_named_without_a_link(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: SignedIn
) -> None:
    def trail(user: User) -> str:
        page = signed_in(user).get(reverse("people:role_table")).content.decode()
        start = page.find("Où suis-je")
        return page[start : page.find("</nav>", start)]

    ght = reverse("overview:cockpit", args=[territory.ght.pk])
    assert ght not in trail(characters.alice) and "GHT des Trois Rivières" in trail(
        characters.alice
    )
    assert trail(characters.alice).count("<a ") == 0
    characters.remi.role_assignments.update(organisation=territory.north)
    nation = reverse("overview:cockpit", args=[territory.nation.pk])
    assert nation not in trail(characters.remi)


def test_the_shell_costs_two_queries_beyond_the_session(
    characters: SimpleNamespace,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(characters.alice)
    with django_assert_num_queries(4):  # session and account; perimeter and place
        client.get(reverse("people:role_table"))


def test_the_health_page_tells_a_present_late_or_absent_worker(db: None) -> None:
    cache.clear()
    client = Client()
    assert client.get("/healthz").json()["worker"] == "never seen"
    worker_beat(timezone.now())
    assert client.get("/healthz").json() == {"status": "ok", "database": "ok", "worker": "ok"}
    worker_beat(timezone.now() - timezone.timedelta(minutes=5))
    assert client.get("/healthz").json()["worker"] == "late"


def test_the_health_page_says_503_without_a_database(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr("hygie.shell.views.connection.cursor", fail)
        assert Client().get("/healthz").status_code == 503


def test_robots_are_told_to_pass_and_researchers_where_to_write(settings: Settings) -> None:
    assert "Disallow: /" in Client().get("/robots.txt").content.decode()
    settings.SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:securite@hygie.test"
    text = Client().get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:securite@hygie.test" in text and "Expires: " in text
