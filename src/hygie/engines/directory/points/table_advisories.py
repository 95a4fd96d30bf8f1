"""Which rules give warnings and informations? None of them changes the level."""

from hygie.engines.directory.points import advisories
from hygie.engines.directory.points.inputs import COMPUTERS, GROUPS, IS_DC, ON, USERS
from hygie.engines.directory.points.rules import Rule
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, ObjectKind

OF_ADVISORIES = (
    Rule(
        "warning_admincount",
        advisories.marked_without_privilege,
        fields=(Flag.ADMIN_COUNT,),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "warning_dont_expire",
        advisories.never_expires,
        fields=(ON, Flag.PASSWORD_NEVER_EXPIRES),
        kinds=USERS,
    ),
    Rule(
        "warning_password_change",
        advisories.unchanged,
        fields=(ON, Instant.PASSWORD_SET),
        kinds=USERS,
    ),
    Rule(
        "warning_privileged_members_foreign",
        advisories.foreign_members,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
        is_privileged=True,
    ),
    Rule(
        "warning_privileged_members_expired_disabled",
        advisories.disabled_members,
        fields=(ON,),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "warning_privileged_members_not_empty",
        advisories.groups_not_empty,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
    ),
    Rule(
        "warning_reversible_password",
        advisories.reversible,
        fields=(ON, Flag.REVERSIBLE_PASSWORD),
        kinds=USERS,
    ),
    Rule(
        "warning_rid500",
        advisories.built_in_administrator_used,
        fields=(Instant.LAST_LOGON,),
        kinds=USERS,
    ),
    Rule(
        "warning_user_accounts_dormant",
        advisories.dormant_accounts,
        fields=(ON, Instant.PASSWORD_SET, Instant.LAST_LOGON),
        helps=(Instant.CREATED,),
        kinds=(*USERS, *COMPUTERS),
    ),
    Rule(
        "warning_spn_priv",
        advisories.managed_services,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(Flag.HAS_SPN, Flag.GMSA, Flag.MSA),
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "info_laps",
        advisories.without_local_passwords,
        fields=(ON, Flag.HAS_LAPS),
        helps=IS_DC,
        kinds=COMPUTERS,
    ),
    Rule(
        "info_sd_protected_ou",
        advisories.units_apart,
        fields=(Flag.ACL_PROTECTED,),
        kinds=(ObjectKind.OU,),
    ),
)
