"""Which certificate templates and certification authorities are there?

Source: MS-CRTD (attributes of templates), MS-WCCE, MS-ADLS.
"""

from hygie.connectors.directory_exports.certificates import (
    CertificateReading,
    chain_of,
    read_certificate,
)
from hygie.connectors.directory_exports.oradad_capture import Capture
from hygie.connectors.directory_exports.oradad_tables import Row, Table
from hygie.connectors.directory_exports.oradad_values import (
    binaries_of,
    first_value,
    values_of,
)
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

# Bits of msPKI-Certificate-Name-Flag and msPKI-Enrollment-Flag.
_NAME_FLAGS = {
    0x1: Flag.SUBJECT_SUPPLIED,
    0x400000: Flag.SUBJECT_ALT_DOMAIN_DNS,
    0x800000: Flag.SUBJECT_ALT_SPN,
    0x2000000: Flag.SUBJECT_ALT_UPN,
    0x4000000: Flag.SUBJECT_ALT_EMAIL,
    0x8000000: Flag.SUBJECT_ALT_DNS,
}
_ENROLLMENT_FLAGS = {0x2: Flag.MANAGER_APPROVAL, 0x80000: Flag.NO_SECURITY_EXTENSION}
_ANY_PURPOSE = "2.5.29.37.0"
_TLS_CLIENT = "1.3.6.1.5.5.7.3.2"
_LOGON_USES = frozenset({_ANY_PURPOSE, _TLS_CLIENT, "1.3.6.1.5.2.3.4", "1.3.6.1.4.1.311.20.2.2"})
_FOR_DOMAIN = {
    ObjectKind.ENTERPRISE_CA: EdgeKind.ENTERPRISE_CA_FOR,
    ObjectKind.ROOT_CA: EdgeKind.ROOT_CA_FOR,
    ObjectKind.NT_AUTH_STORE: EdgeKind.NT_AUTH_STORE_FOR,
}


def read_templates(capture: Capture) -> dict[str, int]:
    """Read the templates.

    Returns:
        Their indices by name, upper case.
    """
    names: dict[str, int] = {}
    for table, row, index in capture.described(capture.tables.named("pkicertificatetemplate")):
        capture.counts["templates"] += 1
        names[(row["cn"] or first_value(row["dn"])).upper()] = index
        _template(capture, table, row, index)
    return names


def _template(capture: Capture, table: Table, row: Row, index: int) -> None:
    builder = capture.builder
    for column, flags in (
        ("mspki-certificate-name-flag", _NAME_FLAGS),
        ("mspki-enrollment-flag", _ENROLLMENT_FLAGS),
    ):
        bits = capture.integer(table, row, column)
        if bits is not None:
            for bit, flag in flags.items():
                builder.flag(index, flag, value=bool(bits & bit))
    schema = capture.state_number(
        table, row, "mspki-template-schema-version", index, Number.TEMPLATE_SCHEMA, empty=1
    )
    capture.state_number(
        table, row, "mspki-ra-signature", index, Number.AUTHORIZED_SIGNATURES, empty=0
    )
    # Version 1 has no application policies: its own list of uses is the one that counts.
    column = "mspki-certificate-application-policy" if (schema or 1) > 1 else "pkiextendedkeyusage"
    if row.has(column):
        uses = values_of(row[column])
        builder.text(index, Text.EKU, tuple(uses))
        builder.flag(
            index,
            Flag.AUTHENTICATION_ENABLED,
            value=not uses or not _LOGON_USES.isdisjoint(uses),
        )
        builder.flag(
            index,
            Flag.SCHANNEL_AUTHENTICATION,
            value=not uses or _ANY_PURPOSE in uses or _TLS_CLIENT in uses,
        )
    policies = _application_policies(row["mspki-ra-application-policies"])
    builder.text(index, Text.APPLICATION_POLICY, policies)
    builder.text(index, Text.ISSUANCE_POLICY, tuple(values_of(row["mspki-certificate-policy"])))


