"""Small forests, drawn by hypothesis: few objects, many relations, every trap."""

from random import Random

from hypothesis import strategies as st

from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import DirectoryFacts, Trust
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

K, O, F = EdgeKind, ObjectKind, Flag  # noqa: E741 - vocabularies, by their initial
SIDS = ("S-1-5-21-1-1-1", "S-1-5-21-2-2-2")
NAMES = ("UN.FR", "DEUX.FR")
AGENT = "1.3.6.1.4.1.311.20.2.1"

# One pool of objects for each domain: (suffix or identifier, kind). `{}` = its SID or its name.
POOL = [
    ("{s}", O.DOMAIN), ("{s}-500", O.USER), ("{s}-501", O.USER), ("{s}-512", O.GROUP),
    ("{s}-513", O.GROUP), ("{s}-525", O.GROUP), ("{n}-S-1-5-32-544", O.GROUP),
    ("{n}-S-1-5-32-545", O.GROUP), ("{n}-S-1-5-32-551", O.GROUP), ("{n}-S-1-5-11", O.GROUP),
    ("{n}-S-1-1-0", O.GROUP), ("{n}-S-1-5-9", O.GROUP), ("{n}-S-1-3-4", O.OTHER),
    ("{s}-1101", O.USER), ("{s}-1102", O.USER), ("{s}-1103", O.USER), ("{s}-1201", O.GROUP),
    ("{s}-1202", O.GROUP), ("{s}-1203", O.GROUP), ("{s}-1301", O.COMPUTER),
    ("{s}-1302", O.COMPUTER), ("{s}-1303", O.COMPUTER), ("{s}-1401", O.MANAGED_ACCOUNT),
    ("{s}-1301-544", O.LOCAL_GROUP), ("{s}-1301-555", O.LOCAL_GROUP),
    ("{n}-S-1-5-32-555", O.GROUP), ("{n}-S-1-5-32-562", O.GROUP),
    ("OU-A-{n}", O.OU), ("OU-B-{n}", O.OU), ("OU-C-{n}", O.OU), ("CN-{n}", O.CONTAINER),
    ("GPO-A-{n}", O.GPO), ("GPO-B-{n}", O.GPO),
]  # fmt: skip
EVERYBODY = (
    "UN.FR-S-1-5-11", "UN.FR-S-1-1-0", "UN.FR-S-1-5-32-545", f"{SIDS[0]}-513", f"{SIDS[0]}-1201",
)  # fmt: skip
# How often a flag that is told is true; half the time otherwise.
LIKELY = {
    F.DOMAIN_COLLECTED: 0.8, F.IS_DC: 0.3, F.IS_RODC: 0.3, F.UNCONSTRAINED_DELEGATION: 0.2,
    F.MANAGER_APPROVAL: 0.15, F.AUTHENTICATION_ENABLED: 0.85, F.MSA: 0.1, F.SENSITIVE: 0.3,
    F.ENABLED: 0.8, F.CA_USER_SAN: 0.7, F.NO_SECURITY_EXTENSION: 0.7, F.SUBJECT_ALT_DOMAIN_DNS: 0.2,
}  # fmt: skip
SHARED = [
    ("TEMPLATE-A", O.CERT_TEMPLATE), ("TEMPLATE-B", O.CERT_TEMPLATE), ("CA-A", O.ENTERPRISE_CA),
    ("CA-B", O.ENTERPRISE_CA), ("ROOT", O.ROOT_CA), ("AIA", O.AIA_CA), ("STORE", O.NT_AUTH_STORE),
    ("POLICY", O.ISSUANCE_POLICY),
]  # fmt: skip
PRINCIPALS = (O.USER, O.GROUP, O.COMPUTER, O.MANAGED_ACCOUNT, O.OTHER, O.LOCAL_GROUP)
_ANY = tuple(O)
# Where relations of each kind go, so that most of what is drawn means something.
SHAPES: list[tuple[EdgeKind, tuple[ObjectKind, ...], tuple[ObjectKind, ...]]] = [
    (K.MEMBER_OF, PRINCIPALS, (O.GROUP,)),
    (K.MEMBER_OF, PRINCIPALS, (O.GROUP,)),
    (K.PRIMARY_GROUP, (O.USER, O.COMPUTER), (O.GROUP,)),
    (K.CONTAINS, (O.OU, O.DOMAIN, O.CONTAINER), (O.OU, O.USER, O.COMPUTER, O.GROUP, O.CONTAINER)),
    (K.CONTAINS, (O.OU, O.DOMAIN), (O.OU, O.USER, O.COMPUTER)),
    (K.GP_LINK, (O.GPO,), (O.OU, O.DOMAIN)),
    (K.GP_LINK_ENFORCED, (O.GPO,), (O.OU, O.DOMAIN)),
    (K.HAS_SESSION, (O.COMPUTER,), (O.USER,)),
    (K.ADMIN_TO, PRINCIPALS, (O.COMPUTER,)),
    (K.MEMBER_OF_LOCAL_GROUP, PRINCIPALS, (O.LOCAL_GROUP,)),
    (K.CAN_RDP, PRINCIPALS, (O.COMPUTER,)),
    (K.CAN_RDP, (O.GROUP,), (O.COMPUTER,)),
    (K.REMOTE_INTERACTIVE_RIGHT, PRINCIPALS, (O.COMPUTER,)),
    (K.OWNS, PRINCIPALS, _ANY),
    (K.WRITE_OWNER, PRINCIPALS, _ANY),
    (K.WRITE_DACL, PRINCIPALS, _ANY),
    (K.GENERIC_ALL, PRINCIPALS, _ANY),
    (K.GENERIC_WRITE, PRINCIPALS, _ANY),
    (K.ALL_EXTENDED_RIGHTS, PRINCIPALS, _ANY),
    (K.FORCE_CHANGE_PASSWORD, PRINCIPALS, _ANY),
    (K.ADD_MEMBER, PRINCIPALS, _ANY),
    (K.WRITE_GP_LINK, PRINCIPALS, (O.OU, O.DOMAIN)),
    (K.ALLOWED_TO_DELEGATE, (O.USER, O.COMPUTER), (O.COMPUTER,)),
    (K.ALLOWED_TO_ACT, PRINCIPALS, (O.COMPUTER,)),
    (K.GET_CHANGES, PRINCIPALS, (O.DOMAIN,)),
    (K.GET_CHANGES_ALL, PRINCIPALS, (O.DOMAIN,)),
    (K.GET_CHANGES_FILTERED, PRINCIPALS, (O.DOMAIN,)),
    (K.RODC_REVEALED, (O.USER, O.COMPUTER), (O.COMPUTER,)),
    (K.RODC_MAY_REVEAL, (O.GROUP, O.USER), (O.COMPUTER,)),
    (K.RODC_NEVER_REVEAL, (O.GROUP,), (O.COMPUTER,)),
    (K.MANAGED_BY, PRINCIPALS, (O.COMPUTER,)),
    (K.ENROLL, PRINCIPALS, (O.CERT_TEMPLATE, O.ENTERPRISE_CA)),
    (K.ENROLL, (O.GROUP,), (O.CERT_TEMPLATE, O.ENTERPRISE_CA)),
    (K.MANAGE_CA, PRINCIPALS, (O.ENTERPRISE_CA,)),
    (K.PUBLISHED_TO, (O.CERT_TEMPLATE,), (O.ENTERPRISE_CA,)),
    (K.ISSUED_SIGNED_BY, (O.ENTERPRISE_CA, O.AIA_CA), (O.ROOT_CA, O.AIA_CA)),
    (K.ROOT_CA_FOR, (O.ROOT_CA,), (O.DOMAIN,)),
    (K.NT_AUTH_STORE_FOR, (O.NT_AUTH_STORE,), (O.DOMAIN,)),
    (K.TRUSTED_FOR_NT_AUTH, (O.ENTERPRISE_CA,), (O.NT_AUTH_STORE,)),
    (K.HOSTS_CA_SERVICE, (O.COMPUTER,), (O.ENTERPRISE_CA,)),
    (K.OID_GROUP_LINK, (O.ISSUANCE_POLICY,), (O.GROUP,)),
    (K.EXTENDED_BY_POLICY, (O.CERT_TEMPLATE,), (O.ISSUANCE_POLICY,)),
    (K.WRITE_PKI_NAME_FLAG, PRINCIPALS, (O.CERT_TEMPLATE,)),
    (K.WRITE_PKI_ENROLLMENT_FLAG, PRINCIPALS, (O.CERT_TEMPLATE,)),
    (K.DELEGATED_ENROLLMENT_AGENT, PRINCIPALS, (O.CERT_TEMPLATE,)),
]
_TEMPLATE_FLAGS = (
    F.AUTHENTICATION_ENABLED, F.SUBJECT_SUPPLIED, F.MANAGER_APPROVAL, F.NO_SECURITY_EXTENSION,
    F.SUBJECT_ALT_UPN, F.SUBJECT_ALT_DNS, F.SUBJECT_ALT_SPN, F.SUBJECT_ALT_DOMAIN_DNS,
    F.SCHANNEL_AUTHENTICATION,
)  # fmt: skip
_HOST_FLAGS = (
    F.IS_DC, F.IS_RODC, F.HAS_LAPS, F.STRONG_CERTIFICATE_BINDING, F.WEAK_CERTIFICATE_MAPPING,
)  # fmt: skip
FLAGS = {
    O.USER: (F.ENABLED, F.SENSITIVE, F.UNCONSTRAINED_DELEGATION, F.ACL_PROTECTED, F.MSA),
    O.COMPUTER: (F.ENABLED, F.ACL_PROTECTED, F.UNCONSTRAINED_DELEGATION, *_HOST_FLAGS),
    O.GROUP: (F.ACL_PROTECTED, F.OWNER_RIGHTS_ACE),
    O.OU: (F.BLOCKS_INHERITANCE, F.ACL_PROTECTED),
    O.DOMAIN: (F.DOMAIN_COLLECTED,),
    O.CERT_TEMPLATE: _TEMPLATE_FLAGS,
    O.ENTERPRISE_CA: (F.CA_USER_SAN, F.CA_AGENT_RESTRICTIONS),
}


