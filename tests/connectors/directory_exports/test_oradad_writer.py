"""What is written is read back: facts that the format can carry come through unchanged."""

from pathlib import Path
from typing import Any

import pytest

from hygie.connectors.directory_exports.oradad import read_oradad
from hygie.connectors.directory_exports.oradad_writer import write_oradad
from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.messages import Report
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import DirectoryFacts, Trust
from hygie.engines.directory.vocabulary import (
    EdgeFlag,
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)
from tests.connectors.directory_exports.comparison import edges, objects, trusts

_NOW = 1_777_550_400
_SID = "S-1-5-21-1-2-3"
_CARRIED_EDGES = {
    "OWNS", "WRITE_OWNER", "WRITE_DACL", "GENERIC_ALL", "GENERIC_WRITE", "ALL_EXTENDED_RIGHTS",
    "FORCE_CHANGE_PASSWORD", "ADD_MEMBER", "ADD_SELF", "ADD_ALLOWED_TO_ACT", "WRITE_SPN",
    "WRITE_ACCOUNT_RESTRICTIONS", "ADD_KEY_CREDENTIAL_LINK", "WRITE_GP_LINK",
    "READ_LAPS_PASSWORD", "READ_GMSA_PASSWORD", "DUMP_SMSA_PASSWORD", "ALLOWED_TO_ACT",
    "ALLOWED_TO_DELEGATE", "HAS_SID_HISTORY", "GET_CHANGES", "GET_CHANGES_ALL",
    "GET_CHANGES_FILTERED", "MANAGED_BY", "MEMBER_OF", "PRIMARY_GROUP", "GP_LINK",
    "GP_LINK_ENFORCED", "CONTAINS", "PUBLISHED_TO", "ENROLL", "HOSTS_CA_SERVICE", "DC_FOR",
    "RODC_REVEALED", "RODC_MAY_REVEAL", "RODC_NEVER_REVEAL", "ENTERPRISE_CA_FOR", "ROOT_CA_FOR",
    "NT_AUTH_STORE_FOR", "WRITE_PKI_NAME_FLAG", "WRITE_PKI_ENROLLMENT_FLAG",
    "WRITE_ALT_SECURITY_IDENTITIES", "WRITE_PUBLIC_INFORMATION",
}  # fmt: skip


def _again(facts: DirectoryFacts, folder: Path) -> DirectoryFacts:
    write_oradad(facts, folder, collected_on=_NOW)
    report = Report()
    (export,) = read_oradad(folder, report)
    assert not report.has_errors, report.messages
    assert export.facts is not None
    assert export.collected_on == _NOW
    return export.facts


class _Hospital:
    """One domain with one object of each kind, every carried fact told."""

    def __init__(self) -> None:
        self.builder = FactsBuilder()
        self.domain = self.add(_SID, ObjectKind.DOMAIN, "HOP.FR", "DC=hop,DC=fr")

    def add(self, identifier: str, kind: ObjectKind, name: str, dn: str) -> int:
        index = self.builder.intern(identifier)
        self.builder.describe(index, kind, name, getattr(self, "domain", index))
        self.builder.text(index, Text.DISTINGUISHED_NAME, dn)
        return index

    def flags(self, index: int, **values: bool) -> None:
        for name, value in values.items():
            self.builder.flag(index, Flag[name], value=value)


_USER_FLAGS = (
    "PASSWORD_NEVER_EXPIRES", "PASSWORD_NOT_REQUIRED", "NO_PREAUTH", "UNCONSTRAINED_DELEGATION",
    "TRUSTED_TO_AUTH", "SENSITIVE", "DES_ONLY", "REVERSIBLE_PASSWORD", "SMARTCARD_REQUIRED",
    "TRUST_ACCOUNT", "ADMIN_COUNT", "SILO_ENFORCED",
)  # fmt: skip


