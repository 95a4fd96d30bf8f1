"""A ranking tries every loss, keeps those that touch care, and measures what it found."""

import pytest

from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import SilentWatch
from hygie.foundation.journal.models import JournalLine
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.errors import LossUnknown, NameTaken, NothingLost
from hygie.operations.impact.models import LossRanking
from hygie.operations.impact.pages.home import home_answer
from hygie.operations.impact.pages.ranking import ranking_answer
from hygie.operations.impact.selectors.marks import map_mark
from hygie.operations.impact.selectors.rankings import losses_of, ranking_latest, single_points_of
from hygie.operations.impact.services.rankings import (
    ranking_compute,
    ranking_create,
    ranking_record,
    rankings_settle,
)
from hygie.operations.impact.services.scenarios import scenario_remove, scenario_save
from hygie.operations.impact.tasks import ranking_follow_launch, ranking_launch
from hygie.operations.impact.words import lost_names
from hygie.progress.models import CurrentMeasurement, Measurement
from hygie.territory.estate.models import Asset, EstateRevision

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """run(launcher, …): launch, and let the worker do it."""

    def launch(launcher, **arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return launcher(**arguments)

    return launch


def _values(place) -> dict[str, float | None]:
    rows = CurrentMeasurement.objects.filter(
        organisation=place, indicator__code__startswith="impact."
    )
    return dict(rows.values_list("indicator__code", "value"))


def test_the_heaviest_loss_comes_first_and_a_pair_only_when_it_takes_more(ranking) -> None:
    rows = list(losses_of(ranking))
    assert rows[0].stopped == 2 and rows[0].weight == 4 * 100 + 3 * 300
    pairs = [row for row in rows if row.size == "pair"]
    assert {(row.asset.code, row.other.code) for row in pairs} == {
        ("SRV-1", "SRV-2"), ("SRV-1", "SRV-3"), ("SRV-2", "SRV-3"),
    }  # fmt: skip
    assert not [row for row in rows if row.size == "single" and row.asset.code == "SRV-1"]
    assert ranking.summary["single_points"] == 5


def test_single_points_name_the_site_and_the_directory_too(ranking) -> None:
    codes = {one.asset.code for one in single_points_of(ranking, 20) if one.vital}
    assert codes == {"SRV-4", "DPI", "AD", "SITE-1", "ZONE-SRV"}
    assert home_answer(ranking, single_points_of(ranking, 20)).startswith("La perte de ")


def test_it_measures_the_map_and_its_single_points(referential, ranking) -> None:
    found = _values(ranking.organisation)
    assert found["impact.single_points"] == 5
    assert found["impact.owned_applications_share"] == 50
    assert found["impact.map_completeness"] is not None
    assert "impact.mapped_share" in found


def test_care_of_unknown_criticality_leaves_the_count_open(
    referential, mapped, territory, perimeters, run
) -> None:
    Asset.objects.filter(pk=mapped["LABO"].pk).update(criticality=None)
    EstateRevision.objects.update(number=3)
    with_unknown = run(
        ranking_launch, perimeter=perimeters.alice, organisation=territory.entities[0]
    )
    with_unknown.refresh_from_db()
    assert with_unknown.summary["unranked"] == 1
    assert with_unknown.summary["single_points_at_worst"] > with_unknown.summary["single_points"]
    assert _values(territory.entities[0])["impact.single_points"] is None
    assert "n'est pas dite" in ranking_answer(with_unknown)


def test_a_map_without_care_measures_no_single_point(referential, mapped, territory, run) -> None:
    Asset.objects.filter(kind="care").delete()
    EstateRevision.objects.update(number=4)
    run(ranking_follow_launch, organisation_ids=[territory.entities[0].pk])
    latest = LossRanking.objects.get()
    assert latest.state == WorkState.DONE and not latest.losses.exists()
    assert _values(territory.entities[0])["impact.single_points"] is None
    assert "aucune activité de soins" in ranking_answer(latest)


def test_a_new_ranking_takes_the_place_of_the_former(ranking, territory, perimeters, run) -> None:
    run(ranking_launch, perimeter=perimeters.alice, organisation=territory.entities[0])
    newest = ranking_latest(perimeters.alice, territory.entities[0])
    assert newest.pk != ranking.pk and LossRanking.objects.count() == 1
    assert newest.revision == map_mark(territory.entities[0])
    EstateRevision.objects.update(number=9)
    assert newest.revision != map_mark(territory.entities[0])


def test_a_change_ranks_the_place_and_those_above_that_were_ranked(
    mapped, territory, perimeters
) -> None:
    place = territory.entities[0]
    ranking_follow_launch(organisation_ids=[place.pk])
    assert [one.organisation_id for one in LossRanking.objects.all()] == [place.pk]
    ranking_launch(perimeter=perimeters.bob, organisation=territory.ght)
    ranking_follow_launch(organisation_ids=[place.pk])
    assert {one.organisation_id for one in LossRanking.objects.all()} == {
        place.pk, territory.ght.pk,
    }  # fmt: skip


def test_a_ranking_that_waits_is_not_asked_twice(mapped, territory, operator) -> None:
    place = territory.entities[0]
    row = ranking_create(perimeter=operator, organisation=place)
    job = Job.objects.create(kind="impact.ranking", state=JobState.WAITING)
    LossRanking.objects.filter(pk=row.pk).update(job=job)
    ranking_follow_launch(organisation_ids=[place.pk])
    assert LossRanking.objects.count() == 1
    Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED)
    assert rankings_settle() == 1
    row.refresh_from_db()
    assert row.state == WorkState.FAILED


