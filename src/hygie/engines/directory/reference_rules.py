"""The obvious twin's rules on containers, owners, hosts, delegation and trusts."""

from hygie.engines.directory.facts import UNKNOWN
from hygie.engines.directory.reference import (
    ACCOUNTS,
    CONTAINERS,
    MEANT_FOR,
    PLAIN,
    F,
    K,
    O,
    World,
    within_forest,
)
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, Text

GIVES = {
    K.WRITE_OWNER, K.WRITE_DACL, K.GENERIC_ALL, K.GENERIC_WRITE, K.ALL_EXTENDED_RIGHTS,
    K.FORCE_CHANGE_PASSWORD, K.ADD_MEMBER, K.ADD_SELF, K.ADD_ALLOWED_TO_ACT,
    K.WRITE_ACCOUNT_RESTRICTIONS, K.WRITE_SPN, K.ADD_KEY_CREDENTIAL_LINK, K.WRITE_GP_LINK,
    K.WRITE_ALT_SECURITY_IDENTITIES, K.WRITE_PUBLIC_INFORMATION,
}  # fmt: skip
LOCAL = {544: K.ADMIN_TO, 555: K.CAN_RDP, 562: K.EXECUTE_DCOM, 580: K.CAN_PS_REMOTE}


def stated_steps(world: World) -> None:
    """Stated relations that can be walked, as they are or from another side of their target."""
    world.stated -= emptied_ownership(world)
    world.file()
    children = world.edges(K.CONTAINS)
    containers = {n for n, kind in world.kind.items() if kind in CONTAINERS}
    holding = _with_accounts(world)
    for source, kind, target in world.stated:
        if kind not in PLAIN and world.kind[target] not in MEANT_FOR.get(kind, ()):
            continue
        if kind == K.CONTAINS and (source not in containers or world.has(target, F.ACL_PROTECTED)):
            continue
        if kind in (K.GP_LINK, K.GP_LINK_ENFORCED):
            if target in holding:
                name = "policy_enforced" if kind == K.GP_LINK_ENFORCED else _plain(world, target)
                world.walk.add((source, kind, f"{name}>{target}"))
            continue
        if kind in (K.GENERIC_WRITE, K.WRITE_GP_LINK) and target in containers:
            world.walk.add((source, kind, f"write>{target}"))
            if target in holding and world.kind[target] in (O.OU, O.DOMAIN):
                world.add([f"write>{target}"], K.POLICY_APPLIES, [f"policy_enforced>{target}"])
            continue
        world.walk.add((source, kind, target))
    for parent in holding:
        _apply(world, parent, {c for p, _, c in children if p == parent}, holding)


def _apply(world: World, parent: str, children: set[str], holding: set[str]) -> None:
    enforced, plain = f"policy_enforced>{parent}", f"{_plain(world, parent)}>{parent}"
    if world.kind[parent] in (O.OU, O.DOMAIN):
        world.add([parent], K.POLICY_APPLIES, [enforced])
    for child in children:
        if world.kind[child] in (O.USER, O.COMPUTER):
            world.add([enforced, plain], K.POLICY_APPLIES, [child])
        elif world.kind[child] in (O.OU, O.CONTAINER) and child in holding:
            world.add([enforced], K.POLICY_APPLIES, [f"policy_enforced>{child}"])
            if plain != enforced and not world.has(child, F.BLOCKS_INHERITANCE):
                world.add([plain], K.POLICY_APPLIES, [f"{_plain(world, child)}>{child}"])


def _below(world: World, node: str) -> set[str]:
    """OUs and containers below one, itself aside unless the tree loops."""
    tree = {
        (parent, child)
        for parent, _, child in world.edges(K.CONTAINS)
        if world.kind[parent] in CONTAINERS and world.kind[child] in (O.OU, O.CONTAINER)
    }
    seen: set[str] = set()
    reached = {node}
    while reached:
        reached = {child for parent, child in tree if parent in reached} - seen
        seen |= reached
    return seen


def _with_accounts(world: World) -> set[str]:
    """Containers with a user or computer in them, at any depth."""
    direct = {
        parent
        for parent, _, child in world.edges(K.CONTAINS)
        if world.kind[parent] in CONTAINERS and world.kind[child] in (O.USER, O.COMPUTER)
    }
    containers = [node for node, kind in world.kind.items() if kind in CONTAINERS]
    return {node for node in containers if node in direct or _below(world, node) & direct}


def _plain(world: World, node: str) -> str:
    """Which side a policy that is not enforced acts on: of its own only if some OU below blocks."""
    blocked = any(world.has(child, F.BLOCKS_INHERITANCE) for child in _below(world, node))
    return "policy" if blocked else "policy_enforced"


def emptied_ownership(world: World) -> set[tuple[str, EdgeKind, str]]:
    """Ownership, and the right to take it, that give nothing."""
    dropped = set()
    owners = {
        node
        for node, authority in world.authority.items()
        if authority == Authority.SPECIAL and node.endswith("S-1-3-4")
    }
    administrators = {
        node
        for node in world.kind
        if world.authority[node] == Authority.DOMAIN and world.rid[node] in (512, 519)
    }
    granted = {edge for edge in world.stated if edge[0] in owners}
    for source, kind, target in world.edges(K.OWNS, K.WRITE_OWNER):
        entries = {edge for edge in granted if edge[2] == target}
        gives = any(edge[1] in GIVES for edge in entries)
        limited = bool(entries) or world.has(target, F.OWNER_RIGHTS_ACE)
        heuristics = world.text.get((world.domain[target] or "", Text.DS_HEURISTICS), ("",))[0]
        host = world.kind[target] in (O.COMPUTER, O.MANAGED_ACCOUNT)
        host = host or world.has(target, F.GMSA) or world.has(target, F.MSA)
        blocked = host and heuristics[28:29] == "1"
        trusted = bool(world.acts_as(source) & administrators)
        if kind == K.OWNS:
            useless = (limited and not gives) or (blocked and not trusted)
        else:
            kept = any(edge in world.inherited for edge in entries)
            useless = (kept and not gives) or blocked
        if useless:
            dropped.add((source, kind, target))
    return dropped


