"""A forest with one of each thing that a capture may tell, table by table."""

from hygie.connectors.directory_exports.invented_certificates import invented_certificate
from tests.connectors.directory_exports.oradad_trees import (
    BASE,
    SID,
    account,
    guid,
    host,
    root_row,
    top,
)

CONFIGURATION = f"CN=Configuration,{BASE}"
SCHEMA = f"CN=Schema,{CONFIGURATION}"
KEYS = f"CN=Public Key Services,CN=Services,{CONFIGURATION}"
SYSTEM = f"CN=System,{BASE}"
STAFF = f"OU=Staff,{BASE}"
GPO = f"CN={{31B2F340}},CN=Policies,{SYSTEM}"
ZONE = f"DC=hop.fr,CN=MicrosoftDNS,DC=DomainDnsZones,{BASE}"
SERVERS = f"CN=Servers,CN=Site,CN=Sites,{CONFIGURATION}"
FSP = f"CN=ForeignSecurityPrincipals,{BASE}"
LAPS = guid(777)
KEY_SERVICE = "CN=Group Key Distribution Service"
ROOT_CERTIFICATE = invented_certificate("Root", "Root")
SERVICE_CERTIFICATE = invented_certificate("Service", "Root", 3)


def _users() -> list[dict[str, str]]:
    return [
        account(
            "Paul",
            1104,
            userAccountControl="ignored",
            userAccountControl_int=str(0x200 | 0x10000 | 0x400000 | 0x80),
            pwdLastSet="2020-01-02 03:04:05",
            lastLogonTimestamp="",
            adminCount="1",
            primaryGroupID="513",
            servicePrincipalName="HTTP/app.hop.fr;HTTP/app",
            sIDHistory="S-1-5-21-7-7-7-512",
        ),
        account(
            "Off",
            1105,
            userAccountControl_int=str(0x202),
            pwdLastSet="2999-12-12 23:59:59",
            lastLogonTimestamp="2026-01-01 00:00:00",
            **{"msDS-AllowedToDelegateTo": "cifs/dc1.hop.fr/hop.fr;HTTP/nowhere:80;krbtgt/HOP.FR"},
            **{"msDS-AssignedAuthNPolicySilo": f"CN=Tier0,{CONFIGURATION}"},
        ),
        account("krbtgt", 502, userAccountControl_int="514"),
        account("krbtgt_777", 1200, **{"msDS-SecondaryKrbTgtNumber": "777"}),
        account("krbtgt_778", 1201, **{"msDS-SecondaryKrbTgtNumber": "778"}),
        account(
            "AUTRE$", 1300, userAccountControl_int=str(0x820), pwdLastSet="2021-01-01 00:00:00"
        ),
    ]


def _hosts() -> list[dict[str, str]]:
    return [
        host(
            "DC1",
            1000,
            userAccountControl_int=str(0x82000),
            primaryGroupID="516",
            operatingSystem="Windows Server 2019 Standard",
            **{
                "msDS-SupportedEncryptionTypes_int": "28",
                "msDS-AllowedToActOnBehalfOfOtherIdentity": f"O:BAD:(A;;GA;;;{SID}-1104)",
            },
        ),
        host(
            "RODC1",
            1001,
            userAccountControl_int=str(0x5001000),
            primaryGroupID="521",
            operatingSystem="Windows Server 2016",
            managedBy=f"CN=Paul,CN=Users,{BASE}",
            **{
                "msDS-RevealedUsers": f"B:8:00000001:CN=Paul,CN=Users,{BASE}",
                "msDS-RevealOnDemandGroup": f"CN=Team,{BASE}",
                "msDS-NeverRevealGroup": f"CN=Administrateurs,CN=Builtin,{BASE}",
                "msDS-KrbTgtLink": f"CN=krbtgt_777,CN=Users,{BASE}",
            },
        ),
        host(
            "CLUSTER",
            1002,
            servicePrincipalName="MSClusterVirtualServer/cluster",
            operatingSystem="Windows 10",
            **{
                "ms-Mcs-AdmPwdExpirationTime": "2026-05-01 00:00:00",
                "msDS-HostServiceAccount": f"CN=smsa,CN=Users,{BASE}",
            },
        ),
    ]


def _groups() -> list[dict[str, str]]:
    return [
        {
            "dn": f"CN=Administrateurs,CN=Builtin,{BASE}",
            "sAMAccountName": "Administrateurs",
            "objectSid": "S-1-5-32-544",
            "adminCount": "1",
            "member": f"CN=Paul,CN=Users,{BASE};CN=S-1-5-21-8-8-8-1000,{FSP};CN=S-1-5-11,{FSP}",
        },
        {
            "dn": f"CN=Team,{BASE}",
            "sAMAccountName": "Team",
            "objectSid": f"{SID}-1500",
            "member": f"CN=Inner,{BASE}",
        },
        {
            "dn": f"CN=Inner,{BASE}",
            "sAMAccountName": "Inner",
            "objectSid": f"{SID}-1501",
            "member": f"CN=Off,CN=Users,{BASE}",
        },
    ]


