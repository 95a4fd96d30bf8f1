"""Which losses have a name, what each takes, and how they rank by the care they cost."""

import numpy as np
import pytest
from hypothesis import given, settings

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.times import stop_times
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.isolation import places_of, red_button
from hygie.engines.ransomware.losses import (
    LossFamily,
    loss_of,
    named_losses,
    pair_loss,
    single_losses,
)
from hygie.engines.ransomware.needs import needs_of
from hygie.engines.ransomware.nodes import RansomwareError, numbering
from hygie.engines.ransomware.parameters import parameters
from hygie.engines.ransomware.ranking import care_weight, rank_losses
from hygie.engines.ransomware.reference import reference_standing
from tests.engines.ransomware.maps import asset, maps, small_hospital, tie


def keys_of(estate: EstateMap, family: LossFamily, *keys: str) -> set[str]:
    numbers = numbering(estate)
    return {numbers.assets[v].key for v in loss_of(numbers, keys, family).nodes}


def test_each_family_takes_what_goes_with_it() -> None:
    estate = small_hospital()
    assert keys_of(estate, LossFamily.SUPPLIER, "editeur") == {"editeur", "tma", "paie-saas"}
    zone = keys_of(estate, LossFamily.ZONE, "serveurs")
    assert zone == {"serveurs", "dpi-1", "dpi-2", "dc", "esx"}
    assert keys_of(estate, LossFamily.RANSOMWARE, "serveurs") == zone - {"serveurs"}
    assert keys_of(estate, LossFamily.IDENTITY) == {"ad"}
    assert keys_of(estate, LossFamily.INTERNET) == {"fibre"}
    assert keys_of(estate, LossFamily.OBJECT, "dpi", "dpi-1") == {"dpi", "dpi-1"}


def test_a_loss_that_names_nothing_or_another_kind_is_refused() -> None:
    numbers = numbering(small_hospital())
    with pytest.raises(RansomwareError, match="'nowhere'"):
        loss_of(numbers, ["nowhere"])
    with pytest.raises(RansomwareError, match="server"):
        loss_of(numbers, ["dc"], LossFamily.SITE)
    with pytest.raises(RansomwareError, match="nothing"):
        loss_of(numbers, [])
    with pytest.raises(RansomwareError, match="red_button"):
        loss_of(numbers, [], LossFamily.RED_BUTTON)


def test_named_losses_are_all_there_and_take_something() -> None:
    found = named_losses(numbering(small_hospital()))
    assert all(len(loss.nodes) for loss in found)
    families = [loss.family for loss in found]
    assert families.count(LossFamily.ZONE) == 3
    assert families.count(LossFamily.RANSOMWARE) == 3
    assert families.count(LossFamily.INTERNET) == 1
    assert families.count(LossFamily.BACKUP) == 2


def test_single_losses_leave_care_out_and_keep_to_the_kinds_asked() -> None:
    numbers = numbering(small_hospital())
    assert len(single_losses(numbers)) == numbers.nodes - 2
    assert [loss.keys for loss in single_losses(numbers, [Kind.CLUSTER])] == [("esx",)]
    assert pair_loss(numbers, numbers.node("dpi-2"), numbers.node("dpi-1")).keys == (
        "dpi-1", "dpi-2",
    )  # fmt: skip


def test_care_weighs_its_rank_times_its_patients_and_the_unknown_is_not_for_free() -> None:
    numbers = numbering(EstateMap([
        asset(Kind.CARE, "a", criticality=4, patients_per_day=100),
        asset(Kind.CARE, "b", criticality=1, patients_per_day=0),
        asset(Kind.CARE, "c"),
    ]))  # fmt: skip
    assert care_weight(numbers, parameters()).tolist() == [400.0, 1.0, 30.0]
    changed = parameters({"rank_weight_4": 10, "patients_unknown": 2, "rank_unknown": 1})
    assert care_weight(numbers, changed).tolist() == [1000.0, 1.0, 2.0]


def test_losses_rank_by_care_stopped_then_degraded_then_by_how_soon() -> None:
    estate = small_hospital()
    found = needs_of(estate)
    losses = [
        loss_of(found.numbers, [key])
        for key in ("dpi-1", "ad", "paie-saas", "dpi", "postes-urgences", "fibre")
    ]
    weight = care_weight(found.numbers, parameters())
    ranking = rank_losses(compile_needs(found.needs), found.numbers, losses, weight)
    ordered = [losses[i].keys[0] for i in ranking.order]
    assert ordered == ["postes-urgences", "dpi", "paie-saas", "fibre", "ad", "dpi-1"]
    assert ranking.stopped_weight.tolist() == [0, 0, 10 * 1, 400, 400, 10]
    assert ranking.degraded_weight.tolist() == [0, 400, 0, 0, 0, 0]
    assert ranking.earliest_min.tolist() == [np.inf, 150, 0, 150, 120, 0]


