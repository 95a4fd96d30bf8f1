"""A certificate of an authority that does not exist, with the flaw that is wanted.

No key is made: the numbers are digests of the name, and the signature is none. It is the same
certificate each time, which a generated key would not be.
"""

import hashlib

_RSA = bytes.fromhex("06092a864886f70d010101")
_SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_RSA = bytes.fromhex("06092a864886f70d010105")
_COMMON_NAME = bytes.fromhex("0603550403")
_NULL = b"\x05\x00"
UNDECODABLE = b"\x30\x03\x02\x01"
_SIZES = {0: 2048, 1: 512, 3: 1024}


def invented_certificate(name: str, issuer: str, flaw_level: int = 0) -> bytes:
    """The bytes of a certificate.

    Args:
        name, issuer: common names; the same for a root.
        flaw_level: 0 none, 1 very short key, 2 undecodable, 3 short key and SHA-1.
    """
    if flaw_level == 2:
        return UNDECODABLE + name.encode()[:20]
    algorithm = _sequence(_SHA1_RSA if flaw_level == 3 else _SHA256_RSA, _NULL)
    modulus = _digits(name, _SIZES[flaw_level])
    key = _sequence(_integer(modulus), _integer(65537))
    body = _sequence(
        _wrap(0xA0, _integer(2)),
        _integer(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1 | 1),
        algorithm,
        _named(issuer),
        _sequence(_wrap(0x17, b"200101000000Z"), _wrap(0x17, b"400101000000Z")),
        _named(name),
        _sequence(_sequence(_RSA, _NULL), _wrap(0x03, b"\x00" + key)),
    )
    return _sequence(body, algorithm, _wrap(0x03, b"\x00" * 33))


def _digits(name: str, size: int) -> int:
    """An odd number of exactly `size` bits, without the mark of ROCA but by a rare chance."""
    raw = b"".join(
        hashlib.sha256(f"{name} {block}".encode()).digest() for block in range(size // 256)
    )
    return int.from_bytes(raw, "big") | 1 << (size - 1) | 1


def _named(name: str) -> bytes:
    text = _wrap(0x0C, name.encode()[:64])
    return _sequence(_wrap(0x31, _sequence(_COMMON_NAME, text)))


def _integer(value: int) -> bytes:
    return _wrap(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _sequence(*parts: bytes) -> bytes:
    return _wrap(0x30, b"".join(parts))


def _wrap(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
