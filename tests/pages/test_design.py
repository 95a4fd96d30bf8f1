"""Do the components hold in a real browser, in both themes, at three widths, by keyboard?"""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from hygie.territory.people.models import User
from tests.pages.conftest import DESKTOP, PHONE, TABLET, THEMES, settle, wear


@pytest.fixture(autouse=True)
def _demo_profile(settings: Settings) -> None:
    """Production has no style page."""
    settings.PROFILE = "demo"


@pytest.fixture
def style_page(page: Page, live_server: LiveServer) -> Page:
    """The style page, opened by anybody."""
    page.goto(f"{live_server.url}/design/")
    settle(page)
    return page


@pytest.fixture
def alices_page(
    page: Page,
    live_server: LiveServer,
    characters: SimpleNamespace,
    sign_in: Callable[[User], None],
) -> Page:
    """The style page with Alice's menu and place."""
    sign_in(characters.alice)
    page.goto(f"{live_server.url}/design/")
    settle(page)
    return page


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_page_has_no_accessibility_violation(
    alices_page: Page, theme: str, axe: Callable[[], None]
) -> None:
    wear(alices_page, theme)
    expect(alices_page.locator("html")).to_have_attribute("data-bs-theme", theme)
    axe()


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP, (320, 640), (720, 450)])
def test_nothing_sticks_out_of_the_window(
    style_page: Page, size: tuple[int, int], no_horizontal_overflow: Callable[[], None]
) -> None:
    style_page.set_viewport_size({"width": size[0], "height": size[1]})
    style_page.wait_for_timeout(300)
    no_horizontal_overflow()


def test_the_phone_page_has_no_accessibility_violation(
    alices_page: Page, axe: Callable[[], None]
) -> None:
    alices_page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    axe()


def test_the_phone_menu_opens_and_closes_by_keyboard(alices_page: Page) -> None:
    alices_page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    menu = alices_page.locator("#hy-sidebar")
    expect(menu).not_to_be_visible()
    button = alices_page.get_by_role("button", name="Ouvrir le menu")
    button.focus()
    alices_page.keyboard.press("Enter")
    expect(menu).to_have_class(re.compile(r"\bshow\b"))
    alices_page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()
    expect(button).to_be_focused()


