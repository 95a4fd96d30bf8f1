"""What do the network zones of an invented establishment let through?"""

from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import Verb

_ALL, _WEB, _DIRECTORY = "tous", "tcp/443", "tcp/53 tcp/88 tcp/389 tcp/445"
_ADMINISTRATION, _BASES, _COPIES = "tcp/22 tcp/3389 tcp/443", "tcp/1433 tcp/445", "tcp/902 tcp/445"
_IMAGES, _RESULTS = "tcp/104", "tcp/104 tcp/2575"


def make_flows(house: House) -> None:
    """Little at a CHU, much elsewhere, with the faults that are planted."""
    users = [zone for found in house.users.values() for zone in found]
    _of_users(house, users)
    _of_servers(house)
    _of_devices(house)
    _faults(house, users)


def _of_users(house: House, users: list[str]) -> None:
    zones = house.zones
    for user in users:
        _flow(house, user, zones["srv-app"], _WEB if house.plan.rank == 2 else f"{_WEB} {_BASES}")
        _flow(house, user, zones["srv-infra"], _DIRECTORY)
        _flow(house, user, zones["dmz"], _WEB)
    if house.support:
        for user in (*users, zones["srv-app"]):
            _flow(house, user, house.support.zones["srv-app"], _WEB)


def _of_servers(house: House) -> None:
    zones = house.zones
    for code in ("srv-bdd", "srv-imagerie", "srv-recherche"):
        _flow(house, zones["srv-app"], zones[code], _BASES)
    _flow(house, zones["srv-app"], zones["srv-infra"], _DIRECTORY)
    _flow(house, zones["dmz"], zones["srv-app"], _WEB)
    for code in ("srv-app", "srv-infra"):
        _flow(house, zones["sauvegarde"], zones[code], _COPIES)
    for code, key in zones.items():
        if code != "administration":
            _flow(house, zones["administration"], key, _ADMINISTRATION)


def _of_devices(house: House) -> None:
    for device in _biomedical(house):
        _flow(house, device, house.zones["srv-app"], _RESULTS)
        _flow(house, house.zones["srv-app"], device, _IMAGES)


def _faults(house: House, users: list[str]) -> None:
    """Zones between which everything passes."""
    zones, is_chu = house.zones, house.plan.rank == 2
    biomedical = _biomedical(house)
    for user in users[:1] if is_chu else users:
        _flat(house, user, house.book.pick(biomedical))
    if is_chu:
        _flat(house, users[-1], zones["administration"])
    else:
        _flat(house, users[0], zones["sauvegarde"])
        _flat(house, zones["srv-app"], zones["sauvegarde"])


def _biomedical(house: House) -> list[str]:
    return [key for code, key in house.zones.items() if code.startswith("biomed")]


def _flow(house: House, source: str, target: str, ports: str) -> None:
    details: dict[str, Value] = {"ports": ports, "is_filtered": ports != _ALL}
    house.book.tie(source, Verb.REACHES, target, details=details)


def _flat(house: House, source: str, target: str) -> None:
    _flow(house, source, target, _ALL)
    house.book.plant(Planted(Fault.FLAT, (source, target)))