def _application_policies(text: str) -> tuple[str, ...]:
    """Identifiers, either alone or after the name of the attribute, between back quotes."""
    if "`" not in text:
        return tuple(values_of(text))
    _before, found, after = text.partition("msPKI-RA-Application-Policies`")
    fields = after.split("`")
    return tuple(value for value in fields[1].split(",") if value) if found and fields[1:] else ()


def read_authorities(capture: Capture, templates: dict[str, int]) -> None:
    """Read the authorities of every kind, with their certificates.

    Args:
        templates: indices by name, upper case.
    """
    known: dict[str, CertificateReading] = {}
    held: dict[int, list[CertificateReading]] = {}
    for request in ("certificationauthority", "pkienrollmentservice"):
        for _, row, index in capture.described(capture.tables.named(request)):
            capture.counts["authorities"] += 1
            if row.has("cacertificate"):
                held[index] = _certificates(row["cacertificate"])
                known.update((one.thumbprint, one) for one in held[index])
            _authority(capture, row, index)
            if request == "pkienrollmentservice":
                _enrollment_service(capture, row, index, templates)
    for index, readings in held.items():
        _state_certificates(capture, index, readings, known)


def _certificates(text: str) -> list[CertificateReading]:
    # A value of one zero byte is how an authority is published without a certificate.
    return [
        read_certificate(der if der is not None else b"")
        for der in binaries_of(text)
        if der != b"\0"
    ]


def _authority(capture: Capture, row: Row, index: int) -> None:
    kind = ObjectKind(capture.builder.kind_of(index))
    domain = capture.domains.get(capture.forest, ABSENT)
    if kind in _FOR_DOMAIN and domain != ABSENT:
        capture.builder.edge(index, _FOR_DOMAIN[kind], domain)
    capture.builder.text(index, Text.DNS_NAME, row["dnshostname"])


def _enrollment_service(capture: Capture, row: Row, index: int, templates: dict[str, int]) -> None:
    for name in values_of(row["certificatetemplates"]):
        template = templates.get(name.upper(), ABSENT)
        if template == ABSENT:
            capture.counts["unknown_templates"] += 1
        else:
            capture.builder.edge(template, EdgeKind.PUBLISHED_TO, index)
    host = capture.hosts.get(row["dnshostname"].lower(), ABSENT)
    if row["dnshostname"] and host != ABSENT:
        capture.builder.edge(host, EdgeKind.HOSTS_CA_SERVICE, index)


def _state_certificates(
    capture: Capture,
    index: int,
    readings: list[CertificateReading],
    known: dict[str, CertificateReading],
) -> None:
    builder = capture.builder
    levels = [one.flaw_level for one in readings if one.flaw_level]
    builder.number(index, Number.CERTIFICATE_FLAW_LEVEL, min(levels, default=0))
    flaws = dict.fromkeys(
        flaw for one in sorted(readings, key=lambda one: one.flaw_level) for flaw in one.flaws
    )
    builder.text(index, Text.CERTIFICATE_FLAW, tuple(flaws))
    prints = tuple(one.thumbprint for one in readings)
    if not prints:
        return
    is_store = builder.kind_of(index) == ObjectKind.NT_AUTH_STORE
    builder.text(index, Text.CERT_THUMBPRINT, prints if is_store else prints[0])
    if not is_store:
        builder.text(index, Text.CERT_CHAIN, chain_of(prints[0], known))


def read_issuance_policies(capture: Capture) -> None:
    """Groups linked to issuance policies, in the exports that hold those objects."""
    for table in capture.tables.named("mspki-enterprise-oid"):
        for row in capture.tables.rows(table):
            index, group = capture.find(row["dn"]), capture.find(row["msds-oidtogrouplink"])
            if index != ABSENT and row["msds-oidtogrouplink"] and group != ABSENT:
                capture.builder.edge(index, EdgeKind.OID_GROUP_LINK, group)
