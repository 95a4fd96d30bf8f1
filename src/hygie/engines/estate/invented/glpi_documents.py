"""How does an agent of GLPI, or one that asks by SNMP, tell a host?

The shape is that of github.com/glpi-project/inventory_format; no person's name is ever written.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind

_AGENT = "GLPI-Agent_v1.11"
_ANTIVIRUS = "Valsentinelle"


def identity_of(asset: AssetRecord) -> dict[str, str]:
    """First identifier of each kind, "" = none; the host's name without its domain, the domain."""
    found: dict[IdentifierKind, str] = {}
    for kind, value in asset.identifiers:
        found.setdefault(kind, value)
    name, _, domain = found.get(IdentifierKind.HOSTNAME, asset.name).partition(".")
    return {
        "name": name,
        "domain": domain,
        "serial": found.get(IdentifierKind.SERIAL, ""),
        "uuid": found.get(IdentifierKind.UUID, ""),
        "mac": found.get(IdentifierKind.MAC, ""),
        "address": found.get(IdentifierKind.ADDRESS, ""),
    }


def computer_document(
    asset: AssetRecord,
    facts: Mapping[str, str],
    when: dt.datetime,
    programs: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """Write the inventory of a computer.

    Args:
        asset: whose details are told. facts: its identity, as `identity_of` gives it.
        when: the agent looked. programs: what is installed.

    Returns:
        A document; what is not known is left out.
    """
    details = asset.details
    os, version = str(details.get("os", "")), str(details.get("os_version", ""))
    is_virtual = details.get("is_virtual") is True
    name, domain = facts["name"], facts["domain"]
    content: dict[str, Any] = {
        "accesslog": {"logdate": f"{when:%Y-%m-%d %H:%M:%S}"},
        "versionclient": _AGENT,
        "hardware": {
            "name": name,
            "uuid": facts["uuid"],
            "vmsystem": "VMware" if is_virtual else "Physical",
            "chassis_type": _case(asset, is_virtual=is_virtual),
            "workgroup": domain if details.get("is_domain_joined") else "WORKGROUP",
        },
        "bios": {
            "smanufacturer": "VMware, Inc." if is_virtual else details.get("vendor", ""),
            "smodel": "VMware Virtual Platform" if is_virtual else details.get("model", ""),
            "ssn": facts["serial"],
        },
        "operatingsystem": {
            "name": os,
            "full_name": _full_name(os, version, asset.kind),
            "version": version,
            "arch": "64-bit",
            "fqdn": f"{name}.{domain}" if domain else name,
        },
        "networks": [_LOOPBACK, _card(facts)],
        "softwares": [dict(program) for program in programs],
    }
    if details.get("has_edr"):
        content["antivirus"] = [{"name": _ANTIVIRUS, "enabled": True, "version": "7.2"}]
    return {
        "action": "inventory",
        "itemtype": "Computer",
        "deviceid": f"{name}-{when:%Y-%m-%d-%H-%M-%S}",
        "content": {key: _filled(value) for key, value in content.items()},
    }


def equipment_document(
    asset: AssetRecord, facts: Mapping[str, str], when: dt.date
) -> dict[str, Any]:
    """Write the inventory of a piece of network equipment; arguments as `computer_document`."""
    details = asset.details
    device = {
        "type": "Networking",
        "name": asset.name,
        "serial": facts["serial"],
        "mac": _colons(facts["mac"]),
        "ips": [facts["address"]] if facts["address"] else [],
        "manufacturer": details.get("vendor", ""),
        "model": details.get("model", ""),
        "firmware": details.get("firmware", ""),
    }
    return {
        "action": "netinventory",
        "itemtype": "NetworkEquipment",
        "deviceid": f"{asset.name}-{when.isoformat()}-{asset.key}",
        "content": {"versionclient": _AGENT, "network_device": _filled(device)},
    }


_LOOPBACK = {
    "description": "lo", "type": "loopback", "status": "up", "virtualdev": True,
    "mac": "00:00:00:00:00:00", "ipaddress": "127.0.0.1",
}  # fmt: skip


def _card(facts: Mapping[str, str]) -> dict[str, Any]:
    card = {"description": "Ethernet0", "type": "ethernet", "status": "up", "virtualdev": False,
            "mac": _colons(facts["mac"]), "ipaddress": facts["address"]}  # fmt: skip
    return {key: value for key, value in card.items() if value != ""}


def _case(asset: AssetRecord, *, is_virtual: bool) -> str:
    if asset.kind == AssetKind.SERVER:
        return "Other" if is_virtual else "Rack Mount Chassis"
    return "Laptop" if "Portable" in str(asset.details.get("model", "")) else "Desktop"


def _full_name(os: str, version: str, kind: AssetKind) -> str:
    edition = " Pro" if os == "Windows" and kind == AssetKind.WORKSTATION else ""
    maker = "Microsoft " if os.startswith("Windows") else ""
    return f"{maker}{os} {version.split(' ')[0]}{edition}".strip()


def _colons(mac: str) -> str:
    return ":".join(mac[at : at + 2] for at in range(0, len(mac), 2))


def _filled(value: Any) -> Any:
    """Without what an agent leaves out for lack of an answer."""
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one not in ("", [])}
    return value
