"""The tables of the settings name functions that exist."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from hygie.foundation.jobs.schedule import schedules
from hygie.foundation.jobs.task import HygieTask

LAUNCHERS = sorted({dotted for dotteds in settings.FOLLOW_UPS.values() for dotted in dotteds})


@pytest.mark.parametrize("dotted", LAUNCHERS)
def test_each_follow_up_names_a_launcher(dotted: str) -> None:
    assert callable(import_string(dotted))


@pytest.mark.parametrize("schedule", schedules(), ids=lambda schedule: schedule.name)
def test_each_schedule_names_a_task(schedule: object) -> None:
    assert isinstance(import_string(schedule.task), HygieTask)  # type: ignore[attr-defined]
