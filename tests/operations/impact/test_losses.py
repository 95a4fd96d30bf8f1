"""A loss stops what it must, when it must, and says why."""

import re

import pytest

from hygie.engines.ransomware.losses import LossFamily as Family
from hygie.operations.impact.answers import DEGRADED, STOPPED, LossAnswer, loss_answer
from hygie.operations.impact.bridge import impact_map
from hygie.operations.impact.charts import care_over_time
from hygie.operations.impact.choices import OF_THE_WHOLE, LossFamily
from hygie.operations.impact.errors import LossUnknown, MapEmpty
from hygie.operations.impact.finding import losses_matching
from hygie.operations.impact.pages.loss import why_context
from hygie.operations.impact.services.parameters import parameter_set
from hygie.operations.impact.tokens import token_of
from hygie.operations.impact.why import why_of
from hygie.territory.estate.models import Asset, EstateRevision

pytestmark = pytest.mark.django_db


@pytest.fixture
def lose(mapped, territory):
    """lose("object:SRV-4", …): what those losses do, assets by their code."""

    def ask(*losses: str) -> LossAnswer:
        tokens = []
        for one in losses:
            family, colon, code = one.partition(":")
            tokens.append(f"{family}:{mapped[code].pk}" if colon else family)
        return loss_answer(impact_map(territory.entities[0]), tokens)

    return ask


def _told(answer: LossAnswer) -> dict[str, tuple[str, float | None]]:
    return {one.name: (one.outcome, one.stops_min) for one in answer.care}


def test_families_are_those_of_the_engine() -> None:
    assert {one.value for one in Family} == set(LossFamily.values) | {Family.SEVERAL.value}


def test_a_server_alone_stops_care_after_its_delays(lose) -> None:
    told = _told(lose("object:SRV-4"))
    # 60 min until sign-in is missed, then two hours on paper; 30 min until results are missed.
    assert told["Urgences"] == (STOPPED, 180)
    assert told["Laboratoire"] == (STOPPED, 30)
    assert told["Restauration"] == ("holds", None)


def test_one_of_three_is_spared_and_two_are_not(lose) -> None:
    answer = lose("object:SRV-1")
    assert not answer.stopped
    (held,) = answer.holding
    assert (held.size, held.needed, held.left, held.spare) == (3, 2, 2, 0)
    assert _told(lose("object:SRV-1", "object:SRV-2"))["Urgences"] == (STOPPED, 120)


def test_what_is_only_degraded_is_told_apart(lose) -> None:
    answer = lose("object:PC-1")
    assert _told(answer)["Urgences"] == (DEGRADED, None)
    assert answer.care[0].degrades_min == 0 and answer.first_min is None


def test_a_site_takes_all_that_stands_there(lose) -> None:
    answer = lose("site:SITE-1")
    assert {one.name for one in answer.stopped} == {"Urgences", "Laboratoire"}
    assert _told(answer)["Urgences"] == (STOPPED, 120)


def test_a_supplier_is_felt_once_its_grace_is_over_and_that_is_a_parameter(
    lose, perimeters, territory
) -> None:
    # The activity holds two hours on paper beyond the grace.
    assert lose("supplier:FOU-1").degraded[0].degrades_min == 72 * 60 + 120
    parameter_set(
        perimeter=perimeters.alice, organisation=territory.entities[0], key="supplier_grace_h",
        value=5, note="Contrat de 2026",
    )  # fmt: skip
    assert lose("supplier:FOU-1").degraded[0].degrades_min == 5 * 60 + 120


def test_isolation_cuts_between_zones_and_says_what_it_cannot_place(lose) -> None:
    answer = lose("red_button")
    assert answer.lost.flows_cut and answer.lost.flows_unknown
    urgences = next(one for one in answer.care if one.name == "Urgences")
    assert urgences.outcome == STOPPED
    why = why_of(answer, urgences.node)
    assert why.steps[0].cut
    assert "les flux coupés" in why_context(answer, urgences)["sets"]


def test_why_goes_from_care_down_to_what_is_lost(lose) -> None:
    answer = lose("object:SRV-4", "object:SRV-1")
    urgences = next(one for one in answer.care if one.name == "Urgences")
    told = why_context(answer, urgences)
    assert [line["words"] for line in told["lines"]] == [
        "Urgences utilise Dossier patient",
        "Dossier patient s'authentifie auprès de Annuaire",
        "Annuaire fonctionne sur Serveur 4",
    ]
    # Server 1 plays no part: the other two hold.
    assert told["sets"] == ["Serveur 4"]
    assert {node["label"] for node in told["graph"]["nodes"]} == {
        "Urgences", "Dossier patient", "Annuaire", "Serveur 4",
    }  # fmt: skip


