"""Is an exercise reviewed, its gaps made actions and its report taken out, in a real browser?"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.exercises.choices import ExerciseState, LessonKind
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services.debrief import lesson_add
from hygie.progress.models import Action
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import exercise  # noqa: F401 - fixture
from tests.governance.exercises.played import play
from tests.pages.conftest import DESKTOP, PHONE, THEMES, settle, wear

SignIn = Callable[[User], None]
pytestmark = pytest.mark.django_db(transaction=True)


def at(page: Page, live_server: LiveServer, name: str, *args: object) -> None:
    page.goto(live_server.url + reverse(f"exercises:{name}", args=args))
    settle(page)


@pytest.mark.parametrize(
    ("size", "theme"), [(DESKTOP, THEMES[0]), (PHONE, THEMES[-1])], ids=["desk", "phone"]
)
def test_pages_of_the_review_are_readable_everywhere(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    perimeters: SimpleNamespace, exercise: Exercise,  # noqa: F811
    axe: Callable[[], None], no_horizontal_overflow: Callable[[], None],
    size: tuple[int, int], theme: str,
) -> None:  # fmt: skip
    play(exercise)
    for kind in LessonKind:
        lesson_add(perimeter=perimeters.alice, exercise=exercise, kind=kind, text="Un constat")
    lesson = exercise.lessons.first()
    assert lesson is not None
    place = exercise.organisation_id
    sign_in(characters.alice)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wear(page, theme)
    for name, args in (
        ("debrief", (exercise.pk,)),
        ("lesson_action", (exercise.pk, lesson.pk)),
        ("maturity", (exercise.pk, "after")),
        ("report", (exercise.pk,)),
        ("coverage", (place,)),
        ("plan_list", (place,)),
        ("plan", (place,)),
        ("lesson_feed", (place,)),
    ):
        at(page, live_server, name, *args)
        expect(page.locator(".exe-stamp").first).to_be_visible()
        axe()
        no_horizontal_overflow()


def test_an_exercise_is_reviewed_and_closed_by_hand(
    page: Page, live_server: LiveServer, sign_in: SignIn, characters: SimpleNamespace,
    exercise: Exercise,  # noqa: F811
) -> None:  # fmt: skip
    play(exercise)
    sign_in(characters.alice)
    at(page, live_server, "debrief", exercise.pk)
    page.locator("#id_kind").select_option("gap")
    page.locator("#id_text").fill("Annuaire papier absent")
    page.get_by_role("button", name="Noter").click()
    page.get_by_role("link", name="En faire une action").click()
    page.locator("#id_title").fill("Imprimer l'annuaire")
    page.locator("#id_owner_label").fill("Cadre de garde")
    page.locator("#id_due_on").fill("2099-01-15")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("link", name="Imprimer l'annuaire")).to_be_visible()
    assert Action.objects.get().owner_label == "Cadre de garde"
    page.get_by_role("link", name="Lire le rapport").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Clore l'exercice").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("Exercice clos")).to_be_visible()
    exercise.refresh_from_db()
    assert exercise.state == ExerciseState.CLOSED
