"""What does an invented estate come with: its map, and what was planted in it on purpose?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hygie.engines.estate.types import EstateMap


class Size(StrEnum):
    """How large an establishment is."""

    CLINIC = "clinic"  # about 50 applications, 400 hosts
    HOSPITAL = "hospital"  # about 250 applications, 3,000 hosts
    CHU = "chu"  # 1,000 applications, 12,000 hosts


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of each an establishment has.

    Attributes:
        rank: 0 clinic, 1 hospital, 2 CHU: what starts at a larger size is left out.
        servers: physical and virtual, the nodes of clusters included.
        devices: types of medical device, one asset each.
        share: of the figures of care given for a CHU (patients, beds, units).
    """

    rank: int
    applications: int
    servers: int
    workstations: int
    devices: int
    zones: int
    suppliers: int
    interfaces: int
    sites: int
    share: float


PLANS = {
    Size.CLINIC: Plan(0, 50, 60, 340, 26, 12, 22, 18, 1, 0.06),
    Size.HOSPITAL: Plan(1, 250, 350, 2_650, 100, 26, 85, 130, 3, 0.28),
    Size.CHU: Plan(2, 1_000, 1_500, 10_500, 300, 48, 220, 420, 6, 1.0),
}


@dataclass(frozen=True, slots=True)
class Member:
    """An establishment of a group.

    Attributes:
        organisation: its FINESS number. name, town: as people say them.
    """

    organisation: str
    name: str
    town: str
    size: Size = Size.CLINIC


class Fault(StrEnum):
    """What is planted, well or badly done."""

    SINGLE_POINT = "single_point"  # its loss alone stops care
    REDUNDANT = "redundant"  # the loss of any one of them alone stops none
    CYCLE = "cycle"  # each needs the next, the last the first
    FLAT = "flat"  # zones between which nothing is filtered
    EXPOSED_BACKUP = "exposed_backup"  # online, alterable, on the identity that it must restore
    LEGACY = "legacy"  # hosts whose system is no longer supported
    PERMANENT_ACCESS = "permanent_access"  # a supplier's, open day and night, without MFA
    UNUSED = "unused"  # an application that nobody says to use


@dataclass(frozen=True, slots=True)
class Planted:
    """Something that must be found.

    Attributes:
        keys: of the assets at fault, or well done.
        victims: of the care activities that the loss of the first key stops, at least.
    """

    fault: Fault
    keys: tuple[str, ...]
    victims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented estate, and what must be found in it."""

    estate: EstateMap
    planted: Sequence[Planted]

    def of(self, fault: Fault) -> list[Planted]:
        """What was planted of one sort."""
        return [one for one in self.planted if one.fault == fault]
