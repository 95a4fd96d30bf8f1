"""At which workstations do people work, and with which devices?"""

from math import ceil

from hygie.engines.estate.invented.activities import ACTIVITIES, Activity
from hygie.engines.estate.invented.house import DEVICE, STATION, House, system_details, system_of
from hygie.engines.estate.invented.places import network
from hygie.engines.estate.invented.products import (
    DEVICE_SYSTEMS,
    MODALITIES,
    STATION_SYSTEMS,
    Modality,
    System,
)
from hygie.engines.estate.invented.words import TEAMS
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Verb

H, D = 60, 1440
_PORTS = 46  # of an access switch
_FEWEST = 3


def activities_of(house: House) -> list[Activity]:
    """Activities of the catalogue that an establishment of this size has."""
    return [activity for activity in ACTIVITIES if activity.rank <= house.plan.rank]


def make_stations(house: House) -> None:
    """Workstations of every unit of every activity, and those of administrators."""
    units = [
        (activity, at)
        for activity in activities_of(house)
        for at in range(max(1, round(activity.units * house.plan.share**0.5)))
    ]
    administrators = 4 + 8 * house.plan.rank
    counts = _shared_out(house, len(units), house.plan.workstations - administrators)
    for (activity, at), count in zip(units, counts, strict=True):
        site = house.site(activity.place)
        zones = house.users.get(site) or house.users[house.sites[0]]
        group = _group(
            house, f"{activity.name} – unité {at + 1}", activity.code, site,
            zones[(at + len(house.groups)) % len(zones)], count, activity.owner,
        )  # fmt: skip
        house.groups.setdefault(activity.code, []).append(group)
    _administrators(house, administrators)


def _shared_out(house: House, parts: int, total: int) -> list[int]:
    """So many workstations in parts of very different sizes."""
    weights = [house.book.rng.lognormvariate(0, 0.6) for _ in range(parts)]
    spare = total - _FEWEST * parts
    counts = [_FEWEST + int(spare * weight / sum(weights)) for weight in weights]
    for at in range(total - sum(counts)):
        counts[at % parts] += 1
    return counts


