"""What a record says becomes a fact; what it does not say stays unknown."""

from pathlib import Path

import numpy as np
import pytest

from hygie.engines.directory.facts import NEVER, UNKNOWN
from hygie.engines.directory.vocabulary import ExportKind, Flag, Instant, Number, ObjectKind, Text
from tests.connectors.directory_exports.comparison import flags, objects
from tests.connectors.directory_exports.exports import (
    DOMAIN,
    archive,
    document,
    read,
    read_records,
    record,
    sid,
    told,
)


def test_a_user_gives_its_flags_instants_numbers_and_texts(tmp_path: Path) -> None:
    user = record(
        sid(1104),
        "ALICE@HOPITAL.FR",
        {
            "samaccountname": "alice",
            "enabled": True,
            "admincount": 1,
            "pwdneverexpires": "true",
            "hasspn": False,
            "pwdlastset": 1_700_000_000,
            "lastlogon": 1_600_000_000,
            "lastlogontimestamp": 1_650_000_000,
            "whencreated": 1_500_000_000,
            "serviceprincipalnames": None,
            "supportedencryptiontypes": ["RC4-HMAC-MD5", "AES256-CTS-HMAC-SHA1-96"],
            "sidhistory": ["S-1-5-21-9-9-9-512"],
            "description": "un texte",
        },
        PrimaryGroupSID=sid(513),
    )
    _export, facts, report = read_records(tmp_path, "users", user)
    alice = objects(facts)[sid(1104)]
    assert alice["flags"] == {
        "ENABLED": True, "ADMIN_COUNT": True, "PASSWORD_NEVER_EXPIRES": True, "HAS_SPN": False,
        "IS_CLUSTER": False, "SID_HISTORY": True,
    }  # fmt: skip
    assert (alice["PASSWORD_SET"], alice["LAST_LOGON"]) == (1_700_000_000, 1_650_000_000)
    assert (alice["ENCRYPTION_TYPES"], alice["PRIMARY_GROUP_RID"]) == (4 + 16, 513)
    assert alice["SID_HISTORY"] == ("S-1-5-21-9-9-9-512",)
    assert (alice["domain"], alice["kind"], alice["rid"]) == (DOMAIN, "USER", 1104)
    assert not report.messages


@pytest.mark.parametrize(
    ("told_as", "expected"),
    [
        (0, NEVER), (-1, UNKNOWN), (-11_644_473_600, NEVER), (1_700_000_000, 1_700_000_000),
        (133_444_736_000_000_000, 1_700_000_000), (9_223_372_036_854_775_807, UNKNOWN),
        ("1700000000", 1_700_000_000), (1_700_000_000.0, 1_700_000_000), (None, UNKNOWN),
    ],
)  # fmt: skip
def test_instants_of_every_form_are_understood(
    tmp_path: Path, told_as: object, expected: int
) -> None:
    user = record(sid(1104), "A@HOPITAL.FR", {"pwdlastset": told_as})
    _export, facts, report = read_records(tmp_path, "users", user)
    assert facts.instant(Instant.PASSWORD_SET)[facts.identifiers.index(sid(1104))] == expected
    assert not report.messages


@pytest.mark.parametrize("value", [-5, 10**15, 10**30, "hier", 1.5, True])
def test_an_impossible_instant_stays_unknown_and_is_said(tmp_path: Path, value: object) -> None:
    user = record(sid(1104), "A@HOPITAL.FR", {"pwdlastset": value})
    _export, facts, report = read_records(tmp_path, "users", user)
    assert facts.instant(Instant.PASSWORD_SET)[facts.identifiers.index(sid(1104))] == UNKNOWN
    assert [(one.code, one.field) for one in report.messages] == [
        ("directory_value_ignored", "pwdlastset")
    ]


@pytest.mark.parametrize(
    ("logons", "expected"),
    [
        ({"lastlogontimestamp": -1, "lastlogon": 0}, NEVER),
        ({"lastlogontimestamp": -1, "lastlogon": 1_600_000_000}, 1_600_000_000),
        ({"lastlogontimestamp": 0}, NEVER),
        ({"lastlogon": 0}, UNKNOWN),
        ({"lastlogon": 1_600_000_000}, 1_600_000_000),
        ({}, UNKNOWN),
    ],
)
def test_zero_on_one_controller_is_not_never(
    tmp_path: Path, logons: dict[str, int], expected: int
) -> None:
    _export, facts, _report = read_records(tmp_path, "users", record(sid(1104), "A", logons))
    assert facts.instant(Instant.LAST_LOGON)[facts.identifiers.index(sid(1104))] == expected


