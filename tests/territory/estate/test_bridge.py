"""Do rows become records without losing a word, and without showing what is out of sight?"""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hygie.engines.estate.types import AssetRecord, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Verb
from hygie.territory.estate import bridge
from hygie.territory.estate.bridge import estate_of
from hygie.territory.estate.models import Asset, AssetIdentifier, AssetShare, Link


def _two_establishments(territory: SimpleNamespace) -> SimpleNamespace:
    first, second = territory.entities[:2]
    site = Asset.objects.create(organisation=second, kind="site", code="S1", name="Site")
    lab = Asset.objects.create(
        organisation=second, kind="application", code="LAB", name="Labo", site=site, criticality=3,
        max_downtime_min=60, details={"hosting": "internal", "users": 12},
    )  # fmt: skip
    AssetShare.objects.create(asset=lab, organisation=first)
    AssetIdentifier.objects.create(asset=lab, kind="purl", value="pkg:generic/labo")
    ward = Asset.objects.create(organisation=first, kind="care", code="URG", name="Urgences")
    link = Link.objects.create(
        source=ward, verb="uses", target=lab, group="g", delay_min=30, effect="degrade",
        details={"port": 2575},
    )  # fmt: skip
    return SimpleNamespace(site=site, lab=lab, ward=ward, link=link)


def test_an_asset_of_another_establishment_bears_its_number(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    rows = _two_establishments(territory)
    found = estate_of(perimeters.alice, territory.entities[0], has_identifiers=True)
    lab = "590000002/LAB"
    assert found.estate.assets == [
        AssetRecord(
            lab, AssetKind.APPLICATION, "Labo", "590000002", ("590000001",), criticality=3,
            max_downtime_min=60, details={"hosting": "internal", "users": 12},
            identifiers=((IdentifierKind.PURL, "pkg:generic/labo"),),
        ),
        AssetRecord("URG", AssetKind.CARE, "Urgences"),
    ]  # fmt: skip
    assert found.estate.links == [
        LinkRecord("URG", Verb.USES, lab, "g", 1, 30, Effect.DEGRADE, {"port": 2575})
    ]
    assert found.asset_ids == [rows.lab.pk, rows.ward.pk]
    assert found.link_ids == [rows.link.pk]
    assert found.ids_by_key[lab] == rows.lab.pk
    assert found.positions[rows.ward.pk] == 1


def test_a_group_sees_every_reference_of_its_members(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    _two_establishments(territory)
    found = estate_of(perimeters.bob, territory.ght)
    assert {asset.key: asset.site for asset in found.estate.assets} == {
        "590000002/S1": "", "590000002/LAB": "590000002/S1", "590000001/URG": "",
    }  # fmt: skip


def test_a_map_takes_three_statements_whatever_its_size(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    _two_establishments(territory)
    with CaptureQueriesContext(connection) as queries:
        estate_of(perimeters.bob, territory.ght)
    assert len(queries) == 3
    with CaptureQueriesContext(connection) as queries:
        estate_of(perimeters.bob, territory.ght, has_identifiers=True)
    assert len(queries) == 4
    # Nothing there that one may read: nothing more is asked.
    with CaptureQueriesContext(connection) as queries:
        assert not estate_of(perimeters.charlie, territory.ght).estate.assets
    assert len(queries) == 1


@pytest.mark.parametrize(("few", "most"), [(0, 5_000), (300, 5_000), (300, 0)])
def test_a_map_is_the_same_however_its_links_are_asked_for(
    few: int, most: int, perimeters: SimpleNamespace, territory: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _two_establishments(territory)
    place = territory.entities[0]
    group = estate_of(perimeters.bob, territory.ght, has_identifiers=True)
    alone = estate_of(perimeters.alice, place, has_identifiers=True)
    monkeypatch.setattr(bridge, "_FEW", few)
    monkeypatch.setattr(bridge, "_MOST", most)
    assert estate_of(perimeters.bob, territory.ght, has_identifiers=True) == group
    assert estate_of(perimeters.alice, place, has_identifiers=True) == alone
