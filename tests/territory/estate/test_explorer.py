"""Does the explorer show what its address asks, and does the drawing leave whole?"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from hygie.territory.estate.models import (
    Asset,
)
from hygie.territory.people.models import User
from tests.territory.estate.reading import at, text_of

SignedIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_the_map_starts_from_the_most_vital_care(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    page = text_of(alice.get(at("map", territory.entities[0].pk)))
    assert "les activités de soins les plus vitales" in page
    assert "Dossier patient" in page and "srv-1" not in page


def test_levels_up_and_down_are_separate(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    address, centre = at("map", territory.entities[0].pk), written["GRP"].pk
    down = text_of(alice.get(address, {"centre": centre, "haut": 0, "bas": 1}))
    assert "srv-1" in down and "Dossier patient" not in down
    up = text_of(alice.get(address, {"centre": centre, "haut": 2, "bas": 0}))
    assert "Urgences" in up and "srv-1" not in up


def test_a_hidden_kind_is_passed_through_and_told(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["URG"].pk, "bas": 2, "sans": ["application", "cluster"]}
    page = text_of(alice.get(at("map", territory.entities[0].pk), asked))
    assert "is-shortcut" in page and "srv-1" in page
    assert "2 éléments masqués sont traversés : 1 application, 1 grappe" in page
    assert "Dossier patient" not in page[page.find("<svg xmlns") :]


def test_a_site_shows_what_stands_there_though_no_link_says_so(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["SITE"].pk, "haut": 1}
    page = text_of(alice.get(at("map", territory.entities[0].pk), asked))
    assert "srv-2" in page and "Grappe A" in page


def test_boxes_are_gathered_by_site(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["GRP"].pk, "grouper": "site"}
    page = text_of(alice.get(at("map", territory.entities[0].pk), asked))
    names = page[page.find("<svg xmlns") :]
    assert "est-band-name" in names and "Site nord" in names and "Non renseigné" in names


def test_the_layers_go_from_care_to_places(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["URG"].pk, "bas": 6, "liens": "lieux"}
    page = text_of(alice.get(at("layers", territory.entities[0].pk), asked))
    shown = ("Soins", "Applications", "Serveurs et sauvegardes", "Réseau", "Lieux et tiers")
    columns = [page.find(f">{words}</text>") for words in shown]
    assert all(place > 0 for place in columns) and columns == sorted(columns)


def test_the_state_of_the_explorer_is_in_its_address(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["GRP"].pk, "sans": "identity", "grouper": "zone", "haut": 2}
    page = text_of(alice.get(at("map", territory.entities[0].pk), asked))
    link = f"?centre={written['GRP'].pk}&amp;haut=2&amp;grouper=zone&amp;fiche={written['S1'].pk}"
    assert link + "&amp;sans=identity" in page
    card = text_of(
        alice.get(at("map", territory.entities[0].pk), asked | {"fiche": written["S1"].pk})
    )
    assert "Ouvrir la fiche" in card and "Replier ce qui est au-delà" in card


@pytest.mark.parametrize("asked", [
    {"centre": "abc"}, {"centre": "999999"}, {"haut": "-1", "bas": "99"}, {"sans": "x"},
    {"ouvrir": ["b", "q3", "b999999"]}, {"plier": "x"}, {"fiche": "12345678901234567890"},
    {"grouper": "drop"}, {"q": "\x00'%"}, {"liens": "tout"},
])  # fmt: skip
def test_an_address_that_makes_no_sense_shows_the_map(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace, asked: dict[str, Any]
) -> None:
    assert "Urgences" in text_of(alice.get(at("map", territory.entities[0].pk), asked))


def test_a_drawing_leaves_as_svg_png_and_pdf(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["GRP"].pk}
    for suffix, start in (("svg", b"<svg xmlns"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        answer = alice.get(at("map_file", territory.entities[0].pk, suffix), asked)
        assert answer.status_code == 200 and answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
    svg = alice.get(at("map_file", territory.entities[0].pk, "svg"), asked).content.decode()
    assert "Grappe A" in svg and "<a " not in svg and "var(" not in svg and "<style>" in svg
    assert alice.get(at("map_file", territory.entities[0].pk, "exe"), asked).status_code == 404


def test_a_name_never_becomes_markup(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    Asset.objects.filter(pk=written["DPI"].pk).update(name='<script>x</script>"')
    asked = {"centre": written["DPI"].pk}
    page = text_of(alice.get(at("map", territory.entities[0].pk), asked))
    svg = alice.get(at("map_file", territory.entities[0].pk, "svg"), asked).content.decode()
    assert "<script>x" not in page and "<script>x" not in svg


def test_circles_are_told_step_by_step(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    page = text_of(alice.get(at("cycle_list", territory.entities[0].pk)))
    assert "1 boucle" in page and "Annuaire" in page and "srv-3" in page
    assert "s&#x27;authentifie auprès de" in page and "fonctionne sur" in page


def test_the_map_in_memory_follows_each_change(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    place, asked = territory.entities[0], {"centre": written["RDV"].pk}
    assert "Annuaire" not in text_of(alice.get(at("map", place.pk), asked))
    alice.post(
        at("link_add", written["RDV"].pk),
        {"target": written["AD"].pk, "verb": "authenticates_with", "effect": "stop", "save": "1"},
    )
    assert "Annuaire" in text_of(alice.get(at("map", place.pk), asked))
