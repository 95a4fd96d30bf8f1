"""Which rows tell of policies, trusts, the forest's settings, zones, templates and authorities?"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hygie.connectors.directory_exports.oradad_written_accounts import SILO, gp_links
from hygie.connectors.directory_exports.oradad_written_rows import (
    RowValues,
    TableRows,
    date_text,
    days_interval,
    joined,
    whole,
    yes_no,
)
from hygie.connectors.directory_exports.oradad_written_tree import Written, base_of
from hygie.engines.directory.facts import UNKNOWN, Trust
from hygie.engines.directory.vocabulary import Flag, Instant, Number, ObjectKind, Text

_SHARE = 2_000  # accounts named in one list
_SERVICE = "CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration"
_UPDATE = "CN=ActiveDirectoryUpdate,CN=DomainUpdates,CN=System"
_BUILTIN = "top;builtinDomain"
_FRS = "CN=Domain System Volume (SYSVOL share),CN=File Replication Service"
_SITES = "CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration"
_LEVELS = (("2008 R2", 4), ("2008", 3), ("2012 R2", 6), ("2012", 5), ("2025", 10))
_LATEST = 7


@dataclass(frozen=True, slots=True)
class Added:
    """An object that the facts do not have, and that must be there to carry one of them."""

    area: str
    dns: str
    dn: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Policy:
    """One fine-grained policy, for some accounts."""

    dn: str
    length: int
    age: int | None
    changed: int
    accounts: tuple[int, ...]


def _root_base(written: Written) -> str:
    return written.names[written.domains[written.forest]]


def _new(area: str, dns: str, dn: str, classes: str, **values: str) -> Added:
    guid = str(uuid.uuid5(uuid.NAMESPACE_OID, dn.upper()))
    return Added(area, dns, dn, {"objectClass": classes, "objectGUID": guid, **values})


def added_objects(written: Written) -> Iterator[Added]:
    """Objects that carry facts of a domain or of accounts, unless the facts have them already."""
    base = _root_base(written)
    present = {name.upper() for name in written.names.values()}
    candidates = [_new("configuration", "", f"{_SERVICE},{base}", "top;nTDSService")]
    if not written.facts.is_known(Flag.DS_HEURISTICS_COLLECTED).any():
        candidates = []
    told = frozenset(written.facts.identifiers)
    for dns, domain in written.domains.items():
        if f"{dns.upper()}-S-1-5-32" in told:
            candidates.append(_new("domain", dns, f"CN=Builtin,{base_of(dns)}", _BUILTIN))
        revision = written.number(domain, Number.DOMAIN_PREP_REVISION)
        if revision is not None:
            dn = f"{_UPDATE},{written.names[domain]}"
            candidates.append(_new("domain", dns, dn, "top;container", revision=str(revision)))
        for policy in _policies(written, dns):
            changed = date_text(policy.changed)
            candidates.append(
                _new("domain", dns, policy.dn, "top;msDS-PasswordSettings", whenChanged=changed)
            )
    yield from (one for one in candidates if one.dn.upper() not in present)


def service_tables(written: Written) -> Iterator[TableRows]:
    """Every table but those of accounts and of all objects."""
    for dns in written.domains:
        yield from _domain_tables(written, dns)
    yield from _forest_tables(written)
    yield from _controller_tables(written)


def _of(written: Written, dns: str, *kinds: ObjectKind) -> list[int]:
    return [
        one
        for one in written.members(dns)
        if written.facts.kind[one] in kinds and one in written.names
    ]


def _domain_tables(written: Written, dns: str) -> Iterator[TableRows]:
    domain, facts = written.domains[dns], written.facts
    units = _of(written, dns, ObjectKind.OU)
    left_out = frozenset() if facts.is_known(Flag.BLOCKS_INHERITANCE).any() else {"gPOptions"}
    yield TableRows(
        "domain", dns, "ou", [_unit(written, one) for one in units], frozenset(left_out)
    )
    policies = _of(written, dns, ObjectKind.GPO)
    yield TableRows("domain", dns, "gpo", [_group_policy(written, one) for one in policies])
    yield TableRows(
        "domain",
        dns,
        "passwordSettings",
        [_password_policy(written, one, dns) for one in _policies(written, dns)],
    )
    if written.flag(domain, Flag.TRUSTS_COLLECTED) or any(
        trust.domain == domain for trust in facts.trusts
    ):
        rows = [_trust(written, trust, dns) for trust in facts.trusts if trust.domain == domain]
        yield TableRows("domain", dns, "trustedDomain", rows)
    uses_frs = written.flag(domain, Flag.SYSVOL_NTFRS)
    if uses_frs is not None:
        dn = f"{_FRS},CN=System,{base_of(dns)}"
        sets: list[RowValues] = [(dn, {"fRSReplicaSetType": "2"})] if uses_frs else []
        yield TableRows("domain", dns, "nTFRSReplicaSet", sets)
    zones = _of(written, dns, ObjectKind.DNS_ZONE)
    for area, mark in (("domaindns", "DC=DOMAINDNSZONES,"), ("domain", "")):
        chosen = [one for one in zones if _zone_area(written, one) == mark]
        if chosen:
            yield TableRows(area, dns, "dnsZone", [_zone(written, one) for one in chosen])


def _zone_area(written: Written, index: int) -> str:
    upper = written.names[index].upper()
    for mark in ("DC=DOMAINDNSZONES,", "DC=FORESTDNSZONES,"):
        if mark in upper:
            return mark
    return ""


def _zone(written: Written, index: int) -> RowValues:
    """One property, that of dynamic updates, as its bytes."""
    update = written.number(index, Number.DNS_ZONE_UPDATE)
    if update is None:
        flag = written.flag(index, Flag.ZONE_UNSECURE_UPDATE)
        update = None if flag is None else 1 if flag else 2
    blob = "" if update is None else _property(update).hex()
    return written.names[index], {"dNSProperty": blob}


def _property(update: int) -> bytes:
    numbers = (1, 0, 0, 1, 2)
    return b"".join(one.to_bytes(4, "little") for one in numbers) + bytes([update, 0])


def _unit(written: Written, index: int) -> RowValues:
    blocks = written.flag(index, Flag.BLOCKS_INHERITANCE)
    return written.names[index], {
        "gPLink": gp_links(written, index),
        "gPOptions": "1" if blocks else "",
    }


def _group_policy(written: Written, index: int) -> RowValues:
    return written.names[index], {
        "displayName": written.facts.names[index].partition("@")[0],
        "gPCFileSysPath": written.text(index, Text.GPC_PATH),
    }


def _policies(written: Written, dns: str) -> Iterator[_Policy]:
    """One policy for each length, age and date met, split where many accounts have it."""
    lengths = written.facts.numbers.get(Number.POLICY_MIN_LENGTH)
    if lengths is None:
        return
    of_domain = (lengths > 0) & (written.facts.domain == written.domains[dns])
    found: dict[tuple[int, int | None, int], list[int]] = {}
    for index in np.flatnonzero(of_domain).tolist():
        age = written.number(index, Number.POLICY_MAX_AGE_DAYS)
        changed = written.instant(index, Instant.POLICY_CHANGED) or 0
        found.setdefault((int(lengths[index]), age, changed), []).append(index)
    for rank, ((length, age, changed), accounts) in enumerate(sorted(found.items(), key=str)):
        for start in range(0, len(accounts), _SHARE):
            name = f"PSO {rank + 1}-{start // _SHARE + 1}"
            dn = f"CN={name},CN=Password Settings Container,CN=System,{base_of(dns)}"
            yield _Policy(dn, length, age, changed, tuple(accounts[start : start + _SHARE]))


def _password_policy(written: Written, policy: _Policy, dns: str) -> RowValues:
    return policy.dn, {
        "msDS-MinimumPasswordLength": str(policy.length),
        "msDS-MaximumPasswordAge": days_interval(policy.age),
        "msDS-PasswordSettingsPrecedence": "10",
        "msDS-PSOAppliesTo": joined(written.dn(one, dns) for one in policy.accounts),
    }


def _trust(written: Written, trust: Trust, dns: str) -> RowValues:
    known = (trust.is_inbound, trust.is_outbound) != (None, None)
    direction = (1 if trust.is_inbound else 0) | (2 if trust.is_outbound else 0)
    attributes = _attributes(trust) if trust.attributes == UNKNOWN else trust.attributes
    dn = f"CN={trust.partner_name.lower()},CN=System,{base_of(dns)}"
    return dn, {
        "trustPartner": trust.partner_name.lower(),
        "flatName": _flat_name(written, trust),
        "trustDirection": str(direction) if known else "",
        "trustType": "2",
        "trustAttributes": str(attributes),
        "securityIdentifier": trust.partner_sid,
    }


def _attributes(trust: Trust) -> int:
    bits = 0 if trust.is_transitive in (True, None) else 0x1
    if trust.trust_type in ("parent_child", "tree_root", "cross_link"):
        bits |= 0x20
    if trust.trust_type == "forest":
        bits |= 0x8 | (0x40 if trust.sid_filtering is False else 0)
    elif trust.sid_filtering:
        bits |= 0x4
    return bits | (0x800 if trust.tgt_delegation else 0)


def _flat_name(written: Written, trust: Trust) -> str:
    """Short name of the partner: that of the account of the trust, known by its password date."""
    facts = written.facts
    accounts = facts.is_set(Flag.TRUST_ACCOUNT) & (facts.domain == trust.domain)
    short = trust.partner_name.partition(".")[0].upper()
    for index in np.flatnonzero(accounts).tolist():
        name = written.text(index, Text.SAM_NAME).rstrip("$").upper()
        same = written.instant(index, Instant.PASSWORD_SET) == trust.account_password_set
        if same and (name == short or trust.account_password_set != UNKNOWN):
            return name
    return short


def _forest_tables(written: Written) -> Iterator[TableRows]:
    facts, base = written.facts, _root_base(written)
    root = written.domains[written.forest]
    if written.flag(root, Flag.DS_HEURISTICS_COLLECTED):
        values = {"dSHeuristics": written.text(root, Text.DS_HEURISTICS)}
        yield TableRows("configuration", "", "nTDSService", [(f"{_SERVICE},{base}", values)])
    named = [
        one
        for one in facts.of_kind(ObjectKind.CONFIGURATION, ObjectKind.CONTAINER).tolist()
        if one in written.names
    ]
    levels = [one for one in named if written.number(one, Number.FUNCTIONAL_LEVEL) is not None]
    yield TableRows(
        "configuration",
        "",
        "crossRefContainer",
        [
            (
                written.names[one],
                {"msDS-Behavior-Version": whole(written.number(one, Number.FUNCTIONAL_LEVEL))},
            )
            for one in levels
        ],
    )
    specifiers = [one for one in named if "CN=DISPLAYSPECIFIERS," in written.names[one].upper()]
    yield TableRows(
        "configuration",
        "",
        "displaySpecifier",
        [
            (written.names[one], {"adminContextMenu": written.text(one, Text.ADMIN_CONTEXT_MENU)})
            for one in specifiers
        ],
    )
    if facts.is_known(Flag.SILO_ENFORCED).any():
        held = np.flatnonzero(facts.is_set(Flag.SILO_ENFORCED)).tolist()
        members = joined(written.names.get(one, "") for one in held)
        row = {"msDS-AuthNPolicySiloEnforced": "1", "msDS-AuthNPolicySiloMembers": members}
        yield TableRows("configuration", "", "authNPolicySilo", [(f"{SILO},{base}", row)])
    sites = [one for one in facts.of_kind(ObjectKind.SITE).tolist() if one in written.names]
    rows = [(written.names[one], {"gPLink": gp_links(written, one)}) for one in sites]
    yield TableRows("configuration", "", "site", rows)
    zones = [
        one
        for one in facts.of_kind(ObjectKind.DNS_ZONE).tolist()
        if one in written.names and _zone_area(written, one) == "DC=FORESTDNSZONES,"
    ]
    yield TableRows("forestdns", "", "dnsZone", [_zone(written, one) for one in zones])


def _controller_tables(written: Written) -> Iterator[TableRows]:
    """A server object for each controller, and its settings when both are said to agree."""
    facts, base = written.facts, _root_base(written)
    known = facts.is_known(Flag.SERVER_OBJECT_CONSISTENT) & facts.is_set(Flag.IS_DC)
    if not known.any():
        return
    servers: list[RowValues] = []
    settings: list[RowValues] = []
    for index in np.flatnonzero(known).tolist():
        dn = f"CN={facts.identifiers[index]},{_SITES},{base}"
        servers.append((dn, {"serverReference": written.names.get(index, "")}))
        if written.flag(index, Flag.SERVER_OBJECT_CONSISTENT):
            is_rodc = written.flag(index, Flag.IS_RODC) or False
            system = written.text(index, Text.OPERATING_SYSTEM)
            level = next((level for name, level in _LEVELS if name in system), _LATEST)
            values = {"msDS-Behavior-Version": str(level), "msDS-isRODC": yes_no(is_rodc)}
            settings.append((f"CN=NTDS Settings,{dn}", values))
    yield TableRows("configuration", "", "server", servers)
    yield TableRows("configuration", "", "nTDSDSA", settings)
