"""What does one inventory of a switch, a printer or a telephone say of it and of what it sees?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.canonical import (
    canonical,
    hostname_of,
    identifiers_of,
    mac_of,
    named_apart,
)
from hygie.connectors.inventories.glpi_machines import GlpiDocument, GlpiFinding, Pair
from hygie.connectors.inventories.limits import INVENTORY_LIMITS
from hygie.connectors.inventories.loose import Record, record_of, records_of, text_at, texts_at
from hygie.connectors.inventories.roles import PRINTER, RADIO, TELEPHONE
from hygie.connectors.inventories.types import Observation, ObservedLink, Reference
from hygie.connectors.message_codes import MessageCode
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Verb

# The map has no noun for a printer or a telephone: it is equipment of the network, by its role.
_TYPES: dict[str, tuple[AssetKind, str, bool]] = {
    "networking": (AssetKind.NETWORK, "", False),
    "networkequipment": (AssetKind.NETWORK, "", False),
    "printer": (AssetKind.NETWORK, PRINTER, False),
    "phone": (AssetKind.NETWORK, TELEPHONE, False),
    "storage": (AssetKind.STORE, "", False),
    "computer": (AssetKind.SERVER, "", True),
    "video": (AssetKind.NETWORK, "vidéo", False),
    "kvm": (AssetKind.NETWORK, "KVM", False),
    "power": (AssetKind.NETWORK, "alimentation", False),
}
_TELEPHONE = re.compile(r"phone|\bSPA\d{3}|yealink|polycom|aastra|mitel|myic|8018|8028", re.I)
_RADIO = re.compile(r"access point|\bAP[-\d]|aironet|aruba AP|unifi|borne", re.I)
_PRINTER = re.compile(r"printer|laserjet|officejet|imprimante|jetdirect|lexmark|ricoh", re.I)


def read_device(document: GlpiDocument) -> GlpiFinding:
    """Read the inventory of equipment asked over the network.

    Args:
        document: decoded.

    Returns:
        The equipment first; then what says its name on a port (LLDP, CDP), and links from what is
        plugged into a port to the equipment. Nothing when nothing names it.
    """
    device = record_of(document.content.get("network_device"))
    stated = _TYPES.get(document.itemtype.lower()) or _TYPES.get(text_at(device, "type").lower())
    kind, role, is_guess = stated or (AssetKind.NETWORK, "", True)
    identifiers = identifiers_of(_identifiers(document, device, kind, role))
    name = _name(device, identifiers)
    if not name:
        return GlpiFinding()
    firmware = next(iter(records_of(document.content.get("firmwares"))), {})
    details: dict[str, Value | None] = {
        "vendor": text_at(device, "manufacturer"),
        "model": text_at(device, "model") or text_at(firmware, "name"),
        "role": role,
        "firmware": text_at(device, "firmware") or text_at(firmware, "version"),
    }
    asset = AssetRecord(
        key="",
        kind=kind,
        name=fitted("name", name),
        description=fitted("description", text_at(device, "location")),
        identifiers=identifiers,
        details=details_of(kind, details),
    )
    finding = GlpiFinding(
        [
            Observation(
                asset,
                document.ref,
                row=document.rank,
                where=document.where,
                seen_on=document.seen_on,
                is_kind_guessed=is_guess,
            )
        ]
    )
    if kind is AssetKind.NETWORK and not role:
        _ports(document, finding)
    return finding


def _name(device: Record, identifiers: Sequence[Pair]) -> str:
    """What it calls itself, else its address; all of one model share their description."""
    hosts = [text_at(device, one) for one in ("snmphostname", "netbiosname", "dnshostname")]
    return (
        named_apart((text_at(device, "name"), *filter(hostname_of, hosts)), identifiers)
        or next(iter(_addresses(device)), "")
        or text_at(device, "serial", "mac", "description")
    )


def _addresses(record: Record) -> list[str]:
    return [*texts_at(record, "ips"), *texts_at(record, "ip")]


def _identifiers(
    document: GlpiDocument, device: Record, kind: AssetKind, role: str
) -> Iterator[Pair]:
    yield IdentifierKind.SERIAL, text_at(device, "serial")
    for name in ("name", "snmphostname", "dnshostname"):
        yield IdentifierKind.HOSTNAME, text_at(device, name)
    told = [device]
    # The cards of a printer are few and its own; a switch has one address a port.
    if kind is not AssetKind.NETWORK or role:
        told += records_of(document.content.get("network_ports"))
    for record in told:
        for mac in texts_at(record, "mac"):
            yield IdentifierKind.MAC, mac
        for address in _addresses(record):
            yield IdentifierKind.ADDRESS, address


def _ports(document: GlpiDocument, finding: GlpiFinding) -> None:
    """Who is behind each port: named neighbours, else addresses where there are few."""
    ports = [
        (text_at(port, "ifname", "ifdescr"), list(records_of(port.get("connections"))))
        for port in records_of(document.content.get("network_ports"))
    ]
    names = Counter(text_at(one, "sysname") for _port, connections in ports for one in connections)
    for port, connections in ports:
        named = [one for one in connections if text_at(one, "sysname")]
        if named:
            for one in named:
                is_alone = names[text_at(one, "sysname")] == 1
                _neighbour(document, finding, port, one, is_alone=is_alone)
            continue
        macs = sorted(
            {
                canonical(IdentifierKind.MAC, mac)
                for one in connections
                for mac in (*texts_at(one, "mac"), *texts_at(one, "sysmac"))
            }
            - {""}
        )
        if len(macs) > INVENTORY_LIMITS.uplink:
            document.note(MessageCode.INVENTORY_UPLINKS)
            continue
        for mac in macs:
            plugged = Reference(identifiers=((IdentifierKind.MAC, mac),))
            finding.links.append(_plugged(document, plugged, port))


def _neighbour(
    document: GlpiDocument, finding: GlpiFinding, port: str, one: Record, *, is_alone: bool
) -> None:
    """Something that says its name on a port; several of a model say the same."""
    name, mac = text_at(one, "sysname"), mac_of(text_at(one, "sysmac", "mac"))
    said = " ".join((name, text_at(one, "model"), text_at(one, "sysdescr")))
    role = next(
        (
            role
            for pattern, role in ((_TELEPHONE, TELEPHONE), (_RADIO, RADIO), (_PRINTER, PRINTER))
            if pattern.search(said)
        ),
        "",
    )
    pairs: list[Pair] = [
        (IdentifierKind.MAC, mac),
        (IdentifierKind.ADDRESS, text_at(one, "ip")),
    ]
    if is_alone and hostname_of(name):
        pairs.append((IdentifierKind.HOSTNAME, name))
    shown = name if is_alone or not mac else f"{name} ({mac[-6:]})"
    kind = AssetKind.NETWORK
    details: dict[str, Value | None] = {"model": text_at(one, "model"), "role": role}
    ref = f"{document.ref}, port {port}, {mac or name}"
    finding.observations.append(
        Observation(
            AssetRecord(
                key="",
                kind=kind,
                name=fitted("name", shown),
                identifiers=identifiers_of(pairs),
                details=details_of(kind, details),
            ),
            ref,
            row=document.rank,
            where=document.where,
            seen_on=document.seen_on,
            is_kind_guessed=True,
        )
    )
    # Between two switches nothing tells which one feeds the other.
    if role:
        finding.links.append(_plugged(document, Reference(ref=ref), port))


def _plugged(document: GlpiDocument, source: Reference, port: str) -> ObservedLink:
    return ObservedLink(
        source,
        Verb.CONNECTED_BY,
        Reference(ref=document.ref),
        details={"port": fitted("detail", port)} if port else {},
        row=document.rank,
        where=document.where,
    )
