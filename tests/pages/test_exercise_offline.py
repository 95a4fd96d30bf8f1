"""Does an observer's sheet open again without network, for its observer and nobody else?"""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.services.play import Improvised, inject_improvise
from hygie.territory.people.models import User
from tests.pages.test_exercise_screens import staff, user
from tests.shell.test_serve import until

__all__ = ["staff"]
NAMES = "caches.keys().then(names => names.filter(name => name.startsWith('hygie.private:')))"


def kept(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-ply-sheet", "kept")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_a_sheet_opens_again_without_network_as_it_was_last_read(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    page_problems: list[str],
) -> None:
    sign_in(user("olga"))
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/observer/")
    kept(page)
    inject_improvise(seat=staff, made_up=Improvised("Un appel", expected="Rappeler le maire"))
    expect(page.locator("#sheet")).to_contain_text("Rappeler le maire")
    page.evaluate("document.body.dataset.plySheet = 'old'")
    inject_improvise(seat=staff, made_up=Improvised("Encore", expected="Rappeler la préfète"))
    expect(page.locator("body")).to_have_attribute("data-ply-sheet", "kept")
    title = staff.exercise.title
    page.context.set_offline(offline=True)
    # What the server would answer now: seen, it would tell that the network is there.
    Exercise.objects.filter(pk=staff.exercise.pk).update(title="Un autre titre")
    page.reload()
    expect(page.locator(".ply-foot")).to_contain_text(title)
    expect(page.locator("#sheet")).to_contain_text("Rappeler la préfète")
    # Drawn, and alive: what is written is kept.
    assert page.locator(".ply-bar").evaluate("one => getComputedStyle(one).position") == "sticky"
    page.locator("#note-text").fill("Vu hors ligne")
    page.get_by_role("button", name="Garder la remarque").click()
    expect(page.locator("[data-ply-waiting-count]")).to_be_visible()
    page.context.set_offline(offline=False)
    expect(page.locator("[data-ply-waiting-count]")).to_be_hidden()
    assert staff.exercise.log.filter(text="Vu hors ligne").exists()
    page_problems.clear()


def test_what_was_kept_is_gone_with_the_session_the_seat_or_the_exercise(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    page_problems: list[str],
) -> None:
    sheet = f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/observer/"

    def come() -> None:
        sign_in(user("olga"))
        page.goto(sheet)
        kept(page)
        assert len(page.evaluate(NAMES)) == 1

    come()
    page.context.clear_cookies()
    page.goto(sheet)
    assert page.evaluate(NAMES) == []
    come()
    sign_in(user("iris"))
    page.goto(sheet.replace("observer/", "jouer/"))
    expect(page.locator("#inbox")).to_be_visible()
    until(lambda: page.evaluate(NAMES) == [], 30)
    come()
    Exercise.objects.filter(pk=staff.exercise.pk).update(state=ExerciseState.CLOSED)
    page.goto(sheet)
    until(lambda: page.evaluate(NAMES) == [], 30)
    page_problems.clear()
