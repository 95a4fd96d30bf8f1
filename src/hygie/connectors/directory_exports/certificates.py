"""How weak is a certificate of a certification authority, in the levels of the ANSSI checklist?

Source: ANSSI checklist, `certificates_vuln`; ROCA, Nemec et al., CCS 2017 (§5.1, the fingerprint).
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, rsa

LARGEST_CERTIFICATE = 64 * 1024
_RSA = bytes.fromhex("06092a864886f70d010101")  # rsaEncryption, as its identifier is written
_DSA = bytes.fromhex("06072a8648ce380401")
_WEAK_HASHES = frozenset({"md2", "md4", "md5", "sha1"})
# Signature algorithms that the library does not name: RSA with MD2 and MD4, and the old forms.
_WEAK_SIGNATURES = {
    "1.2.840.113549.1.1.2": "md2",
    "1.2.840.113549.1.1.3": "md4",
    "1.2.840.113549.1.1.4": "md5",
    "1.2.840.113549.1.1.5": "sha1",
    "1.3.14.3.2.3": "md5",
    "1.3.14.3.2.15": "sha1",
    "1.3.14.3.2.29": "sha1",
    "1.2.840.10040.4.3": "sha1",
    "1.2.840.10045.4.1": "sha1",
}
_GENERATOR = 65537
_ROCA_PRIMES = (11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)


@dataclass(frozen=True, slots=True)
class CertificateReading:
    """What a certificate says of itself.

    Attributes:
        thumbprint: SHA-1 of its bytes, upper case, as Windows names certificates.
        subject, issuer: encoded names, empty when undecodable.
        flaw_level: 0 none, else the gravest level of the checklist that it fails.
        flaws: the reasons, gravest first (`rsa_short`, `roca`, `undecodable`…).
    """

    thumbprint: str
    subject: bytes
    issuer: bytes
    flaw_level: int
    flaws: tuple[str, ...]


def read_certificate(der: bytes) -> CertificateReading:
    """Read one certificate; never fails: what cannot be decoded is a flaw of its own.

    Args:
        der: its bytes.

    Cost: below a millisecond.
    """
    thumbprint = _sha1(der)
    if len(der) > LARGEST_CERTIFICATE:
        return CertificateReading(thumbprint, b"", b"", 2, ("undecodable",))
    try:
        certificate = x509.load_der_x509_certificate(der)
        subject, issuer = certificate.subject.public_bytes(), certificate.issuer.public_bytes()
    except (ValueError, TypeError):
        return CertificateReading(thumbprint, b"", b"", 2, ("undecodable",))
    found = sorted([*_key_flaws(certificate), *_signature_flaws(certificate)])
    return CertificateReading(
        thumbprint,
        subject,
        issuer,
        min((level for level, _ in found), default=0),
        tuple(name for _, name in found),
    )


def _sha1(data: bytes) -> str:
    digest = hashes.Hash(hashes.SHA1())  # noqa: S303 - an identifier of Windows, not a protection
    digest.update(data)
    return digest.finalize().hex().upper()


def _key_flaws(certificate: x509.Certificate) -> list[tuple[int, str]]:
    try:
        key = certificate.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # A key too weak for the library, or one that it does not know: the first is read here.
        numbers = _rsa_numbers(certificate.tbs_certificate_bytes)
        if numbers is not None:
            return _rsa_flaws(*numbers)
        is_dsa = _DSA in certificate.tbs_certificate_bytes
        return [(1, "dsa")] if is_dsa else [(2, "undecodable")]
    if isinstance(key, dsa.DSAPublicKey):
        return [(1, "dsa")]
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers().n, key.public_numbers().e
        return _rsa_flaws(*numbers)
    return []


def _rsa_flaws(modulus: int, exponent: int) -> list[tuple[int, str]]:
    found = []
    size = modulus.bit_length()
    if size < 1024:
        found.append((1, "rsa_very_short"))
    elif size < 2048:
        found.append((3, "rsa_short"))
    if is_roca(modulus):
        found.append((1, "roca"))
    if exponent < _GENERATOR:
        found.append((3, "exponent"))
    return found


def is_roca(modulus: int) -> bool:
    """Whether a modulus bears the mark of the generator of the ROCA flaw (CVE-2017-15361).

    It does when, modulo each small prime, it is a power of 65537: chance does that to one honest
    modulus in some 10^8.
    """
    return all(modulus % prime in _powers(prime) for prime in _ROCA_PRIMES)


def _powers(prime: int) -> set[int]:
    found, value = set(), 1
    while value not in found:
        found.add(value)
        value = value * _GENERATOR % prime
    return found


def _signature_flaws(certificate: x509.Certificate) -> list[tuple[int, str]]:
    name = _WEAK_SIGNATURES.get(certificate.signature_algorithm_oid.dotted_string, "")
    if not name:
        try:
            algorithm = certificate.signature_hash_algorithm
        except UnsupportedAlgorithm:
            return []
        name = algorithm.name if algorithm is not None else ""
    return [(3, name)] if name in _WEAK_HASHES else []


def _rsa_numbers(body: bytes) -> tuple[int, int] | None:
    """Modulus and exponent of an RSA key, found behind the identifier of its algorithm."""
    at = body.find(_RSA)
    while at >= 0:
        # NULL parameters, then BIT STRING { SEQUENCE { INTEGER, INTEGER } }
        rest = body[at + len(_RSA) :].removeprefix(b"\x05\x00")
        inside = _content(rest, 0x03)
        numbers = _content(inside[1:], 0x30) if inside else b""
        modulus = _content(numbers, 0x02)
        if modulus:
            exponent = _content(numbers[_length(numbers) :], 0x02)
            return int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")
        at = body.find(_RSA, at + 1)
    return None


def _content(data: bytes, tag: int) -> bytes:
    """Content of the element that bytes begin with, empty when it has another tag."""
    if len(data) < 2 or data[0] != tag:
        return b""
    start, size = _header(data)
    return data[start : start + size]


def _length(data: bytes) -> int:
    start, size = _header(data)
    return start + size


def _header(data: bytes) -> tuple[int, int]:
    if data[1] < 0x80:
        return 2, data[1]
    count = data[1] & 0x7F
    return 2 + count, int.from_bytes(data[2 : 2 + count], "big") if count <= 4 else 0


def chain_of(thumbprint: str, known: dict[str, CertificateReading]) -> tuple[str, ...]:
    """A certificate and those above it, as far as they are known, by the names they bear.

    Signatures are not verified: several certificates of one name (a renewal) may stand for one
    another, which changes nothing of who is trusted here.
    """
    by_subject = {one.subject: one for one in known.values() if one.subject}
    chain, current = [thumbprint], known.get(thumbprint)
    while current is not None and current.issuer != current.subject:
        current = by_subject.get(current.issuer)
        if current is None or current.thumbprint in chain:
            break
        chain.append(current.thumbprint)
    return tuple(chain)
