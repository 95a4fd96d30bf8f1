"""Under which names do SharpHound files state kinds, rights and facts?

The reader and the writer share these tables, so that what one writes the other reads.
"""

from collections.abc import Mapping

from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind

TYPES: Mapping[str, ObjectKind] = {
    "users": ObjectKind.USER,
    "computers": ObjectKind.COMPUTER,
    "groups": ObjectKind.GROUP,
    "domains": ObjectKind.DOMAIN,
    "ous": ObjectKind.OU,
    "containers": ObjectKind.CONTAINER,
    "gpos": ObjectKind.GPO,
    "certtemplates": ObjectKind.CERT_TEMPLATE,
    "enterprisecas": ObjectKind.ENTERPRISE_CA,
    "rootcas": ObjectKind.ROOT_CA,
    "aiacas": ObjectKind.AIA_CA,
    "ntauthstores": ObjectKind.NT_AUTH_STORE,
    "issuancepolicies": ObjectKind.ISSUANCE_POLICY,
}

# ACE right → kind; every one is read "principal … object".
RIGHTS: Mapping[str, EdgeKind] = {
    "Owns": EdgeKind.OWNS,
    "OwnsRaw": EdgeKind.OWNS,
    "WriteOwner": EdgeKind.WRITE_OWNER,
    "WriteOwnerRaw": EdgeKind.WRITE_OWNER,
    "WriteDacl": EdgeKind.WRITE_DACL,
    "GenericAll": EdgeKind.GENERIC_ALL,
    "GenericWrite": EdgeKind.GENERIC_WRITE,
    "AllExtendedRights": EdgeKind.ALL_EXTENDED_RIGHTS,
    "ForceChangePassword": EdgeKind.FORCE_CHANGE_PASSWORD,
    "AddMember": EdgeKind.ADD_MEMBER,
    "AddSelf": EdgeKind.ADD_SELF,
    "AddAllowedToAct": EdgeKind.ADD_ALLOWED_TO_ACT,
    "WriteAccountRestrictions": EdgeKind.WRITE_ACCOUNT_RESTRICTIONS,
    "WriteSPN": EdgeKind.WRITE_SPN,
    "AddKeyCredentialLink": EdgeKind.ADD_KEY_CREDENTIAL_LINK,
    "WriteGPLink": EdgeKind.WRITE_GP_LINK,
    "WriteAltSecurityIdentities": EdgeKind.WRITE_ALT_SECURITY_IDENTITIES,
    "WritePublicInformation": EdgeKind.WRITE_PUBLIC_INFORMATION,
    "ReadLAPSPassword": EdgeKind.READ_LAPS_PASSWORD,
    "SyncLAPSPassword": EdgeKind.SYNC_LAPS_PASSWORD,
    "ReadGMSAPassword": EdgeKind.READ_GMSA_PASSWORD,
    "GetChanges": EdgeKind.GET_CHANGES,
    "GetChangesAll": EdgeKind.GET_CHANGES_ALL,
    "GetChangesInFilteredSet": EdgeKind.GET_CHANGES_FILTERED,
    "Enroll": EdgeKind.ENROLL,
    "EnrollOnBehalfOf": EdgeKind.ENROLL_ON_BEHALF_OF,
    "ManageCA": EdgeKind.MANAGE_CA,
    "ManageCertificates": EdgeKind.MANAGE_CERTIFICATES,
    "WritePKIEnrollmentFlag": EdgeKind.WRITE_PKI_ENROLLMENT_FLAG,
    "WritePKINameFlag": EdgeKind.WRITE_PKI_NAME_FLAG,
}
# The rights that a certification authority enforces itself, whatever its object in the directory.
AUTHORITY_RIGHTS = frozenset({EdgeKind.ENROLL, EdgeKind.MANAGE_CA, EdgeKind.MANAGE_CERTIFICATES})

