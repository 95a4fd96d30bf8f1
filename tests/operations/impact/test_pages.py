"""Each page answers its question, in words, to those who may read it, in a constant time."""

import json
import re

import pytest
from django.urls import reverse

from hygie.operations.impact.models import LossRanking, LossScenario, RansomwareRehearsal
from hygie.progress.models import Action, Evidence
from hygie.territory.estate.models import EstateRevision
from tests.operations.impact.conftest import hospital
from tests.territory.estate.rows import map_write

pytestmark = pytest.mark.django_db


def _text(response) -> str:
    assert response.status_code == 200, response.content[:800]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode().replace("\xa0", " ").replace("\u202f", " ").replace("&#x27;", "'")


@pytest.fixture
def alice(characters, signed_in):
    return signed_in(characters.alice)


@pytest.fixture
def at(territory):
    """at("loss"): address of a page of Alice's establishment."""
    return lambda name: reverse(f"impact:{name}", args=[territory.entities[0].pk])


def test_the_first_page_names_the_heaviest_loss(alice, at, ranking, rehearsal) -> None:
    page = _text(alice.get(at("home")))
    assert re.search(r"La perte de .* arrêterait 2 activités de soins", page)
    assert "Serveur 4" in page and "toutes activités additionnées" in page
    assert "ont changé depuis" not in page and "Calculé" in page
    EstateRevision.objects.update(number=2)
    assert "ont changé depuis" in _text(alice.get(at("home")))


def test_a_place_without_map_or_ranking_says_what_to_do(alice, at, territory) -> None:
    assert "Pas encore de classement" in _text(alice.get(at("home")))
    assert "Ouvrir la carte" in _text(alice.get(at("loss")))
    assert "Ouvrir la carte" in _text(alice.get(at("rehearsal_add")))
    assert "Rien n'est encore classé" in _text(alice.get(at("ranking")))
    assert "Aucune attaque rejouée" in _text(alice.get(at("rehearsal_list")))


def test_a_loss_is_read_from_its_address(alice, at, mapped) -> None:
    token = f"object:{mapped['SRV-4'].pk}"
    page = _text(alice.get(at("loss"), {"perte": token}))
    assert "2 activités de soins s'arrêtent, la première au bout de 30 min." in page
    assert "Dossier patient s'authentifie auprès de Annuaire" in page
    assert "Hors soins, à l'arrêt : 2 applications" in page
    page = _text(alice.get(at("loss"), {"perte": token, "pourquoi": mapped["LABO"].pk}))
    assert "Pourquoi Laboratoire ?" in page
    for wrong in ({"perte": "x"}, {"perte": "object:"}):
        assert alice.get(at("loss"), wrong).status_code == 404
    page = _text(alice.get(at("loss"), {"perte": ["object:987654", token]}))
    assert "n'est plus sur la carte" in page
    # What is no longer there is not told as harmless.
    page = _text(alice.get(at("loss"), {"perte": "object:987654"}))
    assert "Rien de cette adresse" in page and "Les soins tiennent" not in page


def test_what_would_hold_is_told(alice, at, mapped) -> None:
    page = _text(alice.get(at("loss"), {"perte": f"object:{mapped['SRV-1'].pk}"}))
    assert "Les soins tiennent" in page and "plus aucune marge" in page


def test_the_search_finds_as_one_types_and_adds_to_the_loss(alice, at, mapped) -> None:
    page = _text(alice.get(at("loss"), {"q": "serveur", "perte": "red_button"}))
    assert f"perte=red_button&amp;perte=object%3A{mapped['SRV-1'].pk}" in page
    assert "Rien sur la carte ne contient" in _text(alice.get(at("loss"), {"q": "zzz"}))


def test_a_loss_leaves_as_csv_and_json(alice, at, mapped) -> None:
    asked = {"perte": f"zone:{mapped['ZONE-SRV'].pk}"}
    lines = _text(alice.get(at("loss"), asked | {"format": "csv"})).splitlines()
    assert len(lines) > 8 and "SRV-1" in "".join(lines)
    data = json.loads(_text(alice.get(at("loss_json"), asked)))
    assert {one["name"] for one in data["care"] if one["outcome"] == "stopped"} == {
        "Urgences", "Laboratoire",
    }  # fmt: skip
    assert next(one for one in data["affected"] if one["code"] == "URG")["stops_min"] == 120