def test_what_no_property_tells_is_told_by_the_account_control(tmp_path: Path) -> None:
    control = {"useraccountcontrol": 0x2000 | 0x80000 | 0x10000 | 0x2, "pwdneverexpires": False}
    computer = record(sid(1000), "DC1.HOPITAL.FR", control)
    _export, facts, _report = read_records(tmp_path, "computers", computer)
    own = flags(facts, facts.identifiers.index(sid(1000)))
    assert (own["IS_DC"], own["UNCONSTRAINED_DELEGATION"], own["ENABLED"]) == (True, True, False)
    assert own["PASSWORD_NEVER_EXPIRES"] is False
    assert own["IS_RODC"] is False and own["NO_PREAUTH"] is False


def test_what_is_missing_stays_unknown(tmp_path: Path) -> None:
    stub = {
        "ObjectIdentifier": sid(1104),
        "Properties": {"name": "X", "domainsid": DOMAIN},
        "Aces": [],
        "IsACLProtected": False,
    }
    export, facts, _report = read_records(tmp_path, "users", stub)
    assert flags(facts, 0) == {} and np.all(facts.instants[:, 0] == UNKNOWN)
    assert export.counts["stubs"] == 1


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("2016", 7), ("2012 R2", 6), ("Windows Server 2012 R2", 6), ("2008", 3), ("2025", 10),
        ("2000 Mixed/Native", 0), ("2003 Interim", 1), (7, 7), ("7", 7), ("Unknown", UNKNOWN),
        ("", UNKNOWN), (None, UNKNOWN), ("Windows Server 2003 (intérimaire)", 1),
    ],
)  # fmt: skip
def test_functional_levels_are_numbers(tmp_path: Path, level: object, expected: int) -> None:
    domain = record(DOMAIN, "HOPITAL.FR", {"functionallevel": level})
    _export, facts, _report = read_records(tmp_path, "domains", domain)
    assert facts.number(Number.FUNCTIONAL_LEVEL)[0] == expected


def test_the_policy_of_a_domain_is_read(tmp_path: Path) -> None:
    domain = record(
        DOMAIN,
        "HOPITAL.FR",
        {
            "collected": True,
            "machineaccountquota": 10,
            "minpwdlength": 7,
            "maxpwdage": "42 days, 3 hours",
            "pwdproperties": 17,
            "dsheuristics": "0000002",
            "expirepasswordsonsmartcardonlyaccounts": False,
        },
    )
    _export, facts, _report = read_records(tmp_path, "domains", domain)
    own = objects(facts)[DOMAIN]
    assert (own["MACHINE_QUOTA"], own["MIN_PASSWORD_LENGTH"], own["MAX_PASSWORD_AGE_DAYS"]) == (
        10, 7, 42,
    )  # fmt: skip
    assert own["DS_HEURISTICS"] == "0000002" and own["flags"]["DS_HEURISTICS_COLLECTED"]
    assert own["flags"]["REVERSIBLE_POLICY"] and not own["flags"]["SMARTCARD_PASSWORDS_EXPIRE"]
    assert own["flags"]["TRUSTS_COLLECTED"] and own["domain"] == DOMAIN


@pytest.mark.parametrize(
    ("age", "expected"),
    [("Forever", 0), ("1 day", 1), ("", UNKNOWN), (-36_288_000_000_000, 42), (-5, 1), (0, 0)],
)
def test_password_ages_are_days(tmp_path: Path, age: object, expected: int) -> None:
    domain = record(DOMAIN, "HOPITAL.FR", {"maxpwdage": age})
    _export, facts, _report = read_records(tmp_path, "domains", domain)
    assert facts.number(Number.MAX_PASSWORD_AGE_DAYS)[0] == expected


def test_a_domain_that_was_only_named_tells_no_policy(tmp_path: Path) -> None:
    domain = record(DOMAIN, "HOPITAL.FR", {"collected": False, "machineaccountquota": 0})
    _export, facts, _report = read_records(tmp_path, "domains", domain)
    assert facts.number(Number.MACHINE_QUOTA)[0] == UNKNOWN
    assert told(facts, DOMAIN, Flag.TRUSTS_COLLECTED) is None


def test_encryption_types_absent_are_not_encryption_types_unknown(tmp_path: Path) -> None:
    members = [
        record(sid(1101), "A", {"supportedencryptiontypes": None}),
        record(sid(1102), "B", {"supportedencryptiontypes": ["Not defined"]}),
        record(sid(1103), "C", {"supportedencryptiontypes": 28}),
        record(sid(1104), "D"),
    ]
    _export, facts, _report = read_records(tmp_path, "users", *members)
    column = facts.number(Number.ENCRYPTION_TYPES)
    assert [int(column[facts.identifiers.index(sid(rid))]) for rid in range(1101, 1105)] == [
        0, 0, 28, UNKNOWN,
    ]  # fmt: skip


