"""Do the pages of the assessment hold at three widths and in both themes?"""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.assessment.models import Questionnaire
from hygie.governance.assessment.services.questionnaires import questionnaire_assign
from hygie.territory.people.models import User
from tests.governance.assessment.conftest import (  # noqa: F401
    compute,
    prove,
    referential,
    today,
)
from tests.pages.conftest import DESKTOP, PHONE, TABLET, THEMES, settle, wear

SPRING = dt.date(2026, 5, 4)


@pytest.fixture
def at(page: Page, live_server: LiveServer) -> Callable[..., Page]:
    """at("requirement", ids…): the page, open and still."""

    def go(name: str, *args: int) -> Page:
        page.goto(live_server.url + reverse(f"assessment:{name}", args=args))
        settle(page)
        return page

    return go


@pytest.fixture
def rule(territory, referential, prove, compute, characters, sign_in: Callable[[User], None]):  # noqa: F811
    """Sixty percent, seen by the RSSI of the group."""
    for entity in (territory.entities[0], territory.entities[2]):
        prove(entity, "bia", SPRING)
        prove(entity, "pcra", SPRING)
    compute(*territory.entities)
    sign_in(characters.bob)
    return referential.requirement("D2.O1.C")


@pytest.fixture
def asked(territory: SimpleNamespace, rule, perimeters) -> Questionnaire:
    """A questionnaire of the first entity."""
    return questionnaire_assign(
        perimeter=perimeters.bob, organisation_id=territory.entities[0].pk,
        framework=rule.framework, due_on=dt.date(2026, 12, 1),
    )  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_pages_are_readable_everywhere(
    at, rule, asked, territory, page: Page, theme: str, size, axe, no_horizontal_overflow
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    for name, args in (
        ("requirement", [territory.ght.pk, rule.pk]),
        ("framework", [territory.ght.pk, rule.framework_id]),
        ("organisation", [territory.ght.pk]),
        ("questionnaire", [asked.pk]),
        ("questionnaire_list", []),
        ("filings", [territory.ght.pk]),
    ):
        at(name, *args)
        no_horizontal_overflow()
        axe()


def test_an_answer_is_kept_by_a_touch_and_survives_a_reload(
    at,
    asked,
    referential,  # noqa: F811
    page: Page,
) -> None:
    rule = referential.requirement("D2.P1")
    at("questionnaire", asked.pk)
    card = page.locator(f"#r{rule.pk}")
    card.get_by_label("Le représentant légal du candidat").check()
    expect(card.get_by_role("status")).to_contain_text("Enregistré")
    at("questionnaire", asked.pk)
    expect(card.get_by_label("Le représentant légal du candidat")).to_be_checked()
