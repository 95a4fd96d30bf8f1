"""How does a file become rows: received, read, shown, then applied or abandoned?"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal, overload

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hygie.connectors.files.limits import Limits
from hygie.connectors.files.opening import checked_size
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message
from hygie.foundation.documents.errors import FileNotAccepted
from hygie.foundation.documents.media import IMPORTABLE
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.selectors import document_named
from hygie.foundation.documents.services import ByteSource, document_discard, document_store
from hygie.foundation.imports.errors import ImportNotCancellable, ImportNotReady
from hygie.foundation.imports.kinds import file_limits, kind_get, kind_get_for, options_clean
from hygie.foundation.imports.models import (
    Import,
    ImportChange,
    ImportMessage,
    ImportState,
)
from hygie.foundation.imports.selectors import imports_over
from hygie.foundation.imports.types import Applied, Note, Plan, Reader
from hygie.foundation.jobs.choices import FINISHED
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import SilentWatch, Watch
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import Actor

_BATCH = 1_000
# A plan is bounded by its kind; these bound a kind that forgets.
_MOST_CHANGES, _MOST_MESSAGES = 10_000, 20_000


def import_receive(*, perimeter: Reader, kind: str, stream: ByteSource, name: str) -> Document:
    """Keep the bytes of a file to import, once sure that this person may bring such a file.

    Raises:
        NotAllowed, KindUnknown: before a byte is read.
        FileNotAccepted: see `document_store`.
    """
    return document_store(
        stream=stream,
        name=name,
        allowed=IMPORTABLE,
        actor=perimeter.actor,
        limits=file_limits(kind_get_for(perimeter, kind)),
    )


@transaction.atomic
def import_create(
    *, perimeter: Reader, kind: str, document: Document, options: Mapping[str, Any]
) -> Import:
    """Open an import on received bytes; nothing is read yet.

    Args:
        perimeter: who brings it.
        kind: key of settings.IMPORTS.
        document: the bytes.
        options: raw values of the kind's options.

    Returns:
        The import, `reading`.

    Raises:
        NotAllowed, NotFound: the options aim where this person may not.
        OptionsRefused: they make no sense.
    """
    chosen = kind_get_for(perimeter, kind)
    cleaned = options_clean(chosen, options)
    run = Import.objects.create(
        kind=kind,
        document=document,
        file_name=document.name,
        file_size=document.size,
        sha256=document.sha256,
        owner_id=perimeter.actor.user_id,
        organisation_id=chosen.scope(perimeter, cleaned),
        options=cleaned,
    )
    _journal(run, perimeter.actor, "import.received")
    return run


def import_plan(run: Import, *, perimeter: Reader, watch: Watch) -> Plan:
    """Read the file and say what it would do; writes nothing.

    Returns:
        The plan; a file that cannot be read at all gives a refused one with the reason.

    Raises:
        NotAllowed: the right has been lost since.
        DocumentDamaged: the bytes are no longer there.
    """
    kind = kind_get_for(perimeter, run.kind)
    kind.scope(perimeter, run.options)
    assert run.document is not None  # noqa: S101  # emptied only once the import has ended
    with document_named(run.document) as path:
        return plan_of_path(path, run.kind, run.options, perimeter=perimeter, watch=watch)


def plan_of_path(
    path: Path, kind: str, options: Mapping[str, Any], *, perimeter: Reader, watch: Watch
) -> Plan:
    """What a file on disk would do; `options` are clean."""
    try:
        return kind_get(kind).read(path, options=options, perimeter=perimeter, watch=watch)
    except FileRefused as refused:
        return refused_plan(refused.message)


def refused_plan(message: Message) -> Plan:
    """The plan of a file of which nothing can be used."""
    counts = {"add": 0, "change": 0, "close": 0, "keep": 0, "refused": 1, "warnings": 0}
    return Plan({}, counts, (), (message,), "", is_refused=True)


@transaction.atomic
def import_plan_keep(*, run: Import, plan: Plan, actor: Actor) -> Import:
    """Show the plan: the import waits for a decision, or is refused."""
    ImportChange.objects.filter(run=run).delete()
    ImportMessage.objects.filter(run=run).delete()
    _keep_changes(run, plan)
    _keep_messages(run, plan.messages)
    run.understood = dict(plan.understood)
    run.counts = dict(plan.counts)
    run.plan_digest = plan.digest
    run.state = ImportState.REFUSED if plan.is_refused else ImportState.READY
    run.ended_at = timezone.now() if plan.is_refused else None
    run.save(update_fields=["understood", "counts", "plan_digest", "state", "ended_at"])
    _journal(run, actor, "import.refused" if plan.is_refused else "import.read")
    return run


def _keep_changes(run: Import, plan: Plan) -> None:
    ImportChange.objects.bulk_create(
        (
            ImportChange(
                run=run, verb=change.verb, label=change.label[:300], key=change.key[:120],
                detail=dict(change.detail), row=change.row,
            )
            for change in islice(plan.changes, _MOST_CHANGES)
        ),
        batch_size=_BATCH,
    )  # fmt: skip


def _keep_messages(run: Import, messages: Iterable[Message | Note]) -> None:
    ImportMessage.objects.bulk_create(
        (
            ImportMessage(
                run=run, severity=said.severity, code=said.code, params=dict(said.params),
                row=said.row, field=said.field[:80],
            )
            for said in islice(messages, _MOST_MESSAGES)
        ),
        batch_size=_BATCH,
    )  # fmt: skip


@transaction.atomic
def import_reading(*, run: Import) -> Import:
    """Take an import back to reading: its plan is too old, or the worker failed.

    Raises:
        ImportNotReady: it has ended, or a worker is on it.
    """
    _claim(run, to=ImportState.READING)
    return run


@transaction.atomic
def import_applying(*, run: Import) -> Import:
    """Decide to apply what was shown; only one such decision can succeed.

    Raises:
        ImportNotReady: its plan is not waiting for a decision.
    """
    _claim(run, to=ImportState.APPLYING)
    return run


def _claim(run: Import, *, to: ImportState) -> None:
    current = (
        Import.objects.select_for_update(of=("self",))
        .select_related("job")
        .filter(pk=run.pk)
        .first()
    )
    free = current is not None and (
        current.state == ImportState.READY
        or (to is ImportState.READING and import_is_stuck(current))
    )
    if current is None or not free:
        state = ImportState(current.state if current else ImportState.CANCELLED)
        raise ImportNotReady(state=state.label)
    current.state = run.state = to
    current.save(update_fields=["state"])


def import_is_stuck(run: Import) -> bool:
    """Whether the worker gave up: the job is over and the import still says that it works."""
    working = run.state in {ImportState.READING, ImportState.APPLYING}
    return working and (run.job is None or run.job.state in FINISHED)


def import_job_set(*, run: Import, job: Job) -> Import:
    """Remember which job works on the import, for whoever reopens its page."""
    run.job = job
    run.save(update_fields=["job"])
    return run


@transaction.atomic
def import_write(*, run: Import, perimeter: Reader, watch: Watch) -> Applied:
    """Do what was shown, in one transaction with its journal line.

    Raises:
        PlanOutdated: it would do something else by now.
        NotAllowed: the right has been lost since.
    """
    kind = kind_get_for(perimeter, run.kind)
    kind.scope(perimeter, run.options)
    assert run.document is not None  # noqa: S101  # emptied only once the import has ended
    with document_named(run.document) as path:
        applied = kind.apply(
            path,
            options=run.options,
            perimeter=perimeter,
            watch=watch,
            plan_digest=run.plan_digest,
        )
    run.counts = dict(applied.counts)
    run.outcome = dict(applied.outcome)
    run.state = ImportState.APPLIED
    run.ended_at = timezone.now()
    run.save(update_fields=["counts", "outcome", "state", "ended_at"])
    _journal(run, perimeter.actor, "import.applied")
    return applied


@transaction.atomic
def import_cancel(*, perimeter: Reader, run: Import) -> Import:
    """Abandon an import that was not applied.

    Raises:
        ImportNotCancellable: it has ended, or is being written.
    """
    current = Import.objects.select_for_update(of=("self",)).select_related("job").get(pk=run.pk)
    is_writing = current.state == ImportState.APPLYING and not import_is_stuck(current)
    if current.has_ended or is_writing:
        raise ImportNotCancellable
    current.state = ImportState.CANCELLED
    current.ended_at = timezone.now()
    current.save(update_fields=["state", "ended_at"])
    _journal(current, perimeter.actor, "import.cancelled")
    return current


def imports_prune(*, keep_days: int) -> int:
    """Forget files and details of imports ended that long ago; the trace and its hash stay.

    Args:
        keep_days: days during which an ended import keeps its file.

    Returns:
        Number of imports emptied.
    """
    limit = timezone.now() - dt.timedelta(days=keep_days)
    emptied = 0
    for run in imports_over().filter(ended_at__lt=limit).select_related("document"):
        with transaction.atomic():
            ImportChange.objects.filter(run=run).delete()
            ImportMessage.objects.filter(run=run).delete()
            document, run.document = run.document, None
            run.save(update_fields=["document"])
        if document is not None:
            document_discard(document)
        emptied += 1
    return emptied


@overload
def import_run_now(
    *,
    perimeter: Reader,
    kind: str,
    path: Path,
    options: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    dry_run: Literal[False] = False,
) -> Import: ...


@overload
def import_run_now(
    *,
    perimeter: Reader,
    kind: str,
    path: Path,
    options: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    dry_run: Literal[True],
) -> Plan: ...


def import_run_now(
    *, perimeter: Reader, kind: str, path: Path, options: Mapping[str, Any] | None = None,
    watch: Watch | None = None, dry_run: bool = False,
) -> Import | Plan:  # fmt: skip
    """Receive, read and apply a file without waiting for a worker.

    Args:
        perimeter: who brings it.
        kind: key of settings.IMPORTS.
        path: the file.
        options: raw values of the kind's options.
        watch: told how far it is.
        dry_run: only say what it would do; nothing is kept, not even the file.

    Returns:
        The import, applied or refused; the plan for a dry run.

    Raises:
        NotAllowed, NotFound, KindUnknown, OptionsRefused, FileNotAccepted.
    """
    watch = watch or SilentWatch()
    _refuse_at_once(path)
    if dry_run:
        chosen = kind_get_for(perimeter, kind)
        cleaned = options_clean(chosen, options or {})
        chosen.scope(perimeter, cleaned)
        return plan_of_path(path, kind, cleaned, perimeter=perimeter, watch=watch)
    with path.open("rb") as stream:
        document = import_receive(perimeter=perimeter, kind=kind, stream=stream, name=path.name)
    run = import_create(perimeter=perimeter, kind=kind, document=document, options=options or {})
    plan = import_plan(run, perimeter=perimeter, watch=watch)
    run = import_plan_keep(run=run, plan=plan, actor=perimeter.actor)
    if run.state != ImportState.REFUSED:
        import_applying(run=run)
        import_write(run=run, perimeter=perimeter, watch=watch)
    return run


def _refuse_at_once(path: Path) -> None:
    """An ordinary file tells its size: it need not be copied to learn that it is too large."""
    if path.is_file():
        try:
            checked_size(path, Limits(max_bytes=settings.UPLOAD_MAX_BYTES))
        except FileRefused as refused:
            # The reader says the rest, with all it knows of the file.
            if refused.message.code == MessageCode.FILE_TOO_LARGE:
                raise FileNotAccepted(refused.message) from refused


def _journal(run: Import, actor: Actor, action: str) -> None:
    journal_write(
        actor=actor,
        action=action,
        object_type="import",
        object_id=run.pk,
        organisation_id=run.organisation_id,
        detail={
            "kind": run.kind, "file": run.file_name, "sha256": run.sha256,
            "options": run.options, "counts": run.counts,
        },
    )  # fmt: skip
