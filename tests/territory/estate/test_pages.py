"""What do the pages of the map say, to whom, and at which price?"""

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hygie.foundation.journal.models import JournalLine
from hygie.territory.estate.models import (
    Asset,
    AssetShare,
    EstateRevision,
    Link,
)
from hygie.territory.people.models import User
from tests.territory.estate.reading import at, text_of

SignedIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


PLACE_PAGES = ("home", "asset_list", "map", "layers", "cycle_list", "look_alike_list")


def test_an_empty_map_says_how_to_begin(alice: Client, territory: SimpleNamespace) -> None:
    place = territory.entities[0].pk
    page = text_of(alice.get(at("home", place)))
    assert "commencez par ce que vous avez déjà" in page
    assert reverse("imports:new", args=["estate.sheet"]) in page
    assert at("asset_add", place, "care") in page
    assert "La carte est vide" in text_of(alice.get(at("map", place)))
    for name in ("asset_list", "layers", "cycle_list", "look_alike_list"):
        text_of(alice.get(at(name, place)))
    assert alice.get(at("map_file", place, "svg")).status_code == 404


def test_the_front_page_says_what_is_missing_and_what_to_do(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    page = text_of(alice.get(at("home", territory.entities[0].pk)))
    assert "12 éléments, connus à" in page
    assert "Nommer le responsable de 1 application" in page
    assert "Fixer la DMIA de 1 application" in page


def test_a_list_is_searched_filtered_and_taken_away(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    address = at("asset_list", territory.entities[0].pk)
    assert "srv-2" in text_of(alice.get(address, {"kind": "server"}))
    found = text_of(alice.get(address, {"q": "10.0.0.1"}))
    assert "srv-1" in found and "srv-2" not in found
    assert "Dossier patient" not in text_of(alice.get(address, {"gap": "owner"}))
    vital = text_of(alice.get(address, {"rank": "4", "kind": "application"}))
    assert "Dossier patient" in vital and "Rendez-vous" not in vital
    site = written["SITE"].pk
    there = text_of(alice.get(address, {"site": site, "kind": "server"}))
    assert "srv-2" in there and "srv-3" not in there
    csv = b"".join(alice.get(address, {"format": "csv", "kind": "server"}).streaming_content)
    assert csv.decode().count("\r\n") == 4 and "Site nord" in csv.decode()


def test_a_retired_asset_leaves_the_list_and_the_map(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    place = territory.entities[0].pk
    alice.post(at("asset_retire", written["RDV"].pk))
    assert "Rendez-vous" not in text_of(alice.get(at("asset_list", place)))
    assert "Rendez-vous" in text_of(alice.get(at("asset_list", place), {"status": "retired"}))
    assert "Rendez-vous" not in text_of(alice.get(at("map", place), {"centre": written["CS"].pk}))
    assert "Retiré" in text_of(alice.get(at("asset_detail", written["RDV"].pk)))


def test_an_object_page_tells_care_needs_and_users(
    alice: Client, written: dict[str, Asset]
) -> None:
    page = text_of(alice.get(at("asset_detail", written["GRP"].pk)))
    assert "2 activités de soins en dépendent" in page and "vitale" in page
    assert "2 parmi 3" in page and "nœuds" in page
    assert "fait fonctionner" in page and "Rendez-vous" in page
    assert "manque" in page  # technology, of which nothing is known
    server = text_of(alice.get(at("asset_detail", written["S1"].pk)))
    assert "AB12" in server and "10.0.0.1" in server and "Debian" in server
    site = text_of(alice.get(at("asset_detail", written["SITE"].pk)))
    assert "2 serveurs" in site and "1 grappe" in site


def test_pages_ask_as_many_questions_for_ten_times_as_many_assets(
    alice: Client,
    written: dict[str, Asset],
    territory: SimpleNamespace,
    django_assert_num_queries: Any,
) -> None:
    place, centre = territory.entities[0], written["GRP"].pk
    pages = {
        at("home", place.pk): 8,
        at("asset_list", place.pk): 9,
        f"{at('map', place.pk)}?centre={centre}": 7,
        at("cycle_list", place.pk): 7,
        at("look_alike_list", place.pk): 7,
        at("asset_detail", centre): 16,
    }
    for size in (30, 300):
        more = Asset.objects.bulk_create(
            Asset(organisation=place, kind="server", code=f"M{size}-{number}", name=f"m{number}")
            for number in range(size)
        )
        Link.objects.bulk_create(
            Link(source=written["GRP"], verb="made_of", target=one) for one in more
        )
        EstateRevision.objects.filter(organisation=place).update(number=size)
        for address in pages:
            alice.get(address)
        for address, count in pages.items():
            with django_assert_num_queries(count):
                alice.get(address)


def test_an_asset_is_added_and_changed_by_hand(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    place = territory.entities[0].pk
    address = at("asset_add", place, "server")
    assert "EDR en place" in text_of(alice.get(address))
    said = {"name": "srv-9", "status": "in_use", "site": written["SITE"].pk, "detail_has_edr": "no",
            "detail_patched_on": "2026-05-04", "max_downtime_min": "1 j 4 h",
            "id_address": "10.0.0.9, 10.0.0.10"}  # fmt: skip
    answer = alice.post(address, said)
    made = Asset.objects.get(name="srv-9")
    assert answer["Location"] == at("asset_detail", made.pk)
    assert made.details == {"has_edr": False, "patched_on": "2026-05-04"}
    assert (made.max_downtime_min, made.site, made.identifiers.count()) == (
        1680,
        written["SITE"],
        2,
    )
    edited = at("asset_edit", made.pk)
    form = text_of(alice.get(edited))
    assert "1 j 4 h" in form and "10.0.0.10, 10.0.0.9" in form
    alice.post(edited, said | {"name": "srv-neuf", "detail_has_edr": "", "site": ""})
    made.refresh_from_db()
    assert (made.name, made.site, made.details) == ("srv-neuf", None, {"patched_on": "2026-05-04"})


def test_a_duration_that_cannot_be_read_is_told(alice: Client, territory: SimpleNamespace) -> None:
    address = at("asset_add", territory.entities[0].pk, "care")
    answer = alice.post(address, {"name": "x", "status": "in_use", "max_downtime_min": "bientôt"})
    assert "Cette durée ne se lit pas" in text_of(answer, 422)
    assert alice.get(at("asset_add", territory.entities[0].pk, "spaceship")).status_code == 404


def test_several_assets_are_changed_together(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    address = at("asset_bulk", territory.entities[0].pk)
    ticked = [written["S1"].pk, written["S2"].pk]
    asked = text_of(alice.post(address, {"selected": ticked}))
    assert "Modifier 2 éléments ensemble" in asked and "inchangé" in asked
    alice.post(address, {"selected": ticked, "apply": "1", "technical_owner": "Équipe systèmes"})
    owners = Asset.objects.filter(kind="server").order_by("name").values_list(
        "technical_owner", flat=True
    )  # fmt: skip
    assert list(owners) == ["Équipe systèmes", "Équipe systèmes", ""]


def test_links_are_added_as_a_group_changed_and_removed(
    alice: Client, written: dict[str, Asset]
) -> None:
    source = written["RDV"].pk
    found = text_of(alice.get(at("link_add", source), {"q": "srv"}))
    assert "srv-1" in found and "srv-3" in found
    targets = [written["S1"].pk, written["S2"].pk]
    kept = text_of(alice.post(at("link_add", source), {"target": targets, "q": "annuaire"}))
    assert "srv-1" in kept and "Annuaire" in kept
    alice.post(
        at("link_add", source),
        {"target": targets, "verb": "runs_on", "group": "frontaux", "needed": "1",
         "delay_min": "30 min", "effect": "degrade", "save": "1"},
    )  # fmt: skip
    page = text_of(alice.get(at("asset_detail", source)))
    assert "1 parmi 2" in page and "dégradé au bout de 30 min" in page
    link = Link.objects.get(source=source, target=written["S1"])
    assert "30 min" in text_of(alice.get(at("link_edit", link.pk)))
    alice.post(at("link_edit", link.pk), {"group": "frontaux", "needed": "2", "effect": "stop"})
    link.refresh_from_db()
    assert (link.needed, link.delay_min, link.effect) == (2, 0, "stop")
    refused = alice.post(
        at("link_edit", link.pk), {"group": "frontaux", "needed": "5", "effect": "stop"}
    )
    assert "ne peuvent être requis" in text_of(refused, 422)
    alice.post(at("link_remove", link.pk))
    assert Link.objects.filter(source=source).count() == 2


def test_a_shared_asset_is_read_by_those_it_serves_and_its_users_stay_unnamed(
    written: dict[str, Asset],
    territory: SimpleNamespace,
    person: Callable[..., User],
    signed_in: SignedIn,
) -> None:
    other = territory.entities[1]
    AssetShare.objects.create(asset=written["GRP"], organisation=other)
    reader = signed_in(person("eve@hygie.test", "rssi", other))
    page = text_of(reader.get(at("asset_detail", written["GRP"].pk)))
    assert "un élément d'une autre structure" in page
    assert "Dossier patient" not in page and "srv-1" not in page and "Modifier" not in page
    listed = text_of(reader.get(at("asset_list", other.pk)))
    assert "Grappe A" in listed and "Dossier patient" not in listed
    assert reader.get(at("asset_edit", written["GRP"].pk)).status_code == 403


@pytest.mark.parametrize("who", ["charlie", "diane", "remi", "ada"])
def test_nobody_else_reads_the_map_by_any_door(
    written: dict[str, Asset],
    characters: SimpleNamespace,
    territory: SimpleNamespace,
    signed_in: SignedIn,
    who: str,
) -> None:
    client, place = signed_in(getattr(characters, who)), territory.entities[0].pk
    for name in PLACE_PAGES:
        assert client.get(at(name, place)).status_code == 404, name
        assert client.get(at(name, place), headers={"HX-Request": "true"}).status_code == 404
    for suffix in ("svg", "png", "pdf"):
        assert client.get(at("map_file", place, suffix)).status_code == 404
    asset, link = written["DPI"].pk, Link.objects.first().pk  # type: ignore[union-attr]  # some
    for name in ("asset_detail", "asset_edit", "link_add"):
        assert client.get(at(name, asset)).status_code == 404, name
    for name, pk in (("asset_retire", asset), ("link_remove", link), ("asset_bulk", place)):
        assert client.post(at(name, pk)).status_code == 404, name
    assert client.get(at("link_edit", link)).status_code == 404


def test_the_member_of_the_group_reads_and_an_auditor_changes_nothing(
    written: dict[str, Asset],
    characters: SimpleNamespace,
    territory: SimpleNamespace,
    person: Callable[..., User],
    signed_in: SignedIn,
) -> None:
    bob = signed_in(characters.bob)
    assert "Dossier patient" in text_of(bob.get(at("asset_list", territory.ght.pk)))
    assert "Dossier patient" in text_of(bob.get(at("map", territory.ght.pk)))
    auditor = signed_in(person("aud@hygie.test", "auditor", territory.entities[0]))
    page = text_of(auditor.get(at("asset_detail", written["DPI"].pk)))
    assert "Retirer du service" not in page
    assert auditor.get(at("asset_edit", written["DPI"].pk)).status_code == 403
    assert auditor.post(at("asset_retire", written["DPI"].pk)).status_code == 403
    assert auditor.get(at("asset_add", territory.entities[0].pk, "care")).status_code == 403


def test_every_page_opens_in_english(
    alice: Client,
    written: dict[str, Asset],
    territory: SimpleNamespace,
    characters: SimpleNamespace,
) -> None:
    User.objects.filter(pk=characters.alice.pk).update(language="en")
    for name in PLACE_PAGES:
        page = text_of(alice.get(at(name, territory.entities[0].pk)))
        assert '<html lang="en"' in page
        # The French way to set a colon or a percent apart.
        words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)
        assert not re.search(r"\w[ \u00a0\u202f][:%](\s|$)", words), name


def test_the_whole_map_leaves_by_those_who_may_and_is_told(
    alice: Client,
    written: dict[str, Asset],
    territory: SimpleNamespace,
    person: Callable[..., User],
    signed_in: SignedIn,
) -> None:
    place = territory.entities[0]
    answer = alice.post(at("export", place.pk, "json"))
    found = json.loads(b"".join(answer.streaming_content))
    assert len(found["assets"]) == 12 and "attachment" in answer["Content-Disposition"]
    book = b"".join(alice.post(at("export", place.pk, "xlsx")).streaming_content)
    assert book.startswith(b"PK")
    assert alice.get(at("export", place.pk, "json")).status_code == 405
    assert JournalLine.objects.filter(action="estate.exported").count() == 2
    helper = signed_in(person("paul@hygie.test", "contributor", place))
    assert helper.post(at("export", place.pk, "json")).status_code == 403


def test_an_asset_tells_what_listens_on_it_and_what_it_is_made_of(
    alice: Client, written: dict[str, Asset]
) -> None:
    server = written["S1"]
    server.parts.create(nature="service", protocol="tcp", port=53, name="domain", product="Unbound")
    server.parts.create(nature="service", protocol="udp", port=53, name="domain")
    server.parts.create(nature="component", name="log4j-core", version="2.17.1", purl="pkg:a/b@1")
    page = text_of(alice.get(at("asset_detail", server.pk)))
    assert "tcp/53" in page and "udp/53" in page and "log4j-core" in page
    taken = alice.get(at("asset_detail", server.pk), {"parts-format": "csv"})
    assert b"pkg:a/b@1" in b"".join(taken)


def test_what_is_retired_is_not_judged(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    server = written["S1"]
    Asset.objects.filter(pk=server.pk).update(status="retired", completeness=0)
    address = at("asset_list", territory.entities[0].pk)
    listed = text_of(alice.get(address, {"status": "retired"}))
    assert "srv-1" in listed and ">0 %" not in listed
    assert "srv-1" not in text_of(alice.get(address, {"status": "retired", "under": "50"}))
    assert "Complétude" not in text_of(alice.get(at("asset_detail", server.pk)))
