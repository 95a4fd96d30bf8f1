"""The programme of exercises: who has played, what is planned, what is shared."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hygie.engines.exercise.vocabulary import Level
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, LessonKind
from hygie.governance.exercises.models import Exercise, ExerciseSite, Lesson
from hygie.governance.exercises.selectors.coverage import (
    coverage_in,
    lessons_around,
    shares_of,
)
from hygie.governance.exercises.services.design import blank_scenario, exercise_create
from hygie.governance.exercises.services.plan import plan_apply, plan_proposals
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.perimeter import Perimeter

SignedIn = Callable[[User], Client]


def _run(place: Organisation, state: str, *, days_ago: int = 0, title: str = "Secret") -> Exercise:
    at = timezone.now() - dt.timedelta(days=days_ago)
    is_over = state in {ExerciseState.ENDED, ExerciseState.CLOSED}
    return Exercise.objects.create(
        kind=ExerciseKind.RUN, organisation=place, title=title, level="beginner",
        play="table_top", state=state, planned_at=at, started_at=at if is_over else None,
        ended_at=at if is_over else None,
    )  # fmt: skip


def _states(perimeter: Perimeter, place: Organisation) -> dict[str, str]:
    return {row.name: row.state for row in coverage_in(perimeter, place, timezone.now())}


@pytest.fixture
def models(territory: SimpleNamespace, perimeters: SimpleNamespace) -> None:
    """A model of each level, at Alice's."""
    for level in Level:
        scenario = replace(blank_scenario(f"Modèle {level}", "fr"), level=level)
        exercise_create(
            perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
            scenario=scenario, kind=ExerciseKind.TEMPLATE,
        )  # fmt: skip


