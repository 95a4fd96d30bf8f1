"""Relations read in the direction of control, whatever list states them."""

from pathlib import Path
from typing import Any

import pytest

from hygie.engines.directory.vocabulary import Flag, Text
from tests.connectors.directory_exports.comparison import edges, trusts
from tests.connectors.directory_exports.exports import (
    DOMAIN,
    ace,
    archive,
    document,
    named,
    read,
    read_records,
    record,
    sid,
    told,
)

GUID = "AAAAAAAA-0000-0000-0000-00000000000"
BUILTIN = "HOPITAL.FR-S-1-5-32-544"


def test_members_containers_and_primary_groups_are_stated(tmp_path: Path) -> None:
    group = record(sid(512), "DA", Members=[named(sid(1104)), None, sid(1105)], Aces=[])
    ou = record(f"{GUID}1", "OU", ChildObjects=[named(sid(512), "Group")], ContainedBy=None)
    user = record(sid(1104), "A", PrimaryGroupSID=sid(513), ContainedBy=named(f"{{{GUID}1}}", "OU"))
    path = archive(
        tmp_path / "export.zip",
        {
            "groups.json": document("groups", [group]),
            "ous.json": document("ous", [ou]),
            "users.json": document("users", [user]),
        },
    )
    _export, facts, report = read(path)
    assert edges(facts) == {
        (sid(1104), "MEMBER_OF", sid(512), 0),
        (sid(1105), "MEMBER_OF", sid(512), 0),
        (sid(1104), "PRIMARY_GROUP", sid(513), 0),
        (f"{GUID}1", "CONTAINS", sid(512), 0),
        (f"{GUID}1", "CONTAINS", sid(1104), 0),
    }
    assert not report.messages


def test_rights_are_read_and_the_unknown_ones_said_once(tmp_path: Path) -> None:
    user = record(
        sid(1104),
        "A",
        Aces=[
            ace(sid(512), "GenericAll"),
            ace(sid(513), "writedacl", inherited=True),
            ace("S-1-5-32-544", "Owns"),
            ace("S-1-5-11", "NewRight"),
            ace(sid(514), "NewRight"),
            None,
            ace("", "Owns"),
        ],
    )
    export, facts, report = read_records(tmp_path, "users", user)
    assert edges(facts) == {
        (sid(512), "GENERIC_ALL", sid(1104), 0),
        (sid(513), "WRITE_DACL", sid(1104), 1),
        (BUILTIN, "OWNS", sid(1104), 0),
        ("HOPITAL.FR-S-1-5-11", "OTHER_RIGHT", sid(1104), 0),
        (sid(514), "OTHER_RIGHT", sid(1104), 0),
    }
    assert [(one.code, dict(one.params)) for one in report.messages] == [
        ("directory_right_unknown", {"rights": "NewRight", "count": 2})
    ]
    assert export.counts["unknown_rights"] == 2
    assert told(facts, sid(1104), Flag.ACES_COLLECTED) is True


def test_delegations_histories_and_services_are_stated(tmp_path: Path) -> None:
    computer = record(
        sid(1000),
        "PC1.HOPITAL.FR",
        AllowedToDelegate=[named(sid(1001)), "cifs/pc9"],
        AllowedToAct=[named(sid(1104))],
        HasSIDHistory=[named("S-1-5-21-9-9-9-512")],
        DumpSMSAPassword=[named(sid(1200))],
    )
    user = record(
        sid(1104),
        "A",
        SPNTargets=[
            {"ComputerSID": sid(1000), "Port": 1433, "Service": "SQLAdmin"},
            {"ComputerSID": sid(1001), "Port": 80, "Service": "Web"},
        ],
    )
    path = archive(
        tmp_path / "export.zip",
        {
            "computers.json": document("computers", [computer]),
            "users.json": document("users", [user]),
        },
    )
    _export, facts, _report = read(path)
    assert edges(facts) == {
        (sid(1000), "ALLOWED_TO_DELEGATE", sid(1001), 0),
        (sid(1104), "ALLOWED_TO_ACT", sid(1000), 0),
        (sid(1000), "HAS_SID_HISTORY", "S-1-5-21-9-9-9-512", 0),
        (sid(1000), "DUMP_SMSA_PASSWORD", sid(1200), 0),
        (sid(1104), "SQL_ADMIN", sid(1000), 0),
        (sid(1104), "OTHER_RIGHT", sid(1001), 0),
    }
    assert told(facts, sid(1000), Flag.SID_HISTORY) is True


