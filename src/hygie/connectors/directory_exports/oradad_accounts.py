"""Which users, computers, service accounts and groups are there, and what do their rows tell?"""

from collections.abc import Iterable

from hygie.connectors.directory_exports.oradad_capture import Capture
from hygie.connectors.directory_exports.oradad_tables import Row, Table
from hygie.connectors.directory_exports.oradad_values import (
    boolean_of,
    first_value,
    instant_of,
    values_of,
)
from hygie.connectors.message_codes import MessageCode
from hygie.engines.directory.facts import ABSENT, NEVER
from hygie.engines.directory.vocabulary import (
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

# Bits of userAccountControl: MS-ADTS §2.2.16.
_UAC_FLAGS = {
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
_UAC_KNOWN = sum(1 << flag for flag in (Flag.ENABLED, *_UAC_FLAGS.values()))
_UAC_DISABLED = 0x2
_UAC_DC = 0x2000
_UAC_RODC = 0x4000000
_RID_DCS, _RID_RODCS = 516, 521
_CLUSTER = ("msclustervirtualserver/", "msservercluster/")
_LAPS = (
    "ms-mcs-admpwdexpirationtime",
    "mslaps-passwordexpirationtime",
    "mslaps-encryptedpassword",
    "ms-mcs-admpwd",
)
_MANAGED = {"smsa": Flag.MSA, "gmsa": Flag.GMSA, "dmsa": Flag.GMSA}
MANAGED_REQUESTS = tuple(_MANAGED)


def read_accounts(capture: Capture) -> None:
    """Read the tables whose objects have a SID, domain by domain."""
    for request, kind in (
        ("user", ObjectKind.USER),
        ("computer", ObjectKind.COMPUTER),
        *((request, ObjectKind.MANAGED_ACCOUNT) for request in MANAGED_REQUESTS),
    ):
        for table in capture.tables.of("domain", request):
            for row in capture.tables.rows(table):
                _account(capture, table, row, kind)
    for table in capture.tables.named("group"):
        for row in capture.tables.rows(table):
            _group(capture, table, row)
    for table in capture.tables.named("foreignsecurityprincipal"):
        for row in capture.tables.rows(table):
            _foreign(capture, table, row)


def _account(capture: Capture, table: Table, row: Row, kind: ObjectKind) -> None:
    index = capture.account(table, row)
    if index == ABSENT:
        return
    capture.counts[f"{table.request}s"] += 1
    builder, realm = capture.builder, capture.realm(table, row["dn"])
    builder.describe(index, kind, _account_name(row, realm.name, kind), capture.domain(realm))
    for column, text in (
        (("samaccountname"), Text.SAM_NAME),
        ("operatingsystem", Text.OPERATING_SYSTEM),
    ):
        builder.text(index, text, row[column])
    if kind == ObjectKind.COMPUTER and row["dnshostname"]:
        builder.text(index, Text.DNS_NAME, row["dnshostname"])
    _remember_host(capture, row, index)
    _control(capture, table, row, index)
    _instants(capture, table, row, index)
    capture.state_number(
        table, row, "msds-supportedencryptiontypes", index, Number.ENCRYPTION_TYPES, empty=0
    )
    _admin_count(capture, row, index)
    _services(capture, row, index)
    _history(capture, table, row, index)
    if kind == ObjectKind.COMPUTER:
        _computer(capture, row, index)
    else:
        # Managed accounts have tables of their own: whoever is in that of users is none.
        for flag in (Flag.MSA, Flag.GMSA):
            builder.flag(index, flag, value=flag == _MANAGED.get(table.request))
    if kind == ObjectKind.USER and row.has("msds-secondarykrbtgtnumber"):
        builder.flag(index, Flag.SECONDARY_KRBTGT, value=bool(row["msds-secondarykrbtgtnumber"]))
    if row.has("msds-resultantpso") and row["msds-resultantpso"]:
        capture.resultant_policy[index] = row["msds-resultantpso"].upper()
    _silo(capture, row, index)


def _account_name(row: Row, realm: str, kind: ObjectKind) -> str:
    if kind == ObjectKind.COMPUTER:
        return (row["dnshostname"] or f"{first_value(row['dn'])}.{realm}").upper()
    return f"{row['samaccountname'] or first_value(row['dn'])}@{realm}".upper()


def _remember_host(capture: Capture, row: Row, index: int) -> None:
    """Where a service principal name leads: its host by both names, and itself as registered."""
    short = row["samaccountname"].rstrip("$").lower()
    for name in (row["dnshostname"].lower(), short):
        if name:
            capture.hosts.setdefault(name, index)
    for spn in values_of(row["serviceprincipalname"]):
        capture.hosts.setdefault(spn.lower(), index)


def _control(capture: Capture, table: Table, row: Row, index: int) -> None:
    builder = capture.builder
    uac = capture.state_number(table, row, "useraccountcontrol", index, Number.UAC)
    group = capture.state_number(table, row, "primarygroupid", index, Number.PRIMARY_GROUP_RID)
    if uac is not None:
        uac &= 0xFFFFFFFF
        value = sum(1 << flag for bit, flag in _UAC_FLAGS.items() if uac & bit)
        enabled = 0 if uac & _UAC_DISABLED else 1 << Flag.ENABLED
        builder.flags(index, _UAC_KNOWN, value | enabled)
    realm = capture.realm(table, row["dn"])
    if group is not None and realm.sid and 0 <= group < 1 << 32:
        builder.edge(index, EdgeKind.PRIMARY_GROUP, builder.intern(f"{realm.sid}-{group}"))
    if table.request == "computer" and (uac is not None or group is not None):
        is_rodc = bool((uac or 0) & _UAC_RODC) or group == _RID_RODCS
        is_rodc = is_rodc or boolean_of(row["msds-isrodc"]) is True
        is_dc = is_rodc or bool((uac or 0) & _UAC_DC) or group == _RID_DCS
        builder.flag(index, Flag.IS_DC, value=is_dc)
        builder.flag(index, Flag.IS_RODC, value=is_rodc)


def _instants(capture: Capture, table: Table, row: Row, index: int) -> None:
    capture.state_instant(table, row, "pwdlastset", index, Instant.PASSWORD_SET)
    if row["whencreated"]:
        capture.state_instant(table, row, "whencreated", index, Instant.CREATED)
    logons = [column for column in ("lastlogontimestamp", "lastlogon") if row.has(column)]
    if not logons:
        return
    seconds = []
    for column in logons:
        value = instant_of(row[column])
        if value is None:
            capture.refuse_cell(table, row, column, MessageCode.CELL_NOT_DATE)
        else:
            seconds.append(value)
    # lastLogon is not replicated: alone and empty, it tells nothing of the other controllers.
    if seconds and ("lastlogontimestamp" in logons or max(seconds) > NEVER):
        capture.builder.instant(index, Instant.LAST_LOGON, max(seconds))


def _admin_count(capture: Capture, row: Row, index: int) -> None:
    if row.has("admincount"):
        capture.builder.flag(index, Flag.ADMIN_COUNT, value=row["admincount"] not in ("", "0"))


def _services(capture: Capture, row: Row, index: int) -> None:
    if not row.has("serviceprincipalname"):
        return
    names = values_of(row["serviceprincipalname"])
    capture.builder.flag(index, Flag.HAS_SPN, value=bool(names))
    capture.builder.text(index, Text.SPN, tuple(names))
    is_cluster = any(name.lower().startswith(_CLUSTER) for name in names)
    capture.builder.flag(index, Flag.IS_CLUSTER, value=is_cluster)


def _history(capture: Capture, table: Table, row: Row, index: int) -> None:
    if not row.has("sidhistory"):
        return
    sids = [sid.upper() for sid in values_of(row["sidhistory"])]
    capture.builder.flag(index, Flag.SID_HISTORY, value=bool(sids))
    capture.builder.text(index, Text.SID_HISTORY, tuple(sids))
    for sid in sids:
        former = capture.principal(sid, capture.realm(table, row["dn"]))
        if former == ABSENT:
            capture.refuse_cell(table, row, "sidhistory", MessageCode.SID_INVALID)
        else:
            capture.builder.edge(index, EdgeKind.HAS_SID_HISTORY, former)


def _computer(capture: Capture, row: Row, index: int) -> None:
    builder = capture.builder
    if row.has("operatingsystem"):
        builder.flag(index, Flag.IS_SERVER_OS, value="server" in row["operatingsystem"].lower())
    collected = [column for column in _LAPS if row.has(column)]
    if collected:
        builder.flag(index, Flag.HAS_LAPS, value=any(row[column] for column in collected))


def _silo(capture: Capture, row: Row, index: int) -> None:
    """Whether the account is held in a silo that is enforced and names it among its members."""
    if not capture.has_silos or not row.has("msds-assignedauthnpolicysilo"):
        return
    members = capture.enforced_silos.get(row["msds-assignedauthnpolicysilo"].upper(), frozenset())
    capture.builder.flag(index, Flag.SILO_ENFORCED, value=row["dn"].upper() in members)


def _group(capture: Capture, table: Table, row: Row) -> None:
    index = capture.account(table, row)
    if index == ABSENT:
        return
    capture.counts["groups"] += 1
    builder, realm = capture.builder, capture.realm(table, row["dn"])
    name = row["samaccountname"] or first_value(row["dn"])
    builder.describe(index, ObjectKind.GROUP, f"{name}@{realm.name}".upper(), capture.domain(realm))
    builder.text(index, Text.SAM_NAME, row["samaccountname"])
    _admin_count(capture, row, index)
    _history(capture, table, row, index)


def _foreign(capture: Capture, table: Table, row: Row) -> None:
    """An account of elsewhere: only its SID is known here, or its name when the SID is absent."""
    sid = row["objectsid"] or first_value(row["dn"])
    realm = capture.realm(table, row["dn"])
    index = capture.principal(sid, realm)
    if index == ABSENT:
        capture.refuse_cell(table, row, "objectsid", MessageCode.SID_INVALID)
        return
    capture.counts["foreign_principals"] += 1
    if row["dn"]:
        capture.bind(row["dn"], index)


def read_silos(capture: Capture) -> None:
    """Which silos are enforced, and whom do they hold? Read before the accounts."""
    for table in capture.tables.of("configuration", "authnpolicysilo"):
        capture.has_silos = True
        for row in capture.tables.rows(table):
            if boolean_of(row["msds-authnpolicysiloenforced"]):
                members: Iterable[str] = values_of(row["msds-authnpolicysilomembers"])
                capture.enforced_silos[row["dn"].upper()] = frozenset(
                    member.upper() for member in members
                )
