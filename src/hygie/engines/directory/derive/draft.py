"""On which sheet do the derivations write what they find, and what they could not examine?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from hygie.engines.directory.facts import BoolArray, DirectoryFacts, IntArray, LongArray
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind, Flag


class Facet(StrEnum):
    """A side of an object that is a node of its own; the first word of its identifier."""

    ANY_ACCOUNT = "any_account"  # whoever can log on in the forest of this domain
    POLICY = "policy"  # what a policy linked here acts on, inheritance blocked where it is
    POLICY_ENFORCED = "policy_enforced"  # what an enforced policy linked here acts on
    WRITE = "write"  # may write the attributes of this OU, not its rights
    HUB = "hub"  # stands between many sources and many targets


class Unexamined(StrEnum):
    """What could not be examined, and why; texts are in the product."""

    TEMPLATE = "template"  # certificate template: settings not all told
    CA_REGISTRY = "ca_registry"  # certification authority: registry not collected
    CA_ENROLLERS = "ca_enrollers"  # certification authority: nobody is said to enrol
    CA_CHAIN = "ca_chain"  # certification authority: trust in it cannot be followed
    CERTIFICATE_BINDING = "certificate_binding"  # DC: how it binds certificates is not told
    CERTIFICATE_MAPPING = "certificate_mapping"  # DC: how it maps certificates is not told
    ACL_PROTECTION = "acl_protection"  # object: whether it inherits rights is not told
    OWNER_RIGHTS = "owner_rights"  # domain: dSHeuristics not told
    RIGHTS = "rights"  # object: its rights were not collected
    MEMBERS = "members"  # group: its members were not collected
    PRIMARY_GROUP = "primary_group"  # account: primary group not told
    SESSIONS = "sessions"  # enabled computer: sessions not collected
    LOCAL_GROUPS = "local_groups"  # enabled computer: local groups not collected
    SITE_LINK = "site_link"  # policy linked to a site: who is in the site is not told
    TRUST = "trust"  # domain: a trust whose settings or partner are not told
    DELEGATION = "delegation"  # account: whether it is trusted for delegation is not told
    SPECIAL_IDENTITY = "special_identity"  # special identity of an unknown domain
    LIMIT = "limit"  # left out: the export asks for more than the limits allow


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What no relation was made of because a fact is missing.

    Attributes:
        counts: how many objects, by `Unexamined` value; nothing when zero.
        objects: (k,) those objects, ascending; the first `SHOWN` of them.
    """

    counts: Mapping[str, int]
    objects: Mapping[str, IntArray]


SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond what does a hostile or senseless export stop being unrolled?

    Attributes:
        product: sources × targets above which relations go through one node between them.
        derived: relations derived in all. unrolled: group members visited in all.
    """

    product: int = 10_000
    derived: int = 30_000_000
    unrolled: int = 2_000_000_000


@dataclass(slots=True)
class _Chunks:
    source: list[IntArray] = field(default_factory=list)
    target: list[IntArray] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    cause: list[int] = field(default_factory=list)
    total: int = 0


class Draft:
    """Stated relations, some put aside or redirected, and derived ones in the making."""

    def __init__(self, facts: DirectoryFacts, limits: Limits) -> None:
        edges = facts.edges
        self.facts = facts
        self.limits = limits
        self.count = len(facts)
        self.nodes = len(facts)
        self.facets: list[tuple[Facet, IntArray]] = []
        self.causes: list[tuple[int, int]] = []
        self._cause_of: dict[tuple[int, int], int] = {}
        self._chunks = _Chunks()
        self._unknown: dict[Unexamined, list[IntArray]] = {}
        self.target = edges.target.copy()
        deleted = facts.is_set(Flag.DELETED)
        self.is_dropped: BoolArray = (
            deleted[edges.source] | deleted[edges.target] | (edges.source == edges.target)
        )
        self._order = np.argsort(edges.kind, kind="stable")
        self._starts = np.searchsorted(edges.kind[self._order], np.arange(257))

    def stated(self, *kinds: EdgeKind) -> LongArray:
        """Positions of the stated relations of these kinds that stand, ascending."""
        found = [self._order[self._starts[kind] : self._starts[kind + 1]] for kind in kinds]
        positions = np.sort(np.concatenate(found)) if len(found) > 1 else found[0]
        standing: LongArray = positions[~self.is_dropped[positions]]
        return standing

    def pairs(self, *kinds: EdgeKind) -> tuple[IntArray, IntArray]:
        """Sources and targets of the stated relations of these kinds that stand."""
        positions = self.stated(*kinds)
        return self.facts.edges.source[positions], self.facts.edges.target[positions]

    def make_facets(self, facet: Facet, objects: IntArray) -> IntArray:
        """Add one node for each object; returns their indices."""
        self.facets.append((facet, objects.astype(np.int32)))
        first = self.nodes
        self.nodes += len(objects)
        return np.arange(first, self.nodes, dtype=np.int32)

    def cause(self, subject: int, other: int = -1) -> int:
        """Number of a cause: the object whose setting makes a derived relation, and another."""
        key = (int(subject), int(other))
        found = self._cause_of.setdefault(key, len(self.causes))
        if found == len(self.causes):
            self.causes.append(key)
        return found

    def add(
        self, kind: EdgeKind, source: IntArray | int, target: IntArray | int, cause: int = -1
    ) -> None:
        """Add derived relations; a single source or target stands for all of the other."""
        sources, targets = np.broadcast_arrays(
            np.asarray(source, np.int32), np.asarray(target, np.int32)
        )
        sources, targets = np.atleast_1d(sources), np.atleast_1d(targets)
        if not len(sources):
            return
        if self._chunks.total + len(sources) > self.limits.derived:
            self.not_known(Unexamined.LIMIT, np.unique(targets))
            return
        self._chunks.total += len(sources)
        self._chunks.source.append(sources)
        self._chunks.target.append(targets)
        self._chunks.kind.append(kind)
        self._chunks.cause.append(cause)

    def cross(self, kind: EdgeKind, sources: IntArray, targets: IntArray, cause: int = -1) -> None:
        """Relate each source to each target, through one node between them when there are many."""
        if not len(sources) or not len(targets):
            return
        if (
            len(sources) * len(targets) > self.limits.product
            and min(len(sources), len(targets)) > 1
        ):
            hub = self.make_facets(Facet.HUB, targets[:1])[0]
            self.add(kind, sources, hub, cause)
            self.add(kind, hub, targets, cause)
        else:
            self.add(kind, np.repeat(sources, len(targets)), np.tile(targets, len(sources)), cause)

    def not_known(self, why: Unexamined, objects: IntArray | int) -> None:
        """Tell that objects could not be examined."""
        found = np.atleast_1d(np.asarray(objects, np.int32))
        if len(found):
            self._unknown.setdefault(why, []).append(found)

    def unknowns(self) -> Unknowns:
        """What could not be examined, each object once."""
        found = {str(why): np.unique(np.concatenate(all_)) for why, all_ in self._unknown.items()}
        return Unknowns(
            counts={why: len(objects) for why, objects in sorted(found.items())},
            objects={why: objects[:SHOWN] for why, objects in sorted(found.items())},
        )

    def derived(self) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """Source, target, kind and cause of all that was added, in the order it was."""
        chunks = self._chunks
        if not chunks.source:
            empty = np.zeros(0, np.int32)
            return empty, empty, empty, empty
        sizes = [len(part) for part in chunks.source]
        return (
            np.concatenate(chunks.source),
            np.concatenate(chunks.target),
            np.repeat(np.array(chunks.kind, np.int32), sizes),
            np.repeat(np.array(chunks.cause, np.int32), sizes),
        )


DERIVED = int(EdgeFlag.DERIVED)
