"""Who is a member of whom, through any depth of groups and through primary groups?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.facts import (
    UNKNOWN,
    BoolArray,
    DirectoryFacts,
    IntArray,
)
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Number, ObjectKind
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import Csr

_RID_LIMIT = 1 << 32


@dataclass(frozen=True, slots=True)
class Nesting:
    """Who is directly in which group, both ways; primary groups included.

    Attributes:
        down: rows of a group hold its members. up: rows of an object hold its groups.
    """

    down: Csr
    up: Csr

    def members(self, start: BoolArray) -> BoolArray:
        """The objects of `start` (n,) and everything that is in them, at any depth, (n,).

        Cost: O(n + memberships); loops are harmless.
        """
        return _reached(self.down, start)

    def holders(self, start: BoolArray) -> BoolArray:
        """The objects of `start` (n,) and every group they are in, at any depth, (n,)."""
        return _reached(self.up, start)

    def direct(self, group: int) -> IntArray:
        """Direct members of one group."""
        return self.down.indices[self.down.indptr[group] : self.down.indptr[group + 1]]


def _reached(rows: Csr, start: BoolArray) -> BoolArray:
    # Rows of a group hold its members: searching "towards" the starts walks down from them.
    found: BoolArray = reverse_reach(rows, np.flatnonzero(start).astype(np.int32)).distance >= 0
    return found


def nesting(facts: DirectoryFacts) -> Nesting:
    """The memberships of these facts.

    Cost: O(n log n + m).
    """
    member, group = memberships(facts)
    return Nesting(
        down=csr_from_edges(len(facts), member, group, reverse=True),
        up=csr_from_edges(len(facts), member, group),
    )


def primary_groups(facts: DirectoryFacts) -> tuple[IntArray, IntArray]:
    """Pairs (account, group) of primary membership, from the RID and from stated relations.

    Returns:
        Two columns (k,); an account whose primary group is not among the objects gives no pair.

    Cost: O(n log n).
    """
    rid = facts.number(Number.PRIMARY_GROUP_RID)
    accounts = np.flatnonzero((rid != UNKNOWN) & (facts.domain >= 0))
    groups = np.flatnonzero(
        (facts.authority == Authority.DOMAIN) & (facts.rid >= 0) & (facts.domain >= 0)
    )
    groups = groups[np.isin(facts.kind[groups], (ObjectKind.GROUP, ObjectKind.OTHER))]
    keys = facts.domain[groups].astype(np.int64) * _RID_LIMIT + facts.rid[groups]
    order = np.argsort(keys, kind="stable")
    keys, groups = keys[order], groups[order]
    wanted = facts.domain[accounts].astype(np.int64) * _RID_LIMIT + rid[accounts]
    place = np.searchsorted(keys, wanted)
    is_found = place < len(keys)
    is_found[is_found] = keys[place[is_found]] == wanted[is_found]
    edges = facts.edges
    stated = edges.kind == EdgeKind.PRIMARY_GROUP
    return (
        np.concatenate((accounts[is_found], edges.source[stated])).astype(np.int32),
        np.concatenate((groups[place[is_found]], edges.target[stated])).astype(np.int32),
    )


def memberships(facts: DirectoryFacts) -> tuple[IntArray, IntArray]:
    """Pairs (member, group) of direct membership, primary groups included, (k,) each.

    Cost: O(n log n + m).
    """
    member, group = primary_groups(facts)
    stated = facts.edges.kind == EdgeKind.MEMBER_OF
    return (
        np.concatenate((facts.edges.source[stated], member)),
        np.concatenate((facts.edges.target[stated], group)),
    )
