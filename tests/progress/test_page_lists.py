"""Lists narrow, leave as files and cost the same reads whatever their size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.progress.services.measurements import NewMeasurement, measurements_record
from tests.progress.conftest import DAY, SECRET, TODAY, text, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "found"), [("open", True), ("late", True), ("planned", True), ("done", False)]
)
def test_actions_are_narrowed_by_state(full, characters, signed_in, state, found):
    page = text(signed_in(characters.alice).get(url("actions", full[0].pk, state=state)))
    assert (f">{SECRET}<" in page) is found


def test_lists_leave_as_words_not_codes(asked, full, characters, signed_in):
    place, client = full[0], signed_in(characters.alice)
    rows = text(client.get(url("indicators", place.pk, format="csv"))).splitlines()
    line = next(row for row in rows if "t.mfa" in row)
    assert "non atteint" in line and "mesuré" in line and "62,5" in line
    assert "prévue" in text(client.get(url("actions", place.pk, format="csv")))


def test_the_calendar_is_a_private_download(full, characters, signed_in):
    answer = signed_in(characters.alice).get(url("actions_calendar", full[0].pk))
    assert answer["Content-Disposition"] == 'attachment; filename="actions-590000001.ics"'
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-store"
    assert f"SUMMARY:{SECRET}" in text(answer)


def test_the_home_page_says_what_is_late_stale_and_missing(
    asked, full, territory, operator, characters, signed_in
):
    place = full[0]
    page = text(signed_in(characters.alice).get(url("home", place.pk)))
    assert "en retard" in page and SECRET in page
    assert "1 indicateur sur 4 est mesuré" in page


def test_the_api_gives_lists_by_parts(full, characters, signed_in):
    place, client = full[0], signed_in(characters.alice)
    address = f"/api/v1/organisations/{place.pk}/actions"
    assert len(client.get(address).json()) == 1
    assert client.get(address, {"offset": 1}).json() == []
    assert client.get(address, {"limit": 0}).status_code == 422
    assert client.get(address, {"offset": 10**30}).status_code == 422


LISTS = {"home": 0, "indicators": 0, "evidence": 0, "actions": 0, "evidence_detail": 1,
         "indicator": 2}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_pages_cost_the_same_reads_when_data_grows_tenfold(
    asked, full, territory, operator, characters, signed_in, name
):
    place, proof, _action = full
    client = signed_in(characters.bob)
    args = {0: [territory.ght.pk], 1: [proof.pk], 2: [place.pk, asked.mfa.pk]}[LISTS[name]]

    def grow(count: int) -> None:
        for n in range(count):
            where = territory.entities[n % 4].pk
            evidence_add(
                perimeter=operator, organisation_id=where, kind=asked.plan, title=f"P{n}",
                effective_on=TODAY, requirement_urns=["urn:t:req:1", "urn:t:req:2"],
            )  # fmt: skip
            action_add(perimeter=operator, organisation_id=where, title=f"A{n}", due_on=TODAY)
        measurements_record(
            perimeter=operator, origin="test",
            rows=[NewMeasurement(asked.mfa, place, 1.0, 1, TODAY - n * DAY) for n in range(count)],
        )  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(client.get(url(name, *args)))
        return len(seen)

    grow(2)
    cost()
    before = cost()
    grow(20)
    assert cost() == before
    assert before <= 16
