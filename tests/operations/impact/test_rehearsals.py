"""An attack is played, told, compared, promised and proven; the same seed gives the same answer."""

import dataclasses
import json
import pickle

import pytest

from hygie.engines.ransomware.defences import DefenceKind
from hygie.engines.ransomware.entries import EntryKind
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.scene import scene_of
from hygie.foundation.documents.models import Document
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import SilentWatch
from hygie.operations.impact.asked import TOGETHER, Asked, asked_check, asked_of
from hygie.operations.impact.bridge import impact_map
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.defence_words import DEFENCE_WORDS, ENTRY_WORDS, MEASURES
from hygie.operations.impact.errors import (
    EntryMissing,
    MapEmpty,
    NoCareMapped,
    NothingPromised,
    SettingRefused,
    WorkersRefused,
)
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.outcome import summary_of
from hygie.operations.impact.pages.rehearsal import defence_lines, exposure_sentence
from hygie.operations.impact.paper import rehearsal_paper
from hygie.operations.impact.playing import workers_for
from hygie.operations.impact.selectors.exposure import directory_exposure
from hygie.operations.impact.selectors.rehearsals import attacked_assets, rehearsal_get_in
from hygie.operations.impact.services.promises import rehearsal_promise, rehearsal_prove
from hygie.operations.impact.services.rehearsals import (
    rehearsal_compute,
    rehearsal_create,
    rehearsal_remove,
    rehearsals_settle,
)
from hygie.operations.impact.tasks import rehearsal_launch
from hygie.programme.selectors import measures
from hygie.progress.models import Action, CurrentMeasurement
from hygie.progress.selectors.measurements import indicator_by_code
from hygie.progress.services.measurements import measurement_record
from hygie.territory.estate.models import Asset, EstateRevision
from hygie.territory.people.selectors import perimeter_of
from tests.operations.impact.conftest import ASKED

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(mapped, territory, perimeters):
    """play(asked): an attack played and not kept."""

    def make(asked: Asked):
        row = rehearsal_create(
            perimeter=perimeters.alice, organisation=territory.entities[0], name="x", asked=asked
        )
        return rehearsal_compute(rehearsal=row, watch=SilentWatch())

    return make


def test_every_door_and_defence_has_words_and_a_measure(referential) -> None:
    assert set(ENTRY_WORDS) == set(EntryKind)
    assert set(DEFENCE_WORDS) == set(MEASURES) == set(DefenceKind)
    known = set(measures().values_list("code", flat=True))
    assert set(MEASURES.values()) <= known


def test_it_tells_care_assets_and_defences(rehearsal) -> None:
    found = rehearsal.summary
    assert rehearsal.state == WorkState.DONE
    assert sum(found["histogram"]) == rehearsal.runs
    assert found["hours"]["low"] <= found["hours"]["mean"] <= found["hours"]["high"]
    assert [one["name"] for one in found["defences"]] == [*ASKED.defences, TOGETHER]
    assert {one["name"] for one in found["care"]} == {"Urgences", "Laboratoire", "Restauration"}
    canteen = next(one for one in found["care"] if one["name"] == "Restauration")
    assert canteen["stopped"] == 0 and canteen["median_h"] is None
    assets = attacked_assets(rehearsal)
    assert len(assets) == 16 and assets[0].lost >= assets[-1].lost
    assert all(one.taken_low <= one.taken <= one.taken_high for one in assets)
    json.dumps(found, allow_nan=False)


def test_all_defences_together_save_at_least_as_much_as_the_best(rehearsal) -> None:
    lines = defence_lines(rehearsal)
    assert lines[-1]["is_together"]
    assert lines[-1]["saved"]["mean"] >= max(line["saved"]["mean"] for line in lines) - 1e-9


def test_the_same_seed_gives_the_same_answer_and_another_one_does_not(play) -> None:
    first, again = summary_of(play(ASKED)), summary_of(play(ASKED))
    assert first == again
    other = summary_of(play(dataclasses.replace(ASKED, seed=2)))
    assert other["hours"] != first["hours"]


def test_threads_change_nothing(play, settings) -> None:
    settings.SIMULATION_THREADS = 1
    one = summary_of(play(ASKED))
    settings.SIMULATION_THREADS = 3
    assert summary_of(play(ASKED)) == one


