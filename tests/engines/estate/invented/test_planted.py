"""Is what is planted in an invented map really there?"""

import pytest

from hygie.engines.estate.invented.types import Fault, Invented
from hygie.engines.estate.vocabulary import NEEDS, AssetKind, Verb
from tests.engines.estate.invented.estates import SEED, Standing, group, hospital

EVERY = [
    ("clinic", 0.25, SEED),
    ("hospital", 1.0, SEED),
    ("chu", 0.25, SEED),
    ("group", 0.25, SEED),
]


@pytest.fixture(params=[*EVERY, *(("clinic", 0.5, seed) for seed in range(8))])
def invented(request: pytest.FixtureRequest) -> Invented:
    return group() if request.param[0] == "group" else hospital(*request.param)


def test_nothing_is_stopped_while_nothing_is_lost(invented: Invented) -> None:
    assert not Standing(invented.estate).stopped([])


def test_the_loss_of_a_single_point_stops_its_victims(invented: Invented) -> None:
    standing = Standing(invented.estate)
    points = invented.of(Fault.SINGLE_POINT)
    assert points
    for planted in points:
        assert planted.victims
        assert set(planted.victims) <= standing.stopped(planted.keys[:1])


def test_the_loss_of_one_redundant_asset_stops_no_care(invented: Invented) -> None:
    standing = Standing(invented.estate)
    care = {asset.key for asset in invented.estate.of_kind(AssetKind.CARE)}
    groups = invented.of(Fault.REDUNDANT)
    assert groups
    for planted in groups:
        assert len(planted.keys) > 1
        for key in planted.keys:
            assert not care & standing.stopped([key])


def test_each_member_of_a_cycle_needs_the_next(invented: Invented) -> None:
    needs = {(link.source, link.target) for link in invented.estate.links if link.verb in NEEDS}
    cycles = invented.of(Fault.CYCLE)
    assert len(cycles) >= 2
    for planted in cycles:
        following = (*planted.keys[1:], planted.keys[0])
        assert all(pair in needs for pair in zip(planted.keys, following, strict=True))


def test_nothing_is_filtered_between_flat_zones(invented: Invented) -> None:
    flows = {
        (link.source, link.target): link.details
        for link in invented.estate.links
        if link.verb == Verb.REACHES
    }
    assert invented.of(Fault.FLAT)
    for planted in invented.of(Fault.FLAT):
        source, target = planted.keys
        assert flows[source, target]["is_filtered"] is False


def test_faults_of_hosts_backups_and_accesses_stand_in_their_details(invented: Invented) -> None:
    assets = {asset.key: asset for asset in invented.estate.assets}
    for planted in invented.of(Fault.EXPOSED_BACKUP):
        told = assets[planted.keys[0]].details
        assert not told["is_offline"]
        assert not told["is_immutable"]
        assert not told["has_own_identity"]
    for planted in invented.of(Fault.PERMANENT_ACCESS):
        told = assets[planted.keys[0]].details
        assert told["is_permanent"]
        assert not told["has_mfa"]
    for planted in invented.of(Fault.LEGACY):
        for key in planted.keys:
            assert str(assets[key].details["end_of_support"]) < "2026-06-01"


def test_nobody_says_to_use_an_unused_application(invented: Invented) -> None:
    asked = {link.target for link in invented.estate.links if link.verb == Verb.USES}
    assert invented.of(Fault.UNUSED)
    for planted in invented.of(Fault.UNUSED):
        assert not asked & set(planted.keys)
