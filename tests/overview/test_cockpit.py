"""The cockpit says what the states say, and owns what it does not know."""

import datetime as dt
from collections import Counter

import pytest

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import ObjectiveState
from hygie.overview.selectors.cockpit import cockpit
from hygie.overview.selectors.focus import NOTHING, focus
from hygie.overview.selectors.trend import Move
from hygie.overview.selectors.words import answer, axis_sentence, history_finding, percent
from hygie.territory.organisations.models import Organisation
from tests.overview.conftest import TODAY

pytestmark = pytest.mark.django_db
LAST_MONTH, YEAR_BEFORE = dt.date(2026, 10, 1), dt.date(2025, 11, 1)


def row_of(found, objective):
    return next(row for row in found.rows if row.objective == objective)


def test_an_entity_shows_its_own_state_its_confidence_and_what_is_missing(
    loaded, territory, stands, operator
):
    entity = territory.entities[0]
    stands(entity, loaded[0], "partial", elements=8, measured=2, stale=3, missing=1)
    row = row_of(cockpit(operator, entity, TODAY), loaded[0])
    assert (row.state, row.standing.confidence) == ("partial", 0.25)
    assert (row.standing.stale, row.standing.missing) == (3, 1)


def test_an_objective_without_state_is_not_tested_never_left_out(loaded, territory, operator):
    found = cockpit(operator, territory.entities[0], TODAY)
    assert found.states == {StateChoice.NOT_TESTED: len(loaded)}
    assert found.confidence is None


def test_a_state_lapses_by_itself_on_its_day_and_not_before(loaded, territory, stands, operator):
    entity = territory.entities[0]
    stands(entity, loaded[0], "passed", stale_on=TODAY)
    eve = cockpit(operator, entity, TODAY - dt.timedelta(days=1))
    assert row_of(eve, loaded[0]).state == "passed"
    assert row_of(cockpit(operator, entity, TODAY), loaded[0]).state == "stale"
    above = cockpit(operator, territory.north, TODAY)
    assert row_of(above, loaded[0]).states == {"stale": 1}


@pytest.mark.parametrize(
    ("before", "expected"),
    [("failed", Move.BETTER), ("partial", Move.STEADY), ("passed", Move.WORSE)],
)
def test_a_trend_compares_with_the_last_closed_month(
    loaded, territory, stands, month, operator, before, expected
):
    entity = territory.entities[0]
    stands(entity, loaded[0], "partial")
    month(entity, loaded[0], LAST_MONTH, **{before: 1})
    trend = row_of(cockpit(operator, entity, TODAY), loaded[0]).trend
    assert (trend.month, trend.year) == (expected, Move.UNKNOWN)


def test_a_trend_over_a_year_needs_that_month_and_no_other(
    loaded, territory, stands, month, operator
):
    entity = territory.entities[0]
    stands(entity, loaded[0], "passed")
    month(entity, loaded[0], YEAR_BEFORE, failed=1)
    month(entity, loaded[0], dt.date(2026, 9, 1), failed=1)
    trend = row_of(cockpit(operator, entity, TODAY), loaded[0]).trend
    assert (trend.month, trend.year) == (Move.UNKNOWN, Move.BETTER)


def test_what_was_out_of_scope_gives_no_trend(loaded, territory, stands, month, operator):
    entity = territory.entities[0]
    stands(entity, loaded[0], "passed")
    month(entity, loaded[0], LAST_MONTH, not_applicable=1)
    assert row_of(cockpit(operator, entity, TODAY), loaded[0]).trend.month == Move.UNKNOWN


@pytest.fixture
def spread(loaded, territory, stands):
    """Every legal entity in some state on every objective, some of them lapsing."""
    every = list(Organisation.objects.filter(kind="ej").order_by("pk"))
    values = list(StateChoice.values)
    for i, entity in enumerate(every):
        for j, objective in enumerate(loaded):
            stands(
                entity, objective, values[(3 * i + 5 * j) % len(values)],
                stale_on=TODAY - dt.timedelta(days=1) if (i + j) % 4 == 0 else None,
                elements=i + j + 1, measured=j % (i + 1), stale=i, missing=j,
            )  # fmt: skip
    return every


def recount(rows):
    """The slow way: one row after the other."""
    total = {}
    for one in rows:
        lapsed = one.stale_on is not None and one.stale_on <= TODAY
        total.setdefault(one.objective_id, Counter())["stale" if lapsed else one.state] += 1
    return total