@pytest.mark.parametrize(
    ("methods", "members", "expected"),
    [(521_215, [], True), (64, [], False), (0, [], False), (0, [{"ObjectIdentifier": "X"}], True)],
)
def test_whether_members_were_read_is_told_by_the_methods_or_by_what_is_there(
    tmp_path: Path, methods: int, members: list[Any], expected: bool
) -> None:
    groups = [record(sid(1200), "G", Members=[]), record(sid(1201), "H", Members=members)]
    _export, facts, _report = read_records(tmp_path, "groups", *groups, methods=methods)
    assert told(facts, sid(1200), Flag.MEMBERS_COLLECTED) is expected


def test_policies_their_links_and_their_order_are_stated(tmp_path: Path) -> None:
    ou = record(
        f"{GUID}1",
        "OU",
        Links=[{"GUID": f"{GUID}9", "IsEnforced": False}, {"Guid": f"{GUID}8", "IsEnforced": True}],
        GPOChanges={
            "LocalAdmins": [named(sid(512))],
            "RemoteDesktopUsers": None,
            "PSRemoteUsers": [named(sid(513))],
            "AffectedComputers": [named(sid(1000)), named(sid(1001))],
        },
    )
    _export, facts, _report = read_records(tmp_path, "ous", ou)
    assert edges(facts) == {
        (f"{GUID}9", "GP_LINK", f"{GUID}1", 0),
        (f"{GUID}8", "GP_LINK_ENFORCED", f"{GUID}1", 0),
        (sid(512), "ADMIN_TO", sid(1000), 0),
        (sid(512), "ADMIN_TO", sid(1001), 0),
        (sid(513), "CAN_PS_REMOTE", sid(1000), 0),
        (sid(513), "CAN_PS_REMOTE", sid(1001), 0),
    }
    index = facts.identifiers.index(f"{GUID}1")
    assert facts.texts[Text.GP_LINKS][index] == (f"{GUID}9", f"{GUID}8")


@pytest.mark.parametrize("direction", ["Bidirectional", "bidirectional", 3, "3"])
def test_trusts_are_read_whether_words_or_numbers(tmp_path: Path, direction: object) -> None:
    trust = {
        "TargetDomainSid": "s-1-5-21-9-9-9", "TargetDomainName": "autre.fr", "IsTransitive": True,
        "TrustDirection": direction, "TrustType": 2 if direction == 3 else "Forest",
        "TrustAttributes": "8", "SidFilteringEnabled": False,
    }  # fmt: skip
    domain = record(DOMAIN, "HOPITAL.FR", Trusts=[trust, trust, None])
    _export, facts, report = read_records(tmp_path, "domains", domain)
    assert trusts(facts) == {
        (DOMAIN, "S-1-5-21-9-9-9", "AUTRE.FR", True, True, 8, "forest", False, None, True)
    }
    assert not report.messages


def test_every_type_of_trust_is_told(tmp_path: Path) -> None:
    words = ["ParentChild", "TreeRoot", "Shortcut", "Forest", "External", "Realm", 1, 4, 5]
    stated = [
        {"TargetDomainSid": f"S-1-5-21-9-9-{rank}", "TrustDirection": "Inbound", "TrustType": word}
        for rank, word in enumerate(words)
    ]
    _export, facts, report = read_records(
        tmp_path, "domains", record(DOMAIN, "HOPITAL.FR", Trusts=stated)
    )
    assert [trust.trust_type for trust in facts.trusts] == [
        "parent_child", "tree_root", "cross_link", "forest", "external", "realm", "cross_link",
        "unknown", "unknown",
    ]  # fmt: skip
    assert not report.messages


def test_what_rusthound_writes_otherwise_is_read(tmp_path: Path) -> None:
    """A status that is a text, histories that are bare SIDs, groups without names."""
    computer = record(
        sid(1000),
        "PC1.HOPITAL.FR",
        Status="Connectable",
        HasSIDHistory=["S-1-5-21-9-9-9-512"],
        LocalGroups=[
            {"ObjectIdentifier": f"{sid(1000)}-544", "Results": [named(sid(512))],
             "LocalNames": ["x"], "Collected": True, "FailureReason": None}
        ],
        Aces=[{**ace(sid(512), "Owns"), "InheritanceHash": "AB",
               "IsPermissionForOwnerRightsSid": False,
               "IsInheritedPermissionForOwnerRightsSid": False}],
    )  # fmt: skip
    _export, facts, report = read_records(
        tmp_path, "computers", computer, methods=0, collectorversion="RustHound-CE v2.3.0"
    )
    assert edges(facts) == {
        (sid(1000), "HAS_SID_HISTORY", "S-1-5-21-9-9-9-512", 0),
        (sid(512), "ADMIN_TO", sid(1000), 0),
        (sid(512), "OWNS", sid(1000), 0),
    }
    assert not report.messages


