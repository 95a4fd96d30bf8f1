"""Which domains form a forest, and which identities can whoever logs on there claim?"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Facet, Unexamined
from hygie.engines.directory.facts import ABSENT, UNKNOWN, DirectoryFacts, IntArray, Trust
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, ObjectKind

WITHIN_FOREST = 0x20
SELECTIVE_AUTHENTICATION = 0x10
_WITHIN = frozenset(
    {"parent_child", "parentchild", "cross_link", "crosslink", "tree_root", "treeroot"}
)
CLAIMED = (
    "S-1-1-0",  # Everyone
    "S-1-5-2",  # Network
    "S-1-5-7",  # Anonymous: anybody may say nothing
    "S-1-5-11",  # Authenticated Users
    "S-1-5-15",  # This Organization
    "S-1-18-1",  # identity asserted by an authentication authority
    "S-1-64-10",  # NTLM authentication
    "S-1-64-14",  # Schannel authentication
)
ENTERPRISE_DCS = "S-1-5-9"
_ACROSS = ("S-1-1-0", "S-1-5-2", "S-1-5-11")
GUEST = 501


def special_sid(identifier: str) -> str:
    """The well-known SID behind its domain (`DOM.FR-S-1-5-11` → `S-1-5-11`)."""
    start = identifier.rfind("S-1-")
    return identifier[start:] if start >= 0 else ""


def is_within_forest(trust: Trust) -> bool:
    """Whether the two domains of a trust belong to one forest."""
    if trust.attributes != UNKNOWN and trust.attributes & WITHIN_FOREST:
        return True
    return trust.trust_type.lower().replace("-", "_") in _WITHIN


def partners(facts: DirectoryFacts) -> list[int]:
    """Index of the other domain of each trust, `ABSENT` when no object stands for it."""
    domains = facts.of_kind(ObjectKind.DOMAIN).tolist()
    by_sid = {facts.identifiers[index]: index for index in reversed(domains)}
    by_name = {facts.names[index].upper(): index for index in reversed(domains)}
    return [
        by_sid.get(trust.partner_sid.upper(), by_name.get(trust.partner_name.upper(), ABSENT))
        if trust.partner_sid or trust.partner_name
        else ABSENT
        for trust in facts.trusts
    ]


def forest_of(facts: DirectoryFacts) -> IntArray:
    """Forest of each object: the lowest index of its domains, -1 when its domain is not told.

    Cost: O(n + trusts).
    """
    root = {int(index): int(index) for index in facts.of_kind(ObjectKind.DOMAIN)}

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = root[root[index]]
            index = root[index]
        return index

    for trust, partner in zip(facts.trusts, partners(facts), strict=True):
        if partner != ABSENT and trust.domain in root and is_within_forest(trust):
            first, second = sorted((find(trust.domain), find(partner)))
            root[second] = first
    of_domain = np.full(len(facts) + 1, -1, np.int32)  # the last one stands for ABSENT
    for index in root:
        of_domain[index] = find(index)
    answer = of_domain[facts.domain].astype(np.int32)
    domains = facts.of_kind(ObjectKind.DOMAIN)
    answer[domains] = of_domain[domains]
    return answer


def special_identities(draft: Draft, forest: IntArray) -> dict[int, int]:
    """Derive who can claim Everyone, Authenticated Users, Guest and their like.

    One node stands for all accounts of a forest: it claims the identities of each domain of the
    forest, and of domains that trust it without selective authentication. Accounts are tied to the
    node only if a path starts there (`exposure`).

    Returns:
        For each forest, its `ANY_ACCOUNT` node.

    Cost: O(n).
    """
    facts = draft.facts
    roots = np.unique(forest[forest >= 0])
    nodes = draft.make_facets(Facet.ANY_ACCOUNT, roots)
    any_account = dict(zip(roots.tolist(), nodes.tolist(), strict=True))
    visitors = _visitors(draft, forest)
    deleted = facts.is_set(Flag.DELETED)
    special = np.flatnonzero((facts.authority == Authority.SPECIAL) & ~deleted)
    controllers: dict[int, list[int]] = {}
    for index in np.flatnonzero(facts.is_set(Flag.IS_DC) & ~deleted).tolist():
        controllers.setdefault(int(forest[index]), []).append(index)
    for index in special.tolist():
        sid = special_sid(facts.identifiers[index])
        if sid not in CLAIMED and sid != ENTERPRISE_DCS:
            continue
        if forest[index] < 0:
            draft.not_known(Unexamined.SPECIAL_IDENTITY, index)
        elif sid == ENTERPRISE_DCS:
            hosts = np.array(controllers.get(int(forest[index]), []), np.int32)
            draft.add(EdgeKind.CLAIM_SPECIAL_IDENTITY, hosts, index)
        else:
            draft.add(EdgeKind.CLAIM_SPECIAL_IDENTITY, any_account[int(forest[index])], index)
            if sid in _ACROSS:
                for visitor in sorted(visitors.get(int(facts.domain[index]), ())):
                    draft.add(EdgeKind.CLAIM_SPECIAL_IDENTITY, any_account[visitor], index)
    guests = (facts.authority == Authority.DOMAIN) & (facts.rid == GUEST)
    guests &= (
        (facts.kind == ObjectKind.USER) & facts.is_set(Flag.ENABLED) & ~deleted & (forest >= 0)
    )
    for index in np.flatnonzero(guests).tolist():
        draft.add(EdgeKind.CLAIM_SPECIAL_IDENTITY, any_account[int(forest[index])], index)
    return any_account


def _visitors(draft: Draft, forest: IntArray) -> dict[int, set[int]]:
    """Forests whose accounts can log on in each domain because it trusts them."""
    facts = draft.facts
    found: dict[int, set[int]] = {}
    for trust, partner in zip(facts.trusts, partners(facts), strict=True):
        if is_within_forest(trust) or not trust.is_outbound or partner == ABSENT:
            continue
        if trust.attributes == UNKNOWN:
            draft.not_known(Unexamined.TRUST, trust.domain)
        elif not trust.attributes & SELECTIVE_AUTHENTICATION:
            found.setdefault(trust.domain, set()).add(int(forest[partner]))
    return found
