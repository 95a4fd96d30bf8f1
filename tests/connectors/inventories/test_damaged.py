"""Whatever is wrong in a file, a reader says so in its own words and never fails otherwise."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie.connectors.inventories.opening import read_inventory
from hygie.connectors.inventories.recognise import Recognised
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.messages import FileRefused
from hygie.engines.estate.vocabulary import AssetKind
from tests.connectors.inventories.test_glpi_xml import COMPUTER, SWITCH
from tests.connectors.inventories.test_links_and_interfaces import CHANNELS
from tests.connectors.inventories.test_machine_lists import GLPI, NETBOX
from tests.connectors.inventories.test_nmap import END, HEAD, IPV6_ONLY, NAMED

_SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_COMPUTER: dict[str, Any] = {
    "action": "inventory", "deviceid": "SRV-2025-01-02-03-04-05", "itemtype": "Computer",
    "content": {
        "accesslog": {"logdate": "2025-01-02 03:04:05"}, "versionclient": "GLPI-Agent_v1.11",
        "hardware": {"name": "SRV", "uuid": "4c4c4544-0034-3010-8048-b6c04f503732",
                     "vmsystem": "Physical", "chassis_type": "Rack", "vmhostserial": "AB12"},
        "bios": {"ssn": "CZJ123", "smanufacturer": "HP"},
        "operatingsystem": {"full_name": "Debian 12", "version": "12"},
        "networks": [{"mac": "e4:54:e8:11:22:33", "ipaddress": ["10.0.0.1"], "virtualdev": False}],
        "softwares": [{"name": "KB5003637", "install_date": "2025-01-01"}],
        "antivirus": [{"name": "x"}],
        "virtualmachines": [{"name": "VM", "uuid": "x", "mac": "a/b", "vmtype": "kvm"}],
        "databases_services": [{"name": "pg", "type": "postgresql", "version": "15"}],
    },
}  # fmt: skip
_SWITCH: dict[str, Any] = {
    "content": {
        "network_device": {"name": "SW", "type": "Networking", "ips": ["10.0.0.2"], "mac": "x"},
        "network_ports": [{"ifname": "1", "connections": [{"mac": ["e4:54:e8:11:22:33"]},
                          {"sysname": "tel", "sysdescr": "phone", "ip": "10.0.0.3"}]}],
        "firmwares": [{"name": "f", "version": "1"}],
    },
}  # fmt: skip
_BILL: dict[str, Any] = {
    "bomFormat": "CycloneDX", "specVersion": "1.6",
    "metadata": {"timestamp": "2025-01-02T03:04:05Z", "tools": {"components": [{"name": "t"}]},
                 "component": {"name": "A", "version": "1", "purl": "pkg:generic/a@1",
                               "supplier": {"name": "s"}, "components": [{"name": "c"}]}},
    "components": [{"name": "b", "type": "library", "components": [{"name": "d"}]}],
    "services": [{"name": "s"}], "vulnerabilities": [{}],
}  # fmt: skip
_MERCATOR: dict[str, Any] = {
    "applications": [{"id": 1, "name": "DPI", "rto": 240, "logical_servers": [1], "external": "x",
                      "security_need_a": 4, "description": "<p>x</p>"}],
    "logical_servers": [{"id": 1, "name": "SRV", "address_ip": "10.0.0.1", "active": 1,
                         "update_date": "2025-01-01"}],
}  # fmt: skip
_MAP: dict[str, Any] = {
    "format": "hygie-estate", "version": 1,
    "assets": [{"key": "A", "kind": "server", "name": "a", "details": {"os": "Debian"}},
               {"key": "B", "kind": "application", "name": "b"}],
    "links": [{"source": "B", "verb": "runs_on", "target": "A", "needed": 1}],
}  # fmt: skip
_JSON: dict[InventoryKind, Any] = {
    InventoryKind.GLPI: [_COMPUTER, _SWITCH], InventoryKind.CYCLONEDX: _BILL,
    InventoryKind.MERCATOR: _MERCATOR, InventoryKind.MAP: _MAP,
}  # fmt: skip
_BILL_XML = (
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><component><name>A</name>'
    "</component></metadata><components><component><name>b</name></component></components></bom>"
)
_CHANNELS = Recognised(InventoryKind.INTERFACES, is_channels=True)
_TEXTS: dict[str, tuple[Recognised, str]] = {
    "computer": (Recognised(InventoryKind.GLPI), COMPUTER.replace("ISO-8859-1", "UTF-8")),
    "switch": (Recognised(InventoryKind.GLPI), SWITCH),
    "scan": (Recognised(InventoryKind.NMAP), "\n".join((HEAD, IPV6_ONLY, NAMED, END))),
    "bill": (Recognised(InventoryKind.CYCLONEDX), _BILL_XML),
    "channels": (_CHANNELS, CHANNELS),
    "glpi": (Recognised(InventoryKind.WORKBOOK), GLPI),
    "netbox": (Recognised(InventoryKind.SHEET, AssetKind.SERVER), NETBOX),
    "links": (Recognised(InventoryKind.LINKS), "Source;Relation;Cible\nA;utilise;B\n"),
    "flows": (Recognised(InventoryKind.INTERFACES), "Source;Destination;Port\nA;B;6661\n"),
    **{f"json {kind}": (Recognised(kind), json.dumps(one)) for kind, one in _JSON.items()},
}
# What stands where something else is expected.
_ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, [], {}, "", [None], [[]], [{}], 0, -1, 10**40, 1e308, float("nan"), float("inf"),
     "\0", "é" * 400, {"name": []}, [1, "2"], "4294967296", "NaN", "\ud800"]
)  # fmt: skip


def _read(path: Path, told: Recognised | None) -> Inventory | None:
    try:
        return read_inventory(path, told=told)
    except FileRefused as refused:
        assert refused.message.code and refused.message.file
        return None


def _changed(value: Any, draw: Callable[[Any], Any]) -> Any:
    """The value with some of its parts replaced, whatever their type, or removed."""
    if draw(st.integers(0, 11)) == 0:
        return draw(_ODD)
    if isinstance(value, dict):
        kept = [name for name in value if draw(st.integers(0, 15))]
        return {name: _changed(value[name], draw) for name in kept}
    return [_changed(one, draw) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", list(_JSON))
@_SETTINGS
@given(data=st.data())
def test_a_value_of_another_type_is_passed_over(
    tmp_path: Path, kind: InventoryKind, data: st.DataObject
) -> None:
    changed = _changed(_JSON[kind], data.draw)
    path = tmp_path / "a.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    for told in (None, Recognised(kind)):
        inventory = _read(path, told)
        for one in inventory.observations if inventory else ():
            assert one.asset.name and len(one.asset.name) <= 200


@pytest.mark.parametrize("name", list(_TEXTS))
@_SETTINGS
@given(data=st.data())
def test_a_file_cut_or_with_bytes_changed_is_read_or_refused(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    told, text = _TEXTS[name]
    content = bytearray(text.encode())
    for _time in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    first = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(first, len(content)))
    path = tmp_path / "a"
    path.write_bytes(bytes(content[:first] + content[end:]) or b" ")
    _read(path, None)
    _read(path, told)


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "utf-32", "shift_jis", "hex", ""])
def test_an_encoding_that_nobody_knows_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.xml"
    for told, text in (_TEXTS["scan"], _TEXTS["switch"], _TEXTS["bill"], _TEXTS["channels"]):
        body = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{body}', encoding="utf-8")
        assert _read(path, told) is None


@pytest.mark.parametrize("name", list(_TEXTS))
def test_a_file_of_another_kind_is_refused_by_each_reader_or_gives_nothing_wrong(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "a"
    path.write_text(_TEXTS[name][1], encoding="utf-8")
    for told, _text in _TEXTS.values():
        _read(path, told)