def test_coverage_tells_who_played_within_a_year_and_who_is_next(
    territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    one, two, three, four = territory.entities
    _run(one, ExerciseState.CLOSED, days_ago=20)
    _run(two, ExerciseState.ENDED, days_ago=3)
    _run(three, ExerciseState.CLOSED, days_ago=400)
    coming = _run(three, ExerciseState.DRAFT, days_ago=-30)
    _run(four, ExerciseState.CANCELLED, days_ago=5)
    states = _states(perimeters.remi, territory.north)
    assert [states[place.name] for place in territory.entities] == [
        "passed", "partial", "stale", "not_tested",
    ]  # fmt: skip
    rows = {row.name: row for row in coverage_in(perimeters.remi, territory.north, timezone.now())}
    assert rows[three.name].next_at == coming.planned_at
    shares = shares_of(list(rows.values()), by_region=False)
    assert {(one.name, one.covered, one.total) for one in shares} == {
        (territory.ght.name, 2, 4), ("", 0, 1),
    }  # fmt: skip


def test_a_site_or_a_group_that_plays_covers_its_entities(
    territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    site = territory.sites[0]
    Organisation.objects.filter(pk=site.pk).update(legal_entity=territory.entities[0])
    site.refresh_from_db()
    _run(site, ExerciseState.CLOSED, days_ago=1)
    group = _run(territory.ght, ExerciseState.CLOSED, days_ago=1)
    ExerciseSite.objects.create(exercise=group, organisation=territory.entities[1])
    states = _states(perimeters.bob, territory.ght)
    assert [states[place.name] for place in territory.entities] == [
        "passed", "passed", "not_tested", "not_tested",
    ]  # fmt: skip


def test_nobody_reads_the_coverage_of_another_region(
    territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    assert not _states(perimeters.charlie, territory.north)


def test_the_region_reads_neither_titles_nor_scores(
    territory: SimpleNamespace, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    run = _run(territory.entities[0], ExerciseState.CLOSED, days_ago=20)
    for name in ("remi", "diane"):
        client = signed_in(getattr(characters, name))
        page = client.get(reverse("exercises:coverage", args=[territory.north.pk]))
        assert page.status_code == 200
        told = page.content.decode()
        assert territory.entities[0].name in told and "Secret" not in told
        assert "Débutant" in told and territory.ght.name in told
        for view in ("report", "debrief", "report_json"):
            assert client.get(reverse(f"exercises:{view}", args=[run.pk])).status_code == 404


def test_shared_lessons_are_read_in_the_region_without_a_name(
    territory: SimpleNamespace, perimeters: SimpleNamespace, characters: SimpleNamespace,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    run = _run(territory.entities[0], ExerciseState.CLOSED, days_ago=20)
    Lesson.objects.create(exercise=run, kind=LessonKind.GAP, text="Tu", is_shared=False)
    Lesson.objects.create(exercise=run, kind=LessonKind.GAP, text="Dit à tous", is_shared=True)
    for perimeter in (perimeters.bob, perimeters.remi):
        assert [one.text for one in lessons_around(perimeter, territory.north)] == ["Dit à tous"]
    assert not lessons_around(perimeters.charlie, territory.far)
    page = signed_in(characters.remi).get(
        reverse("exercises:lesson_feed", args=[territory.north.pk])
    )
    told = page.content.decode()
    assert "Dit à tous" in told and "Secret" not in told
    assert territory.entities[0].name not in told.split("<main", 1)[1].split("</main>")[0]
    charlie = signed_in(characters.charlie)
    assert (
        charlie.get(reverse("exercises:lesson_feed", args=[territory.north.pk])).status_code == 404
    )
    # So few are followed there that a lesson would name them.
    Organisation.objects.filter(pk__in=[one.pk for one in territory.entities[1:]]).update(
        is_followed=False
    )
    Organisation.objects.filter(pk=territory.alone.pk).update(is_followed=False)
    assert not lessons_around(perimeters.remi, territory.north)


@pytest.mark.usefixtures("models")
def test_a_plan_gives_each_year_its_exercise_harder_each_time(
    territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    now = timezone.now()
    found = plan_proposals(perimeters.alice, territory.entities[0], "fr", now=now)
    levels = [one.model.level for one in found]
    assert levels[-1] == "confirmed"
    assert all(one.planned_at > now for one in found)
    assert len({one.model.pk for one in found}) == len(found)
    wanted = [(one.place.pk, one.year) for one in found]
    made = plan_apply(
        perimeter=perimeters.alice, place=territory.entities[0], language="fr", wanted=wanted
    )
    assert made == len(found)
    assert not plan_proposals(perimeters.alice, territory.entities[0], "fr", now=now)
    assert not plan_proposals(perimeters.charlie, territory.entities[0], "fr", now=now)
    # Nothing is written for a proposal that no longer stands.
    assert not plan_apply(
        perimeter=perimeters.alice, place=territory.entities[0], language="fr", wanted=wanted
    )


@pytest.mark.usefixtures("models")
def test_the_plan_page_prepares_what_is_ticked(
    territory: SimpleNamespace, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    place = territory.entities[0]
    client = signed_in(characters.alice)
    url = reverse("exercises:plan", args=[place.pk])
    assert client.get(url).status_code == 200
    year = timezone.localdate().year + 1
    client.post(url, {"wanted": [f"{place.pk}-{year}"]})
    made = Exercise.objects.get(kind=ExerciseKind.RUN, organisation=place)
    assert made.planned_at is not None and made.planned_at.year == year
    assert Exercise.objects.filter(kind=ExerciseKind.RUN).count() == 1
    assert client.post(url, {"wanted": ["x"]}).status_code == 404
    assert signed_in(characters.charlie).get(url).status_code == 404


@pytest.mark.parametrize("size", [2, 40])
def test_coverage_costs_the_same_whatever_the_size(
    size: int, territory: SimpleNamespace, perimeters: SimpleNamespace,
    django_assert_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    for number in range(size):
        _run(territory.entities[number % 4], ExerciseState.CLOSED, days_ago=number)
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        coverage_in(perimeters.remi, territory.north, timezone.now())


def test_each_cell_of_the_coverage_stands_below_its_heading(
    signed_in: Callable[[User], Client], characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    for who, place in (("remi", territory.north), ("diane", territory.nation)):
        client = signed_in(getattr(characters, who))
        page = client.get(reverse("exercises:coverage", args=[place.pk])).content.decode()
        table = page[page.rindex("<thead>") :]
        heads = table.partition("</thead>")[0].count("<th ")
        row = table.partition("<tbody>")[2].partition("</tr>")[0]
        assert row.count("<td") + row.count("<th ") == heads > 4
