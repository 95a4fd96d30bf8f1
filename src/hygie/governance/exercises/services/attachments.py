"""How does a file come with a row of the timeline, and leave it?"""

from django.db import transaction

from hygie.connectors.files.sniff import FileType
from hygie.foundation.documents.services import ByteSource, document_discard, document_store
from hygie.foundation.errors import NotFound
from hygie.governance.exercises.models import Exercise, InjectAttachment
from hygie.governance.exercises.selectors.exercises import inject_get
from hygie.governance.exercises.services.script import script_check, script_told
from hygie.territory.perimeter import Perimeter

ACCEPTED = frozenset(
    {FileType.PDF, FileType.PNG, FileType.JPEG, FileType.GIF, FileType.WEBP, FileType.TEXT,
     FileType.CSV, FileType.DOCX, FileType.ODT, FileType.XLSX, FileType.ODS, FileType.PPTX}
)  # fmt: skip


@transaction.atomic
def attachment_add(
    *, perimeter: Perimeter, exercise: Exercise, inject_id: int, stream: ByteSource, name: str
) -> InjectAttachment:
    """Give a row a file; one that the script only named gets its content.

    Raises:
        NotAllowed, ScriptClosed, NotFound. FileNotAccepted: empty, too large, of another type.
    """
    held = script_check(perimeter, exercise)
    row = inject_get(held, inject_id)
    document = document_store(stream=stream, name=name, allowed=ACCEPTED, actor=perimeter.actor)
    made, _is_new = InjectAttachment.objects.update_or_create(
        inject=row, name=document.name[:200], document=None, defaults={"document": document}
    )
    script_told(perimeter, held, "exercise_inject.edited", value=row.title, file=document.name)
    return made


@transaction.atomic
def attachment_remove(*, perimeter: Perimeter, exercise: Exercise, attachment_id: int) -> int:
    """Take a file away from a row.

    Returns:
        Id of the row.

    Raises:
        NotAllowed, ScriptClosed, NotFound.
    """
    held = script_check(perimeter, exercise)
    found = (
        InjectAttachment.objects.filter(inject__exercise=held, pk=attachment_id)
        .select_related("document", "inject")
        .first()
    )
    if found is None:
        raise NotFound
    document, row, name = found.document, found.inject, found.name
    found.delete()
    if document is not None:
        # Stays as long as the copy of a script refers to it.
        document_discard(document)
    script_told(perimeter, held, "exercise_inject.edited", value=row.title, withdrawn=name)
    return row.pk
