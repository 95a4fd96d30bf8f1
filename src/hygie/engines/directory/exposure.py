"""Who can reach tier 0, in how many steps, and by which path?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hygie.engines.directory.derive.derivation import Derivation
from hygie.engines.directory.derive.draft import DERIVED
from hygie.engines.directory.derive.identities import GUEST
from hygie.engines.directory.facts import ABSENT, BoolArray, DirectoryFacts, EdgeTable, IntArray
from hygie.engines.directory.tier_zero import TierZero
from hygie.engines.directory.verdicts import Exposure
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, ObjectKind
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import Csr, Reach

_ACCOUNTS = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)
_DOMAIN_USERS = 513
_MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: the relation at `position` of the edges, read source … target."""

    position: int
    source: int
    kind: EdgeKind
    target: int


@dataclass(frozen=True, slots=True)
class AttackGraph:
    """What is searched, ready to be searched again.

    Attributes:
        found: the derivation, its edges completed by what accounts can claim.
        rows: its edges by target. targets: nodes of tier 0. tier: marks and reasons.
    """

    found: Derivation
    rows: Csr
    targets: IntArray
    tier: TierZero


def attack_graph(found: Derivation, tier: TierZero) -> tuple[AttackGraph, Reach]:
    """Lay the relations out for searching, and search once.

    The node of everybody in a forest is reached first; only if it has a path are the accounts of
    that forest tied to it, which is repeated as long as new ones are reached.

    Returns:
        The graph, and the way of each node to tier 0.

    Cost: O(n + m), twice when some path is open to everybody.
    """
    targets = np.flatnonzero(tier.inside).astype(np.int32)
    rows = _rows(found)
    reach = reverse_reach(rows, targets)
    tied: set[int] = set()
    for _ in range(_MOST_ROUNDS):
        open_to_all = {
            forest: node
            for forest, node in found.any_account.items()
            if reach.distance[node] >= 0 and forest not in tied
        }
        if not open_to_all:
            break
        tied |= open_to_all.keys()
        found = _tied(found, open_to_all)
        rows = _rows(found)
        reach = reverse_reach(rows, targets)
    return AttackGraph(found, rows, targets, tier), reach


def _rows(found: Derivation) -> Csr:
    return csr_from_edges(len(found.facts), found.edges.source, found.edges.target, reverse=True)


def claimants(found: Derivation, forest: int) -> IntArray:
    """Accounts that can log on in a forest: not disabled, not deleted, Guest and trusts aside."""
    facts = found.facts
    inside = np.zeros(len(facts), np.bool_)
    inside[: found.objects] = found.forest == forest
    disabled = facts.is_known(Flag.ENABLED) & ~facts.is_set(Flag.ENABLED)
    inside &= np.isin(facts.kind, _ACCOUNTS) & ~disabled & ~facts.is_set(Flag.DELETED)
    inside &= ~facts.is_set(Flag.TRUST_ACCOUNT)
    inside &= ~((facts.authority == Authority.DOMAIN) & (facts.rid == GUEST))
    return np.flatnonzero(inside).astype(np.int32)


def _tied(found: Derivation, nodes: dict[int, int]) -> Derivation:
    sources = [claimants(found, forest) for forest in nodes]
    source = np.concatenate(sources).astype(np.int32)
    target = np.repeat(
        np.array(list(nodes.values()), np.int32), [len(accounts) for accounts in sources]
    )
    none = np.full(len(source), -1, np.int32)
    edges = found.edges
    table = EdgeTable(
        np.concatenate((edges.source, source)),
        np.concatenate((edges.target, target)),
        np.concatenate(
            (edges.kind, np.full(len(source), EdgeKind.CLAIM_SPECIAL_IDENTITY, np.uint8))
        ),
        np.concatenate((edges.flags, np.full(len(source), DERIVED, np.uint8))),
    )
    return replace(
        found,
        edges=table,
        stated=np.concatenate((found.stated, none)),
        cause=np.concatenate((found.cause, none)),
    )


