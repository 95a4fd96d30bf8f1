"""Does a person bring the territory in, find a place and read a group, in a real browser?"""

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.foundation.imports.models import Import
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from tests.pages.conftest import DESKTOP, PHONE, THEMES, overflowing, settle, wear
from tests.territory.organisations.files import finess_file, number, site

SignIn = Callable[[User], None]
SHOTS = os.environ.get("SHOTS", "")


def shoot(page: Page, name: str) -> None:
    """Keep an image when someone wants to look."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def extract(tmp_path: Path, count: int = 40) -> Path:
    """An extract with one refused row."""
    path = finess_file(
        tmp_path / "etalab-cs1100502.csv", [site(r, number("59", 900_001)) for r in range(count)]
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(number("59", 2), "5900"), encoding="utf-8")
    return path


@pytest.mark.django_db(transaction=True)
def test_a_file_is_dropped_checked_and_applied_without_leaving_the_keyboard(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    axe: Callable[[], None], tmp_path: Path,
) -> None:  # fmt: skip
    sign_in(characters.ada)
    page.goto(live_server.url + reverse("imports:import_list"))
    page.get_by_role("link", name="Importer un fichier").first.click()
    page.get_by_role("link", name="Extraction FINESS").click()
    axe()
    shoot(page, "import-new")
    page.get_by_label("Déposez un fichier ici, ou choisissez-le").set_input_files(extract(tmp_path))
    page.get_by_role("button", name="Lire le fichier").press("Enter")
    expect(page.get_by_role("heading", name="etalab-cs1100502.csv")).to_be_visible()
    expect(page.get_by_text("Si vous l'appliquez")).to_be_visible()
    assert Import.objects.count() == 1
    expect(page.get_by_role("cell", name="n'est pas un numéro FINESS")).to_be_visible()
    settle(page)
    axe()
    shoot(page, "import-ready")
    page.get_by_role("button", name="Appliquer").press("Enter")
    expect(page.get_by_text("Appliqué. ")).to_be_visible()
    assert Organisation.objects.filter(kind="et", code=number("59", 1)).exists()
    page.goto(live_server.url + reverse("imports:import_list"))
    settle(page)
    axe()
    shoot(page, "import-list")


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_says_why_in_place(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    axe: Callable[[], None], tmp_path: Path,
) -> None:  # fmt: skip
    sign_in(characters.ada)
    page.goto(live_server.url + reverse("imports:new", args=["territory.finess"]))
    bad = tmp_path / "facture.csv"
    bad.write_bytes(b"%PDF-1.7 rien d'autre")
    page.get_by_label("Déposez un fichier ici, ou choisissez-le").set_input_files(bad)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("alert")).to_contain_text("types acceptés")
    expect(page.get_by_label("Déposez un fichier ici, ou choisissez-le")).to_be_focused()
    axe()
    shoot(page, "import-refused")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_lists_and_structures_hold_on_every_screen(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    territory: SimpleNamespace, axe: Callable[[], None], theme: str, size: tuple[int, int],
) -> None:  # fmt: skip
    sign_in(characters.bob)
    wear(page, theme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name, address in (
        ("list", reverse("organisations:organisation_list")),
        ("ght", reverse("organisations:organisation_detail", args=[territory.ght.pk])),
        ("ej", reverse("organisations:organisation_detail", args=[territory.entities[0].pk])),
        ("place", reverse("organisations:place_choose")),
    ):
        page.goto(live_server.url + address)
        settle(page)
        assert overflowing(page) == []
        axe()
        shoot(page, f"{name}-{theme}-{size[0]}")


@pytest.mark.django_db(transaction=True)
def test_a_place_is_found_while_typing_and_taken(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace
) -> None:
    sign_in(characters.bob)
    page.goto(live_server.url + reverse("organisations:place_choose"))
    page.get_by_label("Nom, ville ou code").press_sequentially("site 3")
    expect(page.get_by_role("button", name="Site n° 3")).to_be_visible()
    expect(page.get_by_role("button", name="Site n° 1")).to_have_count(0)
    page.get_by_role("button", name="Site n° 3").press("Enter")
    expect(page.get_by_text("Vous travaillez maintenant ici")).to_be_visible()
    expect(page.locator(".hy-place-name")).to_have_text("Site n° 3")
