"""Does an invented map hold together, and is it shaped like a hospital?"""

import datetime as dt
from collections import Counter

import pytest

from hygie.engines.estate.completeness import completeness
from hygie.engines.estate.fields import FIELDS, FieldType
from hygie.engines.estate.inheritance import inherited
from hygie.engines.estate.invented.hospital import invented_estate, invented_group
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Status, Verb
from tests.engines.estate.invented.estates import MEMBERS, SEED, group, hospital

PYTHON = {
    FieldType.TEXT: str, FieldType.INTEGER: int, FieldType.BOOLEAN: bool, FieldType.DATE: str,
    FieldType.CHOICE: str,
}  # fmt: skip


@pytest.fixture(params=["clinic", "hospital", "chu", "group"])
def estate(request: pytest.FixtureRequest) -> EstateMap:
    return (group() if request.param == "group" else hospital(request.param)).estate


def counted(size: str) -> Counter[AssetKind]:
    return Counter(
        asset.kind for asset in hospital(size).estate.assets if asset.status == Status.IN_USE
    )


def test_the_same_seed_gives_the_same_map_and_another_seed_another() -> None:
    once, again = (invented_estate("clinic", SEED) for _ in range(2))
    assert once == again == hospital("clinic").estate
    assert invented_estate("clinic", SEED + 1) != once


@pytest.mark.parametrize(
    ("size", "applications", "hosts", "devices"),
    [("clinic", 50, 400, 26), ("hospital", 250, 3_000, 100), ("chu", 1_000, 12_000, 300)],
)
def test_a_map_has_the_size_asked_for(
    size: str, applications: int, hosts: int, devices: int
) -> None:
    found = counted(size)
    assert found[AssetKind.APPLICATION] == applications
    assert found[AssetKind.SERVER] + found[AssetKind.WORKSTATION] == hosts
    assert devices <= found[AssetKind.DEVICE] <= devices + 5


def test_a_chu_has_all_that_a_chu_has() -> None:
    found = counted("chu")
    assert set(found) == set(AssetKind)
    assert found[AssetKind.SERVER] == 1_500
    assert found[AssetKind.ZONE] >= 40
    assert found[AssetKind.SUPPLIER] >= 200
    assert found[AssetKind.INTERFACE] >= 400
    assert found[AssetKind.CARE] >= 55
    assert found[AssetKind.SITE] >= 5
    incoming = Counter(link.target for link in hospital("chu").estate.links)
    uses = sorted(incoming.values(), reverse=True)
    assert uses[0] > 500
    assert uses[len(uses) // 2] <= 3


def test_keys_are_unique_and_links_tie_two_assets_that_are_there_once(estate: EstateMap) -> None:
    keys = {asset.key for asset in estate.assets}
    assert len(keys) == len(estate.assets)
    ties = [(link.source, link.verb, link.target) for link in estate.links]
    assert len(set(ties)) == len(ties)
    assert all({link.source, link.target} <= keys for link in estate.links)
    assert all(link.source != link.target for link in estate.links)
    for asset in estate.assets:
        assert {asset.site, asset.zone, asset.supplier} - {""} <= keys


def test_links_of_a_group_agree_and_need_no_more_than_they_are(estate: EstateMap) -> None:
    groups: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for link in estate.links:
        if link.group:
            said = (link.verb, link.needed, link.delay_min, link.effect)
            groups.setdefault((link.source, link.group), []).append(said)
        else:
            assert link.needed == 1
    for said_by_all in groups.values():
        assert len(set(said_by_all)) == 1
        assert 1 <= int(str(said_by_all[0][1])) <= len(said_by_all)


def test_details_are_fields_of_their_kind_with_values_of_their_type(estate: EstateMap) -> None:
    for asset in estate.assets:
        known = {one.name: one for one in FIELDS[asset.kind]}
        for name, value in asset.details.items():
            assert type(value) is PYTHON[known[name].type], (asset.key, name)
            if known[name].type == FieldType.DATE:
                dt.date.fromisoformat(str(value))
            assert not known[name].choices or value in known[name].choices


def test_no_two_assets_bear_one_identifier(estate: EstateMap) -> None:
    alone = {IdentifierKind.SERIAL, IdentifierKind.MAC, IdentifierKind.UUID, IdentifierKind.ADDRESS}
    seen = Counter(
        pair for asset in estate.assets for pair in asset.identifiers if pair[0] in alone
    )
    assert seen.most_common(1)[0][1] == 1


def test_gaps_lower_completeness_and_a_map_without_gaps_is_nearly_complete() -> None:
    means = []
    for gaps in (0.0, 0.25, 1.0):
        judged = completeness(hospital("clinic", gaps).estate)
        percents = [one.percent for one in judged if one.percent is not None]
        means.append(sum(percents) / len(percents))
    assert means[0] > 97
    assert means[0] > means[1] + 2 > means[2] + 4


def test_nearly_every_server_serves_some_care_and_not_all_of_it_vital() -> None:
    estate = hospital("hospital").estate
    ranks = [
        one.rank
        for one, asset in zip(inherited(estate), estate.assets, strict=True)
        if asset.status == Status.IN_USE and asset.kind == AssetKind.SERVER
    ]
    assert sum(rank is None for rank in ranks) < len(ranks) / 10
    assert {1, 2, 3, 4} <= set(ranks)


def test_members_of_a_group_use_what_their_support_shares_with_them() -> None:
    assets = {asset.key: asset for asset in group().estate.assets}
    others = tuple(member.organisation for member in MEMBERS[1:])
    shared = {key for key, asset in assets.items() if asset.shared_with}
    assert {assets[key].organisation for key in shared} == {MEMBERS[0].organisation}
    assert all(assets[key].shared_with == others for key in shared)
    across = {
        (assets[link.source].organisation, link.target)
        for link in group().estate.links
        if link.verb == Verb.USES
        if assets[link.source].organisation != assets[link.target].organisation
    }
    assert {organisation for organisation, _ in across} == set(others)
    assert {target for _, target in across} <= shared
    assert {asset.organisation for asset in assets.values()} == {
        one.organisation for one in MEMBERS
    }


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="village"):
        invented_estate("village", SEED)
    with pytest.raises(ValueError, match="not a share"):
        invented_estate("clinic", SEED, gaps=3)
    with pytest.raises(ValueError, match="support establishment"):
        invented_group([], SEED)
