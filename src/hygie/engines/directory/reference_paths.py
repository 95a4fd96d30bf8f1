"""The obvious twin's tier 0, distances and counts: repeat until nothing changes."""

from collections.abc import Collection
from dataclasses import dataclass

from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.reference import ACCOUNTS, CLAIMED, Edge, F, K, O, World, world_of
from hygie.engines.directory.reference_certificates import certificates
from hygie.engines.directory.reference_rules import (
    delegation,
    histories,
    hosts,
    read_only,
    replication,
    stated_steps,
    trusts,
)
from hygie.engines.directory.vocabulary import Authority, Text


@dataclass(frozen=True)
class ReferenceAnswer:
    """Walkable relations, tier 0, steps to tier 0 of all who have a path, exposed accounts."""

    edges: set[Edge]
    tier_zero: set[str]
    distance: dict[str, int]
    exposed_users: set[str]
    exposed_computers: set[str]
    any_user_exposed: bool


def reference_answer(
    facts: DirectoryFacts, *, extra: Collection[str] = (), removed: Collection[str] = ()
) -> ReferenceAnswer:
    """The whole answer, the slow way; for forests of some hundreds of objects."""
    world = world_of(facts)
    for rule in (
        stated_steps, hosts, replication, delegation, histories, read_only, trusts, certificates,
    ):  # fmt: skip
        rule(world)
    edges = set(world.walk)
    tier = _tier_zero(world, set(extra), set(removed))
    claims = set()
    for node in world.of(*ACCOUNTS):
        forest = world.forest[node]
        enabled = F.ENABLED not in world.known[node] or world.has(node, F.ENABLED)
        guest = world.authority[node] == Authority.DOMAIN and world.rid[node] == 501
        if forest and enabled and not guest and not world.has(node, F.TRUST_ACCOUNT):
            claims.add((node, K.CLAIM_SPECIAL_IDENTITY, f"any_account>{forest}"))
    inside = tier | {
        target for _, _, target in edges if target[:6] == "write>" and target[6:] in tier
    }
    distance = _distances(edges | claims, inside)
    counted = {n for n in world.of(O.USER, O.COMPUTER) if world.has(n, F.ENABLED)} - inside
    exposed = {node for node in counted if node in distance}
    everybody = {f"any_account>{forest}" for forest in world.forest.values() if forest}
    everybody |= {
        node
        for node, rid in world.rid.items()
        if rid == 513 and world.authority[node] == Authority.DOMAIN
    }
    return ReferenceAnswer(
        edges=edges,
        tier_zero=tier,
        distance=distance,
        exposed_users={node for node in exposed if world.kind[node] == O.USER},
        exposed_computers={node for node in exposed if world.kind[node] == O.COMPUTER},
        any_user_exposed=bool(everybody & distance.keys()),
    )


def _distances(edges: set[Edge], targets: set[str]) -> dict[str, int]:
    distance = dict.fromkeys(targets, 0)
    step = 0
    while True:
        new = {s for s, _, t in edges if distance.get(t) == step and s not in distance}
        if not new:
            return distance
        step += 1
        distance.update(dict.fromkeys(new, step))


def _broad(world: World, node: str) -> bool:
    sid = node[node.rfind("S-1-") :]
    return (
        (world.authority[node] == Authority.SPECIAL and sid in CLAIMED)
        or (world.authority[node] == Authority.DOMAIN and world.rid[node] in (501, 513, 514, 515))
        or (world.authority[node] == Authority.BUILTIN and world.rid[node] in (545, 546, 554))
    )


def _roots(world: World) -> set[str]:
    collected = {node for node in world.kind if world.has(node, F.DOMAIN_COLLECTED)}
    forests = {world.forest[node] for node in collected} - {None}
    roots = set()
    for node, kind in world.kind.items():
        authority, rid = world.authority[node], world.rid[node]
        name = world.text.get((node, Text.DISTINGUISHED_NAME), ("",))[0].upper()
        if name.startswith("CN=ADMINSDHOLDER,CN=SYSTEM,DC=") and kind in (
            O.OTHER, O.CONTAINER, O.CONFIGURATION, O.DOMAIN, O.OU, O.ENTERPRISE_CA, O.ROOT_CA,
            O.AIA_CA, O.NT_AUTH_STORE,
        ):  # fmt: skip
            roots.add(node)
        if world.has(node, F.DELETED):
            continue
        if kind in (O.ENTERPRISE_CA, O.ROOT_CA, O.NT_AUTH_STORE):
            roots.add(node)
        if world.has(node, F.IS_DC) and not world.has(node, F.IS_RODC):
            roots.add(node)
        if collected and node not in collected and world.forest[node] not in forests:
            continue
        wanted = {
            Authority.DOMAIN: (500, 512, 516, 518, 519, 526, 527),
            Authority.BUILTIN: (544, 548, 549, 550, 551, 552),
        }.get(authority, ())
        if rid in wanted or kind == O.DOMAIN or node.endswith("S-1-5-9"):
            roots.add(node)
    return roots | {source for source, _, _ in world.edges(K.HOSTS_CA_SERVICE)}


def _tier_zero(world: World, extra: set[str], removed: set[str]) -> set[str]:
    roots = _roots(world) | {one.upper() for one in extra if one.upper() in world.kind}
    groups = {n for n in roots if world.kind[n] in (O.GROUP, O.OTHER) and not _broad(world, n)}
    inside = set(roots)
    waiting = list(groups)
    while waiting:
        group = waiting.pop()
        for member, above in world.up.items():
            if group in above and member in world.kind and not _broad(world, member):
                if member not in groups:
                    groups.add(member)
                    waiting.append(member)
                inside.add(member)
    members = set(inside)
    above_members = set(members)
    while True:
        new = {
            parent
            for parent, _, child in world.edges(K.CONTAINS)
            if child in above_members and world.kind[parent] in (O.OU, O.CONTAINER, O.DOMAIN)
        } - above_members
        if not new:
            break
        above_members |= new
    accounts = {node for node in members if world.kind[node] in (O.USER, O.COMPUTER)}
    policy = {e for e in world.walk if e[1] in (K.POLICY_APPLIES, K.GP_LINK, K.GP_LINK_ENFORCED)}
    governed = _distances(policy, accounts)
    policies = {node for node in governed if world.kind.get(node) == O.GPO}
    return (above_members | policies) - {one.upper() for one in removed}
