"""A capture tells the accounts, the objects, the rights, the links and the settings of a forest."""

from pathlib import Path
from typing import Any

import pytest

from hygie.connectors.directory_exports.oradad import read_oradad
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.engines.directory.facts import DirectoryExport, DirectoryFacts
from tests.connectors.directory_exports.comparison import edges, objects
from tests.connectors.directory_exports.oradad_forest import (
    CONFIGURATION,
    KEY_SERVICE,
    KEYS,
    SCHEMA,
    SYSTEM,
    forest_tables,
)
from tests.connectors.directory_exports.oradad_trees import (
    BASE,
    SID,
    account,
    guid,
    make_tree,
    root_row,
    top,
)

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
    root: Path = make_tree(tmp_path_factory.mktemp("capture"), forest_tables())
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
    assert off["flags"]["MSA"] is off["flags"]["GMSA"] is False


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
