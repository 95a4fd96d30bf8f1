"""Who keeps the time of exercises when no facilitator's page is open, and measures at night?"""

import datetime as dt
import logging

from django.utils import timezone

from hygie.engines.exercise.types import ExerciseError
from hygie.foundation.jobs.task import task
from hygie.foundation.journal.types import Via
from hygie.governance.exercises.selectors.play import exercises_running
from hygie.governance.exercises.services.measures import lessons_measures_record
from hygie.governance.exercises.services.play import injects_play_due
from hygie.territory.perimeter import operator_perimeter

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