def test_a_loss_is_kept_found_again_and_removed(alice, at, mapped, territory) -> None:
    token = f"site:{mapped['SITE-1'].pk}"
    answer = alice.post(at("scenario_add"), {"perte": [token], "name": "Incendie"}, follow=True)
    assert "Perte enregistrée" in _text(answer) and "Incendie" in _text(answer)
    again = alice.post(at("scenario_add"), {"perte": [token], "name": "Incendie"}, follow=True)
    assert "s'appelle déjà" in _text(again)
    assert "Donnez un nom" in _text(alice.post(at("scenario_add"), {"perte": [token]}, follow=True))
    row = LossScenario.objects.get()
    alice.post(reverse("impact:scenario_remove", args=[row.pk]))
    assert not LossScenario.objects.exists()


def test_the_ranking_is_filtered_sorted_and_taken_out(alice, at, ranking) -> None:
    page = _text(alice.get(at("ranking")))
    assert "Serveur 1 + Serveur 2" in page and "5 éléments arrêtent, chacun à lui seul," in page
    page = _text(alice.get(at("ranking"), {"size": "pair"}))
    assert "Serveur 1 + Serveur 2" in page and "Hôpital Nord" not in page
    assert "Hôpital Nord" in _text(alice.get(at("ranking"), {"kind": "site"}))
    lines = _text(alice.get(at("ranking"), {"format": "csv"})).splitlines()
    assert len(lines) == 1 + LossRanking.objects.get().losses.count()


def test_a_ranking_is_asked_and_seen_done(
    alice, at, mapped, django_capture_on_commit_callbacks
) -> None:
    assert alice.post(at("ranking_add")).status_code == 302
    assert "Annuler ce travail" in _text(alice.get(at("ranking")))
    LossRanking.objects.update(state="failed")
    assert "s'est interrompu" in _text(alice.get(at("ranking")))
    with django_capture_on_commit_callbacks(execute=True):
        alice.post(at("ranking_add"))
    assert "Serveur 1 + Serveur 2" in _text(alice.get(at("ranking")))


def test_an_attack_is_asked_played_and_copied(
    alice, at, mapped, django_capture_on_commit_callbacks
) -> None:
    form = {
        "name": "Par la zone postes", "entry": "phishing", "entry_name": "ZONE-PC", "runs": 200,
        "horizon_days": 30, "is_watched": "on", "contain_h": 4, "seed": 7,
        "defences": ["edr", "segmentation"], "share_edr": 60,
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(at("rehearsal_add"), form)
    row = RansomwareRehearsal.objects.get()
    assert answer["Location"] == reverse("impact:rehearsal_detail", args=[row.pk])
    assert row.asked["defences"] == ["edr:60", "segmentation"]
    page = _text(alice.get(answer["Location"]))
    assert "Sur 200 attaques rejouées" in page and "hameçonnage d'un poste (Zone postes)" in page
    assert "épargne le plus" in page
    copied = _text(alice.get(at("rehearsal_add"), {"copie": row.pk}))
    assert 'value="ZONE-PC"' in copied and 'value="60.0"' in copied
    assert "Sur 200 attaques" in _text(alice.get(at("rehearsal_list")))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"entry_name": "introuvable"}, "ne porte ce nom"),
        ({"entry_name": "serveur"}, "Plusieurs éléments"),
        ({"entry": "asset"}, "Dites quel élément"),
        ({"runs": 5}, "100"),
        ({"defences": ["moat"]}, "moat"),
        ({"share_edr": 140}, "100"),
    ],
)
def test_a_refused_setting_says_which_and_why(alice, at, mapped, change, words) -> None:
    form = {"name": "x", "entry": "any", "runs": 200, "horizon_days": 30, "seed": 1} | change
    answer = alice.post(at("rehearsal_add"), form)
    assert answer.status_code == 422 and not RansomwareRehearsal.objects.exists()
    assert words in answer.content.decode()


