"""What each asset of a map needs: as its words say, and as loosely tied assets allow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.evaluate import evaluate
from hygie.engines.dependency.scenarios import pack_scenarios, unpack_scenarios
from hygie.engines.dependency.times import stop_times
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Effect, Status, Verb
from hygie.engines.ransomware.needs import NeedsOfEstate, Reference, needs_of
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import parameters
from hygie.engines.ransomware.reference import reference_standing
from tests.engines.ransomware.maps import asset, maps, small_hospital, tie


def minutes(estate: EstateMap, lost: str, *, degraded: bool = False) -> dict[str, float]:
    found = needs_of(estate)
    failed_at = np.full(found.needs.nodes, np.inf)
    failed_at[found.index[lost]] = 0
    times = stop_times(compile_needs(found.needs), failed_at)
    told = times.degrades_at if degraded else times.stops_at
    return {key: float(told[node]) for key, node in found.index.items()}


@settings(max_examples=80, deadline=None)
@given(maps(), st.data())
def test_who_stands_is_who_the_words_of_the_map_leave_standing(
    estate: EstateMap, data: st.DataObject
) -> None:
    found = needs_of(estate)
    keys = sorted(found.index)
    sets = data.draw(st.lists(st.sets(st.sampled_from(keys), max_size=3), min_size=1, max_size=4))
    words = pack_scenarios(found.needs.nodes, [[found.index[k] for k in each] for each in sets])
    answer = evaluate(compile_needs(found.needs), words)
    for plane, full in ((answer.up, False), (answer.full, True)):
        stands = unpack_scenarios(plane, len(sets))
        for lane, lost in enumerate(sets):
            expected = reference_standing(estate, lost, full=full)
            assert {k for k in keys if stands[found.index[k], lane]} == expected


def test_an_asset_stands_still_at_once_without_its_site_or_its_zone() -> None:
    estate = EstateMap([
        asset(Kind.SITE, "s"), asset(Kind.ZONE, "z"), asset(Kind.SERVER, "a", site="s", zone="z"),
    ])  # fmt: skip
    assert minutes(estate, "s")["a"] == 0
    assert minutes(estate, "z")["a"] == 0


def test_software_as_a_service_stops_with_its_supplier_and_the_rest_is_degraded_later() -> None:
    estate = EstateMap([
        asset(Kind.SUPPLIER, "f"), asset(Kind.APPLICATION, "saas", supplier="f", hosting="saas"),
        asset(Kind.SERVER, "kept", supplier="f"),
    ])  # fmt: skip
    assert minutes(estate, "f")["saas"] == 0
    assert minutes(estate, "f")["kept"] == np.inf
    assert minutes(estate, "f", degraded=True)["kept"] == 72 * 60


def test_a_maker_of_whom_nothing_is_said_only_degrades_and_a_stated_delay_is_kept() -> None:
    estate = EstateMap(
        [asset(Kind.SUPPLIER, "f"), asset(Kind.DEVICE, "a"), asset(Kind.DEVICE, "b")],
        [tie("a", Verb.MAINTAINED_BY, "f"), tie("b", Verb.MAINTAINED_BY, "f", delay_min=90)],
    )
    assert minutes(estate, "f")["a"] == np.inf
    assert minutes(estate, "f", degraded=True)["a"] == 72 * 60
    assert minutes(estate, "f")["b"] == 90


def test_what_is_hosted_outside_needs_one_internet_line_of_its_own_organisation() -> None:
    lines = [asset(Kind.LINE, f"l{n}", is_internet=True, organisation="one") for n in range(2)]
    other = asset(Kind.LINE, "l9", is_internet=True, organisation="two")
    estate = EstateMap([
        *lines, other, asset(Kind.APPLICATION, "web", hosting="external", organisation="one"),
        asset(Kind.ACCESS, "vpn", organisation="three"),
        asset(Kind.ACCESS, "modem", method="modem", organisation="one"),
    ])  # fmt: skip
    assert "web" in reference_standing(estate, ["l0", "l9"])
    assert "web" not in reference_standing(estate, ["l0", "l1"])
    found = needs_of(estate)
    internet = found.origin == Reference.INTERNET
    owners = np.repeat(np.arange(found.needs.nodes), np.diff(found.needs.group_ptr))[internet]
    assert owners.tolist() == [found.index["web"], found.index["vpn"]]
    assert np.diff(found.needs.member_ptr)[internet].tolist() == [2, 3]


def test_paper_adds_to_the_delay_of_what_stops_care_and_of_nothing_else() -> None:
    estate = small_hospital()
    stops = minutes(estate, "esx")
    assert stops["dpi"] == 0
    assert stops["urgences"] == 30 + 120
    assert minutes(estate, "ad", degraded=True)["urgences"] == 30 + 120
    assert minutes(estate, "ad")["urgences"] == np.inf


def test_what_is_planned_or_retired_takes_no_part_and_lowers_what_its_group_needs() -> None:
    retired = [asset(Kind.SERVER, f"r{n}", status=Status.RETIRED) for n in range(2)]
    estate = EstateMap(
        [asset(Kind.APPLICATION, "app"), asset(Kind.SERVER, "left"), *retired,
         asset(Kind.APPLICATION, "later", status=Status.PLANNED)],
        [tie("app", Verb.RUNS_ON, key, group="g", needed=2) for key in ("left", "r0", "r1")],
    )  # fmt: skip
    found = needs_of(estate)
    assert sorted(found.index) == ["app", "left"]
    assert found.needs.needed.tolist() == [1]
    assert found.unfollowed.tolist() == [1, 2]


def test_links_of_a_group_that_do_not_agree_count_by_the_strictest() -> None:
    estate = EstateMap(
        [asset(Kind.APPLICATION, "app"), asset(Kind.SERVER, "a"), asset(Kind.SERVER, "b")],
        [
            tie("app", Verb.RUNS_ON, "a", group="g", delay_min=60, effect=Effect.DEGRADE),
            tie("app", Verb.RUNS_ON, "b", group="g", needed=2, delay_min=10),
            tie("app", Verb.USES, "b", group="g", needed=1, delay_min=10),
        ],
    )
    needs = needs_of(estate).needs
    assert (needs.needed.tolist(), needs.stops.tolist()) == ([2], [True])
    assert (needs.delay_min.tolist(), np.diff(needs.member_ptr).tolist()) == ([10.0], [2])


def test_each_group_tells_the_link_or_the_reference_that_it_comes_from() -> None:
    found: NeedsOfEstate = needs_of(small_hospital())
    by_node = np.repeat(np.arange(found.needs.nodes), np.diff(found.needs.group_ptr))
    own = found.origin[by_node == found.index["dpi-1"]].tolist()
    assert sorted(own) == [Reference.ZONE, 7]


def test_a_map_of_nothing_and_a_key_borne_twice_are_answered() -> None:
    assert needs_of(EstateMap([])).needs.nodes == 0
    twice = EstateMap([asset(Kind.SERVER, "a"), asset(Kind.SERVER, "a")])
    with pytest.raises(RansomwareError, match="'a'"):
        needs_of(twice)


def test_the_grace_of_suppliers_is_a_parameter() -> None:
    estate = EstateMap([asset(Kind.SUPPLIER, "f"), asset(Kind.SERVER, "a", supplier="f")])
    found = needs_of(estate, parameters({"supplier_grace_h": 2}))
    assert found.needs.delay_min.tolist() == [120.0]
