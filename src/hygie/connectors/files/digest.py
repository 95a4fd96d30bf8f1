"""What is the SHA-256 of a file, whatever its size?"""

import hashlib
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1024 * 1024


def sha256_of_stream(stream: BinaryIO) -> str:
    """Digest a binary stream from where it stands, one mebibyte at a time.

    Args:
        stream: readable binary stream.

    Returns:
        64 lowercase hexadecimal digits.
    """
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Digest a file; see `sha256_of_stream`."""
    with path.open("rb") as stream:
        return sha256_of_stream(stream)
