"""Which certification authorities does each domain trust for logging on, and who enrols there?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.facts import BoolArray, DirectoryFacts, IntArray
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind, Text

_ENROLS = (EdgeKind.ENROLL, EdgeKind.ALL_EXTENDED_RIGHTS, EdgeKind.GENERIC_ALL)


@dataclass(frozen=True, slots=True)
class Authority:
    """One enterprise certification authority that a domain trusts.

    Attributes:
        index: its object. domains: (k,) domains that accept its certificates for logging on.
        enrollers: (e,) direct holders of the right to enrol. templates: (t,) published on it.
    """

    index: int
    domains: IntArray
    enrollers: IntArray
    templates: IntArray


def authorities(draft: Draft) -> list[Authority]:
    """Enterprise authorities trusted by some domain, by index.

    An authority is trusted when it stands in the NTAuth store of the domain *and* its chain ends at
    a root of that domain; both are read from certificate thumbprints unless stated.

    Cost: O(authorities + relations of certificates).
    """
    facts = draft.facts
    found = []
    above = _chain(draft)
    roots, stores = (
        _targets(draft, EdgeKind.ROOT_CA_FOR),
        _targets(draft, EdgeKind.NT_AUTH_STORE_FOR),
    )
    trusted = _trusted(draft)
    enrollers, templates = _sources(draft, EdgeKind.ENROLL), _sources(draft, EdgeKind.PUBLISHED_TO)
    nobody = np.zeros(0, np.int32)
    standing = (facts.kind == ObjectKind.ENTERPRISE_CA) & ~facts.is_set(Flag.DELETED)
    for index in np.flatnonzero(standing).tolist():
        chained = {domain for one in _climb(index, above) for domain in roots.get(one, ())}
        logged = {domain for store in trusted.get(index, ()) for domain in stores.get(store, ())}
        domains = sorted(chained & logged)
        if not domains and not (_is_told(facts, index) and stores and roots):
            draft.not_known(Unexamined.CA_CHAIN, index)
        if not domains:
            continue
        if not len(enrollers.get(index, nobody)):
            draft.not_known(Unexamined.CA_ENROLLERS, index)
        found.append(
            Authority(
                index,
                np.array(domains, np.int32),
                enrollers.get(index, nobody),
                templates.get(index, nobody),
            )
        )
    return found


def golden(draft: Draft, found: list[Authority]) -> None:
    """Derive what the computer that hosts an authority can sign for."""
    hosts = _sources(draft, EdgeKind.HOSTS_CA_SERVICE)
    for one in found:
        draft.cross(EdgeKind.GOLDEN_CERT, hosts.get(one.index, np.zeros(0, np.int32)), one.domains)


def enrollers_of(draft: Draft) -> dict[int, IntArray]:
    """Direct holders of the right to enrol, for each template."""
    source, target = draft.pairs(*_ENROLS)
    is_template = draft.facts.kind[target] == ObjectKind.CERT_TEMPLATE
    return _grouped(target[is_template], source[is_template])


def accepts_weakly(
    draft: Draft, forest: IntArray, domain: int, weak: Flag, *, strong: bool
) -> bool | None:
    """Whether some DC of the forest of a domain maps or binds certificates weakly; None = not told.

    Args:
        forest: (n,) forest of each object. domain: whose forest is looked at.
        weak: the flag to look at. strong: whether the flag, when set, is the safe setting.
    """
    facts = draft.facts
    here = facts.is_set(Flag.IS_DC) & ~facts.is_set(Flag.DELETED) & (forest == forest[domain])
    known = facts.is_known(weak) & here
    exposed = known & (facts.is_set(weak) != strong)
    if exposed.any():
        return True
    return False if here.any() and known[here].all() else None


def _is_told(facts: DirectoryFacts, index: int) -> bool:
    return index in facts.texts.get(Text.CERT_THUMBPRINT, {})


def _thumbprints(facts: DirectoryFacts, *kinds: ObjectKind) -> dict[str, list[int]]:
    """Objects that carry each certificate; what is deleted vouches for nothing."""
    found: dict[str, list[int]] = {}
    values = facts.texts.get(Text.CERT_THUMBPRINT, {})
    standing = np.isin(facts.kind, kinds) & ~facts.is_set(Flag.DELETED)
    for index in np.flatnonzero(standing).tolist():
        value = values.get(index, ())
        for one in (value,) if isinstance(value, str) else value:
            found.setdefault(one.upper(), []).append(index)
    return found


def _chain(draft: Draft) -> dict[int, set[int]]:
    """What stands above each authority: the same certificate elsewhere, and its issuer."""
    facts = draft.facts
    above: dict[int, set[int]] = {}
    for kind in (EdgeKind.ENTERPRISE_CA_FOR, EdgeKind.ISSUED_SIGNED_BY):
        for source, target in zip(*(c.tolist() for c in draft.pairs(kind)), strict=True):
            above.setdefault(source, set()).add(target)
    published = _thumbprints(facts, ObjectKind.ROOT_CA, ObjectKind.AIA_CA)
    issuers = _thumbprints(facts, ObjectKind.ENTERPRISE_CA, ObjectKind.ROOT_CA, ObjectKind.AIA_CA)
    prints = facts.texts.get(Text.CERT_THUMBPRINT, {})
    chains = facts.texts.get(Text.CERT_CHAIN, {})
    every = facts.of_kind(ObjectKind.ENTERPRISE_CA, ObjectKind.ROOT_CA, ObjectKind.AIA_CA).tolist()
    for index in every:
        own, chain = prints.get(index), chains.get(index)
        if facts.kind[index] == ObjectKind.ENTERPRISE_CA and isinstance(own, str):
            above.setdefault(index, set()).update(published.get(own.upper(), ()))
        if isinstance(chain, tuple) and len(chain) > 1:
            above.setdefault(index, set()).update(issuers.get(chain[1].upper(), ()))
    return above


def _climb(index: int, above: dict[int, set[int]]) -> set[int]:
    seen, waiting = {index}, [index]
    while waiting:
        for other in above.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _trusted(draft: Draft) -> dict[int, set[int]]:
    """NTAuth stores that hold the certificate of each enterprise authority."""
    facts = draft.facts
    found: dict[int, set[int]] = {}
    for source, target in zip(
        *(c.tolist() for c in draft.pairs(EdgeKind.TRUSTED_FOR_NT_AUTH)), strict=True
    ):
        found.setdefault(source, set()).add(target)
    stores = _thumbprints(facts, ObjectKind.NT_AUTH_STORE)
    for one, indices in _thumbprints(facts, ObjectKind.ENTERPRISE_CA).items():
        for index in indices:
            found.setdefault(index, set()).update(stores.get(one, ()))
    return found


def _grouped(key: IntArray, value: IntArray) -> dict[int, IntArray]:
    order = np.argsort(key, kind="stable")
    keys, starts = np.unique(key[order], return_index=True)
    parts = np.split(value[order], starts[1:])
    return dict(zip(keys.tolist(), parts, strict=False))


def _sources(draft: Draft, kind: EdgeKind) -> dict[int, IntArray]:
    source, target = draft.pairs(kind)
    return _grouped(target, source)


def _targets(draft: Draft, kind: EdgeKind) -> dict[int, list[int]]:
    source, target = draft.pairs(kind)
    return {key: found.tolist() for key, found in _grouped(source, target).items()}


def marked(count: int, indices: IntArray) -> BoolArray:
    """(count,) marks at these indices."""
    marks = np.zeros(count, np.bool_)
    marks[indices] = True
    return marks