def test_an_unknown_direction_stays_unknown(tmp_path: Path) -> None:
    domain = record(DOMAIN, "HOPITAL.FR", Trusts=[{"TrustDirection": "Sideways", "TrustType": 77}])
    _export, facts, report = read_records(tmp_path, "domains", domain)
    assert (facts.trusts[0].is_inbound, facts.trusts[0].trust_type) == (None, "unknown")
    assert [one.field for one in report.messages] == ["TrustDirection"]


def test_the_registry_of_an_authority_stands_over_its_object(tmp_path: Path) -> None:
    authority = record(
        f"{GUID}1",
        "CA@HOPITAL.FR",
        HostingComputer=sid(1000),
        EnabledCertTemplates=[named(f"{GUID}2"), named(f"{GUID}3")],
        Aces=[ace(sid(513), "Enroll"), ace(sid(512), "WriteDacl")],
        CARegistryData={
            "CASecurity": {
                "Collected": True,
                "Data": [ace(sid(1104), "ManageCA"), ace(sid(1105), "Owns")],
            },
            "EnrollmentAgentRestrictions": {
                "Collected": True,
                "Restrictions": [
                    {"AccessType": "AccessAllowedCallback", "Agent": named(sid(1106)),
                     "AllTemplates": False, "Template": named(f"{GUID}3"), "Targets": []},
                    {"AccessType": "AccessDeniedCallback", "Agent": named(sid(1107)),
                     "AllTemplates": True},
                ],
            },
        },
    )  # fmt: skip
    _export, facts, _report = read_records(tmp_path, "enterprisecas", authority)
    assert edges(facts) == {
        (sid(1000), "HOSTS_CA_SERVICE", f"{GUID}1", 0),
        (f"{GUID}2", "PUBLISHED_TO", f"{GUID}1", 0),
        (f"{GUID}3", "PUBLISHED_TO", f"{GUID}1", 0),
        (sid(512), "WRITE_DACL", f"{GUID}1", 0),
        (sid(1104), "MANAGE_CA", f"{GUID}1", 0),
        (sid(1106), "DELEGATED_ENROLLMENT_AGENT", f"{GUID}3", 0),
    }
    assert told(facts, f"{GUID}1", Flag.CA_AGENT_RESTRICTIONS) is True


def test_stores_and_policies_of_certificates_are_linked(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "export.zip",
        {
            "a.json": document("rootcas", [record(f"{GUID}1", "R", DomainSID=DOMAIN)]),
            "b.json": document("ntauthstores", [record(f"{GUID}2", "N", DomainSID=DOMAIN)]),
            "c.json": document(
                "issuancepolicies",
                [record(f"{GUID}3", "P", {"oid": "1.2.3"}, GroupLink=named(sid(1200)))],
            ),
        },
    )
    _export, facts, _report = read(path)
    assert edges(facts) == {
        (f"{GUID}1", "ROOT_CA_FOR", DOMAIN, 0),
        (f"{GUID}2", "NT_AUTH_STORE_FOR", DOMAIN, 0),
        (f"{GUID}3", "OID_GROUP_LINK", sid(1200), 0),
    }
    assert facts.texts[Text.ISSUANCE_POLICY][facts.identifiers.index(f"{GUID}3")] == ("1.2.3",)


def test_files_of_sessions_and_of_deleted_objects_are_read(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "export.zip",
        {
            "a.json": document(
                "sessions", [{"ComputerSID": sid(1000), "UserSID": sid(1104), "LogonType": 2}]
            ),
            "b.json": document("deleted", [sid(1105), {"ObjectIdentifier": sid(1106)}], count=0),
            "c.json": document(
                "groups",
                [record(sid(512), "DA", Members=[named(sid(1104)), named(sid(1105))])],
            ),
            "d.json": document(
                "users",
                [record(sid(1107), "OLD", IsDeleted=True, Aces=[ace(sid(512), "GenericAll")])],
            ),
        },
    )
    export, facts, report = read(path)
    assert edges(facts) == {
        (sid(1000), "HAS_SESSION", sid(1104), 0),
        (sid(1104), "MEMBER_OF", sid(512), 0),
    }
    assert [told(facts, sid(rid), Flag.DELETED) for rid in (1105, 1106, 1107)] == [True] * 3
    assert export.counts["deleted"] == 3 and not report.messages
