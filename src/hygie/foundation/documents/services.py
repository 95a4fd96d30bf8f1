"""How are received bytes kept: measured, recognised, named by their hash, swept when forgotten?"""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from hygie.connectors.files.archive import check_archive
from hygie.connectors.files.limits import Limits
from hygie.connectors.files.names import clean_file_name
from hygie.connectors.files.sniff import FileType, check_type, named_by_content
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, refusal
from hygie.foundation.batches import batches
from hygie.foundation.documents.errors import FileNotAccepted
from hygie.foundation.documents.files import (
    CHUNK,
    documents_root,
    incoming_root,
    move_in,
    path_of_digest,
)
from hygie.foundation.documents.media import ARCHIVES, MAY_NEST, MEDIA_TYPES, UNKNOWN_MEDIA
from hygie.foundation.documents.models import Document
from hygie.foundation.journal.types import Actor

# Bytes without a row are swept only once this old: a store may be about to commit its row.
ORPHAN_AGE_S = 24 * 3600


class ByteSource(Protocol):
    """An open file, or an upload of Django."""

    def read(self, size: int = -1, /) -> bytes: ...


def document_store(
    *,
    stream: ByteSource,
    name: str,
    allowed: Collection[FileType],
    actor: Actor,
    limits: Limits | None = None,
) -> Document:
    """Keep a file: bytes once per content, one row per reception.

    Args:
        stream: bytes, read from where it stands, one mebibyte at a time.
        name: name given by the user; cleaned, and completed by the extension of the content when
            its own claims something else.
        allowed: types accepted, going by the content.
        actor: who brings it.
        limits: bounds of the archive, for kinds whose members are larger than those of offices.

    Returns:
        The document; identical bytes received before are shared.

    Raises:
        FileNotAccepted: empty, too large, of another type, damaged or dangerous archive.

    Cost: O(size) disk, 1 MiB of memory.
    """
    shown = clean_file_name(name)
    handle, raw = tempfile.mkstemp(dir=incoming_root(), prefix="document-")
    incoming = Path(raw)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = _copy(stream, target, shown, limits)
        kind = _recognise(incoming, shown, allowed, limits)
        relative = path_of_digest(sha256)
        move_in(incoming, relative)
    except FileRefused as refused:
        raise FileNotAccepted(refused.message) from refused
    finally:
        incoming.unlink(missing_ok=True)
    return Document.objects.create(
        sha256=sha256,
        size=size,
        name=named_by_content(shown, kind),
        media_type=MEDIA_TYPES.get(kind, UNKNOWN_MEDIA),
        path=relative,
        stored_by_id=actor.user_id,
    )


def _copy(
    stream: ByteSource, target: BinaryIO, name: str, limits: Limits | None
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    limit = limits.max_bytes if limits else settings.UPLOAD_MAX_BYTES
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise refusal(MessageCode.FILE_TOO_LARGE, file=name, size=size, limit=limit)
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _recognise(
    path: Path, name: str, allowed: Collection[FileType], limits: Limits | None
) -> FileType:
    limits = limits or Limits(max_bytes=settings.UPLOAD_MAX_BYTES)
    kind, _warnings = check_type(path, allowed, file_name=name, limits=limits)
    if kind in ARCHIVES:
        check_archive(path, limits, file_name=name, nested=kind in MAY_NEST)
    return kind


def document_discard(document: Document) -> bool:
    """Forget a document that nothing refers to any more; its bytes leave with the next sweep.

    Returns:
        False when something still refers to it: it stays.
    """
    try:
        with transaction.atomic():
            document.delete()
    except ProtectedError:
        return False
    return True


def document_erase(document: Document) -> bool:
    """Forget a document and remove its bytes from disk with the commit, not with the next sweep.

    For what must not lie about. Bytes that another document shares stay. Whoever receives the very
    same bytes at that instant is told that they are damaged, and sends them again.

    Returns:
        False when something still refers to it: it stays.
    """
    sha256, path = document.sha256, documents_root() / document.path
    if not document_discard(document):
        return False

    def remove() -> None:
        if not Document.objects.filter(sha256=sha256).exists():
            path.unlink(missing_ok=True)

    transaction.on_commit(remove)
    return True


def documents_sweep() -> int:
    """Remove from disk the bytes that no document owns, and uploads left half-way.

    Returns:
        Number of files removed.

    Cost: one query for 500 files.
    """
    oldest = timezone.now().timestamp() - ORPHAN_AGE_S
    removed = 0
    for batch in batches(_old_files(documents_root(), oldest), 500):
        wanted = set(
            Document.objects.filter(sha256__in=[path.name for path in batch])
            .values_list("sha256", flat=True)
            .distinct()
        )
        removed += sum(_removed(path) for path in batch if path.name not in wanted)
    return removed + sum(_removed(path) for path in _old_files(incoming_root(), oldest))


def _old_files(folder: Path, oldest: float) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime < oldest:
            yield path


def _removed(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True