def test_a_result_leaves_in_every_form(alice, rehearsal, referential) -> None:
    def get(name, **asked):
        return alice.get(reverse(f"impact:{name}", args=[rehearsal.pk]), asked)

    assert len(_text(get("rehearsal_assets", format="csv")).splitlines()) == 17
    assert "Urgences" in _text(get("rehearsal_detail", **{"soins-format": "csv"}))
    shown = _text(get("rehearsal_detail"))
    assert "une fois sur vingt, plus de" in shown and "toutes activités additionnées" in shown
    data = json.loads(_text(get("rehearsal_json")))
    assert data["runs"] == 200 and len(data["elements"]) == 16
    assert get("rehearsal_pdf").content.startswith(b"%PDF")
    act = reverse("impact:rehearsal_prove", args=[rehearsal.pk])
    assert alice.post(act)["Location"] == reverse(
        "progress:evidence_detail", args=[Evidence.objects.get().pk]
    )
    act = reverse("impact:rehearsal_promise", args=[rehearsal.pk])
    assert "Cochez au moins" in _text(alice.post(act, follow=True))
    alice.post(act, {"names": ["segmentation"]})
    assert Action.objects.count() == 1
    alice.post(reverse("impact:rehearsal_remove", args=[rehearsal.pk]))
    assert not RansomwareRehearsal.objects.exists()


def test_a_failed_or_running_rehearsal_says_so(alice, rehearsal) -> None:
    address = reverse("impact:rehearsal_detail", args=[rehearsal.pk])
    RansomwareRehearsal.objects.update(state="failed", summary={"reason": "Rien à perdre."})
    assert "Rien à perdre." in _text(alice.get(address))
    assert alice.get(reverse("impact:rehearsal_pdf", args=[rehearsal.pk])).status_code == 409
    RansomwareRehearsal.objects.update(state="running")
    assert "Les attaques se rejouent" in _text(alice.get(address))


def test_a_parameter_is_set_and_reset_from_its_page(alice, at, territory) -> None:
    place = territory.entities[0]
    edit = reverse("impact:parameter_edit", args=[place.pk, "contain_h"])
    assert "Valeur ici" in _text(alice.get(edit))
    assert alice.post(edit, {"value": 1e9, "note": "x"}).status_code == 422
    alice.post(edit, {"value": 6, "note": "Exercice de mars"})
    page = _text(alice.get(at("parameters")))
    assert "Exercice de mars" in page and "1 a été précisé ici" in page
    assert "Exercice de mars" in _text(alice.get(at("parameters"), {"format": "csv"}))
    alice.post(reverse("impact:parameter_reset", args=[place.pk, "contain_h"]))
    assert "Exercice de mars" not in _text(alice.get(at("parameters")))
    nothing = reverse("impact:parameter_edit", args=[place.pk, "rien"])
    assert alice.get(nothing).status_code == 404


def test_the_same_number_of_queries_whatever_the_size(
    alice, at, mapped, ranking, rehearsal, territory, django_assert_max_num_queries
) -> None:
    token = {"perte": f"site:{mapped['SITE-1'].pk}"}
    asked = [(at("home"), {}), (at("loss"), {}), (at("loss"), token), (at("ranking"), {}),
             (at("parameters"), {}), (at("rehearsal_list"), {}),
             (reverse("impact:rehearsal_detail", args=[rehearsal.pk]), {}),
             (reverse("impact:rehearsal_assets", args=[rehearsal.pk]), {})]  # fmt: skip
    for url, query in asked:
        alice.get(url, query)
        with django_assert_max_num_queries(13):
            alice.get(url, query)


@pytest.mark.parametrize("who", ["bob", "charlie", "diane", "remi", "ada"])
def test_the_map_and_its_attacks_are_for_the_establishment_and_its_group(
    who, characters, signed_in, at, mapped, ranking, rehearsal, territory
) -> None:
    reader, is_trusted = signed_in(getattr(characters, who)), who == "bob"
    scenario = LossScenario.objects.create(
        organisation=territory.entities[0], name="x", losses=["internet"]
    )
    pages = [
        at(name)
        for name in ("home", "loss", "loss_json", "ranking", "parameters", "rehearsal_list")
    ]
    pages += [reverse(f"impact:rehearsal_{name}", args=[rehearsal.pk])
              for name in ("detail", "assets", "pdf", "json")]  # fmt: skip
    for url in pages:
        for headers in ({}, {"HX-Request": "true"}):
            answer = reader.get(url, {"perte": "red_button"}, headers=headers)
            assert answer.status_code == (200 if is_trusted else 404)
    acts = [at("ranking_add"), at("scenario_add"),
            reverse("impact:scenario_remove", args=[scenario.pk]),
            *(reverse(f"impact:rehearsal_{name}", args=[rehearsal.pk])
              for name in ("promise", "remove"))]  # fmt: skip
    for url in acts:
        assert reader.post(url, {}).status_code == (302 if is_trusted else 404)