def test_who_may_not_record_may_not_rank(mapped, territory, perimeters) -> None:
    for reader in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotAllowed):
            ranking_create(perimeter=reader, organisation=territory.entities[0])


def test_a_loss_is_kept_under_a_name_of_its_own(mapped, territory, perimeters) -> None:
    place, alice = territory.entities[0], perimeters.alice
    token = f"site:{mapped['SITE-1'].pk}"
    row = scenario_save(
        perimeter=alice, organisation=place, name=" Incendie ", losses=[token, token, "internet"]
    )
    assert row.name == "Incendie" and row.losses == [token, "internet"]
    for losses, name, error in (
        ([token], "Incendie", NameTaken), ([], "Vide", NothingLost), ([token], " ", NothingLost),
        (["rien"], "Autre", LossUnknown),
    ):  # fmt: skip
        with pytest.raises(error):
            scenario_save(perimeter=alice, organisation=place, name=name, losses=losses)
    with pytest.raises(NotAllowed):
        scenario_remove(perimeter=perimeters.diane, scenario=row)
    scenario_remove(perimeter=alice, scenario=row)


def test_the_same_values_of_the_same_day_are_measured_once(
    referential, ranking, territory, perimeters, run
) -> None:
    before = Measurement.objects.count()
    run(ranking_launch, perimeter=perimeters.alice, organisation=territory.entities[0])
    assert Measurement.objects.count() == before
    Asset.objects.filter(code="SIL").update(owner="DIM", max_downtime_min=60)
    EstateRevision.objects.update(number=6)
    run(ranking_follow_launch, organisation_ids=[territory.entities[0].pk])
    assert Measurement.objects.count() == before + 1
    assert _values(territory.entities[0])["impact.owned_applications_share"] == 100


def test_a_change_nobody_asked_to_rank_leaves_one_line(mapped, territory, run) -> None:
    run(ranking_follow_launch, organisation_ids=[territory.entities[0].pk])
    lines = JournalLine.objects.filter(action__startswith="loss_ranking.")
    assert [one.action for one in lines] == ["loss_ranking.recorded"]


def test_the_ranking_of_a_group_says_which_hospital(mapped, grouped, territory, operator) -> None:
    row = ranking_create(perimeter=operator, organisation=territory.ght)
    found, answer = ranking_compute(ranking=row, watch=SilentWatch())
    row = ranking_record(perimeter=operator, ranking=row, found=found, answer=answer)
    names = {lost_names(one) for one in losses_of(row)}
    assert {"Serveur 4 (CH n° 1)", "Serveur 4 (CH n° 2)"} <= names
