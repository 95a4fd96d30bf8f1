"""Which faults do the points on accounts, secrets and controllers see?"""

from hygie.engines.directory.vocabulary import EdgeKind, Number, Text
from tests.engines.directory.hospital import NAMED, SID
from tests.engines.directory.planting import (
    NURSE,
    Fault,
    asleep,
    crowd,
    dates,
    flags,
    number,
    right,
    steps,
)

OF_ACCOUNTS: dict[str, tuple[Fault, ...]] = {
    "delegation_t4d": (
        Fault(
            steps(
                flags("server", UNCONSTRAINED_DELEGATION=True),
                number("server", Number.UAC, 0x81000),
            ),
            (1,),
            (NAMED["server"],),
        ),
    ),
    "delegation_a2d2": (
        Fault(right("service", EdgeKind.ALLOWED_TO_DELEGATE, "dc"), (1,), (NAMED["service"],)),
        Fault(right("server", EdgeKind.ALLOWED_TO_DELEGATE, "krbtgt"), (1,), (NAMED["server"],)),
    ),
    "delegation_t2a4d": (
        Fault(
            steps(
                right("service", EdgeKind.ALLOWED_TO_DELEGATE, "dc"),
                flags("service", TRUSTED_TO_AUTH=True),
            ),
            (1,),
            (NAMED["service"],),
        ),
    ),
    "delegation_sourcedeleg": (
        Fault(right("server", EdgeKind.ALLOWED_TO_ACT, "dc"), (1,), (NAMED["dc"],)),
    ),
    "dc_obsolete": (
        Fault(
            lambda forest: forest.text(
                forest.the("dc"), Text.OPERATING_SYSTEM, "Windows Server 2012 R2 Standard"
            ),
            (1,),
            (NAMED["dc"],),
        ),
    ),
    "dc_inconsistent_uac": (
        Fault(number("dc", Number.UAC, 0x2000), (1,), (NAMED["dc"],)),
        Fault(number("rodc", Number.UAC, 0x04000000), (1,), (NAMED["rodc"],)),
        Fault(flags("dc", SERVER_OBJECT_CONSISTENT=False), (1,), (NAMED["dc"],)),
    ),
    "password_change_dc_no_change": (Fault(dates("dc", PASSWORD_SET=46), (1,), (NAMED["dc"],)),),
    "password_change_inactive_dc": (Fault(dates("dc", LAST_LOGON=46), (1,), (NAMED["dc"],)),),
    "functional_level": (
        Fault(number("domain", Number.FUNCTIONAL_LEVEL, 3), (1, 3, 4), (SID,)),
        Fault(number("domain", Number.FUNCTIONAL_LEVEL, 4), (3, 4), (SID,)),
        Fault(number("domain", Number.FUNCTIONAL_LEVEL, 6), (4,), (SID,)),
    ),
    "dc_crypto": (
        Fault(number("dc", Number.ENCRYPTION_TYPES, 0x1F), (2, 4)),
        Fault(number("dc", Number.ENCRYPTION_TYPES, 0x1C), (4,)),
        Fault(number("dc", Number.ENCRYPTION_TYPES, 0), (3, 4)),
    ),
    "krbtgt": (Fault(dates("krbtgt", PASSWORD_SET=366), (2,), (NAMED["krbtgt"],)),),
    "password_change_server_no_change_90": (
        Fault(dates("server", PASSWORD_SET=91), (2,), (NAMED["server"],)),
    ),
    "password_change_server_no_change_45": (
        Fault(dates("server", PASSWORD_SET=46), (3,), (NAMED["server"],)),
    ),
    "password_change_inactive_servers": (
        Fault(dates("server", LAST_LOGON=91), (3,), (NAMED["server"],)),
    ),
    "password_change_cluster_no_change_3years": (
        Fault(dates("cluster", PASSWORD_SET=1096), (2,), (NAMED["cluster"],)),
    ),
    "password_change_msa_no_change_90": (
        Fault(dates("gmsa", PASSWORD_SET=91), (2,), (NAMED["gmsa"],)),
    ),
    "trusts_accounts": (Fault(dates("trust", PASSWORD_SET=366), (2,), (NAMED["trust"],)),),
    "user_accounts_dormant": (Fault(crowd(5, asleep), (1,)),),
    "dont_expire": (Fault(flags("nurse", PASSWORD_NEVER_EXPIRES=True), (2,), (NURSE,)),),
    "guest": (Fault(flags("guest", ENABLED=True), (2,), (NAMED["guest"],)),),
    "kerberos_properties_deskey": (Fault(flags("nurse", DES_ONLY=True), (2,), (NURSE,)),),
    "kerberos_properties_preauth": (Fault(flags("nurse", NO_PREAUTH=True), (2,), (NURSE,)),),
    "kerberos_properties_encryption": (
        Fault(number("service", Number.ENCRYPTION_TYPES, 0), (3,), (NAMED["service"],)),
    ),
    "primary_group_id_1000": (
        Fault(number("nurse", Number.PRIMARY_GROUP_RID, 512), (1,), (NURSE,)),
    ),
    "primary_group_id_nochange": (
        Fault(number("nurse", Number.PRIMARY_GROUP_RID, 2001), (3,), (NURSE,)),
        Fault(number("workstation", Number.PRIMARY_GROUP_RID, 2001), (3,)),
    ),
    "sidhistory_dangerous": (
        Fault(
            steps(
                flags("nurse", SID_HISTORY=True),
                lambda forest: forest.text(
                    forest.the("nurse"), Text.SID_HISTORY, ("S-1-5-21-7-7-7-512",)
                ),
            ),
            (2,),
            (NURSE,),
        ),
    ),
    "sidhistory_present": (Fault(flags("nurse", SID_HISTORY=True), (3,), (NURSE,)),),
    "owner": (Fault(right("nurse", EdgeKind.OWNS, "workstation"), (3,), (NAMED["workstation"],)),),
}
