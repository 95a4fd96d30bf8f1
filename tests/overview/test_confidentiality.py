"""A region or the nation never sees an establishment's proofs, reasons, notes or actions.

A marker is planted in every text that names a weak point; it must appear in nothing that a regional
or national reader can ask for: page, fragment, chart, CSV, PDF or API.
"""

import datetime as dt
import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.services.states import states_recompute
from hygie.programme.models import DocumentKind, Framework, Indicator, Objective, Requirement
from hygie.programme.services.referential import referential_load
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.progress.services.measurements import measurement_record

pytestmark = pytest.mark.django_db
MARK = "FAIBLESSE-SECRETE-4217"


@pytest.fixture
def planted(operator, territory):
    """Every text of an entity and of its group carries the marker; states are computed."""
    referential_load(perimeter=operator)
    today = timezone.localdate()
    kind = DocumentKind.objects.get(code="bia")
    for place in (territory.ght, territory.entities[0]):
        measurement_record(
            perimeter=operator,
            indicator=Indicator.objects.get(code="d2.bia"),
            organisation_id=place.pk,
            value=1,
            note=MARK,
        )
        evidence_add(
            perimeter=operator, organisation_id=place.pk, kind=kind, title=MARK, note=MARK,
            effective_on=today - dt.timedelta(days=5), expires_on=today + dt.timedelta(days=9),
        )  # fmt: skip
        action_add(
            perimeter=operator, organisation_id=place.pk, title=MARK, description=MARK,
            due_on=today - dt.timedelta(days=3),
        )  # fmt: skip
    states_recompute(organisation_ids=[territory.entities[0].pk])
    for row in RequirementState.objects.filter(organisation=territory.entities[0]):
        row.lines = [{**line, "refs": [MARK]} for line in row.lines]
        row.missing = [MARK]
        row.through = {"name": MARK, "requirement": row.requirement_id}
        row.save()
    return territory


def doors(territory):
    """Everything a reader may ask about the region, the group and the entity."""
    requirement = Requirement.objects.get(ref_id="D2.O1.C")
    framework = Framework.objects.get(ref_id="CARE-D2")
    objective = Objective.objects.get(number=16)
    indicator = Indicator.objects.get(code="d2.bia")
    for node in (territory.nation, territory.north, territory.ght, territory.entities[0]):
        pk = node.pk
        yield f"/cockpit/{pk}/"
        yield f"/cockpit/{pk}/?below-format=csv"
        yield f"/cockpit/{pk}/pdf/"
        yield f"/cockpit/{pk}/pairs/"
        yield f"/evaluation/{pk}/"
        yield f"/evaluation/{pk}/referentiel/{framework.pk}/"
        yield f"/evaluation/{pk}/objectif/{objective.pk}/"
        yield f"/evaluation/{pk}/exigence/{requirement.pk}/"
        yield f"/suivi/{pk}/"
        yield f"/suivi/{pk}/indicateurs/"
        yield f"/suivi/{pk}/indicateurs/?format=csv"
        yield f"/suivi/{pk}/indicateurs/{indicator.pk}/"
        for tail in ("preuves/", "preuves/?format=csv", "actions/", "actions/?format=csv",
                     "actions.ics"):  # fmt: skip
            yield f"/suivi/{pk}/{tail}"
        api = f"/api/v1/organisations/{pk}"
        for tail in ("", "/cockpit", "/comparison", "/objectives", "/requirements",
                     f"/requirements/{requirement.pk}", "/measurements", "/evidence",
                     "/actions"):  # fmt: skip
            yield f"{api}{tail}"


def text_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode()


@pytest.mark.parametrize("reader", ["remi", "diane", "ada"])
def test_a_reader_from_above_never_meets_a_weak_point(planted, characters, signed_in, reader):
    client = signed_in(getattr(characters, reader))
    leaks = []
    for url in doors(planted):
        for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
            response = client.get(url, **extra)
            assert response.status_code in {200, 404}, (url, response.status_code)
            if response.status_code == 200 and MARK in text_of(response):
                leaks.append(url)
    assert not leaks


def test_the_marker_is_there_for_the_establishment_itself(planted, characters, signed_in):
    client = signed_in(characters.alice)
    pk = planted.entities[0].pk
    for url in (f"/suivi/{pk}/preuves/", f"/suivi/{pk}/actions/", f"/cockpit/{pk}/pdf/"):
        assert MARK in text_of(client.get(url)), url


def test_a_stranger_gets_not_found_at_every_door(planted, characters, signed_in):
    client = signed_in(characters.charlie)
    wrong = {
        url: status for url in doors(planted) if (status := client.get(url).status_code) != 404
    }
    assert not wrong


def test_an_anonymous_visitor_is_sent_to_sign_in(planted, client):
    for url in doors(planted):
        response = client.get(url)
        assert response.status_code in {302, 401}, url
