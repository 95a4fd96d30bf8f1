"""Does the page of an import follow its work to the end, and then say what the file would do?"""

from collections.abc import Callable
from types import SimpleNamespace

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.territory.people.models import User


def test_the_page_of_an_import_becomes_its_result_when_the_work_ends(
    characters: SimpleNamespace,
    sign_in: Callable[[User], None],
    live_server: LiveServer,
    page: Page,
    axe: Callable[[], None],
) -> None:
    ada = characters.ada
    job = Job.objects.create(
        kind="imports.read", title="Lecture", owner=ada, state=JobState.RUNNING
    )
    run = Import.objects.create(
        kind="territory.finess", owner=ada, file_name="extrait.csv", file_size=12,
        sha256="0" * 64, job=job, state=ImportState.READING,
    )  # fmt: skip
    sign_in(ada)
    page.goto(live_server.url + reverse("imports:import_detail", args=[run.pk]))
    expect(page.get_by_text("Lecture en cours")).to_be_visible()
    with page.expect_response(lambda answer: "/travaux/" in answer.url):
        pass
    expect(page.locator("main")).to_have_count(1)
    expect(page.get_by_role("button", name="Annuler ce travail")).to_be_visible()

    Import.objects.filter(pk=run.pk).update(
        state=ImportState.READY,
        counts=dict.fromkeys(("add", "change", "close", "keep", "refused", "warnings"), 0),
    )
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    expect(page.get_by_text("Ce fichier ne changerait rien")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("extrait.csv")
    axe()