def test_a_contributor_reads_losses_and_no_attack(
    person, signed_in, at, mapped, ranking, rehearsal, territory
) -> None:
    hand = signed_in(person("hand@hygie.test", "contributor", territory.entities[0]))
    for name in ("home", "loss", "ranking", "parameters"):
        assert "Rançongiciel" not in _text(hand.get(at(name)))
    assert hand.get(at("loss_json"), {"perte": "red_button"}).status_code == 404
    for url in (at("rehearsal_list"), at("rehearsal_add"),
                reverse("impact:rehearsal_detail", args=[rehearsal.pk])):  # fmt: skip
        assert hand.get(url).status_code == 404
    edit = reverse("impact:parameter_edit", args=[territory.entities[0].pk, "leak"])
    assert hand.get(edit).status_code == 403


def test_the_api_gives_the_same_to_the_same_people(
    characters, signed_in, mapped, ranking, rehearsal, territory
) -> None:
    place = territory.entities[0].pk

    def url(name, **more):
        return reverse(f"api:{name}", kwargs={"organisation_id": place} | more)

    addresses = [url("impact_loss") + "?loss=red_button", url("impact_ranking"),
                 url("impact_rehearsals"),
                 url("impact_rehearsal", rehearsal_id=rehearsal.pk)]  # fmt: skip
    for who, status in (("alice", 200), ("bob", 200), ("charlie", 404), ("diane", 404)):
        client = signed_in(getattr(characters, who))
        assert [client.get(one).status_code for one in addresses] == [status] * 4
    alice = signed_in(characters.alice)
    assert alice.get(addresses[1]).json()[0]["stopped"] == 2
    assert alice.get(addresses[3]).json()["runs"] == 200
    assert alice.get(url("impact_loss") + "?loss=x").status_code == 404
    elsewhere = reverse(
        "api:impact_rehearsal",
        kwargs={"organisation_id": territory.entities[1].pk, "rehearsal_id": rehearsal.pk},
    )
    assert alice.get(elsewhere).status_code == 404


def test_a_group_asks_of_all_its_maps_at_once(characters, signed_in, territory, mapped) -> None:
    map_write(hospital(), territory.entities[1])
    bob = signed_in(characters.bob)
    address = reverse("impact:loss", args=[territory.ght.pk])
    page = _text(bob.get(address, {"perte": f"object:{mapped['SRV-4'].pk}"}))
    assert "4 activités tiennent" in page


def test_pages_in_english_set_no_colon_or_percent_apart(
    alice, at, ranking, rehearsal, characters
) -> None:
    characters.alice.language = "en"
    characters.alice.save(update_fields=["language"])
    addresses = [at(name) for name in ("home", "ranking", "parameters", "rehearsal_list", "loss")]
    addresses += [
        f"{at('loss')}?perte=internet&perte=red_button",
        reverse("impact:rehearsal_detail", args=[rehearsal.pk]),
        reverse("impact:rehearsal_assets", args=[rehearsal.pk]),
    ]
    for address in addresses:
        page = alice.get(address).content.decode()
        assert '<html lang="en"' in page
        words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)
        assert not re.search(r"\w[ \u00a0\u202f][:%](\s|$)", words), address


def test_the_page_of_an_attack_says_at_which_hospital_one_is(
    characters, signed_in, rehearsal, territory
) -> None:
    bob = signed_in(characters.bob)
    for name in ("rehearsal_detail", "rehearsal_assets"):
        page = bob.get(reverse(f"impact:{name}", args=[rehearsal.pk])).content.decode()
        steps = page[page.find('class="hy-breadcrumb') : page.find("<h1")]
        assert territory.entities[0].name in steps and territory.ght.name in steps
