"""What does a test of a page in a real browser need? A browser that keeps quiet and tells all."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from hygie.territory.people.models import User

VENDOR = Path(__file__).parents[2] / "src/hygie/foundation/design/static/vendor"
AXE = VENDOR / "axe-core" / "axe.min.js"

# Playwright's loop lives in this thread; the database is used from it and from the server's.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE, TABLET, DESKTOP = (390, 844), (768, 1024), (1440, 900)
THEMES = ("light", "dark")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a page test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("page")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Tables in a file, as people have them.

    In memory one connection serves the test and each thread of its server: a session that is
    written while a page that still polls is read would be refused, "table is locked".
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "pages.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, silent on the network; absent → a visible skip."""
    found = os.environ.get("HYGIE_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no Chromium: apt-get install chromium, or set HYGIE_CHROMIUM")
    if not AXE.is_file():
        pytest.skip("the pages' libraries are absent: ./hygie test brings them")
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
        "--force-color-profile=srgb",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    return {"executable_path": found, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A French reader at a desk."""
    width, height = DESKTOP
    return {"locale": "fr-FR", "viewport": {"width": width, "height": height}}


@pytest.fixture
def page_problems() -> list[str]:
    """What went wrong in the page so far; a test that provokes a refusal clears it."""
    return []


@pytest.fixture
def page(page: Page, page_problems: list[str]) -> Iterator[Page]:
    """A page that fails its test on any console error, failed answer or broken policy."""

    def answered(response: Response) -> None:
        if response.status >= 400:
            page_problems.append(f"{response.status} {response.url}")

    page.on("console", lambda m: page_problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page_problems.append(str(error)))
    page.on("response", answered)
    yield page
    assert page_problems == []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """sign_in(user): the browser holds that user's session."""

    def enter(user: User) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return enter


def wear(page: Page, theme: str) -> None:
    """Choose a theme as a reader's device would."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]


def settle(page: Page) -> None:
    """Wait until fonts, fragments and charts have arrived."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    for figure in page.locator("figure[data-chart]").all():
        figure.scroll_into_view_if_needed()
    expect(page.locator("figure[data-chart]:not([data-chart-drawn])")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")


@pytest.fixture
def axe(page: Page) -> Callable[[], None]:
    """axe(): no accessibility violation in the page as it is now."""
    source = AXE.read_text(encoding="utf-8")

    def check() -> None:
        page.evaluate(source + "; 0")
        found = page.evaluate(
            """async () => {
              const moving = document.getAnimations()
                .filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
              await Promise.all(moving.map((one) => one.finished.catch(() => null)));
              const said = await axe.run(document, {resultTypes: ['violations']});
              const place = (n) => [n.target.join(' '),
                n.any.concat(n.all, n.none).map((c) => c.message).join(' / ')];
              return said.violations.map((v) =>
                ({id: v.id, help: v.help, where: v.nodes.slice(0, 4).map(place)}));
            }"""
        )
        assert found == [], json.dumps(found, indent=1, ensure_ascii=False)

    return check


def overflowing(page: Page) -> list[str]:
    """Elements wider than the window that no scrolling frame of their own holds."""
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          const framed = (e) => {
            for (let up = e.parentElement; up; up = up.parentElement) {
              if (getComputedStyle(up).overflowX !== 'visible') return true;
            }
            return false;
          };
          const wide = [...document.body.querySelectorAll('*')].filter((e) => {
            const box = e.getBoundingClientRect();
            return box.width > 0 && box.right > room + 1 && !framed(e)
              && !e.closest('.visually-hidden') && e.checkVisibility({visibilityProperty: true});
          });
          const page = document.documentElement.scrollWidth > room + 1 ? ['the page itself'] : [];
          const name = (e) => `${e.tagName}.${e.className?.baseVal ?? e.className}`;
          return [...page, ...wide.map(name)];
        }"""
    )
    return found


@pytest.fixture
def no_horizontal_overflow(page: Page) -> Callable[[], None]:
    """no_horizontal_overflow(): nothing sticks out of the window at its present width."""

    def check() -> None:
        assert overflowing(page) == []

    return check
