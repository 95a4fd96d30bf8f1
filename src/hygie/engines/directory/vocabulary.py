"""Which kinds of objects, facts and relations does a directory hold?"""

from enum import IntEnum, StrEnum, unique


@unique
class ObjectKind(IntEnum):
    """What an object is; `OTHER` = named by someone, described by no export."""

    OTHER = 0
    USER = 1
    COMPUTER = 2
    GROUP = 3
    DOMAIN = 4
    OU = 5
    CONTAINER = 6
    GPO = 7
    CERT_TEMPLATE = 8
    ENTERPRISE_CA = 9
    ROOT_CA = 10
    AIA_CA = 11
    NT_AUTH_STORE = 12
    ISSUANCE_POLICY = 13
    MANAGED_ACCOUNT = 14  # sMSA, gMSA, dMSA: accounts, but neither persons nor hosts
    DNS_ZONE = 15
    SITE = 16
    CONFIGURATION = 17  # any other object of the configuration or schema partition
    FACET = 19  # no object: a side of one, see `derive.facets` (what a policy set on an OU reaches)
    LOCAL_GROUP = 18  # a group that a host keeps itself: `<SID of the host>-<RID>`


class Authority(IntEnum):
    """To which family an identifier belongs; a rule looks at it and at the RID, never at a name."""

    NONE = 0  # GUID, or anything else
    DOMAIN = 1  # S-1-5-21-a-b-c-RID
    BUILTIN = 2  # S-1-5-32-RID, prefixed by its domain
    SPECIAL = 3  # S-1-1-0, S-1-5-7, S-1-5-9, S-1-5-11, S-1-3-4…: RID = last sub-authority


@unique
class Flag(IntEnum):
    """One bit per yes-or-no fact. Append only: numbers are stored."""

    ENABLED = 0
    ADMIN_COUNT = 1
    PASSWORD_NEVER_EXPIRES = 2
    PASSWORD_NOT_REQUIRED = 3
    NO_PREAUTH = 4
    HAS_SPN = 5
    UNCONSTRAINED_DELEGATION = 6
    TRUSTED_TO_AUTH = 7
    SENSITIVE = 8  # cannot be delegated
    DES_ONLY = 9
    REVERSIBLE_PASSWORD = 10
    SMARTCARD_REQUIRED = 11
    IS_DC = 12
    IS_RODC = 13
    HAS_LAPS = 14
    GMSA = 15
    MSA = 16
    ACL_PROTECTED = 17  # inheritance disabled
    DELETED = 18
    BLOCKS_INHERITANCE = 19
    ACES_COLLECTED = 20
    MEMBERS_COLLECTED = 21
    SESSIONS_COLLECTED = 22
    LOCAL_GROUPS_COLLECTED = 23
    # Certificate templates
    AUTHENTICATION_ENABLED = 24
    SUBJECT_SUPPLIED = 25
    MANAGER_APPROVAL = 26
    NO_SECURITY_EXTENSION = 27
    SUBJECT_ALT_UPN = 28
    SUBJECT_ALT_DNS = 29
    SUBJECT_ALT_SPN = 30
    SCHANNEL_AUTHENTICATION = 31
    # Certification authorities
    CA_USER_SAN = 32  # EDITF_ATTRIBUTESUBJECTALTNAME2
    # Domains
    SMARTCARD_PASSWORDS_EXPIRE = 33
    REVERSIBLE_POLICY = 34
    SYSVOL_NTFRS = 35
    DOMAIN_COLLECTED = 36
    # Computers
    STRONG_CERTIFICATE_BINDING = 37
    WEAK_CERTIFICATE_MAPPING = 38
    # Members of an authentication silo that is enforced
    SILO_ENFORCED = 39
    IS_CLUSTER = 40
    IS_SERVER_OS = 41
    SID_HISTORY = 42
    ZONE_UNSECURE_UPDATE = 43
    TRUST_ACCOUNT = 44
    SERVER_OBJECT_CONSISTENT = 45  # DC: server and nTDSDSA objects agree
    OWNER_RIGHTS_ACE = 46
    SUBJECT_ALT_DOMAIN_DNS = 47
    SUBJECT_ALT_EMAIL = 48
    # The krbtgt_N account of an RODC, and whether an RODC of the domain names it as its own
    SECONDARY_KRBTGT = 49
    KRBTGT_LINKED = 50
    # What was read, so that nothing stated means none
    TRUSTS_COLLECTED = 51  # domain: its trusts
    RODC_POLICY_COLLECTED = 52  # read-only controller: its three reveal lists
    DS_HEURISTICS_COLLECTED = 53  # domain: dSHeuristics; no text = not set
    CA_AGENT_RESTRICTIONS = 54  # a CA limits who may enrol on behalf of others


