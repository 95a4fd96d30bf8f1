"""Which faults do the points on rights and on privileged accounts see?"""

from hygie.engines.directory.vocabulary import EdgeKind, Number
from tests.engines.directory.hospital import CONFIGURATION, DC, SID
from tests.engines.directory.planting import (
    ADMIN,
    HOLDER,
    KDS,
    NURSE,
    POLICY,
    TEAM,
    Fault,
    dates,
    flags,
    many_admins,
    member,
    number,
    rebuilt,
    right,
    steps,
)

OF_RIGHTS: dict[str, tuple[Fault, ...]] = {
    "permissions_adminsdholder": (
        Fault(right("team", EdgeKind.WRITE_DACL, HOLDER), (1, 2), (TEAM,)),
        Fault(right("team", EdgeKind.WRITE_SPN, HOLDER), (2,), (TEAM,)),
    ),
    "permissions_dc": (
        Fault(right("nurse", EdgeKind.GENERIC_ALL, "dc"), (1, 2), (NURSE,)),
        Fault(right("authenticated", EdgeKind.WRITE_PUBLIC_INFORMATION, "dc"), (2,)),
        Fault(right("nurse", EdgeKind.MANAGED_BY, "rodc"), (2,), (NURSE,)),
    ),
    "permissions_naming_context": (
        Fault(right("team", EdgeKind.WRITE_DACL, "domain"), (1, 2), (TEAM,)),
        Fault(right("team", EdgeKind.GET_CHANGES_ALL, "domain"), (2,), (TEAM,)),
        Fault(
            steps(
                right("team", EdgeKind.GET_CHANGES_ALL, "domain"),
                right("nurse", EdgeKind.GET_CHANGES, "domain"),
                member("nurse", "team"),
            ),
            (1, 2),
            (TEAM,),
        ),
    ),
    "permissions_schema": (
        Fault(right("team", EdgeKind.OWNS, f"CN=SCHEMA,{CONFIGURATION}"), (1, 2), (TEAM,)),
    ),
    "permissions_dfsr_sysvol": (
        Fault(
            right("team", EdgeKind.GENERIC_WRITE, f"CN=DFSR-GLOBALSETTINGS,CN=SYSTEM,{DC}"),
            (1, 2),
        ),
    ),
    "permissions_dpapi": (
        Fault(right("team", EdgeKind.GENERIC_ALL, f"CN=BCKUPKEY_1,CN=SYSTEM,{DC}"), (1, 2)),
    ),
    "permissions_gmsa_keys": (Fault(right("team", EdgeKind.WRITE_OWNER, KDS), (1, 2)),),
    "permissions_msdns": (
        Fault(right("team", EdgeKind.GENERIC_WRITE, f"CN=MICROSOFTDNS,CN=SYSTEM,{DC}"), (1,)),
        Fault(
            steps(
                right(f"{SID}-1101", EdgeKind.WRITE_DACL, f"CN=MICROSOFTDNS,CN=SYSTEM,{DC}"),
                member("nurse", f"{SID}-1101"),
            ),
            (1,),
            (f"{SID}-1101",),
        ),
    ),
    "permissions_gpo_priv": (Fault(right("team", EdgeKind.GENERIC_WRITE, POLICY), (1,), (TEAM,)),),
    "permissions_gpo_container_priv": (
        Fault(right("team", EdgeKind.WRITE_GP_LINK, f"OU=ADMINISTRATION,{DC}"), (2,), (TEAM,)),
    ),
    "privileged_members_perm": (
        Fault(right("team", EdgeKind.FORCE_CHANGE_PASSWORD, "admin"), (1, 2), (TEAM,)),
        Fault(right("team", EdgeKind.WRITE_SPN, "admin"), (2,), (TEAM,)),
        Fault(right("team", EdgeKind.ADD_MEMBER, f"{SID}-512"), (1, 2), (TEAM,)),
    ),
    "dnsadmins": (
        Fault(member("nurse", f"{SID}-1101"), (1,), (NURSE,)),
        Fault(right("team", EdgeKind.ADD_MEMBER, f"{SID}-1101"), (1,), (TEAM,)),
    ),
    "privileged_members": (
        Fault(many_admins(51), (1, 2)),
        Fault(many_admins(51, same_name=True), (2,)),
    ),
    "dont_expire_priv": (Fault(flags("admin", PASSWORD_NEVER_EXPIRES=True), (1,), (ADMIN,)),),
    "kerberos_properties_preauth_priv": (Fault(flags("admin", NO_PREAUTH=True), (1,), (ADMIN,)),),
    "spn_priv": (
        Fault(flags("admin", HAS_SPN=True), (1,), (ADMIN,)),
        Fault(
            steps(
                flags("admin", HAS_SPN=True),
                number("admin", Number.POLICY_MIN_LENGTH, 40),
                number("admin", Number.POLICY_MAX_AGE_DAYS, 365),
                number("admin", Number.ENCRYPTION_TYPES, 0x1C),
            ),
            (1,),
            (ADMIN,),
        ),
    ),
    "password_change_priv": (Fault(dates("admin", PASSWORD_SET=1100), (1,), (ADMIN,)),),
    "privileged_members_password": (
        Fault(number("domain", Number.MIN_PASSWORD_LENGTH, 7), (2,)),
        Fault(number("domain", Number.MAX_PASSWORD_AGE_DAYS, 0), (2,)),
        Fault(
            steps(
                number("admin", Number.POLICY_MIN_LENGTH, 6),
                number("admin", Number.POLICY_MAX_AGE_DAYS, 90),
            ),
            (2,),
            (ADMIN,),
        ),
    ),
    "privileged_members_no_admincount": (Fault(flags("admin", ADMIN_COUNT=False), (2,), (ADMIN,)),),
    "protected_users": (
        Fault(rebuilt(("admin", EdgeKind.MEMBER_OF, f"{SID}-525")), (3,), (ADMIN,)),
    ),
    "reversible_password_priv_uac": (
        Fault(flags("admin", REVERSIBLE_PASSWORD=True), (3,), (ADMIN,)),
    ),
    "silo_priv": (Fault(flags("admin", SILO_ENFORCED=False), (4,), (ADMIN,)),),
}