def test_the_smallest_sets_that_suffice_hold_two_when_two_are_needed(lose) -> None:
    answer = lose("object:SRV-1", "object:SRV-2", "object:SRV-3")
    urgences = next(one for one in answer.care if one.name == "Urgences")
    told = why_context(answer, urgences)
    assert len(told["sets"]) == 3
    assert all(" et " in words for words in told["sets"])
    line = next(one["words"] for one in told["lines"] if "parmi" in one["words"])
    assert "2 parmi 3" in line


def test_what_left_the_map_is_told_as_unknown_and_nonsense_is_refused(
    lose, mapped, territory
) -> None:
    gone = mapped["SRV-2"].pk
    Asset.objects.filter(pk=gone).update(status="retired")
    EstateRevision.objects.update(number=2)
    answer = loss_answer(impact_map(territory.entities[0]), [f"object:{gone}", "internet"])
    assert answer.lost.unknown == (f"object:{gone}", "internet")
    for text in ("object", "object:x", "object:-1", "planet:1", "", "object:" + "9" * 30):
        with pytest.raises(LossUnknown):
            token_of(text)
    assert all(str(token_of(name.value)) == name.value for name in OF_THE_WHOLE)


def test_the_map_is_kept_until_it_changes(mapped, territory, django_assert_num_queries) -> None:
    place = territory.entities[0]
    first = impact_map(place)
    with django_assert_num_queries(2):
        assert impact_map(place) is first
    EstateRevision.objects.update(number=7)
    assert impact_map(place) is not first


def test_an_empty_map_has_nothing_to_lose(territory) -> None:
    with pytest.raises(MapEmpty):
        impact_map(territory.entities[1])


def test_search_ignores_accents_and_offers_what_goes_with_a_thing(mapped, territory) -> None:
    found = impact_map(territory.entities[0])
    assert [one.family for one in losses_matching(found, "zone serv")] == [
        "zone réseau entière", "machines d'une zone chiffrées",
    ]  # fmt: skip
    assert losses_matching(found, "editeur ASCLEPIOS")[0].token.startswith("supplier:")
    assert not losses_matching(found, "\x00 ") and not losses_matching(found, "introuvable")


def test_on_the_map_of_a_group_activities_bear_the_name_of_their_hospital(
    mapped, grouped, territory
) -> None:
    found = impact_map(territory.ght)
    answer = loss_answer(found, [f"object:{grouped['SRV-4'].pk}"])
    assert [one.name for one in answer.stopped] == [
        "Urgences (CH n° 2)", "Laboratoire (CH n° 2)",
    ]  # fmt: skip
    lines = why_context(answer, answer.stopped[0])["lines"]
    assert all("CH n° 2" in line["words"] and "CH n° 1" not in line["words"] for line in lines)
    offers = losses_matching(found, "urgences ch 1")
    assert [one.name for one in offers][:1] == ["Urgences (CH n° 1)"]
    # At home nobody needs to be told where.
    assert impact_map(territory.entities[1]).names[0] == "Hôpital Nord"


def test_an_isolation_tells_towards_what_a_flow_is_cut(lose) -> None:
    answer = lose("red_button")
    context = why_context(answer, next(one for one in answer.care if one.name == "Urgences"))
    assert "Urgences : le flux vers Dossier patient est coupé" in [
        line["words"] for line in context["lines"]
    ]


def test_what_only_degrades_is_not_said_to_stop(lose) -> None:
    answer = lose("object:PC-1")
    assert "dégrader" in why_context(answer, answer.care[0])["sets_sentence"]


def test_a_curve_where_nothing_stops_says_what_is_degraded(lose) -> None:
    chart = care_over_time(lose("supplier:FOU-1"))
    assert chart is not None
    assert re.match(
        r"2 activités de soins dégradées au bout de .*, aucune à l'arrêt", chart.finding
    )
    stopping = care_over_time(lose("object:SRV-4"))
    assert stopping is not None and "à l'arrêt au bout de" in str(stopping.finding)


def test_moments_of_a_curve_are_told_apart(lose) -> None:
    chart = care_over_time(lose("supplier:FOU-1"))
    assert chart is not None
    moments = [str(one) for one in chart.categories]
    assert len(set(moments)) == len(moments)
