"""Which rules look at accounts, their secrets and the controllers?"""

from hygie.engines.directory.points import (
    accounts,
    controllers,
    delegation,
    privileged_accounts,
    secrets,
)
from hygie.engines.directory.points.inputs import (
    ACCOUNTS,
    COMPUTERS,
    DOMAINS,
    GROUPS,
    IS_DC,
    ON,
    PRINCIPALS,
    SERVERS,
    USERS,
)
from hygie.engines.directory.points.rules import Rule
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text

OF_ACCOUNTS = (
    Rule(
        "kerberos_properties_preauth",
        accounts.preauthentication,
        fields=(ON, Flag.NO_PREAUTH),
        kinds=USERS,
    ),
    Rule("kerberos_properties_deskey", accounts.des_only, fields=(ON, Flag.DES_ONLY), kinds=USERS),
    Rule(
        "dont_expire",
        accounts.never_expires,
        fields=(ON, Flag.PASSWORD_NEVER_EXPIRES),
        kinds=USERS,
    ),
    Rule(
        "user_accounts_dormant",
        accounts.dormant,
        fields=(ON, Instant.PASSWORD_SET, Instant.LAST_LOGON),
        helps=(Instant.CREATED,),
        kinds=ACCOUNTS,
    ),
    Rule("guest", accounts.guest, fields=(ON,), kinds=USERS),
    Rule(
        "kerberos_properties_encryption",
        accounts.service_encryption,
        fields=(ON, Flag.HAS_SPN, Number.ENCRYPTION_TYPES),
        kinds=USERS,
    ),
    Rule(
        "primary_group_id_1000",
        accounts.primary_group_below_1000,
        fields=(Number.PRIMARY_GROUP_RID,),
        kinds=ACCOUNTS,
    ),
    Rule(
        "primary_group_id_nochange",
        accounts.primary_group_changed,
        fields=(Number.PRIMARY_GROUP_RID,),
        kinds=ACCOUNTS,
    ),
    Rule(
        "sidhistory_present",
        accounts.sid_history_present,
        fields=(Flag.SID_HISTORY,),
        kinds=PRINCIPALS,
    ),
    Rule(
        "sidhistory_dangerous",
        accounts.sid_history_dangerous,
        fields=(Flag.SID_HISTORY, Text.SID_HISTORY),
        kinds=PRINCIPALS,
    ),
    Rule(
        "owner",
        accounts.owner,
        fields=(Flag.ACES_COLLECTED,),
        helps=(EdgeKind.OWNS, Instant.CREATED),
        kinds=(*PRINCIPALS, ObjectKind.OU, ObjectKind.GPO),
    ),
)

OF_SECRETS = (
    Rule(
        "password_change_dc_no_change",
        secrets.controllers_unchanged,
        fields=(ON, Instant.PASSWORD_SET),
        helps=(Instant.CREATED, *IS_DC),
        kinds=COMPUTERS,
    ),
    Rule(
        "password_change_inactive_dc",
        secrets.controllers_unseen,
        fields=(ON, Instant.LAST_LOGON),
        helps=(Instant.CREATED, *IS_DC),
        kinds=COMPUTERS,
    ),
    Rule(
        "password_change_server_no_change_90",
        secrets.servers_unchanged_90,
        fields=(ON, Instant.PASSWORD_SET),
        helps=(Instant.CREATED, Flag.IS_SERVER_OS, *SERVERS),
        kinds=COMPUTERS,
    ),
    Rule(
        "password_change_server_no_change_45",
        secrets.servers_unchanged_45,
        fields=(ON, Instant.PASSWORD_SET),
        helps=(Instant.CREATED, Flag.IS_SERVER_OS, *SERVERS),
        kinds=COMPUTERS,
    ),
    Rule(
        "password_change_inactive_servers",
        secrets.servers_unseen,
        fields=(ON, Instant.LAST_LOGON),
        helps=(Instant.CREATED, Flag.IS_SERVER_OS, *SERVERS),
        kinds=COMPUTERS,
    ),
    Rule(
        "password_change_cluster_no_change_3years",
        secrets.clusters_unchanged,
        fields=(ON, Instant.PASSWORD_SET, Flag.IS_CLUSTER),
        helps=(Instant.CREATED,),
        kinds=COMPUTERS,
    ),
    Rule(
        "password_change_msa_no_change_90",
        secrets.managed_unchanged,
        fields=(ON, Instant.PASSWORD_SET),
        helps=(Instant.CREATED, Flag.GMSA, Flag.MSA),
        kinds=USERS,
    ),
    Rule(
        "krbtgt",
        secrets.krbtgt,
        fields=(Instant.PASSWORD_SET,),
        helps=(Instant.CREATED,),
        kinds=USERS,
    ),
    Rule(
        "password_change_priv",
        secrets.privileged_unchanged,
        fields=(ON, Instant.PASSWORD_SET),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "trusts_accounts",
        secrets.trust_accounts,
        fields=(Flag.TRUST_ACCOUNT, Instant.PASSWORD_SET),
        helps=("TRUSTS", Instant.CREATED, Flag.TRUSTS_COLLECTED),
        kinds=USERS,
    ),
)

