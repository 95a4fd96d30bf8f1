"""What was collected: which domains, which kinds of objects, and what of the forest is missing?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import BoolArray, DirectoryFacts, IntArray, Trust
from hygie.engines.directory.vocabulary import Flag, ObjectKind

WITHIN_FOREST = 0x20
"""Bit of trustAttributes: both domains are of one forest."""
_INNER_TRUSTS = frozenset(("parent_child", "parentchild", "tree_root", "treeroot", "cross_link"))
_PER_DOMAIN = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP)
"""Kinds of which every domain holds some from its first day: none = not collected."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the facts cover.

    Attributes:
        domains: indices of the domains collected.
        described: (n,) objects that an export describes, and not only names.
        inside: (n,) objects that are not known to be of a domain left out.
        domain_sids: SIDs of the domains collected. forest_sids: the same, and the domains of the
            same forest that were not.
        missing: names of the domains of the same forest that were not collected.
        kinds: kinds that were collected in every domain collected.
    """

    domains: IntArray
    described: BoolArray
    inside: BoolArray
    domain_sids: frozenset[str]
    forest_sids: frozenset[str]
    missing: tuple[str, ...]
    kinds: frozenset[ObjectKind]


def scope_of(facts: DirectoryFacts) -> Scope:
    """What these facts cover.

    A domain is collected when an export says so, or describes accounts of it and does not deny it.

    Cost: O(n + domains · trusts).
    """
    described = facts.known != 0
    said = facts.is_set(Flag.DOMAIN_COLLECTED)
    denied = facts.is_known(Flag.DOMAIN_COLLECTED) & ~said
    accounts = described & np.isin(facts.kind, _PER_DOMAIN) & (facts.domain >= 0)
    seen = np.zeros(len(facts), np.bool_)
    seen[facts.domain[accounts]] = True
    domains = np.flatnonzero(said | (seen & ~denied)).astype(np.int32)
    inside = np.ones(len(facts), np.bool_)
    has_domain = facts.domain >= 0
    inside[has_domain] = ~denied[facts.domain[has_domain]]
    inside &= ~denied
    sids = frozenset(facts.identifiers[domain] for domain in domains)
    inner = [trust for trust in facts.trusts if is_inner(trust) and trust.domain in domains]
    names = {facts.names[domain].upper() for domain in domains}
    missing = {
        (trust.partner_name or trust.partner_sid).upper(): trust.partner_sid.upper()
        for trust in inner
        if trust.partner_sid.upper() not in sids and trust.partner_name.upper() not in names
    }
    return Scope(
        domains=domains,
        described=described,
        inside=inside,
        domain_sids=sids,
        forest_sids=sids | frozenset(sid for sid in missing.values() if sid),
        missing=tuple(sorted(missing)),
        kinds=_kinds(facts, described, domains),
    )


def is_inner(trust: Trust) -> bool:
    """Whether both domains of a trust are of one forest, as far as it says."""
    if trust.attributes >= 0:
        return bool(trust.attributes & WITHIN_FOREST)
    return trust.trust_type.lower() in _INNER_TRUSTS


def _kinds(facts: DirectoryFacts, described: BoolArray, domains: IntArray) -> frozenset[ObjectKind]:
    kinds = {ObjectKind(kind) for kind in np.unique(facts.kind[described])}
    for kind in _PER_DOMAIN:
        holders = np.unique(facts.domain[described & (facts.kind == kind)])
        if not len(domains) or not np.isin(domains, holders).all():
            kinds.discard(kind)
    if not (len(domains) and (facts.kind[domains] == ObjectKind.DOMAIN).all()):
        kinds.discard(ObjectKind.DOMAIN)
    return frozenset(kinds)
