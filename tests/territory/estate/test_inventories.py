"""Are the inventories of other tools brought once, and hostile ones refused?"""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from hygie.connectors.inventories.glpi import read_glpi
from hygie.connectors.inventories.nmap import read_nmap
from hygie.connectors.inventories.written.glpi import write_glpi
from hygie.connectors.inventories.written.nmap import write_nmap
from hygie.engines.estate.invented.hospital import invented_estate
from hygie.engines.estate.invented.inventories import invented_inventories
from hygie.engines.estate.invented.observed import Discrepancy
from hygie.engines.estate.matching import Card, Recogniser
from hygie.engines.estate.vocabulary import AssetKind
from hygie.foundation.imports.models import Import
from hygie.territory.estate.models import Asset, AssetPart, LookAlike
from hygie.territory.estate.services.assets import asset_add
from tests.connectors.inventories.test_glpi_xml import COMPUTER, SWITCH
from tests.connectors.inventories.test_machine_lists import GLPI, NETBOX, OCS
from tests.territory.estate.files import codes_of, counts, sheet


@pytest.mark.real_data
def test_real_inventories_of_glpi_are_brought_once(
    bring: Callable[..., Import], real_data: Path
) -> None:
    for path in sorted((real_data / "glpi").glob("*.json")):
        run = bring("estate.glpi", path)
        assert run.state == "applied"
        assert run.counts["add"] >= 1
    known = Asset.objects.count()
    for path in sorted((real_data / "glpi").glob("*.json")):
        again = bring("estate.glpi", path)
        assert counts(again)[:2] == (0, 0), (path, list(again.changes.values("label", "detail")))
    assert Asset.objects.count() == known
    assert not Asset.objects.filter(name="").exists()


@pytest.mark.real_data
def test_real_scans_are_brought_once_with_their_services(
    bring: Callable[..., Import], real_data: Path
) -> None:
    # A scan of the loopback names no machine: it is refused, and says why.
    told = {"nmap_1port.xml": "refused"}
    for path in sorted((real_data / "nmap").glob("*.xml")):
        assert bring("estate.nmap", path).state == told.get(path.name, "applied")
    assert AssetPart.objects.filter(nature="service").exists()
    for path in sorted((real_data / "nmap").glob("*.xml")):
        again = bring("estate.nmap", path)
        assert counts(again)[:2] == (0, 0), (path, list(again.changes.values("label", "detail")))


@pytest.mark.parametrize(
    ("kind", "name", "text", "count"),
    [
        ("estate.glpi", "a.xml", COMPUTER, 1), ("estate.glpi", "a.xml", SWITCH, 2),
        ("estate.sheet", "a.csv", GLPI, 5), ("estate.sheet", "a.csv", NETBOX, 3),
        ("estate.sheet", "a.csv", OCS, 2),
    ],
)  # fmt: skip
def test_what_other_tools_export_is_brought_once(
    bring: Callable[..., Import], tmp_path: Path, kind: str, name: str, text: str, count: int
) -> None:
    path = sheet(tmp_path / name, text.replace("ISO-8859-1", "UTF-8"))
    assert bring(kind, path).state == "applied"
    machines = Asset.objects.exclude(kind__in=(AssetKind.SITE, AssetKind.SUPPLIER))
    assert machines.count() == count
    again = bring(kind, path)
    assert counts(again)[:2] == (0, 0), list(again.changes.values("label", "detail"))


def test_a_list_and_an_inventory_of_one_machine_meet(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    line = '"PC-ACCUEIL";"5KX9QN2";"Tour";"Windows 10"\n'
    text = '"Nom";"Numéro de série";"Type";"Système d\'exploitation - Nom"\n' + line
    bring("estate.sheet", sheet(tmp_path / "a.csv", text))
    bring("estate.glpi", sheet(tmp_path / "a.xml", COMPUTER.replace("ISO-8859-1", "UTF-8")))
    (one,) = Asset.objects.all()
    assert (one.name, one.kind) == ("PC-ACCUEIL", AssetKind.WORKSTATION.value)


def test_machines_behind_a_port_that_the_map_does_not_know_are_said(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    connections = [{"mac": ["e4:54:e8:11:22:33", "e4:54:e8:11:22:34"]}]
    switch = {
        "network_device": {"name": "SW-1", "type": "Networking"},
        "network_ports": [{"ifname": "1", "connections": connections}],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"content": switch}), encoding="utf-8")
    run = bring("estate.glpi", path)
    assert counts(run)[0] == 1
    (said,) = run.messages.filter(code="estate_unseen")
    assert said.params == {"count": 2}


