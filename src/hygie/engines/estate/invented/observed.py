"""In which shapes do the tools of an establishment tell what they see, and how may they differ?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Discrepancy(StrEnum):
    """How what a tool sees differs from the map."""

    RENAMED = "renamed"  # another name: same serial number, same card
    NEW_CARD = "new_card"  # another hardware address: same serial number, same name
    MOVED = "moved"  # another address
    ADDRESS_TAKEN = "address_taken"  # bears the address that the map gives to another host
    NO_SERIAL = "no_serial"  # the firmware holds a maker's filling instead of a number
    REPLACED = "replaced"  # another machine under the same name: a map says one, there were two
    UNKNOWN = "unknown"  # not on the map
    IPV6_ONLY = "ipv6_only"  # answers on IPv6 alone, without name


@dataclass(frozen=True, slots=True)
class OpenPort:
    """A port that answered."""

    protocol: str
    number: int
    service: str


@dataclass(frozen=True, slots=True)
class ScannedHost:
    """A host as a scan sees it; `mac` is 12 digits or "" = seen through a router."""

    address: str
    mac: str
    hostname: str
    ports: tuple[OpenPort, ...]


@dataclass(frozen=True, slots=True)
class Inventories:
    """What tools say, and the truth.

    Attributes:
        computers: documents of GLPI agents, one a machine. equipment: those asked by SNMP.
        hosts: of a scan.
        truth: `deviceid` of a document, or address of a scanned host → key of the asset that it
            is; "" when the map does not have it.
        discrepancies: `deviceid` or address → how it differs; what is not there agrees.
    """

    computers: Sequence[Mapping[str, Any]]
    equipment: Sequence[Mapping[str, Any]]
    hosts: Sequence[ScannedHost]
    truth: Mapping[str, str]
    discrepancies: Mapping[str, Discrepancy]