OF_CONTROLLERS = (
    Rule(
        "dc_inconsistent_uac",
        controllers.inconsistent,
        fields=(Number.UAC, Flag.SERVER_OBJECT_CONSISTENT),
        helps=IS_DC,
        kinds=COMPUTERS,
    ),
    Rule(
        "dc_obsolete",
        controllers.obsolete,
        fields=(ON, Text.OPERATING_SYSTEM),
        helps=IS_DC,
        kinds=COMPUTERS,
    ),
    Rule(
        "dc_crypto",
        controllers.encryption,
        fields=(ON, Number.ENCRYPTION_TYPES),
        helps=IS_DC,
        kinds=COMPUTERS,
    ),
    Rule(
        "functional_level",
        controllers.functional_level,
        fields=(Number.FUNCTIONAL_LEVEL,),
        kinds=DOMAINS,
    ),
)

OF_PRIVILEGED = (
    Rule(
        "dont_expire_priv",
        privileged_accounts.never_expires,
        fields=(ON, Flag.PASSWORD_NEVER_EXPIRES),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "kerberos_properties_preauth_priv",
        privileged_accounts.preauthentication,
        fields=(ON, Flag.NO_PREAUTH),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "reversible_password_priv_uac",
        privileged_accounts.reversible,
        fields=(ON, Flag.REVERSIBLE_PASSWORD),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "silo_priv",
        privileged_accounts.silo,
        fields=(ON, Flag.SILO_ENFORCED),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "spn_priv",
        privileged_accounts.service_names,
        fields=(ON, Flag.HAS_SPN),
        helps=(
            Number.POLICY_MIN_LENGTH,
            Number.POLICY_MAX_AGE_DAYS,
            Instant.POLICY_CHANGED,
            Instant.PASSWORD_SET,
            Number.ENCRYPTION_TYPES,
            Flag.GMSA,
            Flag.MSA,
        ),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "privileged_members",
        privileged_accounts.members_count,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(Text.SAM_NAME,),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "privileged_members_no_admincount",
        privileged_accounts.no_admin_count,
        fields=(Flag.ADMIN_COUNT,),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "protected_users",
        privileged_accounts.protected_users,
        fields=(ON, Flag.MEMBERS_COLLECTED),
        kinds=(*USERS, *GROUPS),
        is_privileged=True,
    ),
    Rule(
        "privileged_members_password",
        privileged_accounts.weak_policy,
        fields=(ON, Number.POLICY_MIN_LENGTH, Number.MIN_PASSWORD_LENGTH),
        helps=(Number.MAX_PASSWORD_AGE_DAYS, Number.POLICY_MAX_AGE_DAYS),
        kinds=USERS,
        is_privileged=True,
    ),
)

OF_DELEGATION = (
    Rule(
        "delegation_a2d2",
        delegation.constrained,
        fields=(ON, Flag.TRUSTED_TO_AUTH),
        helps=(EdgeKind.ALLOWED_TO_DELEGATE, *IS_DC),
        kinds=ACCOUNTS,
    ),
    Rule(
        "delegation_t2a4d",
        delegation.with_transition,
        fields=(ON, Flag.TRUSTED_TO_AUTH),
        helps=(EdgeKind.ALLOWED_TO_DELEGATE, *IS_DC),
        kinds=ACCOUNTS,
    ),
    Rule(
        "delegation_t4d",
        delegation.unconstrained,
        fields=(ON, Flag.UNCONSTRAINED_DELEGATION),
        helps=IS_DC,
        kinds=ACCOUNTS,
    ),
    Rule(
        "delegation_sourcedeleg",
        delegation.resource_based,
        fields=(Flag.TRUSTED_TO_AUTH,),
        helps=(EdgeKind.ALLOWED_TO_ACT, *IS_DC),
        kinds=COMPUTERS,
    ),
)