@st.composite
def forests(draw: st.DrawFn, most: int = 60) -> DirectoryFacts:
    """Facts of two domains, with or without trusts between them.

    The number of relations and of facts is drawn, so that a failing forest shrinks; which ones they
    are follows from a seed, so that hundreds of them cost little to draw.
    """
    dice = Random(draw(st.integers(0, 10**6)))  # noqa: S311 - a game of dice
    return forest(dice, relations=draw(st.integers(0, most)), told=draw(st.integers(0, 3)))


def forest(dice: Random, relations: int, told: int = 3) -> DirectoryFacts:
    """One forest; `told` of four facts are told."""
    builder = FactsBuilder()
    kinds = _objects(dice, builder)
    by_kind = {kind: [i for i, one in enumerate(kinds) if one == kind] for kind in O}
    for _ in range(relations):
        kind, sources, targets = dice.choice(SHAPES)
        source = [i for one in sources for i in by_kind[one]]
        target = [i for one in targets for i in by_kind[one]]
        inherited = int(dice.random() < 0.3 and K.OWNS < kind <= K.WRITE_PUBLIC_INFORMATION)
        if source and target:
            builder.edge(dice.choice(source), kind, dice.choice(target), inherited)
    _columns(dice, builder, by_kind, told)
    _trusts(dice, builder)
    if dice.random() < 0.7:
        _authority(dice, builder)
    return builder.build()