@pytest.mark.real_data
def test_real_bills_of_materials_are_brought_once_with_their_components(
    bring: Callable[..., Import], real_data: Path
) -> None:
    paths = sorted((real_data / "cyclonedx").glob("*.json"))
    runs = [bring("estate.cyclonedx", path) for path in paths]
    assert {run.state for run in runs} == {"applied"}, [codes_of(run) for run in runs]
    assert AssetPart.objects.filter(nature="component", purl__contains="log4j").exists()
    parts = AssetPart.objects.count()
    for path in paths:
        again = bring("estate.cyclonedx", path)
        assert counts(again)[:2] == (0, 0), (path, list(again.changes.values("label", "detail")))
    assert AssetPart.objects.count() == parts


def test_lists_of_mercator_become_assets_with_their_links(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    text = (
        "id;name;description;responsible;rto;entities;logical_servers\n"
        "1;DPI;Dossier;DIM;4;;\n2;PACS;Images;Imagerie;8;;\n"
    )
    run = bring("estate.mercator", sheet(tmp_path / "applications.csv", text))
    assert run.state == "applied", codes_of(run)
    assert set(Asset.objects.values_list("name", flat=True)) == {"DPI", "PACS"}
    assert counts(bring("estate.mercator", tmp_path / "applications.csv"))[:2] == (0, 0)


SCAN = """<?xml version="1.0"?><!DOCTYPE nmaprun>
<nmaprun scanner="nmap" start="{start}" version="7.94"><host starttime="{start}">
<status state="up"/><address addr="10.1.2.3" addrtype="ipv4"/>
<address addr="00:1B:44:11:3A:{mac}" addrtype="mac"/>
<hostnames><hostname name="{name}" type="PTR"/></hostnames><ports>
<port protocol="tcp" portid="53"><state state="open"/><service name="domain"/></port>
<port protocol="udp" portid="53"><state state="open"/>
<service name="domain" version="{version}"/></port></ports></host></nmaprun>"""


def test_tcp_and_udp_on_one_port_are_two_and_a_later_scan_updates_each(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    path = tmp_path / "scan.xml"
    scan = {"start": 1_780_000_000, "mac": "B7", "name": "dns-1.ch.fr", "version": "9.1"}
    path.write_text(SCAN.format(**scan), encoding="utf-8")
    bring("estate.nmap", path)
    assert set(AssetPart.objects.values_list("protocol", "port", "version")) == {
        ("tcp", 53, ""), ("udp", 53, "9.1"),
    }  # fmt: skip
    later = {**scan, "start": 1_790_000_000, "version": "9.2"}
    path.write_text(SCAN.format(**later), encoding="utf-8")
    run = bring("estate.nmap", path)
    assert counts(run)[:2] == (0, 1)
    assert set(AssetPart.objects.values_list("protocol", "port", "version")) == {
        ("tcp", 53, ""), ("udp", 53, "9.2"),
    }  # fmt: skip
    assert Asset.objects.get().seen_on.isoformat() == "2026-09-21"


def test_a_name_with_another_card_elsewhere_is_asked_about_and_asked_once(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    asset_add(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, kind="server",
        name="dns-1", identifiers=[("mac", "00:1B:44:11:3A:00")],
    )  # fmt: skip
    path = tmp_path / "scan.xml"
    scan = {"start": 1_780_000_000, "mac": "B7", "name": "dns-1.ch.fr", "version": "9.1"}
    path.write_text(SCAN.format(**scan), encoding="utf-8")
    run = bring("estate.nmap", path)
    assert "estate_alike" in codes_of(run)
    pair = LookAlike.objects.get()
    assert pair.kept.name == "dns-1"
    assert dict(pair.reasons)["hostname"]
    assert dict(pair.doubts)["mac"] == "001b44113ab7 ≠ 001b44113a00"
    assert counts(bring("estate.nmap", path))[:2] == (0, 0)
    assert LookAlike.objects.count() == 1


def test_what_was_retired_and_answers_is_told_and_stays_retired(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    asset_add(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, kind="server",
        name="dns-1", identifiers=[("mac", "00:1B:44:11:3A:B7")], values={"status": "retired"},
    )  # fmt: skip
    path = tmp_path / "scan.xml"
    scan = {"start": 1_780_000_000, "mac": "B7", "name": "dns-1.ch.fr", "version": "9.1"}
    path.write_text(SCAN.format(**scan), encoding="utf-8")
    assert "estate_retired_seen" in codes_of(bring("estate.nmap", path))
    assert Asset.objects.get().status == "retired"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("estate.map", b'{"format":"hygie-estate","version":99,"assets":[]}'),
        ("estate.map", b'{"format":"hygie-estate","version":1,"assets":[{'),
        ("estate.glpi", b"[" * 500 + b"]" * 500),
        ("estate.nmap", b'<!DOCTYPE n [<!ENTITY a "b">]><nmaprun>&a;</nmaprun>'),
        ("estate.sheet", "nom\x00;x\n".encode("utf-16")),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(
    bring: Callable[..., Import], tmp_path: Path, kind: str, content: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    run = bring(kind, path)
    assert run.state == "refused"
    assert run.messages.exists()
    assert not Asset.objects.exists()


def test_a_text_too_long_or_of_another_type_never_reaches_the_map(
    bring: Callable[..., Import], tmp_path: Path
) -> None:
    path = tmp_path / "map.json"
    asset = {"key": "A", "kind": "server", "name": "srv", "details": {
        "os": "x" * 5000, "has_edr": "oui", "patched_on": "hier", "beds": 3,
    }}  # fmt: skip
    path.write_text(
        json.dumps({"format": "hygie-estate", "version": 1, "assets": [asset], "links": []})
    )
    run = bring("estate.map", path)
    assert Asset.objects.get().details == {}
    assert {"estate_too_long", "estate_not_boolean", "estate_not_date"} <= {*codes_of(run)}


def test_what_agents_see_is_taken_for_what_it_is_or_asked_about(tmp_path: Path) -> None:
    """On an invented clinic, with hosts renamed, moved, replaced, repaired: never a wrong match."""
    estate = invented_estate("clinic", 5)
    found = invented_inventories(estate, 5, dt.date(2026, 6, 1), disagreeing=0.3)
    write_glpi([*found.computers, *found.equipment], tmp_path / "agents.zip")
    read = read_glpi(tmp_path / "agents.zip")
    recogniser = Recogniser(
        Card(one.kind, one.name, one.key, frozenset(one.identifiers)) for one in estate.assets
    )
    keys = [one.key for one in estate.assets]
    documents = [*found.computers, *found.equipment]
    by_document = {
        one.row: one for one in read.observations if one.ref.count(",") == 0
    }  # fmt: skip
    assert len(by_document) == len(documents)
    wrong, missed = [], []
    for rank, document in enumerate(documents, start=1):
        seen = by_document[rank]
        asset = seen.asset
        decided = recogniser.recognise(
            Card(asset.kind, asset.name, "", frozenset(asset.identifiers), seen.is_kind_guessed)
        )
        told = "" if decided.known is None else keys[decided.known]
        truth = found.truth[document["deviceid"]]
        differs = found.discrepancies.get(document["deviceid"])
        if told and told != truth:
            wrong.append((truth, told, differs))
        elif truth and not told and differs != Discrepancy.NO_SERIAL:
            missed.append((truth, differs, decided))
        elif differs == Discrepancy.REPLACED:
            assert decided.alike, "a machine replaced under its name is asked about"
    assert not wrong
    assert not missed


def test_what_a_scan_sees_is_never_taken_for_something_else(tmp_path: Path) -> None:
    estate = invented_estate("clinic", 5)
    found = invented_inventories(estate, 5, dt.date(2026, 6, 1), disagreeing=0.3)
    path = tmp_path / "scan.xml"
    write_nmap(found.hosts, path, scanned_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    recogniser = Recogniser(
        Card(one.kind, one.name, one.key, frozenset(one.identifiers)) for one in estate.assets
    )
    keys = [one.key for one in estate.assets]
    kinds = {one.key: one.kind for one in estate.assets}
    left = []
    for seen in read_nmap(path).observations:
        asset = seen.asset
        decided = recogniser.recognise(
            Card(asset.kind, asset.name, "", frozenset(asset.identifiers), seen.is_kind_guessed)
        )
        addresses = [value for _kind, value in asset.identifiers if value in found.truth]
        truth = found.truth[addresses[0]]
        if decided.known is not None:
            assert keys[decided.known] == truth
        elif truth:
            # Nothing but an address, that of a workstation: lent, and not its own.
            assert decided.is_unclear
            assert kinds[truth] == AssetKind.WORKSTATION
            left.append(truth)
    assert left
