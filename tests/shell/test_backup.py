"""An instance saved and brought back, on the database under test."""

import json
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from hygie.shell.backup.manifest import NAME as MANIFEST
from tests.shell.instances import Instance
from tests.tables import Laid

pytestmark = pytest.mark.process

LAY = """
from hygie.territory.people.models import User
from hygie.foundation.jobs.tasks import run_prune
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import Actor, Via
for n in range(3):
    User.objects.create_user(f"p{n}@hygie.test", "x", first_name="Zoé \\t\\\\N\\n'\\"")
run_prune.enqueue()
journal_write(actor=Actor(None, "test", Via.CLI), action="thing.done", detail={"é": [1, None]})
"""
READ = """
import json
from hygie.territory.people.models import User
rows = list(User.objects.order_by("id").values_list("id", "email", "first_name", "password"))
print(json.dumps(rows))
"""
CACHE = """
from django.core.cache import cache
cache.set("a", "kept")
print(cache.get("a"))
"""
SILENT = """
from django.db import connection
asked = "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'"
with connection.cursor() as cursor:
    print(cursor.execute(asked).fetchone()[0] if connection.vendor == "postgresql" else 0)
"""
NEXT = """
from hygie.territory.people.models import User
print(User.objects.create_user("next@hygie.test", "x").pk)
"""


@pytest.fixture(scope="module")
def saved(
    new_instance: Callable[..., Instance], laid: Laid, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Instance, Path, str]:
    """An instance with rows and a document, its archive, and its rows; no test may change it."""
    instance = new_instance(laid)
    instance.succeed("migrate", "--quiet")  # the table of the cache
    rows = instance.ask(LAY + READ)
    documents = instance.home / "documents" / "ab"
    documents.mkdir(parents=True)
    (documents / "preuve é.pdf").write_bytes(b"%PDF" * 1000)
    archive = tmp_path_factory.mktemp("archive") / "backup.tar.gz"
    told = json.loads(instance.succeed("backup", archive, "--json"))
    assert told["rows"] > 3
    return instance, archive, rows


def test_another_machine_gets_the_same_rows_documents_secret_and_a_whole_journal(
    saved: tuple[Instance, Path, str], new_instance: Callable[..., Instance]
) -> None:
    first, archive, rows = saved
    second = new_instance()
    second.succeed("restore", archive)
    assert second.ask(READ) == rows
    # Not in the archive, and asked for by every sign-in.
    assert second.ask(CACHE) == "kept"
    # The job queue tells its workers by triggers.
    assert second.ask(SILENT) == "0"
    assert (second.home / "documents/ab/preuve é.pdf").read_bytes() == b"%PDF" * 1000
    assert (second.home / "secret.key").read_text() == (first.home / "secret.key").read_text()
    assert not list(second.home.glob(".restore-*"))
    assert json.loads(second.succeed("journal", "verify", "--json"))["intact"]
    # Counters go on after the last row given out.
    assert int(second.ask(NEXT)) > max(row[0] for row in json.loads(rows))

    refused = second.run("restore", archive, "--json")
    assert refused.returncode == 3
    assert json.loads(refused.stdout)["error"] == "instance_not_empty"
    second.succeed("restore", archive, "--replace")
    assert second.ask(READ) == rows


def test_a_restore_that_fails_leaves_everything_as_it_was(
    saved: tuple[Instance, Path, str], tmp_path: Path
) -> None:
    instance, archive, rows = saved
    broken = tmp_path / "broken.tar.gz"
    damage(archive, broken)
    before = (instance.home / "secret.key").read_text()
    done = instance.run("restore", broken, "--replace", "--json")
    assert done.returncode == 3, done.stderr
    assert json.loads(done.stdout)["error"] in {"replay_failed", "archive_too_new"}
    assert instance.ask(READ) == rows
    assert (instance.home / "secret.key").read_text() == before
    assert (instance.home / "documents/ab/preuve é.pdf").exists()
    assert not list(instance.home.glob(".restore-*"))


def test_an_archive_of_the_other_database_is_refused(
    saved: tuple[Instance, Path, str], tmp_path: Path
) -> None:
    instance, archive, rows = saved
    other = tmp_path / "other.tar.gz"
    here = "postgresql" if settings.DATABASE_URL else "sqlite"
    there = "sqlite" if settings.DATABASE_URL else "postgresql"
    rewrite(archive, other, lambda manifest: {**manifest, "database": there})
    done = instance.run("restore", other, "--replace")
    assert done.returncode == 3
    assert f"vient de {there} et cette instance utilise {here}" in done.stderr
    assert instance.ask(READ) == rows


def test_an_archive_of_a_later_version_is_refused(
    saved: tuple[Instance, Path, str], tmp_path: Path
) -> None:
    instance, archive, rows = saved
    later = tmp_path / "later.tar.gz"

    def add(manifest: dict) -> dict:  # type: ignore[type-arg]
        return {**manifest, "migrations": [*manifest["migrations"], ["people", "9999_later"]]}

    rewrite(archive, later, add)
    done = instance.run("restore", later, "--replace")
    assert done.returncode == 3
    assert "people.9999_later" in done.stderr
    assert instance.ask(READ) == rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup", "x.zip"), ".tar.gz"),
        (("backup", "there.tar.gz"), "existe déjà"),
        (("restore", "absent.tar.gz"), "absent.tar.gz"),
        (("restore", "there.tar.gz"), "pas une sauvegarde lisible"),
    ],
)
def test_a_wrong_file_is_told(
    instance: Instance, tmp_path: Path, words: tuple[str, str], said: str
) -> None:
    (tmp_path / "there.tar.gz").write_text("already something")
    instance.home.mkdir()
    done = instance.run(words[0], tmp_path / words[1])
    assert done.returncode == 3, done.stderr
    assert said in done.stderr
    assert (tmp_path / "there.tar.gz").read_text() == "already something"


def rewrite(source: Path, target: Path, change: Callable) -> None:  # type: ignore[type-arg]
    """The same archive with another manifest."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = file.read()
            if member.name == MANIFEST:
                content = json.dumps(change(json.loads(content))).encode()
            add_bytes(new, member.name, content)


def damage(source: Path, target: Path) -> None:
    """Rows that do not fit, under a manifest that agrees: only laying them can tell."""
    import hashlib

    sums: dict[str, list[object]] = {}
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = file.read()
            if member.name == "database/hygie.sqlite3":
                content = orphaned(content, target.parent)
            if member.name == "database/people_user.copy":
                content = content.replace(b"\t", b"|")
            if member.name == MANIFEST:
                content = json.dumps({**json.loads(content), "members": sums}).encode()
            else:
                sums[member.name] = [hashlib.sha256(content).hexdigest(), len(content)]
            add_bytes(new, member.name, content)


def orphaned(content: bytes, folder: Path) -> bytes:
    """The same SQLite file with a row that points nowhere."""
    path = folder / "orphaned.sqlite3"
    path.write_bytes(content)
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO people_user_groups (user_id, group_id) VALUES (99, 99)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    import io

    information = tarfile.TarInfo(name)
    information.size = len(content)
    tar.addfile(information, io.BytesIO(content))
