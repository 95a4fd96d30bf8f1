"""What does a worker do with the exports of a directory, and how is it asked?"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from hygie.foundation.documents.services import ByteSource
from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.task import task
from hygie.operations.directory.choices import AuditState, ForestPurpose, SimulationState
from hygie.operations.directory.models import DirectoryAudit, Simulation
from hygie.operations.directory.selectors.running import (
    audit_to_run,
    perimeter_of_author,
    simulation_to_run,
)
from hygie.operations.directory.services.audits import (
    audit_create,
    audit_fail,
    audit_job_set,
    audits_settle,
    exports_receive,
)
from hygie.operations.directory.services.record import audit_compute, audit_record
from hygie.operations.directory.services.simulations import (
    simulation_compute,
    simulation_create,
    simulation_fail,
    simulation_job_set,
    simulation_record,
    simulations_settle,
)
from hygie.territory.perimeter import Perimeter


@task(max_attempts=2)
def run_audit(job_pk: int, audit_pk: int) -> None:
    """Read the exports, decide, and keep the answer with its measurements."""
    with job_running(job_pk) as job:
        audit = audit_to_run(audit_pk)
        if not job.should_run or audit.state != AuditState.RUNNING:
            return
        perimeter = perimeter_of_author(audit.created_by)
        try:
            computed = audit_compute(audit=audit, watch=job.watch)
        except Refusal as refusal:
            audit_fail(audit=audit, reason=str(refusal))
            raise
        with job.completing() as completion:
            audit_record(perimeter=perimeter, audit=audit, computed=computed)
            completion.outcome = {"level": computed.result.level.at_best}


@task(max_attempts=2)
def run_simulation(job_pk: int, simulation_pk: int) -> None:
    """Make the chosen changes on paper and decide everything again."""
    with job_running(job_pk) as job:
        row = simulation_to_run(simulation_pk)
        if not job.should_run or row.state != SimulationState.RUNNING:
            return
        try:
            found = simulation_compute(simulation=row, watch=job.watch)
        except Refusal:
            simulation_fail(simulation=row)
            raise
        with job.completing():
            simulation_record(simulation=row, found=found)


@task()
def run_settle() -> None:
    """End what a cancelled or broken job left open, and let the files of its exports go."""
    audits_settle()
    simulations_settle()


def audit_launch(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    files: Iterable[tuple[ByteSource, str]],
    purpose: str = ForestPurpose.PRODUCTION,
    is_collected_only: bool = False,
) -> DirectoryAudit:
    """Receive exports and ask a worker to audit them.

    Args:
        files: open files with the names their owner knows.
        purpose: what the forest serves.
        is_collected_only: leave aside the domains of the forest that no export holds.

    Raises:
        NotFound, NotAllowed, NothingToAudit, FileNotAccepted.
    """
    documents = exports_receive(perimeter=perimeter, organisation_id=organisation_id, files=files)
    with transaction.atomic():
        audit = audit_create(
            perimeter=perimeter,
            organisation_id=organisation_id,
            documents=documents,
            purpose=purpose,
            is_collected_only=is_collected_only,
        )
        job = job_launch(
            kind="directory.audit",
            title=gettext_noop("Audit d'annuaire : %(file)s"),
            title_params={"file": ", ".join(document.name for document in documents)[:200]},
            task=run_audit,
            actor=perimeter.actor,
            organisation_id=organisation_id,
            result_url=reverse("directory:audit_detail", args=[audit.pk]),
            args={"audit_pk": audit.pk},
        )
        return audit_job_set(audit=audit, job=job)


def simulation_launch(
    *, perimeter: Perimeter, audit: DirectoryAudit, keys: Sequence[str]
) -> Simulation:
    """Ask a worker what the chosen changes would do.

    Raises:
        NotAllowed, NothingChosen, NoFacts.
    """
    with transaction.atomic():
        row = simulation_create(perimeter=perimeter, audit=audit, keys=keys)
        job = job_launch(
            kind="directory.simulation",
            title=gettext_noop("Simulation de %(count)s changements d'annuaire"),
            title_params={"count": len(row.keys)},
            task=run_simulation,
            actor=perimeter.actor,
            organisation_id=audit.organisation_id,
            result_url=reverse("directory:simulation_detail", args=[row.pk]),
            args={"simulation_pk": row.pk},
        )
        return simulation_job_set(simulation=row, job=job)
