"""Which applications run in an establishment, on what, and which of them lean on others?"""

from collections.abc import Sequence
from math import ceil

from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.infrastructure import bases_of, needed_of, spread_over
from hygie.engines.estate.invented.roles import DEPARTMENTS, FUNCTIONS, ROLES, Role
from hygie.engines.estate.invented.types import Fault, Planted
from hygie.engines.estate.invented.words import TEAMS
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

H, D = 60, 1440
_SHARE_OF_SERVERS = (0.2, 0.5, 1.0)
# By size, roles that one machine carries alone: what an audit must find.
ALONE = (("ris",), ("lis", "transfusion"), ("pharmacie", "samu", "rtdossier"))
_BOUGHT_BY_CLINICS = {"paie", "finances", "agenda"}
_KEPT_AS = {"imagerie": "images", "communication": "messagerie", "rh": "fichiers"}
# Zones of servers, by role or by domain.
_ZONES = {
    "imagerie": "srv-imagerie", "recherche": "srv-recherche", "relais": "dmz", "gtb": "gtb",
    "telephonie": "telephonie", "supervision": "srv-infra", "deploiement": "srv-infra",
    "antivirus": "srv-infra", "bastion": "srv-infra", "virtualisation": "srv-infra",
}  # fmt: skip
_APART = ("relais", "bureaux")  # roles with a cluster of their own
# Shares of departmental applications hosted outside, and on shared servers; of servers for tests.
_OUTSIDE, _SHARED, _TESTS = 0.17, 0.12, 0.06


def make_applications(house: House) -> None:
    """Applications of every role, then those of departments until there are enough."""
    roles = [role for role in ROLES if role.rank <= house.plan.rank]
    for role in roles:
        if role.code in house.shared:
            house.apps[role.code] = house.shared[role.code]
        else:
            house.apps[role.code] = _of_role(house, role)
    for role in roles:
        if role.code not in house.shared:
            _lean(house, role)
    _administer(house)
    _of_departments(house, house.plan.applications - len(roles))


def _of_role(house: House, role: Role) -> str:
    is_bought = house.plan.rank == 0 and role.code in _BOUGHT_BY_CLINICS
    hosting = "saas" if is_bought else role.hosting
    app = _application(
        house, role.name, role.domain, role.owner, hosting, role.criticality, role.downtime_min,
        role.data_loss_min,
    )  # fmt: skip
    house.book.kept.add(app)
    if role.code == "dns":
        house.servers_of[app] = list(house.controllers)
        house.book.tie_any(app, Verb.RUNS_ON, house.controllers, 1, "contrôleurs")
    elif hosting == "internal":
        count = max(1, ceil(role.servers * _SHARE_OF_SERVERS[house.plan.rank]))
        if role.code in ALONE[house.plan.rank]:
            _run_alone(house, app, role.code, role.domain)
        else:
            _run(house, app, role.code, role.domain, count, role.criticality)
    return app


def _application(
    house: House, name: str, domain: str, owner: str, hosting: str, criticality: int,
    downtime_min: int, data_loss_min: int,
) -> str:  # fmt: skip
    book, product = house.book, house.product()
    supplier = book.pick_skewed(house.suppliers)
    return book.add(
        AssetKind.APPLICATION,
        f"{product} – {name}",
        organisation=house.organisation,
        owner=owner,
        technical_owner=TEAMS["applications"],
        criticality=criticality if book.chance(0.5) else None,
        max_downtime_min=downtime_min,
        max_data_loss_min=data_loss_min,
        supplier=supplier,
        details={
            "vendor": book.assets[supplier].name,
            "model": product,
            "version": f"{book.rng.randint(1, 24)}.{book.rng.randint(0, 9)}",
            "domain": domain,
            "degraded_mode": "Procédure papier" if criticality > 2 else None,
            "hosting": hosting,
            "users": int(book.rng.lognormvariate(3.4, 1.4)) + 2,
            "contract_end": book.day_after(-300, 1_500),
        },
    )


def _run(house: House, app: str, short: str, domain: str, count: int, criticality: int) -> None:
    """Servers and data of an application; vital ones are spread so that one may be lost."""
    book, bases = house.book, bases_of(house)
    clusters = spread_over(house, short if short in _APART else domain)
    has_own_base = count > 2 and not bases
    nodes = count - has_own_base
    zone = _ZONES.get(short) or _ZONES.get(domain, "srv-app")
    start = book.rng.randrange(len(clusters))
    servers = [
        house.server(short[:9], zone, f"application {short}",
                     cluster=clusters[(start + at) % len(clusters)])
        for at in range(nodes)
    ]  # fmt: skip
    is_sound = criticality >= 3 or book.chance(0.4)
    book.tie_any(app, Verb.RUNS_ON, servers, needed_of(nodes) if is_sound else nodes, "serveurs")
    house.servers_of[app] = list(servers)
    if is_sound and nodes > 1:
        book.plant(Planted(Fault.REDUNDANT, tuple(servers)))
    if count == 1 or not bases:
        bases = servers
    if has_own_base:
        bases = [house.server(short[:9], "srv-bdd", f"base {short}", cluster=clusters[start])]
        house.servers_of[app] += bases
    _store(house, app, domain, bases if is_sound else bases[-1:])


def _run_alone(house: House, app: str, short: str, domain: str) -> None:
    server = house.server(short[:9], "srv-app", f"application {short}")
    house.book.tie(app, Verb.RUNS_ON, server)
    house.servers_of[app] = [server]
    house.book.kept.add(server)
    _store(house, app, domain, [server])