def test_secrets_are_counted_and_never_kept(tmp_path: Path) -> None:
    secret = "Azerty-2024"
    user = record(
        sid(1104),
        "A@HOPITAL.FR",
        {"userpassword": secret, "unixpassword": None, "mypasswordhint": secret, "title": secret,
         "sfupassword": "", "passwordnotreqd": secret},
    )  # fmt: skip
    export, facts, report = read_records(tmp_path, "users", user)
    assert export.counts["secrets"] == 1
    assert secret not in repr(report.messages) + repr(facts.texts) + repr(facts.names)
    assert told(facts, sid(1104), Flag.PASSWORD_NOT_REQUIRED) is None


def test_service_accounts_renewed_by_the_directory_are_managed(tmp_path: Path) -> None:
    _export, facts, _report = read_records(
        tmp_path, "users", record(sid(1104), "SVC$", {"gmsa": True}), record(sid(1105), "U")
    )
    assert facts.kind[facts.identifiers.index(sid(1104))] == ObjectKind.MANAGED_ACCOUNT
    assert facts.kind[facts.identifiers.index(sid(1105))] == ObjectKind.USER


def test_a_template_and_an_authority_give_what_certificates_need(tmp_path: Path) -> None:
    template = record(
        "AAAAAAAA-0000-0000-0000-000000000001",
        "T@HOPITAL.FR",
        {
            "authenticationenabled": True, "enrolleesuppliessubject": True,
            "requiresmanagerapproval": False, "nosecurityextension": False,
            "subjectaltrequireupn": True, "effectiveekus": ["1.3.6.1.5.5.7.3.2"],
            "certificatepolicy": ["1.2.3"], "authorizedsignatures": 0, "schemaversion": 2,
        },
    )  # fmt: skip
    authority = record(
        "AAAAAAAA-0000-0000-0000-000000000002",
        "CA@HOPITAL.FR",
        {"certthumbprint": "AB", "certchain": ["AB", "CD"], "dnshostname": "ca.hopital.fr"},
        CARegistryData={
            "IsUserSpecifiesSanEnabled": {"Value": True, "Collected": True},
            "EnrollmentAgentRestrictions": {"Restrictions": [], "Collected": True},
        },
    )
    path = archive(
        tmp_path / "export.zip",
        {
            "1_certtemplates.json": document("certtemplates", [template]),
            "1_enterprisecas.json": document("enterprisecas", [authority]),
        },
    )
    _export, facts, _report = read(path)
    found = objects(facts)
    own = found["AAAAAAAA-0000-0000-0000-000000000001"]
    assert own["EKU"] == ("1.3.6.1.5.5.7.3.2",) and own["ISSUANCE_POLICY"] == ("1.2.3",)
    assert own["flags"]["SUBJECT_SUPPLIED"] and not own["flags"]["MANAGER_APPROVAL"]
    assert (own["AUTHORIZED_SIGNATURES"], own["TEMPLATE_SCHEMA"]) == (0, 2)
    ca = found["AAAAAAAA-0000-0000-0000-000000000002"]
    assert ca["flags"] == {"CA_USER_SAN": True, "CA_AGENT_RESTRICTIONS": False}
    assert ca["CERT_CHAIN"] == ("AB", "CD") and ca["CERT_THUMBPRINT"] == "AB"


@pytest.mark.parametrize(
    ("meta", "kind", "tool"),
    [
        ({}, ExportKind.SHARPHOUND, "JSON v6"),
        ({"methods": 0, "version": 5}, ExportKind.BLOODHOUND_PY, "JSON v5"),
        (
            {"methods": 0, "collectorversion": "RustHound-CE v2.3.0"},
            ExportKind.RUSTHOUND,
            "RustHound-CE v2.3.0",
        ),
    ],
)
def test_the_tool_is_told_by_its_files(
    tmp_path: Path, meta: dict[str, object], kind: ExportKind, tool: str
) -> None:
    export, _facts, _report = read_records(tmp_path, "users", record(sid(1104), "A"), **meta)
    assert (export.kind, export.tool) == (kind, tool)
    assert export.collected_on == 1_709_636_418  # 2024-03-05 11:00:18
    assert len(export.digest) == 64


def test_names_lose_control_characters_and_are_cut(tmp_path: Path) -> None:
    _export, facts, report = read_records(
        tmp_path,
        "users",
        record(sid(1104), "A\x00B\n", {"samaccountname": "S" * 10_000_000}),
    )
    assert facts.names[facts.identifiers.index(sid(1104))] == "A\ufffdB\ufffd"
    assert len(facts.texts[Text.SAM_NAME][facts.identifiers.index(sid(1104))]) == 2_048
    assert [one.code for one in report.messages] == ["directory_text_cut"]