@pytest.mark.parametrize("place", ["nation", "north", "south", "ght"])
def test_every_level_above_counts_as_a_slow_recount_does(spread, territory, operator, place):
    node = getattr(territory, place)
    inside = {
        "nation": lambda one: True,
        "north": lambda one: one.region_id == node.pk,
        "south": lambda one: one.region_id == node.pk,
        "ght": lambda one: one.ght_id == node.pk,
    }[place]
    members = {one.pk for one in spread if inside(one)}
    rows = list(ObjectiveState.objects.filter(organisation_id__in=members))
    found = cockpit(operator, node, TODAY)
    assert {r.objective.pk: r.states for r in found.rows} == recount(rows)
    assert sum(r.standing.elements for r in found.rows) == sum(r.elements for r in rows)
    assert sum(r.standing.missing for r in found.rows) == sum(r.missing for r in rows)
    children = Counter()
    for child in found.children:
        children.update(child.states)
    assert children == sum((Counter(r.states) for r in found.rows), Counter())


def test_an_organisation_no_longer_followed_counts_nowhere(spread, territory, operator):
    Organisation.objects.filter(pk=territory.alone.pk).update(is_followed=False)
    found = cockpit(operator, territory.north, TODAY)
    assert found.entity_count == 4
    assert territory.alone not in [child.organisation for child in found.children]


def test_the_children_of_each_level_are_the_next_one_down(spread, territory, operator):
    def names(node):
        return {child.organisation for child in cockpit(operator, node, TODAY).children}

    assert names(territory.nation) == {territory.north, territory.south}
    assert names(territory.north) == {territory.ght, territory.alone}
    assert names(territory.ght) == set(territory.entities)
    assert names(territory.entities[0]) == set()


def test_what_is_out_of_scope_is_in_no_share(loaded, territory, stands, operator):
    stands(territory.entities[0], loaded[0], "passed")
    stands(territory.entities[1], loaded[0], "not_applicable")
    child = {c.organisation: c for c in cockpit(operator, territory.ght, TODAY).children}
    assert child[territory.entities[0]].passed_share == 1
    assert child[territory.entities[1]].passed_share == 0


def test_the_answer_counts_only_what_is_reached(loaded, territory, stands, operator):
    entity = territory.entities[0]
    for objective, state in zip(loaded, ["passed", "stale", "cannot_tell", "not_applicable"],
                                strict=False):  # fmt: skip
        stands(entity, objective, state)
    found = cockpit(operator, entity, TODAY)
    said = answer(found)
    assert said.startswith("1 objectif sur 19 est atteint ; ")
    assert "1 périmé," in said
    assert "1 indéterminé," in said
    assert "16 non testés." in said
    assert axis_sentence(found.axes[0], is_aggregate=False).startswith("1 objectif atteint sur 5")


def test_what_is_not_quite_all_is_never_written_as_all():
    assert percent(0.9999) == "99\u202f%"
    assert percent(1) == "100\u202f%"
    assert percent(0) == "0\u202f%"


def test_the_history_says_what_it_shows_and_nothing_before_two_months(
    loaded, territory, stands, month, operator
):
    entity = territory.entities[0]
    stands(entity, loaded[0], "passed")
    month(entity, loaded[0], dt.date(2026, 9, 1), failed=3, passed=1)
    assert history_finding(cockpit(operator, entity, TODAY)).startswith("L'historique commence")
    month(entity, loaded[0], LAST_MONTH, failed=2, passed=2)
    said = history_finding(cockpit(operator, entity, TODAY)).replace("\u202f", " ")
    assert said == "La part d'objectifs atteints est passée de 25 % à 50 % en 1 mois."


def test_what_asks_for_attention_is_for_those_who_see_all(loaded, territory, perimeters):
    for reader, node in (
        (perimeters.remi, territory.ght),
        (perimeters.diane, territory.entities[0]),
    ):
        assert focus(reader, cockpit(reader, node, TODAY)) is NOTHING


def test_with_nothing_late_the_advice_is_what_to_renew_then_what_to_measure(
    loaded, territory, stands, operator
):
    entity = territory.entities[0]
    stands(entity, loaded[0], "stale", stale=3, missing=0)
    stands(entity, loaded[1], "cannot_tell", stale=0, missing=5)
    advice = focus(operator, cockpit(operator, entity, TODAY)).advice
    assert [(act.kind, act.title) for act in advice] == [
        ("stale", loaded[0].title_fr),
        ("missing", loaded[1].title_fr),
    ]
    assert advice[0].why.startswith("3 éléments périmés")
    assert advice[1].why.startswith("5 éléments n'ont encore ni mesure ni preuve")


def test_a_group_says_that_its_history_is_that_of_its_members(
    loaded, territory, stands, month, operator
):
    stands(territory.ght, loaded[0], "passed")
    stands(territory.entities[0], loaded[0], "failed")
    month(territory.ght, loaded[0], dt.date(2026, 9, 1), failed=4)
    month(territory.ght, loaded[0], LAST_MONTH, failed=3, passed=1)
    said = history_finding(cockpit(operator, territory.ght, TODAY)).replace("\u202f", " ")
    assert said.startswith("Chez les membres, la part d'objectifs atteints est passée de 0 % à 25")
