"""Which defects can be planted in accounts, secrets and controllers?"""

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.spoiling import (
    Spoil,
    chosen,
    crowd,
    days,
    flags,
    number,
    promote,
    right,
    text,
    towards,
)
from hygie.engines.directory.invented.types import Defect, Planting
from hygie.engines.directory.vocabulary import EdgeKind, Instant, Number, Text


def _asleep(forest: Forest, accounts: IntArray) -> None:
    forest.date(accounts, Instant.PASSWORD_SET, 1500)
    forest.date(accounts, Instant.LAST_LOGON, 500)
    forest.date(accounts, Instant.CREATED, 3000)


def _endless(forest: Forest, accounts: IntArray) -> None:
    forest.set(accounts, PASSWORD_NEVER_EXPIRES=True)


def _inconsistent(forest: Forest) -> Planting:
    place = forest.the("controllers")
    forest.control[place] = 0x2000
    return Planting(forest.identifier(place))


def _with_transition(forest: Forest) -> Planting:
    service = forest.one("services")
    forest.relate(service, EdgeKind.ALLOWED_TO_DELEGATE, forest.the("controllers"))
    forest.set(service, TRUSTED_TO_AUTH=True)
    return Planting(forest.identifier(service))


def _privileged_service(forest: Forest) -> Planting:
    """An administrator runs a database, and still accepts RC4, which no policy excuses."""
    place = forest.one("admins")
    forest.set(place, HAS_SPN=True)
    forest.text(place, Text.SPN, [("MSSQLSvc/srv-00001",)])
    forest.number(place, Number.ENCRYPTION_TYPES, 0x1C)
    return Planting(forest.identifier(place))


def _short_passwords(forest: Forest) -> Planting:
    forest.number(forest.the("domain"), Number.MIN_PASSWORD_LENGTH, 7)
    return Planting(forest.identifier(forest.all("admins")))


def _primary(role: str, group: str) -> Spoil:
    def spoil(forest: Forest) -> Planting:
        place, target = chosen(forest, role), chosen(forest, group)
        forest.unrelate(EdgeKind.PRIMARY_GROUP, source=place)
        forest.relate(place, EdgeKind.PRIMARY_GROUP, target)
        forest.number(place, Number.PRIMARY_GROUP_RID, int(forest.rid[target]))
        return Planting(forest.identifier(place))

    return spoil


def _many_administrators(forest: Forest) -> Planting:
    accounts = forest.take("staff", 51)
    promote(forest, accounts)
    return Planting(forest.identifier(accounts))


