"""Real workers, killed at the worst moments, on SQLite or on the PostgreSQL of DATABASE_URL."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.tables import Laid, postgresql_database

pytestmark = pytest.mark.process

REPOSITORY = Path(__file__).resolve().parents[3]
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = bool(SERVER)
only_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="several workers need PostgreSQL")
only_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="about the one worker of SQLite")
# A dead worker is noticed after 15 s of silence, by a look every 5 s; then the job itself.
TAKEOVER_S = 45.0
QUICK = {"update_heartbeat_interval": 1.0, "stalled_worker_timeout": 3.0}


class Instance:
    """One HYGIE_HOME with its database, its web process and its workers."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home = home
        self.database = urlsplit(database_url).path.lstrip("/")
        self.traces_path = home / "traces"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HYGIE_")},
            "DJANGO_SETTINGS_MODULE": "tests.foundation.jobs.process_settings",
            "PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}",
            "HYGIE_HOME": str(home),
            "HYGIE_PROFILE": "test",
            "DATABASE_URL": database_url,
            "TEST_TRACES": str(self.traces_path),
        }
        self.driver: subprocess.Popen[str] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def ask(self, name: str, *args: Any, **named: Any) -> Any:
        if self.driver is None:
            self.driver = subprocess.Popen(
                [sys.executable, "-m", "tests.foundation.jobs.process_driver"],
                env=self.environment, cwd=self.home, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self.driver.stdin and self.driver.stdout
        self.driver.stdin.write(json.dumps([name, args, named]) + "\n")
        self.driver.stdin.flush()
        return json.loads(self.driver.stdout.readline())

    def work(self, **environment: str) -> subprocess.Popen[bytes]:
        with (self.home / f"worker-{len(self.workers)}.log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.foundation.jobs.process_worker"],
                env=self.environment | environment, cwd=self.home, stdout=log, stderr=log,
            )  # fmt: skip
        self.workers.append(worker)
        return worker

    def traces(self) -> list[str]:
        return self.traces_path.read_text().split("\n")[:-1] if self.traces_path.exists() else []

    def until(self, is_so: Callable[[], bool], seconds: float) -> float:
        start = time.monotonic()
        while not is_so():
            if time.monotonic() - start > seconds:
                logs = "\n".join(path.read_text() for path in sorted(self.home.glob("*.log")))
                pytest.fail(f"still not so after {seconds} s; logs:\n{logs[-6000:]}")
            time.sleep(0.05)
        return time.monotonic() - start

    def until_state(self, pk: int, state: str, seconds: float) -> float:
        return self.until(lambda: self.ask("job", pk)["state"] == state, seconds)

    def started(self, count: int = 1, seconds: float = 15) -> None:
        self.until(lambda: len([t for t in self.traces() if "start" in t]) >= count, seconds)

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        if self.driver is not None:
            assert self.driver.stdin and self.driver.stdout
            self.driver.stdin.close()
            self.driver.wait()
            self.driver.stdout.close()


def _server(sql: str) -> None:
    parts = urlsplit(SERVER)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sql.encode())


@pytest.fixture(scope="module")
def model(laid: Laid, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | str]:
    """A laid instance, copied for each test: its home, or the address of its database."""
    home = tmp_path_factory.mktemp("model")
    (home / "incoming").mkdir()
    with ExitStack() as stack:
        url = ""
        if ON_POSTGRESQL:
            url = stack.enter_context(postgresql_database(SERVER, laid.database))
        else:
            laid.lay(home)
        laying = Instance(home, url)
        laying.ask("lay")
        laying.close()
        yield url or home


@pytest.fixture
def instance(model: Path | str, tmp_path: Path) -> Iterator[Instance]:
    home, url = tmp_path / "home", ""
    with ExitStack() as stack:
        if isinstance(model, Path):
            shutil.copytree(model, home)
        else:
            (home / "incoming").mkdir(parents=True)
            name = urlsplit(model).path.lstrip("/")
            url = stack.enter_context(postgresql_database(SERVER, name))
        made = Instance(home, url)
        yield made
        made.close()


@pytest.mark.parametrize("where", ["before", "inside"])
def test_a_worker_killed_mid_job_loses_no_job_and_repeats_none(
    instance: Instance, where: str
) -> None:
    pk = instance.ask("launch", "run_slow", seconds=1.5, where=where)
    instance.work()
    instance.started()
    victim = int(instance.traces()[0].split()[1])
    if ON_POSTGRESQL:
        instance.work()
    time.sleep(0.7)
    os.kill(victim, signal.SIGKILL)
    assert instance.ask("effects") == 0
    if not ON_POSTGRESQL:
        instance.work()
    instance.until_state(pk, "done", TAKEOVER_S if ON_POSTGRESQL else 10)
    assert instance.ask("effects") == 1
    job = instance.ask("job", pk)
    assert (job["attempts"], job["starts"], job["call"]) == (2, 2, "SUCCESSFUL")


def test_a_worker_killed_just_after_its_commit_is_not_repeated(instance: Instance) -> None:
    """The job is done in its row while its call is not: a second delivery changes nothing."""
    instance.work()
    pk = instance.ask("launch", "run_done_then_killed")
    instance.workers[0].wait(timeout=15)
    instance.work()
    seconds = TAKEOVER_S if ON_POSTGRESQL else 10
    instance.until(lambda: instance.ask("job", pk)["call"] == "SUCCESSFUL", seconds)
    assert instance.ask("effects") == 1
    assert instance.ask("job", pk)["attempts"] == 1


