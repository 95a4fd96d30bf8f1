"""Which groups does the hospital keep, who is in them, which of them hold rights?"""

import numpy as np

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.frame import group_facts
from hygie.engines.directory.invented.population import Plan, sites_of
from hygie.engines.directory.invented.words import APPLICATIONS, JOBS, UNITS
from hygie.engines.directory.vocabulary import EdgeKind, Instant, ObjectKind, Text

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


def make_closed_groups(forest: Forest) -> None:
    """The few groups that hold rights; none of them leads to tier 0."""
    found = _groups(forest, list(_CLOSED_GROUPS.values()), forest.the("ou:tier1"))
    for role, group in zip(_CLOSED_GROUPS, found.tolist(), strict=True):
        forest.mark(role, group)


def make_groups_of_units(forest: Forest, plan: Plan) -> None:
    """Groups of jobs hold people; shares hold groups of jobs, applications hold both."""
    jobs = max(1, min(len(JOBS), plan.groups // (2 * plan.sites * plan.units)))
    count = plan.sites * plan.units * jobs
    names = [
        f"GG_{site.upper()}_{unit.upper()}_{job.upper()}"
        for site in sites_of(forest, plan)
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
