"""Who is in which group, recursively, and who could claim an identity that lists no member?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Unexamined
from hygie.engines.directory.derive.kernels import expand, tops
from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, Number, ObjectKind
from hygie.engines.graph.components import components
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.types import Csr

_CACHED = 48
"""Sets of members kept at hand: the same few groups enrol on templates and authorities."""


def primary_groups(draft: Draft) -> None:
    """Derive the membership that an account has by its primary group number alone.

    Cost: O(n log n).
    """
    facts = draft.facts
    rid = facts.number(Number.PRIMARY_GROUP_RID).astype(np.int64)
    is_account = np.isin(
        facts.kind, (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)
    )
    stated, _ = draft.pairs(EdgeKind.PRIMARY_GROUP)
    told = np.zeros(len(facts), np.bool_)
    told[stated] = True
    missing = is_account & (rid < 0) & ~told & facts.is_set(Flag.ENABLED)
    draft.not_known(Unexamined.PRIMARY_GROUP, np.flatnonzero(missing).astype(np.int32))
    is_group = (facts.kind == ObjectKind.GROUP) & (facts.authority == Authority.DOMAIN)
    groups = np.flatnonzero(is_group & (facts.domain >= 0))
    accounts = np.flatnonzero(is_account & (rid > 0) & ~told & (facts.domain >= 0))
    if not len(groups) or not len(accounts):
        return
    key = facts.domain[groups].astype(np.int64) << 32 | facts.rid[groups]
    order = np.argsort(key, kind="stable")
    wanted = facts.domain[accounts].astype(np.int64) << 32 | rid[accounts]
    at = np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)
    found = key[order][at] == wanted
    source = accounts[found].astype(np.int32)
    target = groups[order[at[found]]].astype(np.int32)
    members, their_groups = draft.pairs(EdgeKind.MEMBER_OF)
    is_primary = np.zeros(len(facts), np.bool_)
    is_primary[target] = True
    same = is_primary[their_groups]
    known = members[same].astype(np.int64) << 32 | their_groups[same]
    is_new = ~np.isin(source.astype(np.int64) << 32 | target, known)
    is_new &= ~facts.is_set(Flag.DELETED)[source] & ~facts.is_set(Flag.DELETED)[target]
    draft.add(EdgeKind.PRIMARY_GROUP, source[is_new], target[is_new])


_LEAST = 2000
"""What a comparison of sets counts for at least, in members unrolled."""


class Memberships:
    """Group nesting, both ways, with sets of members at hand.

    Everyone who can log on in a forest is *one* node (`Facet.ANY_ACCOUNT`): no relation is made
    for each account. A set that holds this node holds every account and group of the forest.
    """

    def __init__(self, draft: Draft, forest: IntArray, any_account: dict[int, int]) -> None:
        """Index what the draft holds so far.

        Args:
            draft: with primary groups and special identities derived.
            forest: (n,) forest of each object, -1 when not told.
            any_account: for each forest, its `ANY_ACCOUNT` node.
        """
        self.draft = draft
        self.nodes = draft.nodes
        source, target = draft.pairs(
            EdgeKind.MEMBER_OF, EdgeKind.PRIMARY_GROUP, EdgeKind.MEMBER_OF_LOCAL_GROUP
        )
        new_source, new_target, kind, _ = draft.derived()
        nested = (kind == EdgeKind.PRIMARY_GROUP) | (kind == EdgeKind.CLAIM_SPECIAL_IDENTITY)
        source = np.concatenate((source, new_source[nested])).astype(np.int32)
        target = np.concatenate((target, new_target[nested])).astype(np.int32)
        self.up = csr_from_edges(self.nodes, source, target)
        self.down = csr_from_edges(self.nodes, source, target, reverse=True)
        self.component = components(self.up).of_node
        self.forest = forest
        self.any_account = any_account
        self._broad = {key: self._reach(self.up, [node]) for key, node in any_account.items()}
        facts = draft.facts
        self._listed = np.isin(
            facts.kind,
            (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT, ObjectKind.GROUP),
        ) & (facts.authority != Authority.SPECIAL)
        self._sets: dict[tuple[int, ...], BoolArray] = {}
        self._tops: dict[tuple[tuple[int, ...], ...], IntArray] = {}
        self._unrolled = 0

    def _reach(self, rows: Csr, seeds: Sequence[int]) -> BoolArray:
        mask = np.zeros(self.nodes, np.bool_)
        expand(rows.indptr, rows.indices, np.array(seeds, np.int32), mask)
        return mask

    def implied(self, forest: int) -> BoolArray:
        """Accounts and groups that the any-account node of a forest stands for, (nodes,)."""
        mask = np.zeros(self.nodes, np.bool_)
        mask[: self.draft.count] = self._listed & (self.forest == forest)
        return mask & ~self._broad[forest]

    def members(self, holders: IntArray) -> BoolArray | None:
        """Everything that acts with the rights of some holder: itself, its members, theirs.

        Args:
            holders: (k,) objects, any order.

        Returns:
            (nodes,) marks, not to be changed; None when the limits are used up.

        Cost: O(members and their memberships); kept for the next caller.
        """
        key = tuple(np.unique(holders).tolist())
        found = self._sets.get(key)
        if found is not None:
            return found
        if self._unrolled > self.draft.limits.unrolled:
            self.draft.not_known(Unexamined.LIMIT, holders)
            return None
        mask = np.zeros(self.nodes, np.bool_)
        self._unrolled += expand(self.down.indptr, self.down.indices, np.array(key, np.int32), mask)
        self._unrolled += self.nodes // 64
        for forest, node in self.any_account.items():
            if mask[node]:
                mask |= self.implied(forest)
        if len(self._sets) >= _CACHED:
            self._sets.pop(next(iter(self._sets)))
        self._sets[key] = mask
        return mask

    def common(self, *holders: IntArray) -> IntArray:
        """The fewest principals that stand for all who are in every one of these sets.

        Args:
            holders: one set of direct holders for each right that is needed together.

        Returns:
            Indices, ascending: whoever acts with all the rights is one of them or a recursive
            member of one of them. A member whose group is already there is left out, unless it
            holds one of the rights itself and so would keep it outside the group; so are the
            accounts of a forest when any account of it is there.

        Cost: O(n / 8 + members of the sets).
        """
        if any(len(one) == 0 for one in holders):
            return np.zeros(0, np.int32)
        key = tuple(sorted(tuple(np.unique(one).tolist()) for one in holders))
        found = self._tops.get(key)
        if found is not None:
            return found
        masks = [self.members(one) for one in holders]
        self._unrolled += _LEAST + self.nodes // 16
        inside = np.ones(self.nodes, np.bool_)
        for mask in masks:
            if mask is None:
                return np.zeros(0, np.int32)
            inside &= mask
        direct = np.zeros(self.nodes, np.bool_)
        direct[np.concatenate(holders)] = True
        answer = self._tops_of(inside, direct)
        if len(self._tops) >= _CACHED:
            self._tops.pop(next(iter(self._tops)))
        self._tops[key] = answer
        return answer

    def _tops_of(self, inside: BoolArray, direct: BoolArray) -> IntArray:
        nodes = np.flatnonzero(inside).astype(np.int32)
        is_top = np.zeros(len(nodes), np.bool_)
        tops(self.up.indptr, self.up.indices, self.component, inside, nodes, is_top)
        for forest, node in self.any_account.items():
            if inside[node]:
                is_top &= ~self.implied(forest)[nodes]
        return nodes[is_top | direct[nodes]]

    def everyone_in(self, holders: IntArray) -> BoolArray:
        """Accounts and groups in a set, without the caller having to mind limits, (nodes,)."""
        mask = self.members(holders)
        return np.zeros(self.nodes, np.bool_) if mask is None else mask
