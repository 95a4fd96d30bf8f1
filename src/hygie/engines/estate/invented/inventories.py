"""What would the tools of an establishment say of its map, and where would they disagree with it?

Documents in the shapes of others (GLPI inventory, nmap), as plain data: writing files is the work
of connectors. With them, the truth: which document is which asset of the map.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hygie.engines.estate.invented.glpi_documents import (
    computer_document,
    equipment_document,
    identity_of,
)
from hygie.engines.estate.invented.observed import (
    Discrepancy,
    Inventories,
    OpenPort,
    ScannedHost,
)
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind, Status

_PLACEHOLDER = "To be filled by O.E.M."
_PORTS = {
    AssetKind.SERVER: (("tcp", 443, "https"), ("tcp", 3389, "ms-wbt-server"), ("udp", 161, "snmp")),
    AssetKind.WORKSTATION: (("tcp", 445, "microsoft-ds"), ("tcp", 135, "msrpc")),
    AssetKind.DEVICE: (("tcp", 104, "acr-nema"), ("tcp", 80, "http")),
    AssetKind.NETWORK: (("tcp", 22, "ssh"), ("udp", 161, "snmp")),
}


_OF_AGENTS = (
    Discrepancy.RENAMED, Discrepancy.NEW_CARD, Discrepancy.MOVED, Discrepancy.ADDRESS_TAKEN,
    Discrepancy.NO_SERIAL, Discrepancy.REPLACED,
)  # fmt: skip


def invented_inventories(
    estate: EstateMap,
    seed: int,
    as_of: dt.date,
    *,
    share: float = 0.9,
    disagreeing: float = 0.04,
    unknown: int = 5,
    most: int = 20_000,
) -> Inventories:
    """See a map through its tools.

    Args:
        estate: the map; what is in use and has identifiers is seen.
        seed: of everything that is drawn. as_of: the day on which the tools look.
        share: 0 … 1 of hosts that have an agent, and that answer a scan.
        disagreeing: 0 … 1 of documents that differ from the map.
        unknown: hosts that only the tools know, as many by agent as by scan.
        most: hosts looked at, at most.

    Returns:
        Documents by the order of the map, unknown ones last.
    """
    look = _Look(Random(seed), as_of, {}, {})  # noqa: S311  # invention, not secrecy
    seen = [
        asset
        for asset in estate.assets
        if asset.status == Status.IN_USE and asset.kind in _PORTS and asset.identifiers
    ][:most]
    agents = [
        asset
        for asset in seen
        if asset.kind in {AssetKind.SERVER, AssetKind.WORKSTATION} and look.chance(share)
    ]
    computers = [
        look.computer(asset, look.another(at, agents), disagreeing)
        for at, asset in enumerate(agents)
    ]
    computers += [look.stranger(number) for number in range(unknown)]
    equipment = [
        look.equipment(asset)
        for asset in seen
        if asset.kind == AssetKind.NETWORK and look.chance(share)
    ]
    hosts = [look.scan(asset, disagreeing) for asset in seen if look.chance(share)]
    hosts += [look.unknown_host(number) for number in range(unknown)]
    hosts = [host for host in hosts if host.address]
    return Inventories(computers, equipment, hosts, look.truth, look.discrepancies)


@dataclass(slots=True)
class _Look:
    """One look of the tools at a map."""

    rng: Random
    as_of: dt.date
    truth: dict[str, str]
    discrepancies: dict[str, Discrepancy]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def another(self, at: int, hosts: Sequence[AssetRecord]) -> AssetRecord:
        """Another host than that of a position, whenever there is one."""
        return hosts[(at + self.rng.randrange(1, max(2, len(hosts)))) % len(hosts)]

    def computer(
        self, asset: AssetRecord, other: AssetRecord, disagreeing: float
    ) -> dict[str, Any]:
        """The document of an agent on a host of the map; the other one may lose its address."""
        facts = identity_of(asset)
        differs = self.rng.choice(_OF_AGENTS) if self.chance(disagreeing) else None
        has_serial = bool(facts["serial"])
        if differs in {Discrepancy.RENAMED, Discrepancy.NEW_CARD, Discrepancy.REPLACED} and not (
            has_serial and facts["mac"]
        ):
            differs = None
        if differs:
            self._spoil(facts, differs, other)
        document = self._document(asset, facts)
        if differs:
            self.discrepancies[document["deviceid"]] = differs
        self.truth[document["deviceid"]] = "" if differs == Discrepancy.REPLACED else asset.key
        return document

    def _spoil(self, facts: dict[str, str], differs: Discrepancy, other: AssetRecord) -> None:
        if differs == Discrepancy.RENAMED:
            facts["name"] = f"nouveau-{facts['name']}"
        elif differs == Discrepancy.NEW_CARD:
            facts["mac"] = self._mac()
        elif differs == Discrepancy.MOVED:
            facts["address"] = self._address()
        elif differs == Discrepancy.ADDRESS_TAKEN:
            facts["address"] = identity_of(other)["address"] or self._address()
        elif differs == Discrepancy.NO_SERIAL:
            facts["serial"] = _PLACEHOLDER
        else:
            facts |= {"serial": self._serial(), "mac": self._mac(), "uuid": "",
                      "address": self._address()}  # fmt: skip

    def stranger(self, number: int) -> dict[str, Any]:
        """The document of a machine that is not on the map."""
        asset = AssetRecord(
            "", AssetKind.WORKSTATION, f"inconnu-{number + 1:02d}",
            details={"os": "Windows", "os_version": "11 24H2", "vendor": "Assemblé"},
        )  # fmt: skip
        facts = {"name": asset.name, "domain": "", "serial": self._serial(), "uuid": "",
                 "mac": self._mac(), "address": self._address()}  # fmt: skip
        document = self._document(asset, facts)
        self.truth[document["deviceid"]] = ""
        self.discrepancies[document["deviceid"]] = Discrepancy.UNKNOWN
        return document

    def _document(self, asset: AssetRecord, facts: Mapping[str, str]) -> dict[str, Any]:
        day = self.as_of - dt.timedelta(days=self.rng.randrange(6))
        when = dt.datetime.combine(day, dt.time(self.rng.randrange(6, 20)))
        document = computer_document(asset, facts, when, self._programs(asset))
        document["deviceid"] += f"-{asset.key or 'x'}"
        return document

    def _programs(self, asset: AssetRecord) -> list[dict[str, str]]:
        """What is installed: a browser, and the last update of Windows."""
        programs = [{"name": "Navigateur Ombrelle", "version": "128.3", "publisher": "Ombrelle"}]
        patched_on = asset.details.get("patched_on")
        if patched_on and str(asset.details.get("os", "")).startswith("Windows"):
            number = 5_000_000 + self.rng.randrange(90_000)
            programs.append({"name": f"KB{number}", "install_date": str(patched_on)})
        return programs

    def equipment(self, asset: AssetRecord) -> dict[str, Any]:
        """The document of a piece of equipment asked by SNMP."""
        document = equipment_document(asset, identity_of(asset), self.as_of)
        self.truth[document["deviceid"]] = asset.key
        return document

    def scan(self, asset: AssetRecord, disagreeing: float) -> ScannedHost:
        """A host of the map that answers a scan; names are seldom told."""
        facts = identity_of(asset)
        address, name = facts["address"], facts["name"] if self.chance(0.6) else ""
        mac = facts["mac"] if self.chance(0.5) else ""
        if facts["mac"] and self.chance(disagreeing / 2):
            address, name, mac = self._address_v6(), "", facts["mac"]
            self.discrepancies[address] = Discrepancy.IPV6_ONLY
        if address:
            self.truth[address] = asset.key
        if name and facts["domain"]:
            name = f"{name}.{facts['domain']}"
        return ScannedHost(address, mac, name, self._open_ports(asset.kind))

    def unknown_host(self, number: int) -> ScannedHost:
        """A host that is not on the map."""
        address = f"10.250.0.{number % 250 + 1}"
        self.truth[address] = ""
        self.discrepancies[address] = Discrepancy.UNKNOWN
        return ScannedHost(address, self._mac(), "", self._open_ports(AssetKind.NETWORK))

    def _open_ports(self, kind: AssetKind) -> tuple[OpenPort, ...]:
        found = [OpenPort(*port) for port in _PORTS[kind] if self.chance(0.7)]
        if kind == AssetKind.SERVER and self.chance(0.1):
            found += [OpenPort("tcp", 53, "domain"), OpenPort("udp", 53, "domain")]
        return tuple(found)

    def _mac(self) -> str:
        return f"e4a7c1{self.rng.getrandbits(24):06x}"

    def _serial(self) -> str:
        return f"NV{self.rng.randrange(16**9):09X}"

    def _address(self) -> str:
        parts = self.rng.randrange(200, 240), self.rng.randrange(256), self.rng.randrange(1, 255)
        return "10." + ".".join(map(str, parts))

    def _address_v6(self) -> str:
        return f"fd42::{len(self.truth) + 1:x}"
