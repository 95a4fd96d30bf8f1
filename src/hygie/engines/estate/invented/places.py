"""Where does an establishment stand: sites, network zones, lines, switches and firewalls?"""

from hygie.engines.estate.invented.house import NETWORK, House
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.invented.words import OPERATORS, POLES, SITE_NAMES, STREETS, TEAMS
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Verb

# Code, name, exposure, smallest size, whether hosts are filtered from one another inside.
ZONES = (
    ("srv-app", "Serveurs applicatifs", "internal", 0, False),
    ("srv-infra", "Serveurs d'infrastructure", "internal", 0, False),
    ("sauvegarde", "Sauvegardes", "backup", 0, False),
    ("dmz", "Relais exposés", "dmz", 0, True),
    ("administration", "Administration", "administration", 0, False),
    ("biomed-soins", "Biomédical de soins", "biomedical", 0, False),
    ("biomed-imagerie", "Biomédical d'imagerie", "biomedical", 0, False),
    ("biomed-labo", "Biomédical de laboratoire", "biomedical", 0, False),
    ("biomed-bloc", "Biomédical de bloc", "biomedical", 0, False),
    ("srv-bdd", "Serveurs de bases de données", "internal", 1, True),
    ("invites", "Wi-Fi des patients et visiteurs", "guests", 1, True),
    ("telephonie", "Téléphonie", "internal", 1, False),
    ("gtb", "Gestion technique du bâtiment", "internal", 1, False),
    ("srv-recherche", "Serveurs de recherche", "internal", 2, False),
    ("srv-imagerie", "Serveurs d'imagerie", "internal", 2, True),
)


def make_sites(house: House) -> None:
    """Sites, the rooms where servers stand among them."""
    book = house.book
    for at in range(house.plan.sites):
        name = house.name if house.plan.sites == 1 else f"{SITE_NAMES[at]} – {house.town}"
        key = book.add(
            AssetKind.SITE,
            name,
            organisation=house.organisation,
            details={
                "address": f"{book.rng.randint(1, 90)} {book.pick(STREETS)}",
                "town": house.town,
                "power_backup_h": (72, 48, 24, 8, 24, 4)[at],
            },
        )
        house.sites.append(key)
    house.rooms = [house.sites[0], house.sites[4]] if house.plan.rank == 2 else [house.sites[0]]


def make_lines(house: House) -> None:
    """Internet accesses, and lines to the group: two by two operators, one of each at a clinic."""
    count = min(2, house.plan.rank + 1)
    for at in range(count):
        if house.shared:
            name = f"Liaison du groupe {house.town} ({at + 1})"
            house.line_to_group.append(_line(house, name, house.rooms[0], at, is_internet=False))
        key = _line(
            house, f"Accès Internet {at + 1}", house.rooms[at % len(house.rooms)], at,
            is_internet=True,
        )  # fmt: skip
        if count == 1:
            house.book.kept.add(key)


def _line(house: House, name: str, site: str, operator: int, *, is_internet: bool) -> str:
    return house.book.add(
        AssetKind.LINE,
        name,
        organisation=house.organisation,
        technical_owner=TEAMS["network"],
        site=site,
        details={
            "operator": OPERATORS[operator % len(OPERATORS)],
            "bandwidth_mbps": house.book.pick((200, 500, 1_000, 2_000)),
            "is_internet": is_internet,
        },
    )


def make_network(house: House) -> None:
    """Core, firewalls, and the switches that lead each site to the core."""
    pair = 2 if house.plan.rank else 1
    for at in range(pair):
        house.core.append(
            network(house, f"cœur {at + 1}", "cœur", house.rooms[at % len(house.rooms)])
        )
    if pair == 2:
        house.book.plant(Planted(Fault.REDUNDANT, tuple(house.core)))
    for place, site in enumerate(house.sites):
        count = 2 if house.plan.rank and place < 2 else 1
        found = [
            network(house, f"distribution {place + 1}.{at + 1}", "distribution", site)
            for at in range(count)
        ]
        house.distribution[site] = found
        if site in house.rooms:
            above = house.core
        else:
            lines = 2 if place == 1 and house.plan.rank == 2 else 1
            above = [
                _line(house, f"Liaison {house.book.assets[site].name} ({at + 1})", site, at,
                      is_internet=False)
                for at in range(lines)
            ]  # fmt: skip
            for line in above:
                house.book.tie_any(line, Verb.CONNECTED_BY, house.core, 1, "cœur")
        for switch in found:
            house.book.tie_any(switch, Verb.CONNECTED_BY, above, 1, "raccordement")


def network(house: House, name: str, role: str, site: str) -> str:
    """A piece of network equipment, with its address of administration."""
    book = house.book
    zone = house.zones["administration"]
    maker = book.pick(house.makers[:2])
    return book.add(
        AssetKind.NETWORK,
        f"res-{name.replace(' ', '-')}",
        organisation=house.organisation,
        technical_owner=TEAMS["network"],
        site=site,
        supplier=maker,
        identifiers=(
            (IdentifierKind.SERIAL, book.serial("RN")),
            (IdentifierKind.MAC, book.mac(NETWORK)),
            (IdentifierKind.ADDRESS, book.address(house.networks[zone])),
        ),
        details={
            "vendor": book.assets[maker].name,
            "model": f"N{book.pick((2900, 3800, 5400))}",
            "role": role,
            "firmware": f"{book.rng.randint(9, 17)}.{book.rng.randint(1, 9)}",
        },
    )


def make_zones(house: House) -> None:
    """Zones of servers, of devices, of workstations; the latter by site and pole."""
    for code, name, exposure, rank, filtered in ZONES:
        if rank <= house.plan.rank:
            house.zones[code] = _zone(house, name, exposure, filtered and house.plan.rank == 2)
    for short, whole in (("srv-bdd", "srv-app"), ("srv-imagerie", "srv-app"),
                         ("srv-recherche", "srv-app"), ("gtb", "srv-infra"),
                         ("telephonie", "srv-infra")):  # fmt: skip
        house.zones.setdefault(short, house.zones[whole])
    left = house.plan.zones - len(set(house.zones.values()))
    for at in range(left):
        site = house.sites[at % len(house.sites) if at < len(house.sites) else _skewed(house)]
        name = f"Postes {POLES[at % len(POLES)]}"
        house.users.setdefault(site, []).append(_zone(house, name, "internal", at % 5 == 4))


def _skewed(house: House) -> int:
    return int(house.book.rng.random() ** 2 * len(house.sites))


def _zone(house: House, name: str, exposure: str, filtered: bool) -> str:
    network = house.book.network()
    key = house.book.add(
        AssetKind.ZONE,
        f"{name} – {house.town}",
        organisation=house.organisation,
        technical_owner=TEAMS["network"],
        details={
            "network": network,
            "vlan": 100 + len(house.networks),
            "exposure": exposure,
            "is_filtered_inside": filtered,
        },
    )
    house.networks[key] = network
    return key


def make_firewalls(house: House) -> None:
    """Firewalls between the zones; alone at a clinic."""
    count = 2 if house.plan.rank else 1
    walls = [
        network(house, f"pare-feu {at + 1}", "pare-feu", house.rooms[at % len(house.rooms)])
        for at in range(count)
    ]
    servers = [house.zones[code] for code in ("srv-app", "srv-infra", "dmz", "sauvegarde")]
    for zone in servers:
        house.book.tie_any(zone, Verb.CONNECTED_BY, walls, 1, "pare-feu")
    house.switches["firewalls"] = walls
    if count == 2:
        house.book.plant(Planted(Fault.REDUNDANT, tuple(walls)))
