"""Who can ask a domain controller for secrets, by rights that only work together?"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft
from hygie.engines.directory.derive.memberships import Memberships
from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind


def replication(draft: Draft, memberships: Memberships) -> None:
    """Derive DCSync, and reading of LAPS passwords by replication.

    Both rights of a pair may come through different groups: sets of members are compared, not
    direct holders. Each relation names the holder of the second right as its cause.

    Cost: O(members of the holders), for each holder.
    """
    facts = draft.facts
    computers = (facts.kind == ObjectKind.COMPUTER) & facts.is_set(Flag.HAS_LAPS)
    computers &= ~facts.is_set(Flag.DELETED)
    asks = _by_target(draft, EdgeKind.GET_CHANGES)
    for kind, second in (
        (EdgeKind.DCSYNC, EdgeKind.GET_CHANGES_ALL),
        (EdgeKind.SYNC_LAPS_PASSWORD, EdgeKind.GET_CHANGES_FILTERED),
    ):
        for domain, holders in sorted(_by_target(draft, second).items()):
            if domain not in asks:
                continue
            targets = np.array([domain], np.int32)
            if kind == EdgeKind.SYNC_LAPS_PASSWORD:
                targets = np.flatnonzero(computers & (facts.domain == domain)).astype(np.int32)
            for holder in holders.tolist():
                sources = memberships.common(asks[domain], np.array([holder], np.int32))
                draft.cross(kind, sources, targets, draft.cause(domain, holder))


def _by_target(draft: Draft, kind: EdgeKind) -> dict[int, IntArray]:
    """Holders of a right, for each domain."""
    source, target = draft.pairs(kind)
    is_domain = draft.facts.kind[target] == ObjectKind.DOMAIN
    source, target = source[is_domain], target[is_domain]
    return {int(domain): source[target == domain] for domain in np.unique(target)}