def _objects(dice: Random, builder: FactsBuilder) -> list[ObjectKind]:
    kinds = []
    for sid, name in zip(SIDS, NAMES, strict=True):
        domain = builder.intern(sid)
        for pattern, kind in POOL:
            index = builder.intern(pattern.format(s=sid, n=name))
            if dice.random() < 0.97 or index == domain:
                builder.describe(index, kind, name if kind == O.DOMAIN else "", domain)
                kinds.append(kind)
            else:
                kinds.append(O.OTHER)
    for identifier, kind in SHARED:
        builder.describe(builder.intern(identifier), kind, identifier, 0)
        kinds.append(kind)
    holder = builder.intern("HOLDER")
    builder.describe(holder, O.CONTAINER, "AdminSDHolder", 0)
    builder.text(holder, Text.DISTINGUISHED_NAME, "CN=AdminSDHolder,CN=System,DC=un,DC=fr")
    kinds.append(O.CONTAINER)
    return kinds


def _columns(
    dice: Random, builder: FactsBuilder, by_kind: dict[ObjectKind, list[int]], told: int
) -> None:
    for kind, flags in FLAGS.items():
        for index in by_kind[kind]:
            for flag in flags:
                if dice.randrange(4) <= told:
                    builder.flag(index, flag, value=dice.random() < LIKELY.get(flag, 0.5))
            builder.flag(index, F.DELETED, value=dice.random() < 0.03)
    for index in by_kind[O.CERT_TEMPLATE]:
        builder.number(index, Number.TEMPLATE_SCHEMA, dice.choice((-1, 1, 2, 2, 2)))
        builder.number(index, Number.AUTHORIZED_SIGNATURES, dice.choice((-1, 0, 0, 0, 1)))
        builder.text(index, Text.EKU, dice.choice(((), (AGENT,), ("2.5.29.37.0",))))
        builder.text(index, Text.APPLICATION_POLICY, dice.choice(((), (AGENT,))))
        builder.text(index, Text.ISSUANCE_POLICY, dice.choice(((), ("1.2.3",), ("1.2.3", "4"))))
    for index in by_kind[O.ISSUANCE_POLICY]:
        builder.text(index, Text.ISSUANCE_POLICY, dice.choice(((), ("1.2.3",))))
    for index in (*by_kind[O.ENTERPRISE_CA], *by_kind[O.ROOT_CA], *by_kind[O.AIA_CA]):
        builder.text(index, Text.CERT_THUMBPRINT, dice.choice(("", "AA", "BB", "CC")))
        builder.text(index, Text.CERT_CHAIN, dice.choice(((), ("AA", "BB"), ("BB", "CC"))))
    store = by_kind[O.NT_AUTH_STORE][0]
    builder.text(store, Text.CERT_THUMBPRINT, dice.choice(((), ("AA", "CC"), ("AA",))))
    for index in (*by_kind[O.USER], *by_kind[O.COMPUTER]):
        builder.number(index, Number.PRIMARY_GROUP_RID, dice.choice((-1, 513, 512, 1201)))
    if dice.random() < 0.5 and by_kind[O.USER]:
        history = dice.choice((f"{SIDS[0]}-512", f"{SIDS[1]}-1102", "S-1-5-21-9-9-9-9"))
        builder.text(by_kind[O.USER][-1], Text.SID_HISTORY, (history,))
    builder.text(0, Text.DS_HEURISTICS, dice.choice(("", "0" * 28 + "1", "0000002")))


