"""Announcements: written with the fact, united, delivered after the commit."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from hygie.foundation.jobs.followups import follow_up, follow_ups_deliver
from hygie.foundation.jobs.models import FollowUp
from hygie.foundation.jobs.services.followups import ids_united

HERE = "tests.foundation.jobs.test_followups"
Capture = Callable[..., AbstractContextManager[Any]]
heard: list[dict[str, Any]] = []


def launcher(**ids: Any) -> None:
    heard.append(ids)


def broken_launcher(**ids: Any) -> None:
    FollowUp.objects.create(launcher="written by a launcher that fails")
    raise RuntimeError("no")


@pytest.fixture(autouse=True)
def _table(settings: Any) -> None:
    heard.clear()
    settings.FOLLOW_UPS = {
        "facts": [f"{HERE}.launcher"],
        "both": [f"{HERE}.broken_launcher", f"{HERE}.launcher"],
        "nobody": [],
    }


@pytest.mark.django_db
def test_launchers_are_called_after_the_commit(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        follow_up("facts", organisation_ids=[2, 1])
        assert heard == []
    assert heard == [{"organisation_ids": [1, 2]}]
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_announcements_of_one_transaction_become_one_call(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for pk in (3, 1, 3, 2):
            follow_up("facts", organisation_ids=[pk])
    assert heard == [{"organisation_ids": [1, 2, 3]}]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_fact_is_not_announced() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        follow_up("facts", organisation_ids=[1])
        raise RuntimeError
    assert heard == []
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_a_launcher_that_fails_keeps_its_announcement_and_spares_the_others() -> None:
    follow_up("both", organisation_ids=[1])
    with pytest.raises(RuntimeError, match="no"):
        follow_ups_deliver()
    assert heard == [{"organisation_ids": [1]}]
    assert [row.launcher for row in FollowUp.objects.all()] == [f"{HERE}.broken_launcher"]


@pytest.mark.django_db
def test_an_event_without_a_launcher_is_silent() -> None:
    follow_up("nobody")
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_an_unknown_event_is_a_mistake_of_the_code() -> None:
    with pytest.raises(ImproperlyConfigured, match="'typo'"):
        follow_up("typo")


@pytest.mark.django_db(transaction=True)
def test_with_a_real_worker_one_transaction_queues_one_delivery(settings: Any) -> None:
    settings.TASKS = {
        "default": {
            "BACKEND": "hygie.foundation.jobs.backends.embedded.EmbeddedBackend",
            "QUEUES": [],
        }
    }
    with transaction.atomic():
        for pk in range(50):
            follow_up("facts", organisation_ids=[pk])
        with pytest.raises(RuntimeError), transaction.atomic():
            follow_up("facts", organisation_ids=[99])
            raise RuntimeError
    assert DBTaskResult.objects.count() == 1
    assert FollowUp.objects.count() == 50
    follow_up("facts", organisation_ids=[50])
    assert DBTaskResult.objects.count() == 2
    assert follow_ups_deliver() == 1
    assert heard == [{"organisation_ids": list(range(51))}]


@pytest.mark.django_db(transaction=True)
def test_a_delivery_queued_in_a_savepoint_that_is_undone_is_queued_again(settings: Any) -> None:
    settings.TASKS = {
        "default": {
            "BACKEND": "hygie.foundation.jobs.backends.embedded.EmbeddedBackend",
            "QUEUES": [],
        }
    }
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            follow_up("facts", organisation_ids=[1])
            raise RuntimeError
        follow_up("facts", organisation_ids=[2])
    assert DBTaskResult.objects.count() == 1


def test_calls_that_differ_by_more_than_lists_stay_apart() -> None:
    announced = [
        {"campaign": 1, "ids": [1]},
        {"campaign": 2, "ids": [1]},
        {"campaign": 1, "ids": [2, 1]},
        {},
        {},
    ]
    assert ids_united(announced) == [
        {"campaign": 1, "ids": [1, 2]},
        {"campaign": 2, "ids": [1]},
        {},
    ]
