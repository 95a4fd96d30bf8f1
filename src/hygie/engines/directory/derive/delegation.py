"""What do Kerberos delegation, former identities and read-only domain controllers give?"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.derive.memberships import Memberships
from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, ObjectKind, Text

PROTECTED_USERS = 525
_ACCOUNTS = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)


def unconstrained(draft: Draft, memberships: Memberships) -> None:
    """Derive what an account trusted for unconstrained delegation gets from the DCs of its domain.

    A DC that is sensitive or a protected user sends no ticket; it takes all of them to be safe.

    Cost: O(n).
    """
    facts = draft.facts
    standing = ~facts.is_set(Flag.DELETED)
    is_dc = facts.is_set(Flag.IS_DC) & standing
    trusted = facts.is_set(Flag.UNCONSTRAINED_DELEGATION) & ~is_dc & (facts.domain >= 0) & standing
    accounts = np.isin(facts.kind, _ACCOUNTS)
    untold = accounts & ~facts.is_known(Flag.UNCONSTRAINED_DELEGATION) & ~is_dc & standing
    draft.not_known(
        Unexamined.DELEGATION, np.flatnonzero(untold & facts.is_set(Flag.ENABLED)).astype(np.int32)
    )
    safe = protected(draft, memberships)
    for domain in np.unique(facts.domain[trusted]).tolist():
        controllers = is_dc & (facts.domain == domain)
        if controllers.any() and safe[controllers].all():
            continue
        sources = np.flatnonzero(trusted & (facts.domain == domain)).astype(np.int32)
        draft.add(EdgeKind.COERCE_TO_TGT, sources, domain)
    controllers_at = np.flatnonzero(is_dc & (facts.domain >= 0)).astype(np.int32)
    draft.add(EdgeKind.DC_FOR, controllers_at, facts.domain[controllers_at])


def protected(draft: Draft, memberships: Memberships) -> BoolArray:
    """Accounts whose ticket is never delegated: sensitive, or a protected user, (n,)."""
    facts = draft.facts
    groups = np.flatnonzero(
        (facts.authority == Authority.DOMAIN) & (facts.rid == PROTECTED_USERS)
    ).astype(np.int32)
    answer = facts.is_set(Flag.SENSITIVE)
    if len(groups):
        answer |= memberships.everyone_in(groups)[: len(facts)]
    return answer


def former_identities(draft: Draft) -> None:
    """Derive what an account keeps from the SIDs of its history that still mean something.

    Cost: O(histories), plus one pass over the identifiers when there is any.
    """
    facts = draft.facts
    histories = facts.texts.get(Text.SID_HISTORY, {})
    stated = set(
        zip(*(column.tolist() for column in draft.pairs(EdgeKind.HAS_SID_HISTORY)), strict=True)
    )
    wanted: dict[str, list[int]] = {}
    for index, value in sorted(histories.items()):
        for sid in (value,) if isinstance(value, str) else value:
            wanted.setdefault(sid.upper(), []).append(index)
    if not wanted:
        return
    deleted = facts.is_set(Flag.DELETED)
    for target, identifier in enumerate(facts.identifiers):
        for source in wanted.get(identifier, ()):
            if (
                source != target
                and (source, target) not in stated
                and not deleted[[source, target]].any()
            ):
                draft.add(EdgeKind.HAS_SID_HISTORY, source, target)


def read_only_controllers(draft: Draft, memberships: Memberships) -> None:
    """Derive which secrets a read-only DC holds, or may come to hold.

    Cost: O(members of the groups allowed), for each set of groups.
    """
    facts = draft.facts
    account, host = draft.pairs(EdgeKind.RODC_REVEALED)
    draft.add(EdgeKind.RODC_HOLDS_SECRET, host, account)
    allowed, allowing = draft.pairs(EdgeKind.RODC_MAY_REVEAL)
    denied, denying = draft.pairs(EdgeKind.RODC_NEVER_REVEAL)
    accounts = np.isin(facts.kind, _ACCOUNTS) & ~facts.is_set(Flag.DELETED)
    sets: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
    for rodc in np.unique(allowing).tolist():
        key = (tuple(allowed[allowing == rodc].tolist()), tuple(denied[denying == rodc].tolist()))
        sets.setdefault(key, []).append(rodc)
    for (may, never), hosts in sets.items():
        inside = memberships.everyone_in(np.array(may, np.int32))[: len(facts)] & accounts
        if never:
            inside &= ~memberships.everyone_in(np.array(never, np.int32))[: len(facts)]
        targets: IntArray = np.flatnonzero(inside).astype(np.int32)
        draft.cross(EdgeKind.RODC_HOLDS_SECRET, np.array(hosts, np.int32), targets)
