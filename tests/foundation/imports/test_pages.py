"""Does a file travel from its drop to its rows through the pages, refused clearly when it must?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import imports_prune
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.journal.models import JournalLine
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from tests.territory.organisations.files import entity, finess_file, number, site

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
EJ = number("59", 900_001)


@pytest.fixture
def ada(signed_in: SignedIn, characters: SimpleNamespace) -> Client:
    return signed_in(characters.ada)


@pytest.fixture
def now(django_capture_on_commit_callbacks: object) -> Callable[[], object]:
    """Jobs asked for inside the block run when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)  # type: ignore[operator]


def drop(
    client: Client, now: Callable[[], object], data: bytes, name: str = "extrait.csv",
    kind: str = "territory.finess", **options: str,
) -> Import | str:  # fmt: skip
    """The import it made, or the page that refused it."""
    with now():  # type: ignore[attr-defined]
        answer = client.post(
            reverse("imports:new", args=[kind]), {"file": SimpleUploadedFile(name, data), **options}
        )
    if answer.status_code == 302:
        return Import.objects.latest("id")
    assert answer.status_code == 200
    return answer.content.decode()


def extract(tmp_path: Path) -> bytes:
    return finess_file(tmp_path / "x.csv", [site(1, EJ), site(2, EJ)]).read_bytes()