def exposure(graph: AttackGraph, reach: Reach) -> Exposure:
    """Count who has a path.

    Args:
        graph, reach: as `attack_graph` gives them, or a later search on the same graph.

    Cost: O(n + m).
    """
    found, facts = graph.found, graph.found.facts
    users, computers = populations(facts, graph.tier)
    has_path = reach.distance > 0
    unknown = hosts_not_examined(facts)
    hosts = (facts.kind == ObjectKind.COMPUTER) & facts.is_set(Flag.ENABLED)
    return Exposure(
        distance=reach.distance,
        step=reach.next_edge,
        tier_zero=graph.tier.inside,
        edges=found.edges,
        users=int(users.sum()),
        exposed_users=int((users & has_path).sum()),
        computers=int(computers.sum()),
        exposed_computers=int((computers & has_path).sum()),
        any_user_exposed=_any_user(found, reach),
        hosts=int(hosts.sum()),
        unknown_hosts=int(unknown.sum()),
        by_kind=_by_kind(found.edges, reach, users & has_path),
    )


def populations(facts: DirectoryFacts, tier: TierZero) -> tuple[BoolArray, BoolArray]:
    """Enabled users, and enabled computers, outside tier 0, (n,) each."""
    counted = facts.is_set(Flag.ENABLED) & ~tier.inside & ~facts.is_set(Flag.DELETED)
    return (
        counted & (facts.kind == ObjectKind.USER),
        counted & (facts.kind == ObjectKind.COMPUTER),
    )


def exposed_accounts(found: Exposure, facts: DirectoryFacts) -> BoolArray:
    """Enabled users and computers outside tier 0 that have a path, (n,)."""
    counted = np.isin(facts.kind, (ObjectKind.USER, ObjectKind.COMPUTER))
    counted &= facts.is_set(Flag.ENABLED) & ~facts.is_set(Flag.DELETED)
    answer: BoolArray = counted & (found.distance > 0)
    return answer


def hosts_not_examined(facts: DirectoryFacts) -> BoolArray:
    """Enabled computers whose sessions or local groups were not collected, (n,)."""
    read = facts.is_set(Flag.SESSIONS_COLLECTED) & facts.is_set(Flag.LOCAL_GROUPS_COLLECTED)
    answer: BoolArray = (facts.kind == ObjectKind.COMPUTER) & facts.is_set(Flag.ENABLED) & ~read
    return answer


def _any_user(found: Derivation, reach: Reach) -> bool:
    facts = found.facts
    everybody = np.array(list(found.any_account.values()), np.int64)
    if (reach.distance[everybody] >= 0).any():
        return True
    groups = (facts.authority == Authority.DOMAIN) & (facts.rid == _DOMAIN_USERS)
    return bool((reach.distance[groups] >= 0).any())


def _by_kind(edges: EdgeTable, reach: Reach, counted: BoolArray) -> dict[int, int]:
    """How many of the counted nodes have each kind of relation on their witness path."""
    low = np.zeros(len(counted), np.uint64)
    high = np.zeros(len(counted), np.uint64)
    order = np.argsort(reach.distance, kind="stable")
    ranks = reach.distance[order]
    for distance in range(1, int(ranks[-1]) + 1 if len(ranks) else 1):
        first, last = np.searchsorted(ranks, (distance, distance + 1))
        nodes = order[first:last]
        following = reach.next_node[nodes]
        kind = edges.kind[reach.next_edge[nodes]].astype(np.uint64)
        bit = np.uint64(1) << (kind & np.uint64(63))
        low[nodes] = low[following] | np.where(kind < 64, bit, np.uint64(0))
        high[nodes] = high[following] | np.where(kind >= 64, bit, np.uint64(0))
    answer = {}
    for one in EdgeKind:
        marks = low if one < 64 else high
        total = int((marks[counted] >> np.uint64(one & 63) & np.uint64(1)).sum())
        if total:
            answer[int(one)] = total
    return answer


def path_of(found: Exposure, index: int) -> list[Step]:
    """The witness path of an object, from itself to tier 0; empty inside tier 0 or without path."""
    steps, edges = [], found.edges
    while found.step[index] != ABSENT:
        position = int(found.step[index])
        target = int(edges.target[position])
        steps.append(
            Step(position, int(edges.source[position]), EdgeKind(edges.kind[position]), target)
        )
        index = target
    return steps


def hops(found: Exposure, facts: DirectoryFacts, limits: Sequence[int]) -> dict[int, int]:
    """Exposed enabled users within so many steps, for each limit."""
    users = (facts.kind == ObjectKind.USER) & facts.is_set(Flag.ENABLED)
    users &= ~found.tier_zero & ~facts.is_set(Flag.DELETED)
    distance = found.distance[users & (found.distance > 0)]
    return {limit: int((distance <= limit).sum()) for limit in limits}
