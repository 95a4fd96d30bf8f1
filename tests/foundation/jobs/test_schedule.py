"""Ticks: when they come, and that each is served once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from hygie.foundation.jobs.models import ScheduleTick
from hygie.foundation.jobs.schedule import Schedule, schedules, schedules_serve

TASK = "tests.foundation.jobs.job_tasks.run_tick"
EVERY_MINUTE = Schedule("minute", TASK, timedelta(seconds=60), None)


def at(hour: int, minute: int = 0) -> Schedule:
    return Schedule("daily", TASK, None, datetime(2026, 1, 1, hour, minute).time())  # noqa: DTZ001


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.fixture
def table(settings: Any) -> Any:
    settings.TASKS = {
        "default": {
            "BACKEND": "hygie.foundation.jobs.backends.embedded.EmbeddedBackend",
            "QUEUES": [],
        }
    }
    settings.SCHEDULES = {"minute": {"task": TASK, "every": 60}}
    return settings


def test_a_period_ticks_on_round_instants() -> None:
    assert EVERY_MINUTE.tick_before(utc(2026, 5, 4, 10, 7, 59)) == utc(2026, 5, 4, 10, 7)
    assert EVERY_MINUTE.tick_before(utc(2026, 5, 4, 10, 8)) == utc(2026, 5, 4, 10, 8)


def test_a_time_of_day_is_local() -> None:
    assert at(3, 30).tick_before(utc(2026, 1, 15, 12)) == utc(2026, 1, 15, 2, 30)
    assert at(3, 30).tick_before(utc(2026, 7, 15, 12)) == utc(2026, 7, 15, 1, 30)
    assert at(3, 30).tick_before(utc(2026, 7, 15, 1, 29)) == utc(2026, 7, 14, 1, 30)


def test_a_time_of_day_ticks_once_on_the_days_the_clock_changes() -> None:
    for day in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        start = day - timedelta(hours=2)
        ticks = {at(2, 30).tick_before(start + timedelta(minutes=m)) for m in range(24 * 60)}
        assert len([tick for tick in ticks if tick >= start]) == 1


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(1, 200_000))  # noqa: DTZ001
def test_a_tick_is_never_after_now_nor_older_than_a_period(now: datetime, seconds: int) -> None:
    period = timedelta(seconds=seconds)
    aware = now.replace(tzinfo=UTC)
    tick = Schedule("x", TASK, period, None).tick_before(aware)
    assert tick <= aware < tick + period


@pytest.mark.django_db
def test_a_new_schedule_begins_with_its_next_tick(table: Any) -> None:
    now = utc(2026, 5, 4, 10, 7, 30)
    assert schedules_serve(now) == 0
    assert schedules_serve(now + timedelta(seconds=29)) == 0
    assert schedules_serve(now + timedelta(seconds=30)) == 1
    assert DBTaskResult.objects.get().task_path == TASK


@pytest.mark.django_db
def test_a_tick_is_served_once(table: Any) -> None:
    now = utc(2026, 5, 4, 10, 7, 30)
    schedules_serve(now)
    later = now + timedelta(minutes=1)
    assert [schedules_serve(later) for _look in range(3)] == [1, 0, 0]


@pytest.mark.django_db
def test_ticks_missed_during_a_stop_make_one_run(table: Any) -> None:
    now = utc(2026, 5, 4, 10, 7, 30)
    schedules_serve(now)
    assert schedules_serve(now + timedelta(days=3)) == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_clock_set_back_serves_nothing_again(table: Any) -> None:
    now = utc(2026, 5, 4, 10, 7, 30)
    schedules_serve(now)
    schedules_serve(now + timedelta(minutes=5))
    assert schedules_serve(now + timedelta(minutes=2)) == 0


@pytest.mark.django_db
def test_a_task_that_does_not_exist_is_logged_once_a_tick_and_spares_the_others(
    table: Any, caplog: pytest.LogCaptureFixture
) -> None:
    table.SCHEDULES = {
        "gone": {"task": "tests.gone.run_gone", "every": 60},
        "minute": {"task": TASK, "every": 60},
    }
    now = utc(2026, 5, 4, 10, 7, 30)
    schedules_serve(now)
    later = now + timedelta(minutes=1)
    assert [schedules_serve(later), schedules_serve(later)] == [1, 0]
    assert caplog.text.count("no task tests.gone.run_gone") == 1
    assert ScheduleTick.objects.get(name="gone").tick_at == utc(2026, 5, 4, 10, 8)


@pytest.mark.parametrize(
    "line",
    [
        {"task": TASK},
        {"task": TASK, "every": 60, "at": "03:30"},
        {"task": TASK, "every": 0},
        {"task": TASK, "every": 1.5},
        {"task": TASK, "at": "25:00"},
        {"every": 60},
    ],
)
def test_a_line_that_makes_no_sense_is_refused(settings: Any, line: dict[str, Any]) -> None:
    settings.SCHEDULES = {"bad": line}
    with pytest.raises(ImproperlyConfigured, match="'bad'"):
        schedules()


def test_the_table_of_the_house_is_well_formed() -> None:
    assert all(schedule.tick_before(timezone.now()) for schedule in schedules())
