"""Which domain falls with which other, by the trusts that they state?"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.derive.identities import is_within_forest, partners
from hygie.engines.directory.facts import ABSENT, UNKNOWN, Trust
from hygie.engines.directory.vocabulary import EdgeKind

QUARANTINED = 0x4
FOREST_TRANSITIVE = 0x8
TREAT_AS_EXTERNAL = 0x40
TGT_DELEGATION = 0x800


def trusts(draft: Draft) -> None:
    """Derive relations between domains; the source of each is the domain that gives the other.

    Cost: O(trusts).
    """
    facts = draft.facts
    for trust, partner in zip(facts.trusts, partners(facts), strict=True):
        if partner == ABSENT or partner == trust.domain:
            draft.not_known(Unexamined.TRUST, trust.domain)
            continue
        if is_within_forest(trust):
            draft.add(EdgeKind.SAME_FOREST_TRUST, np.array([trust.domain, partner], np.int32),
                      np.array([partner, trust.domain], np.int32))  # fmt: skip
            continue
        cause = draft.cause(trust.domain, partner)
        if trust.is_outbound is not False:
            filtered = is_filtered(trust)
            if trust.is_outbound is None or filtered is None:
                draft.not_known(Unexamined.TRUST, trust.domain)
            elif not filtered:
                draft.add(EdgeKind.SPOOF_SID_HISTORY, partner, trust.domain, cause)
        if trust.is_inbound is not False:
            delegates = delegates_tickets(trust)
            if trust.is_inbound is None or delegates is None:
                draft.not_known(Unexamined.TRUST, trust.domain)
            elif delegates:
                draft.add(EdgeKind.ABUSE_TGT_DELEGATION, partner, trust.domain, cause)


def is_filtered(trust: Trust) -> bool | None:
    """Whether identifiers of the trusting domain are refused from the other; None = not told."""
    if trust.attributes != UNKNOWN:
        if trust.attributes & QUARANTINED:
            return True
        if trust.attributes & FOREST_TRANSITIVE:
            return not trust.attributes & TREAT_AS_EXTERNAL
        return False
    return trust.sid_filtering


def delegates_tickets(trust: Trust) -> bool | None:
    """Whether tickets of the trusted domain are delegated to the other; None = not told."""
    if trust.tgt_delegation is not None:
        return trust.tgt_delegation
    return None if trust.attributes == UNKNOWN else bool(trust.attributes & TGT_DELEGATION)
