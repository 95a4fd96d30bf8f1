"""Are the columns of a timeline said once, kept, and found again, on a desk as on a phone?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.territory.people.models import User
from hygie.territory.sheets.models import ColumnMapping
from tests.pages.conftest import DESKTOP, PHONE, settle, wear

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = "Ça tombe;Ça dit;Ça vise\nJour 1 – 9h;Le serveur fume;DSI\nJour 2 – 14h30;Presse;Tous\n"


@pytest.mark.parametrize(
    ("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)
def test_columns_said_once_are_taken_up_by_the_next_sheet(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None],
    characters: SimpleNamespace, territory: SimpleNamespace, axe: Callable[[], None],
    no_horizontal_overflow: Callable[[], None], tmp_path: Path, size: tuple[int, int], theme: str,
) -> None:  # fmt: skip
    sheet = tmp_path / "chrono.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    place = territory.entities[0].pk
    sign_in(characters.alice)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)

    def drop() -> None:
        page.goto(live_server.url + reverse("exercises:chronogram_prepare", args=[place]))
        page.get_by_label("Déposez le fichier ici").set_input_files(sheet)
        page.get_by_role("button", name="Regarder").click()
        settle(page)

    drop()
    for title, column in (("Ça tombe", "time"), ("Ça dit", "body"), ("Ça vise", "cells")):
        page.get_by_label(title, exact=True).select_option(column)
    page.get_by_label("Début de l'exercice").fill("2027-03-01T09:00")
    page.get_by_label("Garder ces colonnes sous le nom").fill("Chrono du CH")
    page.get_by_role("button", name="Lire le chronogramme").click()
    expect(page.get_by_role("heading", name="chrono.csv", level=1)).to_be_visible()
    assert ColumnMapping.objects.get().columns["cells"] == "Ça vise"
    drop()
    expect(page.get_by_text("Ces titres sont ceux de « Chrono du CH »")).to_be_visible()
    expect(page.get_by_label("Ça vise", exact=True)).to_have_value("cells")
    axe()
    no_horizontal_overflow()
    page.goto(live_server.url + reverse("exercises:mapping_list", args=[place]))
    settle(page)
    axe()
    no_horizontal_overflow()
