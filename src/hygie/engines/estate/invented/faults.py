"""What is badly done in an invented estate, and must be found?"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from hygie.engines.estate.invented.activities import Activity
from hygie.engines.estate.invented.applications import ALONE
from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.stations import activities_of
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind, Status, Verb

_UNUSED = (1, 4, 12)
_RETIRED = (2, 9, 34)


def plant_faults(house: House) -> None:
    """Note what the drawing made fragile, and spoil some more."""
    _lone_servers(house)
    _lone_arrays(house)
    _lone_lines(house)
    _lone_firewall(house)
    _legacy(house)
    _unused(house)
    _retired(house)


def _needing(house: House, role: str) -> tuple[str, ...]:
    """Care that stops without a role, whatever else is there."""
    return tuple(
        house.care[activity.code]
        for activity in activities_of(house)
        if role in activity.stops.split()
    )


def _point(house: House, key: str, victims: tuple[str, ...]) -> None:
    if victims:
        house.book.plant(Planted(Fault.SINGLE_POINT, (key,), victims))


def _lone_servers(house: House) -> None:
    for role in ALONE[house.plan.rank]:
        if role not in house.shared:
            (server,) = house.servers_of[house.apps[role]]
            _point(house, server, _needing(house, role))


def _lone_arrays(house: House) -> None:
    """A cluster whose only array holds all of an application."""
    book = house.book
    imaging = house.clusters.get("imagerie")
    if imaging and "pacs" not in house.shared:
        (array,) = [
            link.target
            for link in book.links
            if link.source == imaging and link.verb == Verb.STORES_ON
        ]
        _point(house, array, _needing(house, "pacs"))


def _lone_lines(house: House) -> None:
    """A site held by one line, whose care stops without workstations; a group's only line."""
    book = house.book
    for place, site in enumerate(house.sites):
        if site not in house.rooms:
            above = _targets(house, house.distribution[site][0])
            if len(above) == 1:
                victims = tuple(
                    house.care[activity.code] for activity in _standing_at(house, place)
                )
                _point(house, above[0], victims)
    lines = [key for key in book.assets if _is_internet(book.assets[key], house.organisation)]
    if len(lines) == 1:
        outside = _roles_hosted(house, {"saas", "external"})
        _point(house, lines[0], _needing_any(house, outside))
    if len(house.line_to_group) == 1:
        victims = tuple(
            link.source
            for link in book.links
            if link.target == house.line_to_group[0]
            and book.assets[link.source].kind == AssetKind.CARE
        )
        _point(house, house.line_to_group[0], victims)


def _standing_at(house: House, place: int) -> Iterator[Activity]:
    for activity in activities_of(house):
        at = activity.place if activity.place < len(house.sites) else 0
        if at == place and activity.stops:
            yield activity


def _targets(house: House, source: str) -> list[str]:
    return [
        link.target
        for link in house.book.links
        if link.source == source and link.verb == Verb.CONNECTED_BY
    ]


def _lone_firewall(house: House) -> None:
    walls = house.switches["firewalls"]
    if len(walls) == 1:
        _point(house, walls[0], _needing_any(house, _roles_hosted(house, {"internal"})))


def _is_internet(asset: AssetRecord, organisation: str) -> bool:
    return (
        asset.kind == AssetKind.LINE
        and asset.organisation == organisation
        and asset.details["is_internet"] is True
    )


def _roles_hosted(house: House, hosting: set[str]) -> list[str]:
    return [
        role
        for role, app in house.apps.items()
        if role not in house.shared and house.book.assets[app].details["hosting"] in hosting
    ]


def _needing_any(house: House, roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key for role in roles for key in _needing(house, role)}))


def _legacy(house: House) -> None:
    today = house.book.as_of.isoformat()
    found = tuple(
        server
        for server in house.servers
        if str(house.book.assets[server].details["end_of_support"]) < today
    )
    if found:
        house.book.plant(Planted(Fault.LEGACY, found))


def _unused(house: House) -> None:
    """Applications that nobody says to use any more."""
    book = house.book
    needed = {link.target for link in book.links if link.verb == Verb.EXCHANGES_THROUGH} | {
        link.target for link in book.links if link.source.startswith("FLX")
    }
    free = [app for app in house.departmental if app not in needed]
    lonely = set(book.rng.sample(free, min(len(free), _UNUSED[house.plan.rank])))
    book.links[:] = [
        link for link in book.links if not (link.target in lonely and link.verb == Verb.USES)
    ]
    for app in sorted(lonely):
        book.plant(Planted(Fault.UNUSED, (app,)))


def _retired(house: House) -> None:
    """Applications that are gone, and one to come: on the map, without ties."""
    book = house.book
    for at in range(_RETIRED[house.plan.rank]):
        app = book.add(
            AssetKind.APPLICATION,
            f"{house.product()} – ancienne application",
            organisation=house.organisation,
            owner="Directeur du système d'information",
            details={"hosting": "internal", "version": "3.1"},
        )
        status = Status.PLANNED if at == 0 else Status.RETIRED
        book.assets[app] = replace(book.assets[app], status=status)
