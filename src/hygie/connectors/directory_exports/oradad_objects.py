"""Which objects are in every part of the directory, under which one, and who may do what on them?

`top.tsv` holds every object of a partition, with its descriptor.
"""

from array import array

from hygie.connectors.directory_exports.descriptors import SddlError
from hygie.connectors.directory_exports.oradad_capture import Capture
from hygie.connectors.directory_exports.oradad_tables import Row, Table
from hygie.connectors.directory_exports.oradad_values import (
    first_value,
    instant_of,
    parent_of,
    values_of,
)
from hygie.connectors.directory_exports.schema_guids import CLASSES, LAPS_ATTRIBUTES
from hygie.connectors.directory_exports.sids import identifier_of
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Severity
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind

AREAS = ("domain", "configuration", "schema", "domaindns", "forestdns", "application")

# The first of these that objectClass names.
_KINDS = (
    ("PKICERTIFICATETEMPLATE", ObjectKind.CERT_TEMPLATE),
    ("PKIENROLLMENTSERVICE", ObjectKind.ENTERPRISE_CA),
    ("MSPKI-ENTERPRISE-OID", ObjectKind.ISSUANCE_POLICY),
    ("GROUPPOLICYCONTAINER", ObjectKind.GPO),
    ("DNSZONE", ObjectKind.DNS_ZONE),
    ("SITE", ObjectKind.SITE),
    ("ORGANIZATIONALUNIT", ObjectKind.OU),
    ("BUILTINDOMAIN", ObjectKind.CONTAINER),
    ("CONTAINER", ObjectKind.CONTAINER),
)
_NAMED_IN_DOMAIN = frozenset({ObjectKind.OU, ObjectKind.CONTAINER, ObjectKind.GPO})
# Records of the DNS: many, and no rule looks at them.
_LEFT_OUT = frozenset({"DNSNODE"})
_GUID_LENGTH = 36
_BUILTIN_SID = "S-1-5-32"


def read_laps_attributes(capture: Capture) -> None:
    """Which attributes of this forest hold the passwords of LAPS: their GUIDs are its own."""
    found = set()
    for table in capture.tables.of("schema", "attribute"):
        for row in capture.tables.rows(table):
            if row["ldapdisplayname"].upper() in LAPS_ATTRIBUTES and row["schemaidguid"]:
                found.add(_guid(row["schemaidguid"]))
    capture.descriptors.laps_guids = frozenset(found)


def _guid(text: str) -> str:
    """A GUID, upper case, from its text or from its bytes in hexadecimal."""
    if len(text) == 32 and "-" not in text:
        try:
            raw = bytes.fromhex(text)
        except ValueError:
            return text.upper()
        parts = (raw[3::-1], raw[5:3:-1], raw[7:5:-1], raw[8:10], raw[10:])
        return "-".join(part.hex() for part in parts).upper()
    return text.strip("{}").upper()


def read_objects(capture: Capture) -> None:
    """Read every `top.tsv`; accounts were read before, their rows here complete them."""
    children, parents = array("i"), array("q")
    for area in AREAS:
        for table in capture.tables.of(area, "top"):
            for row in capture.tables.rows(table):
                index = _object(capture, table, row)
                if index != ABSENT:
                    children.append(index)
                    parents.append(hash(parent_of(row["dn"]).upper()))
    for child, parent_key in zip(children, parents, strict=True):
        parent = capture.find_key(parent_key)
        if parent != ABSENT and parent != child:
            capture.builder.edge(parent, EdgeKind.CONTAINS, child)


def _object(capture: Capture, table: Table, row: Row) -> int:
    """One row; gives the index of an object that has a parent, else `ABSENT`."""
    dn, classes = row["dn"], row["objectclass"].upper().split(";")
    if not dn or row["isdeleted"] in ("1", "TRUE"):
        capture.counts["deleted"] += 1
        return ABSENT
    if not _LEFT_OUT.isdisjoint(classes):
        capture.counts["dns_records"] += 1
        return ABSENT
    capture.counts["objects"] += 1
    index, realm = capture.find(dn), capture.realm(table, dn)
    is_root = index != ABSENT and index == capture.domain(realm)
    if index == ABSENT:
        index = _new_object(capture, table, row, classes)
        if index == ABSENT:
            return ABSENT
    kind = ObjectKind(capture.builder.kind_of(index))
    if row["whencreated"]:
        capture.state_instant(table, row, "whencreated", index, Instant.CREATED)
    _descriptor(capture, table, row, index, kind, classes)
    _back_links(capture, row, index)
    if "MSDS-PASSWORDSETTINGS" in classes:
        capture.changed_on[dn.upper()] = instant_of(row["whenchanged"]) or 0
    if dn.upper().startswith("CN=ACTIVEDIRECTORYUPDATE,CN=DOMAINUPDATES,"):
        _preparation(capture, table, row, index)
    return ABSENT if is_root else index


