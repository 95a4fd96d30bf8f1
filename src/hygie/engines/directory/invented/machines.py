"""Which machines stand in the hospital, who works and administers there?"""

import numpy as np

from hygie.engines.directory.invented.accounts import hosts
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.population import Plan, units_drawn
from hygie.engines.directory.invented.words import UNITS
from hygie.engines.directory.vocabulary import EdgeKind

_SYSTEMS = (
    "Windows 11 Entreprise", "Windows 11 Entreprise", "Windows 11 Professionnel",
    "Windows 10 Entreprise LTSC", "Windows 10 IoT Entreprise",
)  # fmt: skip
_SERVERS = (
    "Windows Server 2019 Standard", "Windows Server 2022 Standard",
    "Windows Server 2022 Datacenter",
)  # fmt: skip
_SHARED = 0.15


def make_machines(forest: Forest, plan: Plan) -> None:
    """Workstations of the units, servers, cluster names."""
    where = units_drawn(forest, plan, plan.workstations)
    codes = ["".join(word[:3] for word in unit.upper().split())[:6] for unit in UNITS]
    names = [
        f"PC-{codes[unit % plan.units]}-{rank:06d}$".translate(_PLAIN)
        for rank, unit in enumerate(where.tolist())
    ]
    systems = [_SYSTEMS[one] for one in forest.draw.integers(0, 5, plan.workstations).tolist()]
    found = hosts(forest, names, forest.all("ou:workstations")[where], systems)
    forest.mark("workstations", found)
    forest.relate(forest.the("workstation_admins"), EdgeKind.ADMIN_TO, found)
    forest.relate(forest.the("helpdesk"), EdgeKind.CAN_RDP, found)
    forest.relate(forest.the("helpdesk"), EdgeKind.READ_LAPS_PASSWORD, found)
    _sessions(forest, where)
    _servers(forest, plan)


_PLAIN = str.maketrans("ÀÂÉÈÊËÎÏÔÛÜÇ", "AAEEEEIIOUUC")


def _sessions(forest: Forest, where: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> None:
    """People of the unit work on its workstations; one in seven is shared by many."""
    staff, units = forest.all("every_staff"), forest.all("staff_units")
    order = np.argsort(units, kind="stable")
    starts = np.searchsorted(units[order], np.arange(units.max() + 2))
    size = np.diff(starts)
    found = forest.all("workstations")
    many = np.where(forest.draw.random(len(found)) < _SHARED, 6, 1)
    known = where <= units.max()
    many[known] *= size[where[known]] > 0
    many[~known] = 0
    host, place = np.repeat(found, many), np.repeat(where, many)
    person = starts[place] + (forest.draw.random(len(host)) * size[place]).astype(np.int64)
    forest.relate(host, EdgeKind.HAS_SESSION, staff[order[person]])
    forest.mark("shared_workstations", found[many > 1])


def _servers(forest: Forest, plan: Plan) -> None:
    folder = forest.the("ou:servers")
    systems = [_SERVERS[one] for one in forest.draw.integers(0, 3, plan.servers).tolist()]
    servers = hosts(forest, [f"SRV-{rank:05d}$" for rank in range(plan.servers)], folder, systems)
    clusters = hosts(
        forest, [f"CLU-{rank:04d}$" for rank in range(plan.clusters)], folder,
        [_SERVERS[1]] * plan.clusters, cluster=True,
    )  # fmt: skip
    forest.mark("servers", servers)
    forest.mark("clusters", clusters)
    every = np.concatenate((servers, clusters))
    admins = forest.the("server_admins")
    for kind in (EdgeKind.ADMIN_TO, EdgeKind.CAN_RDP, EdgeKind.READ_LAPS_PASSWORD):
        forest.relate(admins, kind, every)
    tier1, services = forest.all("tier1"), forest.all("services")
    draw = forest.draw
    forest.relate(servers, EdgeKind.HAS_SESSION, tier1[draw.integers(0, len(tier1), len(servers))])
    picked = servers[draw.integers(0, len(servers), len(services))]
    forest.relate(picked, EdgeKind.HAS_SESSION, services)
    half = len(services) // 2
    forest.relate(services[half:], EdgeKind.ALLOWED_TO_DELEGATE, picked[half:])
    managed = forest.all("managed")
    readers = servers[draw.integers(0, len(servers), len(managed))]
    forest.relate(readers, EdgeKind.READ_GMSA_PASSWORD, managed)
