"""Each character gets from the API what the pages would show, and no more."""

import pytest
from django.core.cache import cache
from ninja.throttling import AuthRateThrottle

from hygie.foundation.http.api import PAGE_SIZE
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.services.states import states_recompute
from hygie.programme.models import Requirement
from hygie.programme.services.referential import referential_load
from hygie.territory.organisations.models import Organisation

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/organisations/"
INDICATORS = ("", "/cockpit", "/comparison", "/objectives", "/requirements", "/measurements")
DETAIL = ("/evidence", "/actions")
HUGE = 10**30


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def computed(territory, operator):
    referential_load(perimeter=operator)
    states_recompute(organisation_ids=[one.pk for one in territory.entities])
    return territory


@pytest.mark.parametrize(
    ("who", "indicators", "detail"),
    [
        ("alice", 200, 200),
        ("bob", 200, 200),
        ("charlie", 404, 404),
        ("diane", 200, 404),
        ("remi", 200, 404),
        ("ada", 200, 404),
    ],
)
def test_the_routes_of_an_entity_open_to_the_depth_of_the_reader(
    computed, characters, signed_in, who, indicators, detail
):
    client = signed_in(getattr(characters, who))
    address = f"{ROOT}{computed.entities[0].pk}"
    assert {client.get(address + tail).status_code for tail in INDICATORS} == {indicators}
    assert {client.get(address + tail).status_code for tail in DETAIL} == {detail}


def test_a_reader_from_above_is_told_the_state_and_never_why(computed, characters, signed_in):
    entity = computed.entities[0]
    row = RequirementState.objects.filter(organisation=entity).exclude(lines=[]).first()
    assert row is not None
    address = f"{ROOT}{entity.pk}/requirements/{row.requirement_id}"
    above = signed_in(characters.remi).get(address).json()
    inside = signed_in(characters.alice).get(address).json()
    assert above["state"] == inside["state"]
    assert (above["is_detailed"], above["lines"], above["missing"]) == (False, [], [])
    assert inside["is_detailed"]
    assert inside["lines"]


def test_the_list_holds_one_s_perimeter_only(computed, characters, signed_in):
    def seen(who):
        answer = signed_in(getattr(characters, who)).get(ROOT).json()
        return {row["id"] for row in answer["rows"]}

    assert computed.far.pk not in seen("alice")
    assert computed.far.pk in seen("charlie")
    assert seen("diane") == set(Organisation.objects.values_list("pk", flat=True))


def test_pages_follow_one_another_without_gap_or_double(computed, characters, signed_in):
    Organisation.objects.bulk_create(
        Organisation(
            kind="ej", code=f"77{n:07d}", name=f"CH {n}", parent=computed.north,
            region=computed.north,
        )
        for n in range(2 * PAGE_SIZE)
    )  # fmt: skip
    client, read, after = signed_in(characters.diane), [], 0
    while after is not None:
        answer = client.get(ROOT, {"after": after}).json()
        assert len(answer["rows"]) <= PAGE_SIZE
        read += [row["id"] for row in answer["rows"]]
        after = answer["next_after"]
    assert read == list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (f"{HUGE}", 404), (f"{HUGE}/cockpit", 404), (f"{HUGE}/evidence", 404), ("0", 404),
        ("-1/cockpit", 404), ("abc/cockpit", 422), ("?kind=planet", 422), ("?after=abc", 422),
        (f"?after={HUGE}", 200), (f"?after=-{HUGE}", 200), ("?q=%00", 200), ("?q=CH%00x", 200),
        ("?q=%25_%27%22--", 200), ("?inconnu=1", 200), ("?followed=peut-etre", 422),
    ],
)  # fmt: skip
def test_strange_questions_get_plain_answers(computed, characters, signed_in, tail, expected):
    answer = signed_in(characters.diane).get(ROOT + tail)
    assert answer.status_code == expected, answer.content[:300]
    assert answer["Content-Type"].startswith("application/json")
    if expected == 404:
        assert set(answer.json()) == {"code", "detail"}
    if expected == 422:
        assert isinstance(answer.json()["detail"], list)


def test_a_number_that_no_database_holds_is_refused_before_one_is_asked(
    computed, characters, signed_in
):
    address = f"{ROOT}{computed.entities[0].pk}/requirements/"
    client = signed_in(characters.alice)
    assert client.get(f"{address}{HUGE}").status_code == 422
    assert client.get(f"{address}{2**63 - 1}").status_code == 404
    assert Requirement.objects.exists()


def test_too_many_calls_are_refused_in_the_announced_shape(
    computed, characters, signed_in, monkeypatch
):
    monkeypatch.setattr(AuthRateThrottle, "allow_request", lambda self, request: False)
    monkeypatch.setattr(AuthRateThrottle, "wait", lambda self: 12)
    answer = signed_in(characters.alice).get(ROOT)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "12"
    assert answer.json()["code"] == "too_many_calls"


def test_nothing_can_be_written(computed, characters, signed_in):
    client = signed_in(characters.bob)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"{ROOT}{computed.ght.pk}").status_code == 405
