"""What does a scan make known of one host?"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.canonical import (
    address_of,
    cpe_of,
    hostname_of,
    identifiers_of,
    mac_of,
)
from hygie.connectors.inventories.machines import kind_of_machine
from hygie.connectors.inventories.roles import PRINTER, RADIO, TELEPHONE
from hygie.connectors.inventories.types import Observation, Service
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind

# Below these, in percent, the guess of a system is not worth keeping.
_LEAST_FOR_KIND, _LEAST_FOR_NAME = 85, 95
_OPEN, _MAYBE_OPEN = "open", "open|filtered"
_ANSWERS = frozenset({_OPEN, "closed", "unfiltered"})
_ABSENT = frozenset({"down", "unknown", "skipped"})
_PRESUMED = "user-set"
# Where a name comes from, when a service says it.
_SERVICE = "service"
_MOST_ADDRESSES = 2
_PROTOCOLS = ("tcp", "udp", "sctp")
_VIRTUAL = re.compile(r"vmware|qemu|xensource|hyper-v|virtualbox|parallels|nutanix", re.I)
_PRINTER_PORTS = frozenset({515, 631, 9100})
_DICOM_PORTS = frozenset({104, 2761, 2762, 11112})
_SESSION_PORTS = frozenset({22, 139, 445, 3389, 5985})
_SERVER_PORTS = frozenset(
    {25, 53, 80, 88, 110, 143, 389, 443, 636, 993, 1433, 1521, 2049, 2575, 3128, 3306, 5432, 6661,
     8080, 8443, 27017}
)  # fmt: skip
# Types of nmap-os-db → kind and role.
_TYPES: dict[str, tuple[AssetKind, str]] = {
    "printer": (AssetKind.NETWORK, PRINTER),
    "print server": (AssetKind.NETWORK, PRINTER),
    "router": (AssetKind.NETWORK, "routeur"),
    "broadband router": (AssetKind.NETWORK, "routeur"),
    "switch": (AssetKind.NETWORK, "commutateur"),
    "hub": (AssetKind.NETWORK, "commutateur"),
    "bridge": (AssetKind.NETWORK, "commutateur"),
    "firewall": (AssetKind.NETWORK, "pare-feu"),
    "load balancer": (AssetKind.NETWORK, "répartiteur"),
    "wap": (AssetKind.NETWORK, RADIO),
    "voip phone": (AssetKind.NETWORK, TELEPHONE),
    "voip adapter": (AssetKind.NETWORK, TELEPHONE),
    "pbx": (AssetKind.NETWORK, "autocommutateur"),
    "webcam": (AssetKind.NETWORK, "vidéo"),
    "power-device": (AssetKind.NETWORK, "alimentation"),
    "storage-misc": (AssetKind.STORE, ""),
    "remote management": (AssetKind.SERVER, ""),
    "phone": (AssetKind.WORKSTATION, ""),
    "pda": (AssetKind.WORKSTATION, ""),
}


@dataclass(slots=True)
class FoundPort:
    """A port as the scan tells it."""

    protocol: str
    number: str
    state: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    cpes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FoundHost:
    """A host, while it is being read."""

    rank: int
    seen_on: dt.datetime | None
    state: str = ""
    # Nobody looked whether it is there: it was told to be.
    is_presumed: bool = False
    # A port answered, open or closed.
    has_answered: bool = False
    addresses: list[str] = field(default_factory=list)
    mac: str = ""
    maker: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)
    ports: dict[tuple[str, int], Service] = field(default_factory=dict)
    system: str = ""
    accuracy: int = 0
    device_type: str = ""
    type_accuracy: int = 0

    @property
    def key(self) -> str:
        """What one host has alone in a scan: its first address, else that of its card."""
        return self.addresses[0] if self.addresses else self.mac

    @property
    def is_there(self) -> bool:
        """Whether something answered; a list of targets, or `-Pn`, tells of hosts unseen."""
        if self.is_presumed:
            return self.has_answered or bool(self.mac)
        return self.state not in _ABSENT

    def add_state(self, attributes: Mapping[str, str]) -> None:
        """Note whether it answered."""
        self.state = attributes.get("state", "")
        self.is_presumed = attributes.get("reason") == _PRESUMED

    def add_others(self, attributes: Mapping[str, str]) -> None:
        """Note ports that are told together, by their state."""
        self.has_answered = self.has_answered or attributes.get("state") in _ANSWERS

    def add_address(self, attributes: Mapping[str, str]) -> None:
        """Note an address of any type."""
        if attributes.get("addrtype") == "mac":
            self.mac = self.mac or mac_of(attributes.get("addr", ""))
            self.maker = self.maker or attributes.get("vendor", "")
            return
        address = address_of(attributes.get("addr", ""))
        if address and address not in self.addresses:
            self.addresses.append(address)

    def add_match(self, attributes: Mapping[str, str]) -> None:
        """Note a guess of the system; the likeliest stands."""
        accuracy = _percent(attributes)
        if accuracy > self.accuracy:
            self.accuracy, self.system = accuracy, attributes.get("name", "")

    def add_class(self, attributes: Mapping[str, str]) -> None:
        """Note a guess of the type; the likeliest stands."""
        accuracy = _percent(attributes)
        if accuracy > self.type_accuracy:
            self.type_accuracy, self.device_type = accuracy, attributes.get("type", "").lower()

    def add_port(self, port: FoundPort) -> None:
        """Note what listens, when something does."""
        # Scanners that tell nothing but open ports may leave out that they are.
        state = port.state or (_OPEN if port.told else "")
        self.has_answered = self.has_answered or state in _ANSWERS
        number = int(port.number) if port.number.isdigit() and len(port.number) < 6 else -1
        if state not in {_OPEN, _MAYBE_OPEN} or not 0 <= number <= 65_535:
            return
        if port.protocol not in _PROTOCOLS:
            return
        told = port.told
        self.ports[port.protocol, number] = Service(
            port.protocol,
            number,
            name=told.get("name", "")[:80],
            product=told.get("product", "")[:200],
            version=told.get("version", "")[:80],
            cpes=tuple(sorted({cpe_of(one) for one in port.cpes} - {""})),
            is_certain=state == _OPEN,
        )
        if told.get("hostname"):
            self.names.append((_SERVICE, told["hostname"]))

    def absorb(self, other: "FoundHost") -> None:
        """Take what another telling of the same host adds."""
        self.has_answered = self.has_answered or other.has_answered
        self.addresses += [one for one in other.addresses if one not in self.addresses]
        self.mac, self.maker = self.mac or other.mac, self.maker or other.maker
        self.names += other.names
        self.ports.update(other.ports)
        self.seen_on = max(filter(None, (self.seen_on, other.seen_on)), default=None)
        if other.accuracy > self.accuracy:
            self.system, self.accuracy = other.system, other.accuracy
        if other.type_accuracy > self.type_accuracy:
            self.device_type, self.type_accuracy = other.device_type, other.type_accuracy


def shared_names(hosts: Iterable[FoundHost]) -> frozenset[str]:
    """Names that several hosts of a scan bear, and that tell none of them from the others.

    Args:
        hosts: all of the scan.

    Returns:
        Canonical host names: of a service, borne by two hosts (what stands before them says its
        own); of the DNS, borne by three (one name for a whole range; two may be one machine with
        two addresses).
    """
    told: Counter[str] = Counter()
    by_service: Counter[str] = Counter()
    for host in hosts:
        names = {(kind == _SERVICE, hostname_of(name)) for kind, name in host.names}
        told.update({name for _is_service, name in names} - {""})
        by_service.update({name for is_service, name in names if is_service} - {""})
    return frozenset(
        name
        for name, count in told.items()
        if count > _MOST_ADDRESSES or (count > 1 and by_service[name] == count)
    )


def observation_of(host: FoundHost, scanned_on: dt.datetime | None) -> Observation:
    """Turn a host into an observation.

    Args:
        host: wholly read.
        scanned_on: when the scan began, for a host that does not tell its own time.

    Returns:
        Its name is the one of the DNS, else the one given to the scanner, else its address.
    """
    names = [name for _type, name in sorted(host.names, key=_rank_of_name) if hostname_of(name)]
    kind, role = _kind(host)
    system = host.system if host.accuracy >= _LEAST_FOR_NAME else ""
    is_virtual = True if _VIRTUAL.search(host.maker) else None
    is_device = kind in {AssetKind.NETWORK, AssetKind.DEVICE}
    details: dict[str, Value | None] = {
        "os": system,
        "role": role,
        "is_virtual": is_virtual,
        # The maker of a card is that of the whole only where the card is soldered in.
        "vendor": host.maker if is_device else "",
    }
    pairs = [
        (IdentifierKind.MAC, host.mac),
        *((IdentifierKind.ADDRESS, one) for one in host.addresses),
        *((IdentifierKind.HOSTNAME, name) for name in names),
    ]
    asset = AssetRecord(
        key="",
        kind=kind,
        name=fitted("name", names[0] if names else host.key),
        identifiers=identifiers_of(pairs),
        details=details_of(kind, details),
    )
    return Observation(
        asset,
        f"host {host.key}",
        row=host.rank,
        seen_on=host.seen_on or scanned_on,
        is_kind_guessed=True,
        services=tuple(host.ports[key] for key in sorted(host.ports)),
    )


def _rank_of_name(named: tuple[str, str]) -> int:
    return {"PTR": 0, "user": 1}.get(named[0], 2)


def _kind(host: FoundHost) -> tuple[AssetKind, str]:
    """By its type as nmap guesses it, else by what listens on it."""
    if host.type_accuracy >= _LEAST_FOR_KIND and host.device_type in _TYPES:
        return _TYPES[host.device_type]
    if host.accuracy >= _LEAST_FOR_KIND and host.system:
        return kind_of_machine(host.system, "", is_virtual=None)[0], ""
    ports = {number for (_protocol, number), one in host.ports.items() if one.is_certain}
    has_session = bool(ports & _SESSION_PORTS)
    if ports & _PRINTER_PORTS and not has_session:
        return AssetKind.NETWORK, PRINTER
    if ports & _DICOM_PORTS and not ports & _SERVER_PORTS:
        return AssetKind.DEVICE, ""
    if ports and ports <= {80, 443, 5060, 5061} and ports & {5060, 5061}:
        return AssetKind.NETWORK, TELEPHONE
    if ports & _SERVER_PORTS or (ports and not has_session):
        return AssetKind.SERVER, ""
    return AssetKind.WORKSTATION, ""


def _percent(attributes: Mapping[str, str]) -> int:
    text = attributes.get("accuracy", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
