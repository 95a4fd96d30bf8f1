"""Who works in the hospital, in which unit, in which groups?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.accounts import accounts
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.words import (
    DEVICES,
    FIRST,
    LAST,
    SITES,
    UNITS,
)
from hygie.engines.directory.vocabulary import EdgeKind, ObjectKind, Text

_PLAIN = str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")
_DISABLED = 0.03


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of each thing, so that a forest has the size asked for.

    Attributes:
        sites, units: units are those of one site. groups: of jobs, shares and applications.
        staff, services, managed, workstations, servers, clusters: accounts.
    """

    sites: int
    units: int
    groups: int
    staff: int
    services: int
    managed: int
    workstations: int
    servers: int
    clusters: int


def plan_of(objects: int, made: int) -> Plan:
    """Share out the objects that are left once `made` of them are there."""
    sites = min(len(SITES), 1 + objects // 8_000)
    units = min(len(UNITS), 6 + objects // 1_500)
    tree = sites * (4 + 2 * units) + 3 * sites
    left = objects - made - tree - _tier1(objects)
    groups, services = left * 12 // 100, max(30, left * 2 // 100)
    managed, servers = max(4, left // 200), max(24, left * 4 // 100)
    clusters, workstations = max(2, left // 500), left * 33 // 100
    staff = left - groups - services - managed - servers - clusters - workstations
    return Plan(sites, units, groups, staff, services, managed, workstations, servers, clusters)


def _tier1(objects: int) -> int:
    return min(60, 6 + objects // 2_000)


def make_units(forest: Forest, plan: Plan) -> None:
    """The tree of sites and care units, and the policies of each site."""
    names, base = [], f"OU=ETABLISSEMENTS,{forest.base}"
    for site in sites_of(forest, plan):
        top = f"OU={site.upper()},{base}"
        names += [top, *(f"OU={kind},{top}" for kind in ("AGENTS", "POSTES", "GROUPES"))]
    found = forest.placed(ObjectKind.OU, names).reshape(plan.sites, 4)
    forest.relate(forest.the("ou:hospital"), EdgeKind.CONTAINS, found[:, 0])
    for column in (1, 2, 3):
        forest.relate(found[:, 0], EdgeKind.CONTAINS, found[:, column])
    forest.mark("ou:groups", found[:, 3])
    every = [found.ravel()]
    for role, column in (("ou:staff", 1), ("ou:workstations", 2)):
        tops = [
            str(forest.texts[Text.DISTINGUISHED_NAME][one]) for one in found[:, column].tolist()
        ]
        made = forest.placed(
            ObjectKind.OU,
            [f"OU={unit.upper()},{top}" for top in tops for unit in UNITS[: plan.units]],
        )
        forest.relate(np.repeat(found[:, column], plan.units), EdgeKind.CONTAINS, made)
        forest.mark(role, made)
        every.append(made)
    forest.set(np.concatenate(every), BLOCKS_INHERITANCE=False)
    _policies(forest, found, plan)


def sites_of(forest: Forest, plan: Plan) -> tuple[str, ...]:
    """Towns of the sites: first the one that the domain is named after, if any."""
    first = next((rank for rank, site in enumerate(SITES) if site.upper() in forest.name), 0)
    return (*SITES[first:], *SITES[:first])[: plan.sites]


def _policies(forest: Forest, tree: IntArray, plan: Plan) -> None:
    titles = ("POSTES", "AGENTS", "POSTES PARTAGES")
    guids = [forest.guid() for _ in range(3 * plan.sites)]
    made = forest.placed(
        ObjectKind.GPO,
        [f"CN={{{one}}},CN=POLICIES,CN=SYSTEM,{forest.base}" for one in guids],
        guids,
    )
    named = sites_of(forest, plan)
    for rank, place in enumerate(made.tolist()):
        forest.names[place] = f"{named[rank // 3].upper()} {titles[rank % 3]}@{forest.name}"
    forest.text(
        made, Text.GPC_PATH, [rf"\\{forest.name}\SYSVOL\POLICIES\{{{one}}}" for one in guids]
    )
    forest.relate(forest.the("place:policies"), EdgeKind.CONTAINS, made)
    made = made.reshape(plan.sites, 3)
    forest.relate(made[:, 0], EdgeKind.GP_LINK, tree[:, 2])
    forest.relate(made[:, 1], EdgeKind.GP_LINK, tree[:, 1])
    forest.relate(made[:, 2], EdgeKind.GP_LINK_ENFORCED, tree[:, 2])
    forest.mark("policies", made[:, 0])


def make_people(forest: Forest, plan: Plan) -> None:
    """Staff, administrators of servers, service accounts of medical devices, managed accounts."""
    rank = forest.draw.permutation(plan.staff)
    pairs = len(FIRST) * len(LAST)
    sams, labels = [], []
    plain = [first.lower().translate(_PLAIN) for first in FIRST]
    for one in rank.tolist():
        first, last, again = one % len(FIRST), one // len(FIRST) % len(LAST), one // pairs
        mark = str(again + 1) if again else ""
        sams.append(f"{plain[first]}.{LAST[last].lower()}{mark}")
        labels.append(f"{LAST[last].upper()} {FIRST[first].upper()}{' ' if mark else ''}{mark}")
    units = forest.all("ou:staff")
    where = units_drawn(forest, plan, plan.staff)
    found = accounts(forest, ObjectKind.USER, sams, units[where], labels=labels, seen=(0, 60))
    forest.mark("staff_units", where.astype(np.int32))
    forest.mark("every_staff", found)
    is_off = forest.draw.random(plan.staff) < _DISABLED
    forest.set(found[is_off], ENABLED=False)
    forest.mark("staff", found[~is_off])
    _services(forest, plan)


def units_drawn(forest: Forest, plan: Plan, count: int) -> IntArray:
    """A unit for each: the first sites and units hold more people, as in a hospital."""
    weights = 1 / np.sqrt(1 + np.arange(plan.sites * plan.units) % plan.units)
    weights /= np.repeat(1 + np.arange(plan.sites), plan.units)
    drawn: IntArray = forest.draw.choice(
        plan.sites * plan.units, count, p=weights / weights.sum()
    ).astype(np.int32)
    return drawn


def _services(forest: Forest, plan: Plan) -> None:
    tier1 = accounts(
        forest, ObjectKind.USER, [f"adm1-{rank:02d}" for rank in range(_tier1(forest.objects))],
        forest.the("ou:tier1"),
    )  # fmt: skip
    forest.mark("tier1", tier1)
    folder = forest.the("ou:services")
    names = [f"svc-{DEVICES[rank % len(DEVICES)]}-{rank:04d}" for rank in range(plan.services)]
    services = accounts(forest, ObjectKind.USER, names, folder)
    forest.mark("services", services)
    forest.set(services, HAS_SPN=True)
    forest.text(services, Text.SPN, [(f"HTTP/{name}.{forest.name.lower()}",) for name in names])
    managed = accounts(
        forest, ObjectKind.MANAGED_ACCOUNT,
        [f"gmsa-{rank:04d}$" for rank in range(plan.managed)], folder, primary=515, age=(1, 29),
    )  # fmt: skip
    forest.mark("managed", managed)
    forest.set(managed, GMSA=True, MSA=False)
