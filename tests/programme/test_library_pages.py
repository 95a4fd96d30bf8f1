"""Does a public library travel by the page and the command line, and say why when it cannot?"""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.journal.models import JournalLine
from hygie.programme.models import Framework, Requirement
from hygie.shell.cli import main
from tests.programme.libraries import BASE, large, library, node

pytestmark = pytest.mark.django_db
LIBRARY = library(node("a"), node("a.1", parent="a"), node("b"))


@pytest.fixture
def ada(signed_in: Callable[..., Client], characters: Any) -> Client:
    return signed_in(characters.ada)


@pytest.fixture
def now(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Jobs asked for inside the block run when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def drop(client: Client, now: Callable[[], Any], data: bytes, **more: str) -> Import | str:
    """The import it made, or the page that refused it."""
    file = SimpleUploadedFile(more.pop("name", "essai.yaml"), data)
    with now():
        answer = client.post(
            reverse("imports:new", args=["programme.library"]), {"file": file, **more}
        )
    if answer.status_code == 302:
        return Import.objects.latest("id")
    assert answer.status_code == 200
    return answer.content.decode()


def page(client: Client, run: Import) -> str:
    return client.get(reverse("imports:import_detail", args=[run.pk])).content.decode()


def agree(client: Client, now: Callable[[], Any], run: Import) -> Import:
    with now():
        client.post(reverse("imports:import_apply", args=[run.pk]))
    run.refresh_from_db()
    return run


@pytest.mark.real_data
def test_the_public_d2_library_goes_through_the_page(
    ada: Client, now: Callable[[], Any], real_data: Path
) -> None:
    data = (real_data / "frameworks" / "ans-care-domaine2.yaml").read_bytes()
    run = drop(ada, now, data)
    assert isinstance(run, Import) and run.state == ImportState.READY
    assert not Framework.objects.filter(origin="library").exists()
    shown = page(ada, run)
    assert "18 ajouts" in shown and "d2.o4" in shown
    assert agree(ada, now, run).state == ImportState.APPLIED
    framework = Framework.objects.get(origin="library")
    assert framework.requirements.filter(is_assessable=True).count() == 13
    tree = ada.get(reverse("programme:framework", args=[framework.pk])).content.decode()
    assert tree.index("d2.o1.a") < tree.index("d2.o1.b") < tree.index("d2.o4")
    again = drop(ada, now, data)
    assert isinstance(again, Import)
    assert (again.counts["add"], again.counts["change"], again.counts["keep"]) == (0, 0, 18)
    actions = set(JournalLine.objects.values_list("action", flat=True))
    assert {"import.received", "import.read", "import.applied", "library.imported"} <= actions


def macro_workbook() -> bytes:
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", b"macro")
    return sheet.getvalue()


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD = [
    ("broken", b"urn: [1, 2\nobjects: 3\n", "essai.yaml", "YAML"),
    ("bomb", LAUGHS.encode(), "essai.yaml", "nœuds une fois"),
    ("tag", b"a: !!python/object/apply:os.system ['id']\n", "essai.yaml", "type"),
    ("deep", b"a: " + b"[" * 5000, "essai.yaml", "imbriqu"),
    ("duplicate", library(node("a"), node("a")), "essai.yaml", f"{BASE}:a"),
    ("parent", library(node("a", parent="z")), "essai.yaml", "parent"),
    ("cycle", library(node("a", parent="b"), node("b", parent="a")), "essai.yaml",
     "propre ancêtre"),
    ("no library", b"bonjour: 1\nmonde: 2\n", "essai.yaml", "bibliothèque"),
    ("no version", LIBRARY.replace(b"version: 1\n", b""), "essai.yaml", "version"),
    ("latin", "urn: café\nobjects: x\n".encode("latin-1"), "essai.yaml", "UTF-8"),
    ("macro", macro_workbook(), "essai.xlsx", "macro"),
    ("pdf", b"%PDF-1.7\n%", "essai.yaml", "types acceptés"),
    ("program", b"MZ\x90\x00" + b"\x00" * 90, "essai.yaml", "types acceptés"),
    ("empty", b"", "essai.yaml", "vide"),
    ("long urn", library(node("a" * 300)), "essai.yaml", "plus de 250 caractères"),
    ("huge number", LIBRARY.replace(b"version: 1", b"version: 99999999999"), "essai.yaml",
     "version"),
    ("nul", library(node("a", name="b\\0c")), "essai.yaml", "nul"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_a_bad_file_says_why_on_the_page_and_writes_nothing(
    ada: Client, now: Callable[[], Any], data: bytes, name: str, said: str
) -> None:
    run = drop(ada, now, data, name=name)
    shown = run if isinstance(run, str) else page(ada, run)
    assert isinstance(run, str) or run.state == ImportState.REFUSED
    assert said in shown and "Appliquer" not in shown
    assert not Framework.objects.exists()


def test_a_file_too_large_is_told_before_it_is_read(ada: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    answer = ada.post(
        reverse("imports:new", args=["programme.library"]), b"x", "text/plain",
        headers={"content-length": str(50 * 1024 * 1024)},
    )  # fmt: skip
    assert answer.status_code == 413


def bring(operator: Any, tmp_path: Path, data: bytes, **options: bool) -> Import:
    path = tmp_path / "essai.yaml"
    path.write_bytes(data)
    return import_run_now(perimeter=operator, kind="programme.library", path=path, options=options)


def test_a_new_version_leaves_the_old_one_readable(
    ada: Client, operator: Any, tmp_path: Path
) -> None:
    bring(operator, tmp_path, LIBRARY)
    bring(operator, tmp_path, library(node("a", name="Nouveau"), node("c"), version=2))
    new, old = Framework.objects.order_by("-version")
    assert (new.is_current, old.is_current) == (True, False)
    assert old.requirements.count() == 3
    assert old.requirements.get(urn=f"{BASE}:a").name == "Exigence a"
    assert new.requirements.get(urn=f"{BASE}:a").name == "Nouveau"
    answer = ada.get(reverse("programme:framework", args=[old.pk])).content.decode()
    assert "ancienne version" in answer and "v2" in answer and "Exigence a" in answer


def test_an_older_version_is_refused_unless_asked(operator: Any, tmp_path: Path) -> None:
    newer = library(node("a"), version=2)
    bring(operator, tmp_path, newer)
    assert bring(operator, tmp_path, LIBRARY).state == ImportState.REFUSED
    assert Framework.objects.count() == 1
    assert bring(operator, tmp_path, LIBRARY, accepts_older=True).counts["change"] == 1
    assert Framework.objects.get(is_current=True).version == 1
    back = bring(operator, tmp_path, newer)
    assert (back.state, back.counts["change"]) == (ImportState.APPLIED, 1)
    assert Framework.objects.get(is_current=True).version == 2


def test_a_rule_written_here_follows_its_requirement_to_the_next_version(
    operator: Any, tmp_path: Path
) -> None:
    bring(operator, tmp_path, LIBRARY)
    rule = {"rule": "questionnaire"}
    Requirement.objects.filter(urn=f"{BASE}:b").update(rule=rule, is_customised=True)
    assert bring(operator, tmp_path, LIBRARY).counts["change"] == 0
    bring(operator, tmp_path, library(node("b", name="Nouveau"), version=2))
    row = Requirement.objects.get(urn=f"{BASE}:b", framework__is_current=True)
    assert (row.rule, row.name) == (rule, "Nouveau")


def test_a_requirement_gone_from_the_same_version_is_retired_not_deleted(
    operator: Any, tmp_path: Path
) -> None:
    bring(operator, tmp_path, LIBRARY)
    assert bring(operator, tmp_path, library(node("a"))).counts["close"] == 2
    row = Requirement.objects.get(urn=f"{BASE}:b")
    assert (row.is_retired, row.is_assessable) == (True, False)
    assert bring(operator, tmp_path, library(node("a"))).counts["close"] == 0
    assert bring(operator, tmp_path, LIBRARY).counts["add"] == 2
    row.refresh_from_db()
    assert (row.is_retired, row.is_assessable) == (False, True)


def test_a_library_may_not_replace_a_packaged_framework(operator: Any, tmp_path: Path) -> None:
    Framework.objects.create(
        urn="urn:x:risk:framework:essai", version=1, origin="care", ref_id="X", name="Le nôtre"
    )
    assert bring(operator, tmp_path, LIBRARY).state == ImportState.REFUSED
    assert Framework.objects.get().name == "Le nôtre"


def test_a_file_of_3_4_megabytes_is_imported_as_a_job_within_seconds(
    ada: Client, now: Callable[[], Any], record_property: Callable[[str, Any], None]
) -> None:
    data = large(3_400_000)
    started = time.perf_counter()
    run = drop(ada, now, data)
    assert isinstance(run, Import)
    read = time.perf_counter()
    run = agree(ada, now, run)
    seconds = [read - started, time.perf_counter() - read]
    record_property("seconds", seconds)
    assert run.job is not None and run.job.state == JobState.DONE
    framework = Framework.objects.get()
    assert framework.requirements.count() > 4_500
    assert framework.requirements.filter(parent__isnull=False).count() > 4_500
    assert sum(seconds) < 60


@pytest.mark.parametrize("is_json", [True, False])
def test_the_command_line_imports_and_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, is_json: bool
) -> None:
    path = tmp_path / "essai.yaml"
    more = ["--json"] if is_json else []
    path.write_bytes(LIBRARY)
    assert main(["programme", "import", str(path), "--dry-run", *more]) == 0
    assert not Framework.objects.exists()
    assert main(["programme", "import", str(path), *more]) == 0
    assert Framework.objects.get().ref_id == "ESSAI"
    capsys.readouterr()
    path.write_bytes(library(node("a", parent="z")))
    assert main(["programme", "import", str(path), *more]) == 3
    said = capsys.readouterr().out
    if is_json:
        answer = json.loads(said)
        assert answer["refused"] and answer["messages"][0]["row"]
    else:
        assert "parent" in said and "Fichier refusé" in said
    assert main(["programme", "import", str(tmp_path / "rien.yaml"), *more]) == 3