def _account(hospital: _Hospital, index: int, name: str, *, on: bool) -> None:
    builder = hospital.builder
    builder.text(index, Text.SAM_NAME, name)
    hospital.flags(index, ENABLED=on, **dict.fromkeys(_USER_FLAGS, on))
    hospital.flags(index, HAS_SPN=on, SID_HISTORY=on, ACES_COLLECTED=True, ACL_PROTECTED=on)
    hospital.flags(index, OWNER_RIGHTS_ACE=on, IS_CLUSTER=False)
    builder.instant(index, Instant.PASSWORD_SET, 1_600_000_000 if on else 0)
    builder.instant(index, Instant.LAST_LOGON, 1_650_000_000 if on else 0)
    builder.instant(index, Instant.CREATED, 1_500_000_000)
    builder.number(index, Number.PRIMARY_GROUP_RID, 513)
    builder.edge(index, EdgeKind.PRIMARY_GROUP, builder.intern(f"{_SID}-513"))
    builder.number(index, Number.ENCRYPTION_TYPES, 24 if on else 0)
    if on:
        builder.text(index, Text.SPN, (f"HTTP/{name}", f"HTTP/{name}.hop.fr"))
        builder.text(index, Text.SID_HISTORY, ("S-1-5-21-7-7-7-1000",))
        builder.edge(index, EdgeKind.HAS_SID_HISTORY, builder.intern("S-1-5-21-7-7-7-1000"))


@pytest.fixture(scope="module")
def hospital() -> DirectoryFacts:
    made = _Hospital()
    builder = made.builder
    domain = made.domain
    made.flags(domain, DOMAIN_COLLECTED=True, REVERSIBLE_POLICY=True, SYSVOL_NTFRS=False)
    made.flags(domain, TRUSTS_COLLECTED=True, DS_HEURISTICS_COLLECTED=True, ACES_COLLECTED=True)
    made.flags(domain, SMARTCARD_PASSWORDS_EXPIRE=True, ACL_PROTECTED=False)
    builder.text(domain, Text.DS_HEURISTICS, "0010002")
    for number, value in (
        (Number.FUNCTIONAL_LEVEL, 7), (Number.MACHINE_QUOTA, 0), (Number.MIN_PASSWORD_LENGTH, 12),
        (Number.MAX_PASSWORD_AGE_DAYS, 0), (Number.DOMAIN_PREP_REVISION, 16),
    ):  # fmt: skip
        builder.number(domain, number, value)
    on = made.add(f"{_SID}-1104", ObjectKind.USER, "ANNE@HOP.FR", "CN=Anne,DC=hop,DC=fr")
    off = made.add(f"{_SID}-1105", ObjectKind.USER, "PAUL@HOP.FR", "CN=Paul,DC=hop,DC=fr")
    _account(made, on, "anne", on=True)
    _account(made, off, "paul", on=False)
    builder.number(on, Number.POLICY_MIN_LENGTH, 33)
    builder.number(on, Number.POLICY_MAX_AGE_DAYS, 0)
    builder.instant(on, Instant.POLICY_CHANGED, 1_640_000_000)
    builder.number(off, Number.POLICY_MIN_LENGTH, 0)
    builder.instant(off, Instant.POLICY_CHANGED, 0)
    group = made.add(f"{_SID}-1500", ObjectKind.GROUP, "ÉQUIPE@HOP.FR", "CN=Équipe,DC=hop,DC=fr")
    builder.text(group, Text.SAM_NAME, "Équipe")
    builder.edge(on, EdgeKind.MEMBER_OF, group)
    builder.edge(builder.intern("HOP.FR-S-1-5-11"), EdgeKind.MEMBER_OF, group)
    for kind in (EdgeKind.ADD_MEMBER, EdgeKind.ADD_SELF, EdgeKind.WRITE_DACL):
        builder.edge(off, kind, group, EdgeFlag.INHERITED if kind == EdgeKind.ADD_SELF else 0)
    builder.edge(on, EdgeKind.OWNS, group)
    unit = made.add("00000000-0000-4000-8000-000000000001", ObjectKind.OU, "STAFF@HOP.FR",
                    "OU=Staff,DC=hop,DC=fr")  # fmt: skip
    made.flags(unit, BLOCKS_INHERITANCE=True, ACES_COLLECTED=False)
    policy = made.add("00000000-0000-4000-8000-000000000002", ObjectKind.GPO, "DÉFAUT@HOP.FR",
                      "CN={2},CN=Policies,CN=System,DC=hop,DC=fr")  # fmt: skip
    builder.text(policy, Text.GPC_PATH, "\\\\hop.fr\\sysvol\\2")
    builder.edge(policy, EdgeKind.GP_LINK_ENFORCED, unit)
    builder.edge(policy, EdgeKind.GP_LINK, domain)
    builder.edge(domain, EdgeKind.CONTAINS, unit)
    builder.edge(unit, EdgeKind.CONTAINS, _rodc(made, on))
    zone = made.add("00000000-0000-4000-8000-000000000003", ObjectKind.DNS_ZONE, "HOP.FR@HOP.FR",
                    "DC=hop.fr,CN=MicrosoftDNS,DC=DomainDnsZones,DC=hop,DC=fr")  # fmt: skip
    builder.number(zone, Number.DNS_ZONE_UPDATE, 1)
    made.flags(zone, ZONE_UNSECURE_UPDATE=True)
    _authorities(made)
    builder.trusts.append(
        Trust(domain, "S-1-5-21-8-8-8", "ANNE", True, True, 0x48, "forest", False, False, True,
              1_600_000_000)
    )  # fmt: skip
    return builder.build()


