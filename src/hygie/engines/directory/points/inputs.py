"""Which facts do several rules read together?"""

from hygie.engines.directory.points.rules import Field
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

USERS = (ObjectKind.USER,)
COMPUTERS = (ObjectKind.COMPUTER,)
GROUPS = (ObjectKind.GROUP,)
DOMAINS = (ObjectKind.DOMAIN,)
ACCOUNTS = (*USERS, *COMPUTERS)
ON = Flag.ENABLED
IS_DC: tuple[Field, ...] = (Flag.IS_DC, Flag.IS_RODC, Number.PRIMARY_GROUP_RID, Number.UAC)
SERVERS: tuple[Field, ...] = (Flag.IS_CLUSTER, Text.OPERATING_SYSTEM, *IS_DC)
PRINCIPALS = (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP)
RIGHTS: tuple[Field, ...] = (
    EdgeKind.OWNS,
    EdgeKind.WRITE_OWNER,
    EdgeKind.WRITE_DACL,
    EdgeKind.GENERIC_ALL,
    EdgeKind.GENERIC_WRITE,
    Flag.ACL_PROTECTED,
)
MORE_RIGHTS: tuple[Field, ...] = (
    *RIGHTS,
    EdgeKind.ALL_EXTENDED_RIGHTS,
    EdgeKind.FORCE_CHANGE_PASSWORD,
    EdgeKind.ADD_MEMBER,
    EdgeKind.ADD_SELF,
    EdgeKind.ADD_KEY_CREDENTIAL_LINK,
    EdgeKind.ADD_ALLOWED_TO_ACT,
    EdgeKind.WRITE_ACCOUNT_RESTRICTIONS,
    EdgeKind.WRITE_SPN,
)
READ = (Flag.ACES_COLLECTED,)
PLACED = (Flag.ACES_COLLECTED, Text.DISTINGUISHED_NAME)
