"""Which domains are there, with which policies, trusts and links to group policies?"""

import re
from collections.abc import Iterable

from hygie.connectors.directory_exports.descriptors import Realm
from hygie.connectors.directory_exports.oradad_capture import Capture, Policy
from hygie.connectors.directory_exports.oradad_members import nested_groups
from hygie.connectors.directory_exports.oradad_tables import Row, Table
from hygie.connectors.directory_exports.oradad_values import (
    boolean_of,
    days_of,
    instant_of,
    values_of,
)
from hygie.connectors.directory_exports.sids import is_sid
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Severity
from hygie.engines.directory.facts import ABSENT, NEVER, UNKNOWN, Trust
from hygie.engines.directory.vocabulary import (
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

# Bits of pwdProperties (MS-SAMR §2.2.3.11), trustAttributes and trustDirection (MS-ADTS §6.1.6.7).
_STORE_CLEARTEXT = 0x10
_NON_TRANSITIVE, _QUARANTINED, _FOREST = 0x1, 0x4, 0x8
_WITHIN_FOREST, _TREAT_AS_EXTERNAL, _TGT_DELEGATION = 0x20, 0x40, 0x800
_INBOUND, _OUTBOUND = 0x1, 0x2
_MIT, _DCE = 3, 4
# gPLink: [LDAP://cn={…},cn=policies,cn=system,DC=a,DC=fr;2]; 1 = disabled, 2 = enforced (MS-GPOL)
_GP_LINK = re.compile(r"\[LDAP://([^\[\];]{1,2000});(\d{1,2})\]", re.IGNORECASE)
_LINK_DISABLED, _LINK_ENFORCED = 1, 2


def read_domains(capture: Capture) -> None:
    """Read the root of each domain. Without its SID a domain cannot be told, nor its objects."""
    for table in capture.tables.of("domain", "root"):
        for row in capture.tables.rows(table):
            _root(capture, table, row)
    root = capture.realms.get(capture.forest)
    if root is not None:
        capture.forest_sid = root.sid
    capture.realms = {
        name: Realm(realm.name, realm.sid, realm.forest_name, capture.forest_sid)
        for name, realm in capture.realms.items()
    }
    for table in capture.tables.of("domain", "user"):
        if table.dns not in capture.realms:
            capture.tables.note(
                Severity.ERROR, MessageCode.ORADAD_DOMAIN_UNKNOWN, table, domain=table.dns
            )


def _root(capture: Capture, table: Table, row: Row) -> None:
    sid = row["objectsid"].upper()
    if not is_sid(sid):
        capture.refuse_cell(table, row, "objectsid", MessageCode.SID_INVALID)
        return
    builder, dns = capture.builder, table.dns
    index = capture.describe_domain(sid, dns, is_collected=bool(_accounts(capture, dns)))
    capture.domains[dns] = index
    capture.realms[dns] = Realm(dns.upper(), sid, capture.forest.upper(), "")
    capture.counts["domains"] += 1
    if row["dn"]:
        capture.bind(row["dn"], index)
    for column, number in (
        ("msds-behavior-version", Number.FUNCTIONAL_LEVEL),
        ("ms-ds-machineaccountquota", Number.MACHINE_QUOTA),
        ("minpwdlength", Number.MIN_PASSWORD_LENGTH),
    ):
        capture.state_number(table, row, column, index, number)
    days = days_of(row["maxpwdage_int"], row["maxpwdage"])
    if days is not None:
        builder.number(index, Number.MAX_PASSWORD_AGE_DAYS, days)
    properties = capture.integer(table, row, "pwdproperties")
    if properties is not None:
        builder.flag(index, Flag.REVERSIBLE_POLICY, value=bool(properties & _STORE_CLEARTEXT))
    column = "msds-expirepasswordsonsmartcardonlyaccounts"
    if row.has(column):
        builder.flag(index, Flag.SMARTCARD_PASSWORDS_EXPIRE, value=boolean_of(row[column]) or False)


def _accounts(capture: Capture, dns: str) -> list[Table]:
    return [table for table in capture.tables.of("domain", "user") if table.dns == dns]


def read_links(capture: Capture) -> None:
    """Which group policies are linked where, and where does inheritance stop?"""
    for request in ("root", "ou", "site"):
        for _, row, index in capture.described(capture.tables.named(request)):
            _gp_links(capture, row, index)
            if request == "ou" and row.has("gpoptions"):
                blocks = row["gpoptions"] == "1"
                capture.builder.flag(index, Flag.BLOCKS_INHERITANCE, value=blocks)
    for table, row, index in capture.described(capture.tables.named("gpo")):
        _policy_object(capture, table, row, index)


def _gp_links(capture: Capture, row: Row, index: int) -> None:
    linked: list[int] = []
    for dn, options in _GP_LINK.findall(row["gplink"]):
        policy = capture.find(dn)
        if policy not in capture.group_policies:
            capture.counts["unknown_names"] += 1
        elif not int(options) & _LINK_DISABLED:
            enforced = int(options) & _LINK_ENFORCED
            kind = EdgeKind.GP_LINK_ENFORCED if enforced else EdgeKind.GP_LINK
            capture.builder.edge(policy, kind, index)
            linked.append(policy)
    names = tuple(capture.group_policies[policy] for policy in linked)
    capture.builder.text(index, Text.GP_LINKS, names)


def _policy_object(capture: Capture, table: Table, row: Row, index: int) -> None:
    realm = capture.realm(table, row["dn"])
    if row["displayname"]:
        name = f"{row['displayname']}@{realm.name}".upper()
        capture.builder.describe(index, ObjectKind.GPO, name)
    capture.builder.text(index, Text.GPC_PATH, row["gpcfilesyspath"])


def read_password_policies(capture: Capture) -> None:
    """Which fine-grained policy applies to each account? The lowest precedence, one's own first.

    That none applies is known when the administrators' part of the descriptors was read (whoever
    reads it reads the policies too), or when some policy was.
    """
    for table in capture.tables.of("domain", "passwordsettings"):
        for row in capture.tables.rows(table):
            _policy(capture, table, row)
    applied = {
        index: capture.policies[name]
        for index, name in capture.resultant_policy.items()
        if name in capture.policies
    }
    held = {**_by_group(capture), **_by_account(capture), **applied}
    for index, policy in held.items():
        _state_policy(capture, index, policy)
    if capture.policies or capture.descriptors.has_sacl:
        for _, _, index in capture.described(capture.tables.of("domain", "user")):
            if index not in held:
                capture.builder.number(index, Number.POLICY_MIN_LENGTH, 0)
                capture.builder.instant(index, Instant.POLICY_CHANGED, NEVER)


def _policy(capture: Capture, table: Table, row: Row) -> None:
    age = days_of(row["msds-maximumpasswordage_int"], row["msds-maximumpasswordage"])
    length = capture.integer(table, row, "msds-minimumpasswordlength")
    precedence = capture.integer(table, row, "msds-passwordsettingsprecedence")
    capture.policies[row["dn"].upper()] = Policy(
        dn=row["dn"],
        min_length=UNKNOWN if length is None else length,
        max_age_days=UNKNOWN if age is None else age,
        precedence=precedence if precedence is not None else 1 << 30,
        applies_to=tuple(values_of(row["msds-psoappliesto"])),
    )


def _ordered(capture: Capture) -> list[Policy]:
    """The weakest claim first, so that the strongest is written last."""
    return sorted(capture.policies.values(), key=lambda policy: -policy.precedence)


def _by_account(capture: Capture) -> dict[int, Policy]:
    found: dict[int, Policy] = {}
    for policy in _ordered(capture):
        for dn in policy.applies_to:
            index = capture.find(dn)
            if index != ABSENT and capture.builder.kind_of(index) == ObjectKind.USER:
                found[index] = policy
    return found


def _by_group(capture: Capture) -> dict[int, Policy]:
    """Policies given to groups, and to those inside them."""
    targets: dict[int, Policy] = {}
    inside: dict[int, list[int]] | None = None
    for policy in _ordered(capture):
        groups = [capture.find(dn) for dn in policy.applies_to]
        groups = [
            g for g in groups if g != ABSENT and capture.builder.kind_of(g) == ObjectKind.GROUP
        ]
        if groups and inside is None:
            inside = nested_groups(capture)
        for group in _closure(groups, inside or {}):
            targets[group] = policy
    if not targets:
        return {}
    found: dict[int, Policy] = {}
    for _, row, group in capture.described(capture.tables.named("group")):
        if group in targets:
            for dn in values_of(row["member"]):
                _keep_strongest(capture, found, capture.find(dn), targets[group])
    return found


def _keep_strongest(capture: Capture, found: dict[int, Policy], index: int, policy: Policy) -> None:
    if index == ABSENT or capture.builder.kind_of(index) != ObjectKind.USER:
        return
    other = found.get(index)
    if other is None or policy.precedence < other.precedence:
        found[index] = policy


def _closure(groups: Iterable[int], inside: dict[int, list[int]]) -> set[int]:
    reached, waiting = set(groups), list(groups)
    while waiting:
        for group in inside.get(waiting.pop(), ()):
            if group not in reached:
                reached.add(group)
                waiting.append(group)
    return reached


def _state_policy(capture: Capture, index: int, policy: Policy) -> None:
    builder = capture.builder
    builder.number(index, Number.POLICY_MIN_LENGTH, policy.min_length)
    builder.number(index, Number.POLICY_MAX_AGE_DAYS, policy.max_age_days)
    changed = capture.changed_on.get(policy.dn.upper(), 0)
    if changed > NEVER:
        builder.instant(index, Instant.POLICY_CHANGED, changed)


def read_trusts(capture: Capture) -> None:
    """The trusts of each domain, with the age of the password of the account behind each."""
    for table in capture.tables.of("domain", "trusteddomain"):
        domain = capture.domains.get(table.dns, ABSENT)
        if domain == ABSENT:
            continue
        capture.builder.flag(domain, Flag.TRUSTS_COLLECTED, value=True)
        passwords = _trust_passwords(capture, table.dns)
        for row in capture.tables.rows(table):
            _trust(capture, table, row, domain, passwords)


def _trust_passwords(capture: Capture, dns: str) -> dict[str, int]:
    """Password dates of the accounts of trusts, by the short name of the partner."""
    found: dict[str, int] = {}
    for table in _accounts(capture, dns):
        for row in capture.tables.rows(table):
            name = row["samaccountname"].upper()
            uac = capture.integer(table, row, "useraccountcontrol") or 0
            seconds = instant_of(row["pwdlastset"])
            if uac & 0x800 and name and seconds is not None:
                found[name.rstrip("$")] = seconds
    return found


def _trust(
    capture: Capture, table: Table, row: Row, domain: int, passwords: dict[str, int]
) -> None:
    direction = capture.integer(table, row, "trustdirection")
    attributes = capture.integer(table, row, "trustattributes")
    kind = capture.integer(table, row, "trusttype")
    partner, partner_sid = row["trustpartner"], row["securityidentifier"].upper()
    capture.counts["trusts"] += 1
    capture.builder.trusts.append(
        Trust(
            domain=domain,
            partner_sid=partner_sid if is_sid(partner_sid) else "",
            partner_name=partner.upper(),
            is_inbound=None if direction is None else bool(direction & _INBOUND),
            is_outbound=None if direction is None else bool(direction & _OUTBOUND),
            attributes=UNKNOWN if attributes is None else attributes,
            trust_type=trust_type_of(attributes, kind),
            sid_filtering=None if attributes is None else _is_filtered(attributes),
            tgt_delegation=None if attributes is None else bool(attributes & _TGT_DELEGATION),
            is_transitive=None if attributes is None else not attributes & _NON_TRANSITIVE,
            account_password_set=passwords.get(row["flatname"].upper(), UNKNOWN),
        )
    )
    if is_sid(partner_sid) and partner.lower() not in capture.domains:
        index = capture.builder.intern(partner_sid)
        if not capture.builder.is_described(index):
            capture.describe_domain(partner_sid, partner, is_collected=False)


def trust_type_of(attributes: int | None, kind: int | None) -> str:
    """The kind of a trust, in the words of the contract."""
    if attributes is None:
        return "unknown"
    if attributes & _WITHIN_FOREST:
        return "parent_child"
    if attributes & _FOREST:
        return "forest"
    return "unknown" if kind in (_MIT, _DCE) else "external"


def _is_filtered(attributes: int) -> bool:
    """Whether SIDs of elsewhere are refused: always between forests, unless it was relaxed."""
    if attributes & _FOREST and not attributes & _WITHIN_FOREST:
        return not attributes & _TREAT_AS_EXTERNAL
    return bool(attributes & _QUARANTINED)
