"""Who keeps the time of exercises, writes scenarios of large maps, and measures at night?"""

import datetime as dt
import logging
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop

from hygie.engines.exercise.types import ExerciseError
from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.task import task
from hygie.foundation.journal.types import Via
from hygie.governance.exercises.selectors.exercises import design_place
from hygie.governance.exercises.selectors.people import perimeter_of_account
from hygie.governance.exercises.selectors.play import exercises_running
from hygie.governance.exercises.services.generated import (
    Wanted,
    generated_record,
    generated_scenario,
)
from hygie.governance.exercises.services.measures import lessons_measures_record
from hygie.governance.exercises.services.play import injects_play_due
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter, operator_perimeter

GENERATION = "exercises.generation"
TICK_S = 5
_MINUTE_S = 60

log = logging.getLogger(__name__)


@task(max_attempts=1)
def run_time_keep() -> None:
    """Play what is due, and have it asked again every few seconds of the coming minute.

    The clock of the jobs calls it every minute: a tick lost with a worker is made up for by the
    next one, and nothing is queued while no exercise is played.
    """
    if not _play_all():
        return
    now = timezone.now()
    for after in range(TICK_S, _MINUTE_S, TICK_S):
        run_time_tick.using(run_after=now + dt.timedelta(seconds=after)).enqueue()


@task(max_attempts=1)
def run_time_tick() -> None:
    """Play what is due."""
    _play_all()


@task(max_attempts=3)
def run_lessons_measure() -> None:
    """Measure what became of the actions born of lessons."""
    lessons_measures_record(perimeter=operator_perimeter(via=Via.JOB))


@task(max_attempts=2)
def run_generation(
    job_pk: int, place_pk: int, user_pk: int | None, wanted: dict[str, Any], planned_at: str
) -> None:
    """Write the scenario of a large map, in the name and with the rights of whoever asked."""
    with job_running(job_pk) as job:
        if not job.should_run:
            return
        perimeter = perimeter_of_account(user_pk)
        place = design_place(perimeter, place_pk)
        start = wanted["start"]
        asked = Wanted(**wanted | {"start": parse_datetime(start) if start else None})
        scenario = generated_scenario(
            perimeter=perimeter, place=place, wanted=asked, watch=job.watch
        )
        with job.completing() as completion:
            made = generated_record(
                perimeter=perimeter, place=place, scenario=scenario,
                planned_at=parse_datetime(planned_at) if planned_at else None,
            )  # fmt: skip
            completion.result_url = reverse("exercises:exercise_prepare", args=[made.pk])


@transaction.atomic
def generation_launch(
    *,
    perimeter: Perimeter,
    place: Organisation,
    wanted: Wanted,
    planned_at: dt.datetime | None = None,
) -> Job:
    """Ask a worker for the scenario of a map; its page is known once it is written."""
    asked = asdict(wanted) | {"start": wanted.start.isoformat() if wanted.start else ""}
    return job_launch(
        kind=GENERATION,
        title=gettext_noop("Scénario d'exercice tiré de la carte : %(place)s"),
        title_params={"place": place.name},
        task=run_generation,
        actor=perimeter.actor,
        organisation_id=place.pk,
        args={
            "place_pk": place.pk, "user_pk": perimeter.actor.user_id, "wanted": asked,
            "planned_at": planned_at.isoformat() if planned_at else "",
        },
    )  # fmt: skip


def time_keep_launch() -> None:
    """An exercise has just begun or goes on: do not wait for the next minute."""
    run_time_keep.enqueue()


def _play_all() -> int:
    running = exercises_running()
    for exercise in running:
        try:
            injects_play_due(exercise=exercise)
        except ExerciseError:
            # One broken script must not stop the others.
            log.exception("exercise %s: its timeline cannot be read", exercise.pk)
    return len(running)