def hosts(world: World) -> None:
    """Groups of a domain on its DCs, managers of read-only DCs, remote desktops."""
    controllers = [n for n in world.kind if world.has(n, F.IS_DC) and not world.has(n, F.DELETED)]
    for edge in world.edges(K.CAN_RDP):
        member, _, host = edge
        allowed = world.holders(K.REMOTE_INTERACTIVE_RIGHT, host)
        whole = {f"{host}-555"} | {
            node
            for node, rid in world.rid.items()
            if rid == 555 and world.authority[node] == Authority.BUILTIN
        }
        if allowed and member not in allowed and not allowed & whole:
            world.walk.discard(edge)
            world.add(world.common({member}, allowed), K.CAN_RDP, [host])
    for group in world.kind:
        if world.authority[group] == Authority.BUILTIN and world.rid[group] in LOCAL:
            if world.has(group, F.DELETED) or world.domain[group] is None:
                continue
            here = [dc for dc in controllers if world.domain[dc] == world.domain[group]]
            world.add([group], LOCAL[world.rid[group]], here)
    for manager, _, host in world.edges(K.MANAGED_BY):
        if world.has(host, F.IS_RODC):
            world.add([manager], K.ADMIN_TO, [host])


def replication(world: World) -> None:
    """Rights that only work together."""
    for domain in world.of(O.DOMAIN):
        asks = world.holders(K.GET_CHANGES, domain)
        laps = [
            host
            for host in world.of(O.COMPUTER)
            if world.has(host, F.HAS_LAPS) and world.domain[host] == domain
        ]
        for holder in world.holders(K.GET_CHANGES_ALL, domain):
            world.add(world.common(asks, {holder}), K.DCSYNC, [domain])
        for holder in world.holders(K.GET_CHANGES_FILTERED, domain):
            world.add(world.common(asks, {holder}), K.SYNC_LAPS_PASSWORD, laps)


def delegation(world: World) -> None:
    """Unconstrained delegation, and which DC is whose."""
    standing = [node for node in world.kind if not world.has(node, F.DELETED)]
    guarded = {
        node
        for node, rid in world.rid.items()
        if rid == 525 and world.authority[node] == Authority.DOMAIN
    }
    for domain in {world.domain[node] for node in standing} - {None}:
        assert domain is not None  # noqa: S101 - for the type checker
        here = [node for node in standing if world.domain[node] == domain]
        controllers = [node for node in here if world.has(node, F.IS_DC)]
        world.add(controllers, K.DC_FOR, [domain])
        safe = bool(controllers) and all(
            world.has(dc, F.SENSITIVE) or world.acts_as(dc) & guarded for dc in controllers
        )
        for node in here:
            trusted = world.has(node, F.UNCONSTRAINED_DELEGATION)
            if trusted and node not in controllers and not safe:
                world.add([node], K.COERCE_TO_TGT, [domain])


def histories(world: World) -> None:
    """Former identities that still mean something."""
    for (node, name), values in world.text.items():
        for sid in values if name == Text.SID_HISTORY else ():
            other = sid.upper()
            gone = other in world.kind and (
                world.has(node, F.DELETED) or world.has(other, F.DELETED)
            )
            if other in world.kind and other != node and not gone:
                world.add([node], K.HAS_SID_HISTORY, [other])


def read_only(world: World) -> None:
    """Secrets that read-only domain controllers hold."""
    for account, _, host in world.edges(K.RODC_REVEALED):
        world.add([host], K.RODC_HOLDS_SECRET, [account])
    for host in {target for _, _, target in world.edges(K.RODC_MAY_REVEAL)}:
        may = world.holders(K.RODC_MAY_REVEAL, host)
        never = world.holders(K.RODC_NEVER_REVEAL, host)
        for node in world.of(*ACCOUNTS):
            if world.acts_as(node) & may and not world.acts_as(node) & never:
                world.add([host], K.RODC_HOLDS_SECRET, [node])


def trusts(world: World) -> None:
    """Domains that fall with others."""
    for domain, partner, trust in world.trusts:
        if partner is None or partner == domain:
            continue
        if within_forest(trust):
            world.add([domain], K.SAME_FOREST_TRUST, [partner])
            world.add([partner], K.SAME_FOREST_TRUST, [domain])
            continue
        known = trust.attributes != UNKNOWN
        filtered: bool | None = trust.sid_filtering
        if known:
            external = trust.attributes & 0x8 == 0 or bool(trust.attributes & 0x40)
            filtered = bool(trust.attributes & 0x4) or not external
        delegates = trust.tgt_delegation
        if delegates is None and known:
            delegates = bool(trust.attributes & 0x800)
        if trust.is_outbound and filtered is False:
            world.add([partner], K.SPOOF_SID_HISTORY, [domain])
        if trust.is_inbound and delegates:
            world.add([partner], K.ABUSE_TGT_DELEGATION, [domain])


def flag(world: World, node: str, which: Flag) -> bool | None:
    """A flag, None when not known."""
    return which in world.true[node] if which in world.known[node] else None