def test_the_first_tab_leads_past_the_menu(style_page: Page) -> None:
    style_page.keyboard.press("Tab")
    expect(style_page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    style_page.keyboard.press("Enter")
    expect(style_page.locator("#content")).to_be_focused()


def test_a_sort_by_keyboard_changes_the_list_the_address_and_nothing_else(style_page: Page) -> None:
    style_page.evaluate("window.sameDocument = true")
    heading = style_page.locator("#table-main-sort-share")
    heading.focus()
    style_page.keyboard.press("Enter")
    sorted_heading = style_page.locator("th[aria-sort=descending]")
    expect(sorted_heading).to_contain_text("Part")
    expect(style_page).to_have_url(re.compile(r"sort=-share"))
    expect(heading).to_be_focused()
    assert style_page.evaluate("window.sameDocument") is True


def test_a_fragment_is_the_same_as_a_fresh_page(style_page: Page) -> None:
    style_page.select_option("#table-main-state", "failed")
    expect(style_page).to_have_url(re.compile(r"state=failed"))
    style_page.locator("#table-main-sort-on").click()
    expect(style_page).to_have_url(re.compile(r"sort=-on"))
    assert "state=failed" in style_page.url
    swapped = style_page.locator("#table-main tbody").inner_text()
    style_page.reload()
    settle(style_page)
    assert style_page.locator("#table-main tbody").inner_text() == swapped
    assert style_page.locator("#table-main-state").input_value() == "failed"


def test_a_search_narrows_while_typing_and_keeps_the_sort(style_page: Page) -> None:
    style_page.locator("#table-main-sort-share").click()
    expect(style_page).to_have_url(re.compile(r"sort=-share"))
    style_page.locator("#table-main-q").press_sequentially("imagerie")
    expect(style_page.locator("#table-main .hy-list-count")).to_contain_text("sur 10")
    assert "sort=-share" in style_page.url
    expect(style_page.locator("#table-main-q")).to_be_focused()


def test_back_returns_to_the_list_as_it_was(style_page: Page) -> None:
    style_page.locator("#table-main-next").click()
    expect(style_page.locator(".hy-list-count")).to_contain_text("26–50")
    style_page.go_back()
    expect(style_page.locator(".hy-list-count")).to_contain_text("1–25")


def test_ticks_offer_bulk_acts_and_the_dialog_asks_first(style_page: Page) -> None:
    acts = style_page.locator("[data-bulk-acts]")
    expect(acts).not_to_be_visible()
    style_page.locator("input[name=selected]").nth(2).check()
    expect(acts).to_be_visible()
    remove = style_page.get_by_role("button", name="Retirer")
    remove.focus()
    style_page.keyboard.press("Enter")
    dialog = style_page.locator("#hy-confirm")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Annuler")).to_be_focused()
    style_page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(style_page.locator("input[name=selected]").nth(2)).to_be_checked()


def test_a_confirmed_act_is_sent(style_page: Page) -> None:
    style_page.locator("input[name=selected]").first.check()
    style_page.get_by_role("button", name="Retirer").click()
    with style_page.expect_request(lambda r: r.method == "POST") as sent:
        style_page.locator("#hy-confirm [data-confirm-yes]").click()
    assert "selected=" in (sent.value.post_data or "")


def test_the_chosen_theme_is_kept_and_charts_follow(style_page: Page) -> None:
    def drawn() -> str:
        return style_page.locator("[data-chart=line] svg").evaluate("e => e.outerHTML")

    before = drawn()
    style_page.get_by_role("button", name="Apparence").click()
    style_page.get_by_role("button", name="Sombre").click()
    expect(style_page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert drawn() != before
    style_page.reload()
    expect(style_page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_charts_follow_their_card(style_page: Page) -> None:
    style_page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    style_page.wait_for_timeout(400)
    widths = style_page.evaluate(
        "[...document.querySelectorAll('.hy-chart-canvas')].map(c =>"
        " [c.clientWidth, c.querySelector('svg').clientWidth])"
    )
    assert widths
    assert all(abs(card - drawing) <= 1 for card, drawing in widths)


def test_the_numbers_of_a_chart_are_one_click_away(style_page: Page) -> None:
    figure = style_page.locator("figure[data-chart=bar]")
    expect(figure.locator("table")).not_to_be_visible()
    figure.get_by_text("Voir les nombres").click()
    expect(figure.locator("table")).to_contain_text("Plateau technique")


def test_english_is_chosen_in_one_press(style_page: Page) -> None:
    style_page.get_by_role("button", name="English").click()
    expect(style_page.locator("html")).to_have_attribute("lang", "en")


def test_everything_is_readable_in_the_readers_own_colours(
    style_page: Page, no_horizontal_overflow: Callable[[], None]
) -> None:
    style_page.emulate_media(forced_colors="active", reduced_motion="reduce")
    no_horizontal_overflow()
    expect(style_page.locator(".hy-state--failed").first).to_be_visible()


def test_paper_shows_the_content_without_the_frame(style_page: Page) -> None:
    style_page.emulate_media(media="print")
    for hidden in (".hy-topbar", "#hy-sidebar", ".hy-filters", ".hy-pages"):
        expect(style_page.locator(hidden).first).not_to_be_visible()
    expect(style_page.locator("h1")).to_be_visible()
    assert len(style_page.pdf(format="A4")) > 20_000


def test_nothing_moves_when_a_fragment_arrives(style_page: Page) -> None:
    style_page.evaluate(
        "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => {"
        "window.shift += e.value})).observe({type: 'layout-shift', buffered: false})"
    )
    style_page.locator("#table-main-sort-name").click()
    expect(style_page.locator("th[aria-sort=descending]")).to_contain_text("Application")
    style_page.wait_for_timeout(300)
    assert style_page.evaluate("window.shift") < 0.01


def test_without_scripts_filters_still_work(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{live_server.url}/design/")
    page.select_option("#table-main-state", "failed")
    page.get_by_role("button", name="Filtrer").click()
    assert "state=failed" in page.url
    expect(page.locator("#table-main .hy-list-count")).to_contain_text("sur 10")
    context.close()


def test_a_file_is_sent_and_the_page_that_answers_is_alive(style_page: Page) -> None:
    style_page.set_input_files(
        "#sample_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}
    )
    style_page.locator("#sample_file").evaluate("field => { field.dataset.before = '' }")
    with style_page.expect_request(lambda r: r.method == "POST") as sent:
        style_page.get_by_role("button", name="Envoyer").click()
    assert "multipart/form-data" in sent.value.headers["content-type"]
    # The answer shows the form's mistakes; its charts are drawn and its list still sorts.
    expect(style_page.locator("[data-before]")).to_have_count(0)
    expect(style_page.locator(".hy-mistakes").first).to_be_visible()
    settle(style_page)
    style_page.locator("#table-main-sort-share").click()
    expect(style_page.locator("th[aria-sort=descending]")).to_contain_text("Part")


def test_a_lost_connection_is_said_in_words(style_page: Page, page_problems: list[str]) -> None:
    style_page.context.set_offline(True)
    style_page.locator("#table-main-sort-share").click()
    expect(style_page.locator("#messages")).to_contain_text("La connexion est perdue")
    style_page.context.set_offline(False)
    page_problems.clear()
