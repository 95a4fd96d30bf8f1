"""Which rows tell of certificate templates and of certification authorities?"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from hygie.connectors.directory_exports.invented_certificates import invented_certificate
from hygie.connectors.directory_exports.oradad_written_rows import RowValues, TableRows, whole
from hygie.connectors.directory_exports.oradad_written_tree import Written
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

_NAME_FLAGS = {
    Flag.SUBJECT_SUPPLIED: 0x1,
    Flag.SUBJECT_ALT_DOMAIN_DNS: 0x400000,
    Flag.SUBJECT_ALT_SPN: 0x800000,
    Flag.SUBJECT_ALT_UPN: 0x2000000,
    Flag.SUBJECT_ALT_EMAIL: 0x4000000,
    Flag.SUBJECT_ALT_DNS: 0x8000000,
}
_ENROLLMENT_FLAGS = {Flag.MANAGER_APPROVAL: 0x2, Flag.NO_SECURITY_EXTENSION: 0x80000}
_TLS_SERVER, _PKINIT, _TLS_CLIENT = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.2.3.4", "1.3.6.1.5.5.7.3.2"


def pki_tables(written: Written) -> Iterator[TableRows]:
    """Templates, enrolment services, and the other authorities."""
    templates = _of(written, ObjectKind.CERT_TEMPLATE)
    rows = [_template(written, one) for one in templates]
    yield TableRows("configuration", "", "pKICertificateTemplate", rows)
    certificates = _Certificates(written)
    certificates.learn(
        _of(
            written,
            ObjectKind.ENTERPRISE_CA,
            ObjectKind.ROOT_CA,
            ObjectKind.AIA_CA,
            ObjectKind.NT_AUTH_STORE,
        )
    )
    services = _of(written, ObjectKind.ENTERPRISE_CA)
    yield TableRows(
        "configuration",
        "",
        "pKIEnrollmentService",
        [_service(written, one, certificates) for one in services],
    )
    others = _of(written, ObjectKind.ROOT_CA, ObjectKind.AIA_CA, ObjectKind.NT_AUTH_STORE)
    yield TableRows(
        "configuration",
        "",
        "certificationauthority",
        [(written.names[one], {"cACertificate": certificates.of(one)}) for one in others],
    )


def _of(written: Written, *kinds: ObjectKind) -> list[int]:
    return [one for one in written.facts.of_kind(*kinds).tolist() if one in written.names]


def template_name(written: Written, index: int) -> str:
    """Name of a template, as authorities list it."""
    return written.names[index].partition(",")[0].partition("=")[2]


def _template(written: Written, index: int) -> RowValues:
    uses = _uses(written, index)
    return written.names[index], {
        "cn": template_name(written, index),
        "msPKI-Certificate-Name-Flag": _bits(written, index, _NAME_FLAGS),
        "msPKI-Enrollment-Flag": _bits(written, index, _ENROLLMENT_FLAGS),
        "msPKI-RA-Signature": whole(written.number(index, Number.AUTHORIZED_SIGNATURES)),
        "msPKI-Template-Schema-Version": whole(written.number(index, Number.TEMPLATE_SCHEMA)),
        "pKIExtendedKeyUsage": uses,
        "msPKI-Certificate-Application-Policy": uses,
        "msPKI-RA-Application-Policies": written.text(index, Text.APPLICATION_POLICY),
        "msPKI-Certificate-Policy": written.text(index, Text.ISSUANCE_POLICY),
    }


def _bits(written: Written, index: int, flags: dict[Flag, int]) -> str:
    values = {bit: written.flag(index, flag) for flag, bit in flags.items()}
    if all(value is None for value in values.values()):
        return ""
    return str(sum(bit for bit, value in values.items() if value))


def _uses(written: Written, index: int) -> str:
    """The uses told, else some that say the same of logging on."""
    told = written.text(index, Text.EKU)
    logs_on = written.flag(index, Flag.AUTHENTICATION_ENABLED)
    if told or logs_on is None:
        return told
    if not logs_on:
        return _TLS_SERVER
    return _PKINIT if written.flag(index, Flag.SCHANNEL_AUTHENTICATION) is False else _TLS_CLIENT


def _service(written: Written, index: int, certificates: "_Certificates") -> RowValues:
    hosts = written.relations.sources(index, EdgeKind.HOSTS_CA_SERVICE)
    host = written.text(index, Text.DNS_NAME) or (
        written.facts.names[hosts[0]].lower() if hosts else ""
    )
    published = written.relations.sources(index, EdgeKind.PUBLISHED_TO)
    return written.names[index], {
        "dNSHostName": host,
        "certificateTemplates": ";".join(
            template_name(written, one) for one in published if one in written.names
        ),
        "cACertificate": certificates.of(index),
    }


@dataclass(slots=True)
class _Certificates:
    """A certificate for each thumbprint of the facts: who holds which one stays the same."""

    written: Written
    flaws: dict[str, int] = field(default_factory=dict)
    issuers: dict[str, str] = field(default_factory=dict)

    def learn(self, authorities: list[int]) -> None:
        """Look at every authority before any certificate is made."""
        for index in authorities:
            prints = self._prints(index)
            level = self.written.number(index, Number.CERTIFICATE_FLAW_LEVEL) or 0
            for one in prints:
                if level and (not self.flaws.get(one) or level < self.flaws[one]):
                    self.flaws[one] = level
            chain = self.written.facts.texts.get(Text.CERT_CHAIN, {}).get(index, ())
            if not isinstance(chain, str):
                self.issuers.update(itertools.pairwise(chain))

    def of(self, index: int) -> str:
        """Certificates of one authority, in hexadecimal."""
        return ";".join(
            invented_certificate(one, self.issuers.get(one, one), self.flaws.get(one, 0)).hex()
            for one in self._prints(index)
        )

    def _prints(self, index: int) -> tuple[str, ...]:
        told = self.written.facts.texts.get(Text.CERT_THUMBPRINT, {}).get(index, ())
        prints = (told,) if isinstance(told, str) else told
        level = self.written.number(index, Number.CERTIFICATE_FLAW_LEVEL)
        if not prints and level is not None:
            return (self.written.facts.identifiers[index],) if level else ()
        return prints
