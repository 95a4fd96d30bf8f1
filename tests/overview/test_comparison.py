"""One's place among peers is told, and no peer can be found again behind it."""

import pytest
from django.urls import reverse

from hygie.overview.selectors.comparison import ALL_AXES, comparison
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.selectors import perimeter_of
from tests.overview.conftest import TODAY

pytestmark = pytest.mark.django_db
TEN = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]


@pytest.fixture(autouse=True)
def _minimum(settings):
    settings.MINIMUM_GROUP = 8


def overall(found):
    return next(row for row in found.axes if row.axis == ALL_AXES)


def own(stands, loaded, entity, count):
    for rank, objective in enumerate(loaded):
        stands(entity, objective, "passed" if rank < count else "failed")


def test_the_own_value_is_exact_and_the_quartiles_are_rounded_to_five_points(
    loaded, territory, stands, peers, perimeters
):
    peers(TEN)
    own(stands, loaded, territory.entities[0], 11)
    found = overall(comparison(perimeters.alice, territory.entities[0], TODAY))
    assert found.own == 55
    assert found.quartiles.members == 11
    assert all(value % 5 == 0 for value in found.quartiles.values)
    # Six of the ten others stand below eleven objectives: the own value is left out of the rank.
    assert (found.rank.percentile, found.rank.peers) == (60, 10)


@pytest.mark.parametrize(("others", "is_told"), [(7, False), (8, True)])
def test_nothing_is_told_below_the_minimum_of_others(
    loaded, territory, stands, peers, perimeters, others, is_told
):
    peers(TEN[:others])
    own(stands, loaded, territory.entities[0], 5)
    found = comparison(perimeters.alice, territory.entities[0], TODAY)
    assert bool(found.axes) is is_told


def test_whoever_sees_nearly_all_the_group_in_detail_is_told_nothing(
    loaded, territory, stands, peers, perimeters, person
):
    group = peers(TEN)
    for entity in territory.entities:
        own(stands, loaded, entity, 3)
    assert comparison(perimeters.bob, territory.entities[0], TODAY).axes
    Organisation.objects.filter(pk__in=[one.pk for one in group[:3]]).update(ght=territory.ght)
    wider = perimeter_of(person("large@hygie.test", "rssi", territory.ght))
    assert comparison(wider, territory.entities[0], TODAY).axes == ()


def test_another_category_and_what_is_not_followed_are_no_peers(
    loaded, territory, stands, peers, perimeters
):
    group = peers(TEN)
    own(stands, loaded, territory.entities[0], 5)
    Organisation.objects.filter(pk=group[0].pk).update(is_followed=False)
    Organisation.objects.filter(pk=group[1].pk).update(category_code="365")
    found = overall(comparison(perimeters.alice, territory.entities[0], TODAY))
    assert found.quartiles.members == 9


def test_an_organisation_without_category_has_no_peers(loaded, territory, peers, perimeters):
    peers(TEN)
    assert comparison(perimeters.remi, territory.ght, TODAY).axes == ()


def test_two_readers_read_the_same_quartiles(loaded, territory, stands, peers, perimeters):
    peers(TEN)
    own(stands, loaded, territory.entities[0], 5)
    read = {
        overall(comparison(one, territory.entities[0], TODAY)).quartiles
        for one in (perimeters.alice, perimeters.bob, perimeters.remi, perimeters.diane)
    }
    assert len(read) == 1


def test_one_state_more_elsewhere_does_not_move_a_coarse_quartile_to_its_value(
    loaded, territory, stands, peers, perimeters
):
    """A quartile is a multiple of five points whatever the exact shares are."""
    peers([1, 3, 5, 7, 9, 11, 13, 15, 17])
    for entity in territory.entities[:1]:
        for rank, objective in enumerate(loaded[:19]):
            stands(entity, objective, "passed" if rank < 7 else "failed")
    found = comparison(perimeters.alice, territory.entities[0], TODAY)
    assert round(overall(found).own, 2) == 36.84
    for row in found.axes:
        assert all(value % 5 == 0 for value in row.quartiles.values)


def test_the_page_says_the_place_and_names_nobody(
    loaded, territory, stands, peers, characters, signed_in
):
    peers(TEN)
    own(stands, loaded, territory.entities[0], 11)
    address = reverse("overview:comparison", args=[territory.entities[0].pk])
    page = (
        signed_in(characters.alice)
        .get(address)
        .content.decode()
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )
    assert "55 % des objectifs atteints : mieux que 60 % des pairs" in page
    assert "PAIR-" not in page
    assert "aucun n'est donné sous 8 organisations" in page.replace("&#x27;", "'")


def test_the_page_of_a_small_group_says_why_there_is_nothing(
    loaded, territory, characters, signed_in
):
    address = reverse("overview:comparison", args=[territory.entities[0].pk])
    page = signed_in(characters.alice).get(address).content.decode()
    assert "Pas de comparaison possible" in page
    assert "au moins 8 organisations" in page