def _objects() -> list[dict[str, str]]:
    entries = f"(A;;GA;;;BA)(OA;;CR;{LAPS};;{SID}-1105)(A;CIID;WD;;;AU)"
    descriptor = f"O:{SID}-1104D:PAI{entries}S:AI(AU;SA;WP;;;WD)"
    return [
        top(BASE, "domain;domainDNS", 1, nTSecurityDescriptor="O:BAD:AI(A;;GA;;;EA)"),
        top(STAFF, "organizationalUnit", 2, whenCreated="2019-01-01 00:00:00"),
        top(f"CN=Builtin,{BASE}", "builtinDomain", 3),
        top(f"CN=Administrateurs,CN=Builtin,{BASE}", "group", 4),
        top(f"CN=CLUSTER,CN=Computers,{BASE}", "person;user;computer", 5,
            nTSecurityDescriptor=descriptor),
        top(f"CN=Computers,{BASE}", "container", 6),
        top(SYSTEM, "container", 7),
        top(f"CN=Policies,{SYSTEM}", "container", 8),
        top(GPO, "container;groupPolicyContainer", 9),
        top(f"CN=AdminSDHolder,{SYSTEM}", "container", 10,
            nTSecurityDescriptor="O:BAD:P(A;;GA;;;AU)"),
        top(f"CN=BCKUPKEY_1 Secret,{SYSTEM}", "leaf;secret", 11),
        top(f"CN=DFSR-GlobalSettings,{SYSTEM}", "msDFSR-GlobalSettings", 12),
        top(
            f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,{SYSTEM}", "container", 13, revision="15"
        ),
        top(f"CN=Gone\\0ADEL:1,CN=Deleted Objects,{BASE}", "user", 14, isDeleted="1"),
        top(f"CN=Long,CN=Password Settings Container,{SYSTEM}", "msDS-PasswordSettings", 15,
            whenChanged="2024-01-01 00:00:00"),
        top(f"CN=Late,CN=Users,{BASE}", "user", 16, memberOf=f"CN=Inner,{BASE}"),
    ]  # fmt: skip


def _configuration() -> dict[str, list[dict[str, str]]]:
    template = f"CN=Web,CN=Certificate Templates,{KEYS}"
    service = f"CN=Service,CN=Enrollment Services,{KEYS}"
    root = f"CN=Root,CN=Certification Authorities,{KEYS}"
    store = f"CN=NTAuthCertificates,{KEYS}"
    display = f"CN=user-Display,CN=40C,CN=DisplaySpecifiers,{CONFIGURATION}"
    service_object = f"CN=Directory Service,CN=Windows NT,CN=Services,{CONFIGURATION}"
    return {
        "configuration/top": [
            top(CONFIGURATION, "configuration", 100),
            top(KEYS, "container", 101, nTSecurityDescriptor="O:EAD:(A;;GW;;;AU)"),
            top(template, "pKICertificateTemplate", 102),
            top(service, "pKIEnrollmentService", 103),
            top(root, "certificationAuthority", 104),
            top(store, "certificationAuthority", 105),
            top(display, "displaySpecifier", 106),
            top(service_object, "nTDSService", 107),
            top(f"CN=Partitions,{CONFIGURATION}", "crossRefContainer", 108),
            top(
                f"CN=1,CN=Master Root Keys,{KEY_SERVICE},CN=Services,{CONFIGURATION}",
                "msKds-ProvRootKey",
                109,
            ),
        ],
        "configuration/pKICertificateTemplate": [
            {
                "dn": template,
                "cn": "Web",
                "msPKI-Certificate-Name-Flag": "1",
                "msPKI-Enrollment-Flag": str(0x80000),
                "msPKI-RA-Signature": "0",
                "msPKI-Template-Schema-Version": "2",
                "pKIExtendedKeyUsage": "1.3.6.1.5.5.7.3.1",
                "msPKI-Certificate-Application-Policy": "1.3.6.1.5.5.7.3.2",
            }
        ],
        "configuration/pKIEnrollmentService": [
            {
                "dn": service,
                "dNSHostName": "dc1.hop.fr",
                "certificateTemplates": "Web;Unknown",
                "cACertificate": SERVICE_CERTIFICATE.hex(),
            }
        ],
        "configuration/certificationauthority": [
            {"dn": root, "cACertificate": ROOT_CERTIFICATE.hex()},
            {"dn": store, "cACertificate": f"{SERVICE_CERTIFICATE.hex()};00"},
        ],
        "configuration/displaySpecifier": [
            {"dn": display, "adminContextMenu": "1,{A};2,Run,\\\\server\\share\\run.exe"}
        ],
        "configuration/nTDSService": [{"dn": service_object, "dSHeuristics": "0000002"}],
        "configuration/crossRefContainer": [
            {"dn": f"CN=Partitions,{CONFIGURATION}", "msDS-Behavior-Version": "7"}
        ],
        "configuration/authNPolicySilo": [
            {
                "dn": f"CN=Tier0,{CONFIGURATION}",
                "msDS-AuthNPolicySiloEnforced": "1",
                "msDS-AuthNPolicySiloMembers": f"CN=Off,CN=Users,{BASE}",
            }
        ],
        "configuration/server": [
            {"dn": f"CN=DC1,{SERVERS}", "serverReference": f"CN=DC1,CN=Computers,{BASE}"},
            {"dn": f"CN=RODC1,{SERVERS}", "serverReference": f"CN=RODC1,CN=Computers,{BASE}"},
        ],
        "configuration/nTDSDSA": [
            {
                "dn": f"CN=NTDS Settings,CN=DC1,{SERVERS}",
                "msDS-Behavior-Version": "7",
                "msDS-isRODC": "0",
            },
            {
                "dn": f"CN=NTDS Settings,CN=RODC1,{SERVERS}",
                "msDS-Behavior-Version": "7",
                "msDS-isRODC": "0",
            },
        ],
    }


