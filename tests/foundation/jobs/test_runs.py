"""Launching, running and ending jobs, in one process."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks_db.models import DBTaskResult

from hygie.foundation.errors import NotFound
from hygie.foundation.jobs.attempt import STOPPING
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.launch import job_launch
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.pulse import cancel_ask, cancel_is_asked, pulse_read
from hygie.foundation.jobs.run import job_running
from hygie.foundation.jobs.runner import call_run
from hygie.foundation.jobs.selectors import job_get, job_progress, jobs_of
from hygie.foundation.jobs.services import job_cancel, jobs_prune
from hygie.foundation.jobs.services.results import result_claim, results_reclaim
from hygie.foundation.journal.models import JournalLine
from hygie.foundation.journal.types import SYSTEM, Actor
from hygie.territory.people.models import User
from tests.foundation.jobs import job_tasks

pytestmark = pytest.mark.django_db
Capture = Callable[..., AbstractContextManager[Any]]


def launch(task: Any, actor: Actor = SYSTEM, **args: Any) -> Job:
    return job_launch(
        kind="test", title="Essai de %(name)s", title_params={"name": "fichier"}, task=task,
        actor=actor, args=args,
    )  # fmt: skip


def effects() -> int:
    return JournalLine.objects.filter(action=job_tasks.EFFECT).count()


@pytest.fixture
def run(django_capture_on_commit_callbacks: Capture) -> Callable[..., Job]:
    """Launch and let the transaction commit."""

    def made(task: Any, **args: Any) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            job = launch(task, **args)
        job.refresh_from_db()
        return job

    return made


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@hygie.test", "un mot de passe solide")


def test_a_job_runs_on_commit_and_leaves_its_result(run: Callable[..., Job]) -> None:
    job = run(job_tasks.run_effect, note="seen")
    assert job.state == JobState.DONE
    assert (job.result_url, job.outcome, job.attempts) == ("/done/", {"note": "seen"}, 1)
    assert job.started_at and job.finished_at
    assert effects() == 1


def test_a_job_waits_for_the_commit() -> None:
    job = launch(job_tasks.run_effect)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert effects() == 0


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_enqueues_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        launch(job_tasks.run_effect)
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert effects() == 0


def test_a_body_that_completes_nothing_is_done_at_its_end(run: Callable[..., Job]) -> None:
    assert run(job_tasks.run_nothing).state == JobState.DONE


def test_a_refusal_fails_the_job_with_its_words_and_is_not_tried_again(
    run: Callable[..., Job],
) -> None:
    job = run(job_tasks.run_refused)
    assert (job.state, job.error_code, job.attempts) == (JobState.FAILED, "too_old", 1)
    assert job.error_text == "Ce fichier date de 1999."
    assert job.error_template == "Ce fichier date de %(year)s."
    assert effects() == 0


def test_a_refusal_raised_in_english_keeps_its_source_sentence(run: Callable[..., Job]) -> None:
    with translation.override("en"):
        job = run(job_tasks.run_refused)
    assert job.error_template == "Ce fichier date de %(year)s."


def test_a_broken_body_is_tried_to_the_end_and_tells_no_traceback(
    run: Callable[..., Job], caplog: pytest.LogCaptureFixture
) -> None:
    job = run(job_tasks.run_broken)
    assert (job.state, job.error_code, job.attempts) == (JobState.FAILED, "internal", 3)
    assert "secret" not in job.error_text
    assert job.error_params["reference"] in job.error_text
    assert f"reference {job.error_params['reference']}" in caplog.text
    assert effects() == 0
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.FAILED


def test_a_flaky_body_writes_its_effect_once(run: Callable[..., Job]) -> None:
    job = run(job_tasks.run_flaky)
    assert (job.state, job.attempts, job.error_code) == (JobState.DONE, 3, "")
    assert effects() == 1


def test_a_call_delivered_twice_writes_its_effect_once(run: Callable[..., Job]) -> None:
    job = run(job_tasks.run_effect)
    job_tasks.run_effect.call(job.pk)
    job_tasks.run_careless.call(job.pk)
    assert effects() == 1


def test_a_job_that_is_gone_is_not_run() -> None:
    job_tasks.run_effect.call(12345678)
    assert effects() == 0


def test_a_worker_that_lost_its_job_writes_nothing() -> None:
    job = launch(job_tasks.run_effect)
    with job_running(job.pk) as frozen:
        with job_running(job.pk) as successor, successor.completing():
            job_tasks.effect("successor")
        with frozen.completing():
            job_tasks.effect("frozen")
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert JournalLine.objects.get(action=job_tasks.EFFECT).detail == {"note": "successor"}


def test_a_worker_that_lost_its_job_cannot_fail_it() -> None:
    job = launch(job_tasks.run_effect)
    with pytest.raises(ValueError, match="late"), job_running(job.pk):
        with job_running(job.pk) as successor, successor.completing():
            job_tasks.effect("successor")
        raise ValueError("late")
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_call_whose_worker_died_at_each_start_ends_failed() -> None:
    job = launch(job_tasks.run_effect)
    assert job.task_id is not None
    for start in range(3):
        call = result_claim(pk=job.task_id, worker_id=f"dead-{start}")
        assert call is not None and call.number == start + 1
        assert results_reclaim(backend="default") == [job.task_id]
    assert call_run(job.task_id, worker_id="next") is None
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "worker_lost")
    assert "3 fois" in job.error_text
    assert effects() == 0


def test_a_call_whose_function_is_gone_ends_failed(caplog: pytest.LogCaptureFixture) -> None:
    job = launch(job_tasks.run_effect)
    DBTaskResult.objects.filter(pk=job.task_id).update(task_path="tests.gone.run_gone")
    assert job.task_id and call_run(job.task_id, worker_id="w") is None
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "internal")
    assert "no such task" in caplog.text


def test_a_task_that_exits_does_not_take_its_worker_along(
    django_capture_on_commit_callbacks: Capture, caplog: pytest.LogCaptureFixture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        result = job_tasks.run_exit.enqueue()
    row = DBTaskResult.objects.get(pk=result.id)
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, 2)


def test_a_plain_task_keeps_its_value(django_capture_on_commit_callbacks: Capture) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        result = job_tasks.run_plain.enqueue("x")
    result.refresh()
    assert result.return_value == "x"


def test_pauses_double_between_starts() -> None:
    assert [job_tasks.run_flaky.pause_s(number) for number in (1, 2, 3)] == [1, 2, 4]


def test_a_stopping_worker_puts_its_job_back_without_counting_the_start() -> None:
    job = launch(job_tasks.run_slow, seconds=5)
    STOPPING.set()
    try:
        assert job.task_id and call_run(job.task_id, worker_id="leaving") == 0
    finally:
        STOPPING.clear()
    job.refresh_from_db()
    row = DBTaskResult.objects.get(pk=job.task_id)
    assert (job.state, row.status, row.worker_ids) == (JobState.WAITING, "READY", [])


def test_a_waiting_job_is_cancelled_at_once(
    owner: User, django_capture_on_commit_callbacks: Capture
) -> None:
    actor = Actor(user_id=owner.pk, label=owner.email)
    with django_capture_on_commit_callbacks(execute=True):
        job = launch(job_tasks.run_effect, actor=actor)
        assert job_cancel(actor=actor, pk=job.pk).state == JobState.CANCELLED
    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.CANCELLED, 0)
    line = JournalLine.objects.get(action="job.cancelled")
    assert (line.actor_id, line.object_id) == (owner.pk, str(job.pk))


def test_a_running_job_hears_its_owner_even_inside_its_transaction(owner: User) -> None:
    actor = Actor(user_id=owner.pk, label=owner.email)
    job = launch(job_tasks.run_effect, actor=actor)
    with job_running(job.pk) as running, running.completing():
        job_tasks.effect("undone")
        assert job.task_id is not None
        cancel_ask(job.task_id)
        running.watch.stage("Écriture")
        pytest.fail("the watch did not stop the body")
    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.CANCELLED, 0)
    assert JournalLine.objects.get(action="job.cancelled").actor_id == owner.pk


def test_cancelling_a_finished_job_changes_nothing(owner: User, run: Callable[..., Job]) -> None:
    actor = Actor(user_id=owner.pk, label=owner.email)
    job = run(job_tasks.run_effect, actor=actor)
    assert job_cancel(actor=actor, pk=job.pk).state == JobState.DONE
    assert not cancel_is_asked(job.task_id)


def test_a_job_of_someone_else_is_not_found(owner: User) -> None:
    other = User.objects.create_user("other@hygie.test", "un mot de passe solide")
    job = launch(job_tasks.run_effect, actor=Actor(user_id=owner.pk, label=owner.email))
    assert list(jobs_of(owner.pk)) == [job]
    assert not jobs_of(other.pk).exists()
    assert not jobs_of(None).exists()
    with pytest.raises(NotFound):
        job_get(other.pk, job.pk)
    with pytest.raises(NotFound):
        job_cancel(actor=Actor(user_id=other.pk, label=other.email), pk=job.pk)


def test_progress_is_published_then_kept_in_the_row() -> None:
    job = launch(job_tasks.run_effect)
    with job_running(job.pk) as running:
        running.watch.stage("Lecture du fichier", total=200)
        running.watch.advance(50)
        running.watch._beat()  # type: ignore[attr-defined]  # as if 0.3 s had passed
        progress = job_progress(job)
        assert (progress.stage, progress.done, progress.percent) == ("Lecture du fichier", 50, 25)
        running.watch.advance(150)
        with running.completing():
            pass
    job.refresh_from_db()
    assert (job.stage, job.done, job.total) == ("Lecture du fichier", 200, 200)
    assert job_progress(job).percent == 100


def test_progress_of_a_fast_loop_is_written_a_few_times_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = []
    monkeypatch.setattr(
        "hygie.foundation.jobs.run.pulse_write", lambda _task_id, pulse: written.append(pulse)
    )
    job = launch(job_tasks.run_effect)
    with job_running(job.pk) as running:
        running.watch.stage("Lecture", total=100_000)
        for _step in range(100_000):
            running.watch.advance()
        with running.completing():
            pass
    assert 1 <= len(written) <= 5


def test_time_left_follows_the_mean_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("hygie.foundation.jobs.run.time.time", lambda: clock[0])
    job = launch(job_tasks.run_effect)
    with job_running(job.pk) as running:
        running.watch.stage("Lecture", total=100)
        clock[0] += 10
        running.watch.advance(20)
        running.watch._beat()  # type: ignore[attr-defined]
        assert job_progress(job).seconds_left == 40
        clock[0] += 15
        assert job_progress(job).seconds_left == 25
        assert job_progress(job).left_text == "moins d'une minute"


def test_a_finished_job_leaves_nothing_in_the_cache(run: Callable[..., Job]) -> None:
    assert pulse_read(run(job_tasks.run_slow, seconds=0.1).task_id) is None


def test_old_finished_jobs_are_forgotten(run: Callable[..., Job]) -> None:
    done = run(job_tasks.run_effect)
    waiting = launch(job_tasks.run_effect)
    assert jobs_prune(kept_days=1) == 0
    assert jobs_prune(kept_days=-1) == 1
    assert list(Job.objects.all()) == [waiting]
    assert not DBTaskResult.objects.filter(pk=done.task_id).exists()
    assert JournalLine.objects.get(action="jobs.pruned").detail == {"count": 1}


def test_a_title_whose_parameter_is_missing_is_still_a_title() -> None:
    job = Job(kind="x", title="Import de %(name)s", title_params={"other": 1})
    assert job.title_text == "Import de %(name)s"


@pytest.mark.parametrize("pk", ["not an identifier", "00000000-0000-0000-0000-000000000000"])
def test_a_call_that_was_never_queued_does_not_exist(pk: str) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        job_tasks.run_plain.get_result(pk)
