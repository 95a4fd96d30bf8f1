"""Do the pages of measurements, proofs and actions hold in a browser, and do their acts work?"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.progress.models import Action, Evidence
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.progress.services.measurements import NewMeasurement, measurements_record
from hygie.territory.people.models import User
from tests.pages.conftest import DESKTOP, PHONE, THEMES, settle, wear
from tests.progress.conftest import TODAY, asked, stored_apart, today  # noqa: F401

DAY = dt.timedelta(days=1)


@pytest.fixture
def at(page: Page, live_server: LiveServer) -> Callable[..., Page]:
    """at("evidence", ids…): the page, open and still."""

    def go(name: str, *args: int) -> Page:
        page.goto(live_server.url + reverse(f"progress:{name}", args=args))
        settle(page)
        return page

    return go


@pytest.fixture
def lived(
    asked: SimpleNamespace,  # noqa: F811
    territory: SimpleNamespace,
    operator,
    characters: SimpleNamespace,
    sign_in: Callable[[User], None],
) -> SimpleNamespace:
    """An entity with a year of figures, proofs and actions, seen by its RSSI."""
    place = territory.entities[0]
    measurements_record(
        perimeter=operator, origin="test",
        rows=[
            *(
                NewMeasurement(
                    asked.mfa, place, 30.0 + 5 * n, 1 + n % 4, TODAY - (300 - 30 * n) * DAY
                )
                for n in range(8)
            ),
            NewMeasurement(asked.bia, place, 1, 2, TODAY - 5 * DAY),
            NewMeasurement(asked.count, place, None, 3, TODAY - 5 * DAY, note="sonde muette"),
        ],
    )  # fmt: skip
    proofs = [
        evidence_add(
            perimeter=operator, organisation_id=place.pk, kind=asked.plan,
            title=f"Plan de continuité et de reprise n° {n}", effective_on=TODAY - 30 * n * DAY,
            expires_on=TODAY + (40 - 30 * n) * DAY, requirement_urns=["urn:t:req:1"],
        )
        for n in range(3)
    ]  # fmt: skip
    actions = [
        action_add(
            perimeter=operator, organisation_id=place.pk, owner_label="Direction technique",
            title=f"Réécrire la procédure de restauration des sauvegardes n° {n}",
            due_on=TODAY + (10 * n - 15) * DAY, requirement_urn="urn:t:req:1",
        )
        for n in range(4)
    ]  # fmt: skip
    sign_in(characters.alice)
    return SimpleNamespace(place=place, proofs=proofs, actions=actions, asked=asked)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_are_readable_everywhere(
    at, lived, page: Page, theme: str, size, axe, no_horizontal_overflow
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    place = lived.place.pk
    for name, args in (
        ("home", [place]),
        ("indicators", [place]),
        ("indicator", [place, lived.asked.mfa.pk]),
        ("record", [place]),
        ("record_many", [place]),
        ("evidence", [place]),
        ("evidence_add", [place]),
        ("evidence_detail", [lived.proofs[0].pk]),
        ("actions", [place]),
        ("action_add", [place]),
        ("action_detail", [lived.actions[0].pk]),
    ):
        at(name, *args)
        no_horizontal_overflow()
        axe()


def test_a_value_a_proof_and_an_action_go_through(
    at, lived, page: Page, axe, tmp_path: Path, page_problems: list[str]
) -> None:
    at("record", lived.place.pk)
    page.get_by_label("Indicateur").select_option(label="Indicateur t.mfa (%)")
    page.get_by_label("Valeur").fill("85,5")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#content")).to_contain_text("85,5")
    expect(page.locator("#content .hy-state--passed").first).to_be_visible()
    axe()

    bad, good = tmp_path / "plan.pdf", tmp_path / "bon.pdf"
    bad.write_bytes(b"MZ\x90\x00" + b"\0" * 200)
    good.write_bytes(b"%PDF-1.7\nplan\n%%EOF\n")
    at("evidence_add", lived.place.pk)
    page.get_by_label("Type de document").select_option(label="Plan")
    page.get_by_label("Intitulé").fill("Plan signé par la direction")
    page.get_by_label("Date d'effet").fill(TODAY.isoformat())
    page.get_by_label("choisissez-le").set_input_files(bad)
    page.get_by_role("button", name="Ajouter la preuve").click()
    expect(page.get_by_role("alert").first).to_contain_text("plan.pdf")
    expect(page.get_by_label("Intitulé")).to_have_value("Plan signé par la direction")
    axe()
    page_problems.clear()
    page.get_by_label("choisissez-le").set_input_files(good)
    page.get_by_role("button", name="Ajouter la preuve").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan signé par la direction")
    with page.expect_download() as told:
        page.get_by_role("link", name="bon.pdf").click()
    assert Path(told.value.path()).read_bytes() == good.read_bytes()
    proof = Evidence.objects.get(title="Plan signé par la direction")

    at("action_detail", lived.actions[0].pk)
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Preuve").select_option(value=str(proof.pk))
    page.get_by_role("button", name="Terminer l'action").click()
    expect(page.locator("#content")).to_contain_text("Rouvrir")
    axe()
    assert Action.objects.get(pk=lived.actions[0].pk).proof == proof


def test_ticked_actions_change_together(at, lived, page: Page, axe) -> None:
    at("actions", lived.place.pk)
    for n in (1, 2):
        page.get_by_role("row", name=f"sauvegardes n° {n}").get_by_role("checkbox").check()
    page.get_by_role("button", name="Modifier les actions cochées").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Modifier plusieurs actions")
    axe()
    page.get_by_label("Responsable").fill("RSSI adjoint")
    page.get_by_role("button", name="Modifier", exact=True).click()
    expect(page.get_by_text("2 actions modifiées")).to_be_visible()
    assert Action.objects.filter(owner_label="RSSI adjoint").count() == 2


def test_several_values_are_typed_in_one_sheet(
    at, lived, page: Page, page_problems: list[str]
) -> None:
    at("record_many", lived.place.pk)
    page.get_by_label("Indicateur t.mfa", exact=True).fill("91,5")
    page.get_by_label("Indicateur t.level", exact=True).fill("9")
    page.get_by_role("button", name="Enregistrer les valeurs saisies").click()
    expect(page.get_by_role("alert").first).to_contain_text("corrigez")
    page_problems.clear()
    page.get_by_label("Indicateur t.level", exact=True).fill("3")
    page.get_by_role("button", name="Enregistrer les valeurs saisies").click()
    expect(page.get_by_text("2 mesures enregistrées")).to_be_visible()