def _rodc(made: _Hospital, manager: int) -> int:
    builder = made.builder
    rodc = made.add(f"{_SID}-1001", ObjectKind.COMPUTER, "RODC1.HOP.FR",
                    "CN=RODC1,OU=Staff,DC=hop,DC=fr")  # fmt: skip
    _account(made, rodc, "RODC1$", on=False)
    made.flags(rodc, IS_DC=True, IS_RODC=True, IS_SERVER_OS=True, HAS_LAPS=True)
    made.flags(rodc, RODC_POLICY_COLLECTED=True, SERVER_OBJECT_CONSISTENT=True)
    builder.text(rodc, Text.OPERATING_SYSTEM, "Windows Server 2012 R2")
    builder.text(rodc, Text.DNS_NAME, "rodc1.hop.fr")
    builder.edge(rodc, EdgeKind.DC_FOR, made.domain)
    for kind in (EdgeKind.MANAGED_BY, EdgeKind.RODC_REVEALED, EdgeKind.ALLOWED_TO_DELEGATE,
                 EdgeKind.ALLOWED_TO_ACT, EdgeKind.READ_LAPS_PASSWORD):  # fmt: skip
        builder.edge(manager, kind, rodc)
    krbtgt = made.add(f"{_SID}-1200", ObjectKind.USER, "KRBTGT_1@HOP.FR", "CN=k,DC=hop,DC=fr")
    _account(made, krbtgt, "krbtgt_1", on=False)
    for account, second in ((krbtgt, True), (manager, False)):
        made.flags(account, SECONDARY_KRBTGT=second)
    made.flags(krbtgt, KRBTGT_LINKED=True)
    return rodc


def _authorities(made: _Hospital) -> None:
    builder = made.builder
    keys = "CN=Public Key Services,CN=Services,CN=Configuration,DC=hop,DC=fr"
    template = made.add("00000000-0000-4000-8000-000000000010", ObjectKind.CERT_TEMPLATE,
                        "WEB@HOP.FR", f"CN=Web,CN=Certificate Templates,{keys}")  # fmt: skip
    made.flags(template, SUBJECT_SUPPLIED=True, MANAGER_APPROVAL=False, SUBJECT_ALT_UPN=False)
    made.flags(template, AUTHENTICATION_ENABLED=True, SCHANNEL_AUTHENTICATION=True)
    builder.number(template, Number.AUTHORIZED_SIGNATURES, 0)
    builder.number(template, Number.TEMPLATE_SCHEMA, 2)
    builder.text(template, Text.EKU, ("1.3.6.1.5.5.7.3.2",))
    service = made.add("00000000-0000-4000-8000-000000000011", ObjectKind.ENTERPRISE_CA,
                       "AC@HOP.FR", f"CN=AC,CN=Enrollment Services,{keys}")  # fmt: skip
    root = made.add("00000000-0000-4000-8000-000000000012", ObjectKind.ROOT_CA,
                    "RACINE@HOP.FR", f"CN=Racine,CN=Certification Authorities,{keys}")  # fmt: skip
    builder.edge(template, EdgeKind.PUBLISHED_TO, service)
    builder.edge(service, EdgeKind.ENTERPRISE_CA_FOR, made.domain)
    builder.edge(root, EdgeKind.ROOT_CA_FOR, made.domain)
    builder.edge(builder.intern(f"{_SID}-513"), EdgeKind.ENROLL, template)
    for index, level in ((service, 3), (root, 1)):
        builder.number(index, Number.CERTIFICATE_FLAW_LEVEL, level)


