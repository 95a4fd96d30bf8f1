"""The obvious twin's rules on certificates: one question a way, asked in full each time."""

from hygie.engines.directory.reference import ACCOUNTS, F, K, O, World
from hygie.engines.directory.reference_rules import flag
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, Text

AGENT, ANY, CLIENT = "1.3.6.1.4.1.311.20.2.1", "2.5.29.37.0", "1.3.6.1.5.5.7.3.2"
FULL = (K.GENERIC_ALL, K.OWNS, K.WRITE_OWNER, K.WRITE_DACL)


def certificates(world: World) -> None:
    """Every way to a certificate in somebody else's name."""
    trusted = {ca: domains for ca in world.of(O.ENTERPRISE_CA) if (domains := _domains(world, ca))}
    for ca, domains in trusted.items():
        world.add(world.holders(K.HOSTS_CA_SERVICE, ca), K.GOLDEN_CERT, domains)
        for template in world.holders(K.PUBLISHED_TO, ca):
            if world.kind[template] == O.CERT_TEMPLATE:
                _direct(world, ca, domains, template)
                _written(world, ca, domains, template)
                _victims(world, ca, domains, template)
                for other, targets in trusted.items():
                    for second in world.holders(K.PUBLISHED_TO, other):
                        if world.kind[second] == O.CERT_TEMPLATE:
                            _agent(world, (ca, template), (other, second), targets)


def _prints(world: World, node: str) -> set[str]:
    return {value.upper() for value in world.text.get((node, Text.CERT_THUMBPRINT), ())}


def _domains(world: World, ca: str) -> set[str]:
    """Domains that trust an authority: by its chain, and by their store."""
    published = world.of(O.ROOT_CA, O.AIA_CA)
    every = [*published, *world.of(O.ENTERPRISE_CA)]
    seen: set[str] = set()
    waiting = [ca]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        waiting += [
            target
            for source, _, target in world.edges(K.ENTERPRISE_CA_FOR, K.ISSUED_SIGNED_BY)
            if source == one
        ]
        if world.kind[one] == O.ENTERPRISE_CA:
            waiting += [node for node in published if _prints(world, node) & _prints(world, one)]
        chain = world.text.get((one, Text.CERT_CHAIN), ())
        if world.kind[one] in (O.ENTERPRISE_CA, O.ROOT_CA, O.AIA_CA) and len(chain) > 1:
            waiting += [node for node in every if chain[1].upper() in _prints(world, node)]
    rooted = {target for source, _, target in world.edges(K.ROOT_CA_FOR) if source in seen}
    stores = {target for source, _, target in world.edges(K.TRUSTED_FOR_NT_AUTH) if source == ca}
    stores |= {
        store for store in world.of(O.NT_AUTH_STORE) if _prints(world, store) & _prints(world, ca)
    }
    return rooted & {t for source, _, t in world.edges(K.NT_AUTH_STORE_FOR) if source in stores}


def _yes(world: World, template: str, which: Flag) -> bool:
    return flag(world, template, which) is True


def _no(world: World, template: str, which: Flag) -> bool:
    return flag(world, template, which) is False


def _unsigned(world: World, template: str) -> bool:
    first = world.number.get((template, Number.TEMPLATE_SCHEMA)) == 1
    return first or world.number.get((template, Number.AUTHORIZED_SIGNATURES)) == 0


def _open(world: World, template: str) -> bool:
    return _no(world, template, F.MANAGER_APPROVAL) and _unsigned(world, template)


def _uses(world: World, template: str, name: Text) -> set[str] | None:
    if (template, name) in world.text:
        return set(world.text[template, name])
    return set() if F.AUTHENTICATION_ENABLED in world.known[template] else None


def _schannel(world: World, template: str) -> bool:
    told = flag(world, template, F.SCHANNEL_AUTHENTICATION)
    if told is not None:
        return told
    uses = _uses(world, template, Text.EKU)
    return uses is not None and (not uses or bool(uses & {CLIENT, ANY}))


def _enrollers(world: World, template: str) -> set[str]:
    return (
        world.holders(K.ENROLL, template)
        | world.holders(K.ALL_EXTENDED_RIGHTS, template)
        | world.holders(K.GENERIC_ALL, template)
    )


def _person(world: World, node: str) -> bool:
    managed = node in world.kind and (world.has(node, F.GMSA) or world.has(node, F.MSA))
    return world.kind.get(node) == O.USER and not managed


def _no_dns(world: World, template: str) -> bool:
    return _no(world, template, F.SUBJECT_ALT_DNS) and _no(
        world, template, F.SUBJECT_ALT_DOMAIN_DNS
    )


def _weak(world: World, domain: str, which: Flag, unsafe: bool) -> bool:
    return any(
        world.has(host, F.IS_DC)
        and not world.has(host, F.DELETED)
        and world.forest[host] == world.forest[domain]
        and flag(world, host, which) is unsafe
        for host in world.kind
    )


def _bound(world: World, domains: set[str]) -> list[str]:
    return [one for one in domains if _weak(world, one, F.STRONG_CERTIFICATE_BINDING, False)]


def _mapped(world: World, domains: set[str]) -> list[str]:
    return [one for one in domains if _weak(world, one, F.WEAK_CERTIFICATE_MAPPING, True)]


