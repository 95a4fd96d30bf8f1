"""Which accounts and groups are privileged in the guide's sense, and is that all of them?

By RID, in every domain collected: 512 domain administrators, 516 domain controllers, 518 schema
and 519 enterprise administrators, 526 and 527 key administrators, and of the built-in groups 544
administrators, 548 to 551 operators, 552 replicators; then every member, through any depth.
"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import BoolArray, DirectoryFacts
from hygie.engines.directory.nesting import Nesting
from hygie.engines.directory.scope import Scope
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, Number, ObjectKind

DOMAIN_RIDS = (512, 516, 518, 519, 526, 527)
BUILTIN_RIDS = (544, 548, 549, 550, 551, 552)
KEY_ADMIN_RIDS = (526, 527)
_EVERYONE = ("S-1-1-0", "S-1-5-11")
_ACCOUNTS = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Privileged:
    """The privileged objects.

    Attributes:
        groups: (n,) the privileged groups themselves.
        members: (n,) the groups and everything that is a member of them, at any depth.
        protected: (n,) members of those groups that every version protects by AdminSDHolder:
            all but the key administrators.
        gaps: facts whose absence could hide a member; empty = the members are complete.
    """

    groups: BoolArray
    members: BoolArray
    protected: BoolArray
    gaps: tuple[str, ...]


def special(facts: DirectoryFacts, *sids: str) -> BoolArray:
    """Where the object is one of these well-known SIDs, of whatever domain, (n,)."""
    found = np.zeros(len(facts), np.bool_)
    for index in np.flatnonzero(facts.authority == Authority.SPECIAL).tolist():
        identifier = facts.identifiers[index]
        found[index] = identifier[identifier.find("S-1-") :] in sids
    return found


def privileged_of(facts: DirectoryFacts, scope: Scope, nesting: Nesting) -> Privileged:
    """The privileged objects of the domains collected.

    Args:
        nesting: who is in which group, primary groups included.

    Cost: O(n + memberships).
    """
    groups = group_roots(facts, scope, DOMAIN_RIDS, BUILTIN_RIDS)
    keys = group_roots(facts, scope, KEY_ADMIN_RIDS, ())
    members = _members(facts, nesting, groups)
    return Privileged(
        groups=groups,
        members=members,
        protected=_members(facts, nesting, groups & ~keys),
        gaps=_gaps(facts, scope, members),
    )


def group_roots(
    facts: DirectoryFacts, scope: Scope, rids: tuple[int, ...], builtin: tuple[int, ...]
) -> BoolArray:
    """Groups of the forest with one of these RIDs, (n,)."""
    is_domain = (facts.authority == Authority.DOMAIN) & np.isin(facts.rid, rids)
    for index in np.flatnonzero(is_domain).tolist():
        prefix = facts.identifiers[index].rpartition("-")[0]
        is_domain[index] = prefix in scope.forest_sids or (
            facts.domain[index] >= 0 and scope.inside[index]
        )
    is_builtin = (facts.authority == Authority.BUILTIN) & np.isin(facts.rid, builtin)
    is_group = np.isin(facts.kind, (ObjectKind.GROUP, ObjectKind.OTHER))
    roots: BoolArray = (is_domain | (is_builtin & scope.inside)) & is_group
    return roots


def _members(facts: DirectoryFacts, nesting: Nesting, groups: BoolArray) -> BoolArray:
    """Members at any depth; a group that holds every authenticated user holds every account."""
    members = nesting.members(groups)
    if (special(facts, *_EVERYONE) & members).any():
        return nesting.members(members | np.isin(facts.kind, _ACCOUNTS))
    return members


def _gaps(facts: DirectoryFacts, scope: Scope, members: BoolArray) -> tuple[str, ...]:
    gaps = []
    described = scope.described & (facts.kind == ObjectKind.GROUP)
    for authority, rid in ((Authority.DOMAIN, 512), (Authority.BUILTIN, 544)):
        holders = facts.domain[described & (facts.authority == authority) & (facts.rid == rid)]
        if not len(scope.domains) or not np.isin(scope.domains, holders).all():
            gaps.append(ObjectKind.GROUP.name)
            break
    groups = members & (facts.kind == ObjectKind.GROUP) & scope.inside
    if (groups & scope.described & ~facts.is_set(Flag.MEMBERS_COLLECTED)).any():
        gaps.append(Flag.MEMBERS_COLLECTED.name)
    if (members & scope.inside & (facts.kind == ObjectKind.OTHER) & _local(facts, scope)).any():
        gaps.append(ObjectKind.USER.name)
    accounts = scope.described & scope.inside & np.isin(facts.kind, _ACCOUNTS[:2])
    is_told = facts.number(Number.PRIMARY_GROUP_RID) >= 0
    is_told[facts.edges.source[facts.edges.kind == EdgeKind.PRIMARY_GROUP]] = True
    if (accounts & ~is_told).any():
        gaps.append(Number.PRIMARY_GROUP_RID.name)
    return tuple(gaps)


def _local(facts: DirectoryFacts, scope: Scope) -> BoolArray:
    """Where the object is an account or group of a domain collected, by its SID, (n,)."""
    found = np.zeros(len(facts), np.bool_)
    candidates = (facts.kind == ObjectKind.OTHER) & (facts.authority == Authority.DOMAIN)
    for index in np.flatnonzero(candidates).tolist():
        found[index] = facts.identifiers[index].rpartition("-")[0] in scope.domain_sids
    return found
