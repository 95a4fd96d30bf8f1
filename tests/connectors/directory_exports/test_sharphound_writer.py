"""Reading what was written gives the facts back."""

from pathlib import Path

import numpy as np
import pytest

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.directory_exports.sharphound_writer import carried_kinds, write_sharphound
from hygie.connectors.messages import Report
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, Trust
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
from tests.connectors.directory_exports.exports import DOMAIN, read, sid

WHEN = 1_709_637_254


class Directory:
    """A directory made fact by fact."""

    def __init__(self) -> None:
        self.builder = FactsBuilder()
        self.domain = self.builder.intern(DOMAIN)
        self.add(DOMAIN, ObjectKind.DOMAIN, "HOPITAL.FR")

    def add(self, identifier: str, kind: ObjectKind, name: str) -> int:
        index = self.builder.intern(identifier)
        self.builder.describe(index, kind, name, self.domain)
        self.builder.text(index, Text.DISTINGUISHED_NAME, f"CN={name},DC=HOPITAL,DC=FR")
        return index

    def facts(self) -> DirectoryFacts:
        self.builder.collected_on = WHEN
        return self.builder.build()


def full() -> DirectoryFacts:
    """One object of each kind, with every fact that the format can say."""
    made = Directory()
    state = made.builder
    domain = made.domain
    for column, value in {
        Number.FUNCTIONAL_LEVEL: 7, Number.MACHINE_QUOTA: 0, Number.MIN_PASSWORD_LENGTH: 12,
        Number.MAX_PASSWORD_AGE_DAYS: 42,
    }.items():  # fmt: skip
        state.number(domain, column, value)
    state.text(domain, Text.DS_HEURISTICS, "0000002")
    for flag in (Flag.DOMAIN_COLLECTED, Flag.TRUSTS_COLLECTED, Flag.REVERSIBLE_POLICY,
                 Flag.DS_HEURISTICS_COLLECTED, Flag.SMARTCARD_PASSWORDS_EXPIRE):  # fmt: skip
        state.flag(domain, flag, value=True)
    user = made.add(sid(1104), ObjectKind.USER, "ALICE@HOPITAL.FR")
    for flag in (Flag.ENABLED, Flag.NO_PREAUTH, Flag.HAS_SPN, Flag.SID_HISTORY):
        state.flag(user, flag, value=True)
    state.flag(user, Flag.SENSITIVE, value=False)
    state.flag(user, Flag.IS_CLUSTER, value=False)
    state.text(user, Text.SPN, ("HTTP/web.hopital.fr",))
    state.text(user, Text.SID_HISTORY, ("S-1-5-21-9-9-9-512",))
    state.text(user, Text.SAM_NAME, "alice")
    state.instant(user, Instant.PASSWORD_SET, 0)
    state.instant(user, Instant.LAST_LOGON, 0)
    state.instant(user, Instant.CREATED, 1_600_000_000)
    state.number(user, Number.ENCRYPTION_TYPES, 0)
    state.number(user, Number.PRIMARY_GROUP_RID, 515)
    managed = made.add(sid(1105), ObjectKind.MANAGED_ACCOUNT, "SVC@HOPITAL.FR")
    state.flag(managed, Flag.GMSA, value=True)
    state.number(managed, Number.ENCRYPTION_TYPES, 0x1C)
    host = made.add(sid(1000), ObjectKind.COMPUTER, "PC1.HOPITAL.FR")
    for flag in (Flag.SESSIONS_COLLECTED, Flag.LOCAL_GROUPS_COLLECTED, Flag.HAS_LAPS,
                 Flag.WEAK_CERTIFICATE_MAPPING, Flag.IS_SERVER_OS):  # fmt: skip
        state.flag(host, flag, value=True)
    state.flag(host, Flag.STRONG_CERTIFICATE_BINDING, value=False)
    state.flag(host, Flag.IS_DC, value=False)
    state.text(host, Text.OPERATING_SYSTEM, "Windows Server 2019")
    state.number(host, Number.PRIMARY_GROUP_RID, 515)
    silent = made.add(sid(1001), ObjectKind.COMPUTER, "PC2.HOPITAL.FR")
    state.flag(silent, Flag.SESSIONS_COLLECTED, value=False)
    state.flag(silent, Flag.LOCAL_GROUPS_COLLECTED, value=False)
    unasked = made.add(sid(1002), ObjectKind.COMPUTER, "PC3.HOPITAL.FR")
    group = made.add(sid(1200), ObjectKind.GROUP, "G@HOPITAL.FR")
    state.flag(group, Flag.MEMBERS_COLLECTED, value=True)
    unread = made.add(sid(1201), ObjectKind.GROUP, "H@HOPITAL.FR")
    state.flag(unread, Flag.MEMBERS_COLLECTED, value=False)
    made.add(sid(1202), ObjectKind.GROUP, "I@HOPITAL.FR")
    ou = made.add("AAAAAAAA-0000-0000-0000-000000000001", ObjectKind.OU, "OU@HOPITAL.FR")
    state.flag(ou, Flag.BLOCKS_INHERITANCE, value=True)
    box = made.add("AAAAAAAA-0000-0000-0000-000000000002", ObjectKind.CONTAINER, "C@HOPITAL.FR")
    policy = made.add("AAAAAAAA-0000-0000-0000-000000000003", ObjectKind.GPO, "P@HOPITAL.FR")
    other = made.add("AAAAAAAA-0000-0000-0000-000000000004", ObjectKind.GPO, "Q@HOPITAL.FR")
    state.text(policy, Text.GPC_PATH, r"\\HOPITAL.FR\SYSVOL")
    template = made.add(
        "AAAAAAAA-0000-0000-0000-000000000005", ObjectKind.CERT_TEMPLATE, "T@HOPITAL.FR"
    )
    state.text(template, Text.EKU, ("1.3.6.1.5.5.7.3.2",))
    state.text(template, Text.ISSUANCE_POLICY, ("1.2.3",))
    state.number(template, Number.AUTHORIZED_SIGNATURES, 0)
    state.flag(template, Flag.SUBJECT_SUPPLIED, value=True)
    authority = made.add(
        "AAAAAAAA-0000-0000-0000-000000000006", ObjectKind.ENTERPRISE_CA, "CA@HOPITAL.FR"
    )
    state.flag(authority, Flag.CA_USER_SAN, value=False)
    state.flag(authority, Flag.CA_AGENT_RESTRICTIONS, value=True)
    state.text(authority, Text.CERT_THUMBPRINT, "AB")
    state.text(authority, Text.CERT_CHAIN, ("AB", "CD"))
    root = made.add("AAAAAAAA-0000-0000-0000-000000000007", ObjectKind.ROOT_CA, "R@HOPITAL.FR")
    store = made.add(
        "AAAAAAAA-0000-0000-0000-000000000008", ObjectKind.NT_AUTH_STORE, "N@HOPITAL.FR"
    )
    state.text(store, Text.CERT_THUMBPRINT, ("AB", "CD"))
    made.add("AAAAAAAA-0000-0000-0000-000000000009", ObjectKind.AIA_CA, "A@HOPITAL.FR")
    issuance = made.add(
        "AAAAAAAA-0000-0000-0000-00000000000A", ObjectKind.ISSUANCE_POLICY, "I@HOPITAL.FR"
    )
    state.text(issuance, Text.ISSUANCE_POLICY, ("1.2.3",))
    gone = made.add(sid(1300), ObjectKind.USER, "OLD@HOPITAL.FR")
    state.flag(gone, Flag.DELETED, value=True)
    everyone = state.intern("HOPITAL.FR-S-1-1-0")
    foreign = state.intern("S-1-5-21-9-9-9-512")
    computers = state.intern(sid(515))
    local = state.intern(f"{sid(1000)}-1001")
    state.describe(local, ObjectKind.LOCAL_GROUP, "LOCAL@PC1")
    for source, kind, target, flags in (
        (user, EdgeKind.MEMBER_OF, group, 0), (foreign, EdgeKind.MEMBER_OF, group, 0),
        (user, EdgeKind.PRIMARY_GROUP, computers, 0), (host, EdgeKind.PRIMARY_GROUP, computers, 0),
        (domain, EdgeKind.CONTAINS, ou, 0), (ou, EdgeKind.CONTAINS, user, 0),
        (box, EdgeKind.CONTAINS, user, 0), (box, EdgeKind.CONTAINS, foreign, 0),
        (policy, EdgeKind.GP_LINK, domain, 0), (other, EdgeKind.GP_LINK_ENFORCED, ou, 0),
        (group, EdgeKind.ADMIN_TO, host, 0), (local, EdgeKind.CAN_RDP, host, 0),
        (user, EdgeKind.MEMBER_OF_LOCAL_GROUP, local, 0),
        (user, EdgeKind.EXECUTE_DCOM, host, 0), (user, EdgeKind.CAN_PS_REMOTE, host, 0),
        (local, EdgeKind.REMOTE_INTERACTIVE_RIGHT, host, 0),
        (host, EdgeKind.HAS_SESSION, user, 0), (unasked, EdgeKind.HAS_SESSION, user, 0),
        (user, EdgeKind.SQL_ADMIN, host, 0), (user, EdgeKind.ALLOWED_TO_DELEGATE, host, 0),
        (user, EdgeKind.ALLOWED_TO_ACT, host, 0), (host, EdgeKind.DUMP_SMSA_PASSWORD, managed, 0),
        (user, EdgeKind.HAS_SID_HISTORY, foreign, 0),
        (everyone, EdgeKind.GENERIC_ALL, user, EdgeFlag.INHERITED),
        (group, EdgeKind.READ_GMSA_PASSWORD, managed, 0), (group, EdgeKind.DCSYNC, domain, 2),
        (group, EdgeKind.GET_CHANGES_ALL, domain, 0), (group, EdgeKind.OTHER_RIGHT, ou, 0),
        (group, EdgeKind.ENROLL, template, 0), (group, EdgeKind.ENROLL, authority, 0),
        (template, EdgeKind.PUBLISHED_TO, authority, 0),
        (host, EdgeKind.HOSTS_CA_SERVICE, authority, 0),
        (user, EdgeKind.DELEGATED_ENROLLMENT_AGENT, template, 0),
        (root, EdgeKind.ROOT_CA_FOR, domain, 0), (store, EdgeKind.NT_AUTH_STORE_FOR, domain, 0),
        (issuance, EdgeKind.OID_GROUP_LINK, unread, 0),
    ):  # fmt: skip
        state.edge(source, kind, target, flags)
    for index in (user, managed, domain, ou, template, authority):
        state.flag(index, Flag.ACES_COLLECTED, value=True)
    state.flag(group, Flag.ACES_COLLECTED, value=False)
    state.trusts.append(
        Trust(domain, "S-1-5-21-9-9-9", "AUTRE.FR", True, False, 8, "forest", True, False, True)
    )
    return made.facts()