def _direct(world: World, ca: str, domains: set[str], template: str) -> None:
    if not _open(world, template):
        return
    sources = world.common(_enrollers(world, template), world.holders(K.ENROLL, ca))
    logs_on = _yes(world, template, F.AUTHENTICATION_ENABLED)
    if logs_on and _yes(world, template, F.SUBJECT_SUPPLIED):
        world.add(sources, K.ADCS_ESC1, domains)
    if logs_on:
        policies = {t for s, _, t in world.edges(K.EXTENDED_BY_POLICY) if s == template}
        own = set(world.text.get((template, Text.ISSUANCE_POLICY), ()))
        policies |= {
            node
            for node in {s for s, _, _ in world.edges(K.OID_GROUP_LINK)}
            if own & set(world.text.get((node, Text.ISSUANCE_POLICY), ()))
            and world.domain[node] == world.domain[template]
        }
        groups = {t for s, _, t in world.edges(K.OID_GROUP_LINK) if s in policies}
        world.add(sources, K.ADCS_ESC13, groups)
    if _yes(world, ca, F.CA_USER_SAN):
        kept = {s for s in sources if not _person(world, s) or _no_dns(world, template)}
        if logs_on and _yes(world, template, F.NO_SECURITY_EXTENSION):
            world.add(kept, K.ADCS_ESC6A, domains)
        if _schannel(world, template):
            world.add(kept, K.ADCS_ESC6B, _mapped(world, domains))


def _written(world: World, ca: str, domains: set[str], template: str) -> None:
    may, here = _enrollers(world, template), world.holders(K.ENROLL, ca)

    def can(*kinds: EdgeKind) -> set[str]:
        return {holder for kind in kinds for holder in world.holders(kind, template)}

    names, flags = can(K.WRITE_PKI_NAME_FLAG), can(K.WRITE_PKI_ENROLLMENT_FLAG)
    world.add(world.common(can(*FULL), here), K.ADCS_ESC4, domains)
    world.add(world.common(can(K.GENERIC_WRITE), may, here), K.ADCS_ESC4, domains)
    if not (_unsigned(world, template) and _yes(world, template, F.AUTHENTICATION_ENABLED)):
        return
    if _no(world, template, F.MANAGER_APPROVAL):
        world.add(world.common(names, may, here), K.ADCS_ESC4, domains)
    if _yes(world, template, F.SUBJECT_SUPPLIED):
        world.add(world.common(flags, may, here), K.ADCS_ESC4, domains)
    world.add(world.common(names, flags, may, here), K.ADCS_ESC4, domains)


def _victims(world: World, ca: str, domains: set[str], template: str) -> None:
    if not _open(world, template) or not _no(world, template, F.SUBJECT_SUPPLIED):
        return
    may, here = _enrollers(world, template), world.holders(K.ENROLL, ca)
    able = [n for n in world.kind if world.acts_as(n) & may and world.acts_as(n) & here]
    able = [node for node in able if world.kind[node] in ACCOUNTS]
    hosts = {node for node in able if world.kind[node] == O.COMPUTER}
    accounts = {n for n in able if not _person(world, n) or _no_dns(world, template)}
    by_name = _yes(world, template, F.SUBJECT_ALT_UPN) or _yes(world, template, F.SUBJECT_ALT_SPN)
    by_dns = _yes(world, template, F.SUBJECT_ALT_DNS)
    bare = _yes(world, template, F.AUTHENTICATION_ENABLED)
    bare = bare and _yes(world, template, F.NO_SECURITY_EXTENSION)
    for kind, holds, victims, targets in (
        (K.ADCS_ESC9A, bare and by_name, accounts, _bound(world, domains)),
        (K.ADCS_ESC9B, bare and by_dns, hosts, _bound(world, domains)),
        (K.ADCS_ESC10A, _schannel(world, template) and by_name, accounts, _mapped(world, domains)),
        (K.ADCS_ESC10B, _schannel(world, template) and by_dns, hosts, _mapped(world, domains)),
    ):
        if holds:
            control = world.edges(*FULL, K.GENERIC_WRITE)
            world.add({s for s, _, t in control if t in victims}, kind, targets)


def _agent(
    world: World, first: tuple[str, str], second: tuple[str, str], targets: set[str]
) -> None:
    uses = _uses(world, first[1], Text.EKU)
    if uses is None or not uses & {AGENT, ANY} or not _open(world, first[1]):
        return
    wanted = second[1]
    signed = world.number.get((wanted, Number.AUTHORIZED_SIGNATURES)) == 1
    policies = _uses(world, wanted, Text.APPLICATION_POLICY) or set()
    usable = world.number.get((wanted, Number.TEMPLATE_SCHEMA)) == 1 or (
        signed and AGENT in policies
    )
    usable = usable and _yes(world, wanted, F.AUTHENTICATION_ENABLED)
    usable = usable and _no(world, wanted, F.MANAGER_APPROVAL)
    limited = flag(world, second[0], F.CA_AGENT_RESTRICTIONS)
    if not usable or limited is None:
        return
    rights = [
        _enrollers(world, first[1]), world.holders(K.ENROLL, first[0]),
        _enrollers(world, wanted), world.holders(K.ENROLL, second[0]),
    ]  # fmt: skip
    agents = world.holders(K.DELEGATED_ENROLLMENT_AGENT, wanted)
    world.add(world.common(*rights, *([agents] if limited else [])), K.ADCS_ESC3, targets)
