"""Each page opens for those who may, says the truth, and tells others nothing."""

import datetime as dt

import pytest
from django.urls import reverse

from hygie.governance.assessment.models import Campaign, Filing, Questionnaire
from hygie.governance.assessment.services.questionnaires import questionnaire_assign
from hygie.programme.models import Objective
from tests.governance.assessment.conftest import TODAY

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 5, 4)


@pytest.fixture
def sixty(territory, referential, prove, compute):
    """BIA and PCRA on the entities weighing 40 and 20."""
    for entity in (territory.entities[0], territory.entities[2]):
        prove(entity, "bia", SPRING)
        prove(entity, "pcra", SPRING)
    compute(*territory.entities)
    return referential.requirement("D2.O1.C")


@pytest.fixture
def asked(territory, referential, perimeters):
    return questionnaire_assign(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
        framework=referential.d2, due_on=TODAY,
    )  # fmt: skip


def _text(response) -> str:
    assert response.status_code == 200, response.content[:500]
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_the_requirement_page_says_sixty_then_seventy(
    sixty, territory, characters, signed_in, prove, compute
):
    client = signed_in(characters.bob)
    address = reverse("assessment:requirement", args=[territory.ght.pk, sixty.pk])
    page = _text(client.get(address))
    assert "non atteint" in page
    assert "60 %" in page
    assert "CH n° 2 compte 30/100" in page
    assert "CH n° 4 : on passe à 70 %" in page
    prove(territory.entities[3], "bia", SPRING)
    prove(territory.entities[3], "pcra", SPRING)
    compute(territory.entities[3])
    page = _text(client.get(address))
    assert "70 %" in page
    assert "hy-state--passed" in page


def test_a_proof_of_the_group_counts_for_a_member_without_a_link_to_nowhere(
    territory, referential, characters, signed_in, prove, compute
):
    proof = prove(territory.ght, "pcra-organisation", SPRING)
    compute(territory.entities[0])
    rule = referential.requirement("D2.P2")
    address = reverse("assessment:requirement", args=[territory.entities[0].pk, rule.pk])
    link = reverse("progress:evidence_detail", args=[proof.pk])
    client = signed_in(characters.alice)
    assert client.get(link).status_code == 404
    page = _text(client.get(address))
    assert "hy-state--passed" in page and link not in page
    own = prove(territory.entities[0], "pcra-organisation", SPRING)
    compute(territory.entities[0])
    assert reverse("progress:evidence_detail", args=[own.pk]) in _text(client.get(address))


def test_a_region_or_the_nation_reads_the_state_and_no_reason(
    sixty, territory, characters, signed_in
):
    address = reverse("assessment:requirement", args=[territory.ght.pk, sixty.pk])
    for reader in (characters.remi, characters.diane, characters.ada):
        page = _text(signed_in(reader).get(address))
        assert "non atteint" in page
        for secret in ("CH n° 2 compte", "on passe à", "bia CH", "la preuve", "Il manque"):
            assert secret not in page


def test_a_stranger_finds_nothing(sixty, asked, territory, characters, signed_in):
    client = signed_in(characters.charlie)
    entity = territory.entities[0].pk
    for name, args in (
        ("organisation", [entity]),
        ("framework", [entity, sixty.framework_id]),
        ("requirement", [entity, sixty.pk]),
        ("filings", [entity]),
        ("questionnaire_add", [entity]),
        ("questionnaire", [asked.pk]),
        ("questionnaire_sheet", [asked.pk]),
        ("campaign_add", [territory.north.pk]),
    ):
        assert client.get(reverse(f"assessment:{name}", args=args)).status_code == 404, name
    address = reverse("assessment:answer", args=[asked.pk, sixty.pk])
    assert client.post(address, {}).status_code == 404
    assert "CH n° 1" not in _text(client.get(reverse("assessment:questionnaire_list")))
    csv = client.get(reverse("assessment:questionnaire_list"), {"export": "csv"})
    assert "CH n° 1" not in b"".join(csv.streaming_content).decode() if csv.streaming else True


def test_answers_are_for_those_who_see_the_establishment(asked, characters, signed_in):
    for reader in (characters.remi, characters.diane):
        client = signed_in(reader)
        for name in ("questionnaire", "questionnaire_sheet"):
            address = reverse(f"assessment:{name}", args=[asked.pk])
            assert client.get(address).status_code == 404
        assert "CH n° 1" in _text(client.get(reverse("assessment:questionnaire_list")))


def test_the_tree_filters_by_state_and_costs_the_same_when_it_grows(
    sixty, territory, characters, signed_in, django_assert_max_num_queries
):
    client = signed_in(characters.alice)
    address = reverse("assessment:framework", args=[territory.entities[0].pk, sixty.framework_id])
    page = _text(client.get(address))
    assert "D2.O1.C" in page
    assert "D2.O1.C" not in _text(client.get(address, {"state": "failed"}))
    with django_assert_max_num_queries(16):
        client.get(address)