@pytest.mark.parametrize("split", [0, 1, 3])
def test_what_is_written_reads_back_equal(tmp_path: Path, split: int) -> None:
    facts = full()
    written = write_sharphound(facts, tmp_path / "e.zip", collected_on=WHEN, split=split)
    export, back, report = read(tmp_path / "e.zip")
    assert [dict(one.params) for one in report.messages] == [{"rights": "Other", "count": 1}]
    assert objects(back) == objects(facts)
    expected = {one for one in edges(facts) if one[1] != "DCSYNC"}
    assert edges(back) == expected
    assert trusts(back) == trusts(facts)
    assert (export.collected_on, back.collected_on) == (WHEN, WHEN)
    assert (written.edges, written.left_out) == (len(expected), 0)
    assert written.records == export.counts["objects"]


def test_an_instant_that_is_not_known_is_not_invented(tmp_path: Path) -> None:
    write_sharphound(Directory().facts(), tmp_path / "e.zip")
    export, _facts, _report = read(tmp_path / "e.zip")
    assert export.collected_on == UNKNOWN


def test_relations_that_the_format_cannot_say_are_counted(tmp_path: Path) -> None:
    made = Directory()
    user = made.add(sid(1104), ObjectKind.USER, "A")
    nobody = made.builder.intern(sid(1105))
    made.builder.edge(user, EdgeKind.MANAGED_BY, made.domain)
    made.builder.edge(user, EdgeKind.GENERIC_ALL, nobody)
    made.builder.edge(user, EdgeKind.GENERIC_ALL, made.domain)
    written = write_sharphound(made.facts(), tmp_path / "e.zip")
    assert (written.edges, written.left_out) == (1, 2)
    assert EdgeKind.MANAGED_BY not in carried_kinds() and EdgeKind.GENERIC_ALL in carried_kinds()


def test_a_large_export_is_written_and_read_in_bounded_time(tmp_path: Path) -> None:
    made = Directory()
    state = made.builder
    count = 5_000
    users = [made.add(sid(2_000 + rank), ObjectKind.USER, f"U{rank}") for rank in range(count)]
    draw = np.random.default_rng(7)
    kinds = [EdgeKind.GENERIC_ALL, EdgeKind.WRITE_DACL, EdgeKind.OWNS, EdgeKind.ADD_MEMBER]
    sources = draw.integers(0, count, (count, 10)).tolist()
    for rank, user in enumerate(users):
        state.flag(user, Flag.ENABLED, value=bool(rank % 3))
        state.flag(user, Flag.ACES_COLLECTED, value=True)
        for place, source in enumerate(sources[rank]):
            state.edge(users[source], kinds[place % 4], user, place % 2)
    facts = made.facts()
    write_sharphound(facts, tmp_path / "e.zip", collected_on=WHEN, split=2_000)
    report = Report()
    back = read_sharphound(tmp_path / "e.zip", report, limits=ExportLimits()).facts
    assert back is not None and not report.messages
    assert edges(back) == edges(facts) and objects(back) == objects(facts)
