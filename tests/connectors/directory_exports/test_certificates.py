"""A certificate is judged by its key and its signature; what cannot be decoded is a flaw."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.directory_exports.certificates import (
    chain_of,
    is_roca,
    read_certificate,
)
from hygie.connectors.directory_exports.invented_certificates import invented_certificate

_SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_RSA = bytes.fromhex("06092a864886f70d010105")
_MD5_RSA = bytes.fromhex("06092a864886f70d010104")
_Key = rsa.RSAPrivateKey | dsa.DSAPrivateKey | ec.EllipticCurvePrivateKey


def _der(key: _Key) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "AC de l'hôpital")])
    since = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(7)
    builder = builder.public_key(key.public_key()).not_valid_before(since)
    return (
        builder.not_valid_after(since + timedelta(days=900))
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


@pytest.fixture(scope="module")
def sound() -> bytes:
    return _der(rsa.generate_private_key(65537, 2048))


def test_a_sound_certificate_has_no_flaw(sound: bytes) -> None:
    assert read_certificate(sound).flaw_level == 0
    assert read_certificate(_der(ec.generate_private_key(ec.SECP256R1()))).flaws == ()


def test_old_hashes_fail_level_three(sound: bytes) -> None:
    for algorithm, name in ((_SHA1_RSA, "sha1"), (_MD5_RSA, "md5")):
        found = read_certificate(sound.replace(_SHA256_RSA, algorithm))
        assert (found.flaw_level, found.flaws) == (3, (name,))


def test_keys_are_judged_by_their_kind_length_and_exponent() -> None:
    old = dsa.generate_private_key(1024)  # noqa: S505 - what the point looks for
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505
    assert read_certificate(_der(old)).flaws == ("dsa",)
    assert read_certificate(_der(short)).flaws == ("rsa_short",)
    small = read_certificate(_der(rsa.generate_private_key(3, 2048)))
    assert (small.flaw_level, small.flaws) == (3, ("exponent",))


def test_a_key_too_weak_for_the_library_is_still_read() -> None:
    found = read_certificate(invented_certificate("a", "a", 1))
    assert (found.flaw_level, found.flaws) == (1, ("rsa_very_short",))


def test_what_cannot_be_decoded_fails_level_two() -> None:
    for data in (b"", b"\x30\x03abc", b"x" * 70_000, invented_certificate("a", "b", 2)):
        assert read_certificate(data).flaw_level == 2


@given(st.binary(max_size=300))
def test_any_bytes_are_judged(data: bytes) -> None:
    good = invented_certificate("a", "b")
    for der in (data, good[:80] + data, good.replace(b"\x05\x00", data[:2])):
        assert read_certificate(der).flaw_level in (0, 1, 2, 3)


def test_the_mark_of_roca_is_known_by_powers_of_its_generator() -> None:
    primes = (11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
    product = 1
    for prime in primes:
        product *= prime
    marked = pow(65537, 1234, product) + product * 987654321
    assert is_roca(marked)
    assert not is_roca(marked + 2)
    assert not is_roca(rsa.generate_private_key(65537, 2048).public_key().public_numbers().n)


def test_a_chain_follows_the_issuers_and_ends() -> None:
    readings = {
        one.thumbprint: one
        for one in (
            read_certificate(invented_certificate("service", "root")),
            read_certificate(invented_certificate("root", "root")),
            read_certificate(invented_certificate("loop a", "loop b")),
            read_certificate(invented_certificate("loop b", "loop a")),
        )
    }
    service, root, loop_a, loop_b = readings
    assert chain_of(service, readings) == (service, root)
    assert chain_of(root, readings) == (root,)
    assert chain_of(loop_a, readings) == (loop_a, loop_b)
    assert chain_of("unknown", readings) == ("unknown",)
