"""Every page of the first cut answers for those who may see it, and hides what it must."""

import pytest

from hygie.programme.models import Framework, Indicator, Objective, Requirement, SecurityMeasure
from hygie.programme.services.referential import referential_load

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(operator):
    referential_load(perimeter=operator)


def pages(territory):
    ght, entity = territory.ght.pk, territory.entities[0].pk
    framework = Framework.objects.get(ref_id="CARE-D2")
    requirement = Requirement.objects.get(ref_id="D2.O1.C")
    indicator = Indicator.objects.first()
    objective = Objective.objects.first()
    measure = SecurityMeasure.objects.first()
    return [
        f"/cockpit/{ght}/", f"/cockpit/{entity}/", f"/cockpit/{ght}/pairs/",
        f"/cockpit/{ght}/pdf/",
        f"/evaluation/{ght}/", f"/evaluation/{ght}/referentiel/{framework.pk}/",
        f"/evaluation/{ght}/objectif/{objective.pk}/",
        f"/evaluation/{ght}/exigence/{requirement.pk}/",
        f"/suivi/{ght}/", f"/suivi/{ght}/indicateurs/",
        f"/suivi/{ght}/indicateurs/{indicator.pk}/", f"/suivi/{ght}/mesurer/",
        f"/suivi/{ght}/preuves/", f"/suivi/{ght}/preuves/ajouter/", f"/suivi/{ght}/actions/",
        f"/suivi/{ght}/actions/ajouter/", f"/suivi/{ght}/actions.ics",
        "/referentiel/", f"/referentiel/objectif/{objective.pk}/", "/referentiel/domaines/",
        "/referentiel/indicateurs/", f"/referentiel/indicateurs/{indicator.pk}/",
        "/referentiel/mesures/", f"/referentiel/mesures/{measure.pk}/",
        "/referentiel/referentiels/", f"/referentiel/referentiels/{framework.pk}/",
        f"/referentiel/exigence/{requirement.pk}/",
    ]  # fmt: skip


def test_the_rssi_of_the_group_opens_every_page(loaded, territory, characters, signed_in):
    client = signed_in(characters.bob)
    answers = {url: client.get(url).status_code for url in pages(territory)}
    assert set(answers.values()) == {200}, {u: s for u, s in answers.items() if s != 200}


def test_a_reader_of_another_region_gets_not_found(loaded, territory, characters, signed_in):
    client = signed_in(characters.charlie)
    mine = [url for url in pages(territory) if not url.startswith("/referentiel/")]
    answers = {url: client.get(url).status_code for url in mine}
    assert set(answers.values()) == {404}, {u: s for u, s in answers.items() if s != 404}
