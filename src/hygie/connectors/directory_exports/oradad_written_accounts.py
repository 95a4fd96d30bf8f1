"""Which rows tell of users, computers, service accounts, groups and their domains?"""

from collections.abc import Iterator

import numpy as np

from hygie.connectors.directory_exports.oradad_layout import COLUMNS
from hygie.connectors.directory_exports.oradad_written_rights import allowance_of
from hygie.connectors.directory_exports.oradad_written_rows import (
    RowValues,
    TableRows,
    date_text,
    days_interval,
    joined,
    whole,
    yes_no,
)
from hygie.connectors.directory_exports.oradad_written_tree import Written
from hygie.engines.directory.vocabulary import (
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

# The bits that say what an account is, when its own number is not told.
_BASE_CONTROL = {
    ObjectKind.USER: 0x200,
    ObjectKind.COMPUTER: 0x1000,
    ObjectKind.MANAGED_ACCOUNT: 0x1000,
}
_CONTROL = {
    Flag.PASSWORD_NOT_REQUIRED: 0x20,
    Flag.REVERSIBLE_PASSWORD: 0x80,
    Flag.TRUST_ACCOUNT: 0x800,
    Flag.IS_DC: 0x2000,
    Flag.PASSWORD_NEVER_EXPIRES: 0x10000,
    Flag.SMARTCARD_REQUIRED: 0x40000,
    Flag.UNCONSTRAINED_DELEGATION: 0x80000,
    Flag.SENSITIVE: 0x100000,
    Flag.DES_ONLY: 0x200000,
    Flag.NO_PREAUTH: 0x400000,
    Flag.TRUSTED_TO_AUTH: 0x1000000,
    Flag.IS_RODC: 0x4000000,
}
_DISABLED = 0x2
# Attributes left out of the tables when no account tells them.
_BY_FLAG = {
    "adminCount": Flag.ADMIN_COUNT,
    "servicePrincipalName": Flag.HAS_SPN,
    "sIDHistory": Flag.SID_HISTORY,
    "msDS-AssignedAuthNPolicySilo": Flag.SILO_ENFORCED,
    "ms-Mcs-AdmPwdExpirationTime": Flag.HAS_LAPS,
    "msDS-SecondaryKrbTgtNumber": Flag.SECONDARY_KRBTGT,
    "msDS-KrbTgtLink": Flag.KRBTGT_LINKED,
    "msDS-ExpirePasswordsOnSmartCardOnlyAccounts": Flag.SMARTCARD_PASSWORDS_EXPIRE,
    "pwdProperties": Flag.REVERSIBLE_POLICY,
}
_BY_INSTANT = {
    "pwdLastSet": Instant.PASSWORD_SET,
    "lastLogonTimestamp": Instant.LAST_LOGON,
}
_LISTS = {
    "msDS-RevealedUsers": EdgeKind.RODC_REVEALED,
    "msDS-RevealOnDemandGroup": EdgeKind.RODC_MAY_REVEAL,
    "msDS-NeverRevealGroup": EdgeKind.RODC_NEVER_REVEAL,
}
SILO = "CN=Silo,CN=AuthN Silos,CN=AuthN Policy Configuration,CN=Services,CN=Configuration"
_A_DAY = 1_600_000_000  # any date: the expiry of a password that a host keeps


def account_tables(written: Written) -> Iterator[TableRows]:
    """The tables of each domain whose objects have a SID."""
    left_out = _left_out(written)
    for dns, domain in written.domains.items():
        members = written.members(dns)
        yield TableRows("domain", dns, "root", [_root(written, domain)], left_out)
        for request, kinds in (
            ("user", (ObjectKind.USER,)),
            ("computer", (ObjectKind.COMPUTER,)),
            ("smsa", (ObjectKind.MANAGED_ACCOUNT,)),
            ("gmsa", (ObjectKind.MANAGED_ACCOUNT,)),
            ("group", (ObjectKind.GROUP,)),
        ):
            chosen = [one for one in members if written.facts.kind[one] in kinds]
            if request in ("smsa", "gmsa"):
                single = request == "smsa"
                chosen = [one for one in chosen if (written.flag(one, Flag.MSA) or False) == single]
            rows = _rows(written, chosen, dns, request)
            yield TableRows("domain", dns, request, rows, left_out)


def _left_out(written: Written) -> frozenset[str]:
    facts = written.facts
    by_flag = {name for name, flag in _BY_FLAG.items() if not facts.is_known(flag).any()}
    by_instant = {
        name for name, instant in _BY_INSTANT.items() if (facts.instants[instant] < 0).all()
    }
    numbers = set()
    if Number.ENCRYPTION_TYPES not in facts.numbers:
        numbers.add("msDS-SupportedEncryptionTypes")
    if not facts.is_set(Flag.RODC_POLICY_COLLECTED).any():
        numbers.update(_LISTS)
    has_members = (facts.edges.kind == EdgeKind.MEMBER_OF).any()
    if not has_members and not facts.is_known(Flag.MEMBERS_COLLECTED).any():
        numbers.add("member")
    return frozenset(by_flag | by_instant | numbers)


def _rows(written: Written, chosen: list[int], dns: str, request: str) -> Iterator[RowValues]:
    links = _krbtgt_links(written, chosen, dns) if request == "computer" else {}
    has_rodc_lists = request == "computer"
    for index in chosen:
        if not written.sid(index) or index not in written.names:
            continue
        if request == "group":
            yield written.names[index], _group(written, index, dns)
            continue
        values = _account(written, index, dns)
        if has_rodc_lists:
            values.update(_computer(written, index, dns))
            values["msDS-KrbTgtLink"] = links.get(index, "")
        if request == "user" and written.flag(index, Flag.SECONDARY_KRBTGT):
            values["msDS-SecondaryKrbTgtNumber"] = str(1000 + int(written.facts.rid[index]) % 60000)
        if request == "gmsa":
            readers = written.relations.sources(index, EdgeKind.READ_GMSA_PASSWORD)
            values["msDS-GroupMSAMembership"] = _allowed(written, readers)
        known = {name for name, _ in COLUMNS[request]}
        yield written.names[index], {k: v for k, v in values.items() if k in known}


def _root(written: Written, domain: int) -> RowValues:
    stores = written.flag(domain, Flag.REVERSIBLE_POLICY)
    expires = written.flag(domain, Flag.SMARTCARD_PASSWORDS_EXPIRE)
    return written.names[domain], {
        "objectSid": written.sid(domain),
        "msDS-Behavior-Version": whole(written.number(domain, Number.FUNCTIONAL_LEVEL)),
        "ms-DS-MachineAccountQuota": whole(written.number(domain, Number.MACHINE_QUOTA)),
        "minPwdLength": whole(written.number(domain, Number.MIN_PASSWORD_LENGTH)),
        "maxPwdAge": days_interval(written.number(domain, Number.MAX_PASSWORD_AGE_DAYS)),
        "pwdProperties": "" if stores is None else str(1 | 0x10 * stores),
        "msDS-ExpirePasswordsOnSmartCardOnlyAccounts": yes_no(expires),
        "gPLink": gp_links(written, domain),
    }


def gp_links(written: Written, index: int) -> str:
    """The policies linked to an object, in the order told, else in that of the relations."""
    enforced = set(written.relations.sources(index, EdgeKind.GP_LINK_ENFORCED))
    linked = enforced | set(written.relations.sources(index, EdgeKind.GP_LINK))
    told = written.facts.texts.get(Text.GP_LINKS, {}).get(index, ())
    ranks = {name: rank for rank, name in enumerate((told,) if isinstance(told, str) else told)}
    identifiers = written.facts.identifiers
    ordered = sorted(linked, key=lambda one: (ranks.get(identifiers[one], len(ranks)), one))
    return "".join(
        f"[LDAP://{written.names[one]};{2 if one in enforced else 0}]"
        for one in ordered
        if one in written.names
    )


def _control(written: Written, index: int) -> int | None:
    kind = ObjectKind(int(written.facts.kind[index]))
    told = written.number(index, Number.UAC)
    facts = {flag: written.flag(index, flag) for flag in _CONTROL}
    enabled = written.flag(index, Flag.ENABLED)
    if told is None and enabled is None and all(value is None for value in facts.values()):
        return None
    bits = _BASE_CONTROL[kind] if told is None else told & 0xFFFFFFFF
    if enabled is not None:
        bits = bits & ~_DISABLED | (0 if enabled else _DISABLED)
    if told is None:
        for flag, value in facts.items():
            bits = bits | _CONTROL[flag] if value else bits
        if facts[Flag.IS_RODC]:
            bits &= ~_CONTROL[Flag.IS_DC]
    return bits


def _account(written: Written, index: int, dns: str) -> dict[str, str]:
    relations = written.relations
    primary = written.number(index, Number.PRIMARY_GROUP_RID)
    groups = relations.targets(index, EdgeKind.PRIMARY_GROUP)
    if primary is None and groups:
        primary = int(written.facts.rid[groups[0]])
    encryption = written.number(index, Number.ENCRYPTION_TYPES)
    services = relations.targets(index, EdgeKind.ALLOWED_TO_DELEGATE)
    actors = relations.sources(index, EdgeKind.ALLOWED_TO_ACT)
    base = written.names[written.domains[written.forest]]
    return {
        "sAMAccountName": _short_name(written, index),
        "objectSid": written.sid(index),
        "userAccountControl": whole(_control(written, index)),
        "primaryGroupID": whole(primary),
        "pwdLastSet": date_text(written.instant(index, Instant.PASSWORD_SET)),
        "lastLogonTimestamp": date_text(written.instant(index, Instant.LAST_LOGON)),
        "adminCount": "1" if written.flag(index, Flag.ADMIN_COUNT) else "",
        "servicePrincipalName": written.text(index, Text.SPN),
        "sIDHistory": _history(written, index),
        "msDS-SupportedEncryptionTypes": whole(encryption),
        "msDS-AllowedToDelegateTo": joined(_service(written, one) for one in services),
        "msDS-AllowedToActOnBehalfOfOtherIdentity": _allowed(written, actors),
        "msDS-AssignedAuthNPolicySilo": (
            f"{SILO},{base}" if written.flag(index, Flag.SILO_ENFORCED) else ""
        ),
        "dNSHostName": written.text(index, Text.DNS_NAME) or _host_name(written, index, dns),
        "operatingSystem": written.text(index, Text.OPERATING_SYSTEM),
    }


def _short_name(written: Written, index: int) -> str:
    shown = written.facts.names[index]
    return written.text(index, Text.SAM_NAME) or (shown.partition("@")[0] if "@" in shown else "")


def _host_name(written: Written, index: int, dns: str) -> str:
    """The name shown of a computer is that of the host."""
    name = written.facts.names[index].lower()
    is_host = written.facts.kind[index] == ObjectKind.COMPUTER and "@" not in name
    return name if is_host and name.endswith(f".{dns}") else ""


def _history(written: Written, index: int) -> str:
    former = written.relations.targets(index, EdgeKind.HAS_SID_HISTORY)
    sids = [written.sid(one) for one in former]
    told = written.text(index, Text.SID_HISTORY)
    return told or ";".join(sid for sid in sids if sid)


def _allowed(written: Written, sources: list[int]) -> str:
    sids = [sid for sid in (written.sid(one) for one in sources) if sid]
    return allowance_of(sids) if sids else ""


def _service(written: Written, target: int) -> str:
    """A service of an account: one that it registers, else that of its host."""
    services = written.facts.texts.get(Text.SPN, {}).get(target, ())
    own = services if isinstance(services, str) else next(iter(services), "")
    host = written.text(target, Text.DNS_NAME) or written.text(target, Text.SAM_NAME).rstrip("$")
    if written.text(target, Text.SAM_NAME).lower() == "krbtgt":
        return "krbtgt/krbtgt"
    return own or (f"HOST/{host}" if host else "")


def _computer(written: Written, index: int, dns: str) -> dict[str, str]:
    relations = written.relations
    hosted = relations.targets(index, EdgeKind.DUMP_SMSA_PASSWORD)
    values = {
        "managedBy": manager_of(written, index, dns),
        "ms-Mcs-AdmPwdExpirationTime": date_text(
            _A_DAY if written.flag(index, Flag.HAS_LAPS) else 0
        ),
        "msDS-HostServiceAccount": joined(written.dn(one, dns) for one in hosted),
    }
    for name, kind in _LISTS.items():
        values[name] = joined(written.dn(one, dns) for one in relations.sources(index, kind))
    return values


def manager_of(written: Written, index: int, dns: str) -> str:
    """Name of whoever manages an object."""
    managers = written.relations.sources(index, EdgeKind.MANAGED_BY)
    return written.dn(managers[0], dns) if managers else ""


def _krbtgt_links(written: Written, computers: list[int], dns: str) -> dict[int, str]:
    """Give each linked krbtgt account of a domain to one of its read-only controllers."""
    domain = written.domains[dns]
    linked = np.flatnonzero(
        written.facts.is_set(Flag.KRBTGT_LINKED) & (written.facts.domain == domain)
    ).tolist()
    controllers = [one for one in computers if written.flag(one, Flag.IS_RODC)]
    return {
        controller: written.names.get(account, "")
        for controller, account in zip(controllers, linked, strict=False)
    }


def _group(written: Written, index: int, dns: str) -> dict[str, str]:
    members = written.relations.sources(index, EdgeKind.MEMBER_OF)
    return {
        "sAMAccountName": _short_name(written, index),
        "objectSid": written.sid(index),
        "adminCount": "1" if written.flag(index, Flag.ADMIN_COUNT) else "",
        "sIDHistory": _history(written, index),
        "managedBy": manager_of(written, index, dns),
        "member": joined(written.dn(one, dns) for one in members),
    }
