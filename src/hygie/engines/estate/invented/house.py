"""What has been drawn up so far for one establishment, and how does one of its hosts look?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hygie.engines.estate.invented.draft import Book
from hygie.engines.estate.invented.products import SERVER_SYSTEMS, System
from hygie.engines.estate.invented.types import Plan
from hygie.engines.estate.invented.words import TEAMS, firm_name, product_name
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Verb

VIRTUAL, PHYSICAL, STATION, DEVICE, NETWORK = "005056", "3c5a10", "7c8b20", "88d1f4", "9c2e76"
"""First digits of hardware addresses, by sort of host."""


@dataclass(slots=True)
class House:
    """One establishment being drawn up: keys of what it has, by what they are for.

    Attributes:
        rooms: the sites where servers stand. zones: by code. users: zones of workstations, by site.
        networks: addresses of each zone. distribution: switches of each site that lead to the core.
        apps: by role. servers_of: by application. clusters: by name. backups: by what they keep,
            from the nearest copy to the farthest. devices: by modality. groups: of workstations, by
            activity. support: the establishment of its group that it leans on. shared: applications
            of that one, by role.
    """

    book: Book
    plan: Plan
    organisation: str
    name: str
    town: str
    domain: str
    support: "House | None" = None
    shared: dict[str, str] = field(default_factory=dict)
    sites: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    users: dict[str, list[str]] = field(default_factory=dict)
    networks: dict[str, str] = field(default_factory=dict)
    core: list[str] = field(default_factory=list)
    distribution: dict[str, list[str]] = field(default_factory=dict)
    switches: dict[str, list[str]] = field(default_factory=dict)
    suppliers: list[str] = field(default_factory=list)
    makers: list[str] = field(default_factory=list)
    clusters: dict[str, str] = field(default_factory=dict)
    identity: str = ""
    controllers: list[str] = field(default_factory=list)
    backup_identity: str = ""
    backups: dict[str, list[str]] = field(default_factory=dict)
    backup_servers: list[str] = field(default_factory=list)
    apps: dict[str, str] = field(default_factory=dict)
    departmental: list[str] = field(default_factory=list)
    servers_of: dict[str, list[str]] = field(default_factory=dict)
    servers: list[str] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    devices: dict[str, list[str]] = field(default_factory=dict)
    care: dict[str, str] = field(default_factory=dict)
    line_to_group: list[str] = field(default_factory=list)

    def site(self, place: int) -> str:
        """The site of a place of the catalogue; the main one when there are fewer."""
        return self.sites[place if place < len(self.sites) else 0]

    def product(self) -> str:
        """A product's name that nothing bears yet."""
        name = product_name(self.book.rng, self.book.names)
        self.book.names.add(name)
        return name

    def firm(self) -> str:
        """A firm's name that nothing bears yet."""
        name = firm_name(self.book.rng, self.book.names)
        self.book.names.add(name)
        return name

    def server(
        self,
        name: str,
        zone: str,
        role: str,
        *,
        cluster: str = "",
        room: int = 0,
        team: str = "systems",
    ) -> str:
        """A server: on a cluster, or a machine of its own in one of the rooms."""
        book = self.book
        system = system_of(book, SERVER_SYSTEMS)
        number = len(self.servers) + 1
        hostname = f"srv-{name}-{number:03d}"
        site = book.assets[cluster].site if cluster else self.rooms[room % len(self.rooms)]
        maker = VIRTUAL if cluster else PHYSICAL
        identifiers = [
            (IdentifierKind.HOSTNAME, f"{hostname}.{self.domain}"),
            (IdentifierKind.MAC, book.mac(maker)),
            (IdentifierKind.ADDRESS, book.address(self.networks[self.zones[zone]])),
        ]
        identifiers.append(
            (IdentifierKind.UUID, uuid_of(book))
            if cluster
            else (IdentifierKind.SERIAL, book.serial("PV"))
        )
        key = book.add(
            AssetKind.SERVER,
            hostname,
            organisation=self.organisation,
            technical_owner=TEAMS[team],
            site=site,
            zone=self.zones[zone],
            identifiers=tuple(identifiers),
            details={
                **system_details(book, system, edr=0.86),
                "role": role,
                "is_virtual": bool(cluster),
                "is_domain_joined": system.os.startswith("Windows") or book.chance(0.3),
            },
        )
        if cluster:
            book.tie(key, Verb.RUNS_ON, cluster)
        else:
            book.tie_any(key, Verb.CONNECTED_BY, self.core, 1, "cœur")
        self.servers.append(key)
        return key


def system_of(book: Book, systems: Sequence[System]) -> System:
    """One of the systems, as often as it is met."""
    at = book.rng.random() * sum(system.weight for system in systems)
    for system in systems:
        at -= system.weight
        if at < 0:
            return system
    return systems[-1]


def system_details(book: Book, system: System, *, edr: float) -> dict[str, Value | None]:
    """What is known of a host's system; `edr` = share of hosts that are watched."""
    is_supported = system.end_of_support >= book.as_of.isoformat()
    return {
        "os": system.os,
        "os_version": system.version or None,
        "end_of_support": system.end_of_support or None,
        "patched_on": book.day_before(24 if is_supported else 500),
        "has_edr": book.chance(edr if is_supported else edr / 2),
    }


def uuid_of(book: Book) -> str:
    """An identifier of a virtual machine."""
    digits = f"{book.rng.getrandbits(128):032x}"
    return "-".join(
        (digits[:8], digits[8:12], f"4{digits[13:16]}", f"a{digits[17:20]}", digits[20:])
    )