def test_every_page_of_the_establishment_opens(
    sixty, asked, territory, referential, characters, signed_in
):
    client = signed_in(characters.alice)
    entity = territory.entities[0].pk
    for name, args in (
        ("organisation", [entity]),
        ("objective", [entity, Objective.objects.get(number=5).pk]),
        ("filings", [entity]),
        ("questionnaire_add", [entity]),
        ("questionnaire_list", []),
        ("questionnaire", [asked.pk]),
        ("campaign_list", []),
        ("upgrade_list", []),
    ):
        _text(client.get(reverse(f"assessment:{name}", args=args)))
    for requirement in referential.d2.requirements.filter(is_assessable=True):
        _text(client.get(reverse("assessment:requirement", args=[entity, requirement.pk])))
    sheet = client.get(reverse("assessment:questionnaire_sheet", args=[asked.pk]))
    assert sheet.content[:2] == b"PK"


def test_an_answer_is_saved_as_it_is_given(asked, referential, characters, signed_in):
    client = signed_in(characters.alice)
    rule = referential.requirement("D2.P1")
    address = reverse("assessment:answer", args=[asked.pk, rule.pk])
    prefix = f"r{rule.pk}"
    page = _text(
        client.post(address, {f"{prefix}-choice-0": "legal-representative"}, HTTP_HX_REQUEST="true")
    )
    assert "Enregistré" in page
    assert asked.answers.get().result == "compliant"
    page = _text(client.post(address, {f"{prefix}-result": "not_applicable"},
                             HTTP_HX_REQUEST="true"))  # fmt: skip
    assert "demande un motif" in page
    assert asked.answers.get().result == "compliant"


def test_steps_and_bulk_go_through_the_page(asked, referential, characters, signed_in):
    alice, bob = signed_in(characters.alice), signed_in(characters.bob)
    rule = referential.requirement("D2.P1")
    alice.post(
        reverse("assessment:answers_bulk", args=[asked.pk]),
        {"selected": [rule.pk], "result": "unknown"},
    )
    assert asked.answers.get().result == "unknown"
    step = reverse("assessment:questionnaire_step", args=[asked.pk])
    alice.post(step, {"state": "submitted"})
    bob.post(step, {"state": "changes_requested", "note": "Qui signe ?"})
    asked.refresh_from_db()
    assert (asked.state, asked.review_note) == ("changes_requested", "Qui signe ?")
    assert "Qui signe ?" in _text(alice.get(reverse("assessment:questionnaire", args=[asked.pk])))


def test_filing_dates_are_kept_by_the_candidate_only(territory, referential, characters, signed_in):
    bob, alice = signed_in(characters.bob), signed_in(characters.alice)
    bob.post(
        reverse("assessment:filings", args=[territory.ght.pk]),
        {"domain": "d2", "d2-applied_on": "2026-05-01", "d2-attained_on": ""},
    )
    assert Filing.objects.get().applied_on == dt.date(2026, 5, 1)
    page = _text(
        alice.post(
            reverse("assessment:filings", args=[territory.entities[0].pk]),
            {"domain": "d2", "d2-applied_on": "2026-06-01", "d2-attained_on": ""},
        )
    )
    assert "candidate avec son groupe" in page
    page = _text(
        bob.post(
            reverse("assessment:filings", args=[territory.ght.pk]),
            {"domain": "d2", "d2-applied_on": "2026-06-01", "d2-attained_on": "2026-05-01"},
        )
    )
    assert "précède la candidature" in page
    assert Filing.objects.get().attained_on is None


def test_a_campaign_is_launched_followed_and_closed(territory, referential, characters, signed_in):
    client = signed_in(characters.remi)
    client.post(
        reverse("assessment:campaign_add", args=[territory.north.pk]),
        {"name": "D2", "framework": referential.d2.pk, "kind": "ej", "due_on": "2026-12-31"},
    )
    campaign = Campaign.objects.get()
    assert "sur 5 interrogés" in _text(
        client.get(reverse("assessment:campaign_progress", args=[campaign.pk]))
    )
    page = _text(client.get(reverse("assessment:campaign", args=[campaign.pk])))
    assert "Clinique Seule" in page
    client.post(reverse("assessment:campaign_end", args=[campaign.pk]))
    assert not Questionnaire.objects.exists()


def test_asking_through_the_page(territory, referential, characters, signed_in):
    client = signed_in(characters.alice)
    entity = territory.entities[0].pk
    client.post(
        reverse("assessment:questionnaire_add", args=[entity]),
        {"framework": referential.d2.pk, "due_on": "2026-12-31"},
    )
    assert Questionnaire.objects.get().organisation_id == entity


def test_a_person_is_named_through_the_page(asked, characters, signed_in) -> None:
    address = f"/evaluation/questionnaires/{asked.pk}/personne/"
    client = signed_in(characters.alice)
    shown = client.post(address, {"assignee": characters.alice.pk}, follow=True)
    assert "à remplir par" in shown.content.decode()
    assert "pour vous" in client.get("/evaluation/questionnaires/").content.decode()
    refused = client.post(address, {"assignee": characters.charlie.pk}, follow=True)
    assert "Choisissez une personne de la liste" in refused.content.decode()
    for stranger in (characters.charlie, characters.remi, characters.diane):
        assert signed_in(stranger).post(address, {"assignee": ""}).status_code == 404
    asked.refresh_from_db()
    assert asked.assignee == characters.alice
