"""Who administers a host, or may open a session on it, beyond what its own groups state?"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.derive.memberships import Memberships
from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, ObjectKind

REMOTE_DESKTOP = 555
OPENED = {
    544: EdgeKind.ADMIN_TO,
    REMOTE_DESKTOP: EdgeKind.CAN_RDP,
    562: EdgeKind.EXECUTE_DCOM,
    580: EdgeKind.CAN_PS_REMOTE,
}


def local_rights(draft: Draft, memberships: Memberships) -> None:
    """Derive access to DCs from groups of their domain; keep remote desktops that really open.

    Cost: O(relations to hosts), plus the members compared where logon rights were collected.
    """
    facts = draft.facts
    _controllers(draft)
    _remote_desktops(draft, memberships)
    hosts = (facts.kind == ObjectKind.COMPUTER) & facts.is_set(Flag.ENABLED)
    for flag, why in (
        (Flag.SESSIONS_COLLECTED, Unexamined.SESSIONS),
        (Flag.LOCAL_GROUPS_COLLECTED, Unexamined.LOCAL_GROUPS),
    ):
        draft.not_known(why, np.flatnonzero(hosts & ~facts.is_set(flag)).astype(np.int32))


def _controllers(draft: Draft) -> None:
    """On a DC the local groups are those of the domain; a read-only DC has a manager besides."""
    facts = draft.facts
    deleted = facts.is_set(Flag.DELETED)
    hosts = np.flatnonzero(facts.is_set(Flag.IS_DC) & (facts.domain >= 0) & ~deleted)
    for number, kind in OPENED.items():
        groups = np.flatnonzero(
            (facts.authority == Authority.BUILTIN) & (facts.rid == number) & ~deleted
        )
        for group in groups.tolist():
            here = hosts[facts.domain[hosts] == facts.domain[group]].astype(np.int32)
            draft.add(kind, group, here)
    manager, managed = draft.pairs(EdgeKind.MANAGED_BY)
    is_rodc = facts.is_set(Flag.IS_RODC)[managed]
    for one, host in zip(manager[is_rodc].tolist(), managed[is_rodc].tolist(), strict=True):
        draft.add(EdgeKind.ADMIN_TO, one, host, draft.cause(one, host))


def _remote_desktops(draft: Draft, memberships: Memberships) -> None:
    """Where logon rights were collected, a remote desktop needs the group and the right."""
    holder, host = draft.pairs(EdgeKind.REMOTE_INTERACTIVE_RIGHT)
    if not len(host):
        return
    facts = draft.facts
    order = np.argsort(host, kind="stable")
    holder, host = holder[order], host[order]
    is_limited = np.zeros(len(facts), np.bool_)
    is_limited[host] = True
    positions = draft.stated(EdgeKind.CAN_RDP)
    positions = positions[is_limited[facts.edges.target[positions]]]
    first = np.searchsorted(host, facts.edges.target[positions])
    last = np.searchsorted(host, facts.edges.target[positions], side="right")
    for position, start, end in zip(positions.tolist(), first.tolist(), last.tolist(), strict=True):
        member, computer = int(facts.edges.source[position]), int(facts.edges.target[position])
        allowed = holder[start:end]
        if not _is_open(draft, member, computer, allowed):
            draft.is_dropped[position] = True
            both = memberships.common(np.array([member], np.int32), allowed)
            draft.add(EdgeKind.CAN_RDP, both, computer, draft.cause(member, computer))


def _is_open(draft: Draft, member: int, host: int, allowed: IntArray) -> bool:
    """Whether the right is held by the member itself, or by the whole group of remote desktops."""
    facts = draft.facts
    local = f"{facts.identifiers[host]}-{REMOTE_DESKTOP}"
    return any(
        one == member
        or facts.identifiers[one] == local
        or (facts.authority[one] == Authority.BUILTIN and facts.rid[one] == REMOTE_DESKTOP)
        for one in allowed.tolist()
    )
