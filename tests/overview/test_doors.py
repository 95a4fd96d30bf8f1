"""Each person lands where they work, lists leave as files, and an empty house says what to do."""

import csv
import io

import pytest
from django.urls import reverse

from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User

pytestmark = pytest.mark.django_db


def page_of(response):
    assert response.status_code == 200
    return (
        response.content.decode().replace("\xa0", " ").replace("\u202f", " ").replace("&#x27;", "'")
    )


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("alice", lambda t: t.entities[0]),
        ("bob", lambda t: t.ght),
        ("charlie", lambda t: t.far),
        ("diane", lambda t: t.nation),
        ("remi", lambda t: t.north),
        ("ada", lambda t: t.nation),
    ],
)
def test_each_person_lands_at_the_cockpit_of_their_place(
    territory, characters, signed_in, who, where
):
    answer = signed_in(getattr(characters, who)).get(reverse("overview:home"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("overview:cockpit", args=[where(territory).pk])


def test_an_account_without_role_is_told_whom_to_ask(territory, signed_in):
    nobody = User.objects.create_user("nobody@hygie.test", "un mot de passe solide")
    page = page_of(signed_in(nobody).get(reverse("overview:home")))
    assert "n'a pas encore de rôle" in page
    assert "Demandez au RSSI" in page


def test_a_platform_without_territory_is_told_where_to_begin(db, signed_in):
    first = User.objects.create_user("first@hygie.test", "un mot de passe solide")
    assert "importez le territoire" in page_of(signed_in(first).get(reverse("overview:home")))


def test_a_platform_without_referential_names_the_command(territory, characters, signed_in):
    client = signed_in(characters.alice)
    node = territory.entities[0]
    page = page_of(client.get(reverse("overview:cockpit", args=[node.pk])))
    assert "hygie programme load" in page
    assert client.get(reverse("overview:cockpit_pdf", args=[node.pk])).status_code == 200
    assert client.get(reverse("overview:comparison", args=[node.pk])).status_code == 200


def test_a_territory_that_nobody_measured_says_so(loaded, territory, characters, signed_in):
    client = signed_in(characters.diane)
    page = page_of(client.get(reverse("overview:cockpit", args=[territory.nation.pk])))
    assert "Aucune entité suivie n'a encore d'état" in page
    assert "Le cockpit se remplira tout seul" in page


def test_the_list_below_leaves_as_a_spreadsheet(loaded, territory, stands, characters, signed_in):
    for entity, state in zip(territory.entities, ("passed", "failed"), strict=False):
        stands(entity, loaded[0], state)
    Organisation.objects.filter(pk=territory.entities[1].pk).update(name="=2+3;CH")
    address = reverse("overview:cockpit", args=[territory.ght.pk])
    answer = signed_in(characters.bob).get(address, {"below-format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert "attachment" in answer["Content-Disposition"]
    assert len(rows) == 3
    assert rows[0][:3] == ["Organisation", "Code", "Atteints"]
    by_code = {row[1]: row for row in rows[1:]}
    assert by_code[territory.entities[0].code][2].startswith("100")
    # A spreadsheet must not compute what someone typed as a name.
    assert not by_code[territory.entities[1].code][0].startswith("=")


def fill(loaded, stands, region, start, count):
    for index in range(start, start + count):
        ght = Organisation.objects.create(
            kind="ght", code=f"G-{index}", name=f"GHT {index}", parent=region, region=region,
            is_followed=True,
        )  # fmt: skip
        entity = Organisation.objects.create(
            kind="ej", code=f"76{index:07d}", name=f"CH {index}", parent=ght, region=region,
            ght=ght, is_followed=True,
        )  # fmt: skip
        for objective in loaded:
            stands(entity, objective, "passed" if index % 2 else "failed")


@pytest.mark.parametrize(
    ("who", "place"), [("diane", "nation"), ("remi", "north"), ("bob", "ght"), ("alice", "ej")]
)
def test_a_cockpit_asks_as_few_questions_of_a_large_territory_as_of_a_small_one(
    loaded, territory, stands, characters, signed_in, who, place, django_assert_num_queries
):
    node = territory.entities[0] if place == "ej" else getattr(territory, place)
    client = signed_in(getattr(characters, who))
    address = reverse("overview:cockpit", args=[node.pk])
    for entity in territory.entities:
        stands(entity, loaded[0], "passed")
    fill(loaded, stands, territory.north, 0, 4)
    client.get(address)
    with django_assert_num_queries(PINNED[place]):
        client.get(address)
    fill(loaded, stands, territory.north, 4, 40)
    with django_assert_num_queries(PINNED[place]):
        client.get(address)


PINNED = {"nation": 9, "north": 9, "ght": 15, "ej": 13}
