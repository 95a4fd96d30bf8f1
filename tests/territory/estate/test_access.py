"""Who reads which asset of the map?"""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hygie.foundation.errors import NotFound
from hygie.territory.estate.models import Asset, AssetShare, Link
from hygie.territory.estate.policies import may_edit, may_export, may_read
from hygie.territory.estate.selectors.access import (
    asset_get_in,
    assets_at,
    assets_in,
    link_get_in,
    links_in,
)


@pytest.fixture
def shared_system(territory: SimpleNamespace) -> SimpleNamespace:
    """A laboratory system of the second member that also serves the first, and a far one."""
    first, second = territory.entities[:2]
    lab = Asset.objects.create(organisation=second, kind="application", code="LAB", name="Labo")
    AssetShare.objects.create(asset=lab, organisation=first)
    AssetShare.objects.create(asset=lab, organisation=territory.sites[0])
    ward = Asset.objects.create(organisation=first, kind="care", code="URG", name="Urgences")
    server = Asset.objects.create(organisation=second, kind="server", code="SRV", name="srv")
    far = Asset.objects.create(organisation=territory.far, kind="care", code="URG", name="Loin")
    link = Link.objects.create(source=ward, verb="uses", target=lab)
    below = Link.objects.create(source=lab, verb="runs_on", target=server)
    return SimpleNamespace(lab=lab, ward=ward, server=server, far=far, link=link, below=below)


def test_each_reads_their_own_assets_and_those_that_serve_them(
    perimeters: SimpleNamespace, shared_system: SimpleNamespace
) -> None:
    def names(who: str) -> list[str]:
        return sorted(asset.code for asset in assets_in(getattr(perimeters, who)))

    assert names("alice") == ["LAB", "URG"]
    assert names("bob") == ["LAB", "SRV", "URG"]
    assert names("charlie") == ["URG"]
    assert names("diane") == names("remi") == names("ada") == []
    assert len(names("operator")) == 4


def test_a_shared_asset_is_found_once_at_the_establishment_that_it_serves(
    perimeters: SimpleNamespace, territory: SimpleNamespace, shared_system: SimpleNamespace
) -> None:
    found = assets_at(perimeters.operator, territory.entities[0])
    assert [asset.code for asset in found] == ["LAB", "URG"]
    assert assets_at(perimeters.operator, territory.ght).count() == 3
    assert assets_at(perimeters.operator, territory.sites[0]).get() == shared_system.lab
    assert assets_at(perimeters.operator, territory.nation).count() == 4
    assert not assets_at(perimeters.charlie, territory.ght).exists()


def test_a_reader_of_another_group_gets_not_found(
    perimeters: SimpleNamespace, shared_system: SimpleNamespace
) -> None:
    assert asset_get_in(perimeters.alice, shared_system.lab.pk) == shared_system.lab
    for who in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotFound):
            asset_get_in(who, shared_system.lab.pk)
        with pytest.raises(NotFound):
            link_get_in(who, shared_system.link.pk)
    with pytest.raises(NotFound):
        asset_get_in(perimeters.alice, shared_system.server.pk)


def test_a_link_is_read_from_either_end(
    perimeters: SimpleNamespace, shared_system: SimpleNamespace
) -> None:
    assert set(links_in(perimeters.alice)) == {shared_system.link, shared_system.below}
    assert not links_in(perimeters.charlie).exists()


def test_reading_takes_one_statement_whatever_it_is_shared_with(
    perimeters: SimpleNamespace, territory: SimpleNamespace, shared_system: SimpleNamespace
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(assets_at(perimeters.bob, territory.ght).filter(kind="care"))
    assert len(queries) == 1


def test_who_serves_edits_and_who_is_served_only_reads(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    first, second = territory.entities[:2]
    assert may_edit(perimeters.alice, first)
    assert not may_edit(perimeters.alice, second)
    assert may_edit(perimeters.bob, second)
    assert may_export(perimeters.alice, first)
    for who in (perimeters.diane, perimeters.remi, perimeters.ada, perimeters.charlie):
        assert not may_read(who, first)
        assert not may_edit(who, first)
        assert not may_export(who, first)
