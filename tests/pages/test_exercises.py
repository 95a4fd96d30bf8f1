"""Is an exercise prepared from the library in a few clicks, readable everywhere?"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.exercises.bridge import rows_write
from hygie.governance.exercises.catalogue import Kind, scenario_record
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services.people import participant_add
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import exercise  # noqa: F401 - a fixture
from tests.pages.conftest import DESKTOP, PHONE, THEMES, settle, wear

SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS_FOLDER", "")


@pytest.fixture
def model(db: None) -> Exercise:
    """A model of the platform, as `library_load` writes it."""
    record = scenario_record("lab-interface-down", kind=Kind.CH, language="fr")
    row = Exercise.objects.create(
        kind=ExerciseKind.TEMPLATE, code="lab-interface-down-ch", language="fr",
        title=record.title, summary=record.summary, level=record.level.value,
        play=record.play.value, duration_s=record.duration_s, variables=dict(record.variables),
    )  # fmt: skip
    rows_write(row, record)
    return row


def at(page: Page, live_server: LiveServer, name: str, *args: int, query: str = "") -> None:
    page.goto(live_server.url + reverse(f"exercises:{name}", args=args) + query)
    settle(page)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_of_preparation_are_readable_everywhere(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    perimeters: SimpleNamespace, territory: SimpleNamespace, model: Exercise,
    exercise: Exercise,  # noqa: F811
    axe: Callable[[], None], no_horizontal_overflow: Callable[[], None],
    size: tuple[int, int], theme: str,
) -> None:  # fmt: skip
    sign_in(characters.alice)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    participant_add(perimeter=perimeters.alice, exercise=exercise, role="observer", name="Paul")
    place, pk = territory.entities[0].pk, exercise.pk
    row = exercise.injects.get(key="press").pk
    asked = [
        ("exercise_list", (place,), ""),
        ("library", (place,), ""),
        ("exercise_add", (place,), ""),
        ("chronogram_prepare", (place,), ""),
        ("exercise_prepare", (pk,), ""),
        ("inject_edit", (pk, row), ""),
        ("objective_list", (pk,), ""),
        ("cell_list", (pk,), ""),
        ("variable_list", (pk,), ""),
        ("exercise_settings", (pk,), ""),
        ("exercise_detail", (pk,), ""),
    ]
    if (size == DESKTOP) is (theme == "dark"):
        # Each page is read once at each width and once in each theme; these at all four.
        asked = [
            ("library_model", (place, model.pk), ""),
            ("exercise_prepare", (pk,), f"?ligne={row}"),
        ]
    for name, args, query in asked:
        at(page, live_server, name, *args, query=query)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"exe-{name}-{size[0]}-{theme}.png", full_page=True)
        axe()
        no_horizontal_overflow()


def test_an_exercise_is_ready_from_a_model_without_leaving_the_keyboard_much(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    territory: SimpleNamespace, model: Exercise,
) -> None:  # fmt: skip
    sign_in(characters.alice)
    at(page, live_server, "exercise_list", territory.entities[0].pk)
    page.get_by_role("link", name="Préparer un exercice").click()
    page.get_by_role("link", name=model.title).click()
    page.get_by_label("Prévu le").fill("2027-03-01T14:00")
    page.get_by_role("button", name="Préparer").click()
    expect(page.get_by_text("Rien de ce qui est écrit ici n'est réel.")).to_be_visible()
    run = Exercise.objects.get(kind=ExerciseKind.RUN)
    first = run.injects.exclude(nature="facilitation").first()
    assert first is not None
    # A row is changed where it stands.
    page.locator(f"#edit-{first.pk}").click()
    page.get_by_label("Sujet").fill("Notre premier appel")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("link", name="Notre premier appel", exact=True)).to_be_visible()
    expect(page.locator("#row-edited")).to_have_count(0)
    # The table narrows without a page load.
    page.get_by_label("Canal").select_option("phone")
    expect(page).to_have_url(re.compile("channel=phone"))
    page.get_by_role("button", name="Déclarer prêt").click()
    expect(page.get_by_text("L'exercice est prêt.")).to_be_visible()
    run.refresh_from_db()
    assert run.state == ExerciseState.READY
