"""Does the cockpit hold at three widths, in both themes, and lead to the reason in four clicks?"""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.assessment.models import ObjectiveMonth
from hygie.governance.assessment.services.states import states_recompute
from hygie.programme.models import DocumentKind, Objective
from hygie.programme.services.referential import referential_load
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.territory.people.models import User
from tests.pages.conftest import DESKTOP, PHONE, TABLET, THEMES, settle, wear

SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lived_in(territory: SimpleNamespace, operator) -> SimpleNamespace:  # type: ignore[no-untyped-def]
    """A group with proofs, a late action, states and three closed months."""
    referential_load(perimeter=operator)
    today = timezone.localdate()
    for code in ("bia", "pcra"):
        evidence_add(
            perimeter=operator, organisation_id=territory.entities[0].pk, title=code.upper(),
            kind=DocumentKind.objects.get(code=code), effective_on=today - dt.timedelta(days=60),
        )  # fmt: skip
    action_add(
        perimeter=operator, organisation_id=territory.entities[0].pk, title="Signer la PSSI",
        due_on=today - dt.timedelta(days=3),
    )  # fmt: skip
    states_recompute(organisation_ids=[one.pk for one in (*territory.entities, territory.far)])
    first = today.replace(day=1)
    months = [first := (first - dt.timedelta(days=1)).replace(day=1) for _n in range(3)]
    ObjectiveMonth.objects.bulk_create(
        ObjectiveMonth(node=node, objective=objective, month=month, failed=3, passed=index)
        for node in (territory.nation, territory.ght, territory.entities[0])
        for objective in Objective.objects.all()
        for index, month in enumerate(reversed(months))
    )
    return territory


def at(page: Page, live_server: LiveServer, name: str, *args: int) -> None:
    page.goto(live_server.url + reverse(f"overview:{name}", args=args))
    settle(page)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_the_cockpit_is_readable_everywhere(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    lived_in: SimpleNamespace, axe: Callable[[], None], theme: str, size: tuple[int, int],
    no_horizontal_overflow: Callable[[], None],
) -> None:  # fmt: skip
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    sign_in(characters.bob)
    for name, node in (
        ("cockpit", lived_in.ght),
        ("cockpit", lived_in.entities[0]),
        ("comparison", lived_in.entities[0]),
    ):
        at(page, live_server, name, node.pk)
        no_horizontal_overflow()
        axe()
    sign_in(characters.diane)
    at(page, live_server, "cockpit", lived_in.nation.pk)
    no_horizontal_overflow()
    axe()


def test_the_nation_reaches_a_requirement_s_reason_in_four_clicks(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    lived_in: SimpleNamespace,
) -> None:  # fmt: skip
    sign_in(characters.diane)
    page.goto(live_server.url + reverse("overview:home"))
    clicks = 0
    for name in (lived_in.north.name, lived_in.ght.name, lived_in.entities[0].name):
        page.locator("#content").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        clicks += 1
    reason = page.locator("#content .hy-holding a").first
    ref_id = reason.inner_text().split()[-1]
    reason.click()
    clicks += 1
    expect(page.locator("#content")).to_contain_text(ref_id)
    assert "/exigence/" in page.url
    assert clicks <= 4


def test_the_keyboard_alone_reaches_what_is_most_useful(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    lived_in: SimpleNamespace,
) -> None:  # fmt: skip
    sign_in(characters.bob)
    at(page, live_server, "cockpit", lived_in.ght.pk)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    late = page.locator("#content .hy-cards").get_by_role("link", name="Signer la PSSI")
    for _press in range(15):
        page.keyboard.press("Tab")
        if late.evaluate("link => link === document.activeElement"):
            break
    expect(late).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Signer la PSSI")


def test_the_history_has_its_numbers_one_click_away(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    lived_in: SimpleNamespace,
) -> None:  # fmt: skip
    sign_in(characters.bob)
    at(page, live_server, "cockpit", lived_in.ght.pk)
    figure = page.locator("figure#history, figure:has(#history)").first
    figure.get_by_text("Voir les nombres").click()
    expect(figure.get_by_role("table")).to_be_visible()
    expect(figure.get_by_role("table").get_by_role("row")).to_have_count(4)
