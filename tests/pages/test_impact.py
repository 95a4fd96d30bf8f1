"""Is a loss chosen, understood and kept, an attack rehearsed and compared, in a real browser?"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.operations.impact.models import LossRanking, LossScenario, RansomwareRehearsal
from hygie.programme.services.referential import referential_load
from hygie.progress.models import Action
from hygie.territory.estate.models import Asset
from hygie.territory.people.models import User
from tests.operations.impact.conftest import (  # noqa: F401 - fixtures
    hospital,
    mapped,
    ranking,
    rehearsal,
)
from tests.pages.conftest import DESKTOP, PHONE, THEMES, settle, wear

SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)


def at(page: Page, live_server: LiveServer, name: str, *args: object, query: str = "") -> None:
    page.goto(live_server.url + reverse(f"impact:{name}", args=args) + query)
    settle(page)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_are_readable_everywhere(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    mapped: dict[str, Asset], ranking: LossRanking,  # noqa: F811
    rehearsal: RansomwareRehearsal,  # noqa: F811
    axe: Callable[[], None], no_horizontal_overflow: Callable[[], None],
    size: tuple[int, int], theme: str,
) -> None:  # fmt: skip
    sign_in(characters.alice)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    place = ranking.organisation_id
    lost = f"?perte=object:{mapped['SRV-4'].pk}&perte=object:{mapped['SRV-1'].pk}"
    asked = [
        ("home", (place,), ""),
        ("loss", (place,), ""),
        ("loss", (place,), lost),
        ("loss", (place,), f"?perte=object:{mapped['SRV-1'].pk}&q=serveur"),
        ("ranking", (place,), ""),
        ("parameters", (place,), ""),
        ("parameter_edit", (place, "contain_h"), ""),
        ("rehearsal_list", (place,), ""),
        ("rehearsal_add", (place,), ""),
        ("rehearsal_detail", (rehearsal.pk,), ""),
        ("rehearsal_assets", (rehearsal.pk,), ""),
    ]
    if (size == DESKTOP) is (theme == "dark"):
        # Each page is read once at each width and once in each theme; these two at all four.
        asked = [one for one in asked if one[0] == "rehearsal_detail" or one[2] == lost]
    for name, args, query in asked:
        at(page, live_server, name, *args, query=query)
        axe()
        no_horizontal_overflow()


def test_the_keyboard_alone_loses_something_reads_why_and_keeps_it(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    mapped: dict[str, Asset], territory: SimpleNamespace,  # noqa: F811
) -> None:  # fmt: skip
    sign_in(characters.alice)
    at(page, live_server, "loss", territory.entities[0].pk)
    page.get_by_label("Nom ou code").focus()
    page.keyboard.type("serveur 4")
    offer = page.get_by_role("link", name="Serveur 4", exact=True)
    expect(offer).to_be_visible()
    _tab_to(page, offer)
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 activités de soins s'arrêtent", exact=False).first).to_be_visible()
    why = page.get_by_role("link", name="Pourquoi Laboratoire ?")
    _tab_to(page, why)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pourquoi Laboratoire ?")).to_be_visible()
    expect(page.get_by_text("Système de laboratoire fonctionne sur Serveur 4")).to_be_visible()
    page.get_by_label("Nom de cette perte").fill("Serveur 4 en panne")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Perte enregistrée", exact=False)).to_be_visible()
    assert LossScenario.objects.filter(name="Serveur 4 en panne").exists()


def test_from_a_rehearsed_attack_to_a_promised_defence(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    mapped: dict[str, Asset], territory: SimpleNamespace, operator,  # noqa: F811
) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    referential_load(perimeter=operator)
    sign_in(characters.alice)
    at(page, live_server, "home", territory.entities[0].pk)
    page.get_by_role("link", name="Rejouer une attaque").click()
    page.get_by_label("Nombre d'attaques").fill("300")
    page.get_by_role("button", name="Rejouer").click()
    expect(page.get_by_text("Sur 300 attaques rejouées", exact=False)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("épargne le plus", exact=False)).to_be_visible()
    page.get_by_role("button", name="En faire des actions").click()
    expect(page.get_by_text("action créée", exact=False).first).to_be_visible()
    assert Action.objects.filter(origin="operations/impact").exists()


def _tab_to(page: Page, link) -> None:  # type: ignore[no-untyped-def]
    for _press in range(120):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")
