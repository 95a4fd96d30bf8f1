"""What does every forest hold from its first day: domain, groups, containers, controllers?"""

from hygie.engines.directory.facts import IntArray, Trust
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.words import BUILTIN_GROUPS, DOMAIN_GROUPS, SPECIAL
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text

PARTNER = "S-1-5-21-3130019616-2776909439-2417379446"
_DEFAULT_DOMAIN, _DEFAULT_CONTROLLERS = (
    "31B2F340-016D-11D2-945F-00C04FB984F9",
    "6AC1786C-016F-11D2-945F-00C04FB984F9",
)
HEURISTICS = "0000000001000000000200000001130"
_DENIED = (516, 521, 520, 512, 517, 519, 518)
_NUMBERS = {
    Number.FUNCTIONAL_LEVEL: 7,
    Number.MACHINE_QUOTA: 0,
    Number.MIN_PASSWORD_LENGTH: 14,
    Number.MAX_PASSWORD_AGE_DAYS: 365,
    Number.DOMAIN_PREP_REVISION: 16,
}
# Role → distinguished name below the base, of what the control points look for.
_CONTAINERS = {
    "place:users": "CN=USERS",
    "place:builtin": "CN=BUILTIN",
    "place:computers": "CN=COMPUTERS",
    "place:system": "CN=SYSTEM",
    "place:adminsdholder": "CN=ADMINSDHOLDER,CN=SYSTEM",
    "place:policies": "CN=POLICIES,CN=SYSTEM",
    "place:dns": "CN=MICROSOFTDNS,CN=SYSTEM",
    "place:dpapi": "CN=BCKUPKEY_PREFERRED SECRET,CN=SYSTEM",
    "place:sysvol": "CN=DFSR-GLOBALSETTINGS,CN=SYSTEM",
    "place:configuration": "CN=CONFIGURATION",
    "place:schema": "CN=SCHEMA,CN=CONFIGURATION",
    "place:services": "CN=SERVICES,CN=CONFIGURATION",
    "place:kds": (
        "CN=MASTER ROOT KEYS,CN=GROUP KEY DISTRIBUTION SERVICE,CN=SERVICES,CN=CONFIGURATION"
    ),
    "place:menu": "CN=USER-DISPLAY,CN=40C,CN=DISPLAYSPECIFIERS,CN=CONFIGURATION",
}
_UNITS = {
    "ou:controllers": "OU=DOMAIN CONTROLLERS",
    "ou:tier0": "OU=ADMINISTRATION T0",
    "ou:tier1": "OU=ADMINISTRATION T1",
    "ou:servers": "OU=SERVEURS",
    "ou:services": "OU=COMPTES DE SERVICE",
    "ou:hospital": "OU=ETABLISSEMENTS",
}


def make_domain(forest: Forest) -> None:
    """The domain itself, and a trust with another forest of the territory."""
    domain = forest.named(ObjectKind.DOMAIN, [forest.sid], [forest.name])
    forest.mark("domain", domain)
    forest.text(domain, Text.DISTINGUISHED_NAME, [forest.base])
    forest.text(domain, Text.DS_HEURISTICS, [HEURISTICS])
    forest.set(
        domain,
        DOMAIN_COLLECTED=True,
        TRUSTS_COLLECTED=True,
        ACES_COLLECTED=True,
        DS_HEURISTICS_COLLECTED=True,
        SMARTCARD_PASSWORDS_EXPIRE=True,
        REVERSIBLE_POLICY=False,
        SYSVOL_NTFRS=False,
    )
    for number, value in _NUMBERS.items():
        forest.number(domain, number, value)
    forest.trusts = [trust_with_partner(forest)]


