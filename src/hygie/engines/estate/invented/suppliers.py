"""Who supplies what, and by which door do they come in?"""

from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.invented.words import TEAMS
from hygie.engines.estate.vocabulary import AssetKind, Verb

_METHODS = ("vpn", "vpn", "vpn", "bastion", "bastion", "tool", "tool", "modem", "other")
_MOST_SERVERS = 12


def make_suppliers(house: House) -> None:
    """Suppliers: makers of hardware and devices first, then software houses."""
    book = house.book
    for at in range(house.plan.suppliers):
        number = book.rng.randrange(10_000)
        key = book.add(
            AssetKind.SUPPLIER,
            house.firm(),
            organisation=house.organisation,
            owner="Directeur des achats" if at % 3 else "Directeur du système d'information",
            details={
                "contact": "Support",
                "phone": f"01 99 00 {number // 100:02d} {number % 100:02d}",
                "emergency_phone": f"06 39 98 {number % 100:02d} {number // 100:02d}"
                if at % 3
                else None,
                "contract_end": book.day_after(-200, 1_400),
            },
        )
        is_maker = at < 4 or at % 4 == 0
        (house.makers if is_maker else house.suppliers).append(key)


def make_accesses(house: House) -> None:
    """Remote accesses of the suppliers that maintain servers of ours."""
    book = house.book
    servers: dict[str, list[str]] = {}
    for app, found in house.servers_of.items():
        supplier = book.assets[app].supplier
        if supplier:
            servers.setdefault(supplier, []).extend(found)
    permanent = []
    for at, (supplier, found) in enumerate(servers.items()):
        if at and not book.chance(0.62):
            continue
        method = book.pick(_METHODS)
        is_careless = at == 0 or method in {"tool", "modem"}
        key = _access(house, supplier, "tool" if at == 0 else method, is_careless)
        for server in list(dict.fromkeys(found))[:_MOST_SERVERS]:
            book.tie(key, Verb.ADMINISTERS, server)
        entry = "bastion" if method == "bastion" and not is_careless else "srv-app"
        book.tie(
            key, Verb.REACHES, house.zones.get(entry, house.zones["srv-app"]),
            details={"ports": "tous" if is_careless else "tcp/3389 tcp/22",
                     "is_filtered": not is_careless},
        )  # fmt: skip
        if is_careless and not book.assets[key].details["has_mfa"]:
            permanent.append(key)
    for key in permanent:
        book.plant(Planted(Fault.PERMANENT_ACCESS, (key,)))


def _access(house: House, supplier: str, method: str, is_careless: bool) -> str:
    book = house.book
    return book.add(
        AssetKind.ACCESS,
        f"Télémaintenance {book.assets[supplier].name}",
        organisation=house.organisation,
        owner=TEAMS["security"],
        technical_owner=TEAMS["network"],
        supplier=supplier,
        details={
            "method": method,
            "cut_procedure": None
            if is_careless
            else "Fiche réflexe 12 : couper le compte et la règle",
            "has_mfa": not is_careless and book.chance(0.8),
            "has_named_accounts": not is_careless and book.chance(0.7),
            "is_recorded": method == "bastion",
            "is_permanent": is_careless,
            "contract_end": book.day_after(-120, 1_000),
            "last_used_on": book.day_before(60),
        },
    )