def test_a_failed_start_is_tried_again_after_a_pause_that_doubles(instance: Instance) -> None:
    pk = instance.ask("launch", "run_flaky")
    instance.work()
    instance.until_state(pk, "done", 20)
    first, second, third = (float(trace) for trace in instance.traces())
    assert 1 <= second - first < 8
    assert 2 <= third - second < 10
    assert instance.ask("effects") == 1


def test_a_rolled_back_transaction_enqueues_nothing(instance: Instance) -> None:
    instance.work()
    instance.ask("launch_undone", "run_effect")
    pk = instance.ask("launch", "run_effect")
    instance.until_state(pk, "done", 15)
    time.sleep(1)
    assert instance.ask("effects") == 1
    assert instance.ask("counts") == [1, 1]


@pytest.mark.parametrize("where", ["before", "inside"])
def test_a_cancellation_stops_a_running_job_within_two_seconds(
    instance: Instance, where: str
) -> None:
    pk = instance.ask("launch", "run_slow", seconds=60, where=where)
    instance.work()
    instance.started()
    # Progress is seen while the transaction that will hold the result is still open.
    instance.until(lambda: instance.ask("job", pk)["done"] > 0, 5)
    assert instance.ask("job", pk)["stage"] == "Lecture du fichier"
    asked_s = instance.ask("cancel", pk)
    assert asked_s < 1
    assert asked_s + instance.until_state(pk, "cancelled", 2) < 2
    assert instance.ask("effects") == 0


def test_a_task_that_kills_its_worker_each_time_ends_failed(instance: Instance) -> None:
    pk = instance.ask("launch", "run_killer")
    for start in range(1, 4):
        worker = instance.work(TEST_WORKER_DEFAULTS=json.dumps(QUICK))
        assert worker.wait(timeout=25) == -signal.SIGKILL
        instance.started(start)
    instance.work(TEST_WORKER_DEFAULTS=json.dumps(QUICK))
    instance.until_state(pk, "failed", 20)
    assert instance.ask("job", pk)["error"] == "worker_lost"
    assert instance.traces() == ["start"] * 3
    # The next job is not hurt.
    after = instance.ask("launch", "run_effect")
    instance.until_state(after, "done", 5)


def test_a_schedule_runs_once_a_tick(instance: Instance) -> None:
    table = {"tick": {"task": "tests.foundation.jobs.job_tasks.run_tick", "every": 2}}
    for _worker in range(2 if ON_POSTGRESQL else 1):
        instance.work(TEST_SCHEDULES=json.dumps(table))
    instance.until(lambda: instance.ask("effects") >= 1, 20)
    started = time.monotonic()
    before = instance.ask("effects")
    time.sleep(6)
    done = instance.ask("effects") - before
    # By the clock of the test: a busy machine serves late, and one run stands for missed ticks.
    assert 1 <= done <= (time.monotonic() - started) / 2 + 1
    _jobs, calls = instance.ask("counts")
    assert calls - instance.ask("effects") <= 1


def test_a_worker_asked_to_stop_puts_its_job_back_and_another_ends_it(instance: Instance) -> None:
    pk = instance.ask("launch", "run_slow", seconds=3)
    first = instance.work()
    instance.started()
    first.terminate()
    assert first.wait(timeout=5) == 0
    job = instance.ask("job", pk)
    assert (job["state"], job["call"], job["starts"]) == ("waiting", "READY", 0)
    instance.work()
    instance.until_state(pk, "done", 15)
    assert instance.ask("job", pk)["starts"] == 1
    assert instance.ask("effects") == 1


def test_an_idle_worker_stops_at_once(instance: Instance) -> None:
    pk = instance.ask("launch", "run_effect")
    worker = instance.work()
    instance.until_state(pk, "done", 15)
    worker.send_signal(signal.SIGINT)
    assert worker.wait(timeout=3) == 0


@only_sqlite
def test_a_second_worker_on_sqlite_is_refused(instance: Instance) -> None:
    pk = instance.ask("launch", "run_effect")
    first = instance.work()
    instance.until_state(pk, "done", 15)
    second = instance.work()
    assert second.wait(timeout=15) == 1
    said = (instance.home / "worker-1.log").read_text()
    assert f"processus {first.pid}" in said
    assert first.poll() is None


@only_sqlite
def test_a_worker_survives_a_database_locked_beyond_its_patience(instance: Instance) -> None:
    worker = instance.work(TEST_PATIENCE_S="0.3")
    first = instance.ask("launch", "run_effect")
    instance.until_state(first, "done", 15)
    instance.ask("launch", "run_slow", seconds=0.6)
    instance.ask("hold", 2.5)
    assert worker.poll() is None
    instance.until(lambda: instance.ask("effects") == 2, 15)


@only_postgresql
def test_a_lost_database_connection_loses_no_job_and_repeats_none(instance: Instance) -> None:
    pk = instance.ask("launch", "run_slow", seconds=2)
    instance.work()
    instance.started()
    mine = instance.ask("backends")
    _server(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608  # our own name
        f"WHERE datname = '{instance.database}' AND pid <> ALL (ARRAY{mine})"
    )

    def is_done() -> bool:
        if instance.workers[-1].poll() is not None:
            instance.work()  # as the supervisor does
        return bool(instance.ask("job", pk)["state"] == "done")

    instance.until(is_done, TAKEOVER_S)
    assert instance.ask("effects") == 1


@only_postgresql
def test_calls_of_one_lock_never_run_together(instance: Instance) -> None:
    for _worker in range(2):
        instance.work()
    pks = [instance.ask("launch", "run_locked") for _job in range(4)]
    for pk in pks:
        instance.until_state(pk, "done", 20)
    assert instance.traces() == ["in", "out"] * 4
