"""What do workers do with a file brought in, and how are they asked?"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from hygie.foundation.documents.services import ByteSource, documents_sweep
from hygie.foundation.imports.errors import OwnerGone
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.selectors import import_to_run
from hygie.foundation.imports.services import (
    import_applying,
    import_create,
    import_job_set,
    import_plan,
    import_plan_keep,
    import_reading,
    import_receive,
    import_write,
    imports_prune,
)
from hygie.foundation.imports.types import Reader
from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.task import HygieTask, task

_READ_TITLE = gettext_noop("Lecture de « %(file)s »")
_APPLY_TITLE = gettext_noop("Application de « %(file)s »")


@task()
def run_import_read(job_pk: int, import_pk: int) -> None:
    """Read a file and keep what it would do."""
    with job_running(job_pk) as job:
        run = import_to_run(import_pk)
        if not job.should_run or run.state != ImportState.READING:
            return
        reader = _reader_of(run)
        plan = import_plan(run, perimeter=reader, watch=job.watch)
        with job.completing() as completion:
            import_plan_keep(run=run, plan=plan, actor=reader.actor)
            completion.outcome = {"counts": dict(plan.counts)}


@task()
def run_import_apply(job_pk: int, import_pk: int) -> None:
    """Do what was shown of a file."""
    with job_running(job_pk) as job:
        run = import_to_run(import_pk)
        if not job.should_run or run.state != ImportState.APPLYING:
            return
        reader = _reader_of(run)
        with job.completing() as completion:
            applied = import_write(run=run, perimeter=reader, watch=job.watch)
            completion.outcome = {"counts": dict(applied.counts)}


@task()
def run_imports_prune() -> None:
    """Forget files whose time is over, then the bytes that nothing owns."""
    imports_prune(keep_days=settings.IMPORTS_KEEP_DAYS)
    documents_sweep()


def import_start(
    *, perimeter: Reader, kind: str, stream: ByteSource, name: str, options: Mapping[str, Any]
) -> Import:
    """Receive a file and ask a worker to read it.

    Raises:
        NotAllowed, NotFound, KindUnknown, OptionsRefused, FileNotAccepted.
    """
    document = import_receive(perimeter=perimeter, kind=kind, stream=stream, name=name)
    with transaction.atomic():
        run = import_create(perimeter=perimeter, kind=kind, document=document, options=options)
        return _launch(run, perimeter, "import.read", _READ_TITLE, run_import_read)


@transaction.atomic
def import_reread(*, perimeter: Reader, run: Import) -> Import:
    """Ask a worker to read the same file again.

    Raises:
        ImportNotReady: it has ended, or a worker is on it.
    """
    import_reading(run=run)
    return _launch(run, perimeter, "import.read", _READ_TITLE, run_import_read)


@transaction.atomic
def import_apply(*, perimeter: Reader, run: Import) -> Import:
    """Ask a worker to do what was shown.

    Raises:
        ImportNotReady: its plan is not waiting for a decision.
    """
    import_applying(run=run)
    return _launch(run, perimeter, "import.apply", _APPLY_TITLE, run_import_apply)


def _launch(
    run: Import, perimeter: Reader, kind: str, title: str, body: HygieTask[[int, int], None]
) -> Import:
    job = job_launch(
        kind=kind,
        title=title,
        title_params={"file": run.file_name},
        task=body,
        actor=perimeter.actor,
        organisation_id=run.organisation_id,
        result_url=reverse("imports:import_detail", args=[run.pk]),
        args={"import_pk": run.pk},
    )
    return import_job_set(run=run, job=job)


def _reader_of(run: Import) -> Reader:
    """What the owner may do today: rights may have been lost since the file was brought."""
    if run.owner is None or not run.owner.is_active:
        raise OwnerGone
    reader: Reader = import_string(settings.IMPORTS_READER)(run.owner)
    return reader