def _store(house: House, app: str, domain: str, bases: Sequence[str]) -> None:
    """The data of an application, where they run, and their copies."""
    book = house.book
    name = book.assets[app].name.split(" – ")
    store = book.add(
        AssetKind.STORE,
        f"Données {name[0]} ({name[1]})",
        organisation=house.organisation,
        technical_owner=TEAMS["systems"],
        details={
            "technology": book.pick(
                ("PostgreSQL", "MariaDB", "base SQL", "base objet", "fichiers")
            ),
            "data": f"données de {domain}",
            "capacity_gb": 10 + int(book.rng.lognormvariate(4.5, 1.3)),
        },
    )
    book.tie_any(store, Verb.RUNS_ON, bases, 1, "bases")
    book.tie(app, Verb.STORES_ON, store)
    kept_as = _KEPT_AS.get(domain, "bases")
    _back_up(house, store, house.backups[kept_as])
    _back_up(house, app, house.backups["vm"])


def _back_up(house: House, asset: str, copies: Sequence[str]) -> None:
    """Every copy where it is well done, the nearest alone where it is not."""
    book = house.book
    for copy in copies if book.chance(0.75) else copies[:1]:
        book.tie(asset, Verb.BACKED_UP_BY, copy)


def _lean(house: House, role: Role) -> None:
    """Other roles, the directory, names: without which an application stops or is degraded."""
    book, app = house.book, house.apps[role.code]
    for other in role.stops.split():
        if other in house.apps:
            book.tie(app, Verb.USES, house.apps[other])
    for other in role.degrades.split():
        if other in house.apps:
            book.tie(app, Verb.USES, house.apps[other], book.pick((30, 60, 240)), Effect.DEGRADE)
    _authenticate(house, app, role.code != "dns")
    supplier = book.assets[app].supplier
    if role.criticality >= 3:
        book.tie(app, Verb.MAINTAINED_BY, supplier, 3 * D, Effect.DEGRADE)


def _authenticate(house: House, app: str, resolves: bool = True) -> None:
    book = house.book
    if book.assets[app].details["hosting"] != "internal":
        return
    if not resolves:  # the knot of every domain: names need accounts, accounts need names
        book.tie(app, Verb.AUTHENTICATES_WITH, house.identity, 2 * H, Effect.DEGRADE)
        book.tie(house.identity, Verb.USES, app, 30)
        book.plant(Planted(Fault.CYCLE, (house.identity, app)))
        return
    if book.chance(0.7):
        book.tie(app, Verb.AUTHENTICATES_WITH, house.identity, book.pick((0, 30, 60)))
    elif book.chance(0.6):
        book.tie(app, Verb.AUTHENTICATES_WITH, house.identity, 8 * H, Effect.DEGRADE)
    book.tie(app, Verb.USES, house.apps["dns"], 4 * H)


def _administer(house: House) -> None:
    """Consoles that hold rights over many: clusters, controllers, later workstations."""
    for server in house.servers_of.get(house.apps["virtualisation"], []):
        for cluster in house.clusters.values():
            house.book.tie(server, Verb.ADMINISTERS, cluster)
    for server in house.servers_of.get(house.apps.get("bastion", ""), []):
        house.book.tie(server, Verb.ADMINISTERS, house.identity)


def _of_departments(house: House, count: int) -> None:
    """Smaller applications, on servers of their own until there are enough, then on shared ones."""
    book, plan = house.book, house.plan
    names = [
        (function, department, vital) for function, vital in FUNCTIONS for department in DEPARTMENTS
    ]
    drawn = book.rng.sample(names, count)
    outside = [book.chance(_OUTSIDE) for _ in drawn]
    free = plan.servers - len(house.servers)
    shared = [
        house.server("mutu", "srv-app", "serveur mutualisé", cluster=spread_over(house, "")[0])
        for _ in range(max(1, free // 30))
    ]
    inside = outside.count(False)
    extra = plan.servers * (1 - _TESTS) - len(house.servers) - inside * (1 - _SHARED)
    for (function, department, vital), is_outside in zip(drawn, outside, strict=True):
        app = _application(
            house, f"{function} {department}", "spécialité", f"Service {department}",
            book.pick(("saas", "external")) if is_outside else "internal", vital,
            (10, 5, 2, 1)[vital] * D, D,
        )  # fmt: skip
        house.departmental.append(app)
        if is_outside:
            continue
        _authenticate(house, app)
        share, inside = max(0.0, extra / inside), inside - 1
        if len(house.servers) >= plan.servers or book.chance(_SHARED):
            _share(house, app, book.pick_skewed(shared))
        else:
            more = int(share) + book.chance(share % 1)
            extra -= more
            _run(house, app, "metier", "spécialité", 1 + more, vital)
    _fill(house, shared)


def _share(house: House, app: str, server: str) -> None:
    house.book.tie(app, Verb.RUNS_ON, server)
    house.servers_of[app] = [server]
    _back_up(house, app, house.backups["vm"])


def _fill(house: House, shared: Sequence[str]) -> None:
    """Servers of tests and relays, which nobody can tie to an application any more."""
    clusters: list[Value] = sorted(house.clusters.values())
    while len(house.servers) < house.plan.servers:
        cluster = str(clusters[len(house.servers) % len(clusters)])
        house.server("test", "srv-app", "essai", cluster=cluster)
