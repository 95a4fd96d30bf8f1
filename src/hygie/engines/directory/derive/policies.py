"""What does holding an OU, a container or a group policy give on what stands below it?

Three things are told apart: all rights on a container reach what inherits from it; writing its
attributes allows linking a policy there, which acts on users and computers alone; a policy that is
linked acts below, down to where inheritance is blocked unless it is enforced.
"""

import numpy as np

from hygie.engines.directory.derive.draft import Draft, Facet, Unexamined
from hygie.engines.directory.facts import BoolArray, IntArray, LongArray
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind

_HOLDERS = (ObjectKind.OU, ObjectKind.DOMAIN, ObjectKind.CONTAINER, ObjectKind.CONFIGURATION)
_LINKED = (ObjectKind.OU, ObjectKind.DOMAIN)
_GOVERNED = (ObjectKind.USER, ObjectKind.COMPUTER)
_MOST_DEEP = 1000
_APPLIES = EdgeKind.POLICY_APPLIES


def container_rights(draft: Draft) -> None:
    """Derive what containers, OUs and policies give, and put aside what they do not.

    Cost: O(n + relations of structure × depth of the tree).
    """
    facts = draft.facts
    holds = np.isin(facts.kind, _HOLDERS)
    positions = draft.stated(EdgeKind.CONTAINS)
    parent, child = facts.edges.source[positions], facts.edges.target[positions]
    draft.is_dropped[positions[~holds[parent]]] = True
    kept = holds[parent]
    positions, parent, child = positions[kept], parent[kept], child[kept]
    governed = np.isin(facts.kind, _GOVERNED)
    passing = np.isin(facts.kind, (ObjectKind.OU, ObjectKind.CONTAINER))
    is_account, is_below = governed[child], passing[child]
    has_policy = _upwards(parent, child, is_below, np.unique(parent[is_account]), len(facts))
    blocks = _blocking(draft, parent, child, is_below)
    enforced = np.full(len(facts), -1, np.int32)
    holders = np.flatnonzero(has_policy).astype(np.int32)
    enforced[holders] = draft.make_facets(Facet.POLICY_ENFORCED, holders)
    plain = enforced.copy()
    split = np.flatnonzero(has_policy & blocks).astype(np.int32)
    plain[split] = draft.make_facets(Facet.POLICY, split)
    draft.add(_APPLIES, enforced[parent[is_account]], child[is_account])
    own = is_account & (plain[parent] != enforced[parent])
    draft.add(_APPLIES, plain[parent[own]], child[own])
    down = is_below & has_policy[child]
    draft.add(_APPLIES, enforced[parent[down]], enforced[child[down]])
    down &= (plain[parent] != enforced[parent]) & ~facts.is_set(Flag.BLOCKS_INHERITANCE)[child]
    draft.add(_APPLIES, plain[parent[down]], plain[child[down]])
    can_link = np.isin(facts.kind[holders], _LINKED)
    draft.add(_APPLIES, holders[can_link], enforced[holders[can_link]])
    _links(draft, plain, enforced)
    _write_only(draft, enforced)
    _protected(draft, positions, child)


def _upwards(
    parent: IntArray, child: IntArray, is_below: BoolArray, seeds: IntArray, count: int
) -> BoolArray:
    """Marks the seeds and every container above them."""
    marks = np.zeros(count, np.bool_)
    marks[seeds] = True
    above, below = parent[is_below], child[is_below]
    for _ in range(_MOST_DEEP):
        new = above[marks[below] & ~marks[above]]
        if not len(new):
            break
        marks[new] = True
    return marks


def _blocking(draft: Draft, parent: IntArray, child: IntArray, is_below: BoolArray) -> BoolArray:
    """Containers somewhere below which inheritance of policies is blocked."""
    blocked = draft.facts.is_set(Flag.BLOCKS_INHERITANCE)
    seeds = np.unique(parent[is_below & blocked[child]])
    return _upwards(parent, child, is_below, seeds, len(draft.facts))


def _links(draft: Draft, plain: IntArray, enforced: IntArray) -> None:
    """Make each link of a policy end at what it acts on."""
    facts = draft.facts
    for kind, reached in ((EdgeKind.GP_LINK, plain), (EdgeKind.GP_LINK_ENFORCED, enforced)):
        positions = draft.stated(kind)
        at = facts.edges.target[positions]
        draft.not_known(Unexamined.SITE_LINK, at[facts.kind[at] == ObjectKind.SITE])
        acts = reached[at] >= 0
        draft.target[positions[acts]] = reached[at[acts]]
        draft.is_dropped[positions[~acts]] = True


def _write_only(draft: Draft, enforced: IntArray) -> None:
    """Send rights to write attributes to a node that cannot give rights on what is below."""
    facts = draft.facts
    positions = draft.stated(EdgeKind.GENERIC_WRITE, EdgeKind.WRITE_GP_LINK)
    positions = positions[np.isin(facts.kind[facts.edges.target[positions]], _HOLDERS)]
    objects, which = np.unique(facts.edges.target[positions], return_inverse=True)
    nodes = draft.make_facets(Facet.WRITE, objects.astype(np.int32))
    draft.target[positions] = nodes[which]
    links = np.isin(facts.kind[objects], _LINKED) & (enforced[objects] >= 0)
    draft.add(_APPLIES, nodes[links], enforced[objects[links]])


def _protected(draft: Draft, positions: LongArray, child: IntArray) -> None:
    """Put aside what inherits nothing from its container."""
    facts = draft.facts
    draft.is_dropped[positions[facts.is_set(Flag.ACL_PROTECTED)[child]]] = True
    draft.not_known(Unexamined.ACL_PROTECTION, child[~facts.is_known(Flag.ACL_PROTECTED)[child]])
