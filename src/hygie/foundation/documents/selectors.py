"""Which bytes does a document hold, and are they still those received?"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hygie.connectors.files.digest import sha256_of
from hygie.foundation.documents.errors import DocumentDamaged
from hygie.foundation.documents.files import documents_root, incoming_root
from hygie.foundation.documents.models import Document

_LONGEST_NAME_BYTES = 240


@dataclass(frozen=True, slots=True)
class Damage:
    """A document whose bytes are gone or changed."""

    document: Document
    is_missing: bool


def document_path(document: Document) -> Path:
    """Where the bytes lie, for readers that need a path.

    Raises:
        DocumentDamaged: the file has disappeared or changed size.
    """
    path = documents_root() / document.path
    if not path.is_file() or path.stat().st_size != document.size:
        raise DocumentDamaged(name=document.name)
    return path


@contextmanager
def document_named(document: Document) -> Iterator[Path]:
    """The bytes under the name their owner knows, for readers that speak of the file by its name.

    Raises:
        DocumentDamaged: the file has disappeared or changed size.
    """
    source = document_path(document)
    with tempfile.TemporaryDirectory(dir=incoming_root(), prefix="named-") as folder:
        shown = Path(folder) / _disk_name(document.name)
        shown.symlink_to(source)
        yield shown


def _disk_name(name: str) -> str:
    """Cut to what a file system takes, extension kept."""
    stem, dot, extension = name.rpartition(".")
    while len(name.encode()) > _LONGEST_NAME_BYTES:
        stem = stem[:-1]
        name = f"{stem}{dot}{extension}"
    return name


def document_open(document: Document) -> BinaryIO:
    """The bytes, to be closed by the caller. The caller has checked the right to read them.

    Raises:
        DocumentDamaged: the file has disappeared or changed size.
    """
    return document_path(document).open("rb")


def document_is_intact(document: Document) -> bool:
    """Whether the bytes still have the hash that was recorded. Cost: O(size)."""
    path = documents_root() / document.path
    return path.is_file() and sha256_of(path) == document.sha256


def documents_damaged() -> Iterator[Damage]:
    """Every document whose bytes are gone or changed; shared bytes are read once."""
    last, is_intact = "", True
    for document in Document.objects.order_by("sha256", "id").iterator(chunk_size=500):
        if document.sha256 != last:
            last, is_intact = document.sha256, document_is_intact(document)
        if not is_intact:
            yield Damage(document, not (documents_root() / document.path).is_file())


def documents_count() -> int:
    """How many documents are kept."""
    return Document.objects.count()
