"""What a tired person meets in an exercise: nothing missed, nothing cut, one thumb is enough."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.services.clock import exercise_resume, exercise_start, exercise_stop
from hygie.governance.exercises.services.play import Improvised, inject_improvise
from hygie.territory.people.models import User
from tests.pages.conftest import PHONE
from tests.pages.test_exercise_screens import staff, user

__all__ = ["staff"]
COUNTS = """
document.body.addEventListener("live:inject", () => {
  document.documentElement.dataset.told = Number(document.documentElement.dataset.told ?? 0) + 1;
})
"""


def message(staff: Seat, text: str) -> None:
    inject_improvise(seat=staff, made_up=Improvised(text, sender="Le maire"))


def test_what_is_told_while_a_part_is_being_read_is_shown_too(
    page: Page, staff: Seat, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    sign_in(user("iris"))
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/jouer/")
    page.evaluate(COUNTS)
    held: list[Route] = []
    page.route("**/*part=inbox", lambda route: route.continue_() if held else held.append(route))
    message(staff, "Premier appel du maire")
    expect(page.locator("html")).to_have_attribute("data-told", "1")
    read = page.request.get(f"{page.url}?part=inbox").text()
    message(staff, "Second appel du maire")
    expect(page.locator("html")).to_have_attribute("data-told", "2")
    held[0].fulfill(body=read, content_type="text/html")
    expect(page.locator("#inbox")).to_contain_text("Premier appel du maire")
    expect(page.locator("#inbox")).to_contain_text("Second appel du maire")


def test_a_message_is_announced_counted_and_offered_to_who_reads_below(
    page: Page, staff: Seat, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    sign_in(user("iris"))
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/jouer/")
    offer = page.locator("[data-ply-news]")
    expect(offer).to_be_hidden()
    page.locator(".ply-foot").scroll_into_view_if_needed()
    message(staff, "Un appel du maire")
    expect(page.locator("p[data-ply-said]")).to_have_text("Nouveau message : Le maire")
    expect(page).to_have_title(re.compile(r"^\(\d\) EXERCICE"))
    page.locator("#log-card").evaluate("one => { one.style.marginTop = '2000px' }")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(offer).to_contain_text("Messages à lire :")
    offer.click()
    expect(page.locator("#inbox")).to_be_in_viewport()


def test_who_waited_in_the_lobby_can_call_for_something_real(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
) -> None:
    staff.exercise.clock_marks.all().delete()
    type(staff.exercise).objects.filter(pk=staff.exercise.pk).update(state="ready")
    sign_in(user("iris"))
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/jouer/")
    signal = page.get_by_text("Quelque chose de réel arrive")
    expect(page.locator(".ply-lobby")).to_be_visible()
    expect(signal).to_be_hidden()
    exercise_start(seat=staff, reason="essai")
    expect(signal).to_be_visible()


def test_on_a_phone_each_part_of_the_board_is_one_tap_away(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    no_horizontal_overflow: Callable[[], None],
) -> None:
    sign_in(user("alice"))
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/conduite/")
    jumps = page.get_by_role("navigation", name="Parties de la conduite").get_by_role("link")
    for link, part in zip(
        jumps.all(), ("content", "board-next", "board-cells", "board-tools", "board-feed"),
        strict=True,
    ):  # fmt: skip
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        link.click()
        expect(page.locator(f"#{part}")).to_be_in_viewport()
    no_horizontal_overflow()


def test_what_opens_from_the_controls_stays_inside_the_window(
    page: Page, staff: Seat, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    exercise_resume(seat=staff)
    sign_in(user("alice"))
    for width in (1440, 1280, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/conduite/")
        for pop in page.locator(".ply-pop").all():
            pop.locator("summary").click()
            box = pop.locator("form").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            pop.locator("summary").click()


def test_what_one_person_kept_is_never_sent_by_the_next_one_on_the_device(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    page_problems: list[str],
) -> None:
    root = f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/"
    sign_in(user("olga"))
    page.goto(f"{root}observer/")
    page.route("**/main-courante/", lambda route: route.abort())
    page.locator("#note-text").fill("Ils se sont trompés de patient")
    page.get_by_role("button", name="Garder la remarque").click()
    waiting = page.locator("[data-ply-waiting-count]")
    expect(waiting).to_be_visible()
    page.unroute("**/main-courante/")
    page.context.set_offline(offline=True)
    page.context.clear_cookies()
    page.context.set_offline(offline=False)
    sign_in(user("iris"))
    page.goto(f"{root}jouer/")
    expect(page.locator("#log-card")).to_be_visible()
    expect(page.locator("[data-ply-waiting=log]")).to_be_hidden()
    sign_in(user("olga"))
    page.goto(f"{root}observer/")
    expect(waiting).to_be_hidden()
    assert list(staff.exercise.log.filter(author__name="Olga").values_list("text", flat=True)) == [
        "Ils se sont trompés de patient"
    ]
    page_problems.clear()


def test_a_question_without_an_answer_looks_unanswered(
    page: Page, staff: Seat, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    exercise_stop(seat=staff, word="FIN")
    sign_in(user("iris"))
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/questionnaire/")
    look = "one => getComputedStyle(one).backgroundColor"
    choices = page.get_by_role("radio")
    free = choices.first.evaluate(look)
    choices.first.check()
    page.mouse.move(0, 0)
    assert choices.nth(1).evaluate(look) == free
    expect(choices.first).not_to_have_css("background-color", free)


def test_a_player_moved_to_another_cell_finds_their_page_there(
    page: Page,
    browser: Browser,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
) -> None:
    root = f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/"
    mine = staff.exercise.participants.get(name="Iris")
    sign_in(user("alice"))
    conducts = browser.new_context(locale="fr-FR")
    conducts.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # as they were given
    sign_in(user("iris"))
    page.goto(f"{root}jouer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Informatique")
    moves = conducts.new_page()
    moves.goto(f"{root}personnes/{mine.pk}/")
    moves.get_by_label("Cellule").select_option("Cellule de crise")
    moves.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cellule de crise")
    expect(page.locator("#inbox")).not_to_contain_text("ne répond plus")
    conducts.close()
