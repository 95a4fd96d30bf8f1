"""Which rows tell of every object of a partition, with its descriptor and its groups?"""

from collections.abc import Iterator

from hygie.connectors.directory_exports.oradad_written_rights import (
    CARRIED,
    LAPS_GUID,
    descriptor_of,
    entry_of,
)
from hygie.connectors.directory_exports.oradad_written_rows import (
    RowValues,
    TableRows,
    date_text,
    joined,
    whole,
)
from hygie.connectors.directory_exports.oradad_written_services import Added, added_objects
from hygie.connectors.directory_exports.oradad_written_tree import Written
from hygie.engines.directory.vocabulary import (
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
)

_CLASSES = {
    ObjectKind.USER: "top;person;organizationalPerson;user",
    ObjectKind.COMPUTER: "top;person;organizationalPerson;user;computer",
    ObjectKind.GROUP: "top;group",
    ObjectKind.DOMAIN: "top;domain;domainDNS",
    ObjectKind.OU: "top;organizationalUnit",
    ObjectKind.CONTAINER: "top;container",
    ObjectKind.GPO: "top;container;groupPolicyContainer",
    ObjectKind.CERT_TEMPLATE: "top;pKICertificateTemplate",
    ObjectKind.ENTERPRISE_CA: "top;pKIEnrollmentService",
    ObjectKind.ROOT_CA: "top;certificationAuthority",
    ObjectKind.AIA_CA: "top;certificationAuthority",
    ObjectKind.NT_AUTH_STORE: "top;certificationAuthority",
    ObjectKind.ISSUANCE_POLICY: "top;msPKI-Enterprise-Oid",
    ObjectKind.DNS_ZONE: "top;dnsZone",
    ObjectKind.SITE: "top;site",
    ObjectKind.CONFIGURATION: "top;configuration",
}
_MANAGED = {
    True: "top;person;organizationalPerson;user;computer;msDS-ManagedServiceAccount",
    False: "top;person;organizationalPerson;user;computer;msDS-GroupManagedServiceAccount",
}
_FOREST_WIDE = (
    ("CN=SCHEMA,CN=CONFIGURATION,", "schema"),
    ("CN=CONFIGURATION,", "configuration"),
    ("DC=FORESTDNSZONES,", "forestdns"),
)


def object_tables(written: Written) -> Iterator[TableRows]:
    """`top` of each partition, and the attributes of the schema that a forest adds."""
    places: dict[tuple[str, str], list[int]] = {}
    names = {index: name for name, index in written.domains.items()}
    for index, dn in written.names.items():
        if _is_written(written, index):
            dns = names.get(int(written.facts.domain[index]), written.forest)
            places.setdefault(_place(dn, names.get(index, dns)), []).append(index)
    audited = frozenset(names) if _knows_policies(written) else frozenset()
    added: dict[tuple[str, str], list[Added]] = {}
    for one in added_objects(written):
        added.setdefault((one.area, one.dns), []).append(one)
    for place in sorted(places.keys() | added.keys()):
        rows = _top(written, places.get(place, []), added.get(place, []), audited)
        yield TableRows(*place, "top", rows)
    yield TableRows(
        "schema",
        "",
        "attribute",
        [
            (
                "CN=ms-Mcs-AdmPwd,CN=Schema,CN=Configuration",
                {"lDAPDisplayName": "ms-Mcs-AdmPwd", "schemaIDGUID": LAPS_GUID.lower()},
            )
        ],
    )


def _is_written(written: Written, index: int) -> bool:
    kind = ObjectKind(int(written.facts.kind[index]))
    if kind == ObjectKind.DOMAIN:
        return index in written.domains.values()
    return (kind in _CLASSES or kind == ObjectKind.MANAGED_ACCOUNT) and not written.flag(
        index, Flag.DELETED
    )


def _place(dn: str, dns: str) -> tuple[str, str]:
    """Part of the directory, and domain, of an object by its name and its domain."""
    upper = dn.upper()
    for mark, area in _FOREST_WIDE:
        if mark in upper:
            return area, ""
    return ("domaindns" if "DC=DOMAINDNSZONES," in upper else "domain"), dns


def _top(
    written: Written, indices: list[int], added: list[Added], audited: frozenset[int]
) -> Iterator[RowValues]:
    for index in indices:
        yield written.names[index], _object(written, index, index in audited)
    for one in added:
        yield one.dn, one.values


def _object(written: Written, index: int, is_audited: bool) -> dict[str, str]:
    kind = ObjectKind(int(written.facts.kind[index]))
    groups = written.relations.targets(index, EdgeKind.MEMBER_OF)
    classes = (
        _MANAGED[written.flag(index, Flag.MSA) or False]
        if kind == ObjectKind.MANAGED_ACCOUNT
        else _CLASSES[kind]
    )
    revision = (
        None if kind == ObjectKind.DOMAIN else written.number(index, Number.DOMAIN_PREP_REVISION)
    )
    return {
        "objectClass": classes,
        "objectGUID": written.guid(index),
        "whenCreated": date_text(written.instant(index, Instant.CREATED)),
        "nTSecurityDescriptor": _descriptor(written, index, is_audited),
        "memberOf": joined(written.names.get(one, "") for one in groups),
        "revision": whole(revision),
    }


def _descriptor(written: Written, index: int, is_audited: bool) -> str:
    """Empty when the rights were not collected."""
    owner, entries = "", []
    for source, kind, flags in written.relations.towards(index):
        sid = written.sid(source) if kind in CARRIED else ""
        if sid and kind == EdgeKind.OWNS:
            owner = sid
        elif sid:
            entries.append(entry_of(sid, kind, flags))
    collected = written.flag(index, Flag.ACES_COLLECTED)
    if not collected and not entries and not owner:
        return ""
    if written.flag(index, Flag.OWNER_RIGHTS_ACE):
        entries.append("(A;;RC;;;OW)")
    return descriptor_of(
        owner,
        entries,
        is_protected=written.flag(index, Flag.ACL_PROTECTED) or False,
        is_audited=is_audited,
    )


def _knows_policies(written: Written) -> bool:
    """Whether it is known of some account that no policy of its own applies."""
    values = written.facts.numbers.get(Number.POLICY_MIN_LENGTH)
    return values is not None and bool((values == 0).any())
