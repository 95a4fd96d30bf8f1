"""Who works in the hospital, in which unit, in which groups?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.accounts import accounts
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.frame import group_facts
from hygie.engines.directory.invented.words import (
    APPLICATIONS,
    DEVICES,
    FIRST,
    JOBS,
    LAST,
    SITES,
    UNITS,
)
from hygie.engines.directory.vocabulary import EdgeKind, Instant, ObjectKind, Text

_PLAIN = str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")
_DISABLED = 0.03
_CLOSED_GROUPS = {
    "helpdesk": "GG_SUPPORT_PROXIMITE",
    "workstation_admins": "GG_ADMIN_POSTES",
    "server_admins": "GG_ADMIN_SERVEURS",
    "policy_editors": "GG_GESTION_GPO_POSTES",
    "contractors": "GG_PRESTATAIRES_PACS",
    "biomedical": "GG_BIOMEDICAL",
    "remote_staff": "GG_RODC_AGENTS_DISTANTS",
    "on_call": "GG_ASTREINTE_INFORMATIQUE",
}


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
    for site in SITES[: plan.sites]:
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
    _policies(forest, found, plan.sites)


def _policies(forest: Forest, tree: IntArray, sites: int) -> None:
    titles = ("POSTES", "AGENTS", "POSTES PARTAGES")
    guids = [forest.guid() for _ in range(3 * sites)]
    made = forest.placed(
        ObjectKind.GPO,
        [f"CN={{{one}}},CN=POLICIES,CN=SYSTEM,{forest.base}" for one in guids],
        guids,
    )
    for rank, place in enumerate(made.tolist()):
        forest.names[place] = f"{SITES[rank // 3].upper()} {titles[rank % 3]}@{forest.name}"
    forest.text(
        made, Text.GPC_PATH, [rf"\\{forest.name}\SYSVOL\POLICIES\{{{one}}}" for one in guids]
    )
    forest.relate(forest.the("place:policies"), EdgeKind.CONTAINS, made)
    made = made.reshape(sites, 3)
    forest.relate(made[:, 0], EdgeKind.GP_LINK, tree[:, 2])
    forest.relate(made[:, 1], EdgeKind.GP_LINK, tree[:, 1])
    forest.relate(made[:, 2], EdgeKind.GP_LINK_ENFORCED, tree[:, 2])
    forest.mark("policies", made[:, 0])


def make_closed_groups(forest: Forest) -> None:
    """The few groups that hold rights; none of them leads to tier 0."""
    found = _groups(forest, list(_CLOSED_GROUPS.values()), forest.the("ou:tier1"))
    for role, group in zip(_CLOSED_GROUPS, found.tolist(), strict=True):
        forest.mark(role, group)


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
    where = _units_drawn(forest, plan, plan.staff)
    found = accounts(forest, ObjectKind.USER, sams, units[where], labels=labels, seen=(0, 60))
    forest.mark("staff_units", where.astype(np.int32))
    forest.mark("every_staff", found)
    is_off = forest.draw.random(plan.staff) < _DISABLED
    forest.set(found[is_off], ENABLED=False)
    forest.mark("staff", found[~is_off])
    _services(forest, plan)


def _units_drawn(forest: Forest, plan: Plan, count: int) -> IntArray:
    """A unit for each: the first sites and units hold more people, as in a hospital."""
    weights = 1 / np.sqrt(1 + np.arange(plan.sites * plan.units) % plan.units)
    weights /= np.repeat(1 + np.arange(plan.sites), plan.units)
    drawn: IntArray = forest.draw.choice(
        plan.sites * plan.units, count, p=weights / weights.sum()
    ).astype(np.int32)
    return drawn


def unit_places(forest: Forest, plan: Plan, count: int) -> IntArray:
    """A unit for each of so many hosts."""
    return _units_drawn(forest, plan, count)


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


def make_groups_of_units(forest: Forest, plan: Plan) -> None:
    """Groups of jobs hold people; shares hold groups of jobs, applications hold both."""
    jobs = max(1, min(len(JOBS), plan.groups // (2 * plan.sites * plan.units)))
    count = plan.sites * plan.units * jobs
    names = [
        f"GG_{site.upper()}_{unit.upper()}_{job.upper()}"
        for site in SITES[: plan.sites]
        for unit in UNITS[: plan.units]
        for job in JOBS[:jobs]
    ]
    shares = (plan.groups - count) // 2
    applications = plan.groups - count - shares
    names += [f"DL_PARTAGE_{rank:05d}_{'RW' if rank % 3 else 'R'}" for rank in range(shares)]
    names += [
        f"APP_{APPLICATIONS[rank % len(APPLICATIONS)].upper()}_{rank:05d}"
        for rank in range(applications)
    ]
    folders = forest.all("ou:groups")
    found = _groups(forest, names, folders[np.arange(len(names)) % len(folders)])
    own, share, application = np.split(found, [count, count + shares])
    member, draw = EdgeKind.MEMBER_OF, forest.draw
    staff = forest.all("every_staff")
    job = draw.integers(0, jobs, len(staff))
    forest.relate(staff, member, own[forest.all("staff_units") * jobs + job])
    for most, holders in ((3, share), (2, application)):
        if len(holders):
            inside = own if holders is share else np.concatenate((own, share))
            count = most * len(holders)
            forest.relate(inside[draw.integers(0, len(inside), count)], member,
                          np.repeat(holders, most))  # fmt: skip
    for _ in range(2):
        chosen = np.concatenate((share, application))
        forest.relate(staff, member, chosen[draw.integers(0, len(chosen), len(staff))])
    forest.mark("groups", found)
    forest.relate(forest.the("stranger"), member, share[0])
    _fill_closed(forest)


def _fill_closed(forest: Forest) -> None:
    staff, member = forest.all("staff"), EdgeKind.MEMBER_OF
    width = max(3, len(staff) // 400)
    first = len(staff) * 3 // 4
    for role in ("helpdesk", "workstation_admins", "policy_editors", "contractors", "biomedical"):
        size = 3 if role == "contractors" else width
        chosen = staff[first : first + size]
        forest.mark(f"{role}_members", chosen)
        forest.relate(chosen, member, forest.the(role))
        first += size
    forest.relate(forest.all("tier1"), member, forest.the("server_admins"))
    forest.relate(staff[-20:], member, forest.the("remote_staff"))


def _groups(forest: Forest, names: list[str], parents: int | IntArray) -> IntArray:
    found = forest.principals(ObjectKind.GROUP, [f"{name}@{forest.name}" for name in names])
    every = np.broadcast_to(np.asarray(parents, np.int32), found.shape)
    dns = forest.texts[Text.DISTINGUISHED_NAME]
    forest.text(found, Text.SAM_NAME, names)
    forest.text(
        found,
        Text.DISTINGUISHED_NAME,
        [f"CN={name},{dns[place]}" for name, place in zip(names, every.tolist(), strict=True)],
    )
    forest.relate(every, EdgeKind.CONTAINS, found)
    group_facts(forest, found)
    forest.date(found, Instant.CREATED, forest.draw.integers(400, 4000, len(found)))
    return found
