"""What does one inventory of a computer say of it, its guests and its databases?"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from hygie.connectors.inventories.assets import details_of, fitted
from hygie.connectors.inventories.canonical import canonical, identifiers_of, named_apart
from hygie.connectors.inventories.loose import (
    Record,
    day_of,
    flag_at,
    instant_of,
    record_of,
    records_of,
    text_at,
)
from hygie.connectors.inventories.machines import has_edr, kind_of_machine
from hygie.connectors.inventories.types import Observation, ObservedLink, Reference
from hygie.connectors.message_codes import MessageCode
from hygie.engines.estate.types import AssetRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Verb

Pair = tuple[IdentifierKind, str]
_INSTALLED = re.compile(r"-\d{4}(?:-\d{2}){5}$")
_UPDATE = re.compile(r"\bKB\d{6,8}\b")
_CONTAINERS = frozenset(
    {"docker", "podman", "lxc", "lxd", "openvz", "jail", "wsl", "systemd-nspawn"}
)
_NOT_JOINED = frozenset({"workgroup", "groupe de travail", "mshome"})
_LOCAL_INTERFACES = frozenset({"loopback", "bridge", "dialup"})


class Note(Protocol):
    """Counts what is said once for a whole file."""

    def __call__(self, code: MessageCode) -> None:
        """Count one more."""


@dataclass(frozen=True, slots=True)
class GlpiDocument:
    """One document: its content, its type and its agent as stated, its rank and its file."""

    content: Record
    itemtype: str
    deviceid: str
    rank: int
    where: str
    note: Note

    @property
    def ref(self) -> str:
        """Name of the machine within the file."""
        return f"document {self.rank}"

    @property
    def agent_name(self) -> str:
        """The name that an agent had when it was installed: its number is made from it."""
        return _INSTALLED.sub("", self.deviceid)

    @property
    def is_device(self) -> bool:
        """Whether it was asked from afar (SNMP), and not written by an agent."""
        return bool(record_of(self.content.get("network_device")))

    @property
    def seen_on(self) -> dt.datetime | None:
        """When the inventory was made."""
        return instant_of(text_at(record_of(self.content.get("accesslog")), "logdate"))


@dataclass(slots=True)
class GlpiFinding:
    """What one document gives."""

    observations: list[Observation] = field(default_factory=list)
    links: list[ObservedLink] = field(default_factory=list)


def read_computer(document: GlpiDocument) -> GlpiFinding:
    """Read the inventory of a computer, whole or partial.

    Args:
        document: decoded.

    Returns:
        The computer first, then its guests and its databases with their links; nothing when
        nothing names it.
    """
    content = document.content
    hardware, bios = record_of(content.get("hardware")), record_of(content.get("bios"))
    system = record_of(content.get("operatingsystem"))
    found = list(_identifiers(content, hardware, bios, system))
    identifiers = identifiers_of(found)
    names = (text_at(hardware, "name"), text_at(system, "fqdn"), document.agent_name)
    name = named_apart(names, identifiers)
    if not name:
        return GlpiFinding()
    _count_placeholders(found, document.note)
    system_name = text_at(system, "full_name", "name") or text_at(hardware, "osname")
    is_virtual = _is_virtual(hardware)
    if document.itemtype == "Phone":
        kind, is_guess = AssetKind.WORKSTATION, True
    else:
        case = text_at(hardware, "chassis_type") or text_at(bios, "type")
        kind, is_guess = kind_of_machine(system_name, case, is_virtual=is_virtual)
    details: dict[str, Value | None] = {
        "vendor": text_at(bios, "smanufacturer", "mmanufacturer"),
        "model": text_at(bios, "smodel", "mmodel"),
        "os": system_name,
        "os_version": text_at(system, "version", "kernel_version")
        or text_at(hardware, "osversion"),
        "patched_on": _patched_on(content),
        "has_edr": _has_edr(content, system_name),
        "is_virtual": is_virtual,
        "is_domain_joined": _is_joined(hardware, system_name),
    }
    asset = AssetRecord(
        key="",
        kind=kind,
        name=fitted("name", name),
        identifiers=identifiers,
        details=details_of(kind, details),
    )
    machine = Observation(
        asset,
        document.ref,
        row=document.rank,
        where=document.where,
        seen_on=document.seen_on,
        is_kind_guessed=is_guess,
    )
    finding = GlpiFinding([machine])
    _host_of(document, hardware, finding)
    _guests(document, finding)
    _databases(document, name, finding)
    return finding


def _identifiers(content: Record, hardware: Record, bios: Record, system: Record) -> Iterator[Pair]:
    yield IdentifierKind.SERIAL, text_at(bios, "ssn") or text_at(bios, "enclosureserial")
    yield IdentifierKind.UUID, text_at(hardware, "uuid")
    yield IdentifierKind.HOSTNAME, text_at(hardware, "name")
    yield IdentifierKind.HOSTNAME, text_at(system, "fqdn")
    for interface in records_of(content.get("networks")):
        if flag_at(interface, "virtualdev") or text_at(interface, "type") in _LOCAL_INTERFACES:
            continue
        yield IdentifierKind.MAC, text_at(interface, "mac", "macaddr")
        for key in ("ipaddress", "ipaddress6"):
            value = interface.get(key)
            addresses = value if isinstance(value, list) else [value]
            for address in addresses:
                if isinstance(address, str):
                    yield IdentifierKind.ADDRESS, address


def _count_placeholders(found: Iterable[Pair], note: Note) -> None:
    for kind, text in found:
        is_number = kind in {IdentifierKind.SERIAL, IdentifierKind.UUID}
        if is_number and text and not canonical(kind, text):
            note(MessageCode.INVENTORY_PLACEHOLDERS)


def _is_virtual(hardware: Record) -> bool | None:
    said = text_at(hardware, "vmsystem").lower()
    return None if not said else said != "physical"


def _is_joined(hardware: Record, system: str) -> bool | None:
    group = text_at(hardware, "workgroup").lower()
    if group in _NOT_JOINED:
        return False
    return True if "." in group and "windows" in system.lower() else None


def _has_edr(content: Record, system: str) -> bool | None:
    """Known only where the programs were listed: an absent list tells nothing."""
    programs = [text_at(one, "name") for one in records_of(content.get("softwares"))]
    protections = [text_at(one, "name") for one in records_of(content.get("antivirus"))]
    return has_edr(
        [name for name in programs if name], protections, is_windows="windows" in system.lower()
    )


def _patched_on(content: Record) -> str:
    """The day of the last update of Windows; other systems list programs, not updates."""
    days = (
        day_of(text_at(one, "install_date", "installdate"))
        for one in records_of(content.get("softwares"))
        if _UPDATE.search(text_at(one, "name"))
    )
    return max(days, default="")


def _host_of(document: GlpiDocument, hardware: Record, finding: GlpiFinding) -> None:
    """The serial number of the host, where the guest knows it."""
    serial = canonical(IdentifierKind.SERIAL, text_at(hardware, "vmhostserial"))
    if serial:
        finding.links.append(
            ObservedLink(
                Reference(ref=document.ref),
                Verb.RUNS_ON,
                Reference(
                    kinds=(AssetKind.SERVER,), identifiers=((IdentifierKind.SERIAL, serial),)
                ),
                row=document.rank,
                where=document.where,
            )
        )


def _guests(document: GlpiDocument, finding: GlpiFinding) -> None:
    for number, guest in enumerate(records_of(document.content.get("virtualmachines")), start=1):
        kinds = f"{text_at(guest, 'vmtype')} {text_at(guest, 'subsystem')}".lower().split()
        if text_at(guest, "image") or _CONTAINERS & set(kinds):
            document.note(MessageCode.INVENTORY_CONTAINERS)
            continue
        name = text_at(guest, "name")
        if not name:
            continue
        system = text_at(record_of(guest.get("operatingsystem")), "full_name", "name")
        kind, is_guess = kind_of_machine(system, "", is_virtual=True)
        pairs = [
            (IdentifierKind.SERIAL, text_at(guest, "serial")),
            (IdentifierKind.UUID, text_at(guest, "uuid")),
            *((IdentifierKind.MAC, mac) for mac in text_at(guest, "mac").split("/")),
            (IdentifierKind.ADDRESS, text_at(guest, "ipaddress", "ip")),
        ]
        details: dict[str, Value | None] = {"os": system, "is_virtual": True}
        ref = f"{document.ref}, machine {number}"
        asset = AssetRecord(
            key="",
            kind=kind,
            name=fitted("name", name),
            identifiers=identifiers_of(pairs),
            details=details_of(kind, details),
        )
        finding.observations.append(
            Observation(
                asset,
                ref,
                row=document.rank,
                where=document.where,
                seen_on=document.seen_on,
                is_kind_guessed=is_guess,
            )
        )
        finding.links.append(
            ObservedLink(
                Reference(ref=ref),
                Verb.RUNS_ON,
                Reference(ref=document.ref),
                row=document.rank,
                where=document.where,
            )
        )


def _databases(document: GlpiDocument, host: str, finding: GlpiFinding) -> None:
    """Database servers, one store each; their size and last backup are another capability's."""
    content = document.content
    servers = content.get("databases_services") or content.get("databases_servers")
    for number, server in enumerate(records_of(servers), start=1):
        kind = AssetKind.STORE
        name = text_at(server, "name", "type")
        if not name:
            continue
        details: dict[str, Value | None] = {
            "technology": text_at(server, "type") or name,
            "vendor": text_at(server, "manufacturer"),
            "version": text_at(server, "version"),
        }
        ref = f"{document.ref}, database {number}"
        asset = AssetRecord(
            key="",
            kind=kind,
            name=fitted("name", f"{name} ({host})"),
            details=details_of(kind, details),
        )
        finding.observations.append(
            Observation(
                asset, ref, row=document.rank, where=document.where, seen_on=document.seen_on
            )
        )
        finding.links.append(
            ObservedLink(
                Reference(ref=ref),
                Verb.RUNS_ON,
                Reference(ref=document.ref),
                row=document.rank,
                where=document.where,
            )
        )
