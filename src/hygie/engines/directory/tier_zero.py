"""What must be protected first, and for which reason each object is part of it?

The union of what ANSSI calls privileged and of what BloodHound takes by default, found by SID and
RID; the caller adds and removes objects. See docs/engines/attack-paths.md §4.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from hygie.engines.directory.derive.derivation import Derivation
from hygie.engines.directory.derive.draft import Facet
from hygie.engines.directory.derive.identities import CLAIMED, ENTERPRISE_DCS, GUEST, special_sid
from hygie.engines.directory.derive.kernels import expand
from hygie.engines.directory.facts import BoolArray, DirectoryFacts, IntArray
from hygie.engines.directory.places import Place, places_of
from hygie.engines.directory.privileged import BUILTIN_RIDS, DOMAIN_RIDS
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, ObjectKind
from hygie.engines.graph.csr import csr_from_edges

_ADMINISTRATOR = 500
_BROAD_RIDS = (GUEST, 513, 514, 515)  # Guest, domain users, guests and computers
_BROAD_BUILTIN = (545, 546, 554)  # users, guests, pre-Windows 2000 access
_PKI = (ObjectKind.ENTERPRISE_CA, ObjectKind.ROOT_CA, ObjectKind.NT_AUTH_STORE)
_HOLDERS = (ObjectKind.OU, ObjectKind.CONTAINER, ObjectKind.DOMAIN)


class Reason(IntFlag):
    """Why an object is part of tier 0; several may hold."""

    DOMAIN = 1
    ADMIN_SD_HOLDER = 2
    PRIVILEGED = 4  # group or account privileged for BloodHound and ANSSI
    OPERATORS = 8  # group privileged for ANSSI alone: operators, replicators
    MEMBER = 16  # member, at any depth, of one that is there already
    DOMAIN_CONTROLLER = 32
    CERTIFICATION_AUTHORITY = 64  # the authority, its root and store, the computer that hosts it
    HOLDS = 128  # OU or container above a member
    APPLIES = 256  # policy that acts on a member
    ADDED = 512  # by the caller


@dataclass(frozen=True, slots=True)
class TierZero:
    """Tier 0.

    Attributes:
        inside: (n,) marks, facets included. reasons: (n,) bits of `Reason`, 0 outside.
        unknown_edits: identifiers the caller named that no object bears.
    """

    inside: BoolArray
    reasons: NDArray[np.uint16]
    unknown_edits: tuple[str, ...]


def tier_zero(
    found: Derivation, *, extra: Collection[str] = (), removed: Collection[str] = ()
) -> TierZero:
    """Mark tier 0.

    Args:
        found: the derivation. extra: identifiers to add, with their members. removed: identifiers
            to leave out, whatever the reason they would be in; what is found through them stays.

    Returns:
        Marks and reasons. Groups that hold everybody (Authenticated Users, Domain Users…) are never
        part of tier 0 by membership: were one a member of it, everybody would have a path.

    Cost: O(n + memberships + relations of structure).
    """
    facts = found.facts
    reasons = np.zeros(len(facts), np.uint16)
    edits = _edits(facts, found.objects, (*extra, *removed))
    _roots(found, reasons)
    for identifier in extra:
        if identifier.upper() in edits:
            reasons[edits[identifier.upper()]] |= np.uint16(Reason.ADDED)
    _members(found, reasons)
    _structure(found, reasons)
    for identifier in removed:
        if identifier.upper() in edits:
            reasons[edits[identifier.upper()]] = 0
    _facets(found, reasons)
    named = {identifier.upper() for identifier in (*extra, *removed)}
    return TierZero(reasons > 0, reasons, tuple(sorted(named - edits.keys())))


def _edits(facts: DirectoryFacts, objects: int, identifiers: Collection[str]) -> dict[str, int]:
    named = {identifier.upper() for identifier in identifiers}
    if not named:
        return {}
    return {
        identifier: index
        for index, identifier in enumerate(facts.identifiers[:objects])
        if identifier in named
    }


def _roots(found: Derivation, reasons: NDArray[np.uint16]) -> None:
    facts = found.facts
    standing = ~facts.is_set(Flag.DELETED)
    inside = _collected(found)
    by_rid = (facts.authority == Authority.DOMAIN) & standing & inside
    reasons[by_rid & np.isin(facts.rid, (*DOMAIN_RIDS, _ADMINISTRATOR))] |= np.uint16(
        Reason.PRIVILEGED
    )
    builtin = (facts.authority == Authority.BUILTIN) & standing & inside
    reasons[builtin & (facts.rid == 544)] |= np.uint16(Reason.PRIVILEGED)
    operators = [rid for rid in BUILTIN_RIDS if rid != 544]
    reasons[builtin & np.isin(facts.rid, operators)] |= np.uint16(Reason.OPERATORS)
    for index in np.flatnonzero(
        (facts.authority == Authority.SPECIAL) & standing & inside
    ).tolist():
        if special_sid(facts.identifiers[index]) == ENTERPRISE_DCS:
            reasons[index] |= np.uint16(Reason.PRIVILEGED)
    reasons[(facts.kind == ObjectKind.DOMAIN) & standing & inside] |= np.uint16(Reason.DOMAIN)
    reasons[places_of(facts)[Place.ADMIN_SD_HOLDER]] |= np.uint16(Reason.ADMIN_SD_HOLDER)
    controllers = facts.is_set(Flag.IS_DC) & ~facts.is_set(Flag.IS_RODC) & standing
    reasons[controllers] |= np.uint16(Reason.DOMAIN_CONTROLLER)
    reasons[np.isin(facts.kind, _PKI) & standing] |= np.uint16(Reason.CERTIFICATION_AUTHORITY)
    hosting = facts.edges.kind == EdgeKind.HOSTS_CA_SERVICE
    hosts = facts.edges.source[hosting & standing[facts.edges.target]]
    reasons[hosts[standing[hosts]]] |= np.uint16(Reason.CERTIFICATION_AUTHORITY)


def _collected(found: Derivation) -> BoolArray:
    """Objects of the forests of the domains that were collected; of all when none says so."""
    facts = found.facts
    collected = facts.is_set(Flag.DOMAIN_COLLECTED)
    if not collected.any():
        return np.ones(len(facts), np.bool_)
    forests = np.unique(found.forest[np.flatnonzero(collected[: found.objects])])
    answer: BoolArray = np.zeros(len(facts), np.bool_)
    answer[: found.objects] = np.isin(found.forest, forests[forests >= 0])
    answer |= collected
    return answer


def _members(found: Derivation, reasons: NDArray[np.uint16]) -> None:
    """Unroll groups downwards, stopping at those that hold everybody."""
    facts = found.facts
    down = found.memberships.down
    grouped = np.isin(facts.kind, (ObjectKind.GROUP, ObjectKind.OTHER)) & (reasons > 0)
    broad = broad_identities(facts)
    seeds = np.flatnonzero(grouped & ~broad).astype(np.int32)
    # What is marked beforehand is not walked; the facets of the derivation have no members.
    reached = broad[: down.nodes].copy()
    expand(down.indptr, down.indices, seeds, reached)
    reached[broad[: down.nodes]] = False
    reached[seeds] = False
    groups = down.indices[_of_rows(down.indptr, seeds)]
    marks = np.zeros(len(facts), np.bool_)
    marks[: down.nodes] = reached
    marks[groups[~broad[groups]]] = True
    reasons[marks & (facts.kind != ObjectKind.FACET)] |= np.uint16(Reason.MEMBER)


def _of_rows(indptr: NDArray[np.int64], rows: IntArray) -> NDArray[np.int64]:
    """Positions of all entries of some rows."""
    first = indptr[rows]
    counts = indptr[rows.astype(np.int64) + 1] - first
    shift = np.repeat(first - np.cumsum(counts) + counts, counts)
    positions: NDArray[np.int64] = shift + np.arange(len(shift), dtype=np.int64)
    return positions


def broad_identities(facts: DirectoryFacts) -> BoolArray:
    """Groups and identities that hold everybody, or whom anybody can be, (n,)."""
    broad: BoolArray = (facts.authority == Authority.DOMAIN) & np.isin(facts.rid, _BROAD_RIDS)
    broad |= (facts.authority == Authority.BUILTIN) & np.isin(facts.rid, _BROAD_BUILTIN)
    for index in np.flatnonzero(facts.authority == Authority.SPECIAL).tolist():
        broad[index] = special_sid(facts.identifiers[index]) in CLAIMED
    return broad


def _structure(found: Derivation, reasons: NDArray[np.uint16]) -> None:
    """Mark containers above what is inside, and policies that act on it."""
    facts, edges = found.facts, found.facts.edges
    kept = edges.kind == EdgeKind.CONTAINS
    kept &= np.isin(facts.kind[edges.source], _HOLDERS)
    deleted = facts.is_set(Flag.DELETED)
    kept &= ~deleted[edges.source] & ~deleted[edges.target]
    above = csr_from_edges(len(facts), edges.source, edges.target, reverse=True, keep=kept)
    members = np.flatnonzero(reasons > 0).astype(np.int32)
    holders = np.zeros(len(facts), np.bool_)
    holders[members] = True
    held = np.unique(above.indices[_of_rows(above.indptr, members)]).astype(np.int32)
    reached = np.zeros(len(facts), np.bool_)
    expand(above.indptr, above.indices, held, reached)
    reasons[reached] |= np.uint16(Reason.HOLDS)
    applied = np.isin(facts.kind, (ObjectKind.USER, ObjectKind.COMPUTER)) & holders
    policy = np.isin(
        found.edges.kind,
        (EdgeKind.POLICY_APPLIES, EdgeKind.GP_LINK, EdgeKind.GP_LINK_ENFORCED),
    )
    back = csr_from_edges(
        len(facts), found.edges.source, found.edges.target, reverse=True, keep=policy
    )
    reached = np.zeros(len(facts), np.bool_)
    seeds = np.flatnonzero(applied).astype(np.int32)
    expand(back.indptr, back.indices, seeds, reached)
    reasons[reached & (facts.kind == ObjectKind.GPO)] |= np.uint16(Reason.APPLIES)


def _facets(found: Derivation, reasons: NDArray[np.uint16]) -> None:
    """Writing the attributes of what is in tier 0 is holding it."""
    facts = found.facts
    start = f"{Facet.WRITE}>"
    for index in range(found.objects, len(facts)):
        if facts.identifiers[index].startswith(start):
            reasons[index] = reasons[found.base[index]]
