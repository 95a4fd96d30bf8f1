"""The slow and obvious twin of derivation, tier 0 and exposure: the oracle of the tests.

Sets and dictionaries of identifiers, one loop after the other, written from the document and not
from the fast code. See docs/engines/attack-paths.md.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, Trust
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeFlag,
    EdgeKind,
    Flag,
    Number,
    ObjectKind,
    Text,
)

K, O, F = EdgeKind, ObjectKind, Flag  # noqa: E741 - vocabularies, by their initial
Edge = tuple[str, EdgeKind, str]
ACCOUNTS = (O.USER, O.COMPUTER, O.MANAGED_ACCOUNT)
CONTAINERS = (O.OU, O.DOMAIN, O.CONTAINER, O.CONFIGURATION)
RIGHTS_OF_ACCOUNTS = {
    K.FORCE_CHANGE_PASSWORD, K.ADD_ALLOWED_TO_ACT, K.WRITE_ACCOUNT_RESTRICTIONS, K.WRITE_SPN,
    K.ADD_KEY_CREDENTIAL_LINK, K.WRITE_ALT_SECURITY_IDENTITIES, K.WRITE_PUBLIC_INFORMATION,
    K.READ_GMSA_PASSWORD, K.DUMP_SMSA_PASSWORD,
}  # fmt: skip
MEANT_FOR = {
    **dict.fromkeys(RIGHTS_OF_ACCOUNTS, (O.OTHER, *ACCOUNTS)),
    K.ADD_MEMBER: (O.OTHER, O.GROUP),
    K.ADD_SELF: (O.OTHER, O.GROUP),
    K.ALL_EXTENDED_RIGHTS: (O.OTHER, O.DOMAIN, *ACCOUNTS),
    K.READ_LAPS_PASSWORD: (O.OTHER, O.COMPUTER),
    K.WRITE_GP_LINK: (O.OTHER, O.OU, O.DOMAIN, O.SITE),
}
PLAIN = {
    K.MEMBER_OF, K.PRIMARY_GROUP, K.CONTAINS, K.GP_LINK, K.GP_LINK_ENFORCED, K.ADMIN_TO, K.CAN_RDP,
    K.CAN_PS_REMOTE, K.EXECUTE_DCOM, K.SQL_ADMIN, K.HAS_SESSION, K.OWNS, K.WRITE_OWNER,
    K.WRITE_DACL, K.GENERIC_ALL, K.GENERIC_WRITE, K.SYNC_LAPS_PASSWORD, K.ALLOWED_TO_DELEGATE,
    K.ALLOWED_TO_ACT, K.COERCE_TO_TGT, K.HAS_SID_HISTORY, K.DC_FOR, K.SAME_FOREST_TRUST,
    K.SPOOF_SID_HISTORY, K.ABUSE_TGT_DELEGATION, K.DCSYNC, K.MANAGE_CA, K.MANAGE_CERTIFICATES,
    K.GOLDEN_CERT, K.ADCS_ESC1, K.ADCS_ESC3, K.ADCS_ESC4, K.ADCS_ESC6A, K.ADCS_ESC6B, K.ADCS_ESC9A,
    K.ADCS_ESC9B, K.ADCS_ESC10A, K.ADCS_ESC10B, K.ADCS_ESC13, K.CLAIM_SPECIAL_IDENTITY,
    K.POLICY_APPLIES, K.RODC_HOLDS_SECRET, K.MEMBER_OF_LOCAL_GROUP,
}  # fmt: skip
CLAIMED = {
    "S-1-1-0", "S-1-5-2", "S-1-5-7", "S-1-5-11", "S-1-5-15", "S-1-18-1", "S-1-64-10", "S-1-64-14",
}  # fmt: skip


@dataclass
class World:
    """The facts as dictionaries, and what is found of them."""

    kind: dict[str, ObjectKind]
    known: dict[str, set[Flag]]
    true: dict[str, set[Flag]]
    domain: dict[str, str | None]
    rid: dict[str, int]
    authority: dict[str, Authority]
    number: dict[tuple[str, Number], int]
    text: dict[tuple[str, Text], tuple[str, ...]]
    trusts: list[tuple[str, str | None, Trust]]
    stated: set[Edge]
    inherited: set[Edge]
    forest: dict[str, str | None] = field(default_factory=dict)
    up: dict[str, set[str]] = field(default_factory=dict)
    walk: set[Edge] = field(default_factory=set)
    seen_above: dict[str, set[str]] = field(default_factory=dict)
    seen_acts: dict[str, set[str]] = field(default_factory=dict)
    filed: dict[EdgeKind, set[Edge]] = field(default_factory=dict)
    held: dict[tuple[EdgeKind, str], set[str]] = field(default_factory=dict)

    def has(self, node: str, flag: Flag) -> bool:
        """Whether a flag is known and true."""
        return flag in self.true[node]

    def of(self, *kinds: ObjectKind) -> list[str]:
        """Objects of these kinds that are not deleted."""
        return [n for n, kind in self.kind.items() if kind in kinds and not self.has(n, F.DELETED)]

    def file(self) -> None:
        """File stated relations by kind, and by kind and target; again once they change."""
        self.filed, self.held = {}, {}
        for edge in self.stated:
            self.filed.setdefault(edge[1], set()).add(edge)
            self.held.setdefault(edge[1:], set()).add(edge[0])

    def edges(self, *kinds: EdgeKind) -> set[Edge]:
        """Stated relations of these kinds."""
        return {edge for kind in kinds for edge in self.filed.get(kind, ())}

    def holders(self, kind: EdgeKind, target: str) -> set[str]:
        """Who is stated to hold a right on an object."""
        return set(self.held.get((kind, target), ()))

    def above(self, node: str) -> set[str]:
        """A node and all groups it is in, however deep; what everybody is in included."""
        if node not in self.seen_above:
            seen: set[str] = set()
            waiting = [node]
            while waiting:
                one = waiting.pop()
                if one not in seen:
                    seen.add(one)
                    waiting.extend(self.up.get(one, ()))
            self.seen_above[node] = seen
        return self.seen_above[node]

    def stands_for(self, node: str) -> str | None:
        """The node of everybody that includes this account or group, if there is one."""
        forest = self.forest.get(node)
        if forest is None or self.kind.get(node) not in (*ACCOUNTS, O.GROUP):
            return None
        everybody = f"any_account>{forest}"
        if self.authority[node] == Authority.SPECIAL or node in self.above(everybody):
            return None
        return everybody

    def acts_as(self, node: str) -> set[str]:
        """Every identity that a node acts with."""
        if node not in self.seen_acts:
            everybody = self.stands_for(node)
            more = self.above(everybody) if everybody else set()
            self.seen_acts[node] = self.above(node) | more
        return self.seen_acts[node]

    def common(self, *rights: set[str]) -> set[str]:
        """Who acts with all rights, without those included in another who does, holders aside."""
        nodes = [*self.kind, *(f"any_account>{f}" for f in set(self.forest.values()) if f)]
        inside = {
            n for n in nodes if all(not self.acts_as(n).isdisjoint(holders) for holders in rights)
        }
        return {
            node
            for node in inside
            if any(node in holders for holders in rights)
            or (
                self.stands_for(node) not in inside
                and not any(
                    group in inside and node not in self.above(group)
                    for group in self.up.get(node, ())
                )
            )
        }

    def add(self, sources: Collection[str], kind: EdgeKind, targets: Collection[str]) -> None:
        """Relate each source to each target."""
        self.walk |= {(source, kind, target) for source in sources for target in targets}


def world_of(facts: DirectoryFacts) -> World:
    """Spell the facts out."""
    ids = facts.identifiers

    def flags(bits: int) -> set[Flag]:
        return {flag for flag in Flag if bits >> flag & 1}

    deleted = {ids[i] for i in range(len(ids)) if F.DELETED in flags(int(facts.value[i]))}
    table = facts.edges
    rows = [
        (ids[table.source[i]], EdgeKind(int(table.kind[i])), ids[table.target[i]], table.flags[i])
        for i in range(len(table))
    ]
    rows = [row for row in rows if row[0] != row[2] and not {row[0], row[2]} & deleted]
    found = World(
        kind={one: ObjectKind(int(facts.kind[i])) for i, one in enumerate(ids)},
        known={one: flags(int(facts.known[i])) for i, one in enumerate(ids)},
        true={one: flags(int(facts.value[i])) for i, one in enumerate(ids)},
        domain={
            one: ids[facts.domain[i]] if facts.domain[i] >= 0 else None for i, one in enumerate(ids)
        },
        rid={one: int(facts.rid[i]) for i, one in enumerate(ids)},
        authority={one: Authority(int(facts.authority[i])) for i, one in enumerate(ids)},
        number={
            (ids[i], name): int(value)
            for name, column in facts.numbers.items()
            for i, value in enumerate(column)
            if value >= 0
        },
        text={
            (ids[i], name): (value,) if isinstance(value, str) else value
            for name, values in facts.texts.items()
            for i, value in values.items()
        },
        trusts=[(ids[one.domain], _partner(facts, one), one) for one in facts.trusts],
        stated={row[:3] for row in rows},
        inherited={row[:3] for row in rows if row[3] & EdgeFlag.INHERITED},
    )
    found.file()
    _forests(found)
    _groups(found)
    found.seen_above = {}
    return found


def _partner(facts: DirectoryFacts, trust: Trust) -> str | None:
    domains = facts.of_kind(O.DOMAIN).tolist()
    for index in domains:
        if trust.partner_sid and facts.identifiers[index] == trust.partner_sid.upper():
            return str(facts.identifiers[index])
    for index in domains:
        if trust.partner_name and facts.names[index].upper() == trust.partner_name.upper():
            return str(facts.identifiers[index])
    return None


def within_forest(trust: Trust) -> bool:
    """Whether a trust joins two domains of one forest."""
    name = trust.trust_type.replace("-", "_").lower()
    by_type = name in {"parent_child", "parentchild", "cross_link", "crosslink", "tree_root",
                          "treeroot"}  # fmt: skip
    return by_type or (trust.attributes != UNKNOWN and bool(trust.attributes & 0x20))


def _forests(world: World) -> None:
    domains = [node for node, kind in world.kind.items() if kind == O.DOMAIN]
    group = {domain: {domain} for domain in domains}
    for domain, partner, trust in world.trusts:
        if partner in group and domain in group and within_forest(trust):
            union = group[domain] | group[partner]
            for one in union:
                group[one] = union
    first = {one: min(union, key=domains.index) for one, union in group.items()}
    for node in world.kind:
        own = world.domain[node]
        world.forest[node] = first.get(node) or (first.get(own) if own else None)


def _groups(world: World) -> None:
    for source, _, target in world.edges(K.MEMBER_OF, K.PRIMARY_GROUP, K.MEMBER_OF_LOCAL_GROUP):
        world.up.setdefault(source, set()).add(target)
    told = {source for source, _, _ in world.edges(K.PRIMARY_GROUP)}
    for node in world.of(*ACCOUNTS):
        rid = world.number.get((node, Number.PRIMARY_GROUP_RID), 0)
        for group in world.of(O.GROUP):
            if (
                rid > 0
                and node not in told
                and world.authority[group] == Authority.DOMAIN
                and world.rid[group] == rid
                and world.domain[group] == world.domain[node] is not None
                and (node, K.MEMBER_OF, group) not in world.stated
            ):
                world.up.setdefault(node, set()).add(group)
                world.walk.add((node, K.PRIMARY_GROUP, group))
    _identities(world)


def _claim(world: World, source: str, target: str) -> None:
    world.up.setdefault(source, set()).add(target)
    world.walk.add((source, K.CLAIM_SPECIAL_IDENTITY, target))


def _identities(world: World) -> None:
    for node, authority in world.authority.items():
        forest = world.forest[node]
        if forest is None or world.has(node, F.DELETED):
            continue
        sid = node[node.rfind("S-1-") :]
        if authority == Authority.SPECIAL and sid in CLAIMED:
            _claim(world, f"any_account>{forest}", node)
            if sid in {"S-1-1-0", "S-1-5-2", "S-1-5-11"}:
                _visit(world, node)
        if authority == Authority.SPECIAL and sid == "S-1-5-9":
            for host in world.kind:
                is_dc = world.has(host, F.IS_DC) and not world.has(host, F.DELETED)
                if is_dc and world.forest[host] == forest:
                    _claim(world, host, node)
        is_guest = authority == Authority.DOMAIN and world.rid[node] == 501
        if is_guest and world.kind[node] == O.USER and world.has(node, F.ENABLED):
            _claim(world, f"any_account>{forest}", node)


def _visit(world: World, node: str) -> None:
    """Accounts of a trusted forest are authenticated users too, unless chosen one by one."""
    for domain, partner, trust in world.trusts:
        chosen = trust.attributes == UNKNOWN or bool(trust.attributes & 0x10)
        welcome = trust.is_outbound and not within_forest(trust) and not chosen
        if welcome and partner and world.domain[node] == domain:
            _claim(world, f"any_account>{world.forest[partner]}", node)
