"""A page that listens, in a real browser: it hears each event once and in order, come what may."""

import signal
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.foundation.live.site import Site, served_site, told
from tests.foundation.live.site_urls import BARRED

pytestmark = [pytest.mark.process, pytest.mark.django_db]

# What the page heard, kept across its own reloads by the test, not by the page.
KEEP = """
  window.heard = []; window.states = [];
  document.addEventListener('DOMContentLoaded', () => {
    document.body.addEventListener('live:note', (event) => window.heard.push(event.detail.data.n));
    document.body.addEventListener('live-state', (event) => window.states.push(event.detail.state));
  });
"""


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A server that streams, which the tests' own page server does not."""
    with (
        django_db_blocker.unblock(),
        served_site(tmp_path_factory.mktemp("live") / "home", workers=1) as made,
    ):
        made.start()
        yield made


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A page whose server may fall: what its console says is judged by each test."""
    page = context.new_page()
    page.add_init_script(KEEP)
    yield page
    page.close()


def notes(*numbers: int) -> list[dict]:
    return [told("all", "note", n=n) for n in numbers]


def heard_is(page: Page, numbers: list[int], seconds: float = 20) -> None:
    """The page has heard exactly these, in this order."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and len(page.evaluate("heard")) < len(numbers):
        page.wait_for_timeout(50)
    assert page.evaluate("heard") == numbers


def test_a_page_hears_at_once_and_its_words_pass_axe(
    site: Site, page: Page, axe: Callable[[], None]
) -> None:
    page.add_init_script(KEEP)
    site.tell("axe", notes(1))
    page.goto(f"{site.url}/page/axe/")
    state = page.get_by_role("status").filter(has_text="En direct")
    expect(state).to_be_visible()
    site.tell("axe", notes(2, 3))
    # What the page already shows is not told again.
    heard_is(page, [2, 3], 5)
    axe()


def test_a_killed_server_loses_nothing_and_keeps_the_order(site: Site, tab: Page) -> None:
    tab.goto(f"{site.url}/page/fall/")
    expect(tab.locator("[data-live-state=connected]")).to_be_visible()
    site.tell("fall", notes(0, 1))
    heard_is(tab, [0, 1])
    site.end(signal.SIGKILL)
    expect(tab.locator("[data-live-state=lost]")).to_contain_text("reconnexion")
    site.start()
    site.tell("fall", notes(2, 3))
    site.tell("fall", notes(4))
    heard_is(tab, [0, 1, 2, 3, 4])
    expect(tab.locator("[data-live-state=connected]")).to_be_visible()
    site.tell("fall", notes(5))
    heard_is(tab, [0, 1, 2, 3, 4, 5])


def test_a_proxy_that_breaks_streams_leaves_a_page_that_reads(site: Site, tab: Page) -> None:
    def no_streams(route: Route) -> None:
        if "poll=1" in route.request.url:
            route.continue_()
        else:
            route.abort()

    tab.route("**/direct/**", no_streams)
    tab.goto(f"{site.url}/page/proxy/")
    site.tell("proxy", notes(0))
    reading = tab.locator("[data-live-state=reading]")
    expect(reading).to_contain_text("Lecture toutes les", timeout=15_000)
    site.tell("proxy", notes(1, 2))
    heard_is(tab, [0, 1, 2])


def test_whoever_may_no_longer_listen_is_told_so_and_asks_no_more(site: Site, tab: Page) -> None:
    tab.goto(f"{site.url}/page/refused/")
    expect(tab.locator("[data-live-state=connected]")).to_be_visible()
    try:
        site.post("/barrer/refused/")
        expect(tab.locator("[data-live-state=refused]")).to_contain_text("rechargez la page")
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.wait_for_timeout(1500)
        assert asked == []
    finally:
        (site.home / BARRED).unlink(missing_ok=True)


def test_a_page_too_far_behind_is_read_anew_once(site: Site, tab: Page) -> None:
    def forgotten(route: Route) -> None:
        route.continue_(url=route.request.url.replace("after=0", "after=999999999"))

    tab.route("**/direct/**", forgotten)
    loads: list[str] = []
    tab.on("framenavigated", lambda frame: loads.append(frame.url))
    tab.goto(f"{site.url}/page/far/")
    # Read anew once; a second time within the half minute would be a loop.
    expect(tab.locator("[data-live-state=refused]")).to_be_visible(timeout=15_000)
    assert len(loads) == 2
