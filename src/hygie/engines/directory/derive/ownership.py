"""When does owning an object, or being able to take it, really give it?"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.derive.identities import special_sid
from hygie.engines.directory.derive.memberships import Memberships
from hygie.engines.directory.edges import TRAVERSABLE
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeFlag,
    EdgeKind,
    Flag,
    ObjectKind,
    Text,
)

OWNER_RIGHTS = "S-1-3-4"
_BLOCK_OWNER = 28  # position of BlockOwnerImplicitRights in dSHeuristics (KB5008383)
_ADMINISTRATORS = (512, 519)
_GIVING = tuple(
    kind
    for kind in sorted(TRAVERSABLE)
    if EdgeKind.OWNS <= kind <= EdgeKind.WRITE_PUBLIC_INFORMATION and kind != EdgeKind.OWNS
)


def owner_rights(draft: Draft, memberships: Memberships) -> None:
    """Put aside ownership that an OWNER RIGHTS entry or a domain setting empties.

    Owning gives what OWNER RIGHTS is granted, if it is granted anything at all. Taking ownership
    removes such an entry unless it is inherited. Where the domain blocks implicit rights, owners of
    computers and managed accounts have none, administrators of the domain or forest excepted.

    Cost: O(relations of ownership), plus the members of the administrators.
    """
    facts = draft.facts
    limited, gives, inherited = _granted(draft)
    owned = draft.stated(EdgeKind.OWNS)
    target = facts.edges.target[owned]
    draft.is_dropped[owned[limited[target] & ~gives[target]]] = True
    taken = draft.stated(EdgeKind.WRITE_OWNER)
    target = facts.edges.target[taken]
    draft.is_dropped[taken[inherited[target] & ~gives[target]]] = True
    blocked = _blocked(draft)
    if not blocked.any():
        return
    administrators = np.flatnonzero(
        (facts.authority == Authority.DOMAIN) & np.isin(facts.rid, _ADMINISTRATORS)
    ).astype(np.int32)
    trusted = memberships.everyone_in(administrators)
    owned, taken = draft.stated(EdgeKind.OWNS), draft.stated(EdgeKind.WRITE_OWNER)
    owned = owned[blocked[facts.edges.target[owned]]]
    draft.is_dropped[owned[~trusted[facts.edges.source[owned]]]] = True
    draft.is_dropped[taken[blocked[facts.edges.target[taken]]]] = True


def _granted(draft: Draft) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Objects with an OWNER RIGHTS entry; those where it gives control; where it is inherited."""
    facts = draft.facts
    special = np.flatnonzero(facts.authority == Authority.SPECIAL)
    is_owner = np.zeros(len(facts), np.bool_)
    is_owner[[i for i in special.tolist() if special_sid(facts.identifiers[i]) == OWNER_RIGHTS]] = (
        True
    )
    limited = facts.is_set(Flag.OWNER_RIGHTS_ACE)
    gives, inherited = np.zeros(len(facts), np.bool_), np.zeros(len(facts), np.bool_)
    stated = is_owner[facts.edges.source] & ~draft.is_dropped
    target, flags = facts.edges.target[stated], facts.edges.flags[stated]
    limited[target] = True
    gives[target[np.isin(facts.edges.kind[stated], _GIVING)]] = True
    inherited[target[flags & EdgeFlag.INHERITED > 0]] = True
    return limited, gives, inherited


def _blocked(draft: Draft) -> BoolArray:
    """Computers and managed accounts of domains that block the implicit rights of owners."""
    facts = draft.facts
    told = facts.texts.get(Text.DS_HEURISTICS, {})
    blocking = np.zeros(len(facts) + 1, np.bool_)  # the last one stands for ABSENT
    for index in facts.of_kind(ObjectKind.DOMAIN).tolist():
        value = told.get(index)
        if value is None:
            if not facts.is_set(Flag.DS_HEURISTICS_COLLECTED)[index]:
                draft.not_known(Unexamined.OWNER_RIGHTS, index)
        elif len(value) > _BLOCK_OWNER and value[_BLOCK_OWNER] == "1":
            blocking[index] = True
    is_host = np.isin(facts.kind, (ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT))
    is_host |= facts.is_set(Flag.GMSA) | facts.is_set(Flag.MSA)
    answer: BoolArray = blocking[facts.domain] & is_host
    return answer