def trust_with_partner(
    forest: Forest, kind: str = "forest", attributes: int = 0x8, *, delegates: bool = False
) -> Trust:
    """The trust with the partner; filtered unless its attributes say otherwise."""
    return Trust(
        domain=forest.the("domain"),
        partner_sid=PARTNER,
        partner_name="GHT-PARTENAIRE.LAN",
        is_inbound=True,
        is_outbound=True,
        attributes=attributes,
        trust_type=kind,
        sid_filtering=kind == "forest" and not attributes & 0x40,
        tgt_delegation=delegates,
        is_transitive=kind == "forest",
    )


def make_groups(forest: Forest) -> None:
    """Groups of the system, by RID, and identities that list no member."""
    rids = list(DOMAIN_GROUPS)
    groups = forest.principals(
        ObjectKind.GROUP, [f"{name.upper()}@{forest.name}" for name in DOMAIN_GROUPS.values()], rids
    )
    for rid, group in zip(rids, groups.tolist(), strict=True):
        forest.mark(f"group:{rid}", group)
    builtin = forest.named(
        ObjectKind.GROUP,
        [f"{forest.name}-S-1-5-32-{rid}" for rid in BUILTIN_GROUPS],
        [f"{name.upper()}@{forest.name}" for name in BUILTIN_GROUPS.values()],
    )
    for rid, group in zip(BUILTIN_GROUPS, builtin.tolist(), strict=True):
        forest.mark(f"builtin:{rid}", group)
    special = forest.named(
        ObjectKind.GROUP,
        [f"{forest.name}-{sid}" for sid in SPECIAL],
        [f"{name.upper()}@{forest.name}" for name in SPECIAL.values()],
    )
    for sid, identity in zip(SPECIAL, special.tolist(), strict=True):
        forest.mark(sid, identity)
    for found, folder, names in (
        (groups, "USERS", DOMAIN_GROUPS.values()),
        (builtin, "BUILTIN", BUILTIN_GROUPS.values()),
    ):
        labels = [name.upper() for name in names]
        forest.text(found, Text.SAM_NAME, list(names))
        dns = [f"CN={label},CN={folder},{forest.base}" for label in labels]
        forest.text(found, Text.DISTINGUISHED_NAME, dns)
        group_facts(forest, found)
        forest.date(found, Instant.CREATED, 4000)
    forest.set(groups[[rids.index(rid) for rid in _PROTECTED]], ADMIN_COUNT=True)
    stranger = forest.named(ObjectKind.OTHER, [f"{PARTNER}-1105"], [""])
    forest.mark("stranger", stranger)


_PROTECTED = (512, 516, 518, 519, 521, 526, 527)


def group_facts(forest: Forest, groups: IntArray) -> None:
    """What is known of every group."""
    forest.set(
        groups, MEMBERS_COLLECTED=True, SID_HISTORY=False, ACL_PROTECTED=False, ADMIN_COUNT=False
    )


def make_tree(forest: Forest) -> None:
    """Containers of the system, first units, default policies, zones."""
    places = forest.placed(
        ObjectKind.CONTAINER, [f"{name},{forest.base}" for name in _CONTAINERS.values()]
    )
    for role, place in zip(_CONTAINERS, places.tolist(), strict=True):
        forest.mark(role, place)
    units = forest.placed(ObjectKind.OU, [f"{name},{forest.base}" for name in _UNITS.values()])
    for role, unit in zip(_UNITS, units.tolist(), strict=True):
        forest.mark(role, unit)
    forest.set(units, BLOCKS_INHERITANCE=False)
    policies = forest.placed(
        ObjectKind.GPO,
        [f"CN={{{guid}}},CN=POLICIES,CN=SYSTEM,{forest.base}" for guid in _policies()],
        _policies(),
    )
    forest.mark("policy:domain", policies[0])
    forest.mark("policy:controllers", policies[1])
    for place, name in zip(policies.tolist(), ("DEFAULT DOMAIN", "DEFAULT DOMAIN CONTROLLERS"),
                           strict=True):  # fmt: skip
        forest.names[place] = f"{name} POLICY@{forest.name}"
    zones = [
        f"DC={name},CN=MICROSOFTDNS,DC=DOMAINDNSZONES,{forest.base}" for name in _zones(forest)
    ]
    found = forest.placed(ObjectKind.DNS_ZONE, zones)
    forest.mark("zone:domain", found[0])
    forest.mark("zone:other", found[1])
    forest.text(found, Text.DNS_NAME, _zones(forest))
    forest.set(found, ZONE_UNSECURE_UPDATE=False)
    menu = ("1,{08EB4FA6-6FFD-11D1-B0E0-00C04FD8DCA6}",)
    forest.text(forest.the("place:menu"), Text.ADMIN_CONTEXT_MENU, [menu])
    _hang(forest, units, policies)


