"""Inventories of GLPI become machines with their identity, their guests and what is plugged in."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from hygie.connectors.inventories.glpi import read_glpi
from hygie.connectors.inventories.limits import InventoryLimits
from hygie.connectors.inventories.types import Inventory
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind, Verb
from tests.connectors.archives import make_zip


def document(name: str = "SRV1", **content: Any) -> dict[str, Any]:
    hardware = {"name": name, "vmsystem": "VMware", "lastloggeduser": "DUPONT", **content}
    return {
        "deviceid": f"{name}-2026-01-02-03-04-05",
        "itemtype": "Computer",
        "content": {"hardware": hardware, "versionclient": "GLPI-Agent_v1.11"},
    }


def computer(tmp_path: Path, *documents: Any, name: str = "a.json") -> Inventory:
    path = tmp_path / name
    found = documents[0] if len(documents) == 1 else list(documents)
    path.write_text(json.dumps(found), encoding="utf-8")
    return read_glpi(path)


@pytest.mark.real_data
def test_the_examples_of_the_format_are_read(real_data: Path) -> None:
    laptop = read_glpi(real_data / "glpi" / "computer_1.json")
    (one,) = laptop.observations
    assert (one.asset.kind, one.asset.name, one.is_kind_guessed) == (
        Kind.WORKSTATION, "glpixps", False,
    )  # fmt: skip
    assert (IdentifierKind.SERIAL, "640HP72") in one.asset.identifiers
    macs = [value for kind, value in one.asset.identifiers if kind is IdentifierKind.MAC]
    # Neither the loopback nor the bridge of the hypervisor.
    assert macs == ["00e04c6801db", "4485002b90bc"]
    assert one.seen_on == dt.datetime(2020, 6, 12, 14, 19, 54, tzinfo=dt.UTC)
    assert "root" not in repr(laptop.observations) and "trasher" not in repr(laptop.observations)

    host = read_glpi(real_data / "glpi" / "computer_2.json")
    assert host.counts == {Kind.WORKSTATION: 1, Kind.SERVER: 1}
    assert [one.params["count"] for one in host.report.of(Code.INVENTORY_CONTAINERS)] == [5]
    assert [(one.verb, one.target.ref) for one in host.links] == [(Verb.RUNS_ON, "document 1")]


@pytest.mark.real_data
def test_a_switch_tells_what_is_plugged_into_it(real_data: Path) -> None:
    inventory = read_glpi(real_data / "glpi" / "networkequipment_3.json")
    switch, *neighbours = inventory.observations
    assert (switch.asset.name, switch.asset.details["firmware"]) == ("HP-2530-48G", "YA.15.12.0015")
    assert len(neighbours) == 21
    assert {one.asset.details["role"] for one in neighbours} == {"téléphone"}
    assert len({one.asset.name for one in neighbours}) == 21
    assert {one.verb for one in inventory.links} == {Verb.CONNECTED_BY}
    by_address = [one for one in inventory.links if one.source.identifiers]
    assert len(by_address) == 10 and not any(one.source.text for one in by_address)
    assert [one.params["count"] for one in inventory.report.of(Code.INVENTORY_UPLINKS)] == [3]


def test_one_document_a_list_one_a_line_and_an_archive_say_the_same(tmp_path: Path) -> None:
    first, second = document("SRV1"), document("SRV2")
    lines = tmp_path / "lines.json"
    lines.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", encoding="utf-8")
    archive = make_zip(
        tmp_path / "all.zip",
        {"a/1.json": json.dumps(first), "2.json": json.dumps(second), "lisez-moi.txt": "bonjour"},
    )
    listed = computer(tmp_path, first, second)
    zipped = read_glpi(archive)
    for inventory in (listed, read_glpi(lines), zipped):
        assert [one.asset.name for one in inventory.observations] == ["SRV1", "SRV2"]
    assert [one.where for one in zipped.observations] == ["a/1.json", "2.json"]
    assert [one.params for one in zipped.report.of(Code.INVENTORY_FILE_IGNORED)] == [
        {"member": "lisez-moi.txt"}
    ]


@pytest.mark.parametrize(
    ("system", "case", "vmsystem", "kind"),
    [
        ("Microsoft Windows Server 2019 Standard", "Desktop", "Physical", Kind.SERVER),
        ("Microsoft Windows 11 Professionnel", "Other", "VMware", Kind.WORKSTATION),
        ("Debian GNU/Linux 12", "Rack Mount Chassis", "Physical", Kind.SERVER),
        ("Debian GNU/Linux 12", "", "KVM", Kind.SERVER),
        ("VMware ESXi 8.0", "", "Physical", Kind.SERVER),
        ("", "Laptop", "Physical", Kind.WORKSTATION),
        ("macOS 14", "", "Physical", Kind.WORKSTATION),
    ],
)
def test_a_server_is_told_from_a_workstation(
    tmp_path: Path, system: str, case: str, vmsystem: str, kind: Kind
) -> None:
    one = document(chassis_type=case, vmsystem=vmsystem)
    one["content"]["operatingsystem"] = {"full_name": system}
    assert computer(tmp_path, one).observations[0].asset.kind is kind


def test_protection_is_unknown_where_programs_were_not_listed(tmp_path: Path) -> None:
    def has_edr(system: str, **content: Any) -> object:
        one = document()
        one["content"] |= {"operatingsystem": {"full_name": system}, **content}
        return computer(tmp_path, one).observations[0].asset.details.get("has_edr")

    office = [{"name": "Office"}]
    assert has_edr("Debian 12") is None
    assert has_edr("Debian 12", softwares=office) is False
    assert has_edr("Debian 12", softwares=[{"name": "HarfangLab Hurukai agent"}]) is True
    # The detection that is part of Windows leaves no trace among the programs.
    assert has_edr("Microsoft Windows Server 2022", softwares=office) is None
    other = [{"name": "Kaspersky"}]
    assert has_edr("Microsoft Windows Server 2022", softwares=office, antivirus=other) is False


def test_the_last_update_of_windows_and_the_domain_are_read(tmp_path: Path) -> None:
    one = document(workgroup="ch-ville.local")
    one["content"] |= {
        "operatingsystem": {"full_name": "Microsoft Windows Server 2022"},
        "softwares": [
            {"name": "Security Update (KB5031364)", "install_date": "2026-03-01"},
            {"name": "Mise à jour (KB5034770)", "install_date": "2026-05-12"},
            {"name": "Autre", "install_date": "2026-09-01"},
        ],
    }
    details = computer(tmp_path, one).observations[0].asset.details
    assert (details["patched_on"], details["is_domain_joined"]) == ("2026-05-12", True)
    assert details["is_virtual"] is True


def test_guests_and_databases_run_on_their_host(tmp_path: Path) -> None:
    one = document("HV1", vmsystem="Physical", chassis_type="Server")
    one["content"] |= {
        "virtualmachines": [
            {"name": "VM1", "uuid": "6A257FA0-FA76-4BF4-A3FB-67AEE79316BD", "vmtype": "hyperv"},
            {"name": "c", "vmtype": "docker"},
        ],
        "databases_services": [{"name": "PostgreSQL 15", "type": "postgresql", "version": "15.4"}],
    }
    inventory = computer(tmp_path, one)
    host, guest, store = (one.asset for one in inventory.observations)
    assert (guest.kind, guest.details["is_virtual"]) == (Kind.SERVER, True)
    assert guest.identifiers == ((IdentifierKind.UUID, "6a257fa0-fa76-4bf4-a3fb-67aee79316bd"),)
    assert (store.kind, store.name) == (Kind.STORE, "PostgreSQL 15 (HV1)")
    refs = [(one.source.ref, one.verb, one.target.ref) for one in inventory.links]
    assert refs == [
        ("document 1, machine 1", Verb.RUNS_ON, "document 1"),
        ("document 1, database 1", Verb.RUNS_ON, "document 1"),
    ]
    assert host.details["is_virtual"] is False


def test_old_and_partial_documents_are_read_for_what_they_say(tmp_path: Path) -> None:
    partial = {"deviceid": "PC-12-2026-01-02-03-04-05", "content": {"batteries": []}}
    odd = {"content": {"hardware": ["x"], "networks": "y", "softwares": 3, "bios": None}}
    printer = {
        "itemtype": "Printer",
        "content": {"network_device": {"type": "Printer", "ips": "10.0.0.9", "mac": None,
                                       "contact": "Mme Martin", "model": "LJ"}},
    }  # fmt: skip
    inventory = computer(tmp_path, partial, odd, printer)
    assert [one.asset.name for one in inventory.observations] == ["PC-12", "10.0.0.9"]
    assert inventory.observations[1].asset.details["role"] == "imprimante"
    assert "Martin" not in repr(inventory.observations)
    assert [one.row for one in inventory.report.of(Code.INVENTORY_NAMELESS)] == [2]


def test_the_latest_inventory_of_a_machine_comes_last(tmp_path: Path) -> None:
    late, early = document("B"), document("B")
    late["content"]["accesslog"] = {"logdate": "2026-05-02 10:00:00"}
    early["content"]["accesslog"] = {"logdate": "2026-05-01 10:00:00"}
    inventory = computer(tmp_path, late, early)
    assert [one.row for one in inventory.observations] == [2, 1]


def test_a_damaged_document_of_an_archive_leaves_the_others(tmp_path: Path) -> None:
    archive = make_zip(
        tmp_path / "a.zip",
        {
            "1.json": json.dumps(document("A")),
            "2.json": json.dumps(document("B"))[:-5],
            "3.json": '{"content": 3}',
            "4.json": "[" * 500 + "]" * 500,
            "5.zip": b"PK\x03\x04....",
        },
    )
    inventory = read_glpi(archive)
    assert [one.asset.name for one in inventory.observations] == ["A"]
    codes = {one.code for one in inventory.report.messages}
    assert codes == {
        Code.JSON_TRUNCATED, Code.INVENTORY_RECORD_DAMAGED, Code.JSON_TOO_DEEP, Code.ARCHIVE_NESTED,
    }  # fmt: skip


def test_an_unsafe_archive_and_too_many_machines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        read_glpi(make_zip(tmp_path / "a.zip", {"../../etc/x.json": "{}"}))
    assert caught.value.message.code is Code.ARCHIVE_UNSAFE_PATH
    bomb = make_zip(tmp_path / "b.zip", {"a.json": b"[" + b" " * 3_000_000 + b"]"})
    with pytest.raises(FileRefused) as caught:
        read_glpi(bomb)
    assert caught.value.message.code is Code.ARCHIVE_RATIO
    path = tmp_path / "c.json"
    path.write_text(json.dumps([document(f"S{at}") for at in range(4)]), encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_glpi(path, limits=InventoryLimits(most_assets=3))
    assert caught.value.message.code is Code.INVENTORY_TOO_LARGE