OF_ACCOUNTS: dict[str, Defect] = {
    "user_accounts_dormant": Defect(
        crowd({"staff": 0.3, "workstations": 0.3}, _asleep),
        {
            "user_accounts_dormant": (1,),
            "warning_user_accounts_dormant": (1,),
            "warning_password_change": (1,),
        },
    ),
    "dont_expire": Defect(
        crowd({"staff": 0.13}, _endless), {"dont_expire": (2,), "warning_dont_expire": (2,)}
    ),
    "guest": Defect(flags("guest", ENABLED=True), {"guest": (2,)}),
    "kerberos_properties_deskey": Defect(
        flags("staff", DES_ONLY=True), {"kerberos_properties_deskey": (2,)}
    ),
    "kerberos_properties_preauth": Defect(
        flags("staff", NO_PREAUTH=True), {"kerberos_properties_preauth": (2,)}
    ),
    "kerberos_properties_encryption": Defect(
        number("services", Number.ENCRYPTION_TYPES, 0), {"kerberos_properties_encryption": (3,)}
    ),
    "primary_group_id_1000": Defect(
        _primary("staff", "group:520"),
        {"primary_group_id_1000": (1,), "primary_group_id_nochange": (3,)},
    ),
    "primary_group_id_nochange": Defect(
        _primary("staff", "groups"), {"primary_group_id_nochange": (3,)}
    ),
    "sidhistory_dangerous": Defect(
        text("staff", Text.SID_HISTORY, ("S-1-5-21-7-7-7-512",), SID_HISTORY=True),
        {"sidhistory_dangerous": (2,), "sidhistory_present": (3,)},
    ),
    "sidhistory_present": Defect(
        text("staff", Text.SID_HISTORY, ("S-1-5-21-7-7-7-1105",), SID_HISTORY=True),
        {"sidhistory_present": (3,)},
    ),
    "owner": Defect(towards("staff", EdgeKind.OWNS, "workstations"), {"owner": (3,)}),
    "delegation_t4d": Defect(
        flags("servers", UNCONSTRAINED_DELEGATION=True), {"delegation_t4d": (1,)}
    ),
    "delegation_a2d2": Defect(
        right("services", EdgeKind.ALLOWED_TO_DELEGATE, "controllers"), {"delegation_a2d2": (1,)}
    ),
    "delegation_t2a4d": Defect(_with_transition, {"delegation_t2a4d": (1,)}),
    "delegation_sourcedeleg": Defect(
        towards("servers", EdgeKind.ALLOWED_TO_ACT, "controllers"), {"delegation_sourcedeleg": (1,)}
    ),
    "dc_obsolete": Defect(
        text("controllers", Text.OPERATING_SYSTEM, "Windows Server 2012 R2 Standard"),
        {"dc_obsolete": (1,)},
    ),
    "dc_inconsistent_uac": Defect(_inconsistent, {"dc_inconsistent_uac": (1,)}),
    "password_change_dc_no_change": Defect(
        days("controllers", PASSWORD_SET=46), {"password_change_dc_no_change": (1,)}
    ),
    "password_change_inactive_dc": Defect(
        days("controllers", LAST_LOGON=46), {"password_change_inactive_dc": (1,)}
    ),
    "functional_level": Defect(
        number("domain", Number.FUNCTIONAL_LEVEL, 3), {"functional_level": (1, 3, 4)}
    ),
    "dc_crypto": Defect(
        number("controllers", Number.ENCRYPTION_TYPES, 0x1F), {"dc_crypto": (2, 4)}
    ),
    "krbtgt": Defect(days("krbtgt", PASSWORD_SET=366), {"krbtgt": (2,)}),
    "password_change_server_no_change_90": Defect(
        days("servers", PASSWORD_SET=91),
        {"password_change_server_no_change_90": (2,), "password_change_server_no_change_45": (3,)},
    ),
    "password_change_server_no_change_45": Defect(
        days("servers", PASSWORD_SET=46), {"password_change_server_no_change_45": (3,)}
    ),
    "password_change_inactive_servers": Defect(
        days("servers", LAST_LOGON=91), {"password_change_inactive_servers": (3,)}
    ),
    "password_change_cluster_no_change_3years": Defect(
        days("clusters", PASSWORD_SET=1096), {"password_change_cluster_no_change_3years": (2,)}
    ),
    "password_change_msa_no_change_90": Defect(
        days("managed", PASSWORD_SET=91), {"password_change_msa_no_change_90": (2,)}
    ),
    "trusts_accounts": Defect(days("trust_account", PASSWORD_SET=366), {"trusts_accounts": (2,)}),
    "privileged_members": Defect(_many_administrators, {"privileged_members": (1, 2)}),
    "dont_expire_priv": Defect(
        flags("admins", PASSWORD_NEVER_EXPIRES=True),
        {"dont_expire_priv": (1,), "warning_dont_expire": (2,)},
    ),
    "kerberos_properties_preauth_priv": Defect(
        flags("admins", NO_PREAUTH=True),
        {"kerberos_properties_preauth_priv": (1,), "kerberos_properties_preauth": (2,)},
    ),
    "spn_priv": Defect(_privileged_service, {"spn_priv": (1,)}),
    "password_change_priv": Defect(
        days("admins", PASSWORD_SET=1100),
        {"password_change_priv": (1,), "warning_password_change": (1,)},
    ),
    "privileged_members_password": Defect(_short_passwords, {"privileged_members_password": (2,)}),
    "privileged_members_no_admincount": Defect(
        flags("admins", ADMIN_COUNT=False), {"privileged_members_no_admincount": (2,)}
    ),
    "reversible_password_priv_uac": Defect(
        flags("admins", REVERSIBLE_PASSWORD=True),
        {"reversible_password_priv_uac": (3,), "warning_reversible_password": (3,)},
    ),
    "silo_priv": Defect(flags("admins", SILO_ENFORCED=False), {"silo_priv": (4,)}),
}
