"""Inventories in XML are read as those in JSON; what is said for others is no machine."""

import json
from pathlib import Path

import pytest

from hygie.connectors.inventories.glpi import read_glpi
from hygie.connectors.inventories.limits import InventoryLimits
from hygie.connectors.inventories.recognise import recognise
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind as Id
from hygie.engines.estate.vocabulary import Verb
from tests.connectors.archives import make_zip

COMPUTER = """<?xml version="1.0" encoding="ISO-8859-1"?>
<REQUEST><DEVICEID>PC-ACCUEIL-2025-03-04-05-06-07</DEVICEID><QUERY>INVENTORY</QUERY><CONTENT>
<ACCESSLOG><LOGDATE>2025-03-04 05:06:07</LOGDATE><USERID>jdupont</USERID></ACCESSLOG>
<BIOS><SMANUFACTURER>Dell Inc.</SMANUFACTURER><SSN>5KX9QN2</SSN><TYPE>Desktop</TYPE></BIOS>
<HARDWARE><NAME>PC-ACCUEIL</NAME><OSNAME>Microsoft Windows 10 Professionnel</OSNAME>
<OSVERSION>10.0.19042</OSVERSION><USERID>jdupont</USERID><WORKGROUP>ch.local</WORKGROUP></HARDWARE>
<NETWORKS><MACADDR>00:00:00:00:00:00</MACADDR><TYPE>loopback</TYPE></NETWORKS>
<NETWORKS><MACADDR>E4:54:E8:11:22:33</MACADDR><IPADDRESS>10.2.3.4</IPADDRESS></NETWORKS>
<SOFTWARES><NAME>KB5003637</NAME><INSTALLDATE>09/06/2024</INSTALLDATE></SOFTWARES>
<SOFTWARES><NAME>Logiciel d'étage</NAME></SOFTWARES>
</CONTENT></REQUEST>"""
SWITCH = """<?xml version="1.0" encoding="UTF-8"?>
<REQUEST><CONTENT><DEVICE>
<FIRMWARES><NAME>5130 EI</NAME><VERSION>7.1.070</VERSION></FIRMWARES>
<INFO><IPS><IP>10.2.7.32</IP></IPS><LOCATION>Local B2</LOCATION><MAC>dc:68:0c:00:00:ae</MAC>
<NAME>SW-B2</NAME><SERIAL>CX15GXXX06</SERIAL><TYPE>NETWORKING</TYPE></INFO>
<PORTS><PORT><IFNAME>1/0/1</IFNAME><CONNECTIONS><CONNECTION><MAC>e4:54:e8:11:22:33</MAC>
<MAC>e4:54:e8:11:22:34</MAC></CONNECTION></CONNECTIONS></PORT>
<PORT><IFNAME>1/0/2</IFNAME><CONNECTIONS><CDP>1</CDP><CONNECTION><IP>10.1.1.7</IP>
<SYSNAME>SEP00AA11BB22CC</SYSNAME><SYSDESCR>Cisco IP Phone</SYSDESCR></CONNECTION></CONNECTIONS>
</PORT></PORTS></DEVICE><MODULEVERSION>6.1</MODULEVERSION></CONTENT>
<DEVICEID>srv-glpi-2025-05-11-14-34-10</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>"""
END = """<REQUEST><CONTENT><AGENT><END>1</END></AGENT></CONTENT>
<DEVICEID>srv-glpi-2025-05-11-14-34-10</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>"""


def xml(tmp_path: Path, text: str, encoding: str = "utf-8") -> Inventory:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding=encoding)
    assert recognise(path).kind is InventoryKind.GLPI
    return read_glpi(path)


def test_a_computer_in_xml_is_read_as_one_in_json(tmp_path: Path) -> None:
    inventory = xml(tmp_path, COMPUTER, "latin-1")
    (one,) = inventory.observations
    assert (one.asset.kind, one.asset.name, one.is_kind_guessed) == (
        Kind.WORKSTATION, "PC-ACCUEIL", False,
    )  # fmt: skip
    assert one.asset.identifiers == (
        (Id.SERIAL, "5KX9QN2"), (Id.MAC, "e454e8112233"), (Id.HOSTNAME, "pc-accueil"),
        (Id.ADDRESS, "10.2.3.4"),
    )  # fmt: skip
    assert one.asset.details == {
        "vendor": "Dell Inc.", "os": "Microsoft Windows 10 Professionnel",
        "os_version": "10.0.19042", "patched_on": "2024-06-09", "is_domain_joined": True,
    }  # fmt: skip
    assert one.seen_on is not None and one.seen_on.day == 4
    assert "dupont" not in repr(inventory.observations)


def test_a_switch_in_xml_tells_what_is_plugged_into_it(tmp_path: Path) -> None:
    inventory = xml(tmp_path, SWITCH)
    switch, phone = inventory.observations
    assert (switch.asset.name, switch.asset.description) == ("SW-B2", "Local B2")
    assert switch.asset.details == {"model": "5130 EI", "firmware": "7.1.070"}
    assert (Id.ADDRESS, "10.2.7.32") in switch.asset.identifiers
    assert phone.asset.details["role"] == "téléphone"
    assert [one.verb for one in inventory.links] == [Verb.CONNECTED_BY] * 3