@settings(max_examples=40, deadline=None)
@given(maps())
def test_a_ranking_tells_each_loss_as_one_loss_alone_does(estate: EstateMap) -> None:
    found = needs_of(estate)
    numbers, compiled = found.numbers, compile_needs(found.needs)
    losses = [*single_losses(numbers), *named_losses(numbers)]
    ranking = rank_losses(compiled, numbers, losses, care_weight(numbers, parameters()))
    assert sorted(ranking.order.tolist()) == list(range(len(losses)))
    for place, loss in enumerate(losses):
        failed_at = np.full(numbers.nodes, np.inf)
        failed_at[loss.nodes] = 0
        times = stop_times(compiled, failed_at)
        stops, degrades = times.stops_at[numbers.care], times.degrades_at[numbers.care]
        assert (ranking.stopped[place] == np.isfinite(stops)).all()
        assert (ranking.degraded[place] == (np.isfinite(degrades) & ~np.isfinite(stops))).all()
        first = stops if np.isfinite(stops).any() else degrades
        assert ranking.earliest_min[place] == first.min()


def test_a_ranking_of_no_loss_is_empty_and_progress_is_told() -> None:
    found = needs_of(small_hospital())
    compiled, weight = compile_needs(found.needs), care_weight(found.numbers, parameters())
    assert not len(rank_losses(compiled, found.numbers, [], weight).order)
    told: list[tuple[int, int]] = []
    losses = single_losses(found.numbers)
    rank_losses(compiled, found.numbers, losses, weight, lambda *done: told.append(done))
    assert told[-1] == (len(losses), len(losses))


@settings(max_examples=80, deadline=None)
@given(maps())
def test_the_red_button_parts_exactly_those_whom_no_zone_holds_together(
    estate: EstateMap,
) -> None:
    found = needs_of(estate)
    numbers = found.numbers
    places = places_of(estate, numbers)
    isolated = {numbers.node("Z1")}

    def is_cut(source: str, target: str, verb: object) -> bool:
        here, there = places[numbers.node(source)], places[numbers.node(target)]
        flows = {"uses", "authenticates_with", "exchanges_through", "stores_on"}
        parted = here <= isolated or there <= isolated
        return str(verb) in flows and bool(here and there and not here & there and parted)

    button = red_button(estate, found, zones=["Z1"], lines=["L0"], accesses=[])
    compiled = compile_needs(button.found.needs)
    failed_at = np.full(numbers.nodes + 1, np.inf)
    failed_at[button.loss.nodes] = 0
    times = stop_times(compiled, failed_at)
    for full, told in ((False, times.stops_at), (True, times.degrades_at)):
        standing = {numbers.assets[v].key for v in np.flatnonzero(np.isinf(told[:-1]))}
        assert standing == reference_standing(estate, ["L0"], full=full, is_cut=is_cut)
    assert button.loss.keys == ("L0",)


def test_isolating_nothing_loses_nothing_and_all_zones_part_wards_from_servers() -> None:
    estate = small_hospital()
    found = needs_of(estate)
    nothing = red_button(estate, found, zones=[], lines=[], accesses=[])
    assert (nothing.flows_cut, nothing.loss.nodes.tolist()) == (0, [found.needs.nodes])
    everything = red_button(estate, found)
    assert everything.loss.keys == ("tma", "fibre")
    failed_at = np.full(found.needs.nodes + 1, np.inf)
    failed_at[everything.loss.nodes] = 0
    times = stop_times(compile_needs(everything.found.needs), failed_at)
    assert times.stops_at[found.index["urgences"]] == 150
    assert times.stops_at[found.index["postes-urgences"]] == np.inf
    assert times.stops_at[found.index["paie"]] == 0


def test_circles_of_standing_on_one_another_have_no_place_and_end() -> None:
    estate = EstateMap(
        [asset(Kind.SERVER, "a"), asset(Kind.SERVER, "b"), asset(Kind.ZONE, "z"),
         asset(Kind.SERVER, "c", zone="z"), asset(Kind.APPLICATION, "d")],
        [tie("a", Verb.RUNS_ON, "b"), tie("b", Verb.RUNS_ON, "a"),
         tie("d", Verb.RUNS_ON, "a"), tie("d", Verb.RUNS_ON, "c")],
    )  # fmt: skip
    numbers = numbering(estate)
    assert places_of(estate, numbers) == [set(), set(), set(), {2}, {2}]


def test_without_a_line_on_the_map_what_is_online_is_lost_itself() -> None:
    estate = EstateMap(
        [
            asset(Kind.APPLICATION, "rdv", hosting="saas"),
            asset(Kind.ACCESS, "tma", method="vpn"),
            asset(Kind.ACCESS, "old", method="modem"),
            asset(Kind.LINE, "wan"),
        ]
    )
    assert keys_of(estate, LossFamily.INTERNET) == {"rdv", "tma"}
    assert {one.keys for one in named_losses(numbering(estate))} == {()}
    cut = red_button(estate, needs_of(estate))
    assert set(cut.loss.keys) == {"rdv", "tma", "old"}
    with pytest.raises(RansomwareError, match="nothing"):
        loss_of(numbering(EstateMap([asset(Kind.LINE, "wan")])), [], LossFamily.INTERNET)
