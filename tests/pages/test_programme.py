"""Do the pages of the referential hold at two widths and in both themes?"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.programme.models import Framework, Indicator, Objective, Requirement, SecurityMeasure
from hygie.programme.services.referential import referential_load
from hygie.territory.people.models import User
from tests.pages.conftest import DESKTOP, PHONE, THEMES, settle, wear


@pytest.fixture
def addresses(
    characters: SimpleNamespace, operator: Any, sign_in: Callable[[User], None]
) -> dict[str, str]:
    """Pages of the loaded referential, as its administrator sees them."""
    referential_load(perimeter=operator)
    sign_in(characters.ada)
    requirement = Requirement.objects.get(ref_id="D2.O1.C")
    indicator = Indicator.objects.filter(targets__isnull=False)[:1].get()
    ones: dict[str, list[Any]] = {
        name: []
        for name in (
            "home", "domains", "indicators", "measures", "documents", "frameworks", "version",
            "measure_new",
        )
    }  # fmt: skip
    ones |= {
        "objective": [Objective.objects.filter(requirements__isnull=False)[:1].get().pk],
        "indicator": [indicator.pk],
        "target_new": [indicator.pk],
        "measure": [SecurityMeasure.objects.filter(prerequisites__isnull=False)[:1].get().pk],
        "framework": [next(row.pk for row in Framework.objects.all() if row.parameters)],
        "requirement": [requirement.pk],
        "edit": ["requirement", requirement.pk],
    }
    return {name: reverse(f"programme:{name}", args=args) for name, args in ones.items()}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_are_readable_everywhere(
    addresses: dict[str, str],
    live_server: LiveServer,
    page: Page,
    theme: str,
    size: tuple[int, int],
    axe: Callable[[], None],
    no_horizontal_overflow: Callable[[], None],
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    for address in addresses.values():
        page.goto(live_server.url + address)
        settle(page)
        no_horizontal_overflow()
        axe()


def test_a_bad_rule_is_told_beside_its_field_and_a_good_title_is_kept(
    addresses: dict[str, str], live_server: LiveServer, page: Page, page_problems: list[str]
) -> None:
    page.goto(live_server.url + addresses["edit"])
    rule = page.locator("#id_rule")
    before = rule.input_value()
    rule.fill('{"rule": "inconnue"}')
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La règle est refusée à")).to_be_visible()
    page_problems.clear()
    rule.fill(before)
    page.locator("#id_name").fill("Notre nom")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modification enregistrée")).to_be_visible()
    expect(page.get_by_text("a été modifiée ici")).to_be_visible()
