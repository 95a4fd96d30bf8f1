"""A capture tells the accounts, the objects, the rights, the links and the settings of a forest."""

from pathlib import Path
from typing import Any

import pytest

from hygie.connectors.directory_exports.invented_certificates import invented_certificate
from hygie.connectors.directory_exports.oradad import read_oradad
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts
from tests.connectors.directory_exports.comparison import edges, objects
from tests.connectors.directory_exports.oradad_trees import (
    BASE,
    SID,
    account,
    guid,
    host,
    make_tree,
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


def _tables() -> dict[str, list[dict[str, str]]]:
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


_PLACES = {
    guid(10): f"CN=AdminSDHolder,{SYSTEM}",
    guid(11): f"CN=BCKUPKEY_1 Secret,{SYSTEM}",
    guid(12): f"CN=DFSR-GlobalSettings,{SYSTEM}",
    guid(100): CONFIGURATION,
    guid(101): KEYS,
    guid(109): f"CN=1,CN=Master Root Keys,{KEY_SERVICE},CN=Services,{CONFIGURATION}",
    guid(200): SCHEMA,
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[DirectoryExport, Report]:
    root: Path = make_tree(tmp_path_factory.mktemp("capture"), _tables())
    report = Report()
    (export,) = read_oradad(root, report)
    return export, report


@pytest.fixture(scope="module")
def facts(read: tuple[DirectoryExport, Report]) -> DirectoryFacts:
    assert read[0].facts is not None
    return read[0].facts


@pytest.fixture(scope="module")
def told(facts: DirectoryFacts) -> dict[str, dict[str, Any]]:
    return objects(facts)


@pytest.fixture(scope="module")
def links(facts: DirectoryFacts) -> set[tuple[str, str, str, int]]:
    return edges(facts)


def test_the_capture_says_its_tool_its_date_and_what_it_read(
    read: tuple[DirectoryExport, Report],
) -> None:
    export, report = read
    assert (export.tool, export.collected_on) == ("3.3.77.0", 1777554000)
    assert export.counts["users"] == 6
    assert export.counts["deleted"] == 1
    assert export.counts["dns_records"] == 1
    assert not report.has_errors
    assert report.counts[MessageCode.ORADAD_SERVICES_UNKNOWN] == 1


def test_the_domain_tells_its_policies_and_the_settings_of_the_forest(
    told: dict[str, dict[str, Any]],
) -> None:
    domain = told[SID]
    assert (domain["FUNCTIONAL_LEVEL"], domain["MACHINE_QUOTA"]) == (4, 10)
    assert (domain["MIN_PASSWORD_LENGTH"], domain["MAX_PASSWORD_AGE_DAYS"]) == (7, 42)
    assert domain["DS_HEURISTICS"] == "0000002"
    assert domain["DOMAIN_PREP_REVISION"] == 15
    flags = domain["flags"]
    assert flags["REVERSIBLE_POLICY"] and flags["SYSVOL_NTFRS"] and flags["TRUSTS_COLLECTED"]
    assert flags["DOMAIN_COLLECTED"] and not flags["SMARTCARD_PASSWORDS_EXPIRE"]
    assert told[guid(108)]["FUNCTIONAL_LEVEL"] == 7


def test_accounts_tell_their_flags_dates_and_names(told: dict[str, dict[str, Any]]) -> None:
    paul = told[f"{SID}-1104"]
    assert paul["name"] == "PAUL@HOP.FR"
    assert paul["PASSWORD_SET"] == 1577934245
    assert paul["LAST_LOGON"] == 0
    flags = paul["flags"]
    assert flags["ENABLED"] and flags["PASSWORD_NEVER_EXPIRES"] and flags["NO_PREAUTH"]
    assert flags["REVERSIBLE_PASSWORD"] and flags["ADMIN_COUNT"] and flags["HAS_SPN"]
    assert not flags["SENSITIVE"]
    off = told[f"{SID}-1105"]
    assert off["PASSWORD_SET"] == 0
    assert not off["flags"]["ENABLED"]
    assert off["flags"]["SILO_ENFORCED"]
    assert not flags["SILO_ENFORCED"]
    dc, rodc, cluster = (told[f"{SID}-{rid}"] for rid in (1000, 1001, 1002))
    assert dc["name"] == "DC1.HOP.FR"
    assert dc["ENCRYPTION_TYPES"] == 28
    assert dc["flags"]["IS_DC"] and not dc["flags"]["IS_RODC"] and dc["flags"]["IS_SERVER_OS"]
    assert rodc["flags"]["IS_RODC"] and rodc["flags"]["RODC_POLICY_COLLECTED"]
    assert cluster["flags"]["IS_CLUSTER"] and cluster["flags"]["HAS_LAPS"]
    assert "IS_DC" not in cluster["flags"]
    assert told[f"{SID}-1400"]["flags"]["MSA"] and told[f"{SID}-1401"]["flags"]["GMSA"]


def test_controllers_agree_or_not_with_their_objects(told: dict[str, dict[str, Any]]) -> None:
    assert told[f"{SID}-1000"]["flags"]["SERVER_OBJECT_CONSISTENT"]
    assert not told[f"{SID}-1001"]["flags"]["SERVER_OBJECT_CONSISTENT"]


def test_a_krbtgt_of_no_controller_is_told(told: dict[str, dict[str, Any]]) -> None:
    assert told[f"{SID}-1200"]["flags"]["KRBTGT_LINKED"]
    assert not told[f"{SID}-1201"]["flags"]["KRBTGT_LINKED"]
    assert not told[f"{SID}-1104"]["flags"]["SECONDARY_KRBTGT"]


def test_members_histories_and_primary_groups_are_relations(
    links: set[tuple[str, str, str, int]], told: dict[str, dict[str, Any]]
) -> None:
    administrators = "HOP.FR-S-1-5-32-544"
    assert (f"{SID}-1104", "MEMBER_OF", administrators, 0) in links
    assert ("S-1-5-21-8-8-8-1000", "MEMBER_OF", administrators, 0) in links
    assert ("HOP.FR-S-1-5-11", "MEMBER_OF", administrators, 0) in links
    assert told["HOP.FR-S-1-5-11"]["name"] == "AUTHENTICATED USERS@HOP.FR"
    assert (f"{SID}-1104", "PRIMARY_GROUP", f"{SID}-513", 0) in links
    assert (f"{SID}-1104", "HAS_SID_HISTORY", "S-1-5-21-7-7-7-512", 0) in links


def test_a_member_that_only_the_object_names_is_found(
    links: set[tuple[str, str, str, int]], read: tuple[DirectoryExport, Report]
) -> None:
    assert (guid(16), "MEMBER_OF", f"{SID}-1501", 0) in links
    assert read[1].counts[MessageCode.ORADAD_MEMBERS_CUT] == 0


def test_delegations_lead_to_the_accounts_behind_the_services(
    links: set[tuple[str, str, str, int]],
) -> None:
    off = f"{SID}-1105"
    assert (off, "ALLOWED_TO_DELEGATE", f"{SID}-1000", 0) in links
    assert (off, "ALLOWED_TO_DELEGATE", f"{SID}-502", 0) in links
    assert (f"{SID}-1104", "ALLOWED_TO_ACT", f"{SID}-1000", 0) in links
    assert (f"{SID}-1500", "READ_GMSA_PASSWORD", f"{SID}-1401", 0) in links
    assert (f"{SID}-1002", "DUMP_SMSA_PASSWORD", f"{SID}-1400", 0) in links
    for kind, source in (
        ("RODC_REVEALED", f"{SID}-1104"),
        ("RODC_MAY_REVEAL", f"{SID}-1500"),
        ("RODC_NEVER_REVEAL", "HOP.FR-S-1-5-32-544"),
        ("MANAGED_BY", f"{SID}-1104"),
    ):
        assert (source, kind, f"{SID}-1001", 0) in links
    assert (f"{SID}-1000", "DC_FOR", SID, 0) in links


def test_objects_stand_in_the_tree_with_their_rights(
    links: set[tuple[str, str, str, int]], told: dict[str, dict[str, Any]]
) -> None:
    cluster = f"{SID}-1002"
    assert (SID, "CONTAINS", guid(2), 0) in links
    assert (guid(6), "CONTAINS", cluster, 0) in links
    assert ("HOP.FR-S-1-5-32", "CONTAINS", "HOP.FR-S-1-5-32-544", 0) in links
    assert (f"{SID}-1104", "OWNS", cluster, 0) in links
    assert ("HOP.FR-S-1-5-32-544", "GENERIC_ALL", cluster, 0) in links
    assert (f"{SID}-1105", "READ_LAPS_PASSWORD", cluster, 0) in links
    assert ("HOP.FR-S-1-5-11", "WRITE_DACL", cluster, 1) in links
    assert (f"{SID}-519", "GENERIC_ALL", SID, 0) in links
    assert ("HOP.FR-S-1-5-11", "GENERIC_WRITE", guid(101), 0) in links
    flags = told[cluster]["flags"]
    assert flags["ACL_PROTECTED"] and flags["ACES_COLLECTED"]
    assert not told[guid(2)]["flags"]["ACES_COLLECTED"]
    assert told[guid(2)]["CREATED"] == 1546300800


def test_what_the_control_points_look_for_is_there_by_its_name(
    told: dict[str, dict[str, Any]],
) -> None:
    names = {one: value["DISTINGUISHED_NAME"] for one, value in told.items() if one in _PLACES}
    assert names == _PLACES
    assert told[guid(10)]["kind"] == "CONTAINER"
    assert {told[guid(one)]["kind"] for one in (11, 12, 100, 106, 109, 200)} == {"CONFIGURATION"}


def test_group_policies_are_linked_enforced_and_blocked(
    links: set[tuple[str, str, str, int]], told: dict[str, dict[str, Any]]
) -> None:
    assert (guid(9), "GP_LINK", SID, 0) in links
    assert (guid(9), "GP_LINK_ENFORCED", guid(2), 0) in links
    assert told[guid(2)]["GP_LINKS"] == (guid(9).upper(),)
    assert told[guid(2)]["flags"]["BLOCKS_INHERITANCE"]
    assert told[guid(9)]["name"] == "DÉFAUT@HOP.FR"
    assert told[guid(9)]["GPC_PATH"] == "\\\\hop.fr\\sysvol\\x"


def test_a_password_policy_reaches_the_members_of_nested_groups(
    told: dict[str, dict[str, Any]],
) -> None:
    off, paul = told[f"{SID}-1105"], told[f"{SID}-1104"]
    assert (off["POLICY_MIN_LENGTH"], off["POLICY_MAX_AGE_DAYS"]) == (33, 1000)
    assert off["POLICY_CHANGED"] == 1704067200
    assert (paul["POLICY_MIN_LENGTH"], paul["POLICY_CHANGED"]) == (0, 0)


def test_a_trust_tells_its_direction_filter_and_password(facts: DirectoryFacts) -> None:
    (trust,) = facts.trusts
    assert facts.identifiers[trust.domain] == SID
    assert (trust.partner_name, trust.partner_sid) == ("AUTRE.FR", "S-1-5-21-8-8-8")
    assert (trust.is_inbound, trust.is_outbound, trust.trust_type) == (True, True, "forest")
    assert (trust.sid_filtering, trust.tgt_delegation, trust.is_transitive) == (True, False, True)
    assert trust.account_password_set == 1609459200


def test_templates_and_authorities_are_linked_and_judged(
    links: set[tuple[str, str, str, int]], told: dict[str, dict[str, Any]]
) -> None:
    template, service, root, store = (guid(one) for one in (102, 103, 104, 105))
    flags = told[template]["flags"]
    assert flags["SUBJECT_SUPPLIED"] and flags["NO_SECURITY_EXTENSION"]
    assert flags["AUTHENTICATION_ENABLED"] and not flags["MANAGER_APPROVAL"]
    assert told[template]["EKU"] == ("1.3.6.1.5.5.7.3.2",)
    assert (template, "PUBLISHED_TO", service, 0) in links
    assert (f"{SID}-1000", "HOSTS_CA_SERVICE", service, 0) in links
    assert (service, "ENTERPRISE_CA_FOR", SID, 0) in links
    assert (root, "ROOT_CA_FOR", SID, 0) in links
    assert (store, "NT_AUTH_STORE_FOR", SID, 0) in links
    assert told[service]["CERTIFICATE_FLAW_LEVEL"] == 3
    assert told[service]["CERTIFICATE_FLAW"] == ("rsa_short", "sha1")
    assert told[root]["CERTIFICATE_FLAW_LEVEL"] == 0
    own = told[service]["CERT_THUMBPRINT"]
    assert told[service]["CERT_CHAIN"] == (own, told[root]["CERT_THUMBPRINT"])
    assert told[store]["CERT_THUMBPRINT"] == (own,)


def test_a_zone_open_to_anyone_is_told(told: dict[str, dict[str, Any]]) -> None:
    zone = told[guid(300)]
    assert zone["DNS_ZONE_UPDATE"] == 1
    assert zone["flags"]["ZONE_UNSECURE_UPDATE"]
    assert guid(301) not in told


def test_a_list_cut_at_the_collection_is_completed_and_told(tmp_path: Path) -> None:
    accounts = [account(f"User {one:05d} of the hospital", 2000 + one) for one in range(9_000)]
    group = f"CN=Everybody,{BASE}"
    members = ";".join(row["dn"] for row in accounts)[: 512 * 1024]
    tree = make_tree(
        tmp_path,
        {
            "domain/hop.fr/root": [root_row()],
            "domain/hop.fr/user": accounts,
            "domain/hop.fr/group": [
                {
                    "dn": group,
                    "objectSid": f"{SID}-1500",
                    "sAMAccountName": "Everybody",
                    "member": members,
                }
            ],
            "domain/hop.fr/top": [
                top(row["dn"], "user", at, memberOf=group) for at, row in enumerate(accounts)
            ],
        },
    )
    report = Report()
    (export,) = read_oradad(tree, report)
    assert export.facts is not None
    assert len(members) == 512 * 1024 or len(members) < 512 * 1024 - 4096
    assert sum(kind == "MEMBER_OF" for _, kind, _, _ in edges(export.facts)) == 9_000
    if len(members) == 512 * 1024:
        (message,) = report.of(MessageCode.ORADAD_MEMBERS_CUT)
        assert message.params["told"] == 9_000


def test_a_domain_without_a_root_is_an_error(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, {"domain/hop.fr/user": [account("Paul", 1104)]})
    report = Report()
    (export,) = read_oradad(tree, report)
    assert report.counts[MessageCode.ORADAD_DOMAIN_UNKNOWN] == 1
    assert export.facts is not None
    assert export.facts.domain.tolist() == [-1]
