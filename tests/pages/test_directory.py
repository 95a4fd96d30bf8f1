"""Does an export dropped in a browser lead to a level, a path and an action, at every width?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.operations.directory.models import DirectoryAudit
from hygie.programme.services.referential import referential_load
from hygie.progress.models import Action
from hygie.territory.people.models import User
from tests.engines.directory.hospital import NAMED
from tests.operations.directory.conftest import (
    Audited,
    audited,  # noqa: F401 - a fixture
    export_write,
)
from tests.pages.conftest import DESKTOP, PHONE, THEMES, settle, wear

SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def audit(
    audited: Audited,  # noqa: F811 - the fixture above
    perimeters: SimpleNamespace,
    territory: SimpleNamespace,
    tmp_path: Path,
) -> DirectoryAudit:
    """Two audits of one forest; the first is spoilt, so is the second, ten days later."""
    audited(perimeters.alice, territory.entities[0], export_write(tmp_path / "a.zip"))
    later = export_write(tmp_path / "b.zip", days_later=10)
    return audited(perimeters.alice, territory.entities[0], later)


def at(page: Page, live_server: LiveServer, name: str, *args: object, query: str = "") -> None:
    page.goto(live_server.url + reverse(f"directory:{name}", args=args) + query)
    settle(page)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_are_readable_everywhere(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    audit: DirectoryAudit, axe: Callable[[], None], no_horizontal_overflow: Callable[[], None],
    size: tuple[int, int], theme: str,
) -> None:  # fmt: skip
    sign_in(characters.alice)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    asked = [
        ("audit_list", (audit.organisation_id,), ""),
        ("audit_add", (audit.organisation_id,), ""),
        ("audit_detail", (audit.pk,), ""),
        ("point_list", (audit.pk,), ""),
        ("point_detail", (audit.pk, "privileged_members_perm"), ""),
        ("path_explore", (audit.pk,), f"?de={NAMED['service']}"),
        ("change_list", (audit.pk,), ""),
        ("audit_compare", (audit.pk,), ""),
        ("source_list", (audit.pk,), ""),
        ("forest_detail", (audit.forest_id,), ""),
    ]
    for name, args, query in asked:
        at(page, live_server, name, *args, query=query)
        axe()
        no_horizontal_overflow()


def test_from_a_dropped_export_to_a_promised_change(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    territory: SimpleNamespace, operator, tmp_path: Path,
) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    referential_load(perimeter=operator)
    sign_in(characters.alice)
    at(page, live_server, "audit_list", territory.entities[0].pk)
    page.get_by_role("link", name="Lancer un audit").first.click()
    page.get_by_label("Déposez un ou plusieurs exports").set_input_files(
        export_write(tmp_path / "chu.zip")
    )
    page.get_by_role("button", name="Lancer l'audit").click()
    expect(page.get_by_text("Niveau AD 1", exact=False).first).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Chemins", exact=True).click()
    page.get_by_label("Chercher un compte").fill("service")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Partir d'ici").first.click()
    steps = page.locator(".hy-path-steps")
    expect(steps.get_by_text("peut réinitialiser le mot de passe de")).to_be_visible()
    page.get_by_role("link", name="Coupures", exact=True).click()
    page.get_by_role("button", name="Simuler les changements cochés").click()
    expect(page.get_by_text("0 une fois fait", exact=False)).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="En faire des actions").click()
    expect(page.get_by_text("action créée", exact=False).first).to_be_visible()
    assert Action.objects.filter(origin="operations/directory").exists()


def test_the_keyboard_alone_reaches_the_point_that_blocks(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    audit: DirectoryAudit,
) -> None:  # fmt: skip
    sign_in(characters.alice)
    at(page, live_server, "audit_detail", audit.pk)
    link = page.get_by_role("link", name="Droits dangereux sur les comptes et groupes").first
    for _press in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Comment corriger")).to_be_visible()