class Instant(IntEnum):
    """Dated facts, seconds since 1970 UTC; `NEVER`, `UNKNOWN`."""

    PASSWORD_SET = 0
    LAST_LOGON = 1  # the replicated one; the most recent of what is known
    CREATED = 2
    POLICY_CHANGED = 3  # of the fine-grained password policy that applies; `NEVER` = none applies


class Number(StrEnum):
    """Whole numbers, one column each, `UNKNOWN` where not told; an absent column is all unknown."""

    PRIMARY_GROUP_RID = "primary_group_rid"
    UAC = "user_account_control"
    ENCRYPTION_TYPES = "supported_encryption_types"  # bit field; 0 = set to nothing
    FUNCTIONAL_LEVEL = "functional_level"  # msDS-Behavior-Version: 3 = 2008, 4 = 2008R2, 7 = 2016
    MACHINE_QUOTA = "machine_account_quota"
    MIN_PASSWORD_LENGTH = "min_password_length"  # noqa: S105 - an attribute
    # 0 = never expires
    MAX_PASSWORD_AGE_DAYS = "max_password_age_days"  # noqa: S105 - an attribute
    AUTHORIZED_SIGNATURES = "authorized_signatures"
    TEMPLATE_SCHEMA = "template_schema_version"
    DOMAIN_PREP_REVISION = "domain_prep_revision"
    DNS_ZONE_UPDATE = "dns_zone_update"  # 0 none, 1 unsecured, 2 secured
    CERTIFICATE_FLAW_LEVEL = "certificate_flaw_level"  # 0 none, else the level 1, 2 or 3 it fails
    # Of the fine-grained password policy (PSO) that applies to an account. Length 0 = it is known
    # that none applies: the policy of the domain does. Age in days, 0 = never expires.
    POLICY_MIN_LENGTH = "policy_min_length"
    POLICY_MAX_AGE_DAYS = "policy_max_age_days"


class Text(StrEnum):
    """Sparse texts by object index; a tuple where the attribute has several values."""

    SAM_NAME = "sam_account_name"
    DISTINGUISHED_NAME = "distinguished_name"
    OPERATING_SYSTEM = "operating_system"
    SPN = "service_principal_name"
    SID_HISTORY = "sid_history"
    DS_HEURISTICS = "ds_heuristics"
    EKU = "effective_ekus"
    APPLICATION_POLICY = "application_policies"
    ISSUANCE_POLICY = "issuance_policies"
    GPC_PATH = "gpc_path"
    DNS_NAME = "dns_name"
    CERT_THUMBPRINT = "cert_thumbprint"
    CERT_CHAIN = "cert_chain"
    ADMIN_CONTEXT_MENU = "admin_context_menu"
    SYSVOL_PATH = "sysvol_path"
    CERTIFICATE_FLAW = "certificate_flaw"
    # Identifiers of the policies linked to a domain or OU, in the order of the attribute
    GP_LINKS = "gp_links"


