"""Which relations can an attack path walk, stated and derived, and what could not be examined?

One pure function over stated facts. Facts are never changed: derived relations are made anew at
each audit, so that a change of facts can be tried by changing facts (`what_if`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hygie.engines.directory.derive.certificates import authorities, golden
from hygie.engines.directory.derive.delegation import (
    former_identities,
    read_only_controllers,
    unconstrained,
)
from hygie.engines.directory.derive.draft import DERIVED, Draft, Limits, Unexamined, Unknowns
from hygie.engines.directory.derive.escalations import Escalations
from hygie.engines.directory.derive.hosts import local_rights
from hygie.engines.directory.derive.identities import forest_of, special_identities
from hygie.engines.directory.derive.memberships import Memberships, primary_groups
from hygie.engines.directory.derive.ownership import owner_rights
from hygie.engines.directory.derive.policies import container_rights
from hygie.engines.directory.derive.replication import replication
from hygie.engines.directory.derive.trusts import trusts
from hygie.engines.directory.edges import walked
from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, EdgeTable, IntArray
from hygie.engines.directory.vocabulary import Flag, ObjectKind


@dataclass(frozen=True, slots=True)
class Derivation:
    """What can be walked.

    Attributes:
        facts: the facts, with facets as objects of kind `FACET` after the `objects` real ones. A
            facet is identified by `facet>IDENTIFIER` and bears the name of its object.
        objects: how many objects are real.
        base: (n,) the object that each index stands for: itself, or the object of a facet.
        edges: walkable relations, m of them, in no promised order.
        stated: (m,) position in `facts.edges` of what states it, -1 when derived.
        cause: (m,) position in `causes`, -1 = none.
        causes: object whose setting makes the relation, and another (template and authority;
            domain and holder of a right; domain and trusted domain), -1 = none.
        forest: (objects,) forest of each object, -1 when not told.
        any_account: by forest, the node of everybody who can log on in it.
        memberships: group nesting, both ways.
        unknowns: what could not be examined.
    """

    facts: DirectoryFacts
    objects: int
    base: IntArray
    edges: EdgeTable
    stated: IntArray
    cause: IntArray
    causes: tuple[tuple[int, int], ...]
    forest: IntArray
    any_account: Mapping[int, int]
    memberships: Memberships
    unknowns: Unknowns


def derivation(facts: DirectoryFacts, limits: Limits | None = None) -> Derivation:
    """Derive every relation that the facts allow.

    Args:
        facts: of one forest or several, merged. limits: against hostile exports.

    Returns:
        Walkable relations, and what is not known. The same facts give the same answer.

    Cost: O(n + m log m) plus the members of groups that hold rights which work together.
    Source: docs/engines/attack-paths.md §3.
    """
    draft = Draft(facts, limits or Limits())
    forest = forest_of(facts)
    primary_groups(draft)
    any_account = special_identities(draft, forest)
    memberships = Memberships(draft, forest, any_account)
    owner_rights(draft, memberships)
    container_rights(draft)
    local_rights(draft, memberships)
    replication(draft, memberships)
    unconstrained(draft, memberships)
    former_identities(draft)
    read_only_controllers(draft, memberships)
    trusts(draft)
    found = authorities(draft)
    golden(draft, found)
    Escalations(draft, memberships, found, forest).derive()
    _uncollected(draft)
    return _closed(draft, forest, any_account, memberships)


def _uncollected(draft: Draft) -> None:
    """Tell which described objects have rights or members that nobody read."""
    facts = draft.facts
    domains = np.zeros(len(facts) + 1, np.bool_)
    domains[facts.of_kind(ObjectKind.DOMAIN)] = True
    inside = domains[facts.domain] & ~facts.is_set(Flag.DELETED)
    for kinds, flag, why in (
        (
            (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP, ObjectKind.OU, ObjectKind.GPO),
            Flag.ACES_COLLECTED,
            Unexamined.RIGHTS,
        ),
        ((ObjectKind.GROUP,), Flag.MEMBERS_COLLECTED, Unexamined.MEMBERS),
    ):
        missing = inside & np.isin(facts.kind, kinds) & ~facts.is_set(flag)
        draft.not_known(why, np.flatnonzero(missing).astype(np.int32))


def _closed(
    draft: Draft, forest: IntArray, any_account: Mapping[int, int], memberships: Memberships
) -> Derivation:
    facts = draft.facts
    edges = facts.edges
    kept = np.flatnonzero(walked(edges, facts.kind) & ~draft.is_dropped)
    source, target, kind, cause = draft.derived()
    none = np.full(len(kept), -1, np.int32)
    derived = np.full(len(source), -1, np.int32)
    table = EdgeTable(
        np.concatenate((edges.source[kept], source)).astype(np.int32, copy=False),
        np.concatenate((draft.target[kept], target)).astype(np.int32, copy=False),
        np.concatenate((edges.kind[kept], kind.astype(np.uint8))),
        np.concatenate((edges.flags[kept], np.full(len(source), DERIVED, np.uint8))),
    )
    extended, base = _extended(draft)
    return Derivation(
        facts=extended,
        objects=draft.count,
        base=base,
        edges=table,
        stated=np.concatenate((kept.astype(np.int32), derived)),
        cause=np.concatenate((none, cause)),
        causes=tuple(draft.causes),
        forest=forest,
        any_account=any_account,
        memberships=memberships,
        unknowns=draft.unknowns(),
    )


def _extended(draft: Draft) -> tuple[DirectoryFacts, IntArray]:
    """The facts with facets after the objects, and what each index stands for."""
    facts = draft.facts
    extra = draft.nodes - draft.count
    base = np.concatenate(
        [np.arange(draft.count, dtype=np.int32), *(objects for _, objects in draft.facets)]
    ).astype(np.int32)
    identifiers = list(facts.identifiers)
    for position, (facet, objects) in enumerate(draft.facets):
        mark = f"{facet}.{position}" if facet == "hub" else str(facet)
        identifiers.extend(f"{mark}>{facts.identifiers[index]}" for index in objects.tolist())
    names = [*facts.names, *(facts.names[index] for index in base[draft.count :].tolist())]
    return (
        replace(
            facts,
            identifiers=identifiers,
            names=names,
            kind=_padded(facts.kind, extra, ObjectKind.FACET),
            authority=_padded(facts.authority, extra, 0),
            rid=_padded(facts.rid, extra, UNKNOWN),
            domain=np.concatenate((facts.domain, facts.domain[base[draft.count :]])),
            known=_padded(facts.known, extra, 0),
            value=_padded(facts.value, extra, 0),
            instants=np.pad(facts.instants, ((0, 0), (0, extra)), constant_values=UNKNOWN),
            numbers={
                name: _padded(column, extra, UNKNOWN) for name, column in facts.numbers.items()
            },
        ),
        base,
    )


def _padded(column: NDArray[Any], extra: int, value: int) -> NDArray[Any]:
    return np.pad(column, (0, extra), constant_values=value)
