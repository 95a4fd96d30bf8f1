"""How does an audit begin, and how does it end without an answer?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from hygie.connectors.directory_exports.limits import EXPORT_FILES
from hygie.connectors.files.sniff import FileType
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.services import ByteSource, document_erase, document_store
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.foundation.journal.services import journal_write
from hygie.operations.directory.choices import AuditState, ForestPurpose
from hygie.operations.directory.errors import NothingToAudit
from hygie.operations.directory.models import AuditExport, DirectoryAudit
from hygie.operations.directory.policies import may_audit
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter

ACCEPTED = frozenset({FileType.ZIP, FileType.JSON, FileType.XML, FileType.YAML, FileType.CSV,
                      FileType.TEXT})  # fmt: skip

# Received through a page, an archive is decompressed once to be checked: a bomb must end early.
_RATIO = 20


def exports_receive(
    *, perimeter: Perimeter, organisation_id: int, files: Iterable[tuple[ByteSource, str]]
) -> list[Document]:
    """Keep the files brought for an audit.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        NothingToAudit: no file. FileNotAccepted: the first that cannot be kept.
    """
    _place(perimeter, organisation_id)
    limits = replace(
        EXPORT_FILES,
        max_bytes=settings.UPLOAD_MAX_BYTES,
        max_uncompressed_bytes=_RATIO * settings.UPLOAD_MAX_BYTES,
    )
    documents = [
        document_store(
            stream=stream, name=name, allowed=ACCEPTED, actor=perimeter.actor, limits=limits
        )
        for stream, name in files
    ]
    if not documents:
        raise NothingToAudit
    return documents


@transaction.atomic
def audit_create(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    documents: Sequence[Document],
    purpose: str = ForestPurpose.PRODUCTION,
    is_collected_only: bool = False,
) -> DirectoryAudit:
    """Write down that an audit was asked for.

    Args:
        documents: its exports, as `exports_receive` kept them.
        purpose: what the forest serves.
        is_collected_only: leave aside the domains of the forest that no export holds.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights. NothingToAudit: no file.
    """
    place = _place(perimeter, organisation_id)
    if not documents:
        raise NothingToAudit
    audit = DirectoryAudit.objects.create(
        organisation=place,
        purpose=purpose,
        is_collected_only=is_collected_only,
        created_by_id=perimeter.actor.user_id,
    )
    AuditExport.objects.bulk_create(
        [
            AuditExport(
                audit=audit,
                position=position,
                document=document,
                file_name=document.name,
                file_size=document.size,
                sha256=document.sha256,
            )
            for position, document in enumerate(documents)
        ]
    )
    journal_write(
        actor=perimeter.actor,
        action="directory_audit.requested",
        object_type="directory_audit",
        object_id=audit.pk,
        organisation_id=place.pk,
        detail={"names": [document.name for document in documents]},
    )
    return audit


def audit_job_set(*, audit: DirectoryAudit, job: Job) -> DirectoryAudit:
    """Tie the audit to the job that runs it."""
    audit.job = job
    audit.save(update_fields=["job"])
    return audit


@transaction.atomic
def audit_fail(*, audit: DirectoryAudit, reason: str) -> None:
    """The exports could not be used: say why, and let their files go."""
    DirectoryAudit.objects.filter(pk=audit.pk, state=AuditState.RUNNING).update(
        state=AuditState.FAILED, summary={"reason": reason}
    )
    exports_release(audit)


def audits_settle() -> int:
    """End the audits whose job ended without an answer: cancelled, broken, or lost with its worker.

    Returns:
        How many were ended; the files of their exports are let go.
    """
    ended = DirectoryAudit.objects.filter(
        state=AuditState.RUNNING, job__state__in=(JobState.FAILED, JobState.CANCELLED)
    ).select_related("job")
    settled = 0
    for audit in ended:
        how = str(audit.job.state) if audit.job else ""
        with transaction.atomic():
            settled += DirectoryAudit.objects.filter(pk=audit.pk, state=AuditState.RUNNING).update(
                state=AuditState.FAILED, summary={"ended": how}
            )
            exports_release(audit)
    return settled


def exports_release(audit: DirectoryAudit) -> None:
    """Forget the bytes of the exports: names, sizes and hashes stay.

    An export of a directory is the most sensitive file that an establishment can lose.
    """
    for export in audit.exports.select_related("document"):
        document, export.document = export.document, None
        export.save(update_fields=["document"])
        if document is not None:
            document_erase(document)


def _place(perimeter: Perimeter, organisation_id: int) -> Organisation:
    place = organisation_get_in(perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_audit(perimeter, place):
        raise NotAllowed
    return place
