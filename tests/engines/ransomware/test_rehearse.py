"""Runs played: as the slow twin plays them, whoever plays them, and with defences side by side."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency.build import compile_needs
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.propagation.entries import entry_of_runs
from hygie.engines.propagation.reference import reference_infected
from hygie.engines.propagation.sharing import Sharing
from hygie.engines.propagation.types import Detection
from hygie.engines.ransomware.compare import compare
from hygie.engines.ransomware.defences import Defence, DefenceKind
from hygie.engines.ransomware.entrances import rank_doors
from hygie.engines.ransomware.entries import Entry, EntryKind
from hygie.engines.ransomware.needs import needs_of
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.outcomes import Rehearsal
from hygie.engines.ransomware.parameters import parameters
from hygie.engines.ransomware.play import play_block
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.reference import reference_run, reference_standing
from hygie.engines.ransomware.rehearse import rehearse
from hygie.engines.ransomware.scene import Scene, scene_of
from hygie.engines.ransomware.screen import screen
from hygie.engines.ransomware.warm import compile_all
from tests.engines.ransomware.maps import asset, maps, small_hospital


def scene(
    estate: EstateMap, *defences: DefenceKind, watched: bool = True, **changes: float
) -> Scene:
    attack = attack_graph(
        estate, parameters(changes), defences=[Defence(kind) for kind in defences]
    )
    return scene_of(estate, attack, watched=watched, horizon_h=1000)


@settings(max_examples=60, deadline=None)
@given(
    maps(),
    st.sampled_from([0.0, 0.05, 1.0]),
    st.sampled_from([0.0, 24.0, 400.0]),
    st.booleans(),
    st.integers(0, 2**40),
)
def test_each_run_is_the_one_that_the_slow_twin_plays(
    estate: EstateMap, touched: float, notice_h: float, watched: bool, seed: int
) -> None:
    staged = scene(estate, watched=watched, touched=touched, notice_h=notice_h)
    runs, first = 12, 5
    tally = play_block(staged, seed, first, runs)
    told = [reference_run(staged, seed, first + run) for run in range(runs)]
    for node in range(staged.assets):
        assert tally.taken_bin[node].sum() == sum(node in run.taken for run in told)
        assert tally.lost[node] == sum(node in run.lost for run in told)
    for run, one in enumerate(told):
        assert tally.stopped[run] == len(one.stopped)
        assert tally.care_minutes[run] == sum(minutes for _, minutes in one.stopped.values())
        assert np.isfinite(tally.launched_h[run]) == (one.launched is not None)
        assert np.isfinite(tally.alert_h[run]) == (one.alert is not None)
        if one.launched is not None:
            assert tally.launched_h[run] == one.launched * staged.spread.step_h
        worth = sum(staged.weight[place] for place in one.stopped)
        assert tally.weight[run] == pytest.approx(worth)
    for place in range(len(staged.care)):
        minutes = [one.stopped[place][1] for one in told if place in one.stopped]
        assert tally.minutes[place] == sum(minutes)
        assert tally.squares[place] == sum(each**2 for each in minutes)
        assert tally.stop_bin[place].sum() == len(minutes)
        assert tally.degraded[place] == sum(place in one.degraded for one in told)


def same(one: Rehearsal, other: Rehearsal) -> bool:
    return (
        (one.by_run == other.by_run).all()
        and (one.care.hours == other.care.hours).all()
        and (one.taken.value == other.taken.value).all()
        and np.array_equal(one.taken_at.median_h, other.taken_at.median_h, equal_nan=True)
        and one.care_hours == other.care_hours
        and one.weighted_hours == other.weighted_hours
        and (one.curve == other.curve).all()
        and one.convergence == other.convergence
    )


@pytest.mark.parametrize(
    "sharing", [Sharing(block=7), Sharing(block=64), Sharing(workers=2, block=33)]
)
def test_a_rehearsal_is_the_same_for_any_blocks_and_any_workers(sharing: Sharing) -> None:
    staged = scene(small_hospital())
    assert same(rehearse(staged, 200, 9), rehearse(staged, 200, 9, sharing=sharing))


def test_the_figures_of_a_rehearsal_hang_together() -> None:
    staged = scene(small_hospital())
    told: list[tuple[int, int]] = []
    found = rehearse(
        staged, 600, 4, sharing=Sharing(block=256), progress=lambda *done: told.append(done)
    )
    assert told == [(256, 600), (512, 600), (600, 600)]
    assert found.histogram.sum() == found.runs == len(found.by_run)
    stopped = (np.arange(len(found.histogram)) * found.histogram).sum() / 600
    assert found.care.stopped.value.sum() == pytest.approx(stopped)
    assert found.care.hours.sum() == pytest.approx(found.care_hours.mean)
    assert found.by_run.mean() == pytest.approx(found.care_hours.mean)
    assert found.curve[-1] == pytest.approx(found.taken.value.sum())
    assert (np.diff(found.curve) >= 0).all() and found.curve_h[-1] == 1000
    assert (found.lost.value <= found.taken.value).all()
    assert found.launched.mean <= found.alerted.mean
    for shares in (found.taken, found.lost, found.care.stopped, found.care.degraded):
        assert (shares.low <= shares.value).all() and (shares.value <= shares.high).all()
    never = found.taken.value == 0
    assert np.isnan(found.taken_at.median_h[never]).all()
    assert (found.taken_at.p10_h <= found.taken_at.p90_h)[~never].all()
    assert found.quantiles[5] <= found.quantiles[50] <= found.quantiles[95]
    assert [runs for runs, _ in found.convergence] == [37, 75, 150, 300, 600]
    assert (found.care.hours_low <= found.care.hours).all()


def test_what_progress_raises_ends_the_rehearsal() -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rehearse(scene(small_hospital()), 100, 1, progress=stop)


def test_an_attack_contained_before_its_launch_only_costs_what_was_stepped_on() -> None:
    changes: dict[str, float] = {
        "noise_median_h": 0.25, "noise_p90_h": 0.5, "notice_h": 0, "contain_h": 1, "leak": 0,
        "sensor_bare": 1, "sensor_edr": 1, "sensor_watched": 1, "touched": 0,
    }  # fmt: skip
    staged = scene(small_hospital(), **changes)
    tally = play_block(staged, 3, 0, 300)
    # What he came in by is cut off; nothing else is lost.
    assert tally.lost.sum() <= 300
    assert not np.isfinite(tally.launched_h).any()
    spared = play_block(scene(small_hospital(), **changes | {"touched": 1}), 3, 0, 300)
    assert spared.lost.sum() >= tally.lost.sum()


def test_without_anybody_watching_care_is_lost_until_the_horizon() -> None:
    estate = small_hospital()
    found = rehearse(scene(estate, watched=False), 300, 2)
    seen = rehearse(scene(estate), 300, 2)
    assert found.alerted.mean == 0
    assert found.care_hours.mean > seen.care_hours.mean
    assert (found.by_run >= seen.by_run).all()


@pytest.mark.parametrize("kind", list(DefenceKind))
def test_no_defence_costs_care_when_nobody_watches(kind: DefenceKind) -> None:
    estate = small_hospital()
    base, other = scene(estate, watched=False), scene(estate, kind, watched=False)
    found = compare(base, {"with": other}, 300, 8)
    assert found.variants[0].worsened.mean == 0
    assert (other.spread.probability <= base.spread.probability).all()
    assert (found.variants[0].rehearsal.taken.value <= found.base.taken.value).all()


@settings(max_examples=30, deadline=None)
@given(maps(), st.integers(0, 1000))
def test_a_copy_out_of_reach_never_lengthens_a_run(estate: EstateMap, seed: int) -> None:
    found = compare(scene(estate), {"offline": scene(estate, DefenceKind.OFFLINE_BACKUP)}, 40, seed)
    assert found.variants[0].worsened.mean == 0
    assert found.variants[0].hours_saved.mean >= 0


def test_a_variant_is_told_run_by_run_against_the_map_as_it_is() -> None:
    estate = small_hospital()
    told: list[tuple[int, int]] = []
    found = compare(
        scene(estate),
        {"none": scene(estate), "watch": scene(estate, DefenceKind.WATCH)},
        256, 6, progress=lambda *done: told.append(done),
    )  # fmt: skip
    none, watch = found.variants
    assert (none.hours_saved.mean, none.hours_saved.high) == (0.0, 0.0)
    assert none.improved.mean == none.worsened.mean == 0
    saved = found.base.by_run - watch.rehearsal.by_run
    assert watch.hours_saved.mean == pytest.approx(saved.mean())
    assert watch.improved.mean == (saved > 0).mean()
    assert told == [(256, 768), (512, 768), (768, 768)]
    width = watch.hours_saved.high - watch.hours_saved.low
    apart = np.hypot(
        found.base.care_hours.high - found.base.care_hours.low,
        watch.rehearsal.care_hours.high - watch.rehearsal.care_hours.low,
    )
    assert width < apart


def test_a_variant_of_another_map_or_door_is_refused() -> None:
    estate = small_hospital()
    other = EstateMap([*estate.assets, asset(Kind.SERVER, "more")], estate.links)
    with pytest.raises(RansomwareError, match="'more'"):
        compare(scene(estate), {"more": scene(other)}, 10, 1)
    door = scene_of(estate, attack_graph(estate), Entry(EntryKind.ASSET, "dc"), horizon_h=1000)
    with pytest.raises(RansomwareError, match="'door'"):
        compare(scene(estate), {"door": door}, 10, 1)


def test_a_scene_without_care_or_with_other_needs_is_refused() -> None:
    lone = EstateMap([asset(Kind.WORKSTATION, "w")])
    with pytest.raises(RansomwareError, match="care"):
        scene_of(lone, attack_graph(lone))
    estate = small_hospital()
    with pytest.raises(RansomwareError, match="needs"):
        scene_of(estate, attack_graph(estate), compiled=compile_needs(needs_of(lone).needs))
    with pytest.raises(RansomwareError, match="0 runs"):
        rehearse(scene(estate), 0, 1)
    with pytest.raises(RansomwareError, match="0 runs"):
        screen(scene(estate), 0, 1)


def test_who_watches_may_be_told_in_place_of_the_parameters() -> None:
    estate = small_hospital()
    attack = attack_graph(estate)
    everywhere = Detection(np.ones(attack.spread.nodes), 0.0, 0.0, 0.0)
    staged = scene_of(estate, attack, detection=everywhere)
    assert rehearse(staged, 50, 1).alerted.mean == 1


@settings(max_examples=40, deadline=None)
@given(maps(), st.integers(0, 1000))
def test_a_screening_is_the_cascade_the_launch_and_the_needs_of_each_run(
    estate: EstateMap, seed: int
) -> None:
    one = scene(estate)
    numbers = attack_graph(estate).numbers
    found = screen(one, 70, seed)
    for run in (0, 3, 64, 69):
        taken = reference_infected(one.spread, int(_start(one, seed, run)), run, seed)
        lost = [
            numbers.assets[v].key for v in taken
            if v < numbers.nodes and one.is_lost[v] and any(one.is_launch[u] for u in taken)
        ]  # fmt: skip
        standing = reference_standing(estate, lost)
        stopped = [v for v in one.care if numbers.assets[v].key not in standing]
        assert found.stopped_by_run[run] == len(stopped)
        worth = sum(one.weight[list(one.care).index(v)] for v in stopped)
        assert found.weight_by_run[run] == pytest.approx(worth)
    assert found.histogram.sum() == 70
    assert (found.lost.value <= found.taken.value).all()


def _start(staged: Scene, seed: int, run: int) -> int:
    node = entry_of_runs(staged.entries, staged.spread.nodes, seed=seed, first=run, runs=1)
    return int(node[0])


def test_a_screening_is_the_same_for_any_number_of_runs_beyond_it() -> None:
    staged = scene(small_hospital())
    few, many = screen(staged, 100, 7), screen(staged, 1000, 7)
    assert (many.stopped_by_run[:100] == few.stopped_by_run).all()


def test_a_screening_is_never_milder_than_the_rehearsal_of_the_same_map() -> None:
    staged = scene(small_hospital(), watched=False)
    worst, played = screen(staged, 2000, 3), rehearse(staged, 2000, 3)
    assert worst.lost.value.mean() >= played.lost.value.mean() - 0.02


def test_doors_rank_by_the_care_that_they_lead_to() -> None:
    estate = small_hospital()
    attack = attack_graph(estate)
    staged = scene_of(estate, attack)
    told: list[tuple[int, int]] = []
    found = rank_doors(
        estate, attack, staged, 5, runs=256, progress=lambda *done: told.append(done)
    )
    kinds = [(entry.kind, entry.key) for entry in found.entries]
    assert kinds == [
        (EntryKind.ACCOUNT, ""), (EntryKind.PHISHING, "postes"), (EntryKind.SUPPLIER, "tma"),
    ]  # fmt: skip
    assert told[-1] == (3, 3)
    assert (np.diff(found.weight[found.order]) <= 0).all()
    alone = screen(scene_of(estate, attack, found.entries[1]), 256, 5)
    assert found.weight[1] == alone.weight.mean
    assert found.taken[1] == pytest.approx(alone.taken.value.sum())


def test_kernels_are_compiled_ahead_by_one_small_rehearsal() -> None:
    compile_all()


def test_a_scene_sent_to_another_machine_plays_the_same_there() -> None:
    staged = scene(small_hospital())
    sent = pickle.loads(pickle.dumps(staged))  # noqa: S301  # our own, made on the line above
    assert same(rehearse(staged, 50, 3), rehearse(sent, 50, 3))
