"""Who is a member of which group, and who may act for whom?"""

from collections.abc import Iterator

from hygie.connectors.directory_exports.descriptors import SddlError
from hygie.connectors.directory_exports.oradad_accounts import MANAGED_REQUESTS
from hygie.connectors.directory_exports.oradad_capture import Capture
from hygie.connectors.directory_exports.oradad_tables import Row, Table
from hygie.connectors.directory_exports.oradad_values import first_value, named_dn, values_of
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Severity
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind

# The tool writes at most one mebibyte of UTF-16 for one list (Buffer.cpp).
_CUT_NEAR = 512 * 1024 - 4096
_READ_PROPERTY = 0x10
_ANY_RIGHT = 0xFFFFFFFF
_RODC_LISTS = (
    ("msds-revealedusers", EdgeKind.RODC_REVEALED),
    ("msds-revealondemandgroup", EdgeKind.RODC_MAY_REVEAL),
    ("msds-neverrevealgroup", EdgeKind.RODC_NEVER_REVEAL),
)


def read_members(capture: Capture) -> None:
    """Members of each group; lists that the export has cut are completed and told of."""
    for table, row, group in capture.described(capture.tables.named("group")):
        _members(capture, table, row, group)
        _manager(capture, table, row, group)


def _members(capture: Capture, table: Table, row: Row, group: int) -> None:
    if not row.has("member"):
        capture.builder.flag(group, Flag.MEMBERS_COLLECTED, value=False)
        return
    kept = 0
    for dn in values_of(row["member"]):
        member = member_of_dn(capture, table, dn)
        if member != ABSENT:
            capture.builder.edge(member, EdgeKind.MEMBER_OF, group)
            kept += 1
    told = capture.members_told[group]
    is_cut = len(row["member"]) >= _CUT_NEAR
    if is_cut or told > kept:
        capture.tables.note(
            Severity.WARNING,
            MessageCode.ORADAD_MEMBERS_CUT,
            table,
            row=row.line,
            column="member",
            group=row["samaccountname"] or row["dn"],
            kept=kept,
            told=told,
        )
    # A cut list is whole again only if the objects tell of their groups themselves.
    is_whole = not is_cut or told > 0
    capture.builder.flag(group, Flag.MEMBERS_COLLECTED, value=is_whole)
    capture.members_kept[group] = kept


def member_of_dn(capture: Capture, table: Table, dn: str) -> int:
    """The object of a name; an account of elsewhere is named by its SID. Others are counted."""
    found = capture.find(dn)
    if found == ABSENT and ",cn=foreignsecurityprincipals," in dn.lower():
        found = capture.principal(first_value(dn), capture.realm(table, dn))
    if found == ABSENT:
        capture.counts["unknown_names"] += 1
    return found


def _manager(capture: Capture, table: Table, row: Row, index: int) -> None:
    if row["managedby"]:
        manager = member_of_dn(capture, table, row["managedby"])
        if manager != ABSENT:
            capture.builder.edge(manager, EdgeKind.MANAGED_BY, index)


def read_delegations(capture: Capture) -> None:
    """What accounts may do for others, whose secrets they may read or keep."""
    linked: set[int] = set()
    has_links = False
    for table, row, index in _accounts(capture):
        _delegated_services(capture, row, index)
        _allowed_to_act(capture, table, row, index)
        if table.request == "computer":
            _manager(capture, table, row, index)
            _read_only_controller(capture, table, row, index)
            for dn in values_of(row["msds-hostserviceaccount"]):
                account = member_of_dn(capture, table, dn)
                if account != ABSENT:
                    capture.builder.edge(index, EdgeKind.DUMP_SMSA_PASSWORD, account)
            has_links = has_links or row.has("msds-krbtgtlink")
            if row["msds-krbtgtlink"]:
                linked.add(capture.find(row["msds-krbtgtlink"]))
        elif table.request in MANAGED_REQUESTS:
            _password_readers(capture, table, row, index)
    if has_links:
        _krbtgt_links(capture, linked)


def _accounts(capture: Capture) -> Iterator[tuple[Table, Row, int]]:
    for request in ("computer", "user", *MANAGED_REQUESTS):
        yield from capture.described(capture.tables.of("domain", request))


def _delegated_services(capture: Capture, row: Row, index: int) -> None:
    """The accounts behind the services to which delegation is allowed, among those collected."""
    for service in values_of(row["msds-allowedtodelegateto"]):
        target = _account_of_service(capture, row, service)
        if target == ABSENT:
            capture.counts["unknown_services"] += 1
        else:
            capture.builder.edge(index, EdgeKind.ALLOWED_TO_DELEGATE, target)


def _account_of_service(capture: Capture, row: Row, service: str) -> int:
    found = capture.hosts.get(service.lower(), ABSENT)
    if found != ABSENT:
        return found
    kind, _, rest = service.lower().partition("/")
    host = rest.partition("/")[0].partition(":")[0]
    if kind == "krbtgt":
        return capture.hosts.get("krbtgt", ABSENT)
    return capture.hosts.get(host, capture.hosts.get(host.partition(".")[0], ABSENT))


def _allowed_to_act(capture: Capture, table: Table, row: Row, index: int) -> None:
    column = "msds-allowedtoactonbehalfofotheridentity"
    if row[column]:
        for source in _allowed(capture, table, row, column, _ANY_RIGHT):
            capture.builder.edge(source, EdgeKind.ALLOWED_TO_ACT, index)


def _password_readers(capture: Capture, table: Table, row: Row, index: int) -> None:
    column = "msds-groupmsamembership"
    if row[column]:
        for source in _allowed(capture, table, row, column, _READ_PROPERTY | 0x10000000):
            capture.builder.edge(source, EdgeKind.READ_GMSA_PASSWORD, index)


def _allowed(capture: Capture, table: Table, row: Row, column: str, mask: int) -> list[int]:
    try:
        return capture.descriptors.allowed(row[column], capture.realm(table, row["dn"]), mask)
    except SddlError as error:
        capture.tables.note(
            Severity.ERROR,
            MessageCode.DESCRIPTOR_UNREADABLE,
            table,
            row=row.line,
            column=column,
            problem=str(error),
        )
        return []


def _read_only_controller(capture: Capture, table: Table, row: Row, index: int) -> None:
    is_rodc = capture.builder.flags_of(index)[1] >> Flag.IS_RODC & 1
    if is_rodc and all(row.has(column) for column, _ in _RODC_LISTS):
        capture.builder.flag(index, Flag.RODC_POLICY_COLLECTED, value=True)
    for column, kind in _RODC_LISTS:
        for value in values_of(row[column]):
            source = member_of_dn(capture, table, named_dn(value))
            if source != ABSENT:
                capture.builder.edge(source, kind, index)


def _krbtgt_links(capture: Capture, linked: set[int]) -> None:
    """Tell the krbtgt accounts that a read-only controller names from the orphans."""
    for _, row, index in capture.described(capture.tables.of("domain", "user")):
        if row["msds-secondarykrbtgtnumber"]:
            capture.builder.flag(index, Flag.KRBTGT_LINKED, value=index in linked)


def nested_groups(capture: Capture) -> dict[int, list[int]]:
    """For each group, the groups that are members of it."""
    inside: dict[int, list[int]] = {}
    for _, row, group in capture.described(capture.tables.named("group")):
        for dn in values_of(row["member"]):
            member = capture.find(dn)
            if member != ABSENT and capture.builder.kind_of(member) == ObjectKind.GROUP:
                inside.setdefault(group, []).append(member)
    return inside
