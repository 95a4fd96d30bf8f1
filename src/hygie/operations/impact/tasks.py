"""What does a worker compute of losses and attacks, and how is it asked?"""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.task import task
from hygie.foundation.journal.types import Via
from hygie.operations.impact.asked import Asked
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.models import LossRanking, RansomwareRehearsal
from hygie.operations.impact.selectors.rankings import places_to_rank, ranking_to_run
from hygie.operations.impact.selectors.rehearsals import perimeter_of_author, rehearsal_to_run
from hygie.operations.impact.services.rankings import (
    ranking_compute,
    ranking_create,
    ranking_fail,
    ranking_job_set,
    ranking_record,
    rankings_settle,
)
from hygie.operations.impact.services.rehearsals import (
    rehearsal_compute,
    rehearsal_create,
    rehearsal_fail,
    rehearsal_job_set,
    rehearsal_record,
    rehearsals_settle,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter, operator_perimeter


@task(max_attempts=2)
def run_ranking(job_pk: int, ranking_pk: int) -> None:
    """Try every loss of a map, and keep what each costs in care."""
    with job_running(job_pk) as job:
        ranking = ranking_to_run(ranking_pk)
        if not job.should_run or ranking.state != WorkState.RUNNING:
            return
        try:
            found, answer = ranking_compute(ranking=ranking, watch=job.watch)
        except Refusal as refusal:
            ranking_fail(ranking=ranking, reason=str(refusal))
            raise
        perimeter = operator_perimeter(via=Via.JOB)
        with job.completing() as completion:
            ranking_record(perimeter=perimeter, ranking=ranking, found=found, answer=answer)
            completion.outcome = {"single_points": answer.summary["single_points"]}


@task(max_attempts=2)
def run_rehearsal(job_pk: int, rehearsal_pk: int) -> None:
    """Play an attack thousands of times, with and without the defences compared."""
    with job_running(job_pk) as job:
        rehearsal = rehearsal_to_run(rehearsal_pk)
        if not job.should_run or rehearsal.state != WorkState.RUNNING:
            return
        perimeter = perimeter_of_author(rehearsal.created_by)
        try:
            played = rehearsal_compute(rehearsal=rehearsal, watch=job.watch)
        except Refusal as refusal:
            rehearsal_fail(rehearsal=rehearsal, reason=str(refusal))
            raise
        with job.completing() as completion:
            rehearsal_record(perimeter=perimeter, rehearsal=rehearsal, played=played)
            completion.outcome = {"runs": rehearsal.runs}


@task()
def run_settle() -> None:
    """End what a cancelled or broken job left open."""
    rankings_settle()
    rehearsals_settle()


def ranking_launch(
    *, perimeter: Perimeter, organisation: Organisation, is_followed: bool = False
) -> LossRanking:
    """Ask a worker for a ranking.

    Args:
        is_followed: nobody asked, a map changed.

    Raises:
        NotAllowed: outside the rights.
    """
    with transaction.atomic():
        ranking = ranking_create(
            perimeter=perimeter, organisation=organisation, is_followed=is_followed
        )
        job = job_launch(
            kind="impact.ranking",
            title=gettext_noop("Classement des pertes : %(place)s"),
            title_params={"place": organisation.name},
            task=run_ranking,
            actor=perimeter.actor,
            organisation_id=organisation.pk,
            result_url=reverse("impact:ranking", args=[organisation.pk]),
            args={"ranking_pk": ranking.pk},
        )
        return ranking_job_set(ranking=ranking, job=job)


def ranking_follow_launch(organisation_ids: Collection[int]) -> None:
    """Follow-up of `estate_changed`: one ranking a place, whatever the number of changes."""
    perimeter = operator_perimeter(via=Via.JOB)
    for organisation in places_to_rank(list(organisation_ids)):
        ranking_launch(perimeter=perimeter, organisation=organisation, is_followed=True)


def rehearsal_launch(
    *, perimeter: Perimeter, organisation: Organisation, name: str, asked: Asked
) -> RansomwareRehearsal:
    """Ask a worker to play an attack.

    Raises:
        NotAllowed, SettingRefused, EntryMissing, MapEmpty, NoCareMapped.
    """
    with transaction.atomic():
        rehearsal = rehearsal_create(
            perimeter=perimeter, organisation=organisation, name=name, asked=asked
        )
        job = job_launch(
            kind="impact.rehearsal",
            title=gettext_noop("Répétition de rançongiciel : %(name)s"),
            title_params={"name": rehearsal.name},
            task=run_rehearsal,
            actor=perimeter.actor,
            organisation_id=organisation.pk,
            result_url=reverse("impact:rehearsal_detail", args=[rehearsal.pk]),
            args={"rehearsal_pk": rehearsal.pk},
        )
        return rehearsal_job_set(rehearsal=rehearsal, job=job)