def forest_tables() -> dict[str, list[dict[str, str]]]:
    return {
        "rootDSE": [
            {"dn": "dc1", "currentTime": "2026-04-30 13:00:00", "rootDomainNamingContext": BASE}
        ],
        "metadata": [{"dn": "", "key": "oradad_version", "value": "3.3.77.0"}],
        "schema/attribute": [
            {
                "dn": f"CN=ms-Mcs-AdmPwd,{SCHEMA}",
                "lDAPDisplayName": "ms-Mcs-AdmPwd",
                "schemaIDGUID": LAPS,
            }
        ],
        "schema/top": [top(SCHEMA, "dMD", 200), top(f"CN=User,{SCHEMA}", "classSchema", 201)],
        "domain/hop.fr/root": [
            root_row(
                minPwdLength="7",
                maxPwdAge="42:00:00:00",
                maxPwdAge_int="-36288000000000",
                pwdProperties="17",
                gPLink=f"[LDAP://{GPO};0]",
                **{
                    "msDS-Behavior-Version": "4",
                    "ms-DS-MachineAccountQuota": "10",
                    "msDS-ExpirePasswordsOnSmartCardOnlyAccounts": "",
                },
            )
        ],
        "domain/hop.fr/user": _users(),
        "domain/hop.fr/computer": _hosts(),
        "domain/hop.fr/smsa": [account("smsa", 1400)],
        "domain/hop.fr/gmsa": [
            account("gmsa", 1401, **{"msDS-GroupMSAMembership": f"O:SYD:(A;;0xf01ff;;;{SID}-1500)"})
        ],
        "domain/hop.fr/group": _groups(),
        "domain/hop.fr/ou": [
            {"dn": STAFF, "gPLink": f"[LDAP://{GPO.upper()};2][LDAP://{GPO};1]", "gPOptions": "1"}
        ],
        "domain/hop.fr/gpo": [
            {"dn": GPO, "displayName": "Défaut", "gPCFileSysPath": "\\\\hop.fr\\sysvol\\x"}
        ],
        "domain/hop.fr/passwordSettings": [
            {
                "dn": f"CN=Long,CN=Password Settings Container,{SYSTEM}",
                "msDS-MinimumPasswordLength": "33",
                "msDS-MaximumPasswordAge_int": "-864000000000000",
                "msDS-PasswordSettingsPrecedence": "1",
                "msDS-PSOAppliesTo": f"CN=Team,{BASE}",
            }
        ],
        "domain/hop.fr/trustedDomain": [
            {
                "dn": f"CN=autre.fr,{SYSTEM}",
                "trustPartner": "autre.fr",
                "flatName": "AUTRE",
                "trustDirection_int": "3",
                "trustType_int": "2",
                "trustAttributes_int": "8",
                "securityIdentifier": "S-1-5-21-8-8-8",
            }
        ],
        "domain/hop.fr/nTFRSReplicaSet": [{"dn": f"CN=SYSVOL,{SYSTEM}", "fRSReplicaSetType": "2"}],
        "domaindns/hop.fr/top": [top(ZONE, "dnsZone", 300), top(f"DC=a,{ZONE}", "dnsNode", 301)],
        "domaindns/hop.fr/dnsZone": [
            {
                "dn": ZONE,
                "dNSProperty": "01000000000000000000000001000000020000000100"
                ";0100000000000000000000000100000001000000ff00",
            }
        ],
        "domain/hop.fr/top": _objects(),
        **_configuration(),
    }
