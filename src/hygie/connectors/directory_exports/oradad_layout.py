"""Which tables do we write, and with which columns and types?

Names as in ANSSI-FR/ORADAD, oradad-schema.xml: those that our reader reads, out of some thousands.
A column of integers that the tool decodes is two columns, `x` and `x_int`.
"""

TEXT, DATE, FLAG, WHOLE, LONG, BINARY, GUID = (
    "nvarchar(4000)",
    "datetime2",
    "tinyint",
    "int",
    "bigint",
    "varchar(max)",
    "uniqueidentifier",
)

_DECODED = {
    "userAccountControl": WHOLE,
    "msDS-SupportedEncryptionTypes": WHOLE,
    "trustDirection": WHOLE,
    "trustType": WHOLE,
    "trustAttributes": WHOLE,
    "maxPwdAge": LONG,
    "msDS-MaximumPasswordAge": LONG,
}
_ACCOUNT = (
    ("sAMAccountName", TEXT),
    ("objectSid", TEXT),
    ("userAccountControl", WHOLE),
    ("primaryGroupID", WHOLE),
    ("pwdLastSet", DATE),
    ("lastLogonTimestamp", DATE),
    ("adminCount", WHOLE),
    ("servicePrincipalName", TEXT),
    ("sIDHistory", TEXT),
    ("msDS-SupportedEncryptionTypes", WHOLE),
    ("msDS-AllowedToDelegateTo", TEXT),
    ("msDS-AllowedToActOnBehalfOfOtherIdentity", TEXT),
    ("msDS-AssignedAuthNPolicySilo", TEXT),
)
_HOST = (("dNSHostName", TEXT), ("operatingSystem", TEXT))

COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "top": (
        ("shortname", TEXT),
        ("shortdn", TEXT),
        ("objectClass", TEXT),
        ("objectGUID", GUID),
        ("whenCreated", DATE),
        ("whenChanged", DATE),
        ("nTSecurityDescriptor", TEXT),
        ("memberOf", TEXT),
        ("isDeleted", FLAG),
        ("revision", WHOLE),
    ),
    "root": (
        ("objectSid", TEXT),
        ("msDS-Behavior-Version", WHOLE),
        ("ms-DS-MachineAccountQuota", WHOLE),
        ("minPwdLength", WHOLE),
        ("maxPwdAge", LONG),
        ("pwdProperties", WHOLE),
        ("msDS-ExpirePasswordsOnSmartCardOnlyAccounts", FLAG),
        ("gPLink", TEXT),
    ),
    "user": (*_ACCOUNT, ("msDS-SecondaryKrbTgtNumber", WHOLE)),
    "computer": (
        *_ACCOUNT,
        *_HOST,
        ("managedBy", TEXT),
        ("ms-Mcs-AdmPwdExpirationTime", DATE),
        ("msDS-HostServiceAccount", TEXT),
        ("msDS-RevealedUsers", TEXT),
        ("msDS-RevealOnDemandGroup", TEXT),
        ("msDS-NeverRevealGroup", TEXT),
        ("msDS-KrbTgtLink", TEXT),
    ),
    "smsa": (*_ACCOUNT, *_HOST),
    "gmsa": (*_ACCOUNT, *_HOST, ("msDS-GroupMSAMembership", TEXT)),
    "group": (
        ("sAMAccountName", TEXT),
        ("objectSid", TEXT),
        ("adminCount", WHOLE),
        ("sIDHistory", TEXT),
        ("managedBy", TEXT),
        ("member", TEXT),
    ),
    "ou": (("gPLink", TEXT), ("gPOptions", WHOLE)),
    "gpo": (("displayName", TEXT), ("gPCFileSysPath", TEXT)),
    "passwordSettings": (
        ("msDS-MinimumPasswordLength", WHOLE),
        ("msDS-MaximumPasswordAge", LONG),
        ("msDS-PasswordSettingsPrecedence", WHOLE),
        ("msDS-PSOAppliesTo", TEXT),
    ),
    "trustedDomain": (
        ("trustPartner", TEXT),
        ("flatName", TEXT),
        ("trustDirection", WHOLE),
        ("trustType", WHOLE),
        ("trustAttributes", WHOLE),
        ("securityIdentifier", TEXT),
    ),
    "nTFRSReplicaSet": (("fRSReplicaSetType", WHOLE),),
    "dnsZone": (("dNSProperty", BINARY),),
    "attribute": (("lDAPDisplayName", TEXT), ("schemaIDGUID", GUID)),
    "site": (("gPLink", TEXT),),
    "server": (("serverReference", TEXT),),
    "nTDSDSA": (("msDS-Behavior-Version", WHOLE), ("msDS-isRODC", FLAG)),
    "nTDSService": (("dSHeuristics", TEXT),),
    "crossRefContainer": (("msDS-Behavior-Version", WHOLE),),
    "displaySpecifier": (("adminContextMenu", TEXT),),
    "authNPolicySilo": (
        ("msDS-AuthNPolicySiloEnforced", FLAG),
        ("msDS-AuthNPolicySiloMembers", TEXT),
    ),
    "pKICertificateTemplate": (
        ("cn", TEXT),
        ("msPKI-Certificate-Name-Flag", WHOLE),
        ("msPKI-Enrollment-Flag", WHOLE),
        ("msPKI-RA-Signature", WHOLE),
        ("msPKI-Template-Schema-Version", WHOLE),
        ("pKIExtendedKeyUsage", TEXT),
        ("msPKI-Certificate-Application-Policy", TEXT),
        ("msPKI-RA-Application-Policies", TEXT),
        ("msPKI-Certificate-Policy", TEXT),
    ),
    "pKIEnrollmentService": (
        ("dNSHostName", TEXT),
        ("certificateTemplates", TEXT),
        ("cACertificate", BINARY),
    ),
    "certificationauthority": (("dNSHostName", TEXT), ("cACertificate", BINARY)),
}


def columns_of(request: str, left_out: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Names and types of a table, as the list of tables gives them.

    Args:
        request: name of the table. left_out: attributes not collected.
    """
    columns = [("dn", TEXT)]
    for name, kind in COLUMNS[request]:
        if name in left_out:
            continue
        if name in _DECODED:
            columns += [(name, TEXT), (f"{name}_int", kind)]
        else:
            columns.append((name, kind))
    return columns


def cells_of(
    request: str, values: dict[str, str], left_out: frozenset[str] = frozenset()
) -> list[str]:
    """Cells of a row after its name, from its values by attribute; what is not there is empty."""
    cells = []
    for name, _kind in COLUMNS[request]:
        if name in left_out:
            continue
        value = values.get(name, "")
        cells += ["", value] if name in _DECODED else [value]
    return cells