@unique
class EdgeKind(IntEnum):
    """A stated or derived relation, read "source … target", in the direction of control.

    Append only: numbers are stored. Whether one can be walked is said by `edges.TRAVERSABLE`.
    """

    # Structure
    MEMBER_OF = 1
    CONTAINS = 2
    GP_LINK = 3
    GP_LINK_ENFORCED = 4
    PRIMARY_GROUP = 5
    # Hosts
    ADMIN_TO = 10
    CAN_RDP = 11
    CAN_PS_REMOTE = 12
    EXECUTE_DCOM = 13
    SQL_ADMIN = 14
    HAS_SESSION = 15
    REMOTE_INTERACTIVE_RIGHT = 16
    # Rights on objects
    OWNS = 20
    WRITE_OWNER = 21
    WRITE_DACL = 22
    GENERIC_ALL = 23
    GENERIC_WRITE = 24
    ALL_EXTENDED_RIGHTS = 25
    FORCE_CHANGE_PASSWORD = 26
    ADD_MEMBER = 27
    ADD_SELF = 28
    ADD_ALLOWED_TO_ACT = 29
    WRITE_ACCOUNT_RESTRICTIONS = 30
    WRITE_SPN = 31
    ADD_KEY_CREDENTIAL_LINK = 32
    WRITE_GP_LINK = 33
    WRITE_ALT_SECURITY_IDENTITIES = 34
    WRITE_PUBLIC_INFORMATION = 35
    READ_LAPS_PASSWORD = 36
    SYNC_LAPS_PASSWORD = 37
    READ_GMSA_PASSWORD = 38
    DUMP_SMSA_PASSWORD = 39
    # Delegation, histories, trusts
    ALLOWED_TO_DELEGATE = 50
    ALLOWED_TO_ACT = 51
    COERCE_TO_TGT = 52
    HAS_SID_HISTORY = 53
    DC_FOR = 54
    SAME_FOREST_TRUST = 55
    CROSS_FOREST_TRUST = 56
    SPOOF_SID_HISTORY = 57
    ABUSE_TGT_DELEGATION = 58
    # Replication
    GET_CHANGES = 60
    GET_CHANGES_ALL = 61
    GET_CHANGES_FILTERED = 62
    DCSYNC = 63
    # Certificates
    ENROLL = 70
    ENROLL_ON_BEHALF_OF = 71
    MANAGE_CA = 72
    MANAGE_CERTIFICATES = 73
    PUBLISHED_TO = 74
    ENTERPRISE_CA_FOR = 75
    ROOT_CA_FOR = 76
    NT_AUTH_STORE_FOR = 77
    TRUSTED_FOR_NT_AUTH = 78
    ISSUED_SIGNED_BY = 79
    HOSTS_CA_SERVICE = 80
    OID_GROUP_LINK = 81
    EXTENDED_BY_POLICY = 82
    GOLDEN_CERT = 83
    ADCS_ESC1 = 84
    ADCS_ESC3 = 85
    ADCS_ESC4 = 86
    ADCS_ESC6A = 87
    ADCS_ESC6B = 88
    ADCS_ESC9A = 89
    ADCS_ESC9B = 90
    ADCS_ESC10A = 91
    ADCS_ESC10B = 92
    ADCS_ESC13 = 93
    WRITE_PKI_ENROLLMENT_FLAG = 94
    WRITE_PKI_NAME_FLAG = 95
    DELEGATED_ENROLLMENT_AGENT = 96
    # RODC
    RODC_REVEALED = 100  # the secret of source is cached on target
    RODC_MAY_REVEAL = 101
    RODC_NEVER_REVEAL = 102
    MANAGED_BY = 103
    # Local groups of a host as collected: source is member of the group `target` of that host
    MEMBER_OF_LOCAL_GROUP = 104
    # Derived: an account acts as an identity that no member list holds (Everyone, Guest…)
    CLAIM_SPECIAL_IDENTITY = 105
    POLICY_APPLIES = 106  # derived: a group policy set on source acts on target
    RODC_HOLDS_SECRET = 107  # derived: source, an RODC, has or may have the secret of target
    OTHER_RIGHT = 119  # a right of the export that is not in this list: counted, never walked


class EdgeFlag(IntEnum):
    """Bits of `EdgeTable.flags`."""

    INHERITED = 1
    DERIVED = 2


class ExportKind(StrEnum):
    """What a source of facts or verdicts is."""

    SHARPHOUND = "sharphound"
    RUSTHOUND = "rusthound"
    BLOODHOUND_PY = "bloodhound_py"
    ORADAD = "oradad"
    PINGCASTLE = "pingcastle"
    ADS = "ads"
