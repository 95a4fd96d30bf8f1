"""Do invented inventories come back from their files as they were told?"""

import datetime as dt
from pathlib import Path

import pytest

from hygie.connectors.inventories.canonical import canonical
from hygie.connectors.inventories.glpi import read_glpi
from hygie.connectors.inventories.nmap import read_nmap
from hygie.connectors.inventories.written.glpi import write_glpi
from hygie.connectors.inventories.written.nmap import write_nmap
from hygie.engines.estate.invented.hospital import invented_estate
from hygie.engines.estate.invented.inventories import invented_inventories
from hygie.engines.estate.invented.observed import Discrepancy, Inventories, OpenPort, ScannedHost
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind

DAY = dt.date(2026, 6, 1)
NIGHT = dt.datetime(2026, 6, 1, 2, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def estate() -> EstateMap:
    return invented_estate("clinic", 7)


@pytest.fixture(scope="module")
def seen(estate: EstateMap) -> Inventories:
    return invented_inventories(estate, 7, DAY, disagreeing=0.1)


def test_identifiers_of_an_invented_map_are_canonical(estate: EstateMap) -> None:
    for asset in estate.assets:
        for kind, value in asset.identifiers:
            assert canonical(kind, value) == value


def test_agents_documents_come_back_with_the_identity_and_the_kind_of_their_asset(
    estate: EstateMap, seen: Inventories, tmp_path: Path
) -> None:
    write_glpi([*seen.computers, *seen.equipment], tmp_path / "inventaires.zip")
    inventory = read_glpi(tmp_path / "inventaires.zip")
    assert not inventory.report.has_errors
    assets = {asset.key: asset for asset in estate.assets}
    ids = [document["deviceid"] for document in (*seen.computers, *seen.equipment)]
    found = {one.where: one.asset for one in inventory.observations}
    assert len(found) == len(ids)
    for rank, device_id in enumerate(ids, start=1):
        key = seen.truth[device_id]
        if key and device_id not in seen.discrepancies:
            read, mine = found[f"inventory_{rank:05d}.json"], assets[key]
            assert read.kind == mine.kind
            assert {pair for pair in mine.identifiers if pair[0] != IdentifierKind.HOSTNAME} <= {
                *read.identifiers
            }
            for name in ("is_virtual", "patched_on"):
                if mine.kind == AssetKind.SERVER and name in read.details:
                    assert read.details[name] == mine.details.get(name)


def test_a_filling_in_place_of_a_serial_number_identifies_nothing(
    seen: Inventories, tmp_path: Path
) -> None:
    differing = [
        document
        for document in seen.computers
        if seen.discrepancies.get(document["deviceid"]) == Discrepancy.NO_SERIAL
    ]
    assert differing
    write_glpi(differing, tmp_path / "inventaires.zip")
    for one in read_glpi(tmp_path / "inventaires.zip").observations:
        assert IdentifierKind.SERIAL not in dict(one.asset.identifiers)


def test_scanned_hosts_come_back_with_their_addresses_and_services(
    seen: Inventories, tmp_path: Path
) -> None:
    write_nmap(seen.hosts, tmp_path / "balayage.xml", scanned_at=NIGHT)
    inventory = read_nmap(tmp_path / "balayage.xml")
    assert not inventory.report.has_errors
    assert inventory.seen_on == NIGHT
    read = {
        value: one
        for one in inventory.observations
        for kind, value in one.asset.identifiers
        if kind == IdentifierKind.ADDRESS
    }
    assert set(read) == {host.address for host in seen.hosts}
    for host in seen.hosts:
        services = {(one.protocol, one.port) for one in read[host.address].services}
        assert services == {(port.protocol, port.number) for port in host.ports}


def test_names_that_would_break_the_file_are_written_harmless(tmp_path: Path) -> None:
    hostile = 'a"><!DOCTYPE x><&'
    host = ScannedHost("fd42::1", "", hostile, (OpenPort("tcp", 53, hostile),))
    write_nmap([host], tmp_path / "balayage.xml", scanned_at=NIGHT)
    (found,) = read_nmap(tmp_path / "balayage.xml").observations
    assert found.services[0].name == hostile


def test_the_same_documents_give_the_same_bytes(seen: Inventories, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_glpi(seen.computers[:20], tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
