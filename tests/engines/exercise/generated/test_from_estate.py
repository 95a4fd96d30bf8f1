"""What a map says would fail is what is told, with its cause and its care."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.times import stop_times
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind, Effect
from hygie.engines.exercise.checks import findings_of
from hygie.engines.exercise.generated.from_estate import fails_of_attack, fails_of_loss, record_name
from hygie.engines.exercise.generated.scenario import scenario_from
from hygie.engines.exercise.generated.types import Asked, Origin
from hygie.engines.exercise.types import ExerciseError
from hygie.engines.exercise.vocabulary import Level
from hygie.engines.ransomware.isolation import red_button
from hygie.engines.ransomware.losses import Loss, LossFamily, loss_of, single_losses
from hygie.engines.ransomware.needs import needs_of
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.play import run_told
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.rehearse import rehearse
from hygie.engines.ransomware.scene import scene_of
from tests.engines.ransomware.maps import maps, small_hospital


def test_a_loss_is_told_with_its_times_and_its_causes() -> None:
    found = needs_of(small_hospital())
    what = fails_of_loss(loss_of(found.numbers, ["esx"]), found)
    told = {(one.name, one.effect): one for one in what.failures}
    assert told["esx", Effect.STOP].because_of == ""
    assert told["dpi-1", Effect.STOP].because_of == "esx"
    assert told["dpi", Effect.STOP].because_of in {"dpi-1", "dpi-2"}
    (care,) = what.care
    # Thirty minutes of the link, two hours on paper.
    assert (care.activity, care.minute, care.because_of) == ("urgences", 150.0, "dpi")
    assert (care.holds_min, care.patients_per_day, care.criticality) == (120, 100, 4)
    assert (what.origin, what.cause) == (Origin.OUTAGE, "esx")


@given(maps(), st.data())
@settings(max_examples=30, deadline=None)
def test_all_that_fails_is_told_once_and_no_cause_is_its_own_effect(
    estate: EstateMap, data: st.DataObject
) -> None:
    found = needs_of(estate)
    loss = data.draw(st.sampled_from(single_losses(found.numbers)))
    what = fails_of_loss(loss, found)
    failed_at = np.full(found.needs.nodes, np.inf)
    failed_at[loss.nodes] = 0
    times = stop_times(compile_needs(found.needs), failed_at)
    rows = [(one.name, one.effect) for one in what.failures]
    rows += [(one.activity, one.effect) for one in what.care]
    assert len(rows) == len(set(rows))
    stopped = {found.numbers.assets[v].name for v in np.flatnonzero(np.isfinite(times.stops_at))}
    assert {name for name, effect in rows if effect is Effect.STOP} == stopped
    lost = {found.numbers.assets[v].name for v in loss.nodes}
    for effect in Effect:
        above = {one.name: one.because_of for one in what.failures if one.effect is effect}
        for name in above:
            walked, at = {name}, above[name]
            while at in above and at not in lost:
                assert at not in walked
                walked.add(at)
                at = above[at]


def test_isolation_is_told_though_it_loses_no_asset_of_its_own() -> None:
    estate = small_hospital()
    isolation = red_button(estate, needs_of(estate))
    what = fails_of_loss(isolation.loss, isolation.found)
    assert what.origin is Origin.NETWORK
    assert findings_of(scenario_from(Asked(what))) == []


def test_a_loss_of_nothing_is_refused() -> None:
    found = needs_of(small_hospital())
    with pytest.raises(ExerciseError):
        fails_of_loss(Loss(LossFamily.OBJECT, (), np.zeros(0, np.int32)), found)


@pytest.mark.parametrize("level", Level)
def test_an_attack_is_told_from_when_it_is_seen(level: Level) -> None:
    what = fails_of_attack(small_hospital(), 7, level)
    assert what == fails_of_attack(small_hospital(), 7, level)
    assert what.origin is Origin.ATTACK
    moments = [one.minute for one in what.failures]
    if what.alerted_min is not None:
        moments.append(what.alerted_min)
    assert min(moments) == 0
    assert all(one.kind is not AssetKind.CARE for one in what.failures)
    assert findings_of(scenario_from(Asked(what, level=level))) == []


def test_one_run_told_is_the_run_of_the_rehearsal() -> None:
    estate = small_hospital()
    scene = scene_of(estate, attack_graph(estate))
    found = rehearse(scene, 20, 3)
    for run in range(20):
        told = run_told(scene, 3, run)
        failed_at = np.full(scene.assets, np.inf)
        failed_at[told.node[::-1]] = told.minute[::-1]
        stops_at = stop_times(scene.compiled, failed_at).stops_at[scene.care]
        assert (np.isfinite(stops_at).sum() > 0) >= (found.stopped_by_run[run] > 0)
    launched = sum(np.isfinite(run_told(scene, 3, run).launched_min) for run in range(20))
    assert launched == round(found.launched.mean * 20)


def test_a_map_without_care_cannot_be_attacked() -> None:
    estate = small_hospital()
    bare = EstateMap([one for one in estate.assets if one.kind is not AssetKind.CARE], estate.links)
    with pytest.raises(RansomwareError):
        fails_of_attack(bare, 1, Level.BEGINNER)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Orbunisse – Dossier patient informatisé", "Orbunisse"),
        ("Dossier patient (Velmora)", "Velmora"),
        ("Dossier patient", ""),
        ("Paie", ""),
    ],
)
def test_the_patient_record_of_a_map_is_called_as_people_do(name: str, called: str) -> None:
    estate = EstateMap([AssetRecord("dpi", AssetKind.APPLICATION, name)])
    assert record_name(estate) == called
