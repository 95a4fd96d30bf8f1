"""Which long work does the assessment do, and when is it launched?"""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.selectors import job_is_waiting
from hygie.foundation.jobs.task import task
from hygie.foundation.journal.types import SYSTEM
from hygie.governance.assessment.services.months import month_close
from hygie.governance.assessment.services.pending import (
    computation_ask,
    computation_ask_all,
    computation_ask_due,
    computation_run,
)

KIND = "assessment.states"


@task(lock="assessment")
def run_states(job_pk: int) -> None:
    """Compute the states that were asked for; one computation at a time."""
    with job_running(job_pk) as job:
        if job.should_run:
            report = computation_run(watch=job.watch)
            with job.completing(outcome={"changed": report.states_changed}):
                pass


def states_launch() -> None:
    """Launch a computation unless one is waiting already: it will take everything asked for."""
    if not job_is_waiting(KIND):
        job_launch(kind=KIND, title=gettext_noop("Calcul des états"), task=run_states, actor=SYSTEM)


def states_recompute_launch(organisation_ids: Collection[int]) -> None:
    """Follow-up of `facts_changed`."""
    computation_ask(organisation_ids=organisation_ids)
    states_launch()


def states_recompute_all_launch(**_ids: object) -> None:
    """Follow-up of `referential_changed` and `territory_changed`."""
    computation_ask_all()
    states_launch()


@task()
def run_nightly() -> None:
    """Each night: what changes by itself, and the month that just ended."""
    computation_ask_due()
    states_launch()
    yesterday = timezone.localdate() - timedelta(days=1)
    month_close(month=yesterday.replace(day=1), on=yesterday)