def _policies() -> list[str]:
    return [_DEFAULT_DOMAIN, _DEFAULT_CONTROLLERS]


def _zones(forest: Forest) -> list[str]:
    return [forest.name, "LABO.BIOMED"]


def _hang(forest: Forest, units: IntArray, policies: IntArray) -> None:
    domain = forest.the("domain")
    contains = EdgeKind.CONTAINS
    tops = ("users", "builtin", "computers", "system", "configuration")
    for name in tops:
        forest.relate(domain, contains, forest.the(f"place:{name}"))
    for name in ("adminsdholder", "policies", "dns", "dpapi", "sysvol"):
        forest.relate(forest.the("place:system"), contains, forest.the(f"place:{name}"))
    for name in ("schema", "services"):
        forest.relate(forest.the("place:configuration"), contains, forest.the(f"place:{name}"))
    forest.relate(domain, contains, units)
    forest.relate(forest.the("place:policies"), contains, policies)
    forest.relate(policies[0], EdgeKind.GP_LINK, domain)
    forest.relate(policies[1], EdgeKind.GP_LINK, forest.the("ou:controllers"))
    for rid in DOMAIN_GROUPS:
        forest.relate(forest.the("place:users"), contains, forest.the(f"group:{rid}"))
    for rid in BUILTIN_GROUPS:
        forest.relate(forest.the("place:builtin"), contains, forest.the(f"builtin:{rid}"))


def make_memberships(forest: Forest) -> None:
    """Who is in the groups of the system once accounts are there."""
    administrator, admins = forest.the("administrator"), forest.all("admins")
    member = EdgeKind.MEMBER_OF
    for rid in (512, 518, 519, 520):
        forest.relate(administrator, member, forest.the(f"group:{rid}"))
    forest.relate(admins, member, forest.the("group:512"))
    forest.relate([*admins.tolist(), administrator], member, forest.the("group:525"))
    administrators = forest.the("builtin:544")
    forest.relate(administrator, member, administrators)
    for rid in (512, 519):
        forest.relate(forest.the(f"group:{rid}"), member, administrators)
    for source in ("group:513", "S-1-5-11"):
        forest.relate(forest.the(source), member, forest.the("builtin:545"))
    forest.relate(forest.the("group:514"), member, forest.the("builtin:546"))
    forest.relate(forest.the("S-1-5-11"), member, forest.the("builtin:554"))
    for rid in _DENIED:
        forest.relate(forest.the(f"group:{rid}"), member, forest.the("group:572"))
    forest.relate(forest.the("krbtgt"), member, forest.the("group:572"))
    forest.relate(forest.the("ca_host"), member, forest.the("group:517"))


def protect(forest: Forest, accounts: IntArray) -> None:
    """What the system and a careful administrator do to a privileged account."""
    forest.set(accounts, ADMIN_COUNT=True, SILO_ENFORCED=True, ACL_PROTECTED=True, SENSITIVE=True)


def is_enabled(forest: Forest, objects: IntArray) -> IntArray:
    """Those of these objects that are enabled."""
    found: IntArray = objects[forest.is_set(Flag.ENABLED)[objects]]
    return found