def _new_object(capture: Capture, table: Table, row: Row, classes: list[str]) -> int:
    """An object without a SID: known by its GUID."""
    dn, identifier = row["dn"], _guid(row["objectguid"])
    realm = capture.realm(table, dn)
    if "BUILTINDOMAIN" in classes:
        # The same SID in every domain, which the table does not repeat.
        identifier = identifier_of(_BUILTIN_SID, realm.name, realm.forest_name)
    elif len(identifier) != _GUID_LENGTH:
        capture.tables.note(
            Severity.ERROR,
            MessageCode.ORADAD_NO_IDENTIFIER,
            table,
            row=row.line,
            column="objectGUID",
            value=dn,
        )
        return ABSENT
    kind = _kind(dn.upper(), classes)
    name = first_value(dn)
    if kind in _NAMED_IN_DOMAIN or kind >= ObjectKind.CERT_TEMPLATE:
        name = f"{name}@{realm.name}"
    index = capture.builder.intern(identifier)
    capture.builder.describe(index, kind, name.upper(), capture.domain(realm))
    capture.bind(dn, index)
    if kind == ObjectKind.GPO:
        capture.group_policies[index] = identifier
    return index


def _kind(dn: str, classes: list[str]) -> ObjectKind:
    if "CERTIFICATIONAUTHORITY" in classes:
        return _authority_kind(dn)
    for name, kind in _KINDS:
        if name in classes:
            return kind
    return ObjectKind.CONFIGURATION


def _authority_kind(dn: str) -> ObjectKind:
    """The role of a certification authority is said by the container it is in."""
    if dn.startswith("CN=NTAUTHCERTIFICATES,"):
        return ObjectKind.NT_AUTH_STORE
    above = parent_of(dn)
    if above.startswith("CN=CERTIFICATION AUTHORITIES,"):
        return ObjectKind.ROOT_CA
    return ObjectKind.AIA_CA if above.startswith("CN=AIA,") else ObjectKind.CONFIGURATION


def _descriptor(
    capture: Capture, table: Table, row: Row, index: int, kind: ObjectKind, classes: list[str]
) -> None:
    if not row.has("ntsecuritydescriptor"):
        return
    text = row["ntsecuritydescriptor"]
    if not text:
        capture.counts["without_descriptor"] += 1
        capture.builder.flag(index, Flag.ACES_COLLECTED, value=False)
        return
    realm = capture.realm(table, row["dn"])
    try:
        capture.descriptors.state(index, text, kind, CLASSES.get(classes[-1], ""), realm)
    except SddlError as error:
        capture.builder.flag(index, Flag.ACES_COLLECTED, value=False)
        capture.tables.note(
            Severity.ERROR,
            MessageCode.DESCRIPTOR_UNREADABLE,
            table,
            row=row.line,
            column="nTSecurityDescriptor",
            problem=str(error),
        )


def _back_links(capture: Capture, row: Row, index: int) -> None:
    """The groups of an object as it names them itself: what a cut list of members has lost."""
    for dn in values_of(row["memberof"]):
        group = capture.find(dn)
        if group != ABSENT:
            capture.members_told[group] += 1
            capture.builder.edge(index, EdgeKind.MEMBER_OF, group)


def _preparation(capture: Capture, table: Table, row: Row, index: int) -> None:
    """The revision of the last preparation of the domain."""
    realm = capture.realm(table, row["dn"])
    revision = capture.state_number(table, row, "revision", index, Number.DOMAIN_PREP_REVISION)
    domain = capture.domain(realm)
    if revision is not None and domain != ABSENT:
        capture.builder.number(domain, Number.DOMAIN_PREP_REVISION, revision)
