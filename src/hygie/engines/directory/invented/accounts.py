"""Which accounts run the forest: built-in ones, administrators, controllers, services?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.frame import protect
from hygie.engines.directory.vocabulary import EdgeKind, Instant, Number, ObjectKind, Text

_FLAGS = dict.fromkeys(
    (
        "ADMIN_COUNT", "PASSWORD_NEVER_EXPIRES", "PASSWORD_NOT_REQUIRED", "NO_PREAUTH", "HAS_SPN",
        "UNCONSTRAINED_DELEGATION", "TRUSTED_TO_AUTH", "SENSITIVE", "DES_ONLY",
        "REVERSIBLE_PASSWORD", "SID_HISTORY", "TRUST_ACCOUNT", "SECONDARY_KRBTGT",
        "SILO_ENFORCED", "ACL_PROTECTED", "GMSA", "MSA",
    ),
    False,
)  # fmt: skip
_SERVER = "Windows Server 2022 Standard"


def accounts(
    forest: Forest,
    kind: ObjectKind,
    sams: Sequence[str],
    parents: int | IntArray,
    *,
    primary: int = 513,
    rids: Sequence[int] | None = None,
    labels: Sequence[str] | None = None,
    age: tuple[int, int] = (5, 330),
    seen: tuple[int, int] = (1, 12),
) -> IntArray:
    """Add enabled accounts with all that is known of an account.

    Args:
        sams: account names, `$` included for hosts. parents: container of each, or of all.
        primary: RID of the primary group. rids: where they are fixed.
        labels: common names; the account names when not given. age: of passwords, in days.
        seen: last logon, in days.

    Returns:
        Their indices.
    """
    is_host = kind == ObjectKind.COMPUTER
    shown = [
        f"{sam.rstrip('$')}.{forest.name}".upper() if is_host else f"{sam}@{forest.name}".upper()
        for sam in sams
    ]
    found = forest.principals(kind, shown, rids)
    forest.set(found, ENABLED=True, **_FLAGS)
    forest.text(found, Text.SAM_NAME, sams)
    _place(forest, found, labels or [sam.rstrip("$").upper() for sam in sams], parents)
    forest.number(found, Number.PRIMARY_GROUP_RID, primary)
    forest.number(found, Number.ENCRYPTION_TYPES, 0x18)
    forest.number(found, Number.POLICY_MIN_LENGTH, 0)
    forest.relate(found, EdgeKind.PRIMARY_GROUP, forest.the(f"group:{primary}"))
    count = len(found)
    forest.date(found, Instant.PASSWORD_SET, forest.draw.integers(*age, count))
    forest.date(found, Instant.LAST_LOGON, forest.draw.integers(*seen, count))
    forest.date(found, Instant.CREATED, forest.draw.integers(400, 4000, count))
    return found


def _place(forest: Forest, found: IntArray, labels: Sequence[str], parents: int | IntArray) -> None:
    names = forest.texts[Text.DISTINGUISHED_NAME]
    every = np.broadcast_to(np.asarray(parents, np.int32), found.shape)
    above = {place: str(names[place]) for place in np.unique(every).tolist()}
    forest.text(
        found,
        Text.DISTINGUISHED_NAME,
        [f"CN={label},{above[place]}" for label, place in zip(labels, every.tolist(), strict=True)],
    )
    forest.relate(every, EdgeKind.CONTAINS, found)


def hosts(
    forest: Forest,
    sams: Sequence[str],
    parents: int | IntArray,
    systems: Sequence[str],
    *,
    primary: int = 515,
    cluster: bool = False,
) -> IntArray:
    """Add computers: an account, a system, a name, its services, its local groups and sessions."""
    found = accounts(
        forest, ObjectKind.COMPUTER, sams, parents, primary=primary, age=(1, 29), seen=(1, 13)
    )
    dns = [f"{sam.rstrip('$')}.{forest.name}".upper() for sam in sams]
    forest.text(found, Text.DNS_NAME, dns)
    forest.text(found, Text.OPERATING_SYSTEM, systems)
    service = "MSClusterVirtualServer" if cluster else "HOST"
    forest.text(found, Text.SPN, [(f"{service}/{name}",) for name in dns])
    is_server = np.array(["Server" in system for system in systems], np.bool_)
    forest.set(
        found,
        HAS_SPN=True,
        HAS_LAPS=True,
        IS_DC=primary in (516, 521),
        IS_RODC=primary == 521,
        IS_CLUSTER=cluster,
        IS_SERVER_OS=False,
        SESSIONS_COLLECTED=True,
        LOCAL_GROUPS_COLLECTED=True,
    )
    forest.set(found[is_server], IS_SERVER_OS=True)
    forest.relate(forest.the("group:512"), EdgeKind.ADMIN_TO, found)
    return found


def make_system_accounts(forest: Forest) -> None:
    """Built-in accounts, krbtgt ones, the account of the trust."""
    users = forest.the("place:users")
    for role, sam, rid, primary in (
        ("administrator", "Administrateur", 500, 513),
        ("guest", "Invité", 501, 514),
        ("krbtgt", "krbtgt", 502, 513),
    ):
        found = accounts(forest, ObjectKind.USER, [sam], users, primary=primary, rids=[rid])
        forest.mark(role, found)
    forest.date(forest.all("administrator"), Instant.LAST_LOGON, 90)
    protect(forest, forest.all("administrator"))
    forest.set(forest.all("guest"), ENABLED=False)
    forest.set(forest.all("krbtgt"), ENABLED=False, ADMIN_COUNT=True, HAS_SPN=True)
    forest.text(forest.all("krbtgt"), Text.SPN, [("kadmin/changepw",)])
    branch = accounts(forest, ObjectKind.USER, ["krbtgt_20847"], users)
    forest.mark("branch_krbtgt", branch)
    forest.set(branch, ENABLED=False, SECONDARY_KRBTGT=True, KRBTGT_LINKED=True)
    trusted = accounts(forest, ObjectKind.USER, ["GHT-PARTENAIRE$"], users)
    forest.mark("trust_account", trusted)
    forest.set(trusted, TRUST_ACCOUNT=True)


def make_controllers(forest: Forest, count: int) -> None:
    """Domain controllers, and a read-only one on a remote site."""
    unit = forest.the("ou:controllers")
    found = hosts(
        forest, [f"DC{rank:02d}$" for rank in range(1, count + 1)], unit, [_SERVER] * count,
        primary=516,
    )  # fmt: skip
    forest.mark("controllers", found)
    forest.set(found, UNCONSTRAINED_DELEGATION=True)
    rodc = hosts(forest, ["RODC01$"], unit, [_SERVER], primary=521)
    forest.mark("rodc", rodc)
    forest.set(rodc, TRUSTED_TO_AUTH=True, RODC_POLICY_COLLECTED=True)
    every = np.concatenate((found, rodc))
    forest.set(
        every,
        SERVER_OBJECT_CONSISTENT=True,
        STRONG_CERTIFICATE_BINDING=True,
        WEAK_CERTIFICATE_MAPPING=False,
    )
    authority = hosts(forest, ["SRV-PKI01$"], forest.the("ou:tier0"), [_SERVER])
    forest.mark("ca_host", authority)


def make_administrators(forest: Forest, count: int) -> None:
    """Administrators of the domain, who log on to controllers alone."""
    found = accounts(
        forest,
        ObjectKind.USER,
        [f"adm0-{rank:02d}" for rank in range(1, count + 1)],
        forest.the("ou:tier0"),
    )
    forest.mark("admins", found)
    protect(forest, found)
    controllers = forest.all("controllers")
    places = controllers[forest.draw.integers(0, len(controllers), count)]
    forest.relate(places, EdgeKind.HAS_SESSION, found)
    forest.relate(forest.the("ca_host"), EdgeKind.HAS_SESSION, found[0])


def make_read_only_lists(forest: Forest) -> None:
    """What the read-only controller may, and must not, keep."""
    rodc = forest.the("rodc")
    for rid in (544, 549, 548, 551):
        forest.relate(forest.the(f"builtin:{rid}"), EdgeKind.RODC_NEVER_REVEAL, rodc)
    forest.relate(forest.the("group:572"), EdgeKind.RODC_NEVER_REVEAL, rodc)
    forest.relate(forest.the("group:571"), EdgeKind.RODC_MAY_REVEAL, rodc)
    forest.relate(forest.the("remote_staff"), EdgeKind.RODC_MAY_REVEAL, rodc)
    forest.relate(forest.all("staff")[-3:], EdgeKind.RODC_REVEALED, rodc)