def page(client: Client, run: Import) -> str:
    answer = client.get(reverse("imports:import_detail", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_is_dropped_read_shown_then_applied(
    ada: Client, now: Callable[[], object], tmp_path: Path
) -> None:
    run = drop(ada, now, extract(tmp_path))
    assert isinstance(run, Import) and run.state == ImportState.READY
    assert run.job is not None and run.job.state == JobState.DONE
    before = page(ada, run)
    assert "3 ajouts" in before and "SITE 1" in before and "Appliquer" in before
    assert not Organisation.objects.filter(kind="et", code=number("59", 1)).exists()
    with now():  # type: ignore[attr-defined]
        ada.post(reverse("imports:import_apply", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert "Appliqué" in page(ada, run)
    assert Organisation.objects.filter(kind="et", code=number("59", 1)).exists()
    lines = JournalLine.objects.filter(object_type="import", object_id=str(run.pk))
    assert [line.action for line in lines.order_by("sequence")] == [
        "import.received", "import.read", "import.applied"
    ]  # fmt: skip
    detail = lines.get(action="import.applied").detail
    assert detail["sha256"] == run.sha256 and detail["counts"]["add"] == 3


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "vide.csv", "le fichier est vide"),
        (b"MZ\x90\x00" + b"\x00" * 200, "programme.csv", "types acceptés"),
        (b"%PDF-1.7\n", "tableau.csv", "types acceptés"),
        (b"PK\x03\x04 abime", "tableau.xlsx", "abîmé"),
        (b"<svg onload='alert(1)'></svg>", "image.csv", "types acceptés"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_on_the_page_that_took_it(
    ada: Client, now: Callable[[], object], data: bytes, name: str, said: str
) -> None:
    answer = drop(ada, now, data, name)
    assert isinstance(answer, str) and said in answer and 'role="alert"' in answer
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"nofinesset;nofinessej;rs\n010000024;010780054;CH\n", "qui n&#x27;en a pas"),
        (b"bonjour;tout;le;monde\n1;2;3;4\n", "ce n&#x27;est pas une extraction FINESS"),
        (b"finess;etalab;111;2026-05-12\nautre;1;2\n", "types de ligne vus"),
    ],
)
def test_a_file_of_something_else_is_refused_after_reading_with_its_reason(
    ada: Client, now: Callable[[], object], data: bytes, said: str
) -> None:
    run = drop(ada, now, data)
    assert isinstance(run, Import) and run.state == ImportState.REFUSED
    shown = page(ada, run)
    assert said in shown and "Fichier refusé" in shown and "Appliquer" not in shown


def test_refused_rows_are_shown_with_their_row_and_their_field(
    ada: Client, now: Callable[[], object], tmp_path: Path
) -> None:
    data = extract(tmp_path).replace(number("59", 2).encode(), b"59000")
    run = drop(ada, now, data)
    assert isinstance(run, Import)
    shown = page(ada, run)
    assert "n&#x27;est pas un numéro FINESS" in shown
    assert "nofinesset" in shown and ">3<" in shown.replace("\n", "")
    export = ada.get(reverse("imports:import_detail", args=[run.pk]), {"messages-format": "csv"})
    lines = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert lines[1].startswith("3;nofinesset;") and "59000" in lines[1]


def test_nobody_opens_the_import_of_another_nor_its_file(
    ada: Client, now: Callable[[], object], tmp_path: Path, signed_in: SignedIn,
    characters: SimpleNamespace,
) -> None:  # fmt: skip
    run = drop(ada, now, extract(tmp_path))
    assert isinstance(run, Import)
    for name in ("alice", "charlie", "diane", "remi"):
        other = signed_in(getattr(characters, name))
        for view in ("import_detail", "import_file"):
            assert other.get(reverse(f"imports:{view}", args=[run.pk])).status_code == 404
        for view in ("import_apply", "import_cancel", "import_reread"):
            assert other.post(reverse(f"imports:{view}", args=[run.pk])).status_code == 404
        assert str(run.file_name) not in other.get(reverse("imports:import_list")).content.decode()
    run.refresh_from_db()
    assert run.state == ImportState.READY
    answer = ada.get(reverse("imports:import_file", args=[run.pk]))
    assert b"".join(answer.streaming_content) == extract(tmp_path)  # type: ignore[arg-type]
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_kind_is_offered_to_whoever_holds_its_right_and_refused_to_the_others(
    signed_in: SignedIn, characters: SimpleNamespace
) -> None:
    address = reverse("imports:new", args=["territory.finess"])
    assert signed_in(characters.ada).get(address).status_code == 200
    for name in ("alice", "bob", "charlie", "diane", "remi"):
        client = signed_in(getattr(characters, name))
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403
    assert Client().get(address).status_code == 302
    unknown = reverse("imports:new", args=["territory.unknown"])
    assert signed_in(characters.ada).get(unknown).status_code in {400, 404}


def test_an_abandoned_import_writes_nothing_and_cannot_be_applied(
    ada: Client, now: Callable[[], object], tmp_path: Path
) -> None:
    run = drop(ada, now, extract(tmp_path))
    assert isinstance(run, Import)
    ada.post(reverse("imports:import_cancel", args=[run.pk]))
    answer = ada.post(reverse("imports:import_apply", args=[run.pk]))
    assert answer.status_code == 409 and "abandonné" in answer.content.decode()
    assert not Organisation.objects.filter(code=EJ).exists()


def test_a_plan_that_others_have_overtaken_fails_and_may_be_read_again(
    ada: Client, now: Callable[[], object], tmp_path: Path
) -> None:
    first, second = (drop(ada, now, extract(tmp_path)) for _ in range(2))
    assert isinstance(first, Import) and isinstance(second, Import)
    for run in (first, second):
        with now():  # type: ignore[attr-defined]
            ada.post(reverse("imports:import_apply", args=[run.pk]))
    second.refresh_from_db()
    assert second.job is not None and second.job.state == JobState.FAILED
    shown = page(ada, second)
    assert "Les données ont changé depuis la lecture" in shown and "Relire" in shown
    with now():  # type: ignore[attr-defined]
        ada.post(reverse("imports:import_reread", args=[second.pk]))
    second.refresh_from_db()
    assert second.state == ImportState.READY and second.counts["keep"] == 2
    assert "ne changerait rien" in page(ada, second)


def test_a_file_larger_than_the_limit_is_told_before_it_is_sent_whole(ada: Client) -> None:
    with override_settings(UPLOAD_MAX_BYTES=10):
        answer = ada.post(
            reverse("imports:new", args=["territory.finess"]), b"x", "text/plain",
            headers={"content-length": str(50 * 1024 * 1024)},
        )  # fmt: skip
    assert answer.status_code == 413


def test_after_their_time_the_file_goes_and_its_trace_stays(
    ada: Client, now: Callable[[], object], tmp_path: Path
) -> None:
    run = drop(ada, now, extract(tmp_path))
    assert isinstance(run, Import)
    ada.post(reverse("imports:import_cancel", args=[run.pk]))
    assert imports_prune(keep_days=30) == 0
    assert imports_prune(keep_days=0) == 1
    run.refresh_from_db()
    assert run.document is None and run.sha256 and not run.changes.exists()
    assert run.file_name in page(ada, run)
    assert ada.get(reverse("imports:import_file", args=[run.pk])).status_code == 404


def test_the_lists_cost_the_same_whatever_they_hold(
    ada: Client, now: Callable[[], object], tmp_path: Path,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    def look(run: Import) -> None:
        for address in (
            reverse("imports:import_list"), reverse("imports:import_detail", args=[run.pk]),
        ):  # fmt: skip
            with django_assert_max_num_queries(16):  # type: ignore[operator]
                assert ada.get(address).status_code == 200

    run = drop(ada, now, extract(tmp_path))
    assert isinstance(run, Import)
    look(run)
    path = finess_file(
        tmp_path / "many.csv",
        [*(site(rank, EJ) for rank in range(500)), entity(EJ, "CH")],
    )
    for _ in range(9):
        run = drop(ada, now, path.read_bytes())
        assert isinstance(run, Import)
    look(run)


def test_the_real_extract_goes_through_the_page(
    ada: Client, now: Callable[[], object], real_data: Path
) -> None:
    (path,) = (real_data / "finess").glob("*.csv")
    run = drop(ada, now, path.read_bytes(), path.name)
    assert isinstance(run, Import)
    shown = page(ada, run)
    assert "CH DE FLEYRIAT" in shown and "12 mai 2026" in shown
    with now():  # type: ignore[attr-defined]
        ada.post(reverse("imports:import_apply", args=[run.pk]))
    assert Organisation.objects.filter(kind="et", name="CH DE FLEYRIAT").exists()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "home"
    with override_settings(
        MEDIA_ROOT=str(folder / "documents"), FILE_UPLOAD_TEMP_DIR=str(folder / "incoming")
    ):
        yield
