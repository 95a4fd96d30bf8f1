"""On what does everything run: clusters, storage arrays, directory, backups?"""

from math import ceil

from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.invented.words import TEAMS
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

H, D = 60, 1440

# Name, nodes of a clinic, a hospital, a CHU; zone of the nodes; storage arrays; room.
_CLUSTERS = (
    ("production A", (3, 6, 14), 2, 0),
    ("production B", (0, 0, 14), 2, 1),
    ("imagerie", (0, 3, 6), 1, 0),
    ("laboratoire", (0, 0, 4), 2, 1),
    ("bases de données A", (0, 2, 4), 2, 0),
    ("bases de données B", (0, 0, 4), 2, 1),
    ("bureaux virtuels", (0, 0, 10), 2, 1),
    ("recherche", (0, 0, 8), 1, 1),
    ("relais", (0, 0, 3), 2, 0),
)


def make_clusters(house: House) -> None:
    """Clusters, their nodes, any of which may be lost, and their arrays."""
    for name, nodes, arrays, room in _CLUSTERS:
        count = nodes[house.plan.rank]
        if count:
            _cluster(house, name, count, arrays if house.plan.rank else 1, room)


def _cluster(house: House, name: str, count: int, arrays: int, room: int) -> None:
    book, site = house.book, house.rooms[room % len(house.rooms)]
    key = book.add(
        AssetKind.CLUSTER,
        f"Grappe {name} – {house.town}",
        organisation=house.organisation,
        technical_owner=TEAMS["systems"],
        site=site,
        supplier=house.makers[2],
        details={"technology": "base de données" if "bases" in name else "virtualisation"},
    )
    short = name.split()[0][:4] + name[-1].lower()
    nodes = [
        house.server(f"hv-{short}", "srv-infra", "hyperviseur", room=room) for _ in range(count)
    ]
    needed = count - max(1, count // 4)
    book.tie_any(key, Verb.MADE_OF, nodes, needed, "nœuds")
    book.plant(Planted(Fault.REDUNDANT, tuple(nodes)))
    stores = [_array(house, f"Baie {name} {at + 1}", site) for at in range(arrays)]
    book.tie_any(key, Verb.STORES_ON, stores, 1, "baies")
    book.kept.update({key, *stores})
    house.clusters[name] = key


def _array(house: House, name: str, site: str) -> str:
    return house.book.add(
        AssetKind.STORE,
        f"{name} – {house.town}",
        organisation=house.organisation,
        technical_owner=TEAMS["systems"],
        site=site,
        supplier=house.makers[2],
        details={
            "technology": "baie de stockage",
            "vendor": house.book.assets[house.makers[2]].name,
            "capacity_gb": house.book.pick((40_000, 120_000, 400_000)),
        },
    )


def make_identity(house: House) -> None:
    """The directory, on controllers of which one suffices; some outside the clusters at a CHU."""
    book, rank = house.book, house.plan.rank
    hosts = [house.clusters["production A"], house.clusters.get("production B", "")]
    for at in range((2, 3, 6)[rank]):
        cluster = hosts[at % 2] if rank == 2 and at < 4 else "" if rank == 2 else hosts[0]
        house.controllers.append(
            house.server("ad", "srv-infra", "contrôleur de domaine", cluster=cluster, room=at)
        )
    house.identity = book.add(
        AssetKind.IDENTITY,
        f"Annuaire {house.domain}",
        organisation=house.organisation,
        technical_owner=TEAMS["systems"],
        details={
            "technology": "active_directory",
            "has_admin_mfa": rank == 2,
            "has_tiering": rank == 2,
        },
    )
    book.tie_any(house.identity, Verb.RUNS_ON, house.controllers, 1, "contrôleurs")
    book.kept.add(house.identity)
    book.plant(Planted(Fault.REDUNDANT, tuple(house.controllers)))
    if house.support:  # domains of a group trust each other
        book.tie(house.identity, Verb.AUTHENTICATES_WITH, house.support.identity, D, Effect.DEGRADE)
    for cluster in house.clusters.values():
        book.tie(cluster, Verb.AUTHENTICATES_WITH, house.identity, D, Effect.DEGRADE)
    first = house.controllers[0]
    book.plant(Planted(Fault.CYCLE, (house.identity, first, hosts[0])))


# What is kept; copies of a clinic, a hospital, a CHU: name, medium, offline, immutable, offsite.
_KEPT = {
    "vm": ("machines virtuelles", 0), "bases": ("bases de données", 1), "images": ("images", 1),
    "fichiers": ("fichiers", 2), "messagerie": ("messagerie", 2),
}  # fmt: skip
_DISK = ("sur disque", "disque", False, False, False)
_TAPE = ("sur bande", "bande", True, False, False)
_AWAY = ("externalisée", "stockage objet", False, True, True)
_COPIES = ((_DISK, ("sur disque externe", "disque externe", True, False, True)), (_DISK, _TAPE),
           (_DISK, _AWAY, _TAPE))  # fmt: skip


def make_backups(house: House) -> None:
    """Copies: three, one of them away and one offline, at a CHU; fewer elsewhere."""
    book, rank = house.book, house.plan.rank
    for at in range(1 + rank * 2):
        house.backup_servers.append(
            house.server("sauv", "sauvegarde", "sauvegarde", room=at + 1)
        )  # fmt: skip
    if rank == 2:
        house.backup_identity = book.add(
            AssetKind.IDENTITY,
            "Comptes propres aux sauvegardes",
            organisation=house.organisation,
            technical_owner=TEAMS["systems"],
            zone=house.zones["sauvegarde"],
            details={"technology": "other", "has_admin_mfa": True, "has_tiering": True},
        )
        book.tie(house.backup_identity, Verb.RUNS_ON, house.backup_servers[0])
    for code, (name, least) in _KEPT.items():
        if least <= rank:
            house.backups[code] = [_copy(house, name, *copy) for copy in _COPIES[rank]]
    for code in _KEPT:
        house.backups.setdefault(code, house.backups["vm"])


def _copy(
    house: House, name: str, how: str, medium: str, offline: bool, immutable: bool, away: bool
) -> str:
    book = house.book
    is_sound = house.plan.rank == 2
    key = book.add(
        AssetKind.BACKUP,
        f"Sauvegarde des {name} {how}",
        organisation=house.organisation,
        technical_owner=TEAMS["systems"],
        zone="" if offline else house.zones["sauvegarde"],
        details={
            "technology": "sauvegarde d'images" if "machines" in name else "sauvegarde applicative",
            "medium": medium,
            "frequency_h": 168 if offline else 24,
            "retention_days": 365 if offline else 30,
            "is_offline": offline,
            "is_immutable": immutable,
            "is_offsite": away,
            "has_own_identity": is_sound,
            "restored_on": book.day_before(160, least=5),
        },
    )
    book.tie(
        key, Verb.RUNS_ON, house.backup_servers[len(house.backups) % len(house.backup_servers)]
    )
    identity = house.backup_identity or house.identity
    book.tie(key, Verb.AUTHENTICATES_WITH, identity, H, Effect.DEGRADE)
    if not (offline or immutable or is_sound):
        book.plant(Planted(Fault.EXPOSED_BACKUP, (key,)))
    return key


def spread_over(house: House, domain: str) -> list[str]:
    """Clusters on which the servers of a domain, or of a role of its own, stand, well spread."""
    names = {
        "imagerie": ("imagerie",),
        "biologie": ("laboratoire", "production B"),
        "recherche": ("recherche",),
        "relais": ("relais",),
        "bureaux": ("bureaux virtuels",),
    }.get(domain, ("production A", "production B"))
    found = [house.clusters[name] for name in names if name in house.clusters]
    return found or [house.clusters["production A"]]


def bases_of(house: House) -> list[str]:
    """Clusters of databases, which stand for one another when there are two."""
    return [key for name, key in house.clusters.items() if name.startswith("bases")]


def needed_of(count: int) -> int:
    """How many of so many servers carry the load."""
    return ceil(count / 2)
