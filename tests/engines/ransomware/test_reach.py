"""From a map to who can be taken from whom: stages, chances, defences."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.ransomware.defences import Defence, DefenceKind, defence_of, shield
from hygie.engines.ransomware.entries import Entry, EntryKind, doors, entry_of
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import parameters
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.ways import AttackGraph, Clock, Role
from tests.engines.ransomware.maps import asset, maps, small_hospital, tie

AS_OF = date(2026, 6, 1)


def chances(graph: AttackGraph, source: int, target: int) -> list[float]:
    """Chances of the ways from one node to another, to one in 65,536."""
    spread = graph.spread
    row = slice(int(spread.indptr[source]), int(spread.indptr[source + 1]))
    at = np.flatnonzero(spread.target[row] == target) + row.start
    return [int(spread.probability[e]) / 65_536 for e in at]


def stage(graph: AttackGraph, role: Role, key: str = "") -> int:
    found = [int(v) for v in graph.of_role(role) if graph.key[v] == key]
    assert len(found) == 1, (role, key, found)
    return found[0]


def only(values: Iterable[float]) -> float:
    (one,) = values
    return one


def ever_taken(graph: AttackGraph, start: int, words: int = 2) -> set[str]:
    """Assets that are taken in some of the runs that start at a node."""
    act = cascade_bits(graph.spread, start, words, seed=1)
    return {a.key for v, a in enumerate(graph.numbers.assets) if act[v].any()}


def certain(**changes: float) -> dict[str, float]:
    """Parameters by which every attempt succeeds, those changed aside."""
    names = (
        "take_workstation", "take_server", "take_device", "take_appliance", "flat_network_passes",
        "flow_passes", "undeclared_flow_passes", "domain_deploys", "local_secret_works",
        "administers_used", "escalation_unknown", "access_used", "supplier_to_access",
    )  # fmt: skip
    chosen = dict.fromkeys(names, 1.0)
    return chosen | {"edr_stops": 0.0} | changes


@settings(max_examples=40, deadline=None)
@given(maps(), st.data())
def test_every_variant_of_a_map_has_the_same_ways_at_the_same_places_and_no_higher_chance(
    estate: EstateMap, data: st.DataObject
) -> None:
    kinds = data.draw(st.sets(st.sampled_from(list(DefenceKind)), min_size=1))
    share = data.draw(st.sampled_from([None, 0.0, 0.5, 1.0]))
    base = attack_graph(estate, as_of=AS_OF)
    other = attack_graph(estate, defences=[Defence(k, share) for k in kinds], as_of=AS_OF)
    assert (base.spread.indptr == other.spread.indptr).all()
    assert (base.spread.target == other.spread.target).all()
    assert (base.spread.delay_class == other.spread.delay_class).all()
    assert (other.spread.probability <= base.spread.probability).all()
    assert base.key == other.key and (base.role == other.role).all()
    assert other.detection.contain_h <= base.detection.contain_h
    assert other.detection.notice_h <= base.detection.notice_h
    assert (other.detection.sensor >= base.detection.sensor).all()
    assert base.numbers.index.keys() == {a.key for a in base.numbers.assets}


@settings(max_examples=40, deadline=None)
@given(maps(), st.sampled_from(list(DefenceKind)))
def test_no_defence_takes_an_asset_in_a_run_that_did_without(
    estate: EstateMap, kind: DefenceKind
) -> None:
    base, other = (
        attack_graph(estate, defences=defences, as_of=AS_OF) for defences in ([], [Defence(kind)])
    )
    start = base.numbers.node("W0")
    before, after = (cascade_bits(g.spread, start, 4, seed=3) for g in (base, other))
    assert not (after & ~before).any()


def test_more_of_a_defence_covers_whoever_less_of_it_covered() -> None:
    values = parameters()
    keys = [f"poste-{n}" for n in range(2000)]
    covered = []
    for share in (0.2, 0.5, 0.9):
        guard = shield([Defence(DefenceKind.EDR, share)], values)
        covered.append({k for k in keys if guard.covers(DefenceKind.EDR, k)})
        assert abs(len(covered[-1]) / 2000 - share) < 0.04
    assert covered[0] < covered[1] < covered[2]


def test_defences_are_read_as_people_type_them() -> None:
    assert defence_of("edr:80") == Defence(DefenceKind.EDR, 0.8)
    assert defence_of("edr: 80 %") == Defence(DefenceKind.EDR, 0.8)
    assert defence_of("watch") == Defence(DefenceKind.WATCH)
    for wrong in ("magic", "edr:many", "edr:180", "edr:nan"):
        with pytest.raises(RansomwareError):
            defence_of(wrong)
    with pytest.raises(RansomwareError):
        shield([Defence(DefenceKind.EDR, 2)], parameters())


def test_a_flat_zone_has_ways_by_machine_and_not_by_pair() -> None:
    def ways(count: int) -> int:
        stations = [asset(Kind.WORKSTATION, f"w{n}", zone="z") for n in range(count)]
        graph = attack_graph(EstateMap([asset(Kind.ZONE, "z"), *stations]))
        return len(graph.spread.target)

    assert ways(300) - ways(200) == ways(200) - ways(100)
    assert (ways(300) - ways(200)) / 100 <= 6


def test_chances_of_a_machine_follow_its_patches_its_agent_and_the_age_of_its_system() -> None:
    machines = {
        "plain": {},
        "patched": {"patched_on": "2026-05-20"},
        "late": {"patched_on": "2026-01-20"},
        "agent": {"has_edr": True},
        "old": {"os": "Windows 7", "patched_on": "2026-05-20"},
        "ended": {"end_of_support": "2020-01-01"},
        "kept": {"os": "Windows 7", "end_of_support": "2028-01-01"},
        "odd": {"patched_on": "hier"},
    }
    estate = EstateMap([
        asset(Kind.ZONE, "z"),
        *(asset(Kind.WORKSTATION, key, zone="z", **each) for key, each in machines.items()),
    ])  # fmt: skip
    graph = attack_graph(estate, as_of=AS_OF)
    inside = stage(graph, Role.INSIDE, "z")
    told = {key: only(chances(graph, inside, graph.numbers.node(key))) for key in machines}
    values = parameters()
    base = values["take_workstation"]
    assert told["plain"] == pytest.approx(base, abs=2e-5)
    assert told["late"] == told["odd"] == told["kept"] == told["plain"]
    assert told["patched"] == pytest.approx(1 - (1 - base) ** values["patched_factor"], abs=2e-5)
    assert told["agent"] == pytest.approx(base * (1 - values["edr_stops"]), abs=2e-5)
    assert told["old"] == told["ended"]
    assert told["old"] == pytest.approx(1 - (1 - base) ** values["unsupported_factor"], abs=2e-5)
    assert graph.doubts["patch_unknown"] == 5


def test_a_defence_of_patches_leaves_alone_what_only_its_maker_may_patch() -> None:
    estate = EstateMap([
        asset(Kind.ZONE, "z"), asset(Kind.DEVICE, "unknown", zone="z"),
        asset(Kind.DEVICE, "may", zone="z", may_patch=True), asset(Kind.SERVER, "s", zone="z"),
    ])  # fmt: skip
    base, other = (
        attack_graph(estate, defences=d, as_of=AS_OF)
        for d in ([], [Defence(DefenceKind.PATCHING), Defence(DefenceKind.EDR, 1)])
    )
    lowered = {
        key: only(chances(other, stage(other, Role.INSIDE, "z"), other.numbers.node(key)))
        < only(chances(base, stage(base, Role.INSIDE, "z"), base.numbers.node(key)))
        for key in ("unknown", "may", "s")
    }
    assert lowered == {"unknown": False, "may": True, "s": True}


def test_flows_that_nobody_told_are_open_and_flows_beside_those_told_are_nearly_shut() -> None:
    zones = [asset(Kind.ZONE, f"z{n}") for n in range(3)]
    silent = attack_graph(EstateMap(zones))
    told = attack_graph(EstateMap(zones, [tie("z0", Verb.REACHES, "z1")]))
    assert silent.doubts["flows_unknown"] == 3 and "flows_unknown" not in told.doubts
    values = parameters()
    for graph, name in ((silent, "flat_network_passes"), (told, "undeclared_flow_passes")):
        chance = only(chances(graph, stage(graph, Role.INSIDE, "z2"), stage(graph, Role.BACKBONE)))
        assert chance == pytest.approx(values[name], abs=2e-5)
    there = chances(told, stage(told, Role.INSIDE, "z0"), stage(told, Role.FACING, "z1"))
    assert only(there) == pytest.approx(values["flow_passes"], abs=2e-5)
    assert not chances(told, stage(told, Role.INSIDE, "z1"), stage(told, Role.FACING, "z0"))


def test_a_zone_filtered_inside_protects_its_machines_from_each_other() -> None:
    zones = [asset(Kind.ZONE, "open"), asset(Kind.ZONE, "shut", is_filtered_inside=True)]
    machines = [asset(Kind.SERVER, z.key[0], zone=z.key) for z in zones]
    graph = attack_graph(EstateMap([*zones, *machines]))
    inside = [
        only(chances(graph, stage(graph, Role.INSIDE, z), graph.numbers.node(z[0])))
        for z in ("open", "shut")
    ]
    factor = parameters()["filtered_inside_factor"]
    assert inside[1] == pytest.approx(inside[0] * factor, abs=2e-5)


def test_the_share_of_exposed_accounts_moves_the_way_to_the_directory() -> None:
    def chance(share: float | None) -> float:
        graph = attack_graph(small_hospital(), credentials_share=share)
        admin = stage(graph, Role.ADMIN, "ad")
        return only(chances(graph, graph.numbers.node("poste-0"), admin))

    assert chance(None) == chance(0.0) == 0
    assert chance(0.4) == pytest.approx(0.4 * parameters()["escalation_with_path"], abs=2e-5)
    unseen = []
    for share in (None, 0.4):
        graph = attack_graph(small_hospital(), credentials_share=share)
        users, admin = stage(graph, Role.USERS, "ad"), stage(graph, Role.ADMIN, "ad")
        unseen.append(only(chances(graph, users, admin)))
    values = parameters()
    assert unseen == pytest.approx(
        [values["escalation_unknown"], values["escalation_beyond_audit"]], abs=2e-5
    )
    with pytest.raises(RansomwareError, match="credentials_share"):
        attack_graph(small_hospital(), credentials_share=1.2)


def test_whoever_holds_a_controller_holds_the_directory_and_all_that_is_joined() -> None:
    graph = attack_graph(small_hospital(), parameters(certain()))
    assert max(chances(graph, graph.numbers.node("dc"), stage(graph, Role.ADMIN, "ad"))) > 0.9999
    everything = ever_taken(graph, stage(graph, Role.ADMIN, "ad"))
    assert {"dpi-1", "dpi-2", "dc", "ad", "poste-5"} <= everything


def test_a_machine_that_stands_outside_the_domain_is_not_commanded_by_it() -> None:
    estate = EstateMap([
        asset(Kind.IDENTITY, "ad"), asset(Kind.SERVER, "in", zone="z"), asset(Kind.ZONE, "z"),
        asset(Kind.SERVER, "out", zone="z", is_domain_joined=False),
    ])  # fmt: skip
    graph = attack_graph(estate)
    launch = stage(graph, Role.LAUNCH, "ad")
    assert chances(graph, launch, graph.numbers.node("in"))
    assert not chances(graph, launch, graph.numbers.node("out"))


def test_a_backup_out_of_reach_is_never_taken_and_another_may_be() -> None:
    graph = attack_graph(small_hospital(), parameters(certain(backup_taken=1)))
    assert "disque" in ever_taken(graph, stage(graph, Role.ADMIN, "ad"))
    for start in range(graph.spread.nodes):
        if start != graph.numbers.node("bande"):
            assert "bande" not in ever_taken(graph, start, words=1)
    kept = attack_graph(
        small_hospital(), parameters(certain(backup_taken=1)),
        defences=[Defence(DefenceKind.OFFLINE_BACKUP)],
    )  # fmt: skip
    assert "disque" not in ever_taken(kept, stage(kept, Role.ADMIN, "ad"))


def test_a_hypervisor_gives_its_machines_and_a_supplier_his_way_in() -> None:
    graph = attack_graph(small_hospital(), parameters(certain(hypervisor_encrypts=1)))
    assert {"dpi-1", "dpi-2"} <= ever_taken(graph, graph.numbers.node("esx"))
    assert "dpi-1" in ever_taken(graph, graph.numbers.node("editeur"))
    shut = parameters(certain(bastion_stops=1))
    guarded = attack_graph(small_hospital(), shut, defences=[Defence(DefenceKind.SUPPLIER_BASTION)])
    assert ever_taken(guarded, guarded.numbers.node("editeur")) == {"editeur", "tma"}


def test_an_access_that_leads_nowhere_in_particular_leads_anywhere() -> None:
    estate = EstateMap([
        asset(Kind.ZONE, "z"), asset(Kind.SERVER, "s", zone="z"), asset(Kind.ACCESS, "a"),
    ])  # fmt: skip
    graph = attack_graph(estate, parameters(certain()))
    assert graph.doubts["access_targets_unknown"] == 1
    assert "s" in ever_taken(graph, graph.numbers.node("a"))


def test_administration_of_a_group_gives_its_machines_and_its_rights_come_from_any() -> None:
    estate = EstateMap(
        [
            asset(Kind.SERVER, "deploy", zone="z"), asset(Kind.ZONE, "z"),
            asset(Kind.WORKSTATION_GROUP, "g"), asset(Kind.WORKSTATION_GROUP, "admins"),
            asset(Kind.SERVER, "core", is_domain_joined=False),
            *(asset(Kind.WORKSTATION, f"w{n}", zone=f"y{n}") for n in range(3)),
            *(asset(Kind.ZONE, f"y{n}") for n in range(3)),
        ],
        [
            tie("g", Verb.MADE_OF, "w0"), tie("g", Verb.MADE_OF, "w1"),
            tie("admins", Verb.MADE_OF, "w2"), tie("deploy", Verb.ADMINISTERS, "g"),
            tie("admins", Verb.ADMINISTERS, "core"), tie("y0", Verb.REACHES, "y9"),
        ],
    )  # fmt: skip
    values = parameters(certain(
        undeclared_flow_passes=0, flat_network_passes=0, take_workstation=0, take_server=0,
        local_secret_shared=0,
    ))  # fmt: skip
    graph = attack_graph(estate, values)
    assert ever_taken(graph, graph.numbers.node("deploy")) == {"deploy", "w0", "w1"}
    assert ever_taken(graph, graph.numbers.node("w0")) == {"w0"}
    assert ever_taken(graph, graph.numbers.node("w2")) == {"w2", "admins", "core"}


def test_secrets_are_shared_within_a_zone_and_a_sort_all_together_or_not_at_all() -> None:
    stations = [asset(Kind.WORKSTATION, f"w{n}", zone="z") for n in range(4)]
    estate = EstateMap([asset(Kind.ZONE, "z"), *stations, asset(Kind.SERVER, "s", zone="z")])
    values = parameters(certain(take_workstation=0, take_server=0))
    graph = attack_graph(estate, values)
    act = cascade_bits(graph.spread, graph.numbers.node("w0"), 40, seed=5)
    rows = [act[graph.numbers.node(f"w{n}")] for n in range(1, 4)]
    assert (rows[0] == rows[1]).all() and (rows[1] == rows[2]).all()
    assert not act[graph.numbers.node("s")].any()
    shared = np.bitwise_count(rows[0]).sum() / (40 * 64)
    assert shared == pytest.approx(parameters()["local_secret_shared"], abs=0.04)


def test_what_the_map_does_not_say_is_counted() -> None:
    estate = EstateMap([asset(Kind.SERVER, "s"), asset(Kind.IDENTITY, "ad")])
    assert attack_graph(estate).doubts == {
        "admin_mfa_unknown": 1, "edr_unknown": 1, "patch_unknown": 1, "zone_unknown": 1,
    }  # fmt: skip


def test_times_follow_the_laws_of_the_parameters() -> None:
    graph = attack_graph(small_hospital())
    median = graph.spread.delays[:, 2048] * graph.spread.step_h
    assert median[Clock.AT_ONCE] == 0
    assert median[Clock.LAUNCH] == pytest.approx(96, rel=0.01)
    assert median[Clock.ESCALATION] == pytest.approx(11, rel=0.03)


def test_doors_are_those_of_the_map_and_any_shares_what_is_missing() -> None:
    estate = small_hospital()
    graph = attack_graph(estate)

    def keys(kind: EntryKind, key: str = "") -> list[str]:
        return [graph.key[v] for v in doors(estate, graph, Entry(kind, key)).node]

    assert keys(EntryKind.PHISHING) == [f"poste-{n}" for n in range(6)]
    assert keys(EntryKind.SUPPLIER) == keys(EntryKind.SUPPLIER, "editeur") == ["tma"]
    assert keys(EntryKind.ASSET, "dpi") == ["dpi"]
    assert doors(estate, graph, Entry(EntryKind.ASSET, "ad")).node == stage(graph, Role.ADMIN, "ad")
    assert doors(estate, graph, Entry(EntryKind.ASSET, "postes")).node == stage(
        graph, Role.INSIDE, "postes"
    )
    for wrong in (Entry(EntryKind.EXPOSED), Entry(EntryKind.PHISHING, "serveurs"),
                  Entry(EntryKind.ASSET, "nobody")):  # fmt: skip
        with pytest.raises(RansomwareError):
            doors(estate, graph, wrong)
    every = doors(estate, graph, Entry())
    assert sorted({graph.key[v].split("-")[0] for v in every.node}) == ["", "poste", "tma"]
    shares = parameters()
    weight = {graph.key[v]: w for v, w in zip(every.node, every.weight, strict=True)}
    assert weight["tma"] == pytest.approx(shares["entry_supplier"])
    assert weight["poste-0"] == pytest.approx(shares["entry_phishing"] / 6)


def test_exposed_servers_are_those_of_open_zones_and_those_a_line_reaches() -> None:
    estate = EstateMap(
        [asset(Kind.ZONE, "dmz", exposure="dmz"), asset(Kind.ZONE, "in"),
         asset(Kind.SERVER, "a", zone="dmz"), asset(Kind.SERVER, "b", zone="in"),
         asset(Kind.SERVER, "c", zone="in"), asset(Kind.LINE, "l", is_internet=True)],
        [tie("l", Verb.REACHES, "c")],
    )  # fmt: skip
    graph = attack_graph(estate)
    found = doors(estate, graph, Entry(EntryKind.EXPOSED)).node
    assert [graph.key[v] for v in found] == ["a", "c"]


def test_doors_are_read_as_people_type_them() -> None:
    assert entry_of("phishing:ZON-1") == Entry(EntryKind.PHISHING, "ZON-1")
    assert entry_of("any") == Entry()
    with pytest.raises(RansomwareError, match="choose among"):
        entry_of("window")


def test_a_map_of_nothing_has_a_graph() -> None:
    graph = attack_graph(EstateMap([]))
    assert graph.numbers.nodes == 0
    assert not graph.doubts