def _missing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What was told and is told differently, by object; UAC is computed, thumbprints are new."""
    lost = {}
    for name, value in before.items():
        if name == "flags":
            other = after.get("flags", {})
            value = {flag: told for flag, told in value.items() if other.get(flag) != told}
            if value:
                lost[name] = value
        elif (
            after.get(name) != value
            and value != "OTHER"
            and name not in ("CERT_THUMBPRINT", "CERT_CHAIN", "UAC")
        ):
            lost[name] = value
    return lost


def test_every_carried_fact_comes_back(hospital: DirectoryFacts, tmp_path: Path) -> None:
    again = objects(_again(hospital, tmp_path))
    lost = {
        identifier: missing
        for identifier, told in objects(hospital).items()
        if (missing := _missing(told, again.get(identifier, {})))
    }
    assert lost == {}


def test_every_carried_relation_comes_back(hospital: DirectoryFacts, tmp_path: Path) -> None:
    before, after = edges(hospital), edges(_again(hospital, tmp_path))
    assert {edge[1] for edge in before} <= _CARRIED_EDGES
    assert before - after == set()


def test_trusts_come_back_with_the_age_of_their_password(
    hospital: DirectoryFacts, tmp_path: Path
) -> None:
    again = _again(hospital, tmp_path)
    assert trusts(again) == trusts(hospital)
    assert [trust.account_password_set for trust in again.trusts] == [1_600_000_000]


def test_writing_twice_gives_the_same_bytes(hospital: DirectoryFacts, tmp_path: Path) -> None:
    folders = [write_oradad(hospital, tmp_path / name, collected_on=_NOW) for name in "ab"]
    first, second = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.tsv")}
        for folder in folders
    )
    assert first == second
    assert len(first) > 20


def test_an_attribute_that_nobody_tells_is_left_out_and_stays_unknown(tmp_path: Path) -> None:
    made = _Hospital()
    made.flags(made.domain, DOMAIN_COLLECTED=True)
    user = made.add(f"{_SID}-1104", ObjectKind.USER, "ANNE@HOP.FR", "CN=Anne,DC=hop,DC=fr")
    made.flags(user, ENABLED=True)
    again = _again(made.builder.build(), tmp_path)
    for flag in (Flag.HAS_SPN, Flag.SID_HISTORY, Flag.ADMIN_COUNT, Flag.SMARTCARD_PASSWORDS_EXPIRE):
        assert not again.is_known(flag).any(), flag
    assert (again.instants[Instant.PASSWORD_SET] == -1).all()
    assert Number.ENCRYPTION_TYPES not in again.numbers


def test_facts_without_a_domain_are_no_tree(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="domain"):
        write_oradad(FactsBuilder().build(), tmp_path, collected_on=_NOW)


@pytest.mark.real_data
def test_a_real_export_comes_through_the_format(real_data: Path, tmp_path: Path) -> None:
    report = Report()
    facts = read_sharphound(real_data / "directory/phantom_sharphound_v6.zip", report).facts
    assert facts is not None
    again = _again(facts, tmp_path)
    before, after = edges(facts), edges(again)
    # Three forests in one export: what is named by the forest (its root's name before a SID, the
    # templates of one name) belongs to the first one only in a tree.
    rights = {"OWNS", "WRITE_DACL", "WRITE_OWNER", "GENERIC_ALL", "GENERIC_WRITE", "ADD_MEMBER"}
    kept = {edge for edge in before if edge[1] in rights and edge[0].startswith("S-1-5-21-")}
    assert len(kept) > 5_000
    assert kept - after == set()
    members = {edge for edge in before if edge[1] == "MEMBER_OF" and "S-1-5-9" not in edge[2]}
    lost = {edge for edge in members - after if not edge[2].endswith(("-S-1-1-0", "-S-1-5-11"))}
    assert len(lost) <= len(members) // 20
    told, read = objects(facts), objects(again)
    for kind in ("USER", "COMPUTER", "GPO", "OU", "CERT_TEMPLATE", "MANAGED_ACCOUNT"):
        names = {one for one, value in told.items() if value["kind"] == kind and "-S-1-" not in one}
        assert {one for one in names if read[one]["kind"] != kind} == set()