def _authority(dice: Random, builder: FactsBuilder) -> None:
    """A certification authority that the first domain trusts, with an open template on it."""
    ca, template = builder.intern("CA-A"), builder.intern("TEMPLATE-A")
    root, store = builder.intern("ROOT"), builder.intern("STORE")
    for domain in dice.sample(
        (builder.intern(SIDS[0]), builder.intern(SIDS[1])), dice.randint(1, 2)
    ):
        builder.edge(root, K.ROOT_CA_FOR, domain)
        builder.edge(store, K.NT_AUTH_STORE_FOR, domain)
    builder.edge(ca, K.ISSUED_SIGNED_BY, root)
    builder.edge(ca, K.TRUSTED_FOR_NT_AUTH, store)
    builder.edge(template, K.PUBLISHED_TO, ca)
    principals = [i for i in range(len(builder)) if i % 3 == dice.randrange(3)][:40]
    for target in (ca, template, template):
        builder.edge(dice.choice(principals), K.ENROLL, target)
        builder.edge(builder.intern(dice.choice(EVERYBODY)), K.ENROLL, target)


def _trusts(dice: Random, builder: FactsBuilder) -> None:
    for own in dice.choices((0, 1), k=dice.randrange(3)):
        builder.trusts.append(
            Trust(
                domain=builder.intern(SIDS[own]),
                partner_sid=dice.choice((SIDS[1 - own], "", "S-1-5-21-7-7-7")),
                partner_name=NAMES[1 - own],
                is_inbound=dice.choice((True, False, None)),
                is_outbound=dice.choice((True, False, None)),
                attributes=dice.choice((-1, 0, 0x4, 0x8, 0x10, 0x20, 0x48, 0x808)),
                trust_type=dice.choice(("parent_child", "forest", "external")),
                sid_filtering=dice.choice((True, False, None)),
                tgt_delegation=dice.choice((True, False, None)),
                is_transitive=None,
            )
        )
