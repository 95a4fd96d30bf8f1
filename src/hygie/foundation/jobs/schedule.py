"""What runs by the clock, and when is the next tick? Reads the table settings.SCHEDULES.

A worker looks every second. Whoever sees a tick first serves it, and the row that says so commits
together with the queued call: one run a tick, however many workers. After a stop, the ticks missed
make one run.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from hygie.foundation.jobs.selectors import ticks_served
from hygie.foundation.jobs.services.ticks import tick_serve
from hygie.foundation.jobs.task import HygieTask

LOOK_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """One line of the table.

    Attributes:
        name: key in the table.
        task: dotted path of a task without arguments.
        every: period, whole seconds; or None with `at`.
        at: time of the day in settings.TIME_ZONE; or None with `every`.
    """

    name: str
    task: str
    every: timedelta | None
    at: time | None

    def tick_before(self, now: datetime) -> datetime:
        """The last tick that is not after `now` (aware), in UTC."""
        if self.every is not None:
            period = int(self.every.total_seconds())
            return datetime.fromtimestamp(int(now.timestamp()) // period * period, tz=UTC)
        local = timezone.localtime(now, timezone.get_default_timezone())
        tick = datetime.combine(local.date(), self.at or time.min, tzinfo=local.tzinfo)
        if tick > now:
            day_before = local.date() - timedelta(days=1)
            tick = datetime.combine(day_before, self.at or time.min, tzinfo=local.tzinfo)
        return tick.astimezone(UTC)


def schedules() -> list[Schedule]:
    """The table, read.

    Raises:
        ImproperlyConfigured: a line has not exactly one of `every` and `at`, or a bad value.
    """
    return [_read(name, line) for name, line in settings.SCHEDULES.items()]


def schedules_serve(now: datetime | None = None) -> int:
    """Queue the tasks whose tick has come and that nobody has served.

    Args:
        now: aware; the clock when None.

    Returns:
        Number of tasks queued.
    """
    now = now or timezone.now()
    served = ticks_served()
    queued = 0
    for schedule in schedules():
        tick_at = schedule.tick_before(now)
        last = served.get(schedule.name)
        if last is None or last < tick_at:
            queued += _serve(schedule, tick_at)
    return queued


def _serve(schedule: Schedule, tick_at: datetime) -> int:
    try:
        with transaction.atomic():
            if not tick_serve(name=schedule.name, tick_at=tick_at):
                return 0
            task: HygieTask[[], Any] = import_string(schedule.task)
            task.enqueue()
    except ImportError:
        log.exception("schedule %s: no task %s, tick skipped", schedule.name, schedule.task)
        tick_serve(name=schedule.name, tick_at=tick_at)
        return 0
    return 1


def _read(name: str, line: dict[str, Any]) -> Schedule:
    every, at = line.get("every"), line.get("at")
    if (every is None) == (at is None):
        raise ImproperlyConfigured(f"settings.SCHEDULES[{name!r}]: expected `every` or `at`")
    try:
        return Schedule(
            name=name,
            task=line["task"],
            every=None if every is None else _period(every),
            at=None if at is None else time.fromisoformat(at),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"settings.SCHEDULES[{name!r}]: {error!r}") from error


def _period(seconds: int) -> timedelta:
    if seconds < 1 or seconds != int(seconds):
        raise ValueError("expected a whole number of seconds, 1 or more")
    return timedelta(seconds=seconds)
