"""Who, without being privileged, holds rights on what the whole forest rests on?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.places import Place
from hygie.engines.directory.points.drafts import Draft, undecided
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.points.rights import (
    CONDITIONAL,
    ENOUGH,
    Rights,
    by_frequency,
    level_of_rights,
    over_rights,
)
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind, Text

_EVERY = ENOUGH | CONDITIONAL
_BOTH = {1: ENOUGH, 2: _EVERY}
_DNS_GROUP = "dnsadmins"


def _of_place(
    ground: Ground, rows: Sequence[Row], rights: Rights, point: str, place: Place
) -> Draft:
    """Rights on the objects of one place; nothing can be said where none was collected."""
    targets = ground.at(place)
    if not targets.any():
        return undecided(rows, Text.DISTINGUISHED_NAME.name)
    return over_rights(rights, point, rows, targets, _BOTH)


def admin_sd_holder(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on AdminSDHolder, which are copied onto every protected account."""
    draft = _of_place(ground, rows, rights, "permissions_adminsdholder", Place.ADMIN_SD_HOLDER)
    holders = set(ground.facts.domain[ground.at(Place.ADMIN_SD_HOLDER)].tolist())
    if all(domain in holders for domain in ground.scope.domains.tolist()):
        return draft
    return Draft(draft.levels, draft.measured, (*draft.gaps, Text.DISTINGUISHED_NAME.name))


def controllers(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the domain controllers; who manages a read-only one, at level 2."""
    targets = ground.controllers.yes
    if not targets.any():
        return undecided(rows, Flag.IS_DC.name)
    draft = over_rights(rights, "permissions_dc", rows, targets, _BOTH)
    gaps = (Flag.IS_DC.name,) if ground.controllers.maybe.any() else ()
    managers = _managers_of_read_only(ground)
    levels = tuple(
        level
        if level.level == 1 or not len(managers)
        else level_of_rights(
            rights,
            "permissions_dc",
            row,
            targets,
            np.concatenate((rights.on(targets, _BOTH[row.level]), managers)),
        )
        for level, row in zip(draft.levels, rows, strict=True)
    )
    return Draft(levels, draft.measured, gaps)


def _managers_of_read_only(ground: Ground) -> IntArray:
    """Positions of the relations by which someone unprivileged manages a read-only controller."""
    edges = ground.facts.edges
    found = ground.edges_of(EdgeKind.MANAGED_BY)
    keep = ground.read_only.yes[edges.target[found]]
    keep &= ~ground.privileged.members[edges.source[found]]
    return found[keep]


def sysvol_replication(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the settings that replicate SYSVOL."""
    place = Place.SYSVOL_REPLICATION
    return _of_place(ground, rows, rights, "permissions_dfsr_sysvol", place)


def backup_keys(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the keys that open what users' sessions protect."""
    return _of_place(ground, rows, rights, "permissions_dpapi", Place.BACKUP_KEYS)


def kds_keys(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the root keys of group managed service accounts."""
    return _of_place(ground, rows, rights, "permissions_gmsa_keys", Place.KDS_KEYS)


def schema(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the schema."""
    return _of_place(ground, rows, rights, "permissions_schema", Place.SCHEMA)


def naming_contexts(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the roots of partitions; replicating every secret counts at level 1."""
    targets = ground.domains | ground.at(Place.PARTITIONS)
    if not ground.domains.any():
        return undecided(rows, ObjectKind.DOMAIN.name)
    levels = []
    for row in rows:
        found = rights.on(targets, _BOTH[row.level])
        if row.level == 1:
            found = np.concatenate((found, replicators(ground, rights)))
        levels.append(level_of_rights(rights, "permissions_naming_context", row, targets, found))
    worst = levels[-1].relations
    figures = {"principals": float(len(by_frequency(ground.facts.edges.source[worst])))}
    return Draft(tuple(levels), figures)


def replicators(ground: Ground, rights: Rights) -> IntArray:
    """Positions of `GET_CHANGES_ALL` held by someone unprivileged who also has `GET_CHANGES`.

    Both rights may come through different groups: what counts is an account that has both.
    """
    edges = ground.facts.edges
    found = rights.on(ground.domains, frozenset((EdgeKind.GET_CHANGES_ALL,)))
    if not len(found):
        return found
    first = ground.edges_of(EdgeKind.GET_CHANGES)
    keep = [
        found[edges.target[found] == domain][
            _with_both(
                ground,
                edges.source[first[edges.target[first] == domain]],
                edges.source[found[edges.target[found] == domain]],
            )
        ]
        for domain in np.unique(edges.target[found]).tolist()
    ]
    return np.concatenate(keep)


def _with_both(ground: Ground, first: IntArray, every: IntArray) -> BoolArray:
    """Which holders of the second right hold, or are, someone who also has the first, (k,)."""
    one, other = (np.zeros(len(ground.facts), np.bool_) for _ in range(2))
    one[first], other[every] = True, True
    both = ground.nesting.members(one) & ground.nesting.members(other)
    return ground.nesting.holders(both)[every]


def dns_servers(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the settings of DNS servers; a DnsAdmins group without strangers left out."""
    targets = ground.at(Place.DNS_SERVERS)
    if not targets.any():
        return undecided(rows, Text.DISTINGUISHED_NAME.name)
    edges = ground.facts.edges
    spare = _harmless_dns_groups(ground)[edges.source] & targets[edges.target]
    return over_rights(
        rights, "permissions_msdns", rows, targets, {row.level: ENOUGH for row in rows}, spare
    )


def dns_groups(ground: Ground) -> BoolArray:
    """The DnsAdmins groups, (n,).

    The one group told by its account name: its RID differs in each domain, and its name is the same
    in every language.
    """
    told = ground.facts.texts.get(Text.SAM_NAME, {})
    found = np.zeros(len(ground.facts), np.bool_)
    for index in np.flatnonzero(ground.facts.kind == ObjectKind.GROUP).tolist():
        name = told.get(index) or ground.facts.names[index].partition("@")[0]
        found[index] = str(name).casefold() == _DNS_GROUP
    return found & ~ground.facts.is_set(Flag.DELETED) & ground.scope.inside


def strangers(ground: Ground, group: int) -> IntArray:
    """Accounts that are members of a group, at any depth, without being privileged."""
    start = np.zeros(len(ground.facts), np.bool_)
    start[group] = True
    members = ground.nesting.members(start)
    members &= ~ground.privileged.members & (ground.facts.kind != ObjectKind.GROUP)
    return np.flatnonzero(members).astype(np.int32)


def _harmless_dns_groups(ground: Ground) -> BoolArray:
    """DnsAdmins groups whose members are known and all privileged, if any."""
    found = dns_groups(ground) & ground.facts.is_set(Flag.MEMBERS_COLLECTED)
    for group in np.flatnonzero(found).tolist():
        found[group] = not len(strangers(ground, group))
    return found


def members(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on privileged accounts and groups."""
    groups = ground.privileged.members & (ground.facts.kind == ObjectKind.GROUP)
    targets = (ground.privileged_accounts | groups) & ground.scope.described & ground.scope.inside
    if not targets.any():
        return undecided(rows, EdgeKind.MEMBER_OF.name)
    return over_rights(rights, "privileged_members_perm", rows, targets, _BOTH)
