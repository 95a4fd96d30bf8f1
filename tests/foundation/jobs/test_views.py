"""Pages of jobs: mine only, and a beat that carries only news."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.run import job_running
from hygie.foundation.journal.types import Actor
from hygie.territory.people.models import User
from tests.foundation.jobs import job_tasks

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@hygie.test", "un mot de passe solide")


@pytest.fixture
def client(owner: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(owner)


@pytest.fixture
def job(owner: User) -> Job:
    return job_launch(
        kind="test", title="Import de %(name)s", title_params={"name": "<b>x</b>"},
        task=job_tasks.run_effect, actor=Actor(user_id=owner.pk, label=owner.email),
    )  # fmt: skip


def beat(client: Client, job: Job, seen: str = "") -> Any:
    url = reverse("jobs:job_progress", args=[job.pk])
    return client.get(url, {"seen": seen}, headers=HTMX)


def test_a_running_job_is_polled_until_it_ends(client: Client, job: Job) -> None:
    with job_running(job.pk) as running:
        running.watch.stage("Lecture du fichier", total=4)
        page = beat(client, job).content.decode()
        assert 'hx-trigger="every 1s"' in page
        assert 'value="0" max="100"' in page
        assert "Lecture du fichier" in page
        with running.completing(result_url="/result/"):
            pass
    response = beat(client, job)
    page = response.content.decode()
    assert "hx-trigger" not in page
    assert 'href="/result/"' in page
    assert f'id="job-{job.pk}-cancel" hx-swap-oob="delete"' in page
    told = json.loads(response["HX-Trigger-After-Settle"])
    assert told == {"jobFinished": {"job": job.pk, "state": "done"}}


def test_a_beat_without_news_stays_silent_for_screen_readers(client: Client, job: Job) -> None:
    with job_running(job.pk) as running:
        running.watch.stage("Lecture du fichier", total=4)
        assert "hx-swap-oob" in beat(client, job, seen="waiting-0-").content.decode()
        quiet = beat(client, job, seen="running-0-Lecture du fichier").content.decode()
        assert "hx-swap-oob" not in quiet
        with running.completing():
            pass


def test_a_beat_is_never_cached(client: Client, job: Job) -> None:
    assert "no-store" in beat(client, job)["Cache-Control"]


def test_a_failed_job_says_why(client: Client, job: Job) -> None:
    with job_running(job.pk):
        raise job_tasks.TooOld(year=1999)
    assert "Ce fichier date de 1999." in beat(client, job).content.decode()


def test_the_owner_cancels_by_a_post(client: Client, job: Job) -> None:
    url = reverse("jobs:job_cancel", args=[job.pk])
    assert client.get(url).status_code == 405
    page = client.post(url, headers=HTMX).content.decode()
    assert "Annulé" in page
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_without_scripts_a_cancellation_returns_to_the_job(client: Client, job: Job) -> None:
    response = client.post(reverse("jobs:job_cancel", args=[job.pk]))
    assert response["Location"] == reverse("jobs:job_progress", args=[job.pk])


def test_a_job_that_stops_soon_says_so(client: Client, job: Job) -> None:
    with job_running(job.pk) as running:
        client.post(reverse("jobs:job_cancel", args=[job.pk]), headers=HTMX)
        assert "Arrêt demandé" in beat(client, job).content.decode()
        running.watch.stage("Suite")
    assert "Annulé" in beat(client, job).content.decode()


@pytest.mark.parametrize("name", ["jobs:job_progress", "jobs:job_cancel"])
def test_a_job_of_someone_else_is_not_found(
    name: str, job: Job, signed_in: Callable[[User], Client]
) -> None:
    other = signed_in(User.objects.create_user("other@hygie.test", "un mot de passe solide"))
    url = reverse(name, args=[job.pk])
    answer = other.post(url) if name.endswith("cancel") else other.get(url)
    assert answer.status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_nobody_is_asked_to_sign_in(job: Job) -> None:
    for url in (reverse("jobs:job_list"), reverse("jobs:job_progress", args=[job.pk])):
        assert Client().get(url).status_code == 302


def test_a_page_left_and_reopened_finds_the_job_again(client: Client, job: Job) -> None:
    with job_running(job.pk) as running:
        running.watch.stage("Lecture du fichier", total=4)
        page = client.get(reverse("jobs:job_progress", args=[job.pk])).content.decode()
        assert "Lecture du fichier" in page
        assert "&lt;b&gt;x&lt;/b&gt;" in page and "<b>x</b>" not in page
        assert 'role="status"' in page
        with running.completing():
            pass


def test_my_list_shows_my_jobs_in_a_constant_number_of_queries(
    client: Client, job: Job, owner: User
) -> None:
    url = reverse("jobs:job_list")
    client.get(url)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as taken:
            page = client.get(url).content.decode()
        counts.append(len(taken))
        Job.objects.bulk_create(Job(kind="t", title="Autre", owner=owner) for _ in range(12))
    assert "Import de" in page
    assert counts[0] == counts[1]


def test_an_empty_list_says_what_it_will_hold(client: Client) -> None:
    page = client.get(reverse("jobs:job_list")).content.decode()
    assert "Aucun travail" in page


def test_my_list_is_also_a_csv_and_filters_by_state(client: Client, job: Job, owner: User) -> None:
    Job.objects.create(kind="t", title="Autre", owner=owner, state=JobState.DONE)
    Job.objects.create(kind="t", title="D'un autre", state=JobState.DONE)
    url = reverse("jobs:job_list")
    done = client.get(url, {"state": "done"}).content.decode()
    assert "Autre" in done and "Import de" not in done and "D&#x27;un autre" not in done
    response = client.get(url, {"format": "csv"})
    written = b"".join(response) if response.streaming else response.content
    assert b"Autre" in written and b"D'un autre" not in written