# Property → flag, for every type of object.
FLAGS: Mapping[str, Flag] = {
    "enabled": Flag.ENABLED,
    "admincount": Flag.ADMIN_COUNT,
    "pwdneverexpires": Flag.PASSWORD_NEVER_EXPIRES,
    "passwordnotreqd": Flag.PASSWORD_NOT_REQUIRED,
    "dontreqpreauth": Flag.NO_PREAUTH,
    "hasspn": Flag.HAS_SPN,
    "unconstraineddelegation": Flag.UNCONSTRAINED_DELEGATION,
    "trustedtoauth": Flag.TRUSTED_TO_AUTH,
    "sensitive": Flag.SENSITIVE,
    "usedeskeyonly": Flag.DES_ONLY,
    "encryptedtextpwdallowed": Flag.REVERSIBLE_PASSWORD,
    "smartcardrequired": Flag.SMARTCARD_REQUIRED,
    "isdc": Flag.IS_DC,
    "isreadonlydc": Flag.IS_RODC,
    "haslaps": Flag.HAS_LAPS,
    "gmsa": Flag.GMSA,
    "msa": Flag.MSA,
    "isaclprotected": Flag.ACL_PROTECTED,
    "blocksinheritance": Flag.BLOCKS_INHERITANCE,
    "collected": Flag.DOMAIN_COLLECTED,
    "doesanyacegrantownerrights": Flag.OWNER_RIGHTS_ACE,
    "authenticationenabled": Flag.AUTHENTICATION_ENABLED,
    "schannelauthenticationenabled": Flag.SCHANNEL_AUTHENTICATION,
    "enrolleesuppliessubject": Flag.SUBJECT_SUPPLIED,
    "requiresmanagerapproval": Flag.MANAGER_APPROVAL,
    "nosecurityextension": Flag.NO_SECURITY_EXTENSION,
    "subjectaltrequireupn": Flag.SUBJECT_ALT_UPN,
    "subjectaltrequiredns": Flag.SUBJECT_ALT_DNS,
    "subjectaltrequiredomaindns": Flag.SUBJECT_ALT_DOMAIN_DNS,
    "subjectaltrequireemail": Flag.SUBJECT_ALT_EMAIL,
    "subjectaltrequirespn": Flag.SUBJECT_ALT_SPN,
    "expirepasswordsonsmartcardonlyaccounts": Flag.SMARTCARD_PASSWORDS_EXPIRE,
}

# Bit of userAccountControl → flag ([MS-ADTS] 2.2.16); ACCOUNTDISABLE is the contrary of ENABLED.
ACCOUNT_DISABLED = 0x2
ACCOUNT_BITS: Mapping[int, Flag] = {
    0x20: Flag.PASSWORD_NOT_REQUIRED,
    0x80: Flag.REVERSIBLE_PASSWORD,
    0x800: Flag.TRUST_ACCOUNT,
    0x10000: Flag.PASSWORD_NEVER_EXPIRES,
    0x40000: Flag.SMARTCARD_REQUIRED,
    0x80000: Flag.UNCONSTRAINED_DELEGATION,
    0x100000: Flag.SENSITIVE,
    0x200000: Flag.DES_ONLY,
    0x400000: Flag.NO_PREAUTH,
    0x1000000: Flag.TRUSTED_TO_AUTH,
}
COMPUTER_BITS: Mapping[int, Flag] = {0x2000: Flag.IS_DC, 0x4000000: Flag.IS_RODC}

# Local group by its RID → kind of relation from a member to the host.
LOCAL_GROUPS: Mapping[str, EdgeKind] = {
    "544": EdgeKind.ADMIN_TO,
    "555": EdgeKind.CAN_RDP,
    "562": EdgeKind.EXECUTE_DCOM,
    "580": EdgeKind.CAN_PS_REMOTE,
}
PRIVILEGES: Mapping[str, EdgeKind] = {
    "SeRemoteInteractiveLogonRight": EdgeKind.REMOTE_INTERACTIVE_RIGHT
}

ENCRYPTIONS: Mapping[str, int] = {
    "DES-CBC-CRC": 1,
    "DES-CBC-MD5": 2,
    "RC4-HMAC-MD5": 4,
    "AES128-CTS-HMAC-SHA1-96": 8,
    "AES256-CTS-HMAC-SHA1-96": 16,
}
NO_ENCRYPTION = "Not defined"

# msDS-Behavior-Version → how SharpHound writes it. 10 is Windows Server 2025.
LEVELS: Mapping[int, str] = {
    0: "2000 Mixed/Native",
    1: "2003 Interim",
    2: "2003",
    3: "2008",
    4: "2008 R2",
    5: "2012",
    6: "2012 R2",
    7: "2016",
    10: "2025",
}

# The first five are also written as their rank.
NUMBERED_TRUSTS = 5
TRUST_TYPES: Mapping[str, str] = {
    "ParentChild": "parent_child",
    "CrossLink": "cross_link",
    "Forest": "forest",
    "External": "external",
    "Unknown": "unknown",
    "TreeRoot": "tree_root",
    "Shortcut": "cross_link",
    "Realm": "realm",
}
# Inbound is bit 1 and outbound bit 2, as in the trustDirection attribute.
DIRECTIONS: Mapping[str, int] = {
    "Disabled": 0,
    "Inbound": 1,
    "Outbound": 2,
    "Bidirectional": 3,
}

# Bits of `meta.methods`.
METHOD_GROUPS = 1
METHOD_TRUSTS = 1 << 5
ALL_METHODS = 521_215

REVERSIBLE_STORE = 16  # DOMAIN_PASSWORD_STORE_CLEARTEXT of pwdProperties
STRONG_BINDING = 2
WEAK_MAPPING = 4  # a certificate is matched by the name it holds
CLUSTER_SERVICE = "MSCLUSTERVIRTUALSERVER/"
