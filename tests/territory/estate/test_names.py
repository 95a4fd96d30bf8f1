"""Whose is an asset, and are its figures written as the reader's language does?"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.territory.estate.models import Asset
from hygie.territory.people.models import User
from tests.territory.estate.reading import at, text_of
from tests.territory.estate.rows import map_write
from tests.territory.estate.small import SMALL

SignedIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(characters: SimpleNamespace, signed_in: SignedIn) -> Client:
    """Who reads the whole group."""
    return signed_in(characters.bob)


@pytest.fixture
def other(territory: SimpleNamespace) -> dict[str, Asset]:
    """The same map at the second hospital."""
    return map_write(SMALL, territory.entities[1])


def test_on_the_map_of_a_group_each_box_bears_its_hospital(
    bob: Client, written: dict[str, Asset], other: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": f"{written['URG'].pk},{other['URG'].pk}", "bas": 1, "haut": 0}
    page = text_of(bob.get(at("map", territory.ght.pk), asked))
    assert "Autour de Urgences (CH n° 1), Urgences (CH n° 2)" in page
    drawing = page[page.find("<svg xmlns") :]
    assert "CH n° 1 · activité de soins" in drawing and "CH n° 2 · application" in drawing
    listed = page[page.find('id="est-list"') :]
    assert "utilise Dossier patient (CH n° 2)" in listed
    svg = bob.get(at("map_file", territory.ght.pk, "svg"), asked).content.decode()
    assert "CH n° 2 · application" in svg
    found = text_of(bob.get(at("map", territory.ght.pk), {"q": "urgences"}))
    assert "<strong>Urgences (CH n° 2)</strong>" in found
    circles = text_of(bob.get(at("cycle_list", territory.ght.pk)))
    assert "Annuaire (CH n° 1)" in circles and "srv-3 (CH n° 2)" in circles


def test_at_home_nobody_is_told_where(
    bob: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    asked = {"centre": written["URG"].pk}
    page = text_of(bob.get(at("map", territory.entities[0].pk), asked))
    assert "Autour de Urgences :" in page.replace("\xa0", " ")
    assert "CH n° 1 · activité" not in page and "(CH n° 1)" not in page


def test_a_link_to_another_hospital_names_it(
    bob: Client, written: dict[str, Asset], other: dict[str, Asset]
) -> None:
    from_one, to_other = written["RDV"], other["DPI"]
    bob.post(
        at("link_add", from_one.pk),
        {"target": to_other.pk, "verb": "uses", "effect": "stop", "save": "1"},
    )
    assert "Dossier patient (CH n° 2)" in text_of(bob.get(at("asset_detail", from_one.pk)))
    assert "Rendez-vous (CH n° 1)" in text_of(bob.get(at("asset_detail", to_other.pk)))


def test_shares_are_written_as_each_language_does(
    alice: Client,
    written: dict[str, Asset],
    territory: SimpleNamespace,
    characters: SimpleNamespace,
) -> None:
    place, pk = territory.entities[0].pk, written["DPI"].pk
    share = Asset.objects.get(pk=pk).completeness
    addresses = (
        (at("asset_list", place), {"kind": "application"}),
        (at("map", place), {"centre": pk, "fiche": pk}),
        (at("asset_detail", pk), {}),
    )
    for address, asked in addresses:
        assert f">{share}\u202f%<" in text_of(alice.get(address, asked)), address
    User.objects.filter(pk=characters.alice.pk).update(language="en")
    for address, asked in addresses:
        page = text_of(alice.get(address, asked))
        assert f">{share}%<" in page and f"{share} %" not in page, address


def test_what_backs_an_asset_up_is_not_said_to_stop_it(
    alice: Client, territory: SimpleNamespace
) -> None:
    found = map_write(
        EstateMap(
            [AssetRecord("A", Kind.APPLICATION, "Paie"), AssetRecord("B", Kind.BACKUP, "Bandes")],
            [LinkRecord("A", Verb.BACKED_UP_BY, "B")],
        ),
        territory.entities[0],
    )
    page = text_of(alice.get(at("asset_detail", found["A"].pk)))
    assert "Est sauvegardé par" in page and "sans lui" not in page


def test_a_date_is_said_as_people_do(alice: Client, territory: SimpleNamespace) -> None:
    details = {"contract_end": "2028-11-20"}
    one = AssetRecord("F", Kind.APPLICATION, "Paie", details=details)
    found = map_write(EstateMap([one]), territory.entities[0])
    page = text_of(alice.get(at("asset_detail", found["F"].pk)))
    assert "20 novembre 2028" in page and ">2028-11-20<" not in page