@pytest.mark.parametrize(("runs", "threads"), [(100, 1), (2000, 2), (50_000, 16)])
def test_blocks_keep_every_thread_busy_and_stop_soon(runs, threads) -> None:
    block = workers_for(runs, threads).block
    assert 64 <= block <= 512
    assert runs <= 64 * threads or -(-runs // block) >= min(threads, runs // 64)


def test_no_name_of_the_map_travels_to_another_machine(mapped, territory) -> None:
    found = impact_map(territory.entities[0])
    scene = scene_of(found.estate, attack_graph(found.estate), compiled=found.compiled)
    sent = pickle.dumps(scene)
    for asset in found.numbers.assets:
        assert asset.name.encode() not in sent and asset.key.encode() not in sent


def test_a_scheduler_that_does_not_answer_is_told(play, settings) -> None:
    settings.DASK_SCHEDULER = "nowhere"
    with pytest.raises(WorkersRefused) as refused:
        play(dataclasses.replace(ASKED, defences=()))
    assert "HYGIE_DASK_SCHEDULER" in str(refused.value)


def test_the_measure_holds_the_interval_and_the_name(referential, rehearsal) -> None:
    row = CurrentMeasurement.objects.get(indicator__code="impact.lost_care_hours")
    assert row.value == pytest.approx(rehearsal.summary["hours"]["mean"], abs=0.06)
    assert rehearsal.name in row.measurement.note


def test_the_directory_s_exposure_comes_from_its_measure(
    referential, mapped, territory, perimeters, play
) -> None:
    place = territory.entities[0]
    assert directory_exposure(place).share is None
    measurement_record(
        perimeter=perimeters.alice, indicator=indicator_by_code("ad.exposed_share"),
        organisation_id=place.pk, value=12.5,
    )  # fmt: skip
    assert directory_exposure(place).share == 0.125
    assert directory_exposure(territory.far).share is None
    played = play(dataclasses.replace(ASKED, defences=()))
    row = RansomwareRehearsal(summary=summary_of(played))
    assert "12,5" in exposure_sentence(row)


@pytest.mark.parametrize(
    "change",
    [
        {"runs": 99}, {"runs": 50_001}, {"horizon_days": 0.5}, {"horizon_days": 400.0},
        {"seed": -1}, {"entry": "chimney"}, {"defences": ("moat",)}, {"defences": ("edr:120",)},
        {"notice_h": -1.0}, {"contain_h": 1e9},
    ],
)  # fmt: skip
def test_settings_out_of_bounds_are_refused(change) -> None:
    with pytest.raises(SettingRefused) as refused:
        asked_check(dataclasses.replace(Asked(), **change))
    assert str(refused.value)


def test_settings_are_kept_whole() -> None:
    kept = json.loads(json.dumps(ASKED.as_data()))
    assert asked_of(kept, runs=ASKED.runs, seed=ASKED.seed) == ASKED


def test_a_map_without_the_door_refuses_it(mapped, play) -> None:
    for asked in (
        Asked(runs=100, entry="supplier"), Asked(runs=100, entry="exposed"),
        Asked(runs=100, entry="supplier", entry_id=mapped["ZONE-PC"].pk),
        Asked(runs=100, entry="asset", entry_id=987_654),
    ):  # fmt: skip
        with pytest.raises(EntryMissing):
            play(asked)


def test_an_empty_map_or_one_without_care_cannot_be_attacked(mapped, territory, perimeters) -> None:
    give = {"name": "x", "asked": Asked()}
    with pytest.raises(MapEmpty):
        rehearsal_create(perimeter=perimeters.bob, organisation=territory.entities[1], **give)
    Asset.objects.filter(kind="care").delete()
    EstateRevision.objects.update(number=5)
    with pytest.raises(NoCareMapped):
        rehearsal_create(perimeter=perimeters.alice, organisation=territory.entities[0], **give)


def test_only_those_trusted_there_rehearse_read_and_remove(
    rehearsal, territory, perimeters, person
) -> None:
    hand = person("hand@hygie.test", "contributor", territory.entities[0])
    for reader in (
        perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada, perimeter_of(hand),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            rehearsal_get_in(reader, rehearsal.pk)
        with pytest.raises(NotAllowed):
            rehearsal_create(
                perimeter=reader, organisation=territory.entities[0], name="x", asked=Asked()
            )
        with pytest.raises(NotAllowed):
            rehearsal_remove(perimeter=reader, rehearsal=rehearsal)
        with pytest.raises(NotAllowed):
            rehearsal_promise(perimeter=reader, rehearsal=rehearsal, names=["segmentation"])
    assert rehearsal_get_in(perimeters.bob, rehearsal.pk) == rehearsal


def test_promised_defences_become_actions_of_the_catalogue(
    referential, rehearsal, perimeters
) -> None:
    made = rehearsal_promise(
        perimeter=perimeters.alice, rehearsal=rehearsal, names=["edr:80", "edr:80", TOGETHER, "x"]
    )
    action = Action.objects.get()
    assert made == 1 and action.measure.code == "edr-rollout"
    assert "80" in action.title and rehearsal.name in action.description
    with pytest.raises(NothingPromised):
        rehearsal_promise(perimeter=perimeters.alice, rehearsal=rehearsal, names=[TOGETHER])


def test_the_report_becomes_a_confidential_proof(referential, rehearsal, perimeters) -> None:
    paper = rehearsal_paper(rehearsal)
    proof = rehearsal_prove(perimeter=perimeters.alice, rehearsal=rehearsal, paper=paper)
    assert paper.startswith(b"%PDF") and proof.kind.code == "attack-rehearsal"
    assert proof.sensitivity == "confidential"


def test_removing_it_lets_its_arrays_go(rehearsal, perimeters) -> None:
    pack = rehearsal.pack_id
    rehearsal_remove(perimeter=perimeters.alice, rehearsal=rehearsal)
    assert not RansomwareRehearsal.objects.exists()
    assert not Document.objects.filter(pk=pack).exists()


def test_a_job_plays_it_and_one_that_is_cancelled_leaves_no_answer(
    referential, mapped, territory, perimeters, django_capture_on_commit_callbacks
) -> None:
    give = {"organisation": territory.entities[0], "perimeter": perimeters.alice}
    with django_capture_on_commit_callbacks(execute=True):
        row = rehearsal_launch(name="Une", asked=Asked(runs=100), **give)
    row.refresh_from_db()
    assert row.state == WorkState.DONE
    waiting = rehearsal_launch(name="Deux", asked=Asked(runs=100), **give)
    Job.objects.filter(pk=waiting.job_id).update(state=JobState.CANCELLED)
    assert rehearsals_settle() == 1
    waiting.refresh_from_db()
    assert waiting.state == WorkState.FAILED