def test_control_characters_and_blank_lines_at_the_beginning_are_passed_over(
    tmp_path: Path,
) -> None:
    text = "\n \r\n" + SWITCH.replace("Local B2", "Local\x00 \x1b\x08B2")
    switch = xml(tmp_path, text).observations[0].asset
    assert (switch.name, switch.description) == ("SW-B2", "Local B2")
    path = tmp_path / "wide.xml"
    path.write_text(SWITCH, encoding="utf-16")
    assert read_glpi(path).observations[0].asset == xml(tmp_path, SWITCH).observations[0].asset


def test_each_device_of_a_discovery_bears_its_own_name_and_not_that_of_its_model(
    tmp_path: Path,
) -> None:
    device = (
        "<DEVICE><DESCRIPTION>SG200-26 Smart Switch</DESCRIPTION><IP>10.0.0.{0}</IP>"
        "<DNSHOSTNAME>10.0.0.{0}</DNSHOSTNAME>{1}<TYPE>NETWORKING</TYPE></DEVICE>"
    )
    devices = device.format(1, "<SNMPHOSTNAME>sw-1</SNMPHOSTNAME>") + device.format(2, "")
    text = (
        f"<REQUEST><CONTENT>{devices}</CONTENT><DEVICEID>x-2025-05-11-14-34-10</DEVICEID>"
        "<QUERY>NETDISCOVERY</QUERY></REQUEST>"
    )
    inventory = xml(tmp_path, text)
    assert [one.asset.name for one in inventory.observations] == ["sw-1", "10.0.0.2"]
    assert inventory.counts == {Kind.NETWORK: 2}


def test_an_agent_that_asked_others_is_not_taken_for_a_machine(tmp_path: Path) -> None:
    inventory = xml(tmp_path, END)
    assert not inventory.observations and list(inventory.report.of(Code.INVENTORY_EMPTY))
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"action": "netdiscovery", "deviceid": "srv", "content": {}}))
    assert not read_glpi(path).observations


def test_an_archive_holds_both_forms_and_other_files_are_said(tmp_path: Path) -> None:
    inventory = read_glpi(
        make_zip(tmp_path / "a.zip", {"sw.xml": SWITCH, "page.xml": "<a/>", "cut.xml": SWITCH[:90]})
    )
    assert [one.where for one in inventory.observations] == ["sw.xml", "sw.xml"]
    assert [one.params for one in inventory.report.of(Code.INVENTORY_FILE_IGNORED)] == [
        {"member": "page.xml"}
    ]
    assert list(inventory.report.of(Code.FILE_DAMAGED))


def test_xml_that_is_no_inventory_or_too_long_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<project><name>x</name></project>", encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        read_glpi(path)
    assert refused.value.message.code is Code.INVENTORY_NOT_KNOWN
    path.write_text(SWITCH, encoding="utf-8")
    inventory = read_glpi(path, limits=InventoryLimits(record_bytes=100))
    assert not inventory.observations and list(inventory.report.of(Code.INVENTORY_RECORD_LONG))


def test_machines_named_localhost_are_told_apart_or_left_out(tmp_path: Path) -> None:
    def machine(name: str, serial: str) -> dict[str, object]:
        hardware = {"name": name}
        return {
            "itemtype": "Computer", "deviceid": "localhost-2025-01-02-03-04-05",
            "content": {"hardware": hardware, "bios": {"ssn": serial}},
        }  # fmt: skip

    path = tmp_path / "a.json"
    told = [("localhost", "CZC123"), ("localhost.localdomain", "CZC124"), ("localhost", "N/A")]
    path.write_text(json.dumps([machine(*one) for one in told]), encoding="utf-8")
    inventory = read_glpi(path)
    assert [one.asset.name for one in inventory.observations] == [
        "localhost (CZC123)", "localhost.localdomain (CZC124)",
    ]  # fmt: skip
    assert [one.row for one in inventory.report.of(Code.INVENTORY_NAMELESS)] == [3]


def test_a_guest_is_identified_by_the_serial_number_that_its_host_knows(tmp_path: Path) -> None:
    guest = {"name": "dpi-1", "vmtype": "VMware", "serial": "VMware-56 4d 0a 11"}
    content = {"hardware": {"name": "esx-1"}, "virtualmachines": [guest]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"itemtype": "Computer", "content": content}), "utf-8")
    found = read_glpi(path).observations[1].asset
    assert found.identifiers == ((Id.SERIAL, "VMWARE-56 4D 0A 11"),)


def test_devices_that_kept_the_name_of_their_maker_are_told_apart(tmp_path: Path) -> None:
    devices = [
        {"content": {"network_device": {"name": "Switch", "type": "Networking", "serial": serial}}}
        for serial in ("FOC1", "FOC2")
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(devices), "utf-8")
    assert [one.asset.name for one in read_glpi(path).observations] == [
        "Switch (FOC1)", "Switch (FOC2)",
    ]  # fmt: skip


def test_every_card_of_a_printer_identifies_it(tmp_path: Path) -> None:
    device = {"name": "IMP-1", "type": "Printer", "mac": "00:85:eb:f4:be:20", "ips": ["10.0.0.5"]}
    ports = [{"mac": "00:87:eb:f2:be:31", "ips": ["10.0.0.6"]}, {"ifname": "lo"}]
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"content": {"network_device": device, "network_ports": ports}}), "utf-8"
    )
    (one,) = read_glpi(path).observations
    assert one.asset.identifiers == (
        (Id.MAC, "0085ebf4be20"), (Id.MAC, "0087ebf2be31"), (Id.HOSTNAME, "imp-1"),
        (Id.ADDRESS, "10.0.0.5"), (Id.ADDRESS, "10.0.0.6"),
    )  # fmt: skip