def _group(
    house: House, name: str, code: str, site: str, zone: str, count: int, owner: str
) -> str:  # fmt: skip
    book, system = house.book, system_of(house.book, STATION_SYSTEMS)
    group = book.add(
        AssetKind.WORKSTATION_GROUP,
        f"Postes {name}",
        organisation=house.organisation,
        owner=owner,
        technical_owner=TEAMS["stations"],
        site=site,
        zone=zone,
        details={**system_details(book, system, edr=1.0), "count": count},
    )
    number = len(house.switches.setdefault(site, []))
    switches = [
        network(house, f"accès {code} {number + at + 1}", "accès", site)
        for at in range(ceil(count / _PORTS))
    ]
    house.switches[site].extend(switches)
    for switch in switches:
        book.tie_any(switch, Verb.CONNECTED_BY, house.distribution[site], 1, "distribution")
    stations = [
        _station(house, f"pc-{code}-{number + 1:02d}-{at + 1:03d}", zone, site, system,
                 switches[at // _PORTS])
        for at in range(count)
    ]  # fmt: skip
    book.tie_any(group, Verb.MADE_OF, stations, ceil(count / 2), "postes")
    book.tie(group, Verb.AUTHENTICATES_WITH, house.identity, 8 * H, Effect.DEGRADE)
    for server in house.servers_of.get(house.apps["deploiement"], [])[:1]:
        book.tie(server, Verb.ADMINISTERS, group)
    return group


def _station(
    house: House, name: str, zone: str, site: str, usual: System, switch: str
) -> str:  # fmt: skip
    book = house.book
    system = usual if book.chance(0.85) else system_of(book, STATION_SYSTEMS)
    key = book.add(
        AssetKind.WORKSTATION,
        name,
        organisation=house.organisation,
        technical_owner=TEAMS["stations"],
        site=site,
        zone=zone,
        identifiers=(
            (IdentifierKind.HOSTNAME, f"{name}.{house.domain}"),
            (IdentifierKind.SERIAL, book.serial("PS")),
            (IdentifierKind.MAC, book.mac(STATION)),
            (IdentifierKind.ADDRESS, book.address(house.networks[zone])),
        ),
        details={
            **system_details(book, system, edr=0.93),
            "vendor": book.assets[house.makers[3]].name,
            "model": book.pick(("Poste fixe 3", "Poste fixe 4", "Portable 14", "Chariot de soins")),
            "is_domain_joined": book.chance(0.98),
        },
    )
    book.tie(key, Verb.CONNECTED_BY, switch)
    return key


def _administrators(house: House, count: int) -> None:
    """Workstations from which everything is administered."""
    group = _group(
        house, "d'administration du système d'information", "adm", house.sites[0],
        house.zones["administration"], count, TEAMS["security"],
    )  # fmt: skip
    house.groups["administration"] = [group]
    for target in (house.identity, *house.clusters.values(), *house.backup_servers,
                   *house.backups["vm"][:1], *house.core):  # fmt: skip
        house.book.tie(group, Verb.ADMINISTERS, target)


def make_devices(house: House) -> None:
    """Types of device, each as often as hospitals have it; at least one of each modality."""
    sorts = [one for one in MODALITIES if one.rank <= house.plan.rank]
    parts = sum(one.share for one in sorts)
    spare = max(0, house.plan.devices - len(sorts))
    counts = [1 + spare * one.share // parts for one in sorts]
    for at in range(house.plan.devices - sum(counts)):
        counts[at % len(counts)] += 1
    switches = {site: _biomedical_switches(house, at) for at, site in enumerate(house.sites)}
    for sort, count in zip(sorts, counts, strict=True):
        makers = [house.book.pick(house.makers[4:] or house.makers) for _ in range(3)]
        house.devices[sort.code] = [
            _device(house, sort, house.book.pick(makers), switches) for _ in range(count)
        ]


def _biomedical_switches(house: House, place: int) -> list[str]:
    """Switches of devices: several on the main site, so that no room hangs on one."""
    site = house.sites[place]
    found = [
        network(house, f"accès biomédical {place + 1}.{at + 1}", "accès", site)
        for at in range(1 if place else 2 + 6 * house.plan.rank)
    ]
    for switch in found:
        house.book.tie_any(switch, Verb.CONNECTED_BY, house.distribution[site], 1, "distribution")
    return found


def _device(house: House, sort: Modality, maker: str, switches: dict[str, list[str]]) -> str:
    book, system = house.book, system_of(house.book, DEVICE_SYSTEMS)
    count = max(1, round(book.rng.randint(1, sort.most) * house.plan.share**0.5))
    site = house.sites[0 if book.chance(0.75) else house.book.rng.randrange(len(house.sites))]
    model, zone = house.product(), house.zones[sort.zone]
    may_patch = system.os.startswith("Windows") and book.chance(0.25)
    identifiers = [(IdentifierKind.ADDRESS, book.address(house.networks[zone]))]
    if count == 1:
        identifiers += [
            (IdentifierKind.SERIAL, book.serial("DM")),
            (IdentifierKind.MAC, book.mac(DEVICE)),
        ]
    details = system_details(book, system, edr=0.03)
    if not may_patch:
        details["patched_on"] = book.day_before(1_100, least=200) if book.chance(0.6) else None
    key = book.add(
        AssetKind.DEVICE,
        f"{sort.name} {model}",
        organisation=house.organisation,
        owner=TEAMS["biomedical"],
        technical_owner=TEAMS["biomedical"],
        site=site,
        zone=zone,
        supplier=maker,
        identifiers=tuple(identifiers),
        details={
            **details,
            "vendor": book.assets[maker].name,
            "model": model,
            "modality": sort.name,
            "may_patch": may_patch,
            "count": count,
        },
    )
    book.tie(key, Verb.CONNECTED_BY, book.pick(switches[site]))
    for role in sort.roles.split():
        if role in house.apps:
            book.tie(key, Verb.USES, house.apps[role], 0, Effect.DEGRADE)
    return key
